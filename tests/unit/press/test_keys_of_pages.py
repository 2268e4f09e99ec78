"""Every page names keys, each of a declared kind; and each table that a page reads has a kind of key."""

import re

import pytest

from broadsheet.fronts.models import Front, Pin
from broadsheet.press.keys import declared_keys, undeclared
from tests.factories import Newsroom
from tests.unit.press.every_page import get, make_pages, tables_that_are_read

pytestmark = pytest.mark.database

# Pages that depend on no row: what they say is the same whatever is written.
WITHOUT_KEYS = {"media", "robots"}


def test_every_key_that_a_page_names_is_of_a_declared_kind(newsroom: Newsroom) -> None:
    names: set[str] = set()
    for kind, path in make_pages(newsroom).items():
        keys = get(path).press_keys
        assert keys or kind in WITHOUT_KEYS, kind
        names |= keys
    assert undeclared(names) == []


def test_every_table_that_a_page_reads_has_a_kind_of_key(newsroom: Newsroom) -> None:
    pages = make_pages(newsroom)
    with tables_that_are_read() as tables:
        for path in pages.values():
            get(path)
    assert tables >= {
        "stories_story",
        "stories_listing",
        "editions_edition",
        "mediabank_pictureuse",
        "people_persontext",
    }
    assert tables <= {key.on._meta.db_table for key in declared_keys()}


def test_every_declared_kind_of_key_is_named_by_some_page(newsroom: Newsroom) -> None:
    named = set().union(*(get(path).press_keys for path in make_pages(newsroom).values()))
    assert [key.pattern for key in declared_keys() if not any(key.matches(name) for name in named)] == []


@pytest.mark.parametrize("key", declared_keys(), ids=lambda key: f"{key.pattern} on {key.on.__name__}")
def test_a_kind_of_key_speaks_of_columns_that_its_table_has(key: object) -> None:
    from broadsheet.press.keys import Key

    assert isinstance(key, Key)
    columns = {field.column for field in key.on._meta.concrete_fields}
    assert set(key.columns) <= columns
    assert set(re.findall(r"\{([a-z_]+)\}", key.pattern)) <= columns


def test_a_story_names_all_that_it_shows(newsroom: Newsroom) -> None:
    pages = make_pages(newsroom)
    keys = get(pages["en story"]).press_keys
    from broadsheet.mediabank.models import Film
    from broadsheet.stories.models import Story

    story = Story.objects.get(address=pages["en story"], edition=newsroom.english)
    related = story.references.get().target
    beside = {key for key in keys if key.startswith(("newsfeed:", "brief:", "card:"))} - {f"card:{related.pk}"}
    assert {key.partition(":")[0] for key in beside} == {"newsfeed", "brief", "card"}
    assert keys - beside == {
        "editions",
        "sections",
        "topics",
        "standing-pages",
        f"address:{newsroom.english.pk}:{story.address}",
        f"story:{story.pk}",
        f"list:section:{story.section_id}:{newsroom.english.pk}",
        f"list:edition:{newsroom.english.pk}:{newsroom.english.pk}",
        f"card:{related.pk}",
        f"counterparts:{story.counterpart_key.hex}",
        f"film:{Film.objects.get().pk}",
        f"picture:{newsroom.picture.pk}",
        f"person:{newsroom.writer.pk}",
        f"person:{newsroom.speaker.pk}",
    }  # fmt: skip


def test_a_list_names_itself_and_its_cards(newsroom: Newsroom) -> None:
    pages = make_pages(newsroom)
    world = newsroom.sections["world"].pk
    keys = get(pages["en section"]).press_keys
    cards = {key for key in keys if key.startswith("card:")}
    assert len(cards) == 3
    assert keys - cards == {
        "editions", "sections", "standing-pages",
        f"list:section:{world}:{newsroom.english.pk}", f"picture:{newsroom.picture.pk}",
        f"fronts:{newsroom.english.pk}", f"breaking:{newsroom.english.pk}",
    }  # fmt: skip


def test_an_arranged_front_names_its_arrangement_its_lists_and_what_is_breaking(newsroom: Newsroom) -> None:
    pages, edition = make_pages(newsroom), newsroom.russian.pk
    for kind, section in (("ru front", None), ("ru section", newsroom.sections["world"])):
        keys = get(pages[kind]).press_keys
        front = Front.objects.get(edition=edition, section=section)
        assert keys >= {
            f"fronts:{edition}", f"front:{front.pk}", f"breaking:{edition}", f"briefs:{edition}", "topics", "sections",
            f"list:edition:{edition}:{edition}", f"list:topic:{newsroom.topic.pk}:{edition}",
            f"card:{Pin.objects.get(front=front).story_id}",
        }  # fmt: skip


def test_pages_are_the_same_for_everyone(newsroom: Newsroom) -> None:
    """No cookie is set or read, nothing varies by who asks, and a page made twice has the same bytes."""
    for kind, path in make_pages(newsroom).items():
        first, second = get(path), get(path)
        assert first.body == second.body, kind
        assert not first.cookies, kind
        assert "Cookie" not in first.get("Vary", ""), kind


def test_a_key_is_of_a_kind_only_if_all_of_it_fits() -> None:
    assert undeclared({"editions", "story:7", "list:section:1:2", "address:1:/world/x/"}) == []
    strange = {"edition", "story:", "story:7:8", "stories:7", "list:section:1", "xstory:7", "story:7 "}
    assert set(undeclared(strange)) == strange - {"story:", "story:7 "}
