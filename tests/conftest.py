"""What every test stands on."""

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("BROADSHEET_HOME", tempfile.mkdtemp(prefix="broadsheet-tests-"))
os.environ.setdefault("BROADSHEET_STRICT_READS", "true")

import pytest
from django.conf import LazySettings, settings
from django.test import Client
from xdist.scheduler import LoadScopeScheduling

from tests.factories import Newsroom, make_newsroom
from tests.homes import TEMPLATE, made_for_all

TOGETHER = (
    "tests/contracts/permissions/",
    "tests/contracts/",
    "tests/journeys/page_quality/test_loading.py",
    "tests/journeys/page_quality/",
    "tests/unit/config/test_backup_of_a_site.py",
)
"""What takes long to set up is set up once: tests at each of these places run in one process, so do those of each file
of the other journeys; the rest anywhere."""
IN_MEMORY = "file:memorydb_default?mode=memory&cache=shared"
"""The name that Django gives the database of tests on SQLite."""


class TogetherScheduling(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        place = next((place for place in TOGETHER if nodeid.startswith(place)), "")
        return place or (nodeid.partition("::")[0] if nodeid.startswith("tests/journeys/") else nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    return TogetherScheduling(config, log)


def pytest_configure() -> None:
    """Hash passwords quickly: a newsroom of eight people would cost seconds in each test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever uses the database runs on PostgreSQL too, though its file forgot to say so."""
    for item in items:
        if {"db", "transactional_db"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """Begin with a database that went through all migrations, where `make test` made one: they take 12 to 20 s."""
    database = settings.DATABASES["default"]
    on_postgresql = "postgresql" in database["ENGINE"]
    made = made_for_all("template" if on_postgresql else "prepared")
    if on_postgresql and made:
        database.setdefault("TEST", {})["TEMPLATE"] = TEMPLATE
    with contextlib.ExitStack() as stack:
        if made and not on_postgresql:
            memory = stack.enter_context(contextlib.closing(sqlite3.connect(IN_MEMORY, uri=True)))
            take_database(made, memory)
        yield


def take_database(home: Path, into: sqlite3.Connection) -> None:
    """Put the database of a home that nobody writes to in the place of another; beside it no file is made."""
    address = f"file:{home / 'broadsheet.sqlite3'}?immutable=1"
    with contextlib.closing(sqlite3.connect(address, uri=True)) as source:
        source.backup(into)


@pytest.fixture
def media(tmp_path: Path, settings: LazySettings) -> Path:
    """A media folder of this test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def newsroom(db: None, media: Path) -> Newsroom:
    """Two editions, three sections, a topic, people, a picture, and somebody in each role."""
    return make_newsroom()


@pytest.fixture
def reader() -> Client:
    """Somebody who reads, without an account."""
    return Client(HTTP_HOST="localhost")
