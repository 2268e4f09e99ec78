"""Times that are typed in an edition's zone: which moments they are, where they are none, and where they are two."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from broadsheet.editions.moments import MomentField, as_typed, moments_of

RIGA, NEW_YORK = "Europe/Riga", "America/New_York"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("zone", "wall", "moments"),
    [
        # Riga: clocks go forward at 3:00 on 28 March 2027, back at 4:00 on 25 October 2026.
        (RIGA, "2027-03-28 02:59", ["2027-03-28 00:59"]),
        (RIGA, "2027-03-28 03:00", []),
        (RIGA, "2027-03-28 03:30", []),
        (RIGA, "2027-03-28 03:59", []),
        (RIGA, "2027-03-28 04:00", ["2027-03-28 01:00"]),
        (RIGA, "2026-10-25 02:59", ["2026-10-24 23:59"]),
        (RIGA, "2026-10-25 03:00", ["2026-10-25 00:00", "2026-10-25 01:00"]),
        (RIGA, "2026-10-25 03:30", ["2026-10-25 00:30", "2026-10-25 01:30"]),
        (RIGA, "2026-10-25 03:59", ["2026-10-25 00:59", "2026-10-25 01:59"]),
        (RIGA, "2026-10-25 04:00", ["2026-10-25 02:00"]),
        (RIGA, "2026-07-01 12:00", ["2026-07-01 09:00"]),
        # New York: forward at 2:00 on 14 March 2027, back at 2:00 on 1 November 2026.
        (NEW_YORK, "2027-03-14 01:59", ["2027-03-14 06:59"]),
        (NEW_YORK, "2027-03-14 02:30", []),
        (NEW_YORK, "2027-03-14 03:00", ["2027-03-14 07:00"]),
        (NEW_YORK, "2026-11-01 00:59", ["2026-11-01 04:59"]),
        (NEW_YORK, "2026-11-01 01:30", ["2026-11-01 05:30", "2026-11-01 06:30"]),
        (NEW_YORK, "2026-11-01 02:00", ["2026-11-01 07:00"]),
        # Lord Howe Island puts its clocks by half an hour.
        ("Australia/Lord_Howe", "2026-10-04 02:15", []),
        ("Australia/Lord_Howe", "2027-04-04 01:45", ["2027-04-03 14:45", "2027-04-03 15:15"]),
        ("UTC", "2027-03-28 03:30", ["2027-03-28 03:30"]),
        ("UTC", "2026-10-25 03:30", ["2026-10-25 03:30"]),
    ],
)
def test_a_time_in_a_zone_is_these_moments(zone: str, wall: str, moments: list[str]) -> None:
    wanted = tuple(at(moment).replace(tzinfo=UTC) for moment in moments)
    assert moments_of(at(wall), ZoneInfo(zone)) == wanted
    field = MomentField(zone=zone)
    if len(wanted) == 1:
        assert field.clean(wall) == wanted[0]
        assert as_typed(wanted[0], ZoneInfo(zone)) == wall
    else:
        with pytest.raises(ValidationError):
            field.clean(wall)
    for moment in wanted:
        assert field.clean(field.prepare_value(moment)) == moment


@pytest.mark.parametrize(
    ("zone", "typed", "sentence"),
    [
        (
            RIGA,
            "2027-03-28 03:30",
            "2027-03-28 03:30 does not exist in Europe/Riga: clocks are put forward then, and show "
            "2027-03-28 04:30 instead.",
        ),
        (
            RIGA,
            "2026-10-25 03:30",
            "2026-10-25 03:30 comes twice in Europe/Riga: clocks are put back then. Write 2026-10-25 03:30 +03:00 for "
            "the first time, 2026-10-25 03:30 +02:00 for the second.",
        ),
        (RIGA, "2026-07-01 12:00 +02:00", "Clocks in Europe/Riga are not set so at that time."),
        (RIGA, "soon", "Enter a valid date/time."),
    ],
)
def test_what_is_no_one_moment_is_refused_with_a_sentence(zone: str, typed: str, sentence: str) -> None:
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        MomentField(zone=zone).clean(typed)
    assert refused.value.messages == [sentence]


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-10-25 03:30 +03:00", "2026-10-25 00:30"),
        ("2026-10-25 03:30 +02:00", "2026-10-25 01:30"),
        ("2026-10-25 03:30+0200", "2026-10-25 01:30"),
        ("2026-10-25 03:30 +3", "2026-10-25 00:30"),
        ("2026-07-01 12:00 +03:00", "2026-07-01 09:00"),
    ],
)
def test_an_offset_says_which_of_two_is_meant(typed: str, moment: str) -> None:
    assert MomentField(zone=RIGA).clean(typed) == at(moment).replace(tzinfo=UTC)


def test_a_field_is_changed_only_where_something_else_is_typed() -> None:
    field = MomentField(zone=RIGA, required=False)
    moment = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert not field.has_changed(moment, "2026-10-25 03:30 +02:00")
    assert field.has_changed(moment, "2026-10-25 03:30 +03:00")
    assert field.has_changed(moment, "")
    assert not field.has_changed(None, "")
    assert field.clean("") is None
