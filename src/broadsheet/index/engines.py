"""The one question to the database, for each engine: the newest entries that hold what is asked."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection

from broadsheet.index.asked import Asked
from broadsheet.index.places import minute_of
from broadsheet.index.ranking import Candidate

CHECKED = 2000
"""Entries that are looked through for a phrase: the newest that hold all of its words."""


@dataclass(frozen=True)
class Engine:
    """How an engine is asked: `newest` gives place, head and body, `position` says where a text holds another."""

    newest: str
    position: str
    write_words: Callable[[Asked, str], str]


def _fts5(asked: Asked, mark: str) -> str:
    wanted = " AND ".join(f'"{word}"' for word in (mark, *asked.stems))
    return f"({wanted})" + "".join(f' NOT "{stem}"' for stem in asked.unwanted_stems)


def _tsquery(asked: Asked, mark: str) -> str:
    wanted = " & ".join(f"'{word}'" for word in (mark, *asked.stems))
    return wanted + "".join(f" & !'{stem}'" for stem in asked.unwanted_stems)


# CROSS JOIN is SQLite's way to be told which table comes first. PostgreSQL's function is made by the first migration.
ENGINES = {
    "sqlite": Engine(
        newest=(
            "SELECT e.place, e.head, e.body FROM index_words w CROSS JOIN index_entry e ON e.place = w.rowid "
            "WHERE index_words MATCH %s AND w.rowid BETWEEN %s AND %s ORDER BY w.rowid DESC LIMIT %s"
        ),
        position="instr",
        write_words=_fts5,
    ),
    "postgresql": Engine(
        newest="SELECT place, head, body FROM index_find(%s::tsquery, %s, %s, %s)",
        position="strpos",
        write_words=_tsquery,
    ),
}


def newest_with(asked: Asked, mark: str, span: tuple[int, int], most: int) -> tuple[list[Candidate], bool]:
    """The newest entries that hold what is asked, `most` at most; and whether there may be more.

    `mark` says where they belong, `span` is the first and the last place. Phrases are looked for in the newest CHECKED
    entries that hold their words: to read all that hold common words would take seconds.
    """
    engine = ENGINES[connection.vendor]
    phrases = {**dict.fromkeys(asked.phrases, True), **dict.fromkeys(asked.unwanted_phrases, False)}
    looked_at = CHECKED if phrases else most
    conditions, sought = ["1 = 1"], []
    for phrase, is_wanted in phrases.items():
        held = " OR ".join(f"{engine.position}({column}, %s) > 0" for column in ("head", "body"))
        conditions.append(f"({held})" if is_wanted else f"NOT ({held})")
        sought += [f" {' '.join(phrase)} "] * 2
    sql = f"SELECT place, CASE WHEN {' AND '.join(conditions)} THEN head END FROM ({engine.newest}) AS newest"
    with connection.cursor() as cursor:
        cursor.execute(sql, [*sought, engine.write_words(asked, mark), *span, looked_at])
        rows = cursor.fetchall()
    found = [Candidate(place, minute_of(place), head) for place, head in rows if head is not None]
    found.sort(key=lambda candidate: -candidate.place)
    return found[:most], len(rows) == looked_at or len(found) > most
