"""What readers may not see is in no public byte: every text of a story, in every state, at every address."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import resolve

from broadsheet.foundation.clock import stopped_at
from broadsheet.fronts.actions import arrange_front
from broadsheet.fronts.models import BreakingLine
from broadsheet.fronts.plans import ContainerPlan, PinPlan
from broadsheet.mediabank.models import Film
from broadsheet.newsfeed.actions import withdraw_brief
from broadsheet.stories.actions import add_address, withdraw_story
from broadsheet.stories.models import State, Story
from tests.factories import Newsroom, make_film
from tests.unit.stories.canary import (
    CANARY,
    PERSON,
    every_answer,
    first_addresses,
    kinds_of_address,
    secret_brief,
    secret_fields,
    secret_person,
    secret_picture,
)

pytestmark = pytest.mark.database

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TOMORROW = NOON + timedelta(days=1)
Make = Callable[[Newsroom, dict[str, Any]], Story]


def withdrawn(newsroom: Newsroom, fields: dict[str, Any]) -> Story:
    story = newsroom.published(**fields)
    add_address(newsroom.chief, story.pk, "/archive/former/")
    withdraw_story(newsroom.chief, story.pk)
    now: Story = Story.objects.get(pk=story.pk)
    return now


def with_unpublished_edits(newsroom: Newsroom, fields: dict[str, Any]) -> Story:
    story = newsroom.published(
        headline="What readers know",
        lead_picture=newsroom.picture,
        body=[("quote", {"text": "We sleep.", "speaker": newsroom.speaker})],
    )
    return newsroom.edit(story, **fields)


def with_a_scheduled_change(newsroom: Newsroom, fields: dict[str, Any]) -> Story:
    return newsroom.publish(newsroom.edit(with_unpublished_edits(newsroom, {}), **fields, go_live_at=TOMORROW))


def with_text_of_a_newer_revision(newsroom: Newsroom, fields: dict[str, Any]) -> Story:
    story = with_unpublished_edits(newsroom, fields)
    story.latest_revision = story.live_revision
    return newsroom.publish(story)


INVISIBLE: dict[str, tuple[State, Make]] = {
    "a draft": (State.DRAFT, lambda newsroom, fields: newsroom.draft(**fields)),
    "a scheduled story": (
        State.SCHEDULED,
        lambda newsroom, fields: newsroom.publish(newsroom.draft(**fields, go_live_at=TOMORROW)),
    ),
    "an embargoed story": (
        State.EMBARGOED,
        lambda newsroom, fields: newsroom.publish(newsroom.draft(**fields, embargo_until=TOMORROW)),
    ),
    "a withdrawn story": (State.WITHDRAWN, withdrawn),
    "the unpublished edits of a live story": (State.PUBLISHED, with_unpublished_edits),
    "a scheduled change of a live story": (State.PUBLISHED, with_a_scheduled_change),
    "the draft behind an older revision": (State.PUBLISHED, with_text_of_a_newer_revision),
}


def make_invisible(newsroom: Newsroom, name: str) -> tuple[Story, dict[str, bytes]]:
    """A story that readers may not see beside one that they may; and all that they can be sent."""
    state, make = INVISIBLE[name]
    with stopped_at(NOON):
        related = newsroom.draft(headline=f"{CANARY} related")
        newsroom.published(
            headline="A story beside it",
            topics=[newsroom.topic],
            lead_picture=newsroom.picture,
            body=[("paragraph", "<p>Beside.</p>"), ("related", related)],
        )
        picture = secret_picture(newsroom)
        withdraw_brief(newsroom.chief, secret_brief(newsroom, picture).pk)
        fields = secret_fields(newsroom, picture, secret_person(newsroom))
        fields["body"] = [*fields["body"], ("related", related)]
        story = make(newsroom, {**fields, "topics": [newsroom.topic], "section": newsroom.sections["culture"]})
        assert story.state == state
        assert CANARY in story.get_latest_revision().content["headline"]
        put_on_fronts(newsroom, story)
        return story, every_answer([*first_addresses(newsroom, NOON), "/archive/former/"])


def put_on_fronts(newsroom: Newsroom, story: Story) -> None:
    """Pin it on every front of its edition, and let lines lead to it or be over."""
    for section in (None, *newsroom.sections.values()):
        own = {"rule": "section", "section_id": section.pk} if section else {"rule": "edition"}
        plan = (ContainerPlan(look="lead", most=4, pins=(PinPlan(story.pk),), **own),)
        arrange_front(newsroom.chief, story.edition_id, section.pk if section else None, plan, version=0)
    fields = {"text": f"{CANARY} line", "set_at": NOON}
    BreakingLine.objects.create(edition=newsroom.russian, until=NOON, **fields)
    if story.state != State.PUBLISHED:
        BreakingLine.objects.create(edition=newsroom.english, until=TOMORROW, story=story, **fields)


def assert_nowhere(word: str, answers: dict[str, bytes]) -> None:
    leaks = {address: body[max(0, body.lower().find(word.encode()) - 60) :][:160] for address, body in answers.items()
             if word.encode() in body.lower()}  # fmt: skip
    assert not leaks


@pytest.mark.parametrize("name", INVISIBLE)
def test_no_public_byte_tells_of(newsroom: Newsroom, name: str) -> None:
    story, answers = make_invisible(newsroom, name)
    assert b"A story beside it" in answers["/"]
    assert_nowhere(CANARY, answers)
    if story.state != State.PUBLISHED:
        assert all(not answers[address].startswith(b"200") for address in answers if CANARY in address)


def test_what_is_published_is_found_where_the_canary_was_sought(newsroom: Newsroom) -> None:
    """The other side of the test above: it looks where a leak would show."""
    with stopped_at(NOON):
        picture, person = secret_picture(newsroom), secret_person(newsroom)
        fields = secret_fields(newsroom, picture, person)
        topics = [newsroom.topic]
        story = newsroom.published(**fields, topics=topics, section=newsroom.sections["culture"])
        brief = secret_brief(newsroom, picture)
        answers = every_answer(first_addresses(newsroom, NOON))
        film = Film.objects.get()
    told = {address for address, body in answers.items() if CANARY.encode() in body.lower()}
    assert told >= {
        "/", "/rss.xml", "/culture/", "/culture/rss.xml", "/topics/the-port/", "/people/ann-writer/", "/sitemap.xml",
        "/search/?q=paragraph", "/search/?q=headline",
        "/newsfeed/", "/2026/11/23/", brief.address,
        f"/media/{film.file.name}", *(f"/media/{captions.file.name}" for captions in film.captions.all()),
        story.address, f"/mediabank/{picture.pk}/{picture.slug}/", f"/ru/mediabank/{picture.pk}/{picture.slug}/",
    }  # fmt: skip
    page = answers[story.address].decode()
    for place in (
        "headline", "standfirst", "dateline", "lead_caption", "paragraph", "subhead", "quote", "role", "place",
        "caption in story", "gallery", "video", "box", "box text", "timeline", "entry", "table", "embed", "creator",
        "agency", "licence", "alt en", "video", "film en", "description en",
        "film creator", "film agency", "film licence",
    ):  # fmt: skip
        assert f"{CANARY} {place}" in page, place
    assert f"{CANARY} card_headline" in answers["/"].decode()
    assert f"{CANARY} brief" in answers["/newsfeed/"].decode()


def test_every_kind_of_public_address_is_asked(newsroom: Newsroom) -> None:
    with stopped_at(NOON):
        body = [("video", {"film": make_film(newsroom.chief, newsroom.picture)})]
        newsroom.published(lead_picture=newsroom.picture, topics=[newsroom.topic], body=body)
        secret_brief(newsroom, newsroom.picture)
        answers = every_answer(first_addresses(newsroom, NOON))
    asked = {resolve(address.partition("?")[0]).url_name for address in answers}
    assert kinds_of_address() <= asked


def test_a_picture_that_stands_only_in_a_draft_has_no_page(newsroom: Newsroom) -> None:
    picture = secret_picture(newsroom)
    newsroom.draft(lead_picture=picture)
    answers = every_answer([picture.address, f"/ru{picture.address}", f"/mediabank/{picture.pk}/x/"])
    assert {answers[address][:3] for address in (picture.address, f"/ru{picture.address}")} == {b"404"}
    assert_nowhere(CANARY, answers)


@pytest.mark.parametrize("name", INVISIBLE)
def test_a_person_of_whom_readers_have_not_heard_has_no_page(newsroom: Newsroom, name: str) -> None:
    _story, answers = make_invisible(newsroom, name)
    assert answers[f"/people/{PERSON}-person/"].startswith(b"404")
    assert_nowhere(PERSON, answers)
