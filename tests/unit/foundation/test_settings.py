"""Settings: environment, file, default; a wrong one is said in a sentence that names its place."""

import os
from pathlib import Path

import pytest

from broadsheet.foundation.settings import SETTINGS, TABLE, SettingsWrong, load_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_without_anything_the_defaults_hold(file: Path) -> None:
    settings = load_settings(file, {})
    assert settings.number("port") == 8000
    assert settings.text("mail") == "folder"
    assert settings.flag("debug") is False
    assert settings.words("allowed_hosts") == ()
    assert settings.values == {setting.name: setting.default for setting in SETTINGS}


def test_the_environment_stands_above_the_file_and_the_file_above_the_default(file: Path) -> None:
    file.write_text('port = 8001\nmail_from = "desk@news.example"\n')
    assert load_settings(file, {}).number("port") == 8001
    assert load_settings(file, {"BROADSHEET_PORT": "8002"}).number("port") == 8002
    assert load_settings(file, {"PORT": "8003"}).number("port") == 8003
    assert load_settings(file, {"PORT": "8003", "BROADSHEET_PORT": "8002"}).number("port") == 8002
    assert load_settings(file, {"PORT": ""}).number("port") == 8001
    assert load_settings(file, {"BROADSHEET_PORT": "8002"}).text("mail_from") == "desk@news.example"


def test_every_type_is_read_from_file_and_environment(file: Path) -> None:
    file.write_text('debug = true\nport = 9000\nlisten = "0.0.0.0"\nallowed_hosts = ["a.example", "b.example"]\n')
    settings = load_settings(file, {})
    assert (settings.flag("debug"), settings.number("port"), settings.text("listen")) == (True, 9000, "0.0.0.0")
    assert settings.words("allowed_hosts") == ("a.example", "b.example")
    environment = {"BROADSHEET_ALLOWED_HOSTS": " c.example, ,d.example", "BROADSHEET_DEBUG": "Off"}
    settings = load_settings(file, environment)
    assert settings.words("allowed_hosts") == ("c.example", "d.example")
    assert settings.flag("debug") is False


WRONG_FILES = [
    ("\n\nprot = 8000\n", "line 3: prot is not a setting. Did you mean port?"),
    ('# port\nmial = "smtp"\n', "line 2: mial is not a setting. Did you mean mail?"),
    (
        "port = 1\nzzzzzz = 1\n",
        "line 2: zzzzzz is not a setting. “broadsheet check” lists the settings",
    ),
    ("port = 1\nPort = 1\n", "line 2: Port is not a setting. Did you mean port?"),
    ('debug = false\nport = "8000"\n', "line 2: port must be a whole number."),
    ("port = true\n", "line 1: port must be a whole number."),
    ("port = 80.5\n", "line 1: port must be a whole number."),
    ("port = 0\n", "line 1: port: “0” is not between 1 and 65535."),
    ("port = 65536\n", "line 1: port: “65536” is not between 1 and 65535."),
    ("debug = 1\n", "line 1: debug must be true or false."),
    ('debug = "true"\n', "line 1: debug must be true or false."),
    ("listen = 1\n", "line 1: listen must be a text in quotation marks."),
    ('allowed_hosts = "a.example"\n', 'line 1: allowed_hosts must be a list of texts, such as ["news.example"].'),
    ("allowed_hosts = [1]\n", 'line 1: allowed_hosts must be a list of texts, such as ["news.example"].'),
    ('[smtp]\nhost = "x"\n', "line 1: smtp is not a setting. Did you mean"),
    ('mail = "pigeon"\n', "line 1: mail: “pigeon” is none of “folder”, “smtp”."),
    ('database_url = "mysql://x/y"\n', "line 1: database_url: “mysql://x/y” is not an address such as postgresql://"),
    ("port = \n", "cannot be read: Invalid value at line 1, column 8."),
    ("port = 1\nport = 2\n", "cannot be read: Cannot overwrite a value at line 2"),
    ('mail = "x\n', "cannot be read: Illegal character '\\n' at line 1"),
]


@pytest.mark.parametrize(("text", "sentence"), WRONG_FILES)
def test_a_wrong_file_is_refused_with_its_line(file: Path, text: str, sentence: str) -> None:
    file.write_text(text)
    with pytest.raises(SettingsWrong) as wrong:
        load_settings(file, {})
    assert str(wrong.value).startswith(str(file))
    assert sentence in str(wrong.value)
    assert str(wrong.value).endswith((".", "?"))


def test_a_file_that_is_no_text_is_refused(file: Path) -> None:
    file.write_bytes(b"port = 8000 # \xff\n")
    with pytest.raises(SettingsWrong, match="is not a text in UTF-8"):
        load_settings(file, {})


def test_a_file_that_cannot_be_read_is_refused(file: Path) -> None:
    file.mkdir()
    with pytest.raises(SettingsWrong, match=r"settings\.toml cannot be read: Is a directory\."):
        load_settings(file, {})


WRONG_ENVIRONMENTS = [
    ({"BROADSHEET_PROT": "1"}, "BROADSHEET_PROT in the environment is not a setting. Did you mean BROADSHEET_PORT?"),
    ({"BROADSHEET_XYZZY": "1"}, "BROADSHEET_XYZZY in the environment is not a setting. “broadsheet check” lists"),
    ({"PORT": "eight"}, "PORT is “eight”, but must be a whole number."),
    ({"PORT": "70000"}, "PORT: “70000” is not between 1 and 65535."),
    ({"BROADSHEET_PORT": "-1"}, "BROADSHEET_PORT is “-1”, but must be a whole number."),
    ({"BROADSHEET_PORT": "8 000"}, "BROADSHEET_PORT is “8 000”, but must be a whole number."),
    ({"BROADSHEET_PORT": ""}, "BROADSHEET_PORT is “”, but must be a whole number."),
    ({"BROADSHEET_PORT": "9" * 5000}, "but must be a whole number."),
    ({"BROADSHEET_DEBUG": "maybe"}, "BROADSHEET_DEBUG is “maybe”, but must be “true” or “false”."),
    ({"BROADSHEET_MAIL": "Folder"}, "BROADSHEET_MAIL: “Folder” is none of “folder”, “smtp”."),
]


@pytest.mark.parametrize(("environment", "sentence"), WRONG_ENVIRONMENTS, ids=lambda value: str(value)[:60])
def test_a_wrong_environment_is_refused_by_its_name(file: Path, environment: dict[str, str], sentence: str) -> None:
    with pytest.raises(SettingsWrong) as wrong:
        load_settings(file, environment)
    assert sentence in str(wrong.value)


ORIGINS = ["", "https://news.example", "http://localhost:8000", "https://news.example/", "https://[::1]:8000"]
NO_ORIGINS = [
    "news.example",
    "ftp://news.example",
    "https://",
    "https://news.example/paper",
    "https://news.example?x",
    "https://news.example#x",
    "https://user:password@news.example",
    "https://news.example:eight",
    "https://news.example:99999",
    "http://[::1",
    "https://news.example\u2100x",
    "https://news example",
]


@pytest.mark.parametrize("address", ORIGINS)
def test_the_address_of_a_site_is_taken(file: Path, address: str) -> None:
    assert load_settings(file, {"BROADSHEET_SITE_URL": address}).text("site_url") == address


@pytest.mark.parametrize("address", NO_ORIGINS)
def test_what_is_no_address_of_a_site_is_refused(file: Path, address: str) -> None:
    with pytest.raises(SettingsWrong, match=r"BROADSHEET_SITE_URL: .* is not an address such as https://news\.example"):
        load_settings(file, {"BROADSHEET_SITE_URL": address})


DATABASES = ["", "postgresql://user:pass%2Fword@host:5432/name", "postgres:///name", "postgresql:///name?host=/run"]
NO_DATABASES = [
    "name",
    "mysql://host/name",
    "postgresql://host",
    "postgresql://host/",
    "postgresql://host:five/name",
    "postgresql://host:99999/name",
    "postgresql://user:pass/word@host/name",
    "postgresql://user:pass#word@host/name",
    "postgresql://[host/name",
]


@pytest.mark.parametrize("address", DATABASES)
def test_the_address_of_a_database_is_taken(file: Path, address: str) -> None:
    assert load_settings(file, {"BROADSHEET_DATABASE_URL": address}).text("database_url") == address


@pytest.mark.parametrize("address", NO_DATABASES)
def test_what_is_no_address_of_a_database_is_refused(file: Path, address: str) -> None:
    with pytest.raises(SettingsWrong, match="is not an address such as postgresql://user:password@host:5432/name"):
        load_settings(file, {"BROADSHEET_DATABASE_URL": address})


def test_a_password_in_a_wrong_address_is_not_said(file: Path) -> None:
    with pytest.raises(SettingsWrong) as wrong:
        load_settings(file, {"BROADSHEET_DATABASE_URL": "postgresql://user:s3/c@ret@host:five/name"})
    assert "“postgresql://…@host:five/name” is not an address" in str(wrong.value)


def test_what_is_not_ours_in_the_environment_is_left_alone(file: Path) -> None:
    environment = {"BROADSHEET_HOME": "/srv/news", "HOME": "/root", "MYPORT": "x", "broadsheet_port": "x"}
    assert load_settings(file, environment).number("port") == 8000


def test_the_environment_of_the_process_is_read_where_none_is_given(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in list(os.environ):
        if name.startswith("BROADSHEET_") or name == "PORT":
            monkeypatch.delenv(name)
    monkeypatch.setenv("BROADSHEET_PORT", "8004")
    assert load_settings(file).number("port") == 8004


def test_an_unknown_name_is_never_a_setting(file: Path) -> None:
    with pytest.raises(KeyError):
        load_settings(file, {}).text("prot")


def test_every_setting_says_what_it_is_for_and_passes_its_own_check() -> None:
    assert len(TABLE) == len(SETTINGS)
    for setting in SETTINGS:
        assert setting.name == setting.name.lower()
        assert setting.meaning.endswith("."), setting.name
        assert setting.check is None or setting.check(setting.default) == "", setting.name
