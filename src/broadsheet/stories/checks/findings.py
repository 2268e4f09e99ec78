"""What a check finds, and what it looks at: one version of a story with its texts at hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from broadsheet.stories.checks.texts import Block, Text, blocks_of, texts_of
from broadsheet.stories.models import Story

Weight = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """Something that a story lacks or that may be wrong with it.

    `place` is the field of the form that it is about, or the id of a block of the body, where it is mended. `about`
    names the thing itself: a word, an address, a picture.
    """

    code: str
    weight: Weight
    sentence: str
    fix: str
    place: str
    about: str = ""

    @property
    def in_body(self) -> bool:
        """Whether `place` is the id of a block."""
        return self.place not in FIELDS


# The fields to which findings lead.
FIELDS = (
    "headline", "card_headline", "standfirst", "section", "slug", "kind", "lead_picture", "lead_caption", "body",
    "embargo_until", "go_live_at", "expire_at",
)  # fmt: skip


class Version:
    """One version of a story as the checks look at it; nothing is read twice."""

    def __init__(self, story: Story, when: datetime) -> None:
        self.story = story
        self.when = when

    @cached_property
    def language(self) -> str:
        """The language of the story's edition."""
        return str(self.story.edition.language)

    @cached_property
    def blocks(self) -> list[Block]:
        """The body's blocks in their order."""
        return blocks_of(list(self.story.body.get_prep_value()))

    @cached_property
    def texts(self) -> list[Text]:
        """Every text that a reader reads, in the order in which it is read."""
        story = self.story
        fields = ("headline", "card_headline", "standfirst", "lead_caption")
        return [Text(name, getattr(story, name)) for name in fields if getattr(story, name)] + texts_of(self.blocks)

    @cached_property
    def shared(self) -> dict[str, Any]:
        """What one check has read from the database and another needs."""
        return {}


Check = Callable[[Version], Iterator[Finding]]
