"""The desk's forms end in our actions: what is saved, published, scheduled, refused."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Revision

from broadsheet.stories.models import State, Story
from tests.factories import Newsroom
from tests.unit.desk.forms import newest, seen_form, story_form

pytestmark = pytest.mark.database
ADD = "/desk/stories/add/"


@pytest.fixture
def desk(newsroom: Newsroom) -> Client:
    return newsroom.at_desk(newsroom.chief)


def edit(story: Story) -> str:
    return f"/desk/stories/edit/{story.pk}/"


def test_a_story_saved_at_the_desk_is_a_draft_that_nobody_reads(newsroom: Newsroom, desk: Client) -> None:
    response = desk.post(ADD, story_form(newsroom))
    assert response.status_code == 302, response.content.decode()[:2000]
    story = newest()
    assert (story.state, story.begun_by, story.address) == (State.DRAFT, newsroom.chief, "")
    assert "Written at the desk" not in Client(HTTP_HOST="localhost").get("/").content.decode()


def test_a_story_published_at_the_desk_is_read(newsroom: Newsroom, desk: Client, reader: Client) -> None:
    desk.post(ADD, story_form(newsroom) | {"action-publish": "1"})
    story = newest()
    page = reader.get(story.address).content.decode()
    assert "A paragraph from the desk." in page
    assert "Sam Speaker" in page
    assert "Ann Writer" in page


def test_an_edit_of_a_published_story_waits_for_its_publication(
    newsroom: Newsroom, desk: Client, reader: Client
) -> None:
    desk.post(ADD, story_form(newsroom) | {"action-publish": "1"})
    story = newest()
    desk.post(edit(story), story_form(newsroom, headline="A better headline", topics=[]))
    assert "Written at the desk" in reader.get(story.address).content.decode()
    desk.post(edit(story), story_form(newsroom, headline="A better headline", topics=[]) | {"action-publish": "1"})
    page = reader.get(story.address).content.decode()
    assert "A better headline" in page
    assert "The port" not in page


def test_what_is_refused_is_said_and_saved_as_a_draft(newsroom: Newsroom, desk: Client) -> None:
    response = desk.post(ADD, story_form(newsroom, section="") | {"action-publish": "1"}, follow=True)
    assert "The story has no section." in response.content.decode()
    assert newest().state == State.DRAFT
    assert newest().headline == "Written at the desk"


def test_a_schedule_set_at_the_desk_holds_the_story_until_then(newsroom: Newsroom, desk: Client) -> None:
    later = (timezone.now() + timedelta(hours=3)).strftime("%Y-%m-%d %H:%M")
    desk.post(ADD, story_form(newsroom, go_live_at=later) | {"action-publish": "1"})
    story = newest()
    assert story.state == State.SCHEDULED
    revision = Revision.objects.for_instance(story).get(approved_go_live_at__isnull=False)
    taken_back = desk.post(f"/desk/stories/history/{story.pk}/revisions/{revision.pk}/unschedule/")
    assert taken_back.status_code == 302
    assert newest().state == State.DRAFT


def test_an_embargo_set_at_the_desk_holds_the_story_until_its_end(newsroom: Newsroom, desk: Client) -> None:
    later = (timezone.now() + timedelta(hours=3)).strftime("%Y-%m-%d %H:%M")
    response = desk.post(ADD, story_form(newsroom, embargo_until=later) | {"action-publish": "1"}, follow=True)
    assert newest().state == State.EMBARGOED
    assert "updated and published" not in response.content.decode()


def test_withdrawing_at_the_desk_takes_the_story_from_its_readers(
    newsroom: Newsroom, desk: Client, reader: Client
) -> None:
    desk.post(ADD, story_form(newsroom) | {"action-publish": "1"})
    story = newest()
    assert desk.post(f"/desk/stories/unpublish/{story.pk}/").status_code == 302
    assert newest().state == State.WITHDRAWN
    assert reader.get(story.address).status_code == 410


def test_an_autosave_answers_with_its_revision_and_is_overwritten_by_the_next(newsroom: Newsroom, desk: Client) -> None:
    desk.post(ADD, story_form(newsroom))
    story = newest()
    form = story_form(newsroom, headline="One", window="my window")
    first = desk.post(edit(story), form, headers={"accept": "application/json"}).json()
    assert not first["success"]  # the window has seen nothing of the story
    assert "You changed this in another window" in first["error_message"]
    form |= seen_form(story)
    first = desk.post(edit(story), form, headers={"accept": "application/json"}).json()
    assert first["success"], first
    form["headline"] = "Two"
    second = desk.post(edit(story), form, headers={"accept": "application/json"}).json()
    assert second["revision_id"] == first["revision_id"]
    assert newest().headline == "Two"


def test_the_preview_shows_the_page_as_it_would_be(newsroom: Newsroom, desk: Client) -> None:
    desk.post(ADD, story_form(newsroom))
    story = newest()
    assert desk.post(f"/desk/stories/preview/{story.pk}/", story_form(newsroom, headline="Not yet saved")).json()[
        "is_valid"
    ]
    page = desk.get(f"/desk/stories/preview/{story.pk}/")
    assert page.status_code == 200
    assert "Not yet saved" in page.content.decode()
    assert "noindex" in page.content.decode()
    assert newest().headline == "Written at the desk"


def test_an_older_version_comes_back_as_the_newest_draft_and_can_be_published(
    newsroom: Newsroom, desk: Client, reader: Client
) -> None:
    desk.post(ADD, story_form(newsroom, headline="The first words") | {"action-publish": "1"})
    story = newest()
    first = story.live_revision
    assert first is not None
    desk.post(edit(story), story_form(newsroom, headline="The second words") | {"action-publish": "1"})
    desk.post(f"/desk/stories/history/{story.pk}/revisions/{first.pk}/revert/")
    assert newest().get_latest_revision_as_object().headline == "The first words"
    assert "The second words" in reader.get(story.address).content.decode()
    form = story_form(newsroom, headline="The first words") | {"action-publish": "1"}
    desk.post(edit(story), form)
    assert newest().address == story.address
    assert "The first words" in reader.get(story.address).content.decode()


def test_a_draft_is_deleted_and_a_published_story_is_not(newsroom: Newsroom, desk: Client) -> None:
    desk.post(ADD, story_form(newsroom))
    draft = newest()
    assert desk.post(f"/desk/stories/delete/{draft.pk}/").status_code == 302
    assert Story.objects.get(pk=draft.pk).state == "deleted"
    desk.get("/desk/")  # the message of the first one
    assert draft.headline not in desk.get("/desk/stories/").content.decode()
    assert draft.headline in desk.get("/desk/stories/deleted/").content.decode()
    desk.post(ADD, story_form(newsroom) | {"action-publish": "1"})
    kept = newest()
    refused = desk.post(f"/desk/stories/delete/{kept.pk}/", follow=True)
    assert "keeps its address" in refused.content.decode()
    assert Story.objects.get(pk=kept.pk).state == "published"


def test_ticked_stories_are_deleted_one_by_one_and_what_must_stay_stays(newsroom: Newsroom, desk: Client) -> None:
    draft, kept = newsroom.draft(headline="A draft"), newsroom.published(headline="A published one")
    desk.post(f"/desk/bulk/stories/story/delete/?id={draft.pk}&id={kept.pk}")
    assert [story.pk for story in Story.objects.exclude(state="deleted")] == [kept.pk]


def test_a_locked_story_is_not_saved_by_another(newsroom: Newsroom, desk: Client) -> None:
    story = newsroom.draft()
    assert desk.post(f"/desk/stories/lock/{story.pk}/").status_code in (200, 302)
    other = newsroom.at_desk(newsroom.staff["editor"])  # type: ignore[index]
    other.post(edit(story), story_form(newsroom, headline="Another's words"))
    assert newest().headline == story.headline
    assert desk.post(f"/desk/stories/unlock/{story.pk}/").status_code in (200, 302)
    other.post(edit(story), story_form(newsroom, headline="Another's words"))
    assert newest().headline == "Another's words"


def test_a_counterpart_is_chosen_at_the_desk_and_readers_find_the_way(
    newsroom: Newsroom, desk: Client, reader: Client
) -> None:
    russian = newsroom.published(edition=newsroom.russian, headline="Порт разгружается ночью")
    desk.post(ADD, story_form(newsroom, counterpart=russian.pk) | {"action-publish": "1"})
    story = newest()
    assert f"/ru{russian.address}" in reader.get(story.address).content.decode()
    desk.post(edit(story), story_form(newsroom, counterpart="") | {"action-publish": "1"})
    assert f"/ru{russian.address}" not in reader.get(story.address).content.decode()


def test_a_counterpart_in_the_same_edition_is_refused(newsroom: Newsroom, desk: Client) -> None:
    other = newsroom.published()
    response = desk.post(ADD, story_form(newsroom, counterpart=other.pk))
    assert response.status_code == 200
    assert "stands in another edition" in response.content.decode()


def test_a_form_that_did_not_arrive_whole_is_refused_with_a_sentence(newsroom: Newsroom, desk: Client) -> None:
    before = Story.objects.count()
    response = desk.post(ADD, {"headline": "Half of a form"})
    assert response.status_code == 400
    assert "did not arrive whole" in response.content.decode()
    assert Story.objects.count() == before
