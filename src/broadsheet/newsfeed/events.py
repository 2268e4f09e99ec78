"""What happens to briefs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BriefPublished:
    """A brief came to its readers."""

    brief_id: int
    edition_id: int


@dataclass(frozen=True)
class BriefChanged:
    """A brief that readers see was changed."""

    brief_id: int
    edition_id: int


@dataclass(frozen=True)
class BriefWithdrawn:
    """A brief was taken from its readers."""

    brief_id: int
    edition_id: int
