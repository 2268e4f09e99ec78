"""What happens to stories."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StoryPublished:
    """A story came to its readers, for the first time or changed."""

    story_id: int
    edition_id: int
    is_first: bool


@dataclass(frozen=True)
class StoryWithdrawn:
    """A story was taken from its readers."""

    story_id: int
    edition_id: int


@dataclass(frozen=True)
class StoryScheduled:
    """A story will come to its readers at a time (UTC)."""

    story_id: int
    edition_id: int
    at: str


@dataclass(frozen=True)
class RemarkSaid:
    """Somebody said something in a thread beside a story; `kind` is "remark", "answer" or "resolved".

    `people` are those who wrote in the thread, or who began the story where the thread is new, without whoever said it.
    """

    kind: str
    story_id: int
    remark_id: int
    by_id: int
    people: frozenset[int]
    text: str
