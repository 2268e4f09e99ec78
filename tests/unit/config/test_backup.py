import gzip
import hashlib
import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import broadsheet
from broadsheet.config.backups import sqlite
from broadsheet.config.backups.archive import Writer, read_about
from broadsheet.config.backups.making import Made, make_backup
from broadsheet.config.backups.manifest import new_about
from broadsheet.config.backups.restoring import restore_backup
from broadsheet.config.backups.sizes import in_words
from broadsheet.config.backups.workplace import workplace
from broadsheet.foundation.home import Home
from broadsheet.foundation.refusals import Refused

VERSION = "1.2.0"


def a_home(path: Path) -> Home:
    """A home with a database of two tables, two pictures, a mail and settings."""
    home = Home(path)
    home.prepare(VERSION)
    home.secret("secret_key")
    with closing(sqlite3.connect(home.database)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE story (id INTEGER PRIMARY KEY, headline TEXT)")
        database.execute("CREATE TABLE django_session (session_key TEXT)")
        database.executemany("INSERT INTO story (headline) VALUES (?)", [(f"{n} {'word ' * 200}",) for n in range(2000)])
        database.execute("INSERT INTO django_session VALUES ('the-secret-of-a-session')")
        database.commit()
    (home.media / "pictures").mkdir()
    (home.media / "pictures" / "порт ночью.jpg").write_bytes(os.urandom(50_000))
    (home.media / os.fsdecode(b"old-\xff-name.jpg")).write_bytes(b"picture")
    (home.mailbox / "mail.eml").write_text("Subject: hello\r\n")
    home.settings_file.write_text('mail_from = "desk@news.example"\n')
    home.run.joinpath("serve.lock").write_text("not kept")
    return home


def backup(home: Home, target: Path, **more: Any) -> Made:
    return make_backup(home, target, **{"database_url": "", "version": VERSION, "say": lambda _: None, **more})


def restore(home: Home, source: Path, **more: Any) -> list[str]:
    lines: list[str] = []
    restore_backup(home, source, **{"version": VERSION, "environment": {}, "say": lines.append, **more})
    return lines


def files_of(home: Home) -> dict[str, bytes]:
    """Every file of a home by its name, except the database and what is not kept."""
    return {
        str(path.relative_to(home.path)): path.read_bytes()
        for path in sorted(home.path.rglob("*"))
        if path.is_file() and path.parent != home.run and not path.name.startswith(home.database.name)
    }


def rows_of(database: Path) -> dict[str, list[Any]]:
    """Every table's rows, except who is logged in."""
    with closing(sqlite3.connect(database)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names}


def refusal(act: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as raised:
        act()
    assert raised.value.sentence.endswith(".")
    return raised.value.code


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
    modes = {path: path.stat().st_mode & 0o777 for path in (empty.keys, empty.mailbox, empty.database, *empty.keys.iterdir())}
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
    assert refusal(lambda: backup(home, target)) == "backup.exists"
    assert target.read_text() == "an older backup"
    backup(home, target, replace=True)
    assert read_about(target).version == VERSION


def test_a_replacement_that_fails_leaves_the_old_backup(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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


@pytest.mark.process
@pytest.mark.parametrize("moment", ["Database", "Keys", "Media"])
def test_a_backup_that_is_killed_leaves_no_file_and_does_not_hinder_the_next(
    moment: str, home: Home, tmp_path: Path
) -> None:
    target = tmp_path / "backups" / "b.tar.gz"
    target.parent.mkdir()
    killed = subprocess.run([sys.executable, "-c", KILLED, str(home.path), str(target), moment], env=environment())
    assert killed.returncode == -signal.SIGKILL
    assert not target.exists()
    backup(home, target)
    assert [path.name for path in target.parent.iterdir()] == ["b.tar.gz"]


def test_two_backups_to_one_file_do_not_mix(home: Home, tmp_path: Path) -> None:
    with workplace(tmp_path / ".b.tar.gz.part"):
        assert refusal(lambda: backup(home, tmp_path / "b.tar.gz")) == "busy"


def environment(**more: str) -> dict[str, str]:
    source = str(Path(broadsheet.__file__).parent.parent)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BROADSHEET_")}
    return {**kept, "PYTHONPATH": source, **more}


# What a restore refuses. Each leaves the place as it was.


@pytest.fixture
def untouched(empty: Home) -> Callable[[Callable[[], Any]], str]:
    """Gives the code of a refusal, and sees that nothing was written."""

    def check(act: Callable[[], Any]) -> str:
        code = refusal(act)
        assert list(empty.path.parent.iterdir()) == []
        return code

    return check


Untouched = Callable[[Callable[[], Any]], str]


def test_a_home_that_holds_anything_is_not_restored_into(made: Path, tmp_path: Path) -> None:
    for name in ("home.txt", "media", "a-note.txt"):
        folder = tmp_path / name.replace(".", "-")
        (folder / name).mkdir(parents=True)
        assert refusal(lambda folder=folder: restore(Home(folder), made)) == "restore.not_empty"  # type: ignore[misc]
        assert [path.name for path in folder.iterdir()] == [name]
    (tmp_path / "file").write_text("")
    assert refusal(lambda: restore(Home(tmp_path / "file"), made)) == "restore.not_empty"


def test_an_empty_folder_keeps_who_may_enter_it(made: Path, empty: Home) -> None:
    empty.path.mkdir(mode=0o750)
    restore(empty, made)
    assert empty.path.stat().st_mode & 0o777 == 0o750
    assert not empty.is_empty()


def test_where_the_neighbourhood_cannot_be_written_the_home_itself_is_used(
    made: Path, empty: Home, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty.path.mkdir()
    (empty.path / "lost+found").mkdir()
    monkeypatch.setattr(Path, "is_mount", lambda path: path == empty.path)
    restore(empty, made)
    assert files_of(empty) == files_of(home)
    assert [path.name for path in empty.path.parent.iterdir()] == ["newsroom"]
    assert not (empty.path / ".restoring").exists()


def test_what_is_no_backup_is_refused(untouched: Untouched, empty: Home, tmp_path: Path) -> None:
    other = tmp_path / "file"
    assert untouched(lambda: restore(empty, other)) == "restore.no_file"
    for data in (b"", b"text", gzip.compress(b""), gzip.compress(b"text" * 1000), os.urandom(10_000)):
        other.write_bytes(data)
        assert untouched(lambda: restore(empty, other)) in ("restore.no_backup", "restore.broken")
    other.write_bytes(b"")
    with tarfile.open(other, "w:gz") as tar:
        tar.add(__file__, "about.json")
    assert untouched(lambda: restore(empty, other)) == "restore.no_backup"


def test_a_backup_that_was_cut_off_anywhere_is_refused(made: Path, untouched: Untouched, empty: Home, tmp_path: Path) -> None:
    whole, cut = made.read_bytes(), tmp_path / "cut.tar.gz"
    for length in [*range(1, len(whole) - 1, len(whole) // 40), len(whole) - 9, len(whole) - 1]:
        cut.write_bytes(whole[:length])
        untouched(lambda: restore(empty, cut))
    cut.write_bytes(whole + b"more")
    assert untouched(lambda: restore(empty, cut)) == "restore.broken"


def test_a_backup_with_one_changed_byte_is_refused_unless_it_unpacks_to_the_same(
    home: Home, made: Path, empty: Home, tmp_path: Path
) -> None:
    whole, changed = made.read_bytes(), tmp_path / "changed.tar.gz"
    refused = 0
    # The first ten bytes are gzip's own header, where time and system of origin mean nothing.
    places = range(10, len(whole), len(whole) // 60)
    for place in places:
        changed.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        try:
            restore(empty, changed)
        except Refused:
            refused += 1
            assert list(empty.path.parent.iterdir()) == []
        else:  # the packer can say the same in two ways
            assert files_of(empty) == files_of(home)
            assert rows_of(empty.database)["story"] == rows_of(home.database)["story"]
            shutil.rmtree(empty.path)
    assert refused > len(places) * 0.9


Member = tuple[tarfile.TarInfo, bytes]


def rewritten(source: Path, target: Path, change: Callable[[list[Member]], list[Member]], *, sums: bool = True) -> Path:
    """A backup with changed members, and a manifest that vouches for them unless `sums` is false."""
    with tarfile.open(source) as tar:
        members = [(one, (tar.extractfile(one) or io.BytesIO()).read()) for one in tar]
    changed = change(members[:-1])
    manifest = json.loads(members[-1][1])
    if sums:
        manifest["members"] = {
            one.name: [len(data), hashlib.sha256(data).hexdigest()] for one, data in changed if one.isreg()
        }
    with tarfile.open(target, "w:gz") as tar:
        for one, data in [*changed, (tarfile.TarInfo("manifest.json"), json.dumps(manifest).encode())]:
            one.size = len(data)
            tar.addfile(one, io.BytesIO(data))
    return target


def a_member(name: str, **fields: Any) -> Member:
    one = tarfile.TarInfo(name)
    for field, value in fields.items():
        setattr(one, field, value)
    return one, b"evil" if one.isreg() else b""


EVIL = {
    "a way up": a_member("../evil"),
    "a way up inside": a_member("home/media/../../../evil"),
    "a way to the root": a_member("/etc/evil"),
    "a way to the root inside": a_member("home//etc/evil"),
    "a backslash": a_member("home/media/..\\evil"),
    "a dot": a_member("home/media/./evil"),
    "a place of its own": a_member("evil/evil"),
    "another file of the home": a_member("home/run/evil"),
    "no name": a_member("home"),
    "a symbolic link": a_member("home/media/link", type=tarfile.SYMTYPE, linkname="/etc/passwd"),
    "a hard link": a_member("home/media/link", type=tarfile.LNKTYPE, linkname="/etc/passwd"),
    "a folder": a_member("home/media/folder", type=tarfile.DIRTYPE),
    "a device": a_member("home/media/device", type=tarfile.CHRTYPE),
    "a pipe": a_member("home/media/pipe", type=tarfile.FIFOTYPE),
    "a file twice": a_member("home/home.txt"),
    "a second beginning": a_member("about.json"),
    "a file behind its end": a_member("manifest.json"),
}


@pytest.mark.parametrize("name", EVIL)
def test_a_backup_that_leads_elsewhere_is_refused(
    name: str, made: Path, untouched: Untouched, empty: Home, tmp_path: Path
) -> None:
    evil = rewritten(made, tmp_path / "evil.tar.gz", lambda members: [*members, EVIL[name]])
    assert untouched(lambda: restore(empty, evil)) == "restore.broken"
    assert not list(tmp_path.rglob("evil"))


CHANGES: dict[str, Callable[[list[Member]], list[Member]]] = {
    "other bytes": lambda members: [(one, data.replace(b"desk@", b"evil@")) for one, data in members],
    "a file too few": lambda members: members[:-1],
    "a file too many": lambda members: [*members, a_member("home/media/more")],
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_backup_that_is_not_what_its_manifest_says_is_refused(
    name: str, made: Path, untouched: Untouched, empty: Home, tmp_path: Path
) -> None:
    changed = rewritten(made, tmp_path / "changed.tar.gz", CHANGES[name], sums=False)
    assert untouched(lambda: restore(empty, changed)) == "restore.broken"


def test_the_tests_own_way_to_rewrite_a_backup_is_accepted_where_nothing_is_changed(
    made: Path, empty: Home, tmp_path: Path
) -> None:
    restore(empty, rewritten(made, tmp_path / "same.tar.gz", lambda members: members))


@pytest.mark.parametrize("missing", ["home/broadsheet.sqlite3", "home/home.txt"])
def test_a_backup_without_a_database_or_a_marker_is_no_newsroom(
    missing: str, made: Path, untouched: Untouched, empty: Home, tmp_path: Path
) -> None:
    part = rewritten(
        made, tmp_path / "part.tar.gz", lambda members: [(one, data) for one, data in members if one.name != missing]
    )
    assert untouched(lambda: restore(empty, part)) == "restore.broken"


@pytest.mark.parametrize(
    ("made_by", "read_by", "is_refused"),
    [
        ("1.2.0", "1.2.0", False),
        ("1.2.0", "1.2.1", False),
        ("1.9.0", "1.10.0", False),
        ("1.2.0", "1.1.9", True),
        ("1.10.0", "1.9.9", True),
        ("2.0", "1.99.99", True),
    ],
)
def test_a_backup_of_a_newer_version_is_refused(
    made_by: str, read_by: str, is_refused: bool, home: Home, empty: Home, tmp_path: Path
) -> None:
    backup(home, tmp_path / "b.tar.gz", version=made_by)
    if is_refused:
        assert refusal(lambda: restore(empty, tmp_path / "b.tar.gz", version=read_by)) == "restore.newer"
        assert not empty.path.exists()
    else:
        restore(empty, tmp_path / "b.tar.gz", version=read_by)


def test_a_backup_of_a_newer_format_is_refused(
    made: Path, untouched: Untouched, empty: Home, tmp_path: Path
) -> None:
    for field in ("format", "home_format"):

        def newer(members: list[Member], field: str = field) -> list[Member]:
            about = json.loads(members[0][1]) | {field: 2}
            return [(members[0][0], json.dumps(about).encode()), *members[1:]]

        changed = rewritten(made, tmp_path / "newer.tar.gz", newer)
        assert untouched(lambda changed=changed: restore(empty, changed)) == "restore.newer"  # type: ignore[misc]


def test_a_backup_goes_back_only_to_the_engine_on_which_it_was_made(
    made: Path, untouched: Untouched, empty: Home, tmp_path: Path
) -> None:
    address = {"BROADSHEET_DATABASE_URL": "postgresql://localhost/newsroom"}
    assert untouched(lambda: restore(empty, made, environment=address)) == "restore.engine"
    archive = Writer(tmp_path / "p.tar.gz", new_about(version=VERSION, engine="postgresql", made_at="2026-11-23"))
    archive.add_bytes("home/home.txt", b"format 1\n")
    archive.add_bytes("postgresql/database.json", b"{}")
    archive.finish()
    assert untouched(lambda: restore(empty, tmp_path / "p.tar.gz")) == "restore.engine"
    assert untouched(lambda: restore(empty, tmp_path / "p.tar.gz", environment={"BROADSHEET_DATABASE_URL": ""})) == (
        "restore.engine"
    )


def test_a_restore_that_fails_at_its_end_leaves_nothing(
    made: Path, untouched: Untouched, empty: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("os.sync", fail)
    assert untouched(lambda: restore(empty, made)) == "restore.unwritten"


def test_a_backup_larger_than_the_disk_is_refused_before_it_is_unpacked(
    made: Path, untouched: Untouched, empty: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 1000})())
    assert untouched(lambda: restore(empty, made)) == "restore.no_room"


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (12_345_678, "12.3 MB"), (5e12, "5.0 TB")]
)
def test_sizes_are_said_as_a_person_reads_them(size: int, words: str) -> None:
    assert in_words(int(size)) == words
