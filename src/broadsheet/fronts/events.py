"""What happens to fronts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FrontArranged:
    """A front was given other containers; none means that it stands as by default."""

    edition_id: int
    section_id: int | None
    version: int


@dataclass(frozen=True)
class StoryPinned:
    """A story was pinned on a front."""

    edition_id: int
    section_id: int | None
    story_id: int


@dataclass(frozen=True)
class StoryUnpinned:
    """A story was unpinned from a front."""

    edition_id: int
    section_id: int | None
    story_id: int


@dataclass(frozen=True)
class BreakingSet:
    """An edition has a breaking line, until a moment (UTC)."""

    edition_id: int
    text: str
    until: str


@dataclass(frozen=True)
class BreakingCleared:
    """An edition's breaking line is gone."""

    edition_id: int
