"""Work on many ticked stories: each by the same action as one alone, with a report on each."""

from datetime import UTC, datetime

import pytest

from broadsheet.accounts.models import User
from broadsheet.stories.actions import lock_story
from broadsheet.stories.desk.bulk import JOBS, MOST, work_through
from broadsheet.stories.models import State, Story
from tests.factories import Newsroom
from tests.unit.stories.plain_lists import kept_counts, kept_lists, plain_lists

pytestmark = pytest.mark.database

LATER = datetime(2099, 1, 1, tzinfo=UTC)


def states(*stories: Story) -> list[str]:
    return [Story.objects.get(pk=story.pk).state for story in stories]


def done(
    newsroom: Newsroom, job: str, *stories: Story, value: object = "", by: User | None = None
) -> list[tuple[bool, str]]:
    outcomes = work_through(by or newsroom.chief, JOBS[job], list(stories), str(value))
    lists = plain_lists()
    assert kept_lists() == lists
    assert kept_counts() == {place: len(ids) for place, ids in lists.items()}
    return [(one.is_done, one.sentence) for one in outcomes]


def test_publishing_says_of_each_what_came_of_it(newsroom: Newsroom) -> None:
    shown = {"lead_picture": newsroom.picture}
    good = newsroom.draft(headline="Ferry ties up at noon", **shown)
    later = newsroom.draft(headline="Rice is dearer than bread", go_live_at=LATER, **shown)
    bad = newsroom.draft(section=None)
    live = newsroom.published()
    outcomes = done(newsroom, "publish", good, bad, later, live)
    assert [is_done for is_done, _sentence in outcomes] == [True, False, True, False]
    assert outcomes[0][1] == "Published."
    assert "section" in outcomes[1][1]
    assert outcomes[2][1] == "Goes out at 1 January 2099, 02:00 (Europe/Riga)."
    assert states(good, bad, later) == [State.PUBLISHED, State.DRAFT, State.SCHEDULED]


def test_withdrawing_and_taking_back_schedules(newsroom: Newsroom) -> None:
    live, draft, scheduled = newsroom.published(), newsroom.draft(), newsroom.publish(newsroom.draft(go_live_at=LATER))
    assert [one for one, _why in done(newsroom, "withdraw", live, draft)] == [True, False]
    assert [one for one, _why in done(newsroom, "unschedule", scheduled, draft)] == [True, False]
    assert states(live, draft, scheduled) == [State.WITHDRAWN, State.DRAFT, State.DRAFT]


def test_a_move_is_seen_by_readers_unless_other_changes_wait(newsroom: Newsroom) -> None:
    economy = newsroom.sections["economy"]
    live, waiting = newsroom.published(headline="One"), newsroom.published(headline="Two")
    newsroom.edit(waiting, headline="Two, changed")
    draft, there = newsroom.draft(), newsroom.draft(section=economy)
    outcomes = done(newsroom, "move", live, waiting, draft, there, value=economy.pk)
    assert [one for one, _why in outcomes] == [True, True, True, False]
    assert "other changes wait" in outcomes[1][1]
    live, waiting, draft = (Story.objects.get(pk=story.pk) for story in (live, waiting, draft))
    assert (live.section_id, draft.section_id) == (economy.pk, economy.pk)
    assert (waiting.section, waiting.headline) == (newsroom.sections["world"], "Two")
    assert waiting.get_latest_revision_as_object().section_id == economy.pk


def test_a_topic_is_added_once(newsroom: Newsroom) -> None:
    live, has_it = newsroom.published(), newsroom.published(topics=[newsroom.topic])
    outcomes = done(newsroom, "topic", live, has_it, value=newsroom.topic.pk)
    assert outcomes == [(True, "Done, and readers see it."), (False, "It has this topic already.")]
    assert list(Story.objects.get(pk=live.pk).topics.all()) == [newsroom.topic]


def test_whoever_may_save_but_not_publish_is_told_that_it_is_a_draft(newsroom: Newsroom) -> None:
    reporter = newsroom.member("reporter", section="world")
    own, others, live = newsroom.draft(by=reporter), newsroom.draft(), newsroom.published()
    outcomes = done(newsroom, "topic", own, others, live, value=newsroom.topic.pk, by=reporter)
    assert [one for one, _why in outcomes] == [True, False, False]


def test_a_locked_story_and_a_published_one_are_not_deleted(newsroom: Newsroom) -> None:
    draft, live, locked = newsroom.draft(headline="A"), newsroom.published(headline="B"), newsroom.draft(headline="C")
    lock_story(newsroom.staff["editor"], locked.pk, locked=True)
    outcomes = done(newsroom, "delete", draft, live, locked)
    assert [one for one, _why in outcomes] == [True, False, False]
    assert "locked" in outcomes[2][1]


def test_the_page_asks_first_and_then_reports(newsroom: Newsroom) -> None:
    desk = newsroom.at_desk(newsroom.chief)
    good, bad = (
        newsroom.draft(headline="Good", lead_picture=newsroom.picture),
        newsroom.draft(headline="Bad", section=None),
    )
    ticked = {"job": "publish", "id": [good.pk, bad.pk], "back": "/desk/stories/?state=draft"}
    page = desk.post("/desk/stories/bulk/", ticked).content.decode()
    assert "Good" in page
    assert "Bad" in page
    assert states(good, bad) == [State.DRAFT, State.DRAFT]
    page = desk.post("/desk/stories/bulk/", {**ticked, "go": ""}).content.decode()
    assert "1 of 2 done." in page
    assert 'href="/desk/stories/?state=draft"' in page
    assert states(good, bad) == [State.PUBLISHED, State.DRAFT]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"job": "no-such", "id": "1", "go": ""},
        {"job": "publish", "go": ""},
        {"job": "publish", "id": ["x", "0", "9" * 30], "go": ""},
        {"job": "publish", "id": [str(number) for number in range(1, MOST + 3)], "go": ""},
        {"job": "move", "id": "{draft}", "value": "", "go": ""},
        {"job": "move", "id": "{draft}", "value": "999", "go": ""},
        {"job": "topic", "id": "{draft}", "value": "x", "go": ""},
    ],
)
def test_what_is_sent_wrongly_changes_nothing_and_is_answered(newsroom: Newsroom, sent: dict[str, object]) -> None:
    draft = newsroom.draft()
    sent = {name: str(draft.pk) if value == "{draft}" else value for name, value in sent.items()}
    answer = newsroom.at_desk(newsroom.chief).post(
        "/desk/stories/bulk/", {**sent, "back": "https://elsewhere.example/"}
    )
    assert answer.status_code == 200
    assert b"elsewhere.example" not in answer.content
    assert states(draft) == [State.DRAFT]


def test_a_headline_that_one_may_not_read_is_not_told(newsroom: Newsroom) -> None:
    newsroom.draft(headline="Secret", section=newsroom.sections["world"])
    reporter = newsroom.member("reporter", section="economy")
    sent = {"job": "topic", "id": str(Story.objects.get().pk), "value": newsroom.topic.pk}
    for more in ({}, {"go": ""}):
        page = newsroom.at_desk(reporter).post("/desk/stories/bulk/", {**sent, **more}).content.decode()
        assert "Secret" not in page
