"""Many boxes to tick are the same as Django's, only quicker."""

import re

import pytest
from django.forms import CheckboxSelectMultiple, Select

from broadsheet.stories.boxes import LongSelect, ManyBoxes

CHOICES = [(1, "World"), (2, "Fish & chips"), (3, '"><script>')]


def inputs(html: str) -> list[tuple[dict[str, str], bool]]:
    found = []
    for tag in re.findall(r"<input[^>]*>", html):
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        found.append((attributes, tag.endswith("checked>")))
    return found


@pytest.mark.parametrize("value", [None, [], [1], ["2", 3], [9]])
def test_they_are_named_and_ticked_as_djangos_are(value: list[object] | None) -> None:
    ours, djangos = (
        widget(choices=CHOICES).render("topics", value, {"id": "id_topics"})
        for widget in (ManyBoxes, CheckboxSelectMultiple)
    )
    assert inputs(ours) == inputs(djangos)
    assert len(inputs(ours)) == 3
    assert "<script>" not in ours
    assert "Fish &amp; chips" in ours


@pytest.mark.parametrize("value", [None, "", 1, "2", 9])
def test_a_list_to_choose_from_is_named_and_chosen_as_djangos_is(value: object) -> None:
    ours, djangos = (
        re.sub(r"\s+", " ", widget(choices=[("", "all"), *CHOICES]).render("byline", value, {"id": "id_byline"}))
        for widget in (LongSelect, Select)
    )
    assert ours.replace("> <", "><") == djangos.replace("> <", "><")
