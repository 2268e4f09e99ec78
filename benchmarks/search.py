"""A search: 200 questions to 100,000 entries of generated text, the slowest of them; on the engine that is set.

On PostgreSQL set BROADSHEET_DATABASE_URL to an empty database. ENTRIES= chooses another number of entries.
"""

import os
import random
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from statistics import median
from typing import Any

ENTRIES = int(os.environ.get("ENTRIES") or 100_000)
QUESTIONS = 200
LEXICON = 40_000
LATIN = ("ba", "ce", "di", "fo", "gu", "har", "kel", "lin", "mor", "nas", "pet", "ral", "sun", "tev", "wis")
CYRILLIC = ("ост", "при", "раз", "вер", "ком", "нов", "тер", "дел", "лин", "сти")
SECTIONS = 8


class Language:
    """Words of which few are frequent and most are rare, as in any language (Zipf)."""

    def __init__(self, chance: random.Random) -> None:
        found: dict[str, None] = {}
        while len(found) < LEXICON:
            half = LATIN if len(found) % 5 else CYRILLIC
            found["".join(chance.choice(half) for _ in range(chance.randrange(1, 6)))] = None
        self.chance, self.words = chance, list(found)
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(LEXICON)))

    def text(self, words: int) -> list[str]:
        """That many words, in sentences of twelve."""
        return self.chance.choices(self.words, cum_weights=self.weights, k=words)

    def rank(self, low: int, high: int) -> str:
        """A word among the more or the less frequent."""
        return self.words[self.chance.randrange(low, high)]


def measure() -> list[tuple[str, str]]:
    """The slowest and the middle of the questions, in milliseconds, and what an entry costs."""
    _start()
    chance = random.Random(20261123)
    language = Language(chance)
    each = _fill(language, chance)
    asked = list(_questions(language, chance))
    _ask(asked[0])
    times = sorted(((_ask(question), question) for question in asked), key=lambda pair: pair[0], reverse=True)
    for seconds, question in times[:5]:
        print(f"  {seconds * 1000:6.1f} ms  {question}", flush=True)
    middle = median(seconds for seconds, _question in times)
    return [
        (f"search: entries ({_vendor()})", f"{ENTRIES}"),
        ("search: to put one in", f"{each * 1000:.1f} ms"),
        (f"search: the slowest of {len(times)} questions", f"{times[0][0] * 1000:.1f} ms"),
        ("search: the middle one", f"{middle * 1000:.1f} ms"),
    ]


def _start() -> None:
    os.environ.setdefault("BROADSHEET_HOME", tempfile.mkdtemp(prefix="broadsheet-bench-"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "broadsheet.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _vendor() -> str:
    from django.db import connection

    return str(connection.vendor)


def _fill(language: Language, chance: random.Random) -> float:
    """Put the entries in; seconds for each."""
    from django.db import connection, transaction

    from broadsheet.index.actions import put
    from broadsheet.index.models import Entry

    if Entry.objects.count() == ENTRIES:
        return 0.0
    moment, seconds = datetime(2016, 1, 1, tzinfo=UTC), 0.0
    for first in range(1, ENTRIES + 1, 500):
        entries = []
        for number in range(first, min(first + 500, ENTRIES + 1)):
            moment += timedelta(minutes=chance.randrange(1, 110))
            entries.append(_entry(number, moment, language, chance))
        begin = time.perf_counter()
        with transaction.atomic():
            for entry in entries:
                put(entry)
        seconds += time.perf_counter() - begin
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return seconds / ENTRIES


def _entry(number: int, moment: datetime, language: Language, chance: random.Random) -> Any:
    from broadsheet.index.values import NewEntry

    return NewEntry(
        kind="story",
        id=number,
        edition_id=1 + (number % 10 == 0),
        section_id=1 + min(SECTIONS - 1, int(chance.expovariate(0.8))),
        language="en",
        published_at=moment,
        title=" ".join(language.text(8)).capitalize(),
        standfirst=" ".join(language.text(20)).capitalize(),
        text=" ".join(language.text(chance.randrange(150, 650))),
    )


def _questions(language: Language, chance: random.Random) -> list[dict[str, Any]]:
    """All that a page can ask: one word to six, frequent and rare, phrases, without, in a section, between days."""
    frequent, common, usual, rare = (0, 5), (5, 100), (100, 3000), (3000, LEXICON)
    ranges = (frequent, common, usual, rare)
    asked: list[dict[str, Any]] = []
    while len(asked) < QUESTIONS:
        words = [language.rank(*chance.choice(ranges)) for _ in range(chance.choice((1, 1, 2, 2, 3, 6)))]
        form = chance.choice(("{}", "{}", "{}", '"{}"', '"{}"', "{} -{}", '{} -"{}"'))
        other = " ".join(language.rank(*chance.choice(ranges[:2])) for _ in range(2))
        question: dict[str, Any] = {"words": form.format(" ".join(words), other), "kind": "story"}
        question["edition_id"] = chance.choice((1, 1, 2))
        if chance.random() < 0.4:
            question["section_id"] = chance.randrange(1, SECTIONS + 1)
        if chance.random() < 0.3:
            question["since"] = datetime(2016, 1, 1, tzinfo=UTC) + timedelta(days=chance.randrange(3600))
            question["until"] = question["since"] + timedelta(days=chance.choice((1, 30, 400, 4000)))
        question["page"] = chance.choice((1, 1, 1, 2, 10))
        asked.append(question)
    return asked


def _ask(question: dict[str, Any]) -> float:
    from broadsheet.foundation.connections import snapshot
    from broadsheet.index.reads import search

    with snapshot():
        begin = time.perf_counter()
        search(**question)
        return time.perf_counter() - begin
