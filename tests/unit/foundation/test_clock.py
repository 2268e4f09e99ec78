"""The one source of the present moment."""

from datetime import UTC, datetime, timedelta, timezone
from threading import Thread

import pytest

from broadsheet.foundation.clock import now, stopped_at

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_now_is_aware_and_in_utc() -> None:
    assert now().tzinfo is UTC
    assert abs(now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_the_clock_stands_still_within_the_block_only() -> None:
    with stopped_at(NOON):
        assert now() == NOON
        with stopped_at(NOON + timedelta(hours=1)):
            assert now() == NOON + timedelta(hours=1)
        assert now() == NOON
    assert now() != NOON


def test_a_moment_of_another_zone_is_given_in_utc() -> None:
    with stopped_at(datetime(2026, 11, 23, 14, tzinfo=timezone(timedelta(hours=2)))):
        assert (now(), now().tzinfo) == (NOON, UTC)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"), stopped_at(datetime(2026, 11, 23)):  # noqa: DTZ001 - what is refused
        pass


def test_an_error_in_the_block_lets_the_clock_go_on() -> None:
    with pytest.raises(ZeroDivisionError), stopped_at(NOON):
        _ = 1 / 0
    assert now() != NOON


def test_another_thread_has_its_own_clock() -> None:
    seen: list[datetime] = []
    with stopped_at(NOON):
        thread = Thread(target=lambda: seen.append(now()))
        thread.start()
        thread.join()
    assert seen[0] != NOON
