"""How a check is asked in tests."""

from pathlib import Path
from typing import Any

from broadsheet.config.checks.findings import Check, Finding, Situation
from broadsheet.foundation.home import Home
from broadsheet.foundation.settings import SETTINGS, Settings

SMTP = {"mail": "smtp", "smtp_host": "mail.news.example", "mail_from": "desk@news.example"}


def found(check: Check, home: Home | None = None, **values: Any) -> list[Finding]:
    defaults = {setting.name: setting.default for setting in SETTINGS}
    return list(check(Situation(home or Home(Path("/nowhere")), Settings({**defaults, **values}))))
