"""What a restore refuses, and that each refusal leaves the place as it was."""

import gzip
import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from broadsheet.config.backups.archive import Writer
from broadsheet.config.backups.manifest import new_about
from broadsheet.foundation.home import Home
from broadsheet.foundation.refusals import Refused
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


def test_a_backup_that_was_cut_off_anywhere_is_refused(
    made: Path, untouched: Untouched, empty: Home, tmp_path: Path
) -> None:
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


def test_a_backup_without_its_manifest_is_refused(
    made: Path, untouched: Untouched, empty: Home, tmp_path: Path
) -> None:
    cut = tmp_path / "cut.tar.gz"
    with tarfile.open(made) as whole, tarfile.open(cut, "w:gz") as part:
        for member in whole.getmembers()[:-1]:
            part.addfile(member, whole.extractfile(member))
    assert untouched(lambda: restore(empty, cut)) == "restore.broken"


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


def test_a_backup_of_a_newer_format_is_refused(made: Path, untouched: Untouched, empty: Home, tmp_path: Path) -> None:
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
