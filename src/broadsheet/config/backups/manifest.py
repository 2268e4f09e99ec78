"""What a backup says of itself: who made it, when, on which engine, and the sum of everything in it."""

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from broadsheet.foundation import home as homes
from broadsheet.foundation.refusals import Refused

FORMAT = 1
ABOUT = "about.json"
"""The first member, so that a file can be known as a backup, and as too new, from its first bytes."""
MANIFEST = "manifest.json"
"""The last member: a file that was cut off has none."""


@dataclass(frozen=True)
class About:
    """Who made a backup, when (ISO, UTC), and on which engine: "sqlite" or "postgresql"."""

    program: str
    format: int
    home_format: int
    version: str
    engine: str
    made_at: str


@dataclass(frozen=True)
class Sum:
    """Size in bytes and SHA-256 of one member."""

    size: int
    sha256: str


Sums = dict[str, Sum]


def new_about(*, version: str, engine: str, made_at: str) -> About:
    """What this program says of a backup that it makes."""
    return About("broadsheet", FORMAT, homes.FORMAT, version, engine, made_at)


def about_to_bytes(about: About) -> bytes:
    """The first member's bytes."""
    return json.dumps(asdict(about), indent=1).encode()


def about_from_bytes(data: bytes) -> About:
    """What the first member says; Refused where it is none of ours, or from a newer version."""
    try:
        found = json.loads(data)
        if found.get("program") != "broadsheet":
            raise ValueError
        about = About(**{name: found[name] for name in About.__dataclass_fields__})
        numbers_of(about.version)
    except (ValueError, KeyError, AttributeError, TypeError):
        raise no_backup() from None
    return about


def refuse_newer(about: About, version: str) -> None:
    """Refuse a backup that a newer version made: this program cannot know what is in it."""
    newer = numbers_of(about.version) > numbers_of(version)
    if newer or about.format > FORMAT or about.home_format > homes.FORMAT:
        raise Refused(
            "restore.newer",
            f"The backup was made by Broadsheet {about.version}, and this is {version}. "
            f"Install {about.version} or a later one and restore again.",
            "Nothing was changed.",
        )


def manifest_to_bytes(about: About, sums: Sums) -> bytes:
    """The last member's bytes."""
    members = {name: [entry.size, entry.sha256] for name, entry in sums.items()}
    return json.dumps({**asdict(about), "members": members}, indent=1).encode()


def sums_from_bytes(data: bytes) -> Sums:
    """The sums that the last member promises."""
    try:
        members: dict[str, Any] = json.loads(data)["members"]
        return {name: Sum(int(size), str(sha256)) for name, (size, sha256) in members.items()}
    except (ValueError, KeyError, AttributeError, TypeError):
        raise broken("its list of contents cannot be read") from None


def numbers_of(version: str) -> tuple[int, ...]:
    """A version such as 1.10.0 as numbers, so that it can be compared; raises ValueError for what is none."""
    found = re.match(r"\d+(\.\d+)*", version)
    if not found:
        raise ValueError(version)
    return tuple(int(part) for part in found[0].split("."))


def no_backup() -> Refused:
    """The file is something else."""
    return Refused("restore.no_backup", "The file is not a backup made by Broadsheet.", "Nothing was changed.")


def broken(why: str) -> Refused:
    """The file is a backup, but not whole."""
    return Refused("restore.broken", f"The backup is damaged: {why}. Take another backup.", "Nothing was changed.")
