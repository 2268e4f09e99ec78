"""Reading a backup: once to verify everything, once more to write its files."""

import os
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from broadsheet.config.backups.archive import CHUNK, HOME, KEPT, POSTGRESQL, read_members
from broadsheet.config.backups.manifest import About, broken
from broadsheet.foundation.home import Home

SETTINGS = f"{HOME}/settings.toml"
CONTENTS = f"{POSTGRESQL}/database.json"
LARGEST_SMALL = 1 << 24
DATABASE = Home(Path()).database.name
PUBLIC = {"media"}


@dataclass(frozen=True)
class Checked:
    """A backup whose every sum was right: what it says of itself, its settings and contents, and its size unpacked."""

    about: About
    small: Mapping[str, bytes]
    size: int


def verify(source: Path) -> Checked:
    """Read a backup from beginning to end and write nothing; Refused unless it is whole and leads nowhere else."""
    small: dict[str, bytes] = {}

    def receive(member: tarfile.TarInfo, content: IO[bytes]) -> None:
        parts = PurePosixPath(member.name).parts
        if parts[0] == HOME and parts[1] not in (*KEPT, DATABASE):
            raise broken("it holds a file that is no part of a newsroom")
        if member.name in (SETTINGS, CONTENTS):
            if member.size > LARGEST_SMALL:
                raise broken(f"{member.name} is too long")
            small[member.name] = content.read()

    about, sums = read_members(source, receive)
    has_database = f"{HOME}/{DATABASE}" in sums if about.engine == "sqlite" else CONTENTS in sums
    if not has_database or f"{HOME}/home.txt" not in sums:
        raise broken("it holds no whole newsroom")
    return Checked(about, small, sum(entry.size for entry in sums.values()))


def unpack(source: Path, staging: Home) -> None:
    """Write the files of a verified backup into a home that is not in place yet."""
    staging.path.mkdir()

    def receive(member: tarfile.TarInfo, content: IO[bytes]) -> None:
        parts = PurePosixPath(member.name).parts
        if parts[0] == HOME:
            _write(staging.path.joinpath(*parts[1:]), member, content, public=parts[1] in PUBLIC)

    about, _ = read_members(source, receive)
    staging.prepare(about.version)
    os.sync()


def _write(path: Path, member: tarfile.TarInfo, content: IO[bytes], *, public: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = 0o644 if public else 0o600
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    with os.fdopen(descriptor, "wb") as file:
        while block := content.read(CHUNK):
            file.write(block)
    os.utime(path, (member.mtime, member.mtime))
