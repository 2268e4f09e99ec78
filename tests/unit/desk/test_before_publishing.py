"""The way from "Publish" to the readers at the desk: errors stop, warnings are seen, passed and logged."""

import re
from typing import Any

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import rich_text, streamfield

from broadsheet.foundation.refusals import Refused
from broadsheet.stories.actions import publish_revision
from broadsheet.stories.checks.passing import NOT_PASSED, PASSED
from broadsheet.stories.models import State, Story
from tests.factories import Newsroom
from tests.unit.desk.forms import newest, story_form

pytestmark = pytest.mark.database
ADD = "/desk/stories/add/"
PUBLISH = {"action-publish": "1"}


@pytest.fixture
def desk(newsroom: Newsroom) -> Client:
    return newsroom.at_desk(newsroom.chief)


def warned(newsroom: Newsroom, **changes: Any) -> dict[str, Any]:
    """A form with two warnings: no lead picture, and a word that no dictionary has."""
    return story_form(newsroom, **({"lead_picture": "", "standfirst": "They recieved it."} | changes))


def edit(story: Story) -> str:
    return f"/desk/stories/edit/{story.pk}/"


def page_of(story: Story) -> str:
    return f"/desk/stories/{story.pk}/before-publishing/{story.latest_revision_id}/"


def fields_of(page: str) -> dict[str, list[str]]:
    """What the form on the page of warnings sends."""
    names = ("seen", "passed")
    return {name: re.findall(rf'name="{name}" value="([^"]*)"', page) for name in names}


def passed_in_log(story: Story) -> dict[str, list[str]]:
    entries = ModelLogEntry.objects.filter(object_id=str(story.pk), action=PASSED)
    return {entry.data["code"]: entry.data["sentences"] for entry in entries}


def test_a_story_without_a_warning_is_published_at_once(newsroom: Newsroom, desk: Client) -> None:
    desk.post(ADD, story_form(newsroom) | PUBLISH)
    assert newest().state == State.PUBLISHED
    assert passed_in_log(newest()) == {}


def test_publishing_with_warnings_leads_to_a_page_that_lists_them_and_the_text_is_saved(
    newsroom: Newsroom, desk: Client
) -> None:
    response = desk.post(ADD, warned(newsroom) | PUBLISH)
    story = newest()
    assert (story.state, story.standfirst) == (State.DRAFT, "They recieved it.")
    assert response.headers["Location"] == page_of(story)
    page = desk.get(page_of(story)).content.decode()
    assert "The story has no lead picture." in page
    assert "“recieved” is in no dictionary." in page
    assert "The text is saved as a draft. Readers do not see it yet." in page
    assert f'href="{edit(story)}#id_standfirst"' in page
    assert f'class="button" href="{edit(story)}"' in page
    assert fields_of(page)["passed"] == ["no-lead-picture", "spelling"]


def test_publish_anyway_publishes_and_the_history_says_what_was_passed(
    newsroom: Newsroom, desk: Client, reader: Client
) -> None:
    desk.post(ADD, warned(newsroom) | PUBLISH)
    page = desk.get(page_of(newest())).content.decode()
    done = desk.post(page_of(newest()), fields_of(page), follow=True)
    assert "“Written at the desk” is published." in done.content.decode()
    story = newest()
    assert "They recieved it." in reader.get(story.address).content.decode()
    assert passed_in_log(story) == {
        "no-lead-picture": ["The story has no lead picture."],
        "spelling": ["“recieved” is in no dictionary."],
    }
    history = desk.get(f"/desk/stories/history/{story.pk}/").content.decode()
    assert "Passed a warning: “recieved” is in no dictionary." in history


def test_a_warning_that_nobody_saw_is_not_passed_with_the_others(newsroom: Newsroom, desk: Client) -> None:
    desk.post(ADD, warned(newsroom) | PUBLISH)
    seen = fields_of(desk.get(page_of(newest())).content.decode())["seen"]
    answer = desk.post(page_of(newest()), {"seen": seen, "passed": ["no-lead-picture"]})
    assert answer.headers["Location"] == page_of(newest())
    assert newest().state == State.DRAFT
    assert passed_in_log(newest()) == {}


def test_a_text_that_was_changed_meanwhile_is_seen_again_before_it_is_published(
    newsroom: Newsroom, desk: Client
) -> None:
    desk.post(ADD, warned(newsroom, window="mine") | PUBLISH)
    story = newest()
    form = fields_of(desk.get(page_of(story)).content.decode())
    autosave = warned(newsroom, headline="Another one", window="mine")
    desk.post(edit(story), autosave, headers={"accept": "application/json"})
    assert newest().latest_revision_id == story.latest_revision_id
    answer = desk.post(page_of(newest()), form, follow=True).content.decode()
    assert "The text was changed meanwhile." in answer
    assert newest().state == State.DRAFT


def test_errors_come_before_warnings_and_are_not_passed(newsroom: Newsroom, desk: Client) -> None:
    response = desk.post(ADD, warned(newsroom, section="") | PUBLISH, follow=True)
    assert "The story has no section. Choose one." in response.content.decode()
    assert newest().state == State.DRAFT
    answer = desk.get(page_of(newest()))
    assert answer.headers["Location"] == edit(newest())
    codes = frozenset({"no-lead-picture", "spelling"})
    with pytest.raises(Refused) as refusal:
        publish_revision(newsroom.chief, newest().latest_revision, passed=codes)
    assert refusal.value.code == "story.not-ready"


def test_a_schedule_asks_too_and_its_job_asks_nobody(newsroom: Newsroom, desk: Client) -> None:
    from datetime import timedelta

    from broadsheet.foundation.clock import now, stopped_at
    from broadsheet.stories.actions import publish_what_is_due

    later = (now() + timedelta(hours=3)).strftime("%Y-%m-%d %H:%M")
    desk.post(ADD, warned(newsroom, go_live_at=later) | PUBLISH)
    assert newest().state == State.DRAFT
    page = desk.get(page_of(newest())).content.decode()
    done = desk.post(page_of(newest()), fields_of(page), follow=True)
    assert "“Written at the desk” is scheduled." in done.content.decode()
    assert newest().state == State.SCHEDULED
    with stopped_at(now() + timedelta(hours=4)):
        assert publish_what_is_due(newest().pk)
    assert newest().state == State.PUBLISHED
    assert set(passed_in_log(newest())) == {"no-lead-picture", "spelling"}


@pytest.mark.parametrize("way", ["create", "edit", "revert", "Wagtail's own"])
def test_no_way_of_the_desk_publishes_past_warnings_unasked(newsroom: Newsroom, desk: Client, way: str) -> None:
    desk.post(ADD, warned(newsroom) | (PUBLISH if way == "create" else {}))
    story = newest()
    if way == "edit":
        desk.post(edit(story), warned(newsroom) | PUBLISH)
    elif way == "revert":
        address = f"/desk/stories/history/{story.pk}/revisions/{story.latest_revision_id}/revert/"
        desk.post(address, warned(newsroom) | PUBLISH)
    elif way == "Wagtail's own":
        with pytest.raises(Refused) as refusal:
            story.latest_revision.publish(user=newsroom.chief)  # type: ignore[union-attr]
        assert refusal.value.code == NOT_PASSED
    assert (newest().state, newest().live) == (State.DRAFT, False)


def test_a_program_is_not_asked(newsroom: Newsroom) -> None:
    story = newsroom.draft(standfirst="They recieved it.")
    publish_revision(newsroom.chief, story.latest_revision)
    assert passed_in_log(story) == {}


def test_the_panel_lists_errors_and_warnings_with_their_fixes_and_places(newsroom: Newsroom, desk: Client) -> None:
    body = streamfield([("paragraph", rich_text("<p>They recieved it.</p>"))])
    desk.post(ADD, warned(newsroom, section="", standfirst="Fine.", body=body))
    story = newest()
    page = desk.get(edit(story)).content.decode()
    assert 'data-side-panel="before-publishing"' in page
    assert "3 things to look at." in page
    assert ">The story has no section.</a>" in page
    assert 'href="#id_section" data-place="section"' in page
    block = story.body[0].id
    assert f'href="#block-{block}-section" data-place="{block}"' in page
    assert "/desk/words/?language=en&amp;word=recieved" in page
    toggle = page.partition('data-side-panel-toggle="before-publishing"')[2][:1500]
    assert re.search(r"w-side-panel-toggle__counter[^>]*>\s*3\s*<", toggle)


def test_an_autosave_draws_the_panel_anew(newsroom: Newsroom, desk: Client) -> None:
    desk.post(ADD, warned(newsroom))
    answer = desk.post(edit(newest()), story_form(newsroom), headers={"accept": "application/json"}).json()
    assert "Nothing to mend." in answer["html"]
    answer = desk.post(edit(newest()), warned(newsroom), headers={"accept": "application/json"}).json()
    assert "“recieved” is in no dictionary." in answer["html"]


def test_a_new_story_has_the_panel_too(desk: Client) -> None:
    page = desk.get(ADD).content.decode()
    assert "The story has no headline." in page
    assert "It cannot be published yet" in page


def test_a_reporter_sees_the_panel_and_not_the_page(newsroom: Newsroom) -> None:
    by = newsroom.staff["reporter"]  # type: ignore[index]
    story = newsroom.draft(by, standfirst="They recieved it.")
    client = newsroom.at_desk(by)
    assert "“recieved” is in no dictionary." in client.get(edit(story)).content.decode()
    assert client.get(page_of(story)).status_code == 403
    assert client.post(page_of(story)).status_code == 403
