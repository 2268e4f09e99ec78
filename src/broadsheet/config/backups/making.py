"""How a backup is made: the database first, then the files, whose names it knows and which never change in place."""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Error

from broadsheet.config.backups import sqlite
from broadsheet.config.backups.archive import HOME, KEPT, LEFT_OUT, Writer
from broadsheet.config.backups.manifest import new_about
from broadsheet.config.backups.sizes import in_words
from broadsheet.config.backups.workplace import workplace
from broadsheet.foundation import clock
from broadsheet.foundation.home import Home
from broadsheet.foundation.refusals import Refused

Say = Callable[[str], None]


@dataclass(frozen=True)
class Made:
    """What came of a backup: the file's size, and sentences about what it lacks."""

    size: int
    warnings: tuple[str, ...]


def make_backup(home: Home, target: Path, *, database_url: str, version: str, replace: bool = False, say: Say) -> Made:
    """Write the whole newsroom into one file, which appears when it is complete and never before.

    Refused where the file exists (unless `replace`), where its folder cannot be written and where it would be public.
    """
    _check_target(home, target, replace)
    engine = "postgresql" if database_url else "sqlite"
    about = new_about(version=version, engine=engine, made_at=clock.now().isoformat(timespec="seconds"))
    try:
        with workplace(target.with_name(f".{target.name}.part")) as folder:
            archive = Writer(folder / "archive", about)
            try:
                warnings = _add_database(home, archive, folder, database_url, say)
                warnings += _add_files(home, archive, say)
                archive.finish()
            finally:
                archive.close()
            size = (folder / "archive").stat().st_size
            _put_in_place(folder / "archive", target, replace)
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise Refused(
            "backup.unwritten",
            f"The backup {target} could not be written: {error.strerror or error}{where}.",
            "Nothing was left behind.",
        ) from None
    return Made(size, tuple(warnings))


def _check_target(home: Home, target: Path, replace: bool) -> None:
    if target.is_dir():
        raise Refused("backup.folder", f"{target} is a folder. Name a file, such as {target / 'newsroom.tar.gz'}.")
    if target.exists() and not replace:
        raise _exists(target)
    inside = target.parent.resolve()
    for name in KEPT:
        if inside.is_relative_to((home.path / name).resolve()):
            raise Refused(
                "backup.inside",
                f"{target} lies in the home's own {name}, where it would become part of the next backup"
                f"{' and be readable by everybody' if name == 'media' else ''}. Name a place outside.",
            )


def _exists(target: Path) -> Refused:
    return Refused(
        "backup.exists", f"{target} exists already. Name another file, or add --replace.", "It was left as it is."
    )


def _add_database(home: Home, archive: Writer, folder: Path, database_url: str, say: Say) -> list[str]:
    if database_url:
        from broadsheet.config.backups import postgresql

        say(f"Database: {in_words(postgresql.dump(database_url, archive, folder))} of rows.")
        return []
    copy = folder / "database"
    try:
        sqlite.copy_database(home.database, copy)
    except Error as error:
        raise Refused(
            "backup.database", f"The database {home.database} could not be copied: {error}.", "Nothing was left behind."
        ) from None
    say(f"Database: {in_words(copy.stat().st_size)}.")
    archive.add_file(f"{HOME}/{home.database.name}", copy)
    if sqlite.is_sound(copy):
        return []
    return ["SQLite finds the database damaged; the backup holds it as it is. Keep your older backups, and run check."]


def _add_files(home: Home, archive: Writer, say: Say) -> list[str]:
    warnings = []
    for name in KEPT:
        count = size = left_out = 0
        for path in _files(home.path / name, [home.path / folder for folder in LEFT_OUT]):
            if path != home.path / name and not _is_plain(path):
                left_out += 1
                continue
            added = archive.add_file(f"{HOME}/{path.relative_to(home.path).as_posix()}", path)
            count, size = (count + 1, size + added) if added is not None else (count, size)
        if (home.path / name).is_dir():
            say(f"{name.capitalize()}: {count} {'file' if count == 1 else 'files'}, {in_words(size)}.")
        if left_out:
            warnings.append(f"{name} holds {left_out} that are links or no files; these are not in the backup.")
    return warnings


def _files(path: Path, left_out: Sequence[Path]) -> Iterator[Path]:
    """The file itself, or every file under the folder except in those left out, in a steady order."""
    if path.is_file():
        yield path
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if Path(folder) / name not in left_out)
        linked = (name for name in folders if (Path(folder) / name).is_symlink())
        yield from (Path(folder) / name for name in sorted([*names, *linked]))


def _is_plain(path: Path) -> bool:
    """Whether it is a file, or was one a moment ago."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except FileNotFoundError:
        return True


def _put_in_place(archive: Path, target: Path, replace: bool) -> None:
    if target.exists() and not replace:
        raise _exists(target)
    archive.replace(target)
    descriptor = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
