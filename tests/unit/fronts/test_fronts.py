"""What readers see of a front: as editors arranged it, as by default, with none, one and a hundred stories."""

import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from broadsheet.foundation.clock import stopped_at
from broadsheet.fronts.models import Container, Front, Pin
from broadsheet.fronts.plans import ContainerPlan, PinPlan
from broadsheet.newsfeed.actions import publish_brief, withdraw_brief
from broadsheet.newsfeed.models import Brief
from broadsheet.stories.actions import withdraw_story
from broadsheet.stories.models import Story
from tests.factories import Newsroom
from tests.unit.fronts.arranging import CONTAINER, HEADLINE, RECENT, arrange, box, shown, titles
from tests.unit.press.every_page import copy_into_lists

pytestmark = pytest.mark.database
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=3)


@pytest.fixture
def at_noon() -> Iterator[None]:
    with stopped_at(NOON):
        yield


def publish(newsroom: Newsroom, *names: str, **fields: object) -> list[Story]:
    """Stories, the first the oldest, a minute between them."""
    stories = []
    for number, name in enumerate(names):
        with stopped_at(NOON - timedelta(hours=1) + timedelta(minutes=number)):
            stories.append(newsroom.published(headline=name, **fields))
    return stories


def test_containers_stand_in_their_order_with_their_looks_and_numbers(newsroom: Newsroom, at_noon: None) -> None:
    publish(newsroom, "a", "b", "c", "d", "e")
    arrange(newsroom, box("list", most=1), box("lead", most=2), RECENT)
    assert shown() == [("list", ["e"]), ("lead", ["d", "c"]), ("recent", ["b", "a"])]
    arrange(newsroom, box("lead", most=2), box("list", most=1), RECENT)
    assert shown() == [("lead", ["e", "d"]), ("list", ["c"]), ("recent", ["b", "a"])]


def test_each_rule_fills_a_container(newsroom: Newsroom, at_noon: None) -> None:
    world, economy = newsroom.sections["world"], newsroom.sections["economy"]
    publish(newsroom, "of world")
    publish(newsroom, "of economy", section=economy)
    publish(newsroom, "on the port", section=economy, topics=[newsroom.topic])
    publish(newsroom, "opinion", section=economy, kind="opinion")
    publish(newsroom, "film", section=economy, kind="video")
    arrange(
        newsroom,
        box("grid", "topic", topic_id=newsroom.topic.pk),
        box("list", "kinds", kinds=("video", "opinion")),
        box("grid", "section", section_id=world.pk),
        RECENT,
    )
    assert shown() == [
        ("grid", ["on the port"]),
        ("list", ["film", "opinion"]),
        ("grid", ["of world"]),
        ("recent", ["of economy"]),
    ]
    assert titles() == ["The port", "World", "Most recent"]


def test_a_container_takes_the_name_of_its_section_and_leads_to_it_unless_it_has_a_title(
    newsroom: Newsroom, reader: Client, at_noon: None
) -> None:
    publish(newsroom, "a", "b", "c", topics=[newsroom.topic])
    world = newsroom.sections["world"].pk
    arrange(
        newsroom,
        box("grid", "section", 1, section_id=world),
        box("grid", "section", 1, section_id=world, title="Far away"),
        box("grid", "topic", 1, topic_id=newsroom.topic.pk),
        RECENT,
    )
    html = reader.get("/").content.decode()
    for heading in ('/world/">World<', '/world/">Far away<', '/topics/the-port/">The port<'):
        assert f'<h2><a href="{heading}/a></h2>' in html


def test_no_story_stands_twice_on_a_front(newsroom: Newsroom, at_noon: None) -> None:
    stories = publish(newsroom, *(f"s{number}" for number in range(12)), topics=[newsroom.topic])
    seeded = random.Random(11)
    places = [
        {"rule": "edition"},
        {"rule": "section", "section_id": newsroom.sections["world"].pk},
        {"rule": "topic", "topic_id": newsroom.topic.pk},
        {"rule": "kinds", "kinds": ("news",)},
    ]
    for _round in range(10):
        pinned = seeded.sample(stories, 4)
        plan = [
            ContainerPlan(look="grid", most=seeded.randint(1, 4), pins=(PinPlan(pinned[number].pk),), **place)
            for number, place in enumerate(seeded.sample(places, 3))
        ]
        arrange(newsroom, *plan, box("recent", "edition", seeded.randint(1, 5), pinned[3]))
        found = shown()
        headlines = [headline for _look, inside in found for headline in inside]
        assert len(headlines) == len(set(headlines)), plan
        assert [inside[0] for _look, inside in found] == [story.headline for story in pinned], plan


def test_a_pinned_story_stands_first_though_newer_ones_and_containers_above_would_take_it(
    newsroom: Newsroom, at_noon: None
) -> None:
    stories = publish(newsroom, "a", "b", "c", "d")
    arrange(newsroom, box("lead", most=2), box("grid", "edition", 2, stories[3], stories[0]), RECENT)
    assert shown() == [("lead", ["c", "b"]), ("grid", ["d", "a"])]


UNSEEN = ("withdrawn", "embargoed", "draft", "of another edition", "deleted")


@pytest.mark.parametrize("why", UNSEEN)
def test_a_pin_that_readers_may_not_see_is_not_shown_and_leaves_its_place_to_the_rule(
    newsroom: Newsroom, why: str
) -> None:
    publish(newsroom, "a", "b", "c")
    with stopped_at(NOON):
        story = newsroom.draft(
            headline="pinned", embargo_until=LATER + timedelta(days=1) if why == "embargoed" else None
        )
        if why != "draft" and why != "deleted":
            story = newsroom.publish(story)
        arrange(newsroom, box("lead", "edition", 2, PinPlan(story.pk)), RECENT)
        if why == "withdrawn":
            withdraw_story(newsroom.chief, story.pk)
        if why == "of another edition":
            Pin.objects.update(story=newsroom.published(edition=newsroom.russian, headline="pinned"))
            Story.objects.filter(pk=story.pk).update(headline="not pinned")
        if why == "deleted":
            Story.objects.filter(pk=story.pk).delete()
    with stopped_at(LATER):
        if why == "of another edition":
            assert shown() == [("lead", ["not pinned", "c"]), ("recent", ["b", "a"])]
        else:
            assert shown() == [("lead", ["c", "b"]), ("recent", ["a"])]


def test_a_pin_ends_at_its_time(newsroom: Newsroom) -> None:
    stories = publish(newsroom, "a", "b", "c")
    with stopped_at(NOON):
        arrange(newsroom, box("lead", "edition", 1, PinPlan(stories[0].pk, LATER)), RECENT)
    with stopped_at(LATER - timedelta(seconds=1)):
        assert shown() == [("lead", ["a"]), ("recent", ["c", "b"])]
    with stopped_at(LATER):
        assert shown() == [("lead", ["c"]), ("recent", ["b", "a"])]


def test_a_withdrawn_pin_that_comes_back_stands_where_it_stood(newsroom: Newsroom, at_noon: None) -> None:
    stories = publish(newsroom, "a", "b", "c")
    arrange(newsroom, box("lead", "edition", 1, stories[0]), RECENT)
    withdraw_story(newsroom.chief, stories[0].pk)
    assert shown()[0] == ("lead", ["c"])
    newsroom.publish(Story.objects.get(pk=stories[0].pk))
    assert shown()[0] == ("lead", ["a"])


def test_an_edition_and_each_section_have_fronts_of_their_own(newsroom: Newsroom, at_noon: None) -> None:
    publish(newsroom, "a", "b", "c")
    publish(newsroom, "по-русски", edition=newsroom.russian)
    world = newsroom.sections["world"]
    arrange(newsroom, RECENT)
    arrange(newsroom, box("list", "section", 9, section_id=world.pk), section=world)
    assert shown("/") == [("recent", ["c", "b", "a"])]
    assert shown("/world/") == [("list", ["c", "b", "a"])]
    assert titles("/world/") == []
    assert shown("/ru/")[0] == ("lead", ["по-русски"])
    assert shown("/ru/world/")[0] == ("lead", ["по-русски"])


@pytest.mark.parametrize("address", ["/", "/world/"])
def test_a_front_that_nobody_arranged_stands_as_by_default(newsroom: Newsroom, at_noon: None, address: str) -> None:
    publish(newsroom, *(f"s{number}" for number in range(9)))
    by_default = shown(address)
    assert [look for look, _headlines in by_default][:2] == ["lead", "grid"]
    section = newsroom.sections["world"] if address == "/world/" else None
    own = {"rule": "section", "section_id": section.pk} if section else {"rule": "edition"}
    arrange(newsroom, ContainerPlan(look="list", most=3, **own), section=section)
    assert shown(address) == [("list", ["s8", "s7", "s6"])]
    arrange(newsroom, section=section)
    assert shown(address) == by_default
    assert not Container.objects.exists()


def test_an_arranged_front_without_stories_says_so(newsroom: Newsroom, reader: Client) -> None:
    arrange(newsroom, box("lead", most=4), box("brief", "briefs"), RECENT)
    assert shown() == []
    assert "There are no stories here." in reader.get("/").content.decode()


def test_a_front_with_one_story_shows_it_once(newsroom: Newsroom, at_noon: None) -> None:
    publish(newsroom, "the only one")
    assert shown("/") == [("lead", ["the only one"])]
    assert shown("/world/") == [("lead", ["the only one"])]
    arrange(newsroom, box("lead", most=4), box("grid", "section", section_id=newsroom.sections["world"].pk), RECENT)
    assert shown("/") == [("lead", ["the only one"])]


@pytest.mark.parametrize("address", ["/", "/world/"])
@pytest.mark.parametrize("kind", ["by default", "arranged", "all pins at the end"])
def test_of_a_hundred_stories_every_one_is_on_the_front_or_among_the_older_ones(
    newsroom: Newsroom, kind: str, address: str
) -> None:
    with stopped_at(NOON):
        copy_into_lists(newsroom.published(headline="The newest"), 99)
    section = newsroom.sections["world"] if address == "/world/" else None
    own = {"rule": "section", "section_id": section.pk} if section else {"rule": "edition"}
    with stopped_at(NOON + timedelta(hours=1)):
        oldest = list(Story.objects.order_by("published_at", "pk")[:3])
        pins = tuple(PinPlan(story.pk) for story in oldest)
        if kind == "arranged":
            lead = box("lead", "kinds", 3, oldest[0], kinds=("news",))
            arrange(newsroom, lead, ContainerPlan(look="recent", most=8, **own), section=section)
        if kind == "all pins at the end":
            last = ContainerPlan(look="recent", most=3, pins=pins, **own)
            arrange(newsroom, ContainerPlan(look="grid", most=2, **own), last, section=section)
        seen, page = set(), address
        while page:
            html = Client(HTTP_HOST="localhost").get(page).content.decode()
            seen |= set(re.findall(r'href="(/world/2026[^"]+)"', html))
            found = re.search(r'rel="next" href="([^"]+)"', html)
            page = found.group(1) if found else ""
    assert seen == set(Story.objects.values_list("address", flat=True))
    assert len(seen) == 100


def test_briefs_stand_in_a_strip_with_their_times_each_with_its_address(
    newsroom: Newsroom, reader: Client, at_noon: None
) -> None:
    publish(newsroom, "a")
    where = {"edition": newsroom.english, "section": newsroom.sections["world"]}
    briefs = [publish_brief(newsroom.chief, Brief(text=text, **where)) for text in ("Afloat.", "Aground.", "Ashore.")]
    publish_brief(newsroom.chief, Brief(text="В пути.", edition=newsroom.russian))
    publish_brief(newsroom.chief, Brief(text="Elsewhere.", edition=newsroom.english))
    withdraw_brief(newsroom.chief, briefs[1].pk)
    arrange(newsroom, box("brief", "briefs", 2), RECENT)
    assert shown() == [("brief", ["Elsewhere.", "Ashore."]), ("recent", ["a"])]
    assert titles() == ["In brief", "Most recent"]
    html = reader.get("/").content.decode()
    assert f'23 November 2026, 14:00</time><p class="card-headline"><a href="/newsfeed/{briefs[2].pk}/">' in html
    world = newsroom.sections["world"]
    own = {"section_id": world.pk}
    arrange(newsroom, box("brief", "briefs", 3, **own), box("grid", "section", **own), section=world)
    assert shown("/world/") == [("brief", ["Ashore.", "Afloat."]), ("grid", ["a"])]


def test_stories_in_brief_stand_in_a_strip_too(newsroom: Newsroom, at_noon: None) -> None:
    publish(newsroom, "a")
    publish(newsroom, "ten voices", kind="in-brief")
    arrange(newsroom, box("brief", "kinds", kinds=("in-brief",)), RECENT)
    assert shown() == [("brief", ["ten voices"]), ("recent", ["a"])]


def test_rows_that_no_action_would_write_still_show_every_story_once(
    newsroom: Newsroom, reader: Client, at_noon: None
) -> None:
    """Two containers of briefs, and a last one of another rule: the promise of a front hangs on no editor."""
    publish(newsroom, "a", "b", "c")
    newsroom.published(headline="d", section=newsroom.sections["economy"])
    front = Front.objects.create(edition=newsroom.english)
    for place, rule in enumerate(["briefs", "briefs", "section"]):
        section = newsroom.sections["world"] if rule == "section" else None
        Container.objects.create(front=front, place=place, look="brief", rule=rule, most=2, section=section)
    publish_brief(newsroom.chief, Brief(text="Afloat.", edition=newsroom.english))
    html = reader.get("/").content.decode()
    assert [HEADLINE.findall(inside) for _look, inside in CONTAINER.findall(html)] == [["Afloat."], ["c", "b"]]
    older = re.search(r'rel="next" href="([^"]+)"', html)
    assert older
    assert HEADLINE.findall(reader.get(older.group(1)).content.decode()) == ["d", "c", "b", "a"]
