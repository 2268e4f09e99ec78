"""Writers while servers and browsers are killed, small; `make prove` goes on."""

import pytest

from proofs.writers import run_round

pytestmark = pytest.mark.timed


def test_no_word_is_lost_though_servers_and_browsers_are_killed() -> None:
    # How much is typed is the machine's affair; that something was is ours.
    assert run_round(1, writers=4, machines=2, seconds=20, kills=4) > 300
