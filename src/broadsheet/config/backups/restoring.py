"""How a backup becomes a newsroom again: verified first, unpacked beside the home, put in place at the end."""

import os
import shutil
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from broadsheet.config.backups.archive import read_about
from broadsheet.config.backups.manifest import broken, refuse_newer
from broadsheet.config.backups.sizes import in_words
from broadsheet.config.backups.unpacking import SETTINGS, Checked, unpack, verify
from broadsheet.config.backups.workplace import workplace
from broadsheet.foundation.home import Home
from broadsheet.foundation.refusals import Refused

Say = Callable[[str], None]
WORK = ".restoring"
HARMLESS = {"lost+found", WORK}
VARIABLE = "BROADSHEET_DATABASE_URL"


def restore_backup(home: Home, source: Path, *, version: str, environment: Mapping[str, str], say: Say) -> None:
    """Make the newsroom of a backup stand in an empty home, or leave everything as it was and raise Refused."""
    _check_empty(home)
    if not source.is_file():
        raise Refused("restore.no_file", f"There is no file {source}.", "Nothing was changed.")
    try:
        refuse_newer(read_about(source), version)
        checked = verify(source)
        about = checked.about
        address = _database_of(checked, environment)
        say(f"The backup is whole: Broadsheet {about.version}, {about.engine}, made at {about.made_at}.")
        with _staging(home) as staging:
            _check_room(staging.path.parent, checked.size)
            unpack(source, staging)
            _finish(home, staging, source, checked, address, say)
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise Refused(
            "restore.unwritten",
            f"The backup could not be restored: {error.strerror or error}{where}.",
            "Nothing was left behind.",
        ) from None
    say(f"The newsroom stands in {home.path}.")


def _finish(home: Home, staging: Home, source: Path, checked: Checked, address: str, say: Say) -> None:
    if not address:
        _take_place(staging, home)
        return
    from broadsheet.config.backups.rows import restored_rows

    with restored_rows(source, staging, address, checked, say):
        _take_place(staging, home)
    if address != _address_in_file(checked):
        say(
            f"Note: settings.toml does not name this database. Keep {VARIABLE} set, or write it into "
            f"{home.settings_file} before the site is started."
        )


def _check_empty(home: Home) -> None:
    if home.path.exists() and not home.path.is_dir():
        raise Refused("restore.not_empty", f"{home.path} is a file. Name a folder with BROADSHEET_HOME.")
    if home.path.is_dir() and {entry.name for entry in home.path.iterdir()} - HARMLESS:
        raise Refused(
            "restore.not_empty",
            f"The home folder {home.path} is not empty, and a backup is only restored into an empty one. "
            "Name another folder with BROADSHEET_HOME, or move this one away.",
            "Nothing was changed.",
        )


def _database_of(checked: Checked, environment: Mapping[str, str]) -> str:
    """The PostgreSQL database to restore into, or an empty text for SQLite; Refused where the backup does not fit."""
    address = environment.get(VARIABLE, _address_in_file(checked))
    engine = checked.about.engine
    if engine == "sqlite" and address:
        raise Refused(
            "restore.engine",
            "The backup was made on SQLite and can only be restored into SQLite, but a PostgreSQL database is set. "
            f"Restore without {VARIABLE}.",
            "Nothing was changed.",
        )
    if engine == "postgresql" and not address:
        raise Refused(
            "restore.engine",
            "The backup was made on PostgreSQL and can only be restored into PostgreSQL. "
            f"Name an empty database with {VARIABLE}.",
            "Nothing was changed.",
        )
    return address


def _address_in_file(checked: Checked) -> str:
    try:
        return str(tomllib.loads(checked.small.get(SETTINGS, b"").decode()).get("database_url", ""))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise broken("its settings.toml cannot be read") from None


@contextmanager
def _staging(home: Home) -> Iterator[Home]:
    """A home that is not in place yet: beside the real one, or inside it where it is a disk of its own or its
    neighbourhood is not ours to write."""
    parent = home.path.parent
    parent.mkdir(parents=True, exist_ok=True)
    beside = not home.path.is_mount() and os.access(parent, os.W_OK)
    folder = parent / f".{home.path.name}{WORK}" if beside else home.path / WORK
    with workplace(folder) as work:
        yield Home(work / "home")


def _check_room(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if size > free:
        raise Refused(
            "restore.no_room",
            f"The backup needs {in_words(size)}, and {folder.parent} has {in_words(free)} free.",
            "Nothing was changed.",
        )


def _take_place(staging: Home, home: Home) -> None:
    if staging.path.parent.parent == home.path:
        # Inside, entry by entry, the marker last: what stands without it is no home.
        for entry in sorted(staging.path.iterdir(), key=lambda entry: entry.name == home.marker.name):
            entry.rename(home.path / entry.name)
        return
    if home.path.exists():
        # Whoever made the empty folder may have chosen who may enter it.
        shutil.copystat(home.path, staging.path)
    staging.path.rename(home.path)
