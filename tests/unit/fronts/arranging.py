"""How tests say an arrangement shortly, and read a front back."""

import re
from typing import Any

from django.test import Client

from broadsheet.editions.models import Edition, Section
from broadsheet.fronts.actions import arrange_front
from broadsheet.fronts.models import Front
from broadsheet.fronts.plans import ContainerPlan, PinPlan
from broadsheet.stories.models import Story
from tests.factories import Newsroom

CONTAINER = re.compile(r'<section class="container ([a-z]+)[^>]*>(.*?)</section>', re.DOTALL)
HEADLINE = re.compile(r'class="card-headline"><a [^>]*>([^<]*)</a>')
TITLE = re.compile(r"<h2>(?:<a [^>]*>)?(?:<span[^>]*>)?([^<]*)")


def box(look: str = "grid", rule: str = "edition", most: int = 4, *pins: Story | PinPlan, **more: Any) -> ContainerPlan:
    """A container with pinned stories."""
    plans = tuple(pin if isinstance(pin, PinPlan) else PinPlan(pin.pk) for pin in pins)
    return ContainerPlan(look, rule, most, pins=plans, **more)


RECENT = box("recent", "edition", 4)


def arrange(
    newsroom: Newsroom, *plan: ContainerPlan, edition: Edition | None = None, section: Section | None = None
) -> Front:
    """Arrange a front from its present version, as the chief."""
    edition = edition or newsroom.english
    kept = Front.objects.filter(edition=edition, section=section).first()
    version = kept.version if kept else 0
    return arrange_front(newsroom.chief, edition.pk, section.pk if section else None, plan, version=version)


def shown(address: str = "/") -> list[tuple[str, list[str]]]:
    """The containers of a front as readers see them: look and headlines."""
    html = Client(HTTP_HOST="localhost").get(address).content.decode()
    return [(look, HEADLINE.findall(inside)) for look, inside in CONTAINER.findall(html)]


def titles(address: str = "/") -> list[str]:
    """The titles of a front's containers."""
    html = Client(HTTP_HOST="localhost").get(address).content.decode()
    return [title for _look, inside in CONTAINER.findall(html) for title in TITLE.findall(inside)[:1]]
