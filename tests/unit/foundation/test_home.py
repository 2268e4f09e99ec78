"""The home: one folder, whose secrets only its owner reads, and which a newer version may not be given."""

import stat
from pathlib import Path

import pytest

from broadsheet.foundation.home import FORMAT, Home, HomeUnusable, home_from_environment


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "a" / "newsroom")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_naming_a_home_makes_nothing(home: Home) -> None:
    assert home.is_empty()
    assert not home.path.exists()


def test_a_home_is_made_once_and_then_left_as_it_is(home: Home) -> None:
    home.prepare("1.0")
    assert not home.is_empty()
    for folder in (home.media, home.mailbox, home.keys, home.run):
        assert folder.is_dir()
    (home.media / "picture.jpg").write_text("x")
    marker = home.marker.read_text()
    assert marker == f"format {FORMAT}\nmade by broadsheet 1.0\n"
    home.prepare("2.0")
    assert home.marker.read_text() == marker
    assert (home.media / "picture.jpg").exists()
    assert not (home.path / ".can-write").exists()


def test_only_the_owner_reads_keys_mails_and_secrets(home: Home) -> None:
    home.prepare("1.0")
    home.secret("secret_key")
    assert mode(home.keys) == 0o700
    assert mode(home.mailbox) == 0o700
    assert mode(home.keys / "secret_key") == 0o600


def test_a_secret_is_made_once(home: Home) -> None:
    first = home.secret("secret_key")
    assert len(first) >= 60
    assert home.secret("secret_key") == first
    assert Home(home.path).secret("secret_key") == first
    assert home.secret("another") != first


def test_a_secret_is_not_readable_by_others_even_before_the_home_is_prepared(home: Home) -> None:
    home.secret("secret_key")
    assert mode(home.keys / "secret_key") == 0o600


def test_a_home_that_cannot_be_written_is_refused_in_a_sentence(home: Home) -> None:
    home.path.parent.mkdir()
    home.path.write_text("a file, not a folder")
    with pytest.raises(HomeUnusable, match=r"cannot be written .*BROADSHEET_HOME"):
        home.prepare("1.0")


@pytest.mark.parametrize("marker", ["format 2\nmade by broadsheet 9.0\n", "format 99", "format x", "", "nonsense"])
def test_a_home_of_a_newer_version_is_refused_and_left_as_it_is(home: Home, marker: str) -> None:
    home.path.mkdir(parents=True)
    home.marker.write_text(marker)
    with pytest.raises(HomeUnusable, match=r"which is newer than this program\. Nothing was changed"):
        home.prepare("1.0")
    with pytest.raises(HomeUnusable):
        home.check_version()
    assert home.marker.read_text() == marker


def test_the_sentence_names_who_made_the_home(home: Home) -> None:
    home.path.mkdir(parents=True)
    home.marker.write_text("format 2\nmade by broadsheet 9.0\n")
    with pytest.raises(HomeUnusable, match=r"was made by broadsheet 9\.0, which is newer"):
        home.check_version()


def test_the_environment_names_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROADSHEET_HOME", str(tmp_path / "x"))
    assert home_from_environment().path == tmp_path / "x"
    monkeypatch.setenv("BROADSHEET_HOME", "")
    monkeypatch.chdir(tmp_path)
    assert home_from_environment().path == tmp_path / "newsroom"
    monkeypatch.setenv("BROADSHEET_HOME", "~/news")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert home_from_environment().path == tmp_path / "news"
