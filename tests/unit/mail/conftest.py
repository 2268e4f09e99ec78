"""What the tests of the mail room share: settings for one test, and real mail servers."""

import dataclasses
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from broadsheet.foundation.home import Home
from broadsheet.foundation.settings import SETTINGS, Settings

SERVER = Path(__file__).with_name("smtp_server.py")


@dataclasses.dataclass
class MailServer:
    """A mail server in a process of its own."""

    process: subprocess.Popen[str]
    port: int

    def next_message(self) -> dict[str, Any]:
        """Wait for the next message that the server takes."""
        assert self.process.stdout is not None
        message: dict[str, Any] = json.loads(self.process.stdout.readline())
        return message

    def stop(self) -> list[dict[str, Any]]:
        """End the server; returns the messages that nobody has asked for."""
        self.process.terminate()
        rest, _ = self.process.communicate(timeout=20)
        return [json.loads(line) for line in rest.splitlines()]


@pytest.fixture
def mail_server() -> Iterator[Callable[..., MailServer]]:
    """Starts mail servers; `mail_server("--mode", "silent")`."""
    started: list[MailServer] = []

    def start(*options: str) -> MailServer:
        process = subprocess.Popen([sys.executable, str(SERVER), *options], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        server = MailServer(process, json.loads(process.stdout.readline()))
        started.append(server)
        return server

    yield start
    for server in started:
        if server.process.poll() is None:
            server.stop()
        elif server.process.stdout is not None:
            server.process.stdout.close()


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
