"""Every kind of page of the site is looked at, in both editions."""

import re

import pytest

from broadsheet.stories.models import Kind
from tests.journeys.page_quality.conftest import Shown, Site
from tests.journeys.page_quality.kinds import EDITIONS, KINDS_OF_STORY, SHAPES

STATUS = {"not found": 404, "withdrawn": 410}
# What a page may name that is no page.
NO_PAGES = re.compile(r"/(media|static|desk|account|-)/.*|.*\.(xml|json|txt)")


def test_a_page_of_each_kind_is_there(shown: Shown, site: Site) -> None:
    answer = site.surfaces[shown.edition].get(shown.path)
    assert (answer.status, answer.type) == (STATUS.get(shown.kind, 200), "text/html")
    assert f'<html lang="{shown.edition}"' in answer.html


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_page_is_of_an_unknown_kind(edition: str, site: Site) -> None:
    surface = site.surfaces[edition]
    named = [*surface.known(), *surface.linked()]
    for (one, _kind), path in site.pages.items():
        if one == edition:
            named += [surface.within(link).partition("?")[0] for link in surface.get(path).links()]
    pages = {path for path in named if path and not NO_PAGES.fullmatch(path)}
    assert {path for path in pages if not any(re.fullmatch(shape, path) for shape in SHAPES)} == set()


def test_every_kind_of_story_is_looked_for() -> None:
    assert set(KINDS_OF_STORY) == set(Kind.values)
