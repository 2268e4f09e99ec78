"""The index: what is put in is found, on both databases alike, and whatever a stranger types is borne."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection, models, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.test.utils import CaptureQueriesContext

from broadsheet.foundation.triggers import missing_triggers
from broadsheet.index import engines, places
from broadsheet.index.actions import put, remove
from broadsheet.index.models import Entry
from broadsheet.index.reads import search
from broadsheet.index.values import Found, NewEntry

pytestmark = [pytest.mark.database, pytest.mark.django_db]

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def add(number: int, text: str = "", **fields: Any) -> None:
    """Put an entry in."""
    values: dict[str, Any] = {
        "kind": "story", "edition_id": 1, "section_id": 1, "language": "en", "published_at": NOON, "title": "",
        "standfirst": "", "text": text,
    }  # fmt: skip
    put(NewEntry(id=number, **{**values, **fields}))


def find(words: str, **options: Any) -> list[int]:
    return [hit.id for hit in found(words, **options).hits]


def found(words: str, **options: Any) -> Found:
    return search(words, **{"kind": "story", "edition_id": 1, **options})


TEXTS = {
    1: "Dockers strike at night in the port of Lusvik.",
    2: "The port is quiet; a strike is far.",
    3: "Порты бастуют, ёлки стоят у причала.",
    4: "North-west wind, 1,000 cranes and a café.",
    5: "Strike port.",
}


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("port", {1, 2, 5}),
        ("ports strikes", {1, 2, 5}),
        ("night", {1}),
        ("порт", {3}),
        ("елка бастует порту", {3}),
        ("cafe", {4}),
        ("café", {4}),
        ('"strike port"', {5}),
        ('"port strike"', set()),
        ('"strikes at night"', {1}),
        ('"port of Lusvik" docker', {1}),
        ("port -night", {2, 5}),
        ('port -"strike port"', {1, 2}),
        ('port -"strike port" -quiet', {1}),
        ("north-west", {4}),
        ("west-north", set()),
        ("1,000", {4}),
        ("1000", set()),
        ("port unknown", set()),
        ("-port", set()),
        ("por", set()),
        ("§story·1", set()),
        ("story", set()),
        ("|", set()),
    ],
)
def test_what_holds_the_words_is_found(words: str, ids: set[int]) -> None:
    for number, text in TEXTS.items():
        add(number, text)
    assert set(find(words)) == ids


def test_a_phrase_does_not_reach_from_one_part_into_the_next() -> None:
    add(1, "night falls", title="the port", standfirst="at ease")
    assert find('"the port"') == find('"at ease"') == find('"night falls"') == [1]
    assert find('"port at"') == find('"ease night"') == []


def test_a_phrase_is_found_wherever_it_stands_in_a_long_text() -> None:
    add(1, "filler word " * 30 + "dark harbour " + "filler word " * 3000 + "still water")
    for phrase in ('"word dark"', '"dark harbour"', '"harbour filler"', '"still water"'):
        assert find(phrase) == [1], phrase


def test_entries_are_found_where_they_belong() -> None:
    add(1, "port")
    add(2, "port", edition_id=2)
    add(3, "port", section_id=2)
    add(1, "port", kind="picture")
    assert find("port") == [3, 1]
    assert find("port", edition_id=2) == [2]
    assert find("port", section_id=2) == [3]
    assert find("port", edition_id=2, section_id=2) == []
    assert find("port", kind="picture") == [1]


def test_entries_are_found_by_their_time() -> None:
    for number in range(5):
        add(number, "port", published_at=NOON + timedelta(days=number))
    since, until = NOON + timedelta(days=1), NOON + timedelta(days=3)
    assert find("port", since=since) == [4, 3, 2, 1]
    assert find("port", until=until) == [2, 1, 0]
    assert find("port", since=since, until=until) == [2, 1]
    assert find("port", since=until, until=since) == []


def test_putting_in_anew_changes_what_is_found_and_putting_in_twice_changes_nothing() -> None:
    add(1, "port")
    add(1, "night")
    assert (find("port"), find("night")) == ([], [1])
    before = list(Entry.objects.values())
    add(1, "night")
    assert list(Entry.objects.values()) == before
    add(1, "night", published_at=NOON - timedelta(days=900), edition_id=2)
    assert (find("night"), find("night", edition_id=2)) == ([], [1])
    assert find("night", edition_id=2, since=NOON) == []


def test_what_is_removed_is_found_no_more() -> None:
    add(1, "port")
    add(2, "port")
    assert remove("story", 1)
    assert not remove("story", 1)
    assert not remove("picture", 2)
    assert find("port") == [2]


def test_what_is_rolled_back_is_not_found() -> None:
    add(1, "port")
    with transaction.atomic():
        add(2, "port")
        remove("story", 1)
        transaction.set_rollback(True)
    assert find("port") == [1]


def test_entries_that_share_a_minute_share_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "BITS", 1)
    for number in range(40):
        add(number, "port")
    assert sorted(find("port", limit=100)) == list(range(40))
    assert Entry.objects.values("place").distinct().count() == 40


def test_results_come_in_pages_without_overlap_and_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(25):
        add(number, "port", published_at=NOON + timedelta(minutes=number))
    pages = [find("port", page=page, limit=10) for page in (1, 2, 3, 4)]
    assert [number for page in pages for number in page] == list(range(24, -1, -1))
    assert (found("port").count, found("port").is_more) == (25, False)
    monkeypatch.setattr("broadsheet.index.reads.MOST", 25)
    assert (found("port").count, found("port").is_more) == (25, False)
    monkeypatch.setattr("broadsheet.index.reads.MOST", 24)
    assert (found("port").count, found("port").is_more) == (24, True)


@pytest.mark.parametrize("page", [0, -1, 11])
def test_there_are_ten_pages(page: int) -> None:
    with pytest.raises(ValueError, match="no page"):
        found("port", page=page)


def test_a_phrase_is_looked_for_in_the_newest_entries_with_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "CHECKED", 5)
    for number in range(10):
        add(number, "old port" if number % 2 else "port old", published_at=NOON + timedelta(minutes=number))
    assert find('"old port"') == [9, 7, 5]
    assert found('"old port"').is_more
    monkeypatch.setattr(engines, "CHECKED", 11)
    assert not found('"old port"').is_more


LETTERS = (
    "a", "port", " ", '"', "'", "-", "*", "^", ":", "(", ")", "{", "}", "+", "&", "|", "!", "<->", "\\", "%", "%s", "_",
    ";", "--", "\x00", "\n", "\u202e", "\u200b", "😀", "שלום", "عربى", "ё", "é", "e\u0301", "\u0301", "§", "·", "ﬃ",
    "½", "AND", "OR", "NOT", "NEAR(", "«", "»", "ß", "İ", "ǅ", "١", "\ud7ff", "\U0010ffff", "$1", "{0}", "?",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(10))
def test_whatever_a_stranger_types_gives_hits_or_none(seed: int) -> None:
    chance = random.Random(seed)
    add(1, " ".join(LETTERS))
    add(2, "port")
    for _ in range(100):
        words = "".join(chance.choice(LETTERS) for _ in range(chance.randrange(1, 40)))
        result = found(words)
        assert result.count == len(result.hits) <= 2, words
    for words in ("", '"' * 10_000, "port " * 2000, "-" * 10_000, "a" * 10_000, "-a " * 3000, '"a b" ' * 2000):
        found(words)


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "😀" * 1000, "x" * 300_000, "ﷺ" * 100_000, "y " * 200_000, ""])
def test_whatever_is_put_in_is_borne(text: str) -> None:
    add(1, f"{text} port", title=text, standfirst=text)
    add(1, f"port {text}", title="", standfirst="")
    assert find("port") == [1]
    remove("story", 1)
    assert find("port") == []


def test_a_text_of_many_different_words_is_borne() -> None:
    add(1, " ".join(f"слово{number}число" for number in range(60_000)))
    assert find("слово1число") == [1]


def test_what_is_found_survives_a_rebuild_of_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    add(1, "port")
    if connection.vendor == "sqlite":
        # SQLite makes a table anew only where keys are not held, and that cannot be switched within a transaction.
        monkeypatch.setattr(connection, "disable_constraint_checking", lambda: True)
        monkeypatch.setattr(connection, "enable_constraint_checking", lambda: None)
        monkeypatch.setattr(type(connection.schema_editor()), "__enter__", BaseDatabaseSchemaEditor.__enter__)
    old, new = Entry._meta.get_field("kind"), models.CharField(max_length=30)
    new.set_attributes_from_name("kind")
    new.model = Entry
    emit_pre_migrate_signal(verbosity=0, interactive=False, db="default")
    with connection.schema_editor(atomic=False) as editor:
        editor.alter_field(Entry, old, new)
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert missing_triggers() == []
    add(2, "port")
    assert find("port") == [2, 1]
    remove("story", 1)
    assert find("port") == [2]


def test_rows_that_come_and_go_by_other_ways_are_followed() -> None:
    add(1, "port")
    add(2, "port")
    Entry.objects.filter(object_id=1).update(body=" night ", head=" | | night ")
    assert (find("port"), find("night")) == ([2], [1])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM index_entry WHERE object_id = 2")
    assert find("port") == []


@pytest.mark.parametrize("seed", range(3))
def test_the_same_is_found_as_by_reading_everything(seed: int) -> None:
    """Against the plainest search that there is: every text, word by word."""
    chance = random.Random(seed)
    words = [f"{letter}ab" for letter in "bcdfghjkl"]
    texts = {number: chance.choices(words, k=chance.randrange(1, 12)) for number in range(1, 60)}
    for number, text in texts.items():
        add(number, " ".join(text), published_at=NOON + timedelta(minutes=number))
    for number in chance.sample(sorted(texts), 15):
        remove("story", number)
        del texts[number]
    for _ in range(60):
        one, two, three = chance.sample(words, 3)
        spaced = {number: f" {' '.join(text)} " for number, text in texts.items()}
        expected = {
            f"{one} {two}": {number for number, text in texts.items() if {one, two} <= set(text)},
            f"{one} -{three}": {number for number, text in texts.items() if one in text and three not in text},
            f'"{one} {two}"': {number for number, text in spaced.items() if f" {one} {two} " in text},
            f'{three} -"{one} {two}"': {
                number for number, text in spaced.items() if f" {three} " in text and f" {one} {two} " not in text
            },
        }
        for query, numbers in expected.items():
            assert set(find(query, limit=100)) == numbers, query


def test_an_entry_whose_words_are_as_they_were_leaves_the_engines_tables_alone() -> None:
    """What a story's editor saves by itself every few seconds holds mostly the words that it held."""
    add(1, "Strike in the port.")
    for text, later, is_written in (
        ("Strike in the port.", 5, False),
        ("Strike in the port.", 90, True),
        ("Strike in the harbour.", 95, True),
    ):
        with CaptureQueriesContext(connection) as queries:
            add(1, text, published_at=NOON + timedelta(seconds=later), section_id=1)
        writes = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE"))]
        assert any('"body"' in statement for statement in writes) is is_written, text
        assert Entry.objects.get().published_at == NOON + timedelta(seconds=later)
    assert (find("port"), find("harbour")) == ([], [1])
