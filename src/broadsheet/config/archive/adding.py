"""Adds an archive to a demo newsroom, in short transactions with pauses, so that others can write meanwhile."""

import time
from array import array
from collections.abc import Callable, Sequence

from broadsheet.accounts.models import User
from broadsheet.config.archive import names
from broadsheet.config.archive.bulk_writer import StoryWriter, add_people, add_topics
from broadsheet.config.archive.chances import batch_from
from broadsheet.config.archive.names import Named
from broadsheet.config.archive.piece import Ground, Known, key_of, write_piece
from broadsheet.config.demo import ARCHIVE
from broadsheet.editions.models import Topic
from broadsheet.editions.reads import EditionValue, all_editions, all_sections
from broadsheet.foundation.connections import bulk_writing
from broadsheet.foundation.refusals import Refused
from broadsheet.mediabank.demo import demo_titles
from broadsheet.mediabank.models import Picture
from broadsheet.people.models import Person
from broadsheet.stories.models import Story

PAUSE = 0.011  # seconds between two transactions, at least

Say = Callable[[str], None]


def demo_ground() -> Ground:
    """The demo newsroom, on which an archive may stand; refuses every other one, where it would mix with true news."""
    by = User.objects.filter(email=ARCHIVE).first()
    edition = next((edition for edition in all_editions() if edition.language == "en"), None)
    if by is None or edition is None:
        raise Refused(
            "demo.not-the-demo",
            "This home holds a newsroom that is not the demo one; an invented archive would mix with its stories.",
            "Nothing was changed. Name another home with BROADSHEET_HOME to have the archive there.",
        )
    shown = Picture.objects.filter(title__in=demo_titles()).order_by("pk").values_list("pk", flat=True)
    return ground_of(edition, tuple(shown), by.pk)


def ground_of(edition: EditionValue, pictures: tuple[int, ...], begun_by: int | None) -> Ground:
    """An edition with all sections as ground."""
    sections = tuple((section.id, section.slug) for section in all_sections(edition.language))
    return Ground(edition.id, edition.zone, edition.base, sections, pictures, begun_by)


def add_archive(ground: Ground, stories: int, say: Say) -> int:
    """Make the archive one of that many stories, adding those that are missing; returns how many were added."""
    with bulk_writing():
        return _add(ground, stories, say)


def _add(ground: Ground, stories: int, say: Say) -> int:
    there = _written(ground.edition, stories)
    before = len(there)
    known = _with_names(stories, there)
    writer = StoryWriter(ground)
    begin = told = time.monotonic()
    free_from = 0.0
    while len(there) < stories:
        numbers = range(len(there), min(len(there) + batch_from(len(there)), stories))
        prepared = writer.prepare([write_piece(number, ground, known) for number in numbers])
        time.sleep(max(0.0, free_from - time.monotonic()))
        there.extend(writer.write(prepared))
        free_from = time.monotonic() + PAUSE
        if free_from - told > 5:
            told = free_from
            say(f"  {len(there):,} of {stories:,} stories, {(len(there) - before) / (free_from - begin):,.0f} a second")
    return len(there) - before


def _with_names(stories: int, there: "list[tuple[int, str]]") -> Known:
    """Topics and people as many as there are at the end, and the stories that are there."""
    topics = names.topics()[: names.topics_at(stories)]
    writers, speakers = names.writers()[: names.writers_at(stories)], names.speakers()[: names.speakers_at(stories)]
    add_topics(topics)
    add_people([*writers, *speakers])
    people = dict(Person.objects.values_list("slug", "pk"))
    return Known(
        topics=_ids(topics, dict(Topic.objects.values_list("slug", "pk"))),
        writers=_ids(writers, people),
        speakers=_ids(speakers, people),
        stories=there,
    )


def _ids(wanted: Sequence[Named], ids: dict[str, int]) -> Sequence[int]:
    return array("q", (ids[named.slug] for named in wanted))


def _written(edition: int, stories: int) -> list[tuple[int, str]]:
    """The stories of the archive that are there already, from the first on."""
    there: list[tuple[int, str]] = []
    for first in range(0, stories, 500):
        keys = [key_of(number) for number in range(first, min(first + 500, stories))]
        rows = Story.objects.filter(edition_id=edition, counterpart_key__in=keys).values_list(
            "counterpart_key", "pk", "address"
        )
        found = {key: (story_id, address) for key, story_id, address in rows}
        there.extend(found[key] for key in keys if key in found)
        if len(found) < len(keys):
            break
    return there
