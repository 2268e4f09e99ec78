"""The one table of settings: environment first, then settings.toml in the home, then the default."""

import difflib
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


class SettingsWrong(Exception):
    """A setting is wrong; the text is one plain sentence that names the place."""


Value = str | int | bool | tuple[str, ...]


@dataclass(frozen=True)
class Setting:
    """One setting: its name in settings.toml, its type by its default, what it is for, and what it may be."""

    name: str
    default: Value
    meaning: str
    check: Callable[[Any], str] | None = None
    """Returns what is wrong as the end of a sentence, or an empty string."""

    @property
    def variable(self) -> str:
        return f"BROADSHEET_{self.name.upper()}"


def _one_of(*choices: str) -> Callable[[str], str]:
    return lambda value: "" if value in choices else "is none of " + ", ".join(f"“{choice}”" for choice in choices)


def _between(low: int, high: int) -> Callable[[int], str]:
    return lambda value: "" if low <= value <= high else f"is not between {low} and {high}"


def _is_origin(value: str) -> str:
    is_whole = re.fullmatch(r"https?://(\[[0-9a-f:.]+\]|[^\s/?#@:\[\]]+)(:[0-9]+)?/?", value)
    if not value or (is_whole and _can_be_split(value)):
        return ""
    return "is not an address such as https://news.example"


def _is_postgresql(value: str) -> str:
    is_whole = re.fullmatch(r"postgres(ql)?://[^/#]*/[^/#?]+(\?[^#]*)?", value)
    if not value or (is_whole and _can_be_split(value)):
        return ""
    return "is not an address such as postgresql://user:password@host:5432/name"


def _can_be_split(address: str) -> bool:
    try:
        return urlsplit(address).port != 0
    except ValueError:
        return False


SETTINGS: tuple[Setting, ...] = (
    Setting("listen", "127.0.0.1", "The network address on which the site answers; 0.0.0.0 for all."),
    Setting("port", 8000, "The port on which the site answers.", _between(1, 65535)),
    Setting(
        "site_url",
        "",
        "The public address of the site, used in every canonical address and mail; empty: this machine.",
        _is_origin,
    ),
    Setting("allowed_hosts", (), "Host names that are answered besides those of the site and its editions."),
    Setting("database_url", "", "A PostgreSQL database; empty: the SQLite file in the home.", _is_postgresql),
    Setting("web_workers", 1, "Processes that make pages.", _between(1, 64)),
    Setting("web_threads", 8, "Threads of each process that makes pages.", _between(1, 256)),
    Setting(
        "mail", "folder", "Where mail goes: “folder” (the mailbox in the home) or “smtp”.", _one_of("folder", "smtp")
    ),
    Setting("mail_from", "desk@localhost", "The sender of the newsroom's mail."),
    Setting("mail_to_desk", "", "Where readers' reports of errors go; empty: to the sender of the newsroom's mail."),
    Setting("smtp_host", "localhost", "The mail server."),
    Setting("smtp_port", 587, "The mail server's port.", _between(1, 65535)),
    Setting("smtp_user", "", "The user at the mail server; empty: no log-in."),
    Setting("smtp_password", "", "The password at the mail server."),
    Setting(
        "smtp_security",
        "starttls",
        "“starttls”, “tls” or “none”.",
        _one_of("starttls", "tls", "none"),
    ),
    Setting("log", "auto", "“json”, “text”, or “auto”: text on a terminal.", _one_of("json", "text", "auto")),
    Setting("debug", False, "Show errors in full to whoever asks; never on a public site."),
    Setting("strict_reads", False, "Stop a page that queries outside a keyed read, instead of reporting it."),
)
TABLE: Mapping[str, Setting] = {setting.name: setting for setting in SETTINGS}
NOT_SETTINGS = {"BROADSHEET_HOME"}
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


@dataclass(frozen=True)
class Settings:
    """The settings in force, by name; unknown names raise KeyError."""

    values: Mapping[str, Value]

    def text(self, name: str) -> str:
        return str(self.values[name])

    def number(self, name: str) -> int:
        return int(self.values[name])  # type: ignore[arg-type]

    def flag(self, name: str) -> bool:
        return bool(self.values[name])

    def words(self, name: str) -> tuple[str, ...]:
        value = self.values[name]
        assert isinstance(value, tuple)
        return value


def load_settings(file: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """Read the table from the environment, the file and the defaults; raise SettingsWrong with a sentence."""
    environment = os.environ if environment is None else environment
    values: dict[str, Value] = {setting.name: setting.default for setting in SETTINGS}
    values.update(_from_file(file))
    values.update(_from_environment(environment))
    return Settings(values)


def _from_environment(environment: Mapping[str, str]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    if environment.get("PORT"):
        found["port"] = _from_words(TABLE["port"], environment["PORT"], "PORT")
    for variable, text in environment.items():
        if not variable.startswith("BROADSHEET_") or variable in NOT_SETTINGS:
            continue
        name = variable.removeprefix("BROADSHEET_").lower()
        if name not in TABLE:
            raise SettingsWrong(f"{variable} in the environment is not a setting.{_did_you_mean(name, upper=True)}")
        found[name] = _from_words(TABLE[name], text, variable)
    return found


def _from_words(setting: Setting, text: str, where: str) -> Value:
    value: Value
    if isinstance(setting.default, bool):
        if text.lower() not in TRUE | FALSE:
            raise SettingsWrong(f"{where} is “{text}”, but must be “true” or “false”.")
        value = text.lower() in TRUE
    elif isinstance(setting.default, int):
        if not re.fullmatch(r"[0-9]{1,18}", text):
            raise SettingsWrong(f"{where} is “{text}”, but must be a whole number.")
        value = int(text)
    elif isinstance(setting.default, tuple):
        value = tuple(word.strip() for word in text.split(",") if word.strip())
    else:
        value = text
    return _checked(setting, value, where)


def _from_file(file: Path) -> dict[str, Value]:
    if not file.exists():
        return {}
    try:
        text = file.read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except OSError as error:
        raise SettingsWrong(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise SettingsWrong(f"{file} is not a text in UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsWrong(f"{file} cannot be read: {_plain(str(error))}.") from None
    found: dict[str, Value] = {}
    for name, value in table.items():
        where = f"{file}, line {_line_of(name, text)}: {name}"
        if name not in TABLE:
            raise SettingsWrong(f"{where} is not a setting.{_did_you_mean(name)}")
        found[name] = _checked(TABLE[name], _of_the_right_type(TABLE[name], value, where), where)
    return found


def _of_the_right_type(setting: Setting, value: object, where: str) -> Value:
    default = setting.default
    if isinstance(default, tuple):
        if isinstance(value, list) and all(isinstance(word, str) for word in value):
            return tuple(value)
        raise SettingsWrong(f'{where} must be a list of texts, such as ["news.example"].')
    if type(value) is type(default):
        return value
    kind = {bool: "true or false", int: "a whole number", str: "a text in quotation marks"}[type(default)]
    raise SettingsWrong(f"{where} must be {kind}.")


def _checked(setting: Setting, value: Value, where: str) -> Value:
    wrong = setting.check(value) if setting.check else ""
    if wrong:
        shown = re.sub(r"//.*@", "//…@", str(value))  # a password is not said aloud
        raise SettingsWrong(f"{where}: “{shown}” {wrong}.")
    return value


def _did_you_mean(name: str, *, upper: bool = False) -> str:
    near = difflib.get_close_matches(name, TABLE, n=1, cutoff=0.6)
    if not near:
        return " “broadsheet check” lists the settings that there are."
    return f" Did you mean {TABLE[near[0]].variable if upper else near[0]}?"


def _line_of(name: str, text: str) -> int:
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(rf"\s*\[*\s*[\"']?{re.escape(name)}\b", line):
            return number
    return 1


def _plain(message: str) -> str:
    return re.sub(r"\(at line (\d+), column (\d+)\)", r"at line \1, column \2", message).rstrip(".")
