"""What every test stands on."""

import os
import tempfile
from pathlib import Path
from typing import Any

os.environ.setdefault("BROADSHEET_HOME", tempfile.mkdtemp(prefix="broadsheet-tests-"))
os.environ.setdefault("BROADSHEET_STRICT_READS", "true")

import pytest
from django.conf import LazySettings, settings
from django.test import Client
from xdist.scheduler import LoadScopeScheduling

from tests.factories import Newsroom, make_newsroom

TOGETHER = (
    "tests/contracts/permissions/",
    "tests/contracts/",
    "tests/journeys/test_package.py",
    "tests/unit/config/test_backup_of_a_site.py",
)
"""What takes long to set up is set up once: tests at each of these places run in one process, the others anywhere."""


class TogetherScheduling(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)


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
        if "page_quality" in item.path.parts:
            item.add_marker("pages")


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
