"""A round entered by a worker that is killed, then by two that confirmed it: whole, and once."""

import pytest

pytestmark = pytest.mark.slow


def test_one_that_is_killed_leaves_nothing_and_two_confirmations_enter_it_once(
    fresh, sample_ledger
):
    before = ["asked", 0, True, "running", "waiting"]
    after = ["entered", 1, False, "done", "round_state"]
    said = fresh.says("-m", "tests.web.entering", sample_ledger)
    assert said == str([-9, before, [0, 0], after])
