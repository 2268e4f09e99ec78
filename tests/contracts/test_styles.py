"""Style sheets are whole: a brace that a merge has lost would put everything after it into a question of width."""

import pytest

from broadsheet.desk import wagtail_hooks as hooks
from broadsheet.fronts import desk as fronts
from broadsheet.proofreading import desk as proofreading
from broadsheet.stories import desk as stories
from tests.contracts.house import SOURCE

SHEETS = sorted(path for path in SOURCE.rglob("*.css") if "node_modules" not in path.parts)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_rule_stands_in_a_question_of_width_by_accident(sheet: object) -> None:
    """Every line that begins at the margin is outside of all braces but those of one-line rules."""
    depth, wrong = 0, []
    for number, line in enumerate(sheet.read_text(encoding="utf-8").splitlines(), start=1):  # type: ignore[attr-defined]
        if depth and line and not line.startswith((" ", "\t", "}", "/*")):
            wrong.append(f"{number}: {line[:60]}")
        depth += line.count("{") - line.count("}")
    assert depth == 0
    assert wrong == []


def test_every_sheet_of_the_desk_is_asked_for_once() -> None:
    """A sheet that stands beside its screens and is in no list would dress nobody."""
    asked = [*hooks.SHEETS, *(sheet for room in (stories, fronts, proofreading) for sheet in room.SHEETS)]
    there = {path.as_posix().split("/static/")[1] for path in SHEETS if "desk" in path.parts[-3:]}
    assert sorted(asked) == sorted(there - {"fronts/desk/arrange.css"})
