"""Stories as pages need them: frozen, in the page's language, with nothing left to ask."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from markupsafe import Markup

from broadsheet.editions.reads import SectionValue, TopicValue
from broadsheet.mediabank.reads import FilmValue, PictureValue
from broadsheet.people.reads import PersonValue

NO_HTML = Markup()
SUBHEAD = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>')


class CardRow(NamedTuple):
    """The columns of a story that a card needs."""

    id: int
    address: str
    headline: str
    card_headline: str
    standfirst: str
    kind: str
    section_id: int | None
    lead_picture_id: int | None
    published_at: datetime
    changed_at: datetime
    byline_ids: list[int]


class StoryRow(NamedTuple):
    """The columns of a story that its page needs; what it names is ids, as they were at its publication."""

    id: int
    address: str
    headline: str
    standfirst: str
    kind: str
    dateline: str
    section_id: int | None
    lead_picture_id: int | None
    lead_caption: str
    published_at: datetime | None
    changed_at: datetime | None
    counterpart_key: UUID
    body_segments: list[dict[str, Any]]
    byline_ids: list[int]
    topic_ids: list[int]


@dataclass(frozen=True)
class Card:
    """A story in a list; the address is within its edition."""

    id: int
    address: str
    headline: str
    standfirst: str
    kind: str
    section: SectionValue | None
    picture: PictureValue | None
    published_at: datetime
    changed_at: datetime
    byline_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Segment:
    """A finished part of a body. `type` says which of the other fields are filled."""

    type: str
    html: Markup = NO_HTML
    text: str = ""
    title: str = ""
    title_lang: str = ""
    caption: str = ""
    number: int = 0
    role: str = ""
    place: str = ""
    said_on: str = ""
    address: str = ""
    page: str = ""
    host: str = ""
    film: FilmValue | None = None
    speaker: PersonValue | None = None
    picture: PictureValue | None = None
    pictures: tuple["Segment", ...] = ()
    card: Card | None = None


@dataclass(frozen=True)
class Anchor:
    """A place in a story that can be linked to."""

    anchor: str
    text: str


@dataclass(frozen=True)
class Counterpart:
    """The same story in another edition; the address is whole."""

    language: str
    edition_name: str
    address: str


@dataclass(frozen=True)
class StoryValue:
    """A story with all that its page shows."""

    id: int
    address: str
    headline: str
    standfirst: str
    kind: str
    dateline: str
    section: SectionValue | None
    topics: tuple[TopicValue, ...]
    bylines: tuple[PersonValue, ...]
    picture: PictureValue | None
    lead_caption: str
    segments: tuple[Segment, ...]
    published_at: datetime
    changed_at: datetime
    counterparts: tuple[Counterpart, ...]
    recent: tuple[Card, ...] = ()
    next: Card | None = None

    @property
    def opens_with_gallery(self) -> bool:
        """Whether the lead picture stands in a gallery anyway: then the gallery takes its place."""
        return self.kind == "gallery" and any(
            self.picture is not None and picture.picture == self.picture
            for part in self.segments
            if part.type == "gallery"
            for picture in part.pictures
        )

    @property
    def lead_video(self) -> Segment | None:
        """The video that stands in the place of the lead picture: the first part of a story of kind video."""
        first = self.segments[0] if self.kind == "video" and self.segments else None
        return first if first is not None and first.type == "video" else None

    @property
    def videos(self) -> tuple[Segment, ...]:
        """The videos of the body, in their order."""
        return tuple(part for part in self.segments if part.type == "video")

    @property
    def questions(self) -> tuple[Anchor, ...]:
        """Those subheads of the body that ask something."""
        found = [match for part in self.segments for match in SUBHEAD.findall(part.html)]
        return tuple(Anchor(anchor, Markup(text).unescape()) for anchor, text in found if text.endswith("?"))


class Listed(NamedTuple):
    """A story's place in a list: the later, the higher it stands; of one moment, the greater id."""

    published_at: datetime
    story_id: int


@dataclass(frozen=True)
class ListPage:
    """A page of a list, newest first; `older` is the mark at which the next one begins, empty at the end."""

    cards: tuple[Card, ...]
    older: str
    total: int
