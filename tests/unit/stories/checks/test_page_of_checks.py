"""The handbook's list of checks is the list in the code."""

import re

import pytest

from broadsheet.stories.checks import ERRORS, WARNINGS
from broadsheet.stories.checks.findings import Check
from tests.contracts.house import ROOT

PAGE = (ROOT / "docs/editors/before_publishing.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("heading", "checks"), [("What stops a publication", ERRORS), ("What is worth a look", WARNINGS)]
)
def test_the_page_lists_the_checks_in_their_order_with_what_each_promises(
    heading: str, checks: tuple[Check, ...]
) -> None:
    part = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    listed = [" ".join(item.split()) for item in re.findall(r"^- (.*(?:\n  .*)*)", part, re.MULTILINE)]
    assert listed == [" ".join((check.__doc__ or "").split("\n\n")[0].split()) for check in checks]
