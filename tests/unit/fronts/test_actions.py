"""Arranging, pinning and unpinning: what is written, what is refused, and what a second editor is told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import Http404
from django_tasks_db.models import DBTaskResult

from broadsheet.editions.actions import delete_named
from broadsheet.foundation import events
from broadsheet.foundation.clock import stopped_at
from broadsheet.foundation.refusals import Refused
from broadsheet.fronts.actions import arrange_front, end_pins, pin_story, unpin_story
from broadsheet.fronts.checks import CHECKS, check_arrangement
from broadsheet.fronts.events import FrontArranged, StoryPinned, StoryUnpinned
from broadsheet.fronts.models import Container, Front, Pin
from broadsheet.fronts.plans import ContainerPlan, PinPlan
from tests.factories import Newsroom
from tests.unit.fronts.arranging import RECENT, arrange, box, shown

pytestmark = pytest.mark.database
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LAST = RECENT


def test_an_arrangement_replaces_the_former_one_whole(newsroom: Newsroom) -> None:
    a, b = newsroom.published(headline="a"), newsroom.published(headline="b")
    arrange(newsroom, box("lead", "edition", 4, b, a, title=" Now \n read "), RECENT)
    arrange(newsroom, box("list", "kinds", 6, PinPlan(a.pk), kinds=("news", "live")), RECENT)
    first, last = Container.objects.order_by("place")
    assert (first.look, first.rule, first.kinds, first.most, first.title) == ("list", "kinds", ["news", "live"], 6, "")
    assert (last.look, last.place) == ("recent", 1)
    assert [(pin.story, pin.container) for pin in Pin.objects.all()] == [(a, first)]
    assert Front.objects.get().version == 2


def test_a_second_editor_who_began_from_an_older_arrangement_is_told_who_changed_it_and_when(
    newsroom: Newsroom,
) -> None:
    one, other = newsroom.member("editor"), newsroom.member("editor")
    english = newsroom.english.pk
    with stopped_at(NOON):
        arrange_front(one, english, None, (box("lead"), RECENT), version=0)
    with pytest.raises(Refused) as refusal:
        arrange_front(other, english, None, (RECENT,), version=0)
    assert refusal.value.code == "front.arranged-meanwhile"
    assert f"{one.name} arranged this front after you had opened it (23 November 2026, 14:00)." in str(refusal.value)
    assert Container.objects.count() == 2
    arrange_front(other, english, None, (RECENT,), version=1)
    assert Container.objects.count() == 1


def test_a_pin_is_a_change_too_and_the_end_of_one_is_nobodys(newsroom: Newsroom) -> None:
    story = newsroom.published()
    with stopped_at(NOON):
        front = arrange(newsroom, box("lead"), RECENT)
        pin_story(newsroom.chief, front.containers.first().pk, story.pk, until=NOON + timedelta(hours=1))
        with pytest.raises(Refused, match="arranged this front"):
            arrange_front(newsroom.chief, newsroom.english.pk, None, (RECENT,), version=1)
    with stopped_at(NOON + timedelta(hours=1)):
        assert end_pins(front.pk) == 1
        assert end_pins(front.pk) == 0
        arrange_front(newsroom.chief, newsroom.english.pk, None, (RECENT,), version=2)


def test_what_ends_is_handed_in_as_a_job(newsroom: Newsroom) -> None:
    stories = [newsroom.published(headline=name) for name in "ab"]
    with stopped_at(NOON):
        ends = [NOON + timedelta(hours=number) for number in (1, 2)]
        pins = [PinPlan(story.pk, end) for story, end in zip(stories, ends, strict=True)]
        front = arrange(newsroom, box("lead", "edition", 4, *pins), RECENT)
    jobs = DBTaskResult.objects.filter(task_path="broadsheet.fronts.due.end_pins").order_by("run_after")
    assert [(job.run_after, job.args_kwargs["args"]) for job in jobs] == [(end, [front.pk]) for end in ends]


def test_stories_are_pinned_in_order_moved_and_unpinned(newsroom: Newsroom) -> None:
    a, b, c = (newsroom.published(headline=name) for name in "abc")
    front = arrange(newsroom, box("lead", "edition", 1, a), box("grid", "edition", 1), RECENT)
    lead, grid, _recent = front.containers.order_by("place")
    pin_story(newsroom.chief, lead.pk, b.pk)
    assert shown()[0] == ("lead", ["b", "a"])
    pin_story(newsroom.chief, lead.pk, c.pk, first=False)
    assert shown()[0] == ("lead", ["b", "a", "c"])
    pin_story(newsroom.chief, lead.pk, a.pk)
    assert shown()[0] == ("lead", ["a", "b", "c"])
    pin_story(newsroom.chief, grid.pk, b.pk)
    assert shown() == [("lead", ["a", "c"]), ("grid", ["b"])]
    unpin_story(newsroom.chief, front.pk, b.pk)
    assert shown() == [("lead", ["a", "c"]), ("grid", ["b"])]  # the rule finds it
    assert Front.objects.get().version == 6
    with pytest.raises(Refused, match="not pinned"):
        unpin_story(newsroom.chief, front.pk, b.pk)


def test_a_pin_in_a_container_that_another_editor_replaced_is_not_found(newsroom: Newsroom) -> None:
    container = arrange(newsroom, RECENT).containers.get()
    arrange(newsroom, RECENT)
    with pytest.raises(Http404):
        pin_story(newsroom.chief, container.pk, newsroom.published().pk)


def test_nobody_pins_what_they_may_not_read_but_what_others_pinned_may_stay(newsroom: Newsroom) -> None:
    editor = newsroom.member("editor", edition="main", section="world")
    world, english = newsroom.sections["world"], newsroom.english.pk
    secret = newsroom.draft(section=newsroom.sections["economy"])
    last = box("grid", "section", section_id=world.pk)
    plan = (box("lead", "edition", 4, secret), last)
    with pytest.raises(Refused, match="you may not read it"):
        arrange_front(editor, english, world.pk, plan, version=0)
    arrange_front(newsroom.chief, english, world.pk, plan, version=0)
    arrange_front(editor, english, world.pk, (last, *plan), version=1)
    russian = newsroom.published(edition=newsroom.russian, headline="Порт")
    with pytest.raises(Refused, match="“Порт” is a story of another edition"):
        arrange_front(newsroom.chief, english, world.pk, (box("lead", "edition", 4, russian), last), version=2)


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        ([], ""),  # the way back to the default
        ([LAST], ""),
        ([box(most=0), LAST], "between 1 and 30"),
        ([box(most=31), LAST], "between 1 and 30"),
        ([box(most=30), LAST], ""),
        ([box("cube"), LAST], "no such look"),
        ([box("grid", "whim"), LAST], "no such look or rule"),
        ([box("grid", "section"), LAST], "needs the section"),
        ([box("grid", "topic"), LAST], "needs the topic"),
        ([box("grid", "kinds"), LAST], "at least one kind"),
        ([box("grid", "kinds", kinds=("news", "rumour")), LAST], "no such kind"),
        ([box("grid", "section", section_id=10**9), LAST], "is there no more"),
        ([box("grid", "topic", topic_id=10**9), LAST], "is there no more"),
        ([box("grid", "briefs"), LAST], "“in brief” alone"),
        ([box("brief", "briefs"), LAST], ""),
        ([box("brief", "briefs"), box("brief", "briefs"), LAST], "one container with briefs"),
        ([box("brief", "briefs", 4, PinPlan(1)), LAST], "among briefs"),
        ([LAST, box("grid", "kinds", kinds=("news",))], "The last container shows the newest of the edition"),
        ([box("grid", "edition", 4, PinPlan(1)), box("list", "edition", 4, PinPlan(1)), LAST], "pinned twice"),
        ([box("grid", "edition", 4, *(PinPlan(number) for number in range(13))), LAST], "At most 12"),
        ([box("grid", "edition", 4, PinPlan(1, NOON)), LAST], "in the past"),
        ([box("grid", "edition", 4, PinPlan(1, NOON + timedelta(seconds=1))), LAST], ""),
        ([LAST] * 31, "at most 30 containers"),
        ([LAST] * 30, ""),
        ([box("brief", "briefs", 0), box("grid", "topic")], "between.*topic.*last container"),
    ],
)
def test_an_arrangement_is_checked_as_a_whole(db: None, plan: list[ContainerPlan], sentence: str) -> None:
    if not sentence:
        check_arrangement(tuple(plan), None, NOON)
        return
    with pytest.raises(Refused, match=sentence) as refusal:
        check_arrangement(tuple(plan), None, NOON)
    assert refusal.value.what_is_safe == "The front stands as it did."


def test_the_last_container_of_a_section_front_shows_the_newest_of_that_section(newsroom: Newsroom) -> None:
    world, economy = newsroom.sections["world"], newsroom.sections["economy"]
    for last in (RECENT, box("grid", "section", section_id=economy.pk)):
        with pytest.raises(Refused, match="the newest of this section"):
            arrange(newsroom, last, section=world)
    arrange(newsroom, replace(box("grid", "section"), section_id=world.pk), section=world)


def test_every_check_is_in_the_list() -> None:
    assert len(CHECKS) == len(set(CHECKS)) == 9


def test_what_happens_is_announced(newsroom: Newsroom, django_capture_on_commit_callbacks: Any) -> None:
    heard: list[object] = []
    for kind in (FrontArranged, StoryPinned, StoryUnpinned):
        events.on(kind)(heard.append)
    story, english = newsroom.published(), newsroom.english.pk
    with django_capture_on_commit_callbacks(execute=True):
        front = arrange(newsroom, RECENT)
        pin_story(newsroom.chief, front.containers.get().pk, story.pk)
        unpin_story(newsroom.chief, front.pk, story.pk)
    assert heard == [
        FrontArranged(english, None, 1),
        StoryPinned(english, None, story.pk),
        StoryUnpinned(english, None, story.pk),
    ]


def test_a_section_or_topic_that_a_front_names_is_not_deleted(newsroom: Newsroom) -> None:
    culture = newsroom.sections["culture"]
    arrange(
        newsroom,
        box("grid", "section", section_id=culture.pk),
        box("grid", "topic", topic_id=newsroom.topic.pk),
        RECENT,
    )
    for thing in (culture, newsroom.topic):
        with pytest.raises(Refused, match="not deleted"):
            delete_named(newsroom.chief, thing)
    arrange(newsroom)
    for thing in (culture, newsroom.topic):
        delete_named(newsroom.chief, thing)


def test_a_section_whose_front_stands_as_by_default_again_may_go(newsroom: Newsroom) -> None:
    culture = newsroom.sections["culture"]
    arrange(newsroom, box("grid", "section", section_id=culture.pk), section=culture)
    with pytest.raises(Refused, match="not deleted"):
        delete_named(newsroom.chief, culture)
    arrange(newsroom, section=culture)
    delete_named(newsroom.chief, culture)
    assert not Front.objects.exists()
