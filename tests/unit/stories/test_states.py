"""From which state which action leads where: one table, written by hand."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import Http404
from django.test import Client

from broadsheet.foundation.clock import stopped_at
from broadsheet.foundation.refusals import Refused
from broadsheet.stories.actions import (
    delete_story,
    forget_deleted_story,
    publish_what_is_due,
    restore_story,
    unschedule_story,
    withdraw_story,
    withdraw_what_is_due,
)
from broadsheet.stories.models import Listing, State, Story
from tests.factories import Newsroom

pytestmark = pytest.mark.database

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER, MUCH_LATER, END = (NOON + timedelta(hours=hours) for hours in (2, 4, 6))
Act = Callable[[Newsroom, Story], object]


def publish(**fields: Any) -> Act:
    """Change fields, and publish that."""
    return lambda newsroom, story: newsroom.publish(newsroom.edit(story, **fields))


NO_TIMES: dict[str, Any] = {"go_live_at": None, "embargo_until": None}
STATES: dict[State, tuple[Act, ...]] = {
    State.DRAFT: (),
    State.SCHEDULED: (publish(go_live_at=LATER),),
    State.EMBARGOED: (publish(embargo_until=LATER),),
    State.PUBLISHED: (publish(),),
    State.WITHDRAWN: (publish(), lambda newsroom, story: withdraw_story(newsroom.chief, story.pk)),
    State.DELETED: (lambda newsroom, story: delete_story(newsroom.chief, story.pk),),
}
ACTIONS: dict[str, Act] = {
    "save": lambda newsroom, story: newsroom.edit(story, standfirst="Saved."),
    "publish": publish(**NO_TIMES),
    "schedule": publish(go_live_at=LATER, embargo_until=None),
    "embargo": publish(embargo_until=LATER, go_live_at=None),
    "embargo and schedule after it": publish(embargo_until=LATER, go_live_at=MUCH_LATER),
    "schedule for the embargo's end": publish(embargo_until=LATER, go_live_at=LATER),
    "schedule before the embargo's end": publish(embargo_until=MUCH_LATER, go_live_at=LATER),
    "unschedule": lambda newsroom, story: unschedule_story(newsroom.chief, story.pk),
    "withdraw": lambda newsroom, story: withdraw_story(newsroom.chief, story.pk),
    "delete": lambda newsroom, story: delete_story(newsroom.chief, story.pk),
    "restore": lambda newsroom, story: restore_story(newsroom.chief, story.pk),
    "forget too early": lambda newsroom, story: forget_deleted_story(story.pk),
    "too early": lambda newsroom, story: publish_what_is_due(story.pk),
    "end too early": lambda newsroom, story: withdraw_what_is_due(story.pk),
}
D, S, E, P, W, X = "draft", "scheduled", "embargoed", "published", "withdrawn", "deleted"
no = "refused"
TABLE = {
    #                                      draft scheduled embargoed published withdrawn deleted
    "save":                               (D,    S,        E,        P,        W,        no),
    "publish":                            (P,    P,        P,        P,        P,        no),
    "schedule":                           (S,    S,        S,        P,        S,        no),
    "embargo":                            (E,    E,        E,        P,        E,        no),
    "embargo and schedule after it":      (S,    S,        S,        P,        S,        no),
    "schedule for the embargo's end":     (E,    E,        E,        P,        E,        no),
    "schedule before the embargo's end":  (no,   no,       no,       no,       no,        no),
    "unschedule":                         (D,    D,        D,        P,        W,        no),
    "withdraw":                           (no,   no,       no,       W,        no,        no),
    "delete":                             (X, X,     X,     no,       no,        no),
    "restore":                            (no,   no,       no,       no,       no,        D),
    "forget too early":                   (D,    S,        E,        P,        W,         X),
    "too early":                          (D,    S,        E,        P,        W,        X),
    "end too early":                      (D,    S,        E,        P,        W,        X),
}  # fmt: skip


def outcome(newsroom: Newsroom, story: Story, act: Act) -> str:
    try:
        act(newsroom, story)
    except (Refused, Http404):
        return no
    return str(Story.objects.get(pk=story.pk).state)


@pytest.mark.parametrize("number", range(6), ids=list(STATES))
def test_each_action_leads_from_a_state_where_the_table_says(newsroom: Newsroom, reader: Client, number: int) -> None:
    state = list(STATES)[number]
    for name, act in ACTIONS.items():
        with stopped_at(NOON):
            story = newsroom.draft(headline=f"{name} – {state}")
            for step in STATES[state]:
                step(newsroom, Story.objects.get(pk=story.pk))
            story = Story.objects.get(pk=story.pk)
            assert story.state == state, f"could not be made {state}"
            now = outcome(newsroom, story, act)
            assert now == TABLE[name][number], f"{name}, from {state}: {now}"
            after = Story.objects.get(pk=story.pk)
            if now == no:
                assert after.state == state
            readable = now == P or (now == no and state == P)
            assert Listing.objects.filter(story_id=story.pk).exists() == readable
            assert after.live == (after.state == P)
            assert bool(after.address) == (after.state == W or after.published_at is not None)
            if after.address:
                assert reader.get(after.address).status_code == (200 if readable else 410)


def test_what_is_scheduled_comes_at_its_time_and_not_before(newsroom: Newsroom, reader: Client) -> None:
    with stopped_at(NOON):
        story = newsroom.publish(newsroom.draft(go_live_at=LATER))
    with stopped_at(LATER - timedelta(microseconds=1)):
        assert not publish_what_is_due(story.pk)
        assert story.headline not in reader.get("/").content.decode()
    with stopped_at(LATER):
        assert publish_what_is_due(story.pk)
        published = Story.objects.get(pk=story.pk)
        assert (published.state, published.published_at, published.changed_at) == (P, LATER, LATER)
        assert story.headline in reader.get("/").content.decode()


def test_an_embargo_ends_when_it_says(newsroom: Newsroom, reader: Client) -> None:
    with stopped_at(NOON):
        story = newsroom.publish(newsroom.draft(embargo_until=LATER))
        assert story.state == E
    with stopped_at(LATER - timedelta(seconds=1)):
        assert not publish_what_is_due(story.pk)
    with stopped_at(LATER + timedelta(seconds=1)):
        assert publish_what_is_due(story.pk)
        assert reader.get(Story.objects.get(pk=story.pk).address).status_code == 200


def test_a_schedule_after_the_embargo_waits_for_the_schedule(newsroom: Newsroom) -> None:
    with stopped_at(NOON):
        story = newsroom.publish(newsroom.draft(embargo_until=LATER, go_live_at=MUCH_LATER))
    with stopped_at(LATER):
        assert not publish_what_is_due(story.pk)
    with stopped_at(MUCH_LATER):
        assert publish_what_is_due(story.pk)


def test_an_embargo_that_is_over_holds_nothing_back(newsroom: Newsroom) -> None:
    with stopped_at(MUCH_LATER):
        assert newsroom.published(embargo_until=NOON).state == P
        assert newsroom.published(headline="Second", embargo_until=LATER, go_live_at=NOON).state == P


def test_a_change_of_a_live_story_comes_at_its_time(newsroom: Newsroom, reader: Client) -> None:
    with stopped_at(NOON):
        story = newsroom.published()
        page = reader.get(story.address).content
        changed = newsroom.publish(newsroom.edit(story, headline="Changed at two", go_live_at=LATER))
        assert (changed.state, changed.headline) == (P, story.headline)
        assert reader.get(story.address).content == page
        newsroom.edit(changed, headline="Not yet decided")
    with stopped_at(LATER):
        assert reader.get(story.address).content == page
        assert publish_what_is_due(story.pk)
        again = Story.objects.get(pk=story.pk)
        assert (again.headline, again.changed_at, again.published_at) == ("Changed at two", LATER, NOON)
        assert again.has_unpublished_changes
        assert again.get_latest_revision_as_object().headline == "Not yet decided"
        assert not publish_what_is_due(story.pk)


def test_the_last_schedule_counts(newsroom: Newsroom) -> None:
    with stopped_at(NOON):
        story = newsroom.publish(newsroom.draft(go_live_at=LATER))
        newsroom.publish(newsroom.edit(story, go_live_at=MUCH_LATER))
    with stopped_at(LATER):
        assert not publish_what_is_due(story.pk)
    with stopped_at(MUCH_LATER):
        assert publish_what_is_due(story.pk)
        assert not publish_what_is_due(story.pk)


def test_publishing_now_takes_an_earlier_schedule_back(newsroom: Newsroom) -> None:
    with stopped_at(NOON):
        story = newsroom.publish(newsroom.draft(go_live_at=LATER))
        newsroom.publish(newsroom.edit(story, go_live_at=None))
        withdraw_story(newsroom.chief, story.pk)
    with stopped_at(MUCH_LATER):
        assert not publish_what_is_due(story.pk)
        assert Story.objects.get(pk=story.pk).state == W


def test_withdrawing_takes_a_scheduled_change_back(newsroom: Newsroom) -> None:
    with stopped_at(NOON):
        story = newsroom.published()
        newsroom.publish(newsroom.edit(story, headline="Later", go_live_at=LATER))
        withdraw_story(newsroom.chief, story.pk)
    with stopped_at(LATER):
        assert not publish_what_is_due(story.pk)
        assert Story.objects.get(pk=story.pk).state == W


def test_a_story_that_is_gone_or_unscheduled_when_its_time_comes_is_no_error(newsroom: Newsroom) -> None:
    with stopped_at(NOON):
        deleted, unscheduled = (newsroom.publish(newsroom.draft(go_live_at=LATER)) for _ in range(2))
        delete_story(newsroom.chief, deleted.pk)
        unschedule_story(newsroom.chief, unscheduled.pk)
    with stopped_at(LATER):
        for story in (deleted, unscheduled):
            assert publish_what_is_due(story.pk) is False
            assert withdraw_what_is_due(story.pk) is False
    assert Story.objects.get(pk=unscheduled.pk).state == D


def test_a_story_with_an_end_goes_at_its_time(newsroom: Newsroom, reader: Client) -> None:
    with stopped_at(NOON):
        story = newsroom.published(expire_at=END)
        assert not withdraw_what_is_due(story.pk)
        assert reader.get(story.address).status_code == 200
    with stopped_at(END):
        assert withdraw_what_is_due(story.pk)
        assert not withdraw_what_is_due(story.pk)
        assert Story.objects.get(pk=story.pk).state == W
        assert reader.get(story.address).status_code == 410
        with pytest.raises(Refused, match="end before it is published"):
            newsroom.publish(Story.objects.get(pk=story.pk))


def test_a_withdrawn_story_comes_back_at_its_address_and_with_its_day(newsroom: Newsroom, reader: Client) -> None:
    with stopped_at(NOON):
        story = newsroom.published()
        withdraw_story(newsroom.chief, story.pk)
        assert Story.objects.get(pk=story.pk).address == story.address
    with stopped_at(NOON + timedelta(days=3)):
        again = newsroom.publish(Story.objects.get(pk=story.pk))
        assert (again.address, again.published_at) == (story.address, NOON)
        assert reader.get(again.address).status_code == 200
        assert again.addresses.count() == 1
