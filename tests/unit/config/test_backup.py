import hashlib
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from broadsheet.config.backups import sqlite
from broadsheet.config.backups.archive import read_about
from broadsheet.config.backups.sizes import in_words
from broadsheet.config.backups.workplace import workplace
from broadsheet.foundation.home import Home
from tests.homes import clean_environment
from tests.unit.config.small_homes import VERSION, a_home, backup, files_of, refusal, restore, rows_of


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return a_home(tmp_path / "home")


@pytest.fixture
def made(home: Home, tmp_path: Path) -> Path:
    """A good backup."""
    (tmp_path / "kept").mkdir()
    backup(home, tmp_path / "kept" / "newsroom.tar.gz")
    return tmp_path / "kept" / "newsroom.tar.gz"


@pytest.fixture
def empty(tmp_path: Path) -> Home:
    """Where a backup could be restored: a folder of its own around it, so that what is left behind is seen."""
    (tmp_path / "place").mkdir()
    return Home(tmp_path / "place" / "newsroom")


def test_what_is_restored_is_what_was_backed_up(home: Home, made: Path, empty: Home) -> None:
    restore(empty, made)
    assert files_of(empty) == files_of(home)
    before, after = rows_of(home.database), rows_of(empty.database)
    assert before.pop("django_session") == [("the-secret-of-a-session",)]
    assert after.pop("django_session") == []
    assert after == before


def test_what_is_restored_is_as_private_as_it_was(made: Path, empty: Home) -> None:
    restore(empty, made)
    assert made.stat().st_mode & 0o777 == 0o600
    modes = {
        path: path.stat().st_mode & 0o777 for path in (empty.keys, empty.mailbox, empty.database, *empty.keys.iterdir())
    }
    assert modes.pop(empty.keys) == modes.pop(empty.mailbox) == 0o700
    assert set(modes.values()) == {0o600}
    assert (empty.media / "pictures" / "порт ночью.jpg").stat().st_mode & 0o777 == 0o644


def test_who_was_logged_in_is_nowhere_in_the_backup(made: Path) -> None:
    with tarfile.open(made) as tar:
        assert all(b"the-secret-of-a-session" not in (tar.extractfile(one) or io.BytesIO()).read() for one in tar)


def test_the_manifest_names_every_member_with_its_sum(made: Path) -> None:
    with tarfile.open(made) as tar:
        contents = {one.name: (tar.extractfile(one) or io.BytesIO()).read() for one in tar}
    manifest = json.loads(contents.pop("manifest.json"))
    assert manifest["members"] == {
        name: [len(data), hashlib.sha256(data).hexdigest()] for name, data in contents.items()
    }
    assert (manifest["program"], manifest["version"], manifest["engine"]) == ("broadsheet", VERSION, "sqlite")
    assert manifest["format"] == 1
    assert manifest["made_at"].startswith("20")


def test_the_copy_is_one_moment_though_the_site_writes_between_every_two_steps(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses = 0
    with closing(sqlite3.connect(home.database, isolation_level=None, timeout=0)) as site:

        def write(_: float) -> None:
            nonlocal pauses
            pauses += 1
            assert pauses < 5000, "the copy begins anew after every write, and never ends"
            site.execute("UPDATE story SET headline = 'changed' WHERE id % 100 = ?", [pauses % 100])

        monkeypatch.setattr("time.sleep", write)
        before = rows_of(home.database)["story"]
        sqlite.copy_database(home.database, tmp_path / "copy", pages=10)
    assert pauses > 10, "the site wrote meanwhile"
    assert rows_of(tmp_path / "copy")["story"] == before
    assert rows_of(home.database)["story"] != before
    assert sqlite.is_sound(tmp_path / "copy")


def test_a_damaged_database_is_kept_as_it_is_and_said_to_be_damaged(home: Home, tmp_path: Path) -> None:
    with closing(sqlite3.connect(home.database)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.execute("PRAGMA journal_mode=DELETE")
    with home.database.open("r+b") as file:
        file.seek(4096 * 20)
        file.write(b"\0" * 4096 * 3)
    made = backup(home, tmp_path / "b.tar.gz")
    assert "damaged" in made.warnings[0]


def test_a_file_that_is_no_database_is_a_sentence(home: Home, tmp_path: Path) -> None:
    home.database.write_bytes(b"not a database at all, " * 500)
    assert refusal(lambda: backup(home, tmp_path / "b.tar.gz")) == "backup.database"
    home.database.unlink()
    assert refusal(lambda: backup(home, tmp_path / "b.tar.gz")) == "backup.database"
    assert not home.database.exists()


def test_links_and_pipes_in_the_home_are_left_out_and_said(home: Home, tmp_path: Path, empty: Home) -> None:
    (home.media / "outside").symlink_to("/etc/passwd")
    (home.media / "folder").symlink_to("/etc")
    os.mkfifo(home.media / "pipe")
    made = backup(home, tmp_path / "b.tar.gz")
    assert made.warnings == ("media holds 3 that are links or no files; these are not in the backup.",)
    restore(empty, tmp_path / "b.tar.gz")
    assert not (empty.media / "outside").exists()


def test_renditions_are_left_out_because_they_are_made_again(home: Home, tmp_path: Path, empty: Home) -> None:
    (home.media / "renditions" / "ab").mkdir(parents=True)
    (home.media / "renditions" / "ab" / "a-320.avif").write_bytes(b"a picture")
    assert backup(home, tmp_path / "b.tar.gz").warnings == ()
    restore(empty, tmp_path / "b.tar.gz")
    assert (empty.media / "pictures").exists()
    assert not (empty.media / "renditions").exists()


def test_media_on_another_disk_behind_a_link_are_backed_up(home: Home, tmp_path: Path, empty: Home) -> None:
    home.media.rename(tmp_path / "big-disk")
    home.media.symlink_to(tmp_path / "big-disk")
    assert backup(home, tmp_path / "b.tar.gz").warnings == ()
    restore(empty, tmp_path / "b.tar.gz")
    assert (empty.media / "pictures" / "порт ночью.jpg").exists()


def test_a_file_that_goes_away_meanwhile_does_not_stop_a_backup(home: Home, tmp_path: Path, empty: Home) -> None:
    def say(line: str) -> None:
        if line.startswith("Mailbox"):  # the last line before media
            (home.media / "pictures" / "порт ночью.jpg").unlink()

    backup(home, tmp_path / "b.tar.gz", say=say)
    restore(empty, tmp_path / "b.tar.gz")


def test_an_existing_file_is_replaced_only_when_asked(home: Home, tmp_path: Path) -> None:
    target = tmp_path / "b.tar.gz"
    target.write_text("an older backup")
    said: list[str] = []
    assert refusal(lambda: backup(home, target, say=said.append)) == "backup.exists"
    assert target.read_text() == "an older backup"
    assert said == [], "it was refused after minutes of work"
    backup(home, target, replace=True)
    assert read_about(target).version == VERSION


def test_a_file_that_appears_meanwhile_is_not_replaced(home: Home, tmp_path: Path) -> None:
    target = tmp_path / "b.tar.gz"
    assert refusal(lambda: backup(home, target, say=lambda _: target.write_text("another's"))) == "backup.exists"
    assert target.read_text() == "another's"


def test_a_replacement_that_fails_leaves_the_old_backup(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "b.tar.gz"
    target.write_text("an older backup")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert refusal(lambda: backup(home, target, replace=True)) == "backup.unwritten"
    assert target.read_text() == "an older backup"
    assert {path.name for path in tmp_path.iterdir()} == {"home", "b.tar.gz"}


@pytest.mark.parametrize("name", ["media", "keys", "mailbox", "media/pictures"])
def test_a_backup_inside_what_it_backs_up_is_refused(name: str, home: Home) -> None:
    assert refusal(lambda: backup(home, home.path / name / "b.tar.gz")) == "backup.inside"


def test_a_folder_is_no_place_for_a_backup(home: Home, tmp_path: Path) -> None:
    assert refusal(lambda: backup(home, tmp_path)) == "backup.folder"
    assert refusal(lambda: backup(home, tmp_path / "nowhere" / "b.tar.gz")) == "backup.unwritten"


KILLED = """
import os, signal, sys
from pathlib import Path
from broadsheet.config.backups.making import make_backup
from broadsheet.foundation.home import Home
def say(line):
    if line.startswith(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
make_backup(Home(Path(sys.argv[1])), Path(sys.argv[2]), database_url="", version="1.2.0", say=say)
"""


@pytest.mark.parametrize("moment", ["Database", "Keys", "Media"])
def test_a_backup_that_is_killed_leaves_no_file_and_does_not_hinder_the_next(
    moment: str, home: Home, tmp_path: Path
) -> None:
    target = tmp_path / "backups" / "b.tar.gz"
    target.parent.mkdir()
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(home.path), str(target), moment], env=clean_environment(home.path)
    )
    assert killed.returncode == -signal.SIGKILL
    assert not target.exists()
    backup(home, target)
    assert [path.name for path in target.parent.iterdir()] == ["b.tar.gz"]


def test_two_backups_to_one_file_do_not_mix(home: Home, tmp_path: Path) -> None:
    with workplace(tmp_path / ".b.tar.gz.part"):
        assert refusal(lambda: backup(home, tmp_path / "b.tar.gz")) == "busy"


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (12_345_678, "12.3 MB"), (5e12, "5.0 TB")]
)
def test_sizes_are_said_as_a_person_reads_them(size: int, words: str) -> None:
    assert in_words(int(size)) == words
