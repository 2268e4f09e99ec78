"""The matrix notices every rule that is turned round: one flip at a time, and at least one cell must fail.

What is not seen here to fail could not be trusted when it passes. `pytest -s` prints the list.
"""

import os
import time
from collections.abc import Iterator

import pytest

from tests.contracts.permissions.cast import Stage
from tests.contracts.permissions.checks import Check, all_checks
from tests.contracts.permissions.desk_flips import flips_of_closing, flips_of_views
from tests.contracts.permissions.flips import (
    Flip,
    flips_of_functions,
    flips_of_policies,
    flips_of_reach,
    flips_of_reading,
    flips_of_rights,
)

pytestmark = pytest.mark.django_db

GROUPS = {
    "rights": flips_of_rights,
    "functions": flips_of_functions,
    "reach": flips_of_reach,
    "reading": flips_of_reading,
    "policies": flips_of_policies,
    "views": flips_of_views,
    "closing": flips_of_closing,
}
CHECKS = list(all_checks())
ONE_IN = 1 if os.environ.get("EVERY_PAGE") else 3
"""Of each group, one flip in so many; all in `make prove`."""


def caught_by(flip: Flip, stage: Stage) -> Check | None:
    """The first cell that fails while the rule is turned; first are asked those who would be let in or kept out."""
    checks = sorted(filter(flip.feels, CHECKS), key=lambda check: (check.expected == "yes") == flip.grants)
    with pytest.MonkeyPatch.context() as patch:
        flip.turn(patch)
        return next((check for check in checks if check.fails(stage)), None)


@pytest.mark.parametrize("group", GROUPS)
def test_each_flip_is_caught(stage: Stage, group: str) -> None:
    began, survivors, lines = time.process_time(), [], []
    for flip in list(GROUPS[group]())[::ONE_IN]:
        check = caught_by(flip, stage)
        lines.append(f"{flip.name}: {check or 'NOT CAUGHT'}")
        if check is None:
            survivors.append(flip.name)
        else:
            assert not check.fails(stage), f"{check} fails without any flip"
    print("\n".join(lines))
    print(f"{group}: {len(lines)} flips, {len(lines) - len(survivors)} caught, {time.process_time() - began:.1f} s")
    assert not survivors, "The matrix does not notice these; write the row that would: " + "; ".join(survivors)


def names() -> Iterator[str]:
    return (flip.name for flips in GROUPS.values() for flip in flips())


def test_no_two_flips_have_one_name() -> None:
    assert len(list(names())) == len(set(names()))
