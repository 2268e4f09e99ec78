"""The random walks, small; `make prove` walks on."""

import pytest

from proofs.walks import run_round
from tests.factories import Newsroom

pytestmark = pytest.mark.database


@pytest.mark.parametrize("seed", range(1001, 1003))
def test_whatever_is_done_to_stories_lists_are_right_and_nothing_leaks(newsroom: Newsroom, seed: int) -> None:
    assert run_round(seed, newsroom) > 100
