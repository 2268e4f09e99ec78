"""How long something lasts, and where somebody spoke, as it is written."""

import pytest

from broadsheet.design.words import as_duration, as_length, beside

LENGTHS = [
    (0, "0:00", "PT0S"),
    (9, "0:09", "PT9S"),
    (60, "1:00", "PT1M"),
    (754, "12:34", "PT12M34S"),
    (3600, "1:00:00", "PT1H"),
    (3725, "1:02:05", "PT1H2M5S"),
]


@pytest.mark.parametrize(("seconds", "written", "iso"), LENGTHS)
def test_a_length_is_written_for_people_and_for_machines(seconds: int, written: str, iso: str) -> None:
    assert (as_length(seconds), as_duration(seconds)) == (written, iso)


@pytest.mark.parametrize(
    ("place", "role", "said"),
    [
        ("Control room, Arren barrier", "Duty engineer at the Arren barrier", "Control room"),
        ("Lusvik hospital", "Chief nurse at Lusvik hospital", ""),
        ("The Assembly, Arrenholm", "Member for Lusvik", "The Assembly, Arrenholm"),
        ("Sollen", "", "Sollen"),
        ("", "Lorry driver", ""),
    ],
)
def test_a_place_that_a_role_names_is_not_said_again(place: str, role: str, said: str) -> None:
    assert beside(place, role) == said
