"""A site with a page of every kind: the demo newsroom, served, and what it lacks."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.homes import home_with_demo
from tests.journeys.page_quality.kinds import EDITIONS, Surface, pages_of
from tests.journeys.serving import serving

# What the demo has not: a section in which nothing was published, and a withdrawn story in each edition.
PREPARE = """
import json
from broadsheet.accounts.models import User
from broadsheet.editions.actions import add_named
from broadsheet.editions.models import Section, SectionName
from broadsheet.stories.actions import withdraw_story
from broadsheet.stories.models import Story
by = User.objects.get(email="desk@broadsheet.example")
section = Section(slug="weather", order=99)
section.names = [SectionName(language="en", name="Weather"), SectionName(language="ru", name="Погода")]
add_named(by, section)
withdrawn = {}
for story in Story.objects.filter(live=True, kind="news").order_by("published_at"):
    if story.edition.language not in withdrawn:
        withdrawn[story.edition.language] = story.address
        withdraw_story(by, story.pk)
print(json.dumps(withdrawn))
"""


@dataclass(frozen=True)
class Site:
    """Where the site is, and the address of a page of each kind in each edition."""

    address: str
    surfaces: dict[str, Surface]
    pages: dict[tuple[str, str], str]


@contextmanager
def serving_every_kind(path: Path) -> Iterator[Site]:
    """The demo newsroom at a path as `make run` serves it, with what it lacks."""
    home = home_with_demo(path)
    with serving(home) as serve:
        address = f"http://localhost:{serve.port}"
        withdrawn = json.loads(home.run(PREPARE))
        surfaces = {name: Surface(address, prefix) for name, prefix in EDITIONS.items()}
        pages = {
            (edition, kind): path
            for edition, surface in surfaces.items()
            for kind, path in pages_of(surface, surface.prefix + withdrawn[edition]).items()
        }
        yield Site(address, surfaces, pages)
