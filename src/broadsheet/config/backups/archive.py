"""The file itself: a compressed tar whose members are plain files, each with its sum."""

import gzip
import hashlib
import io
import os
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from broadsheet.config.backups.manifest import (
    ABOUT,
    MANIFEST,
    About,
    Sum,
    Sums,
    about_from_bytes,
    about_to_bytes,
    broken,
    manifest_to_bytes,
    no_backup,
    sums_from_bytes,
)

HOME, POSTGRESQL = "home", "postgresql"
PARTS = (HOME, POSTGRESQL)
# What a backup keeps of a home. The marker is first: what is restored without it is no home. Pages are made anew.
KEPT = ("home.txt", "settings.toml", "keys", "mailbox", "media")
# What of these is made anew when it is asked for, and would be a third of the file.
LEFT_OUT = ("media/renditions",)
# Pictures do not get smaller and texts nearly do at the fastest level, and the site needs the processor meanwhile.
COMPRESSION = 1
CHUNK = 1 << 20
LARGEST_ABOUT, LARGEST_MANIFEST = 1 << 16, 1 << 28


class Summing:
    """A file that is read once, and summed on the way."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._sum = hashlib.sha256()
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._sum.update(data)
        self.size += len(data)
        return data

    def result(self) -> Sum:
        """The sum of what was read so far."""
        return Sum(self.size, self._sum.hexdigest())


class Writer:
    """Adds members to a new archive and closes it with its manifest."""

    def __init__(self, path: Path, about: About) -> None:
        self.sums: Sums = {}
        self._about = about
        self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
        self._tar = tarfile.open(  # noqa: SIM115 - closed by finish() and close()
            fileobj=self._file, mode="w:gz", compresslevel=COMPRESSION, format=tarfile.PAX_FORMAT
        )
        self.add_bytes(ABOUT, about_to_bytes(about))

    def add_bytes(self, name: str, data: bytes) -> None:
        """Add a small member."""
        self._add(name, io.BytesIO(data), size=len(data), mode=0o600, changed=0)

    def add_file(self, name: str, path: Path) -> int | None:
        """Add a file with its mode and time; returns its size, or None where it has gone meanwhile."""
        try:
            file = path.open("rb")
        except FileNotFoundError:
            return None
        with file:
            state = os.fstat(file.fileno())
            self._add(name, file, size=state.st_size, mode=state.st_mode & 0o777, changed=int(state.st_mtime))
        return state.st_size

    def finish(self) -> None:
        """Write the manifest and bring everything to the disk."""
        self.add_bytes(MANIFEST, manifest_to_bytes(self._about, self.sums))
        self._tar.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def close(self) -> None:
        """Let go of the file, whole or not."""
        self._file.close()

    def _add(self, name: str, file: IO[bytes], *, size: int, mode: int, changed: int) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode, member.mtime = size, mode, changed
        summing: Any = Summing(file)
        self._tar.addfile(member, summing)
        self.sums[name] = summing.result()


def read_members(path: Path, receive: Callable[[tarfile.TarInfo, IO[bytes]], None]) -> tuple[About, Sums]:
    """Read an archive from beginning to end and give each member to `receive`, which reads of it what it wants.

    Refused unless every member is a plain file with a proper name and the sum that the manifest promises.
    """
    sums: Sums = {}
    promised: Sums | None = None
    about: About | None = None
    with _opened(path, to_the_end=True) as tar:
        for member in tar:
            content = _content(tar, member)
            if about is None:
                about, sums[ABOUT] = _about(member, content)
            elif promised is not None:
                raise broken("something follows its end")
            elif member.name == MANIFEST:
                promised = _promised(member, content)
            else:
                _check_name(member.name, sums)
                sums[member.name] = _received(member, content, receive)
    if about is None:
        raise no_backup()
    _compare(sums, promised)
    return about, sums


def read_about(path: Path) -> About:
    """What the beginning of an archive says of it."""
    with _opened(path, to_the_end=False) as tar:
        for member in tar:
            return _about(member, _content(tar, member))[0]
    raise no_backup()


@contextmanager
def _opened(path: Path, *, to_the_end: bool) -> Iterator[tarfile.TarFile]:
    begun = False
    try:
        with gzip.open(path) as file, tarfile.open(fileobj=file, mode="r|") as tar:
            begun = True
            yield tar
            if to_the_end:
                # tar stops where its own end is; gzip's sum of everything stands behind that.
                while file.read(CHUNK):
                    pass
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError):
        raise (broken("it ends too early or was changed") if begun else no_backup()) from None


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    if member.type not in (tarfile.REGTYPE, tarfile.AREGTYPE) or member.issparse():
        raise broken("it holds a link, a folder or a device")
    content = tar.extractfile(member)
    assert content is not None
    return content


def _about(member: tarfile.TarInfo, content: IO[bytes]) -> tuple[About, Sum]:
    if member.name != ABOUT or member.size > LARGEST_ABOUT:
        raise no_backup()
    data = content.read()
    return about_from_bytes(data), Sum(len(data), hashlib.sha256(data).hexdigest())


def _promised(member: tarfile.TarInfo, content: IO[bytes]) -> Sums:
    if member.size > LARGEST_MANIFEST:
        raise broken("its list of contents is too long")
    return sums_from_bytes(content.read())


def _check_name(name: str, seen: Sums) -> None:
    parts = PurePosixPath(name).parts
    proper = len(parts) >= 2 and parts[0] in PARTS and ".." not in parts and "/".join(parts) == name
    if not proper or "\\" in name or "\0" in name:
        raise broken("a file in it has a name that leads elsewhere")
    if name in seen:
        raise broken("it holds a file twice")


def _received(
    member: tarfile.TarInfo, content: IO[bytes], receive: Callable[[tarfile.TarInfo, IO[bytes]], None]
) -> Sum:
    summing: Any = Summing(content)
    receive(member, summing)
    while summing.read(CHUNK):
        pass
    result: Sum = summing.result()
    return result


def _compare(sums: Sums, promised: Sums | None) -> None:
    if promised is None:
        raise broken("it ends too early")
    for name in promised.keys() | sums.keys():
        if promised.get(name) != sums.get(name):
            raise broken(f"{name} is not what was put into it")
