"""What moves "changed at": a change of substance, and nothing else. And: doing a thing twice is doing it once."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from wagtail.models import ModelLogEntry

from broadsheet.foundation.clock import stopped_at
from broadsheet.stories.actions import publish_what_is_due
from broadsheet.stories.models import Address, Byline, Listing, Story
from tests.factories import Newsroom, make_person

pytestmark = pytest.mark.database

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=2)


def every_block(newsroom: Newsroom) -> list[tuple[str, Any]]:
    """A body with a block of each type."""
    picture = newsroom.picture
    frame = {"title": "A map", "address": "https://www.openstreetmap.org/export/embed.html?bbox=1"}
    return [
        ("paragraph", "<p>One.</p>"),
        ("subhead", "Two"),
        ("quote", {"text": "Three", "speaker": newsroom.speaker, "said_on": date(2026, 11, 22), "place": "Riga"}),
        ("picture", {"picture": picture, "caption": "Four"}),
        ("gallery", {"title": "Five", "pictures": [{"picture": picture, "caption": ""}]}),
        ("video", {"title": "Six", "address": "https://player.vimeo.com/video/1", "poster": picture}),
        ("fact_box", {"title": "Seven", "text": "<p>Seven.</p>"}),
        ("timeline", {"title": "Eight", "entries": [{"when": "1920", "text": "Begun"}]}),
        ("table", {"caption": "Nine", "rows": "a | b\n1 | 2"}),
        ("related", newsroom.published(headline="Ten")),
        ("embed", frame),
    ]


def test_publishing_the_same_again_changes_nothing(newsroom: Newsroom) -> None:
    with stopped_at(NOON):
        story = newsroom.published(body=every_block(newsroom), lead_picture=newsroom.picture)
        assert {segment["type"] for segment in story.body_segments} == {
            "html", "quote", "picture", "gallery", "video", "card", "embed",
        }  # fmt: skip
    with stopped_at(LATER):
        same = newsroom.publish(Story.objects.get(pk=story.pk))
        saved = newsroom.publish(newsroom.edit(same))
    assert (same.changed_at, saved.changed_at) == (NOON, NOON)
    assert saved.body_segments == story.body_segments
    assert saved.published_at == NOON


def test_a_change_of_substance_moves_it_and_no_other_does(newsroom: Newsroom) -> None:
    second = make_person(newsroom.chief, "bob-second", "Bob", "Боб", writes=True)
    moves: dict[str, Any] = {
        "headline": "Another headline",
        "standfirst": "Another standfirst",
        "dateline": "LIEPAJA",
        "lead_picture": newsroom.picture,
        "lead_caption": "Another caption",
        "kind": "analysis",
        "body": [("paragraph", "<p>Another.</p>")],
    }
    stays: dict[str, Any] = {
        "topics": [newsroom.topic],
        "further_sections": [newsroom.sections["culture"]],
        "section": newsroom.sections["economy"],
        "bylines": [Byline(person=second)],
        "card_headline": "Shorter",
        "slug": "other",
        "embargo_until": NOON,
    }
    with stopped_at(NOON):
        story = newsroom.published()
    for number, (changes, moved) in enumerate(((moves, True), (stays, False))):
        for name, value in changes.items():
            moment = LATER + timedelta(days=number, minutes=len(name))
            before = Story.objects.get(pk=story.pk).changed_at
            with stopped_at(moment):
                after = newsroom.publish(newsroom.edit(story, **{name: value}))
            assert after.changed_at == (moment if moved else before), name
            assert after.published_at == NOON


def test_saving_a_draft_does_not_move_it(newsroom: Newsroom) -> None:
    with stopped_at(NOON):
        story = newsroom.published()
    with stopped_at(LATER):
        assert newsroom.edit(story, headline="Another").changed_at == NOON


def test_what_is_due_is_published_once(newsroom: Newsroom) -> None:
    with stopped_at(NOON):
        story = newsroom.publish(newsroom.draft(go_live_at=LATER))
    with stopped_at(LATER):
        assert [publish_what_is_due(story.pk) for _ in range(3)] == [True, False, False]
    with stopped_at(LATER + timedelta(hours=1)):
        assert not publish_what_is_due(story.pk)
    assert ModelLogEntry.objects.filter(object_id=story.pk, action="wagtail.publish").count() == 1
    assert Address.objects.count() == 1
    assert Listing.objects.filter(list_kind="edition").count() == 1
