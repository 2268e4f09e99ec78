"""Every write of the index. The room whose thing it is calls these in its own transaction and answers for the right."""

from time import sleep

from django.db import transaction

from broadsheet.index import places
from broadsheet.index.models import SOUGHT_IN, Entry
from broadsheet.index.sources import all_sources, count_wrong, wrong_in
from broadsheet.index.values import NewEntry
from broadsheet.index.words import RECIPE, composed, kept_apart, stems_of
from broadsheet.jobs.actions import run_soon

PAUSE = 0.01
"""Seconds between two things in work on many of them, in which others can write."""
OPENING = 50
"""Words of a text that count as its opening."""
MOST_LETTERS = 200_000
"""Letters of a text that are sought in: PostgreSQL holds no more than a megabyte of different words in a row."""


@transaction.atomic
def put(entry: NewEntry) -> None:
    """Let a thing be found, or be found anew as it is now."""
    kept = Entry.objects.filter(kind=entry.kind, object_id=entry.id).only("published_at", *SOUGHT_IN).first()
    moved = kept is not None and places.minute_of_moment(kept.published_at) != places.minute_of_moment(
        entry.published_at
    )
    if moved:
        remove(entry.kind, entry.id)
    title, standfirst, text = (composed(part) for part in (entry.title, entry.standfirst, entry.text))
    body = kept_apart(entry.apart, stems_of(text[:MOST_LETTERS]))
    title_stems, standfirst_stems = (kept_apart(entry.apart, stems_of(part)) for part in (title, standfirst))
    head = [*title_stems, "|", *standfirst_stems, "|", *body[:OPENING]]
    marks = (
        places.mark_of(entry.kind, entry.edition_id),
        places.mark_of(entry.kind, entry.edition_id, entry.section_id),
        *entry.marks,
    )
    if not entry.keeps_text:
        title = standfirst = text = ""
    row = Entry(
        place=_free_place(entry) if kept is None or moved else kept.place,
        kind=entry.kind,
        object_id=entry.id,
        edition_id=entry.edition_id,
        section_id=entry.section_id,
        language=entry.language,
        published_at=entry.published_at,
        title=title,
        standfirst=standfirst,
        text=text,
        marks=" ".join(marks),
        head=f" {' '.join(head)} ",
        body=f" {' '.join(body)} ",
        recipe=RECIPE,
    )
    if kept is None or moved:
        row.save(force_insert=True)
    else:
        row.save(update_fields=_all_but_what_is_the_same(kept, row))


def _all_but_what_is_the_same(kept: Entry, row: Entry) -> set[str]:
    """Columns to write: where an entry's words are as they were, the engines' own tables are left alone."""
    is_same = all(getattr(kept, name) == getattr(row, name) for name in SOUGHT_IN)
    columns = {field.name for field in Entry._meta.concrete_fields if not field.primary_key}
    return columns - set(SOUGHT_IN) if is_same else columns


def remove(kind: str, object_id: int) -> bool:
    """Let a thing be found no more; whether it was there."""
    return Entry.objects.filter(kind=kind, object_id=object_id).delete()[0] > 0


def fill_index(most: int = 500) -> int:
    """Put the index right for this many things that it lacks or should not have; returns how many more there are.

    A thing is a transaction, with a pause after it, so that nobody waits. Twice is harmless.
    """
    wrong = [(source, thing) for source in all_sources() for thing in sorted(wrong_in(source), reverse=True)]
    for source, thing in wrong[:most]:
        with transaction.atomic():
            source.put_anew(thing)
        sleep(PAUSE)
    return len(wrong[most:])


def ask_for_index() -> bool:
    """Hand in the job that puts the index right, if anything is wrong with it; returns whether it was."""
    if not count_wrong():
        return False
    from broadsheet.index.due import fill_index as job

    run_soon(job)
    return True


def _free_place(entry: NewEntry) -> int:
    """The place of the entry's minute that is its own by its id, or where that is taken the next by growing steps."""
    place, step = places.place_for(entry.published_at, entry.id), 1
    while Entry.objects.filter(place=place).exists():
        place, step = place + step, step * 2
    return place
