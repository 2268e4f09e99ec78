"""What a story names is a row: "used in" is right after each act, and nothing that is used is deleted."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from broadsheet.foundation.clock import stopped_at
from broadsheet.foundation.refusals import Refused
from broadsheet.mediabank.actions import delete_picture
from broadsheet.mediabank.models import Picture, PictureUse
from broadsheet.people.actions import delete_person
from broadsheet.people.models import Person, PersonUse
from broadsheet.stories.actions import (
    KEPT,
    delete_story,
    forget_deleted_story,
    publish_revision,
    publish_what_is_due,
    unschedule_story,
    withdraw_story,
)
from broadsheet.stories.models import Byline, Story, StoryReference
from tests.factories import Newsroom, make_person, make_picture

pytestmark = pytest.mark.database

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 14, tzinfo=UTC)
Fields = dict[str, Any]


def uses(picture: Picture) -> dict[int, tuple[bool, str, str]]:
    rows = PictureUse.objects.filter(picture=picture, used_by="story")
    return {row.used_by_id: (row.is_public, row.title, row.address) for row in rows}


def named(story: Story) -> tuple[set[int], set[int], set[int]]:
    """Ids of the pictures, people and stories that a story is recorded to name."""
    which = {"used_by": "story", "used_by_id": story.pk}
    return (
        set(PictureUse.objects.filter(**which).values_list("picture_id", flat=True)),
        set(PersonUse.objects.filter(**which).values_list("person_id", flat=True)),
        set(StoryReference.objects.filter(story=story).values_list("target_id", flat=True)),
    )


def used_on_page(reader: Client, picture: Picture) -> list[str]:
    page = reader.get(picture.address)
    if page.status_code == 404:
        return []
    return re.findall(r'<li><a href="(/world/[0-9][^"]+)">', page.content.decode())


WAYS_TO_SHOW_A_PICTURE: dict[str, Callable[[Picture], Fields]] = {
    "as lead": lambda picture: {"lead_picture": picture},
    "in the body": lambda picture: {"body": [("picture", {"picture": picture, "caption": ""})]},
    "in a gallery": lambda picture: {"body": [("gallery", {"pictures": [{"picture": picture, "caption": ""}]})]},
    "as a poster": lambda picture: {
        "body": [("video", {"title": "x", "address": "https://player.vimeo.com/1", "poster": picture})]
    },
}
NOTHING: Fields = {"lead_picture": None, "body": [("paragraph", "<p>Nothing.</p>")], "bylines": []}


@pytest.mark.parametrize("way", WAYS_TO_SHOW_A_PICTURE)
def test_a_picture_is_used_from_the_draft_on_and_public_when_published(
    newsroom: Newsroom, reader: Client, way: str
) -> None:
    picture = make_picture(newsroom.chief, "one")
    story = newsroom.draft(**WAYS_TO_SHOW_A_PICTURE[way](picture))
    assert uses(picture) == {story.pk: (False, "", "")}
    assert reader.get(picture.address).status_code == 404

    story = newsroom.publish(story)
    assert uses(picture) == {story.pk: (True, story.headline, story.address)}
    assert used_on_page(reader, picture) == [story.address]

    newsroom.edit(story, **NOTHING, headline="Not yet")
    assert uses(picture) == {story.pk: (True, story.headline, story.address)}
    assert used_on_page(reader, picture) == [story.address]

    newsroom.publish(Story.objects.get(pk=story.pk))
    assert uses(picture) == {}
    assert reader.get(picture.address).status_code == 404
    delete_picture(newsroom.chief, picture.pk)


def test_a_new_headline_arrives_at_the_pictures_page_when_it_is_published(newsroom: Newsroom, reader: Client) -> None:
    story = newsroom.published(lead_picture=newsroom.picture)
    edited = newsroom.edit(story, headline="A new headline")
    assert "A new headline" not in reader.get(newsroom.picture.address).content.decode()
    newsroom.publish(edited)
    assert "A new headline" in reader.get(newsroom.picture.address).content.decode()


def test_a_picture_in_the_draft_of_a_live_story_is_used_and_not_public(newsroom: Newsroom, reader: Client) -> None:
    story = newsroom.published(lead_picture=newsroom.picture)
    second = make_picture(newsroom.chief, "second")
    newsroom.edit(story, body=[("picture", {"picture": second, "caption": ""})])
    assert uses(second) == {story.pk: (False, "", "")}
    assert uses(newsroom.picture) == {story.pk: (True, story.headline, story.address)}
    assert reader.get(second.address).status_code == 404
    with pytest.raises(Refused, match="stands in a story and is not deleted"):
        delete_picture(newsroom.chief, second.pk)


def test_withdrawing_takes_a_picture_from_readers_and_not_from_the_story(newsroom: Newsroom, reader: Client) -> None:
    story = newsroom.published(lead_picture=newsroom.picture)
    withdraw_story(newsroom.chief, story.pk)
    assert uses(newsroom.picture) == {story.pk: (False, "", "")}
    assert reader.get(newsroom.picture.address).status_code == 404
    newsroom.publish(Story.objects.get(pk=story.pk))
    assert used_on_page(reader, newsroom.picture) == [story.address]


def everything(newsroom: Newsroom) -> tuple[Picture, Picture, Person, Person, Story, Fields]:
    """Two pictures, a writer, a speaker and a story; and fields that name them all."""
    lead, inside = make_picture(newsroom.chief, "lead"), make_picture(newsroom.chief, "inside")
    writer = make_person(newsroom.chief, "w-w", "W W", "В В", writes=True)
    speaker = make_person(newsroom.chief, "s-s", "S S", "С С", writes=False)
    related = newsroom.draft(headline="Related")
    body = [
        ("picture", {"picture": inside, "caption": ""}),
        ("quote", {"text": "Said.", "speaker": speaker}),
        ("related", related),
    ]
    return lead, inside, writer, speaker, related, {
        "lead_picture": lead, "bylines": [Byline(person=writer)], "body": body,
    }  # fmt: skip


def assert_kept(newsroom: Newsroom, story: Story, parts: tuple[Picture, Picture, Person, Person, Story]) -> None:
    lead, inside, writer, speaker, related = parts
    pictures, people, stories = named(story)
    assert {lead.pk, inside.pk} <= pictures
    assert {writer.pk, speaker.pk} <= people
    assert related.pk in stories
    for picture in (lead, inside):
        with pytest.raises(Refused) as refusal:
            delete_picture(newsroom.chief, picture.pk)
        assert refusal.value.sentence == "The picture stands in a story and is not deleted."
    for person in (writer, speaker):
        with pytest.raises(Refused) as refusal:
            delete_person(newsroom.chief, person.pk)
        assert refusal.value.sentence == "The person writes or speaks in a story and is not deleted."
    with pytest.raises(Refused) as refusal:
        delete_story(newsroom.chief, related.pk)
    assert refusal.value.sentence == "Other stories show a card of this one."


def assert_free(newsroom: Newsroom, parts: tuple[Picture, Picture, Person, Person, Story]) -> None:
    lead, inside, writer, speaker, related = parts
    for picture in (lead, inside):
        delete_picture(newsroom.chief, picture.pk)
    for person in (writer, speaker):
        delete_person(newsroom.chief, person.pk)
    delete_story(newsroom.chief, related.pk)


def as_it_stands(story: Story) -> Story:
    """The story as it stands now."""
    now: Story = Story.objects.get(pk=story.pk)
    return now


def in_a_draft(newsroom: Newsroom, fields: Fields) -> Story:
    return newsroom.edit(newsroom.draft(), **fields)


def in_public(newsroom: Newsroom, fields: Fields) -> Story:
    return newsroom.publish(in_a_draft(newsroom, fields))


def in_public_though_no_longer_in_the_draft(newsroom: Newsroom, fields: Fields) -> Story:
    return newsroom.edit(in_public(newsroom, fields), **NOTHING)


def in_the_draft_of_a_live_story(newsroom: Newsroom, fields: Fields) -> Story:
    return newsroom.edit(newsroom.published(), **fields)


def in_a_draft_behind_an_older_revision(newsroom: Newsroom, fields: Fields) -> Story:
    story = newsroom.draft()
    first = story.latest_revision
    newsroom.edit(story, **fields)
    publish_revision(newsroom.chief, first)
    return as_it_stands(story)


def in_the_unpublished_edits_of_a_withdrawn_story(newsroom: Newsroom, fields: Fields) -> Story:
    story = in_the_draft_of_a_live_story(newsroom, fields)
    withdraw_story(newsroom.chief, story.pk)
    return as_it_stands(story)


def in_a_scheduled_revision_that_is_no_longer_the_draft(newsroom: Newsroom, fields: Fields) -> Story:
    story = newsroom.publish(newsroom.draft(go_live_at=LATER))
    scheduled = newsroom.publish(newsroom.edit(story, **fields))
    return newsroom.edit(scheduled, **NOTHING)


def in_a_scheduled_change_that_is_no_longer_the_draft(newsroom: Newsroom, fields: Fields) -> Story:
    scheduled = newsroom.publish(newsroom.edit(newsroom.published(), **fields, go_live_at=LATER))
    return newsroom.edit(scheduled, **NOTHING)


PLACES = [
    in_a_draft,
    in_public,
    in_public_though_no_longer_in_the_draft,
    in_the_draft_of_a_live_story,
    in_a_draft_behind_an_older_revision,
    in_the_unpublished_edits_of_a_withdrawn_story,
    in_a_scheduled_revision_that_is_no_longer_the_draft,
    in_a_scheduled_change_that_is_no_longer_the_draft,
]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_nothing_is_deleted_that_stands(newsroom: Newsroom, place: Callable[[Newsroom, Fields], Story]) -> None:
    *parts, fields = everything(newsroom)
    with stopped_at(NOON):
        story = place(newsroom, fields)
        assert_kept(newsroom, story, parts)  # type: ignore[arg-type]


def test_what_was_scheduled_comes_whole(newsroom: Newsroom, reader: Client) -> None:
    *parts, fields = everything(newsroom)
    lead = Picture.objects.get(title="lead")
    with stopped_at(NOON):
        story = in_a_scheduled_change_that_is_no_longer_the_draft(newsroom, fields)
    with stopped_at(LATER):
        assert publish_what_is_due(story.pk)
        assert used_on_page(reader, lead) == [story.address]
        assert_kept(newsroom, story, parts)  # type: ignore[arg-type]


def test_a_schedule_that_is_taken_back_frees_what_only_it_named(newsroom: Newsroom) -> None:
    *parts, fields = everything(newsroom)
    with stopped_at(NOON):
        story = in_a_scheduled_change_that_is_no_longer_the_draft(newsroom, fields)
        unschedule_story(newsroom.chief, story.pk)
    assert_free(newsroom, parts)  # type: ignore[arg-type]


def test_a_deleted_draft_keeps_what_it_named_and_frees_it_when_it_is_forgotten(newsroom: Newsroom) -> None:
    *parts, fields = everything(newsroom)
    story = in_a_draft(newsroom, fields)
    with stopped_at(NOON):
        delete_story(newsroom.chief, story.pk)
        assert_kept(newsroom, story, parts)  # type: ignore[arg-type]
    with stopped_at(NOON + KEPT):
        assert forget_deleted_story(story.pk)
    assert_free(newsroom, parts)  # type: ignore[arg-type]
    assert not PictureUse.objects.filter(used_by_id=story.pk).exists()
    assert not PersonUse.objects.filter(used_by_id=story.pk).exists()


def test_taking_everything_out_of_a_draft_frees_it(newsroom: Newsroom) -> None:
    *parts, fields = everything(newsroom)
    newsroom.edit(in_a_draft(newsroom, fields), **NOTHING)
    assert_free(newsroom, parts)  # type: ignore[arg-type]


def test_a_card_of_an_unpublished_story_appears_when_that_is_published(newsroom: Newsroom, reader: Client) -> None:
    related = newsroom.draft(headline="Related and unpublished")
    story = newsroom.published(body=[("paragraph", "<p>Text.</p>"), ("related", related)])
    assert "Related and unpublished" not in reader.get(story.address).content.decode()
    newsroom.publish(related)
    assert "Related and unpublished" in reader.get(story.address).content.decode()


def test_a_story_that_names_itself_or_one_of_another_edition_shows_no_card(newsroom: Newsroom, reader: Client) -> None:
    russian = newsroom.published(edition=newsroom.russian, headline="Порт встаёт")
    story = newsroom.draft()
    story = newsroom.edit(story, body=[("paragraph", "<p>Text.</p>"), ("related", story), ("related", russian)])
    story = newsroom.publish(story)
    assert named(story)[2] == {russian.pk}
    assert "Порт встаёт" not in reader.get(story.address).content.decode()
