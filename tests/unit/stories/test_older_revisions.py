"""An older revision brings back its own text, and nothing of what belongs to the story as a whole."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from broadsheet.editions.actions import delete_named
from broadsheet.foundation.clock import stopped_at
from broadsheet.mediabank.actions import delete_picture
from broadsheet.people.actions import delete_person
from broadsheet.stories.actions import link_counterpart, publish_revision, withdraw_story
from broadsheet.stories.models import Byline, State, Story
from tests.factories import Newsroom, make_person, make_picture

pytestmark = pytest.mark.database

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
# What belongs to the story as a whole; written by hand, so that nothing goes from the program's own list unseen.
THE_STORYS = (
    "edition_id", "state", "live", "address", "slug", "published_at", "first_published_at", "counterpart_key",
    "begun_by_id", "begun_at", "locked", "locked_by_id",
)  # fmt: skip


def kept(story: Story) -> dict[str, object]:
    return {name: getattr(story, name) for name in THE_STORYS}


def test_an_older_revision_keeps_what_is_the_storys_and_brings_its_own_text(newsroom: Newsroom, reader: Client) -> None:
    with stopped_at(NOON):
        story = newsroom.published(standfirst="As it was.", topics=[newsroom.topic])
    first = story.latest_revision
    with stopped_at(NOON + timedelta(hours=1)):
        later = newsroom.publish(
            newsroom.edit(
                story,
                headline="Quite another headline",
                standfirst="",
                slug="another-slug",
                topics=[],
                lead_picture=newsroom.picture,
                section=newsroom.sections["culture"],
                body=[("paragraph", "<p>New text.</p>")],
            )
        )
    twin = newsroom.published(edition=newsroom.russian, headline="Порт встаёт на ночь")
    link_counterpart(newsroom.chief, story.pk, twin.pk)
    before = kept(Story.objects.get(pk=story.pk))
    assert before["slug"] == "port-to-stop-unloading-at-night"
    assert before["counterpart_key"] == twin.counterpart_key

    with stopped_at(NOON + timedelta(hours=2)):
        publish_revision(newsroom.chief, first)
    again = Story.objects.get(pk=story.pk)
    assert kept(again) == before
    assert again.changed_at == NOON + timedelta(hours=2)
    assert later.changed_at == NOON + timedelta(hours=1)
    assert (again.headline, again.standfirst) == ("Port to stop unloading at night", "As it was.")
    assert again.lead_picture is None
    assert again.section == newsroom.sections["world"]
    assert list(again.topics.all()) == [newsroom.topic]
    assert again.has_unpublished_changes
    html = reader.get(again.address).content.decode()
    assert "The cranes stand still at night." in html
    assert "New text." not in html
    assert again.addresses.count() == 1


def test_an_older_revision_of_a_withdrawn_story_comes_back_to_its_address(newsroom: Newsroom, reader: Client) -> None:
    story = newsroom.published()
    first = story.latest_revision
    newsroom.publish(newsroom.edit(story, headline="Another"))
    withdraw_story(newsroom.chief, story.pk)
    publish_revision(newsroom.chief, first)
    again = Story.objects.get(pk=story.pk)
    assert (again.state, again.address, again.published_at) == (State.PUBLISHED, story.address, story.published_at)
    assert reader.get(story.address).status_code == 200


def test_a_revision_from_before_the_first_publication_does_not_take_the_address_away(newsroom: Newsroom) -> None:
    story = newsroom.draft(slug="first-thought")
    first = story.latest_revision
    published = newsroom.publish(newsroom.edit(story, slug="second-thought"))
    assert published.address.endswith("/second-thought/")
    publish_revision(newsroom.chief, first)
    again = Story.objects.get(pk=story.pk)
    assert (again.address, again.slug, again.published_at) == (
        published.address,
        "second-thought",
        published.published_at,
    )


def test_a_revision_saved_under_another_edition_stays_in_the_storys_edition(newsroom: Newsroom) -> None:
    story = newsroom.draft(edition=newsroom.russian)
    first = story.latest_revision
    newsroom.publish(newsroom.edit(story, edition=newsroom.english))
    publish_revision(newsroom.chief, first)
    assert Story.objects.get(pk=story.pk).edition == newsroom.english


def test_a_revision_is_published_though_what_it_names_was_deleted_since(newsroom: Newsroom, reader: Client) -> None:
    picture = make_picture(newsroom.chief, "gone")
    person = make_person(newsroom.chief, "gone-too", "Gone Too", "Ушёл", writes=True)
    topic = newsroom.topic
    story = newsroom.published(
        lead_picture=picture,
        bylines=[newsroom.writer, person],
        topics=[topic],
        body=[
            ("picture", {"picture": picture, "caption": "A caption"}),
            ("quote", {"text": "We shall not sleep.", "speaker": person}),
        ],
    )
    first = story.latest_revision
    newsroom.publish(
        newsroom.edit(
            story,
            lead_picture=None,
            bylines=[Byline(person=newsroom.writer)],
            topics=[],
            body=[("paragraph", "<p>All gone.</p>")],
        )
    )
    delete_picture(newsroom.chief, picture.pk)
    delete_person(newsroom.chief, person.pk)
    delete_named(newsroom.chief, topic)

    publish_revision(newsroom.chief, first)
    again = Story.objects.get(pk=story.pk)
    assert again.lead_picture is None
    assert list(again.bylines.values_list("person_id", flat=True)) == [newsroom.writer.pk]
    html = reader.get(again.address).content.decode()
    assert "We shall not sleep." in html
    assert "A caption" not in html


def test_a_revision_whose_section_was_deleted_is_refused_with_a_sentence(newsroom: Newsroom) -> None:
    from broadsheet.foundation.refusals import Refused

    story = newsroom.draft(section=newsroom.sections["culture"])
    first = story.latest_revision
    newsroom.publish(newsroom.edit(story, section=newsroom.sections["world"]))
    delete_named(newsroom.chief, newsroom.sections["culture"])
    with pytest.raises(Refused, match="no section"):
        publish_revision(newsroom.chief, first)
    assert Story.objects.get(pk=story.pk).section == newsroom.sections["world"]


def test_which_revision_readers_see_is_the_rows_whatever_a_content_says(newsroom: Newsroom) -> None:
    story = newsroom.published()
    first = story.latest_revision
    story = newsroom.publish(newsroom.edit(story, headline="Later"))
    assert story.with_content_json(first.content).live_revision_id == story.latest_revision_id
    withdraw_story(newsroom.chief, story.pk)
    withdrawn = Story.objects.get(pk=story.pk)
    content = {**first.content, "live_revision": first.pk, "begun_by": 10**9, "locked_by": 10**9}
    version = withdrawn.with_content_json(content)
    assert (version.live_revision_id, version.begun_by_id, version.locked_by_id) == (None, story.begun_by_id, None)


def test_a_version_looks_each_key_up_once(newsroom: Newsroom, django_assert_num_queries: Any) -> None:
    """Section, picture, topics and writers, each once; nothing for what belongs to the story as a whole."""
    draft = newsroom.draft(lead_picture=newsroom.picture, topics=[newsroom.topic])
    story = Story.objects.select_related("latest_revision").get(pk=draft.pk)
    with django_assert_num_queries(5):
        story.with_content_json(story.latest_revision.content)
