"""The demo newsroom as a reader finds it: once crawled from end to end, once alive for single questions."""

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import override_settings

from broadsheet.accounts.actions import add_staff
from broadsheet.accounts.roles import Role
from broadsheet.config.demo import fill_home
from broadsheet.editions.actions import assign
from broadsheet.editions.models import Edition, Section
from broadsheet.stories.actions import add_address, begin_story, publish_revision, withdraw_story
from broadsheet.stories.models import Story
from tests.conftest import take_database
from tests.contracts.reading import Answer, crawl
from tests.homes import made_for_all

PAGES = 36
"""How many more stories each edition gets, so that its front has a second page."""
NOTES = {"en": ("Ferry notes, day", "Wind from the west."), "ru": ("Дневник парома, день", "Ветер западный.")}
FORMER = "/archive/ferry-notes/"


@dataclass(frozen=True)
class Site:
    """The demo newsroom, with enough stories for a second page, one that was withdrawn, one with a former address."""

    pages: dict[str, Answer]
    """Every address that links lead to, and its answer."""
    withdrawn: str
    moved: str
    """Where the former address leads to."""

    @property
    def html(self) -> list[Answer]:
        """Every page that a reader may meet: those that links lead to, and those that say what is not there."""
        return [answer for answer in self.pages.values() if answer.is_html]

    def stories(self) -> list[Answer]:
        return [answer for answer in self.html if "article" in answer.meta("og:type")]


@pytest.fixture(scope="session")
def site(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site as it was crawled; there is no database behind it any more."""
    with django_db_blocker.unblock(), filled(tmp_path_factory.mktemp("media")) as (withdrawn, moved):
        begin = ["/", "/ru/", "/sitemap.xml", "/robots.txt", "/-/health"]
        begin += ["/search/", "/ru/search/"]
        lost = ["/nothing/", "/ru/nothing/", withdrawn, f"/ru{withdrawn}"]
        found = Site(pages=crawl([*begin, *lost]), withdrawn=withdrawn, moved=moved)
    return found


@pytest.fixture(scope="module")
def alive(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The same newsroom with its database, for a module that asks and writes nothing; `pages` is empty."""
    with django_db_blocker.unblock(), filled(tmp_path_factory.mktemp("media")) as (withdrawn, moved):
        yield Site(pages={}, withdrawn=withdrawn, moved=moved)


@contextmanager
def filled(media: Path) -> Iterator[tuple[str, str]]:
    """Fill the demo newsroom for the block, and leave no trace; gives the withdrawn address and the moved story's."""
    loud = {logger: logger.level for logger in map(logging.getLogger, ("django.request", "django.security"))}
    for logger in loud:
        logger.setLevel(logging.CRITICAL)
    try:
        with override_settings(MEDIA_ROOT=media), _the_demo(media), transaction.atomic():
            yield _add_notes()
            transaction.set_rollback(True)
    finally:
        for logger, level in loud.items():
            logger.setLevel(level)


@contextmanager
def _the_demo(media: Path) -> Iterator[None]:
    """The demo newsroom in the database: that of the home which `make test` made, where the engine can take it over."""
    made, empty = made_for_all("demo"), made_for_all("prepared")
    if connection.vendor != "sqlite" or made is None or empty is None:
        with transaction.atomic():
            fill_home(lambda line: None)
            yield
            transaction.set_rollback(True)
        return
    shutil.copytree(made / "media", media, copy_function=os.link, dirs_exist_ok=True)
    connection.ensure_connection()
    try:
        take_database(made, connection.connection)
        yield
    finally:
        take_database(empty, connection.connection)


def _add_notes() -> tuple[str, str]:
    by, _password = add_staff(email="notes@newsroom.example", name="Notes")
    assign(email=by.email, role=Role.ADMINISTRATOR)
    section = Section.objects.get(slug="society")
    notes: dict[str, list[Story]] = {}
    for edition in Edition.objects.all():
        headline, standfirst = NOTES[edition.language]
        notes[edition.language] = []
        for day in range(PAGES):
            story = Story(edition=edition, section=section, headline=f"{headline} {day + 1}", standfirst=standfirst)
            publish_revision(by, begin_story(by, story))
            notes[edition.language].append(Story.objects.get(pk=story.pk))
    gone, moved = notes["en"][0], notes["en"][1]
    withdraw_story(by, gone.pk)
    add_address(by, moved.pk, FORMER)
    return gone.address, moved.address
