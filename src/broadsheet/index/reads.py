"""What is found in the index. Whoever shows it names the key: nothing here knows of pages."""

from collections.abc import Sequence
from datetime import datetime

from broadsheet.index import places
from broadsheet.index.asked import Asked, understand, understand_while_typed
from broadsheet.index.engines import newest_with
from broadsheet.index.extracts import extract, marked
from broadsheet.index.models import Entry
from broadsheet.index.ranking import Candidate, in_order
from broadsheet.index.values import Found, Hit

MOST = 1000
"""Hits that are counted: the newest."""
RANKED = 400
"""Of these, the newest that are put in order; those after them stand by their time."""
PAGES = 10


def search(
    words: str,
    *,
    kind: str,
    edition_id: int,
    section_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    page: int = 1,
    limit: int = 20,
) -> Found:
    """A page of the entries that hold what a stranger typed, best first; empty pages after the tenth.

    `since` is the first moment, `until` the first no longer, each to its minute. Any words are understood somehow:
    see `asked`. Raises ValueError for a page below 1 or above 10.
    """
    if not 1 <= page <= PAGES:
        raise ValueError("no page of a search")
    asked = understand(words)
    if not asked.wanted:
        return Found()
    span = (places.first_place(since) if since else 0, (places.first_place(until) if until else places.LAST) - 1)
    marks = ((places.mark_of(kind, edition_id, section_id),),)
    found, is_more = newest_with(asked, marks, span, MOST + 1)
    order = _best_first(found[:MOST], asked)
    hits = _hits(order[(page - 1) * limit : page * limit], asked)
    return Found(hits, min(len(found), MOST), is_more)


def newest(
    words: str,
    marks: Sequence[Sequence[str]],
    *,
    apart: str = "",
    below: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    most: int = 200,
) -> list[tuple[int, int]]:
    """(place, object id) of the newest entries that hold these words and one mark of each group, newest first.

    The last word may be half typed. `below` is the place before which they stand, for a further part.
    """
    first = places.first_place(since) if since else 0
    last = min(places.first_place(until) if until else places.LAST, places.LAST if below is None else below) - 1
    asked = understand_while_typed(words).kept_apart(apart)
    if not asked.wanted and not asked.begun:
        return []
    found, _more = newest_with(asked, marks, (first, last), most)
    if not found and asked.begun and below is None:
        found, _more = newest_with(
            understand_while_typed(words, cut=True).kept_apart(apart), marks, (first, last), most
        )
    ids = dict(Entry.objects.filter(place__in=found).values_list("place", "object_id"))
    return [(place, ids[place]) for place in found]


def recipes_of(kind: str) -> dict[int, str]:
    """The ids of all entries of a kind, and the recipe by which each was made."""
    return dict(Entry.objects.filter(kind=kind).values_list("object_id", "recipe"))


def holds(kind: str, object_id: int) -> bool:
    """Whether a thing can be found."""
    return Entry.objects.filter(kind=kind, object_id=object_id).exists()


def _best_first(found: list[int], asked: Asked) -> list[int]:
    rows = Entry.objects.filter(place__in=found[:RANKED]).values_list("place", "head") if found else ()
    candidates = [Candidate(place, places.minute_of(place), head) for place, head in rows]
    return in_order(candidates, asked.wanted) + found[RANKED:]


def _hits(order: list[int], asked: Asked) -> tuple[Hit, ...]:
    if not order:
        return ()
    columns = ("object_id", "published_at", "title", "text", "head", "body")
    entries = {entry.place: entry for entry in Entry.objects.filter(place__in=order).only(*columns)}
    sought = frozenset(asked.stems)
    return tuple(_hit(entries[place], sought) for place in order)


def _hit(entry: Entry, sought: frozenset[str]) -> Hit:
    title_stems = entry.head.partition("|")[0].split()
    return Hit(
        id=entry.object_id,
        published_at=entry.published_at,
        title=marked(entry.title, title_stems, sought),
        extract=extract(entry.text, entry.body.split(), sought),
    )
