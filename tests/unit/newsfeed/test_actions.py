"""What the actions of briefs refuse and keep, and how the newsfeed's listing follows publications."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, transaction

from broadsheet.foundation.refusals import Refused
from broadsheet.newsfeed.actions import publish_brief, save_brief, withdraw_brief
from broadsheet.newsfeed.models import Brief, FeedDay, FeedItem
from broadsheet.stories import slots
from broadsheet.stories.actions import withdraw_story
from broadsheet.stories.models import State, Story
from tests.factories import Newsroom

pytestmark = pytest.mark.database


def brief_of(newsroom: Newsroom, text: str = "Cod opened at 62 crowns.", **fields: object) -> Brief:
    """A published brief."""
    return publish_brief(newsroom.chief, Brief(text=text, edition=newsroom.english, **fields))


@pytest.mark.parametrize("text", ["", "  ", "—", "\u200b\u00ad", "\x00"])
def test_a_brief_without_words_is_refused(newsroom: Newsroom, text: str) -> None:
    with pytest.raises(Refused, match="The brief has no text"):
        brief_of(newsroom, text)
    assert not Brief.objects.exists()


def test_a_brief_is_short_and_the_refusal_says_by_how_much_it_is_not(newsroom: Newsroom) -> None:
    assert len(brief_of(newsroom, "й" * 400).text) == 400
    with pytest.raises(Refused, match="at most 400 characters; this one has 401"):
        brief_of(newsroom, "й" * 401)


def test_white_space_and_what_is_not_seen_do_not_count(newsroom: Newsroom) -> None:
    assert brief_of(newsroom, " Cod\u00ad\x00 opened\n\nat\t62. ").text == "Cod opened at 62."


LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("fields", [{"text": ""}, {"text": "a" * 401}, {"withdrawn_at": LONG_AGO}])
def test_the_database_holds_the_same_rules(newsroom: Newsroom, fields: dict[str, object]) -> None:
    brief = brief_of(newsroom)
    with pytest.raises(DatabaseError), transaction.atomic():
        Brief.objects.filter(pk=brief.pk).update(**fields)


def test_a_row_of_the_newsfeed_is_of_a_story_or_of_a_brief(newsroom: Newsroom) -> None:
    story, brief = newsroom.published(), brief_of(newsroom)
    row = FeedItem.objects.get(brief=brief)
    with pytest.raises(IntegrityError), transaction.atomic():
        FeedItem.objects.filter(pk=row.pk).update(kind="story")
    with pytest.raises(IntegrityError), transaction.atomic():
        FeedItem.objects.create(
            kind="story", story=story, edition=row.edition, published_at=row.published_at, day=row.day
        )


def test_a_withdrawn_brief_is_neither_changed_nor_withdrawn_again(newsroom: Newsroom) -> None:
    brief = brief_of(newsroom)
    withdraw_brief(newsroom.chief, brief.pk)
    for act in (lambda: save_brief(newsroom.chief, brief), lambda: withdraw_brief(newsroom.chief, brief.pk)):
        with pytest.raises(Refused, match="was withdrawn"):
            act()


def test_a_brief_stays_in_its_edition(newsroom: Newsroom) -> None:
    brief = brief_of(newsroom)
    brief.edition = newsroom.russian
    with pytest.raises(Refused, match="stays in its edition"):
        save_brief(newsroom.chief, brief)
    assert Brief.objects.get(pk=brief.pk).edition == newsroom.english


def test_whoever_wrote_it_is_kept_when_another_changes_it(newsroom: Newsroom) -> None:
    reporter = newsroom.member("reporter")
    brief = publish_brief(reporter, Brief(text="Afloat.", edition=newsroom.english))
    brief.text = "Aground."
    save_brief(newsroom.chief, brief)
    kept = Brief.objects.get(pk=brief.pk)
    assert (kept.written_by, kept.text) == (reporter, "Aground.")


def test_a_story_stands_in_the_newsfeed_once_while_readers_see_it(newsroom: Newsroom) -> None:
    story = newsroom.draft(headline="Once")
    assert not FeedItem.objects.exists()
    newsroom.publish(story)
    newsroom.publish(newsroom.edit(story, section=newsroom.sections["culture"]))
    row = FeedItem.objects.get()
    story.refresh_from_db()
    assert (row.story, row.section, row.published_at) == (story, newsroom.sections["culture"], story.published_at)
    assert FeedDay.objects.get().day == row.day
    withdraw_story(newsroom.chief, story.pk)
    assert not FeedItem.objects.exists()
    assert not FeedDay.objects.exists()
    newsroom.publish(newsroom.edit(story, standfirst="Again"))
    again = FeedItem.objects.get()
    assert (again.published_at, again.day) == (row.published_at, row.day)


def test_a_day_stays_while_one_of_its_stories_does(newsroom: Newsroom) -> None:
    first, _second = newsroom.published(headline="One"), newsroom.published(headline="Two")
    brief_of(newsroom)
    withdraw_story(newsroom.chief, first.pk)
    assert FeedDay.objects.count() == 1


def test_a_publication_and_its_place_in_the_newsfeed_come_together_or_not_at_all(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(story: Story) -> None:
        raise RuntimeError("no room for it")

    story = newsroom.draft()
    monkeypatch.setattr(slots, "LISTED", [*slots.LISTED, fails])
    with pytest.raises(RuntimeError, match="no room"):
        newsroom.publish(story)
    assert Story.objects.get(pk=story.pk).state == State.DRAFT
    assert not FeedItem.objects.exists()


def test_stories_from_before_there_was_a_newsfeed_stand_in_it(newsroom: Newsroom) -> None:
    newsroom.published(headline="Before")
    newsroom.published(headline="Раньше", edition=newsroom.russian)
    newsroom.draft(headline="Not yet")
    before = list(FeedItem.objects.order_by("story").values_list("story", "edition", "section", "published_at", "day"))
    FeedItem.objects.all().delete()
    FeedDay.objects.all().delete()
    fill = import_module("broadsheet.newsfeed.migrations.0002_stories_that_are_there").fill
    fill(apps, None)
    after = list(FeedItem.objects.order_by("story").values_list("story", "edition", "section", "published_at", "day"))
    assert after == before
    assert FeedDay.objects.count() == 2
