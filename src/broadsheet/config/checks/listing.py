"""The settings with their values and where these come from, without what is secret."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from broadsheet.foundation.settings import SETTINGS, Setting, Settings, Value

HIDDEN = "(hidden)"
SECRET = {"smtp_password"}


def listed_settings(settings: Settings, file: Path, environment: Mapping[str, str] = os.environ) -> Iterator[str]:
    """A line for each setting: name, value, where it comes from."""
    in_file = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    for setting in SETTINGS:
        value = _shown(setting, settings.values[setting.name])
        yield f"{setting.name:15} {value:30} {_source(setting, in_file, environment)}"


def _source(setting: Setting, in_file: Mapping[str, object], environment: Mapping[str, str]) -> str:
    if setting.variable in environment:
        return f"environment, {setting.variable}"
    if setting.name == "port" and environment.get("PORT"):
        return "environment, PORT"
    return "settings.toml" if setting.name in in_file else "default"


def _shown(setting: Setting, value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ", ".join(value) or "(none)"
    if setting.name in SECRET and value:
        return HIDDEN
    if setting.name == "database_url":
        value = _without_password(str(value))
    return str(value) or "(empty)"


def _without_password(address: str) -> str:
    parts = urlsplit(address)
    if not parts.password:
        return address
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{parts.username}:{HIDDEN}@{host}").geturl()
