"""Words are added by editors; links are visited by a job, at most once a day."""

from datetime import timedelta

import pytest
from django.http import Http404
from django_tasks_db.models import DBTaskResult

from broadsheet.foundation.clock import now, stopped_at
from broadsheet.foundation.refusals import Refused
from broadsheet.proofreading import actions, due
from broadsheet.proofreading.actions import add_word, ask_for_visits, remove_word, visit_link
from broadsheet.proofreading.models import Link, Trouble, Word
from broadsheet.proofreading.reads import dead_links, newest_words, newsroom_words
from broadsheet.proofreading.visits import Visit
from tests.factories import Newsroom

pytestmark = pytest.mark.database
PAGE = "https://example.org/a"


def jobs() -> list[list[list[str]]]:
    rows = DBTaskResult.objects.filter(task_path__endswith="visit_links").order_by("enqueued_at")
    return [row.args_kwargs["args"] for row in rows]


def test_a_word_is_added_once_and_kept_for_its_language(newsroom: Newsroom) -> None:
    first = add_word(newsroom.chief, "en", "  smorrebrod ")
    assert add_word(newsroom.staff["editor"], "en", "smorrebrod") == first  # type: ignore[index]
    assert newsroom_words("en") == {"smorrebrod"}
    assert newsroom_words("ru") == frozenset()
    assert first.added_by == newsroom.chief


@pytest.mark.parametrize("word", ["", " ", "two words", "a1b", "https://example.org", "x" * 61, "<b>", "…"])
def test_what_is_not_one_word_is_refused(newsroom: Newsroom, word: str) -> None:
    with pytest.raises(Refused) as refusal:
        add_word(newsroom.chief, "en", word)
    assert refusal.value.code == "word.not-one"
    assert not Word.objects.exists()


def test_a_language_without_a_dictionary_has_no_words(newsroom: Newsroom) -> None:
    with pytest.raises(Refused):
        add_word(newsroom.chief, "fi", "sana")


def test_only_editors_add_and_remove_words(newsroom: Newsroom) -> None:
    word = add_word(newsroom.chief, "en", "smorrebrod")
    for role in ("reporter", "picture-editor", "moderator"):
        with pytest.raises(Refused):
            add_word(newsroom.staff[role], "en", "another")  # type: ignore[index]
        with pytest.raises(Refused):
            remove_word(newsroom.staff[role], word.pk)  # type: ignore[index]
    remove_word(newsroom.chief, word.pk)
    with pytest.raises(Http404):
        remove_word(newsroom.chief, word.pk)


def test_words_are_listed_a_page_at_a_time(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("broadsheet.proofreading.reads.SHOWN", 2)
    for word in ("aab", "aac", "aad"):
        add_word(newsroom.chief, "en", word)
    page, older = newest_words()
    assert [word.word for word in page] == ["aad", "aac"]
    assert [word.word for word in newest_words(older)[0]] == ["aab"]
    assert newest_words(older)[1] is None


def test_a_link_is_visited_once_a_day_however_often_it_is_saved(newsroom: Newsroom) -> None:
    ask_for_visits([PAGE, PAGE, "/world/", "mailto:a@example.org"])
    ask_for_visits([PAGE])
    assert [len(hashes) for (hashes,) in jobs()] == [1]
    with stopped_at(now() + timedelta(hours=25)):
        ask_for_visits([PAGE])
    assert len(jobs()) == 2
    assert Link.objects.count() == 1


def test_a_story_without_links_asks_for_nothing(newsroom: Newsroom) -> None:
    ask_for_visits([])
    assert jobs() == []


def test_a_visit_is_noted_and_a_job_that_runs_twice_visits_once(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    visited: list[str] = []

    def find(address: str) -> Visit:
        visited.append(address)
        return Visit(404, Trouble.NOT_FOUND)

    monkeypatch.setattr(actions, "visit", find)
    ask_for_visits([PAGE])
    ((hashes,),) = jobs()
    assert due.visit_links.call(hashes) == 1
    assert due.visit_links.call(hashes) == 0
    assert visited == [PAGE]
    assert dead_links([PAGE, "https://example.org/b"])[PAGE].status == 404
    assert dead_links([]) == {}


def test_a_link_that_came_back_is_dead_no_more(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_for_visits([PAGE])
    key = Link.objects.get().hash
    monkeypatch.setattr(actions, "visit", lambda address: Visit(404, Trouble.NOT_FOUND))
    visit_link(key)
    monkeypatch.setattr(actions, "visit", lambda address: Visit(200))
    with stopped_at(now() + timedelta(hours=25)):
        ask_for_visits([PAGE])
        visit_link(key)
    assert dead_links([PAGE]) == {}
    assert visit_link("no such hash") is None


def test_many_links_are_visited_a_few_at_a_time(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "visit", lambda address: Visit(200))
    ask_for_visits([f"https://example.org/{number}" for number in range(25)])
    ((hashes,),) = jobs()
    assert due.visit_links.call(hashes) == due.AT_ONCE
    assert [len(left) for (left,) in jobs()] == [25, 15]
