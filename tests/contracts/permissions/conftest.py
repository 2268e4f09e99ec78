"""The stage on which the matrix is played: set once, and put back as it was after each test."""

import logging
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import override_settings

from tests.contracts.permissions.cast import Stage, set_stage

QUICK_PASSWORDS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="package")
def whole_stage(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """The stage, in a transaction that is never committed; no test may close the connection and take it along."""
    media = tmp_path_factory.mktemp("media")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=media, PASSWORD_HASHERS=QUICK_PASSWORDS),
        transaction.atomic(),
        patch.object(connection, "close"),
    ):
        yield set_stage()
        transaction.set_rollback(True)


@pytest.fixture
def stage(whole_stage: Stage, db: None) -> Iterator[Stage]:
    """The stage for one test; `db` is a savepoint within the whole one, so that what the test does is undone."""
    cache.clear()
    refusals = logging.getLogger("django.request")
    level = refusals.level
    refusals.setLevel(logging.CRITICAL + 1)
    yield whole_stage
    refusals.setLevel(level)
