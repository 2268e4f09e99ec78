"""Reads of editions, sections and topics, each with its keys."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import FilteredRelation, Q, Value
from markupsafe import Markup

from broadsheet.editions.models import Edition, FormerTopic, Section, SectionName, StandingPage, Topic, TopicName
from broadsheet.editions.names import Localized, choose
from broadsheet.press.keys import Key, declare
from broadsheet.press.prepared import Prepared
from broadsheet.press.render import keyed, remember

KEYS = declare(
    Key(
        "editions",
        on=Edition,
        columns=(
            "name", "short_name", "language", "direction", "zone", "motto", "description", "path_prefix", "host",
            "order",
        ),
    ),
    Key("sections", on=Section, columns=("slug", "order")),
    Key("sections", on=SectionName, columns=("language", "name", "description", "section_id")),
    Key("topics", on=Topic, columns=("slug",)),
    Key("topics", on=FormerTopic, columns=("slug", "topic_id")),
    Key("topics", on=TopicName, columns=("language", "name", "description", "topic_id")),
    Key("standing-pages", on=StandingPage, columns=("edition_id", "slug", "title", "order", "in_footer")),
    Key("standing-page:{slug}", on=StandingPage, columns=("edition_id", "slug", "title", "body")),
)  # fmt: skip


@dataclass(frozen=True)
class EditionValue:
    """An edition as a page needs it."""

    id: int
    name: str
    short_name: str
    language: str
    direction: str
    zone: str
    motto: str
    description: str
    prefix: str
    host: str

    @property
    def base(self) -> str:
        """The beginning of each of its addresses on its own host: empty, or such as /ru."""
        return f"/{self.prefix}" if self.prefix and not self.host else ""

    @property
    def origin(self) -> str:
        """The scheme and host of its canonical addresses; never taken from a request."""
        if not self.host:
            return str(settings.SITE_URL)
        return f"{urlsplit(settings.SITE_URL).scheme}://{self.host}"

    def path(self, within: str) -> str:
        """The address on its host of what stands at `within` (from "/") in the edition."""
        return f"{self.base}{within}"

    def canonical(self, within: str) -> str:
        """The whole canonical address."""
        return f"{self.origin}{self.base}{within}"


@dataclass(frozen=True)
class SectionValue:
    """A section in a page's language."""

    id: int
    slug: str
    name: Localized
    description: Localized
    tone: int = 1
    """Which of the colours for sections is its own, from 1."""

    @property
    def address(self) -> str:
        return f"/{self.slug}/"


@dataclass(frozen=True)
class TopicValue:
    """A topic in a page's language."""

    id: int
    slug: str
    name: Localized
    description: Localized


@dataclass(frozen=True)
class PageLink:
    """A standing page as the foot of every page names it."""

    slug: str
    title: str

    @property
    def address(self) -> str:
        return f"/{self.slug}/"


@dataclass(frozen=True)
class PageValue:
    """A standing page; `edition_ids` are the editions that have one at the same address."""

    slug: str
    title: str
    body: Markup
    edition_ids: frozenset[int]

    @property
    def address(self) -> str:
        return f"/{self.slug}/"


TONES = 8
NAMES = ("names__language", "names__name", "names__description")
_editions_with_pages = Prepared(
    lambda: Edition.objects.annotate(
        page=FilteredRelation("standing_pages", condition=Q(standing_pages__in_footer=True))
    )
    .order_by("order", "pk", "page__order", "page__slug")
    .values_list(
        "pk", "name", "short_name", "language", "direction", "zone", "motto", "description", "path_prefix", "host",
        "page__slug", "page__title",
    )
)  # fmt: skip


def _sections_with(*more: str) -> Any:
    return (
        Section.objects.annotate(is_topic=Value(0)).order_by("order", "slug").values_list(*more, "pk", "slug", *NAMES)
    )


def _topics_with(ids: Any, *more: str) -> Any:
    named = Topic.objects.annotate(is_topic=Value(1)).filter(pk__in=ids)
    return named.order_by("slug").values_list(*more, "pk", "slug", *NAMES)


_all_sections = Prepared(lambda: _sections_with())
_topics = Prepared(lambda ids: _topics_with(ids))
_sections_and_topics = Prepared(lambda ids: [_sections_with("is_topic"), _topics_with(ids, "is_topic")])


@keyed(lambda: ["editions"])
def all_editions() -> tuple[EditionValue, ...]:
    """All editions in their order, the main one (without a prefix) first."""
    return tuple(edition for edition, _pages in _frame())


@keyed(lambda edition: ["standing-pages"])
def standing_pages(edition: EditionValue) -> tuple[PageLink, ...]:
    """The standing pages of an edition that are named at the foot of every page, in their order."""
    return next((pages for one, pages in _frame() if one.id == edition.id), ())


@keyed(lambda: ["editions", "standing-pages"])
def _frame() -> tuple[tuple[EditionValue, tuple[PageLink, ...]], ...]:
    """What every page needs, in one query: the editions, the main one first, each with the pages at its foot."""
    found = []
    for rows in _by_id(_editions_with_pages()):
        row = rows[0]
        pages = tuple(PageLink(slug, title) for *_edition, slug, title in rows if slug)
        found.append((EditionValue(row[0], row[1], row[2] or row[1], *row[3:-2]), pages))
    return tuple(sorted(found, key=lambda one: bool(one[0].prefix)))


@keyed(lambda language: ["sections"])
def all_sections(language: str) -> tuple[SectionValue, ...]:
    """All sections in their order, named in a language."""
    return _as_sections(_all_sections(), language)


@keyed(lambda ids, language: ["sections", "topics"])
def topics_with_sections(ids: tuple[int, ...], language: str) -> tuple[TopicValue, ...]:
    """The same as `topics`, for a page that asks for its sections, too: one query answers both."""
    if not ids:
        return ()
    rows = _sections_and_topics(ids)
    remember(all_sections, language, answer=_as_sections([row[1:] for row in rows if not row[0]], language))
    return _as_topics([row[1:] for row in rows if row[0]], language)


@keyed(lambda ids, language: ["topics"])
def topics(ids: tuple[int, ...], language: str) -> tuple[TopicValue, ...]:
    """The topics with these ids, named in a language, in the order of their names."""
    if not ids:
        return ()
    return _as_topics(_topics(ids), language)


@keyed(lambda slug: ["topics"])
def slug_of_former_topic(slug: str) -> str:
    """The slug of the topic to which an address leads that is a topic's no more; "" where it never was one's."""
    return FormerTopic.objects.filter(slug=slug).values_list("topic__slug", flat=True).first() or ""


def _as_sections(rows: Iterable[tuple[Any, ...]], language: str) -> tuple[SectionValue, ...]:
    named = (_named(group, language) for group in _by_id(rows))
    return tuple(SectionValue(*values, tone=place % TONES + 1) for place, values in enumerate(named))


def _as_topics(rows: Iterable[tuple[Any, ...]], language: str) -> tuple[TopicValue, ...]:
    found = (TopicValue(*_named(group, language)) for group in _by_id(rows))
    return tuple(sorted(found, key=lambda topic: topic.name.text.casefold()))


@keyed(lambda edition, slug: [f"standing-page:{slug}"])
def standing_page(edition: EditionValue, slug: str) -> PageValue | None:
    """The standing page of an edition with this slug; None where there is none."""
    rows = {row["edition_id"]: row for row in StandingPage.objects.filter(slug=slug).values()}
    if edition.id not in rows:
        return None
    row = rows[edition.id]
    # The body was cleaned when it was saved.
    return PageValue(slug=slug, title=row["title"], body=Markup(row["body"]), edition_ids=frozenset(rows))


def _by_id(rows: Iterable[tuple[Any, ...]]) -> Iterable[list[tuple[Any, ...]]]:
    """Rows of a thing joined with its names, gathered by the thing, in their order."""
    gathered: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        gathered.setdefault(row[0], []).append(row)
    return gathered.values()


def _named(rows: list[tuple[Any, ...]], language: str) -> tuple[int, str, Localized, Localized]:
    """Id, slug, name and description in a language; the slug stands in for a name that there is in none."""
    thing_id, slug = rows[0][:2]
    name = choose({row[2]: row[3] for row in rows if row[2]}, language) or Localized(slug)
    return thing_id, slug, name, choose({row[2]: row[4] for row in rows if row[2]}, language)
