"""What the tests of the mail room share: settings for one test, and real mail servers."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from broadsheet.foundation.home import Home
from broadsheet.foundation.settings import SETTINGS, Settings
from tests.unit.mail.servers import Start, mail_servers


@pytest.fixture
def mail_server() -> Iterator[Start]:
    """Starts mail servers; `mail_server("--mode", "silent")`."""
    with mail_servers() as start:
        yield start


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Home:
    """A home of this test's own."""
    home = Home(tmp_path / "home")
    home.prepare("0")
    settings.HOME = home
    return home


@pytest.fixture
def wish(settings: Any, home: Home) -> Callable[..., Settings]:
    """Sets settings of Broadsheet for this test: `wish(mail="smtp")`."""

    def change(**values: Any) -> Settings:
        defaults = {setting.name: setting.default for setting in SETTINGS}
        settings.BROADSHEET = Settings({**defaults, **values})
        return settings.BROADSHEET

    change()
    return change
