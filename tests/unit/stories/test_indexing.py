"""Stories in the index: there while readers may see them, with the words that readers see."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from broadsheet.foundation.clock import stopped_at
from broadsheet.foundation.refusals import Refused
from broadsheet.index import actions
from broadsheet.index.actions import ask_for_index, fill_index
from broadsheet.index.due import fill_index as fill_index_job
from broadsheet.index.models import Entry
from broadsheet.index.reads import search
from broadsheet.index.sources import wrong_in
from broadsheet.stories import publishing
from broadsheet.stories.actions import publish_what_is_due, withdraw_story
from broadsheet.stories.indexing import SOURCE, text_of, words_of
from broadsheet.stories.models import Story
from tests.factories import Newsroom
from tests.unit.stories.canary import CANARY, secret_fields, secret_person, secret_picture

pytestmark = pytest.mark.database

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def find(newsroom: Newsroom, words: str, **options: Any) -> list[int]:
    return [hit.id for hit in search(words, kind="story", edition_id=newsroom.english.pk, **options).hits]


def test_a_story_is_found_from_its_publication_to_its_withdrawal(newsroom: Newsroom) -> None:
    story = newsroom.draft(headline="Harbour")
    assert find(newsroom, "harbour") == []
    newsroom.publish(story)
    assert find(newsroom, "harbour") == [story.pk]
    withdraw_story(newsroom.chief, story.pk)
    assert find(newsroom, "harbour") == []
    newsroom.publish(Story.objects.get(pk=story.pk))
    assert find(newsroom, "harbour") == [story.pk]


@pytest.mark.parametrize("field", ["go_live_at", "embargo_until"])
def test_a_story_that_waits_for_its_time_is_not_found_before_it(newsroom: Newsroom, field: str) -> None:
    with stopped_at(NOON):
        story = newsroom.publish(newsroom.draft(headline="Harbour", **{field: NOON + timedelta(hours=1)}))
        assert find(newsroom, "harbour") == []
    with stopped_at(NOON + timedelta(hours=2)):
        assert publish_what_is_due(story.pk)
        assert find(newsroom, "harbour") == [story.pk]


def test_what_is_changed_is_found_as_it_is_now_and_only_once_it_is_published(newsroom: Newsroom) -> None:
    story = newsroom.published(headline="Harbour")
    changed = newsroom.edit(story, headline="Quay", section=newsroom.sections["culture"])
    assert (find(newsroom, "harbour"), find(newsroom, "quay")) == ([story.pk], [])
    newsroom.publish(changed)
    assert (find(newsroom, "harbour"), find(newsroom, "quay")) == ([], [story.pk])
    assert find(newsroom, "quay", section_id=newsroom.sections["culture"].pk) == [story.pk]
    assert find(newsroom, "quay", section_id=newsroom.sections["world"].pk) == []


def test_a_publication_that_fails_leaves_the_index_as_it_was(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = newsroom.published(headline="Harbour")
    changed = newsroom.edit(story, headline="Quay")

    def refuse(*_: Any) -> None:
        raise Refused("test", "No.")

    monkeypatch.setattr(publishing, "record_references", refuse)
    with pytest.raises(Refused):
        newsroom.publish(changed)
    assert (find(newsroom, "harbour"), find(newsroom, "quay")) == ([story.pk], [])


def test_all_words_that_a_story_shows_are_found(newsroom: Newsroom) -> None:
    picture, person = secret_picture(newsroom), secret_person(newsroom)
    story = newsroom.published(**secret_fields(newsroom, picture, person))
    for words in (
        "headline", "card headline", "standfirst", "dateline", "lead caption", "paragraph", "subhead", "quote", "role",
        "place", "caption in story", "gallery", "video", "box", "box text", "timeline", "entry", "table", "embed",
    ):  # fmt: skip
        assert find(newsroom, f'"{CANARY} {words}"'.replace("_", " ")) or find(newsroom, f"{CANARY} {words}"), words
    assert find(newsroom, "https") == find(newsroom, "fact-box") == find(newsroom, "href") == []
    assert "<" not in text_of(story)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>One</p><p>two</p>", "One two"),
        ("<p>un<b>load</b>ing <a href='x'>now</a></p>", "unloading now"),
        ("<p>a &amp; b &lt;c&gt;</p>", "a & b <c>"),
        ("<table><tr><th>a</th><td>b</td></tr></table>", "a b"),
    ],
)
def test_words_of_html_are_parted_as_readers_see_them(html: str, words: str) -> None:
    assert words_of([{"type": "html", "html": html}]) == words


def handed_in() -> int:
    return DBTaskResult.objects.filter(task_path__endswith=".fill_index").count()


def test_an_index_that_is_not_right_is_noticed_and_put_right(newsroom: Newsroom) -> None:
    stories = [newsroom.published(headline=f"Harbour {number}") for number in range(4)]
    assert wrong_in(SOURCE) == set()
    assert not ask_for_index()
    Entry.objects.filter(kind="story", object_id=stories[0].pk).delete()
    Entry.objects.filter(kind="story", object_id=stories[1].pk).update(recipe="0")
    Story.objects.filter(pk=stories[2].pk).update(live=False, state="withdrawn")
    assert wrong_in(SOURCE) == {story.pk for story in stories[:3]}
    assert ask_for_index()
    assert handed_in() == 1
    assert fill_index(2) == 1
    assert fill_index(2) == 0
    assert wrong_in(SOURCE) == set()
    assert set(find(newsroom, "harbour")) == {stories[0].pk, stories[1].pk, stories[3].pk}


def test_the_job_hands_itself_in_again_while_something_is_left(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.published()
    monkeypatch.setattr(actions, "fill_index", lambda: 7)
    assert fill_index_job.call() == 7
    assert handed_in() == 1
    monkeypatch.setattr(actions, "fill_index", lambda: 0)
    assert fill_index_job.call() == 0
    assert handed_in() == 1
