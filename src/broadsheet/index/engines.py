"""Which entries hold what is asked: one question to each engine, then the same steps for both."""

from collections.abc import Callable, Sequence

from django.db import connection
from django.db.models import Q, Value
from django.db.models.functions import StrIndex

from broadsheet.index.asked import Asked
from broadsheet.index.models import Entry

CHECKED = 500
"""Entries that are looked through for a phrase: the newest that hold all of its words."""
RECENT = 4000
"""PostgreSQL looks at this many of the newest entries first; words that stand in most are found often enough there."""
Span = tuple[int, int]
Marks = Sequence[Sequence[str]]
"""Of each group of marks an entry must have one."""


def newest_with(asked: Asked, marks: Marks, span: Span, most: int) -> tuple[list[int], bool]:
    """The places of the newest entries that hold what is asked, newest first, `most` at most; and whether there may be
    more.

    `marks` say where they belong, `span` is the first and the last place. Phrases are looked for in the newest CHECKED
    entries that hold their words: to read all that hold common words would take seconds.
    """
    find = ENGINES[connection.vendor]
    if not asked.phrases and not asked.unwanted_phrases:
        found = find(asked, marks, span, most)
        return found, len(found) == most
    looked_at = find(asked, marks, span, CHECKED)
    return _with_phrases(looked_at, asked)[:most], len(looked_at) == CHECKED


def _with_phrases(places: Sequence[int], asked: Asked) -> list[int]:
    entries = Entry.objects.filter(place__in=places)
    for number, phrase in enumerate((*asked.phrases, *asked.unwanted_phrases)):
        sought = Value(f" {' '.join(phrase)} ")
        names = {f"{column}_{number}": StrIndex(column, sought) for column in ("head", "body")}
        held = Q(**{f"head_{number}__gt": 0}) | Q(**{f"body_{number}__gt": 0})
        entries = entries.alias(**names).filter(held if number < len(asked.phrases) else ~held)
    return list(entries.order_by("-place").values_list("place", flat=True))


def _in_sqlite(asked: Asked, marks: Marks, span: Span, most: int) -> list[int]:
    """FTS5 reads its lists from the newest to the oldest and stops when it has enough."""
    groups = [*marks, *([stem] for stem in asked.stems), *([asked.begun] if asked.begun else [])]
    wanted = " AND ".join(f"({' OR '.join(map(_for_sqlite, group))})" for group in groups)
    words = f"({wanted})" + "".join(f' NOT "{stem}"' for stem in asked.unwanted_stems)
    where = "index_words MATCH %s AND rowid BETWEEN %s AND %s"
    return _places(f"SELECT rowid FROM index_words WHERE {where} ORDER BY rowid DESC LIMIT %s", [words, *span, most])


def _for_sqlite(word: str) -> str:
    return f'"{word[:-1]}" *' if word.endswith("*") else f'"{word}"'


def _for_postgresql(word: str) -> str:
    return f"'{word[:-1]}':*" if word.endswith("*") else f"'{word}'"


def _in_postgresql(asked: Asked, marks: Marks, span: Span, most: int) -> list[int]:
    """GIN reads its lists whole, so the newest are asked for first, and the older ones only if these are too few."""
    groups = [*marks, *([stem] for stem in asked.stems), *([asked.begun] if asked.begun else [])]
    wanted = " & ".join(f"({' | '.join(map(_for_postgresql, group))})" for group in groups)
    words = wanted + "".join(f" & !'{stem}'" for stem in asked.unwanted_stems)
    rows = Entry.objects.filter(place__range=span).order_by("-place").values_list("place", flat=True)
    border = next(iter(rows[RECENT : RECENT + 1]), span[0])
    sql = "SELECT index_find(%s::tsquery, %s, %s, %s)"
    found = _places(sql, [words, border, span[1], most])
    if len(found) < most and border > span[0]:
        found += _places(sql, [words, span[0], border - 1, most - len(found)])
    return found


def _places(sql: str, values: list[str | int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


ENGINES: dict[str, Callable[[Asked, Marks, Span, int], list[int]]] = {
    "sqlite": _in_sqlite,
    "postgresql": _in_postgresql,
}
