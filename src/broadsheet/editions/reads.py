"""Reads of editions, sections and topics, each with its keys."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from broadsheet.editions.models import Edition, Section, SectionName, Topic, TopicName
from broadsheet.editions.names import Localized, choose
from broadsheet.press.keys import Key, declare
from broadsheet.press.render import keyed

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
    Key("topics", on=TopicName, columns=("language", "name", "description", "topic_id")),
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


@keyed(lambda: ["editions"])
def all_editions() -> tuple[EditionValue, ...]:
    """All editions in their order, the main one (without a prefix) first."""
    found = [
        EditionValue(
            id=edition.pk,
            name=edition.name,
            short_name=edition.short_name or edition.name,
            language=edition.language,
            direction=edition.direction,
            zone=edition.zone,
            motto=edition.motto,
            description=edition.description,
            prefix=edition.path_prefix,
            host=edition.host,
        )
        for edition in Edition.objects.all()
    ]
    return tuple(sorted(found, key=lambda edition: bool(edition.prefix)))


@keyed(lambda language: ["sections"])
def all_sections(language: str) -> tuple[SectionValue, ...]:
    """All sections in their order, named in a language."""
    rows = Section.objects.order_by("order", "slug").values_list("pk", "slug", *NAMES)
    return tuple(SectionValue(*_named(group, language)) for group in _by_id(rows))


@keyed(lambda ids, language: ["topics"])
def topics(ids: tuple[int, ...], language: str) -> tuple[TopicValue, ...]:
    """The topics with these ids, named in a language, in the order of their names."""
    if not ids:
        return ()
    rows = Topic.objects.filter(pk__in=ids).order_by("slug").values_list("pk", "slug", *NAMES)
    found = (TopicValue(*_named(group, language)) for group in _by_id(rows))
    return tuple(sorted(found, key=lambda topic: topic.name.text.casefold()))


NAMES = ("names__language", "names__name", "names__description")


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
