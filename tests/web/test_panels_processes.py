"""A panel drawn by a process that is killed, then by two at once: one lot, the other is told."""

import pytest

pytestmark = pytest.mark.slow


def test_one_that_is_killed_leaves_no_draw_and_of_two_at_once_one_draws(fresh):
    killed, before = [(-9, "")], [0, 0, 0, 0]
    found = [(0, "['panel_moved_on']"), (0, "drawn")]
    said = fresh.says("-m", "tests.web.drawing")
    assert said == str([killed, before, found, [1, 1, 5, 1]])
