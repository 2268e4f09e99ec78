"""A rule of the database that fails at publication: refused in a sentence, nothing published, the draft kept."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from wagtail.models import Revision

from broadsheet.foundation.refusals import Refused
from broadsheet.mediabank.models import PictureUse
from broadsheet.stories import checks
from broadsheet.stories.actions import publish_revision, publish_what_is_due
from broadsheet.stories.models import Address, Listing, ListingCount, State, Story
from tests.factories import Newsroom

pytestmark = pytest.mark.database


def rows_of_publication() -> tuple[int, ...]:
    return (
        Address.objects.count(),
        Listing.objects.count(),
        ListingCount.objects.count(),
        PictureUse.objects.filter(is_public=True).count(),
    )


def test_a_broken_rule_refuses_the_publication_of_a_draft(
    newsroom: Newsroom, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check before publishing is taken away, so that the database's own rule fires."""
    monkeypatch.setattr(checks, "ERRORS", ())
    story = newsroom.edit(newsroom.draft(lead_picture=newsroom.picture), headline="", slug="a-slug")
    revision, before = story.latest_revision, rows_of_publication()
    with pytest.raises(Refused) as refusal:
        publish_revision(newsroom.chief, revision)
    assert refusal.value.code == "story.rule"
    assert refusal.value.sentence == "The story breaks a rule of the database and was not published."
    assert refusal.value.what_is_safe == "The text is saved as a draft."
    kept = Story.objects.get(pk=story.pk)
    assert (kept.state, kept.live, kept.address, kept.published_at) == (State.DRAFT, False, "", None)
    assert kept.latest_revision == revision
    assert rows_of_publication() == before
    assert "cranes" not in reader.get("/").content.decode().lower()


@pytest.mark.parametrize("broken", [{"headline": ""}, {"section": None}, {"kind": "rumour"}], ids=str)
def test_a_broken_rule_leaves_a_live_story_as_readers_know_it(
    newsroom: Newsroom, reader: Client, monkeypatch: pytest.MonkeyPatch, broken: dict[str, Any]
) -> None:
    story = newsroom.published(topics=[newsroom.topic])
    page, before = reader.get(story.address).content, rows_of_publication()
    monkeypatch.setattr(checks, "ERRORS", ())
    edited = newsroom.edit(story, topics=[], bylines=[], standfirst="A new one.", **broken)
    with pytest.raises(Refused) as refusal:
        publish_revision(newsroom.chief, edited.latest_revision)
    assert refusal.value.code == "story.rule"
    assert reader.get(story.address).content == page
    assert rows_of_publication() == before
    draft = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    assert draft.standfirst == "A new one."
    assert all(getattr(draft, name) == value for name, value in broken.items())


def test_a_rule_that_is_held_only_at_the_commit_refuses_too(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = newsroom.draft()

    @contextmanager
    def atomic_that_fails_at_its_commit() -> Iterator[None]:
        with transaction.Atomic(None, True, False):
            yield
            raise IntegrityError("FOREIGN KEY constraint failed")

    monkeypatch.setattr(transaction, "atomic", only_outermost(atomic_that_fails_at_its_commit))
    with pytest.raises(Refused, match="breaks a rule"):
        publish_revision(newsroom.chief, story.latest_revision)
    assert Story.objects.get(pk=story.pk).state == State.DRAFT
    assert not Address.objects.exists()


def only_outermost(first: Callable[[], Any]) -> Callable[..., Any]:
    """Stands for `transaction.atomic`: the first one that is opened is another, the ones within it are as ever."""
    usual, opened = transaction.atomic, [0]

    def atomic(*args: Any, **kwargs: Any) -> Any:
        opened[0] += 1
        return first() if opened[0] == 1 else usual(*args, **kwargs)

    return atomic


def test_a_refused_publication_can_be_tried_again(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    story = newsroom.edit(newsroom.draft(), headline="", slug="slug")
    with monkeypatch.context() as without_checks:
        without_checks.setattr(checks, "ERRORS", ())
        with pytest.raises(Refused):
            publish_revision(newsroom.chief, story.latest_revision)
    published = newsroom.publish(newsroom.edit(story, headline="Mended"))
    assert published.address.endswith("/slug/")


def test_a_scheduled_publication_that_breaks_a_rule_publishes_nothing(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "ERRORS", ())
    story = newsroom.edit(newsroom.draft(), headline="", slug="slug")
    Revision.objects.filter(pk=story.latest_revision_id).update(approved_go_live_at=story.begun_at)
    Story.objects.filter(pk=story.pk).update(state=State.SCHEDULED)
    with pytest.raises((Refused, IntegrityError)), transaction.atomic():
        publish_what_is_due(story.pk)
    assert Story.objects.get(pk=story.pk).state == State.SCHEDULED
    assert not Address.objects.exists()


ROWS_THAT_NEVER_STAND = [
    {"live": True},
    {"state": "published"},
    {"state": "rumoured"},
    {"kind": "rumour"},
    {"live": True, "state": "published"},
    {"live": True, "state": "published", "address": "/world/x/"},
]


@pytest.mark.parametrize("change", ROWS_THAT_NEVER_STAND, ids=str)
def test_the_database_refuses_a_row_that_no_story_may_be(newsroom: Newsroom, change: dict[str, Any]) -> None:
    story = newsroom.draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(**change)


LIVE_ROWS_THAT_NEVER_STAND = [
    {"live": False},
    {"state": "withdrawn"},
    {"headline": ""},
    {"section": None},
    {"published_at": None},
    {"changed_at": None},
    {"address": ""},
]


@pytest.mark.parametrize("change", LIVE_ROWS_THAT_NEVER_STAND, ids=str)
def test_the_database_refuses_a_live_row_without_what_readers_need(newsroom: Newsroom, change: dict[str, Any]) -> None:
    story = newsroom.published()
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(**change)


CHECKED = [
    ({"headline": ""}, "The story has no headline."),
    ({"headline": " … "}, "The story has no headline."),
    ({"headline": "Cranes –"}, "The headline begins or ends with a separator."),
    ({"headline": "| Cranes"}, "The headline begins or ends with a separator."),
    ({"section": None}, "The story has no section."),
    ({"headline": "東"}, ""),
    ({"headline": "Cranes", "body": [], "standfirst": " "}, "The story has neither a standfirst nor a body."),
]


@pytest.mark.parametrize(("fields", "sentence"), CHECKED, ids=[str(fields) for fields, _ in CHECKED])
def test_what_is_not_ready_is_refused_with_its_sentence(
    newsroom: Newsroom, fields: dict[str, Any], sentence: str
) -> None:
    story = newsroom.edit(newsroom.draft(), **fields)
    if not sentence:
        assert newsroom.publish(story).state == State.PUBLISHED
        return
    with pytest.raises(Refused) as refusal:
        newsroom.publish(story)
    assert refusal.value.code == "story.not-ready"
    assert refusal.value.sentence == sentence or sentence in refusal.value.sentence
    assert Story.objects.get(pk=story.pk).state == State.DRAFT


def test_a_live_story_of_an_unknown_kind_is_refused(newsroom: Newsroom) -> None:
    with pytest.raises(Refused, match="The story has no kind"):
        newsroom.publish(newsroom.edit(newsroom.published(), kind="rumour"))


def test_every_reason_is_said_at_once(newsroom: Newsroom) -> None:
    story = newsroom.edit(newsroom.draft(), headline="", section=None, body=[])
    with pytest.raises(Refused) as refusal:
        newsroom.publish(story)
    assert refusal.value.sentence == (
        "The story has no headline. Write one. The story has no section. Choose one. "
        "No address can be made from the headline. Write a slug in letters a to z and digits. "
        "The story has neither a standfirst nor a body. Write one of the two."
    )
