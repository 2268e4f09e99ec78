"""The listing table, its kept counts, and paging by marks."""

import re
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client

from broadsheet.editions.reads import all_editions
from broadsheet.foundation.clock import stopped_at
from broadsheet.stories.actions import withdraw_story
from broadsheet.stories.models import KIND_NUMBERS, Byline, Kind, Listing, ListingCount, ListKind, Story
from broadsheet.stories.reads import list_page, read_mark, write_mark
from tests.factories import Newsroom, make_person
from tests.unit.stories.plain_lists import kept_counts, kept_lists, plain_lists

pytestmark = pytest.mark.database

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def assert_kept_right() -> None:
    lists = plain_lists()
    assert kept_lists() == lists
    assert kept_counts() == {place: len(stories) for place, stories in lists.items()}


def test_a_story_stands_in_its_edition_sections_topics_and_with_its_writers(newsroom: Newsroom) -> None:
    second = make_person(newsroom.chief, "bob-second", "Bob", "Боб", writes=True)
    world, culture, economy = (newsroom.sections[slug] for slug in ("world", "culture", "economy"))
    story = newsroom.published(
        bylines=[newsroom.writer, second], topics=[newsroom.topic], further_sections=[culture, world]
    )
    english = newsroom.english.pk
    assert kept_lists() == {
        ("edition", english, english): [story.pk],
        ("kind", KIND_NUMBERS[Kind.NEWS], english): [story.pk],
        ("section", world.pk, english): [story.pk],
        ("section", culture.pk, english): [story.pk],
        ("topic", newsroom.topic.pk, english): [story.pk],
        ("person", newsroom.writer.pk, english): [story.pk],
        ("person", second.pk, english): [story.pk],
    }
    newsroom.publish(newsroom.edit(story, section=economy, further_sections=[], topics=[], bylines=[]))
    assert set(kept_lists()) == {
        ("edition", english, english),
        ("kind", KIND_NUMBERS[Kind.NEWS], english),
        ("section", economy.pk, english),
    }
    assert_kept_right()
    withdraw_story(newsroom.chief, story.pk)
    assert not Listing.objects.exists()
    assert_kept_right()


def test_a_story_stands_with_whoever_speaks_in_it_and_on_their_page(newsroom: Newsroom, reader: Client) -> None:
    story = newsroom.published(body=[("quote", {"text": "We sleep again.", "speaker": newsroom.speaker})])
    place = ("person", newsroom.speaker.pk, newsroom.english.pk)
    assert kept_lists()[place] == [story.pk]
    assert story.headline in reader.get(f"/people/{newsroom.speaker.slug}/").content.decode()
    assert_kept_right()
    newsroom.publish(newsroom.edit(story, body=[("paragraph", "<p>Nobody speaks.</p>")]))
    assert place not in kept_lists()
    assert_kept_right()


def test_the_lists_of_those_who_speak_are_made_for_stories_that_were_published_before(newsroom: Newsroom) -> None:
    newsroom.published(body=[("quote", {"text": "We sleep again.", "speaker": newsroom.speaker})])
    newsroom.published()
    of_the_speaker = {"list_kind": ListKind.PERSON, "list_id": newsroom.speaker.pk}
    Listing.objects.filter(**of_the_speaker).delete()
    ListingCount.objects.filter(**of_the_speaker).delete()
    step = import_module("broadsheet.stories.migrations.0005_lists_of_those_who_speak")
    step.list_those_who_speak(apps, None)
    assert_kept_right()


def test_a_writer_who_is_named_twice_has_the_story_once(newsroom: Newsroom) -> None:
    story = newsroom.draft()
    story = newsroom.edit(story, bylines=[Byline(person=newsroom.writer), Byline(person=newsroom.writer)])
    newsroom.publish(story)
    assert_kept_right()


def test_a_story_keeps_its_place_when_it_is_changed(newsroom: Newsroom) -> None:
    with stopped_at(NOON):
        first = newsroom.published(headline="First")
    with stopped_at(NOON + timedelta(hours=1)):
        second = newsroom.published(headline="Second")
    with stopped_at(NOON + timedelta(hours=2)):
        newsroom.publish(newsroom.edit(first, headline="First again"))
        edition = all_editions()[0]
        assert [card.id for card in list_page(edition, "edition", edition.id).cards] == [second.pk, first.pk]


def test_paging_walks_every_story_once_and_in_order(newsroom: Newsroom) -> None:
    moments = [NOON + timedelta(seconds=seconds // 4) for seconds in range(14)]
    moments += [NOON + timedelta(microseconds=1), NOON + timedelta(microseconds=2)]
    for number, moment in enumerate(moments):
        with stopped_at(moment):
            newsroom.published(headline=f"Number {number}")
    in_order = list(Story.objects.order_by("-published_at", "-pk").values_list("pk", flat=True))
    edition = all_editions()[0]
    with stopped_at(NOON + timedelta(hours=1)):
        for size in (1, 2, 3, 5, 15, 16, 17):
            walked, mark, pages = [], "", 0
            while True:
                page = list_page(edition, "edition", edition.id, before=mark, size=size)
                assert page.total == len(in_order)
                walked += [card.id for card in page.cards]
                mark, pages = page.older, pages + 1
                if not mark:
                    break
            assert walked == in_order, f"pages of {size}"
            assert pages == -(-len(in_order) // size)


def test_a_mark_still_leads_on_when_its_story_was_withdrawn_and_newer_ones_came(newsroom: Newsroom) -> None:
    stories = []
    for number in range(6):
        with stopped_at(NOON + timedelta(minutes=number)):
            stories.append(newsroom.published(headline=f"Number {number}"))
    edition = all_editions()[0]
    with stopped_at(NOON + timedelta(hours=1)):
        first = list_page(edition, "edition", edition.id, size=3)
        withdraw_story(newsroom.chief, stories[3].pk)
        newsroom.published(headline="Newer")
        second = list_page(edition, "edition", edition.id, before=first.older, size=3)
    assert [card.id for card in second.cards] == [story.pk for story in reversed(stories[:3])]


def test_the_front_leads_to_all_older_stories(newsroom: Newsroom, reader: Client) -> None:
    for number in range(41):
        with stopped_at(NOON + timedelta(minutes=number)):
            newsroom.published(headline=f"Number {number}")
    with stopped_at(NOON + timedelta(hours=1)):
        path, seen = "/", []
        for _page in range(3):
            html = reader.get(path).content.decode()
            seen += re.findall(r">Number (\d+)</a>", html)
            path = "/" + html.partition('rel="next" href="/')[2].partition('"')[0]
            if path == "/":
                break
        assert path == "/"
        assert set(map(int, seen)) == set(range(41))


BROKEN = [
    "x", "1", "-", "1-", "-1", "1-2-3", " 1-1", "1-1\n", "1e3-1", "²-1", "١-١", "1-1;", "0x1-1", "1.5-1", "1-1.5",
    "9" * 18 + "-1", "1-" + "9" * 16, "--1", "1--1", "\x00", "None", "' OR 1=1 --",
]  # fmt: skip


@pytest.mark.parametrize("path", ["/", "/ru/", "/world/", "/topics/the-port/", "/people/ann-writer/"])
def test_a_broken_mark_is_not_found_and_a_whole_one_that_leads_nowhere_is_an_empty_list(
    newsroom: Newsroom, reader: Client, path: str
) -> None:
    newsroom.published(section=newsroom.sections["culture"])  # of a writer of whom nobody heard there is no page
    for mark in BROKEN:
        assert reader.get(path, {"before": mark}).status_code == 404, mark
    for mark in ("0-0", "1-1", "9" * 17 + "-" + "9" * 15, ""):
        page = reader.get(path, {"before": mark})
        assert page.status_code == 200, mark
        if mark in ("0-0", "1-1") and path != "/ru/":
            assert "There are no stories here" in page.content.decode()


def test_a_mark_says_where_it_stands() -> None:
    for microsecond in (0, 1, 499999, 999999):
        moment = NOON.replace(microsecond=microsecond)
        assert read_mark(write_mark(moment, 7)) == (moment, 7)


def test_counts_are_kept_for_each_edition(newsroom: Newsroom) -> None:
    newsroom.published()
    newsroom.published(headline="Second")
    newsroom.published(edition=newsroom.russian, headline="Третий")
    assert_kept_right()
    world = newsroom.sections["world"].pk
    counts = dict(ListingCount.objects.filter(list_kind="section").values_list("edition_id", "stories"))
    assert counts == {newsroom.english.pk: 2, newsroom.russian.pk: 1}
    assert Listing.objects.filter(list_kind="section", list_id=world).count() == 3
