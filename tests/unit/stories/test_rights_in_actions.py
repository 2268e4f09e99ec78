"""What an action on a story asks of who does it, whatever the desk has asked before."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from broadsheet.accounts.roles import Role
from broadsheet.editions.access import Person
from broadsheet.foundation.refusals import Refused
from broadsheet.stories.actions import (
    add_address,
    begin_story,
    delete_story,
    lock_story,
    publish_revision,
    save_story,
    unschedule_story,
    withdraw_story,
)
from broadsheet.stories.models import State, Story
from broadsheet.stories.seen import Seen
from tests.factories import Newsroom

pytestmark = pytest.mark.database

Act = Callable[[Person, Story], object]
ACTIONS: dict[str, Act] = {
    "save": lambda by, story: save_story(by, story.get_latest_revision_as_object()),
    "publish": lambda by, story: publish_revision(by, story.latest_revision),
    "withdraw": lambda by, story: withdraw_story(by, story.pk),
    "unschedule": lambda by, story: unschedule_story(by, story.pk),
    "delete": lambda by, story: delete_story(by, story.pk),
    "lock": lambda by, story: lock_story(by, story.pk, locked=True),
    "add an address": lambda by, story: add_address(by, story.pk, "/archive/x/"),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_nobody_and_readers_do_not_even_learn_of_a_story(newsroom: Newsroom, name: str) -> None:
    story = newsroom.draft()
    assert newsroom.reader is not None
    for who in (AnonymousUser(), newsroom.reader, newsroom.member(Role.EDITOR, section="culture")):
        with pytest.raises(Http404):
            ACTIONS[name](who, story)
    assert Story.objects.get(pk=story.pk).latest_revision == story.latest_revision


@pytest.mark.parametrize("name", [name for name in ACTIONS if name != "save"])
def test_a_reporter_only_writes(newsroom: Newsroom, name: str) -> None:
    reporter = newsroom.staff[Role.REPORTER]
    story = newsroom.draft(reporter)
    if name not in ("lock", "delete"):  # their own draft is theirs
        with pytest.raises(Refused, match="Your role does not allow this"):
            ACTIONS[name](reporter, story)
    with pytest.raises(Refused, match="Your role does not allow this"):
        ACTIONS[name](reporter, newsroom.draft())


def test_nothing_is_published_or_withdrawn_by_nobody(newsroom: Newsroom) -> None:
    story = newsroom.draft()
    with pytest.raises(Refused):
        story.publish(story.latest_revision)
    published = newsroom.publish(story)
    with pytest.raises(Refused):
        published.unpublish()
    assert Story.objects.get(pk=story.pk).live


def test_a_story_is_begun_only_where_one_may_write(newsroom: Newsroom) -> None:
    reporter = newsroom.member(Role.REPORTER, edition="main", section="world")
    assert newsroom.draft(reporter).begun_by == reporter
    for wrong in ({"edition": newsroom.russian}, {"section": newsroom.sections["economy"]}):
        with pytest.raises(Refused, match="Your role does not allow this"):
            newsroom.draft(reporter, **wrong)
    with pytest.raises(Refused):
        begin_story(AnonymousUser(), Story(edition=newsroom.english, headline="x"))
    assert Story.objects.count() == 1


def test_a_story_is_not_moved_to_where_one_may_not_write(newsroom: Newsroom) -> None:
    reporter = newsroom.member(Role.REPORTER, edition="main", section="world")
    story = newsroom.draft(reporter)
    for wrong in ({"edition": newsroom.russian}, {"section": newsroom.sections["economy"]}):
        with pytest.raises(Refused, match="Your role does not allow this"):
            newsroom.edit(story, reporter, **wrong)
    kept = Story.objects.get(pk=story.pk)
    assert (kept.edition, kept.section) == (newsroom.english, newsroom.sections["world"])


def test_a_published_story_stays_in_its_edition(newsroom: Newsroom) -> None:
    story = newsroom.published()
    with pytest.raises(Refused, match="stays in its edition"):
        newsroom.edit(story, edition=newsroom.russian)


@pytest.mark.parametrize("name", ["save", "publish", "withdraw", "unschedule", "delete"])
def test_a_locked_story_is_left_alone_by_everybody_else(newsroom: Newsroom, name: str) -> None:
    story = newsroom.published() if name == "withdraw" else newsroom.draft()
    editor = newsroom.staff[Role.EDITOR]
    lock_story(editor, story.pk, locked=True)
    story = Story.objects.get(pk=story.pk)
    with pytest.raises(Refused, match="Somebody has locked this story"):
        ACTIONS[name](newsroom.chief, story)
    ACTIONS[name](editor, story)


def test_an_autosave_replaces_the_one_before_it(newsroom: Newsroom) -> None:
    story = newsroom.draft()
    draft = story.get_latest_revision_as_object()
    draft.headline = "Written"
    first = save_story(newsroom.chief, draft, seen=Seen.of(story, "my window"))
    draft.headline = "Written on"
    second = save_story(newsroom.chief, draft, seen=Seen(window="my window"))
    assert second.pk == first.pk
    assert story.revisions.count() == 2
    assert Story.objects.get(pk=story.pk).headline == "Written on"


def test_a_draft_cannot_be_given_what_only_actions_give(newsroom: Newsroom) -> None:
    story = newsroom.draft()
    edited = newsroom.edit(
        story, state=State.PUBLISHED, address="/world/x/", begun_by=None, published_at=story.begun_at, slug="slug"
    )
    assert (edited.state, edited.address, edited.published_at) == (State.DRAFT, "", None)
    assert edited.begun_by == newsroom.chief
