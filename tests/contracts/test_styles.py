"""Style sheets are whole: a brace that a merge has lost would put everything after it into a question of width."""

import pytest

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
