"""An address is made at the first publication, never changes, and is never given to another story."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from broadsheet.editions.models import Edition
from broadsheet.foundation.clock import stopped_at
from broadsheet.foundation.refusals import Refused
from broadsheet.stories.actions import add_address, withdraw_story
from broadsheet.stories.models import Address, State, Story
from tests.factories import Newsroom

pytestmark = pytest.mark.database

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
FIRST = "/world/2026/11/23/port-to-stop-unloading-at-night/"


def execute(sql: str, *parameters: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def test_the_address_is_made_of_section_day_and_headline(newsroom: Newsroom) -> None:
    with stopped_at(NOON):
        assert newsroom.published().address == FIRST


def test_the_address_stays_when_headline_slug_section_and_day_change(newsroom: Newsroom) -> None:
    with stopped_at(NOON):
        story = newsroom.published()
    with stopped_at(NOON + timedelta(days=40)):
        edited = newsroom.edit(story, headline="Else", slug="else", section=newsroom.sections["culture"])
        again = newsroom.publish(edited)
    assert (again.address, again.slug, again.published_at) == (FIRST, "port-to-stop-unloading-at-night", NOON)
    assert list(again.addresses.values_list("path", flat=True)) == [FIRST]


DAYS = [
    ("Europe/Riga", datetime(2026, 11, 23, 21, 59, 59, tzinfo=UTC), "2026/11/23"),
    ("Europe/Riga", datetime(2026, 11, 23, 22, 0, 0, tzinfo=UTC), "2026/11/24"),
    ("Europe/Riga", datetime(2026, 7, 1, 20, 59, tzinfo=UTC), "2026/07/01"),
    ("Europe/Riga", datetime(2026, 7, 1, 21, 0, tzinfo=UTC), "2026/07/02"),
    ("America/New_York", datetime(2027, 1, 1, 4, 59, tzinfo=UTC), "2026/12/31"),
    ("Pacific/Kiritimati", datetime(2026, 12, 31, 10, 0, tzinfo=UTC), "2027/01/01"),
    ("UTC", datetime(2026, 11, 23, 23, 59, 59, 999999, tzinfo=UTC), "2026/11/23"),
]


@pytest.mark.parametrize(("zone", "moment", "day"), DAYS)
def test_the_day_is_that_of_the_editions_zone(newsroom: Newsroom, zone: str, moment: datetime, day: str) -> None:
    Edition.objects.filter(pk=newsroom.english.pk).update(zone=zone)
    with stopped_at(moment):
        assert newsroom.published().address == FIRST.replace("2026/11/23", day)


def test_a_second_story_of_the_day_gets_a_number(newsroom: Newsroom) -> None:
    with stopped_at(NOON):
        stories = [newsroom.published() for _ in range(3)]
        elsewhere = newsroom.published(section=newsroom.sections["culture"])
        russian = newsroom.published(edition=newsroom.russian)
    with stopped_at(NOON + timedelta(days=1)):
        tomorrow = newsroom.published()
    assert [story.address for story in stories] == [FIRST, f"{FIRST[:-1]}-2/", f"{FIRST[:-1]}-3/"]
    assert [story.slug for story in stories][1] == "port-to-stop-unloading-at-night-2"
    assert elsewhere.address == FIRST.replace("world", "culture")
    assert russian.address == FIRST
    assert tomorrow.address == FIRST.replace("/23/", "/24/")


def test_a_long_slug_keeps_room_for_its_number(newsroom: Newsroom) -> None:
    with stopped_at(NOON):
        stories = [newsroom.published(headline="word " * 40) for _ in range(2)]
    assert len(stories[0].slug) <= 80
    assert len(stories[1].slug) <= 80
    assert stories[1].slug.endswith("-2")
    assert stories[0].address != stories[1].address


def test_the_slug_of_the_desk_is_cleaned_like_a_headline(newsroom: Newsroom) -> None:
    assert newsroom.published(slug="Ночной порт / 2").slug == "nochnoy-port-2"


def test_a_withdrawn_storys_address_is_not_given_to_another(newsroom: Newsroom) -> None:
    with stopped_at(NOON):
        story = newsroom.published()
        withdraw_story(newsroom.chief, story.pk)
        other = newsroom.published()
    assert Story.objects.get(pk=story.pk).address == FIRST
    assert other.address == f"{FIRST[:-1]}-2/"
    assert Address.objects.get(path=FIRST).story_id == story.pk


def test_no_statement_changes_the_address_of_a_story(newsroom: Newsroom) -> None:
    story = newsroom.published()
    for wrong in ("", "/world/2026/11/23/other/"):
        with pytest.raises(IntegrityError, match="fixed at its first publication"):
            execute("UPDATE stories_story SET address = %s WHERE id = %s", wrong, story.pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            Story.objects.filter(pk=story.pk).update(address=wrong)
        story.address = wrong
        with pytest.raises(IntegrityError), transaction.atomic():
            story.save()
    withdraw_story(newsroom.chief, story.pk)
    with pytest.raises(IntegrityError, match="fixed at its first publication"):
        execute("UPDATE stories_story SET address = '' WHERE id = %s", story.pk)


def test_no_statement_changes_or_removes_an_address_that_was_given(newsroom: Newsroom) -> None:
    story, other = newsroom.published(), newsroom.published(headline="Another")
    never_changed, never_removed = "never changed or given to another", "never removed"
    with pytest.raises(IntegrityError, match=never_changed):
        execute("UPDATE stories_address SET path = '/x/' WHERE story_id = %s", story.pk)
    with pytest.raises(IntegrityError, match=never_changed):
        execute("UPDATE stories_address SET story_id = %s WHERE story_id = %s", other.pk, story.pk)
    with pytest.raises(IntegrityError, match=never_changed):
        execute("UPDATE stories_address SET edition_id = %s WHERE story_id = %s", newsroom.russian.pk, story.pk)
    with pytest.raises(IntegrityError, match=never_removed):
        execute("DELETE FROM stories_address WHERE story_id = %s", story.pk)
    with pytest.raises(IntegrityError, match=never_removed), transaction.atomic():
        Address.objects.filter(story=story).delete()
    execute("UPDATE stories_address SET added_at = %s WHERE story_id = %s", NOON, story.pk)
    assert Address.objects.filter(story=story, path=story.address).exists()


def test_a_story_that_moved_keeps_its_address_and_the_new_sections_leads_to_it(
    newsroom: Newsroom, reader: Client
) -> None:
    with stopped_at(NOON):
        story = newsroom.published()
        russian = newsroom.published(edition=newsroom.russian)
    newsroom.publish(newsroom.edit(story, section=newsroom.sections["culture"]))
    assert reader.get(FIRST).status_code == 200
    answer = reader.get(FIRST.replace("world", "culture"))
    assert (answer.status_code, answer["Location"]) == (301, FIRST)
    answer = reader.get("/ru" + FIRST.replace("world", "economy"))
    assert (answer.status_code, answer["Location"]) == (301, "/ru" + russian.address)
    assert reader.get(FIRST.replace("/23/", "/22/")).status_code == 404
    withdraw_story(newsroom.chief, story.pk)
    assert reader.get(FIRST.replace("world", "culture")).status_code == 404
    assert reader.get(FIRST).status_code == 410


def test_a_former_address_leads_to_the_story(newsroom: Newsroom, reader: Client) -> None:
    with stopped_at(NOON):
        story = newsroom.published()
    for path in ("/archive/2019/cranes/", "/world/2019/01/02/cranes/", "/a/b/c/d/e/", "/Case/Sensitive/"):
        add_address(newsroom.chief, story.pk, path)
        answer = reader.get(path)
        assert (answer.status_code, answer["Location"]) == (301, FIRST), path
        assert reader.get(f"/ru{path}").status_code == 404
    assert reader.get("/case/sensitive/").status_code == 404
    assert Story.objects.get(pk=story.pk).address == FIRST
    withdraw_story(newsroom.chief, story.pk)
    gone = reader.get("/archive/2019/cranes/")
    assert gone.status_code == 410
    assert "Location" not in gone


def test_a_former_address_is_reserved_for_its_story(newsroom: Newsroom) -> None:
    with stopped_at(NOON):
        story = newsroom.published(headline="Elsewhere")
        add_address(newsroom.chief, story.pk, FIRST)
        assert newsroom.published().address == f"{FIRST[:-1]}-2/"


def test_an_address_that_cannot_be_a_storys_is_refused(newsroom: Newsroom) -> None:
    story, other, draft = newsroom.published(), newsroom.published(headline="Another"), newsroom.draft()
    refused = {
        "": "story.address",
        "archive/": "story.address",
        "/archive/cranes": "story.address",
        "/" + "a" * 260 + "/": "story.address",
        other.address: "story.address-taken",
    }
    for path, code in refused.items():
        with pytest.raises(Refused) as refusal:
            add_address(newsroom.chief, story.pk, path)
        assert refusal.value.code == code, path
    with pytest.raises(Refused):
        add_address(newsroom.chief, draft.pk, "/archive/cranes/")
    add_address(newsroom.chief, story.pk, story.address)
    assert Address.objects.count() == 2


def test_a_draft_has_no_address(newsroom: Newsroom) -> None:
    story = newsroom.draft(slug="a-slug")
    assert (story.state, story.address) == (State.DRAFT, "")
    assert not Address.objects.exists()
