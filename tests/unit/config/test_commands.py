"""`broadsheet user`, `demo`, `version`: what they do, and what they say when they do not."""

import io
import sys
from pathlib import Path

import pytest

from broadsheet import cli
from broadsheet.accounts.models import User
from broadsheet.config.commands import commands
from broadsheet.config.commands import user as user_command
from broadsheet.editions.models import Assignment
from broadsheet.foundation.home import Home

pytestmark = [pytest.mark.database, pytest.mark.django_db]

INES = "ines@news.example"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with a newsroom in it; the database is the test's."""
    monkeypatch.setenv("BROADSHEET_HOME", str(tmp_path))
    home = Home(tmp_path)
    home.prepare("0.1.0")
    return home


def broadsheet(*arguments: str) -> int:
    return cli.main(arguments)


def test_every_command_has_a_help_that_is_good_enough_to_work_from() -> None:
    for command in commands():
        assert command.HELP
        assert f"broadsheet {command.NAME}" in command.DESCRIPTION, "it has an example"
    assert [command.NAME for command in commands()][:3] == ["serve", "demo", "user"]


def test_somebody_is_added_with_a_random_password_and_a_role(capsys: pytest.CaptureFixture[str]) -> None:
    assert broadsheet("user", "add", INES, "--name", "Ines Duarte", "--role", "reporter") == 0
    said = capsys.readouterr().out
    user = User.objects.get(email=INES)
    assert user.check_password(said.rsplit("Password: ")[1].strip())
    assert [given.role for given in user.assignments.all()] == ["reporter"]


def test_nobody_is_added_when_the_role_is_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    assert broadsheet("user", "add", INES, "--role", "janitor") == 1
    assert "“janitor” is no role" in capsys.readouterr().err
    assert not User.objects.exists()


def test_a_password_is_read_from_standard_input_and_not_printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    broadsheet("user", "add", INES)
    capsys.readouterr()
    monkeypatch.setattr(sys, "stdin", io.StringIO("correct horse battery\n"))
    assert broadsheet("user", "password", INES, "--read") == 0
    assert "horse" not in capsys.readouterr().out
    assert User.objects.get().check_password("correct horse battery")


def test_the_first_log_in_is_no_longer_kept_when_its_password_is_changed(home: Home) -> None:
    broadsheet("user", "add", INES)
    home.desk_login.write_text(f"{INES}\nold-password\n")
    assert broadsheet("user", "password", INES) == 0
    assert not home.desk_login.exists()


def test_roles_are_given_shown_and_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    broadsheet("user", "add", INES, "--name", "Ines Duarte")
    assert broadsheet("user", "assign", INES, "chief") == 0
    capsys.readouterr()
    assert broadsheet("user", "roles", INES) == 0
    assert capsys.readouterr().out.split() == ["chief", "edition", "all,", "section", "all"]
    assert broadsheet("user", "list") == 0
    assert capsys.readouterr().out.split() == [INES, "Ines", "Duarte", "chief"]
    assert broadsheet("user", "assign", INES, "chief", "--remove") == 0
    assert not Assignment.objects.exists()


def test_a_closed_account_is_marked_in_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    broadsheet("user", "add", INES)
    assert broadsheet("user", "close", INES) == 0
    assert not User.objects.get().is_active
    capsys.readouterr()
    broadsheet("user", "list")
    assert "(closed)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("password", "nobody@news.example"), "There is no account with the address nobody@news.example."),
        (("close", "nobody@news.example"), "There is no account with the address nobody@news.example."),
        (("add", "not an address"), "not an address is not an e-mail address."),
        (("assign", "nobody@news.example", "chief"), "There is no member of staff with the address"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], sentence: str
) -> None:
    assert broadsheet("user", *arguments) == 1
    assert capsys.readouterr().err.startswith(sentence)


def test_without_a_newsroom_the_command_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BROADSHEET_HOME", str(tmp_path / "empty"))
    assert broadsheet("user", "list") == 1
    assert "There is no newsroom in the home folder" in capsys.readouterr().err


def test_the_demo_is_not_mixed_with_what_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    broadsheet("user", "add", INES)
    assert broadsheet("demo") == 1
    assert "already holds a newsroom. Nothing was changed." in capsys.readouterr().err


def test_the_version_names_what_it_stands_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert broadsheet("version") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines][:4] == ["broadsheet", "python", "sqlite", "django"]
    assert not [line for line in lines if "not installed" in line]


def test_what_is_not_understood_ends_with_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        broadsheet("nonsense")
    assert ended.value.code == 2
    assert user_command.NAME == "user"
