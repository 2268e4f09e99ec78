"""Links before publishing: the own site's are looked up in the database, others in what a job found out."""

import pytest
from django.conf import settings as site

from broadsheet.foundation.clock import now
from broadsheet.proofreading.addresses import hash_of
from broadsheet.proofreading.models import Link, Trouble
from broadsheet.stories.actions import withdraw_story
from broadsheet.stories.checks.links import links_elsewhere, links_lead_somewhere, own_trouble
from broadsheet.stories.checks.texts import blocks_of
from broadsheet.stories.models import Story
from tests.factories import Newsroom
from tests.unit.stories.checks.looking import found, paragraph, story_of

pytestmark = pytest.mark.database
GONE = "there is no such page any more"


def linking(newsroom: Newsroom, address: str) -> Story:
    return story_of(newsroom, body=[paragraph(f'See <a href="{address}">this</a>.')])


def test_an_address_of_the_own_site_is_looked_up_in_the_database(newsroom: Newsroom) -> None:
    story = newsroom.published(topics=[newsroom.topic])
    there = [
        "/", "/world/", "/world", "/topics/the-port/", "/people/ann-writer/", "/search/?q=a", "/newsfeed/",
        f"/mediabank/{newsroom.picture.pk}/{newsroom.picture.slug}/", story.address, f"{story.address}#part",
        story.address.rstrip("/"), story.address.replace("/world/", "/economy/"), site.SITE_URL,
        f"{site.SITE_URL}{story.address}", "/ru/", "/ru/world/", "/world/rss.xml",
    ]  # fmt: skip
    gone = [
        "/nowhere/", "/nowhere/at/all/", "/topics/nothing/", "/people/nobody/", "/mediabank/999999/a/",
        "/world/2020/01/01/never/", f"{site.SITE_URL}/nowhere/", f"/ru{story.address}", "/de/world/",
    ]  # fmt: skip
    trouble = {address: own_trouble(address, newsroom.english.pk) for address in (*there, *gone)}
    assert trouble == dict.fromkeys(there, "") | dict.fromkeys(gone, GONE)


def test_a_story_that_was_withdrawn_is_a_dead_link(newsroom: Newsroom) -> None:
    story = newsroom.published()
    withdraw_story(newsroom.chief, story.pk)
    assert own_trouble(story.address, newsroom.english.pk) == GONE


def test_what_is_no_page_is_left_alone(newsroom: Newsroom) -> None:
    for address in ("mailto:desk@example.org", "tel:+1", "#part", "https://example.org/a", "http://[", "", "a b"):
        assert own_trouble(address, newsroom.english.pk) == ""


def test_a_dead_link_is_told_of_once_with_what_is_wrong_with_it(newsroom: Newsroom) -> None:
    address = "https://example.org/gone?a=1&b=2"
    story = story_of(
        newsroom,
        body=[paragraph('A <a href="https://example.org/gone?a=1&amp;b=2#x">b</a>.'), paragraph("No link.")],
    )
    assert found(links_lead_somewhere, story) == []
    link = Link.objects.create(hash=hash_of(address), address=address, asked_at=now(), trouble=Trouble.NOT_FOUND)
    (warning,) = found(links_lead_somewhere, story)
    assert warning.sentence == f"The link to {address}#x is dead: {GONE}."
    assert (warning.code, warning.place) == ("dead-link", story.body[0].id)
    Link.objects.filter(pk=link.pk).update(trouble="")
    assert found(links_lead_somewhere, story) == []


def test_a_dead_address_of_the_own_site_needs_no_visit(newsroom: Newsroom) -> None:
    (warning,) = found(links_lead_somewhere, linking(newsroom, "/nowhere/"))
    assert warning.sentence == f"The link to /nowhere/ is dead: {GONE}."


def test_only_other_sites_are_visited(newsroom: Newsroom) -> None:
    texts = [
        f'<a href="{a}">x</a>' for a in ("/world/", site.SITE_URL + "/x/", "https://example.org/a", "mailto:a@b.c")
    ]
    story = story_of(newsroom, body=[paragraph(text) for text in [*texts, texts[2]]])
    assert links_elsewhere(blocks_of(list(story.body.get_prep_value()))) == ["https://example.org/a"]


def test_a_save_asks_for_a_visit_of_its_links(newsroom: Newsroom) -> None:
    newsroom.draft(body=[paragraph('See <a href="https://example.org/a">this</a> and <a href="/world/">that</a>.')])
    assert list(Link.objects.values_list("address", flat=True)) == ["https://example.org/a"]
