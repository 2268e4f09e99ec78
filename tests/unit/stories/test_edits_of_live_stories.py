"""What is edited on a live story stays on the desk until it is published."""

from typing import Any

import pytest
from django.test import Client

from broadsheet.stories.models import KIND_NUMBERS, Byline, Kind, Story
from tests.factories import Newsroom, make_person

pytestmark = pytest.mark.database


def lists_of(story: Story) -> set[tuple[str, int]]:
    return set(story.listings.values_list("list_kind", "list_id"))


def byline_of(story: Story) -> list[int]:
    return list(story.bylines.values_list("person_id", flat=True))


def test_relations_of_a_live_story_wait_for_their_publication_and_then_arrive(
    newsroom: Newsroom, reader: Client
) -> None:
    story = newsroom.published()
    second = make_person(newsroom.chief, "bob-second", "Bob Second", "Боб Второй", writes=True)
    before, page = lists_of(story), reader.get(story.address).content
    edited = newsroom.edit(
        story,
        bylines=[Byline(person=second, sort_order=0), Byline(person=newsroom.writer, sort_order=1)],
        topics=[newsroom.topic],
        further_sections=[newsroom.sections["culture"]],
    )
    assert edited.has_unpublished_changes
    assert byline_of(edited) == [newsroom.writer.pk]
    assert not edited.topics.exists()
    assert not edited.further_sections.exists()
    assert lists_of(edited) == before
    assert reader.get(story.address).content == page

    published = newsroom.publish(edited)
    assert byline_of(published) == [second.pk, newsroom.writer.pk]
    assert list(published.topics.all()) == [newsroom.topic]
    assert list(published.further_sections.all()) == [newsroom.sections["culture"]]
    assert lists_of(published) == before | {
        ("section", newsroom.sections["culture"].pk),
        ("topic", newsroom.topic.pk),
        ("person", second.pk),
    }
    html = reader.get(story.address).content.decode()
    assert html.index("Bob Second") < html.index("Ann Writer")
    assert "/topics/the-port/" in html
    assert not published.has_unpublished_changes


def test_relations_that_are_taken_away_stay_until_that_is_published(newsroom: Newsroom) -> None:
    story = newsroom.published(topics=[newsroom.topic], further_sections=[newsroom.sections["culture"]])
    before = lists_of(story)
    edited = newsroom.edit(story, bylines=[], topics=[], further_sections=[])
    assert byline_of(edited) == [newsroom.writer.pk]
    assert list(edited.topics.all()) == [newsroom.topic]
    assert lists_of(edited) == before
    published = newsroom.publish(edited)
    assert byline_of(published) == []
    assert not published.topics.exists()
    assert not published.further_sections.exists()
    assert lists_of(published) == {
        ("edition", newsroom.english.pk),
        ("kind", KIND_NUMBERS[Kind.NEWS]),
        ("section", newsroom.sections["world"].pk),
    }


def test_every_column_that_readers_see_waits_for_its_publication(newsroom: Newsroom, reader: Client) -> None:
    story = newsroom.published()
    page, front = reader.get(story.address).content, reader.get("/").content
    changes: dict[str, Any] = {
        "headline": "Port to work at night again",
        "card_headline": "Night work again",
        "standfirst": "The harbour master gave in.",
        "dateline": "LIEPAJA",
        "kind": "analysis",
        "lead_picture": newsroom.picture,
        "lead_caption": "One of two",
        "section": newsroom.sections["economy"],
        "body": [("subhead", "A night on the quay")],
    }
    edited = newsroom.edit(story, **changes)
    assert reader.get(story.address).content == page
    assert reader.get("/").content == front
    newsroom.publish(edited)
    html = reader.get(story.address).content.decode()
    for words in ("Port to work at night again", "The harbour master gave in.", "LIEPAJA", "One of two", "A night on"):
        assert words in html
    assert "Night work again" in reader.get("/").content.decode()


def test_a_second_draft_builds_on_the_first(newsroom: Newsroom) -> None:
    story = newsroom.published()
    newsroom.edit(story, topics=[newsroom.topic])
    newsroom.edit(story, standfirst="Cranes stand still.")
    published = newsroom.publish(Story.objects.get(pk=story.pk))
    assert list(published.topics.all()) == [newsroom.topic]
    assert published.standfirst == "Cranes stand still."


def test_the_draft_of_a_story_that_is_not_live_lies_in_the_row_itself(newsroom: Newsroom) -> None:
    story = newsroom.edit(newsroom.draft(), headline="Port to stop", topics=[newsroom.topic], bylines=[])
    assert story.headline == "Port to stop"
    assert list(story.topics.all()) == [newsroom.topic]
    assert byline_of(story) == []
