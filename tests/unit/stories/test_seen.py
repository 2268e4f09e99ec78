"""Nobody saves over a text that they have not seen, and nobody is told of another who was themselves."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.http import Http404

from broadsheet.accounts.roles import Role
from broadsheet.editions.versions import version_of
from broadsheet.foundation.clock import now, stopped_at
from broadsheet.foundation.refusals import Refused
from broadsheet.stories.actions import (
    KEPT,
    delete_story,
    forget_deleted_story,
    publish_revision,
    restore_story,
    restore_version,
    save_story,
    set_aside,
    settle_aside,
    unschedule_story,
    withdraw_story,
)
from broadsheet.stories.models import Aside, State, Story
from broadsheet.stories.seen import SPAN, Seen
from tests.factories import Newsroom

pytestmark = pytest.mark.database


def save(newsroom: Newsroom, story: Story, headline: str, seen: Seen, *, by: Role = Role.CHIEF) -> Story:
    """Save a headline from a window; the story as it stands then."""
    draft = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    draft.headline = headline
    save_story(newsroom.staff[by], draft, seen=seen)
    return Story.objects.get(pk=story.pk)


def headline(story: Story) -> str:
    return str(Story.objects.get(pk=story.pk).get_latest_revision_as_object().headline)


def test_a_second_save_over_what_the_window_has_not_seen_is_refused_and_says_who(newsroom: Newsroom) -> None:
    story = newsroom.draft()
    opened = Seen.of(story, "hers"), Seen.of(story, "his")
    save(newsroom, story, "Hers", opened[0], by=Role.EDITOR)
    with pytest.raises(Refused, match=r"Editor \d+ changed this at .*, after you had opened it\."):
        save(newsroom, story, "His", opened[1])
    assert headline(story) == "Hers"


def test_two_windows_of_one_person_do_not_overwrite_each_other_either(newsroom: Newsroom) -> None:
    story = newsroom.draft()
    one, two = Seen.of(story, "one"), Seen.of(story, "two")
    save(newsroom, story, "From one", one)
    with pytest.raises(Refused, match="You changed this in another window"):
        save(newsroom, story, "From two", two)


def test_a_window_whose_answer_was_lost_is_not_refused_by_its_own_text(newsroom: Newsroom) -> None:
    story = newsroom.draft()
    seen = Seen.of(story, "hers")
    save(newsroom, story, "Once", seen)
    assert save(newsroom, story, "Twice", seen).headline == "Twice"


def test_what_a_window_sent_first_and_arrives_last_is_not_saved_over_what_it_sent_later(newsroom: Newsroom) -> None:
    story = newsroom.draft()
    seen = Seen.of(story, "hers")
    save(newsroom, story, "Sent second", replace(seen, number=2))
    assert save(newsroom, story, "Sent first", replace(seen, number=1)).headline == "Sent second"
    assert save(newsroom, story, "Sent third", replace(seen, number=3)).headline == "Sent third"


def test_saves_of_one_window_are_one_version_for_five_minutes(newsroom: Newsroom) -> None:
    story = newsroom.draft()
    begun = now()
    for minutes, versions in ((0, 2), (2, 2), (4, 2), (6, 3), (9, 3), (12, 4)):
        with stopped_at(begun + timedelta(minutes=minutes)):
            save(newsroom, story, f"After {minutes}", Seen.of(Story.objects.get(pk=story.pk), "hers"))
        assert story.revisions.count() == versions, minutes
    assert timedelta(minutes=5) == SPAN


def test_a_published_or_scheduled_version_is_never_saved_over(newsroom: Newsroom) -> None:
    story = newsroom.draft()
    seen = Seen.of(story, "hers")
    published = save(newsroom, story, "As published", seen)
    publish_revision(newsroom.chief, published.latest_revision)
    save(newsroom, story, "After it", seen)
    live = Story.objects.get(pk=story.pk)
    assert live.live_revision is not None
    assert live.live_revision.content["headline"] == "As published"
    assert (live.headline, headline(story)) == ("As published", "After it")


def test_a_program_that_says_nothing_of_what_it_saw_saves(newsroom: Newsroom) -> None:
    story = newsroom.draft()
    newsroom.edit(story, headline="By a program")
    assert headline(story) == "By a program"


@pytest.mark.parametrize("act", [withdraw_story, unschedule_story, delete_story])
def test_what_changed_while_a_question_stood_is_not_answered(newsroom: Newsroom, act: object) -> None:
    story = newsroom.published() if act is withdraw_story else newsroom.draft()
    version = version_of(story)
    newsroom.edit(story, headline="Changed meanwhile")
    with pytest.raises(Refused, match=r"changed this|You changed"):
        act(newsroom.staff[Role.EDITOR], story.pk, version=version)  # type: ignore[operator]
    act(newsroom.staff[Role.EDITOR], story.pk, version=version_of(story))  # type: ignore[operator]


def test_both_texts_are_kept_and_what_is_chosen_becomes_the_newest(newsroom: Newsroom) -> None:
    story = newsroom.draft(headline="Base", standfirst="Base.")
    opened = Seen.of(story, "his")
    base = dict(story.latest_revision.content)
    save(newsroom, story, "Hers", Seen.of(story, "hers"), by=Role.EDITOR)
    mine = Story.objects.get(pk=story.pk).with_content_json({**base, "standfirst": "His."})
    with pytest.raises(Refused):
        save_story(newsroom.chief, mine, seen=opened)
    aside = set_aside(newsroom.chief, mine, base=base)
    stands = Seen.of(Story.objects.get(pk=story.pk))
    settle_aside(newsroom.chief, aside.pk, choices={"headline": "theirs", "standfirst": "mine"}, seen=stands)
    newest = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    assert (newest.headline, newest.standfirst) == ("Hers", "His.")
    aside.refresh_from_db()
    assert aside.settled_at is not None
    assert aside.content["headline"] == "Base"
    with pytest.raises(Refused, match=r"changed this|You changed"):
        settle_aside(newsroom.chief, aside.pk, choices={}, seen=stands)


def test_a_text_is_set_aside_and_settled_only_by_those_who_may_edit_the_story(newsroom: Newsroom) -> None:
    story = newsroom.draft(section=newsroom.sections["economy"])
    other = newsroom.member(Role.EDITOR, edition="main", section="world")
    with pytest.raises(Http404):
        set_aside(other, story)
    aside = set_aside(newsroom.chief, story)
    with pytest.raises(Http404):
        settle_aside(other, aside.pk, choices={}, seen=Seen())
    assert Aside.objects.get().settled_at is None


def test_an_earlier_version_comes_back_and_no_other_is_lost(newsroom: Newsroom) -> None:
    story = newsroom.draft(headline="One")
    first = story.latest_revision
    newsroom.edit(story, headline="Two")
    version = version_of(story)
    restore_version(newsroom.chief, story.pk, first.pk, version=version)
    assert headline(story) == "One"
    texts = [revision.content["headline"] for revision in story.revisions.order_by("pk")]
    assert texts == ["One", "Two", "One"]
    with pytest.raises(Refused, match="changed"):
        restore_version(newsroom.chief, story.pk, first.pk, version=version)
    with pytest.raises(Refused, match="no such version"):
        restore_version(newsroom.chief, story.pk, newsroom.draft().latest_revision_id)


def test_a_deleted_draft_is_brought_back_as_it_was_for_thirty_days(newsroom: Newsroom) -> None:
    story = newsroom.draft(headline="Thrown away", section=newsroom.sections["world"])
    moment = now()
    with stopped_at(moment):
        delete_story(newsroom.chief, story.pk)
    with stopped_at(moment + KEPT - timedelta(seconds=1)):
        assert not forget_deleted_story(story.pk)
        restore_story(newsroom.chief, story.pk)
    back = Story.objects.get(pk=story.pk)
    assert (back.state, back.deleted_at, headline(back)) == (State.DRAFT, None, "Thrown away")
    with stopped_at(moment):
        delete_story(newsroom.chief, story.pk)
    with stopped_at(moment + KEPT):
        assert forget_deleted_story(story.pk)
        assert not forget_deleted_story(story.pk)
    assert not Story.objects.filter(pk=story.pk).exists()


def test_a_reporter_deletes_and_brings_back_their_own_draft_and_no_others(newsroom: Newsroom) -> None:
    reporter = newsroom.member(Role.REPORTER, edition="main", section="world")
    own = newsroom.draft(reporter, section=newsroom.sections["world"])
    others = newsroom.draft(section=newsroom.sections["world"])
    delete_story(reporter, own.pk)
    restore_story(reporter, own.pk)
    with pytest.raises(Refused):
        delete_story(reporter, others.pk)
    delete_story(newsroom.chief, others.pk)
    with pytest.raises(Http404):
        restore_story(reporter, others.pk)


def test_a_window_that_saved_only_what_was_there_begins_a_version_with_its_first_change(newsroom: Newsroom) -> None:
    """Such as one in which a comment was resolved: what another window had saved stays a version."""
    story = newsroom.draft(by=newsroom.chief)
    story = save(newsroom, story, "At noon", Seen.of(story, "first"))
    versions = story.revisions.count()
    story = save(newsroom, story, "At noon", replace(Seen.of(story, "second"), number=1))
    assert (story.saved_from, story.revisions.count()) == ("second", versions)
    story = save(newsroom, story, "At dawn", replace(Seen.of(story, "second"), number=2))
    assert story.revisions.count() == versions + 1
    save(newsroom, story, "At dusk", replace(Seen.of(story, "second"), number=3))
    assert story.revisions.count() == versions + 1
