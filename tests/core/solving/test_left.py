"""A clock outside is told to HiGHS, which asks nobody through much of its work."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from dingdian.core.siting import Distances, Terms, median_with_room
from dingdian.core.solving import Ending, Limits, Programme, Sense, Status, solve, solve_in_order
from dingdian.core.solving.tightening import tighten


@dataclass
class Counted:
    """Stands in for a clock: what is left each time it is asked, the last one ever after."""

    told: list[float]
    asked: int = 0

    def left(self) -> float:
        self.asked += 1
        return self.told[min(self.asked, len(self.told)) - 1]


def hard(size: int = 40) -> tuple[Programme, object]:
    """Even sizes and an odd room: proved only by searching."""
    chance = np.random.default_rng(7)
    programme = Programme()
    take = programme.variables(size, low=0, high=1)
    for _ in range(5):
        sizes = 2 * chance.integers(50, 500, size)
        programme.row(take, sizes, most=int(sizes.sum()) // 2 + 1)
    return programme, programme.goal("worth", Sense.MOST, take, chance.integers(50, 500, size))


def test_nothing_left_ends_it_though_nobody_is_asked_to_halt():
    programme, aim = hard()
    answer = solve(programme, aim, Limits(left=Counted([0.0]).left))

    assert answer.ending is Ending.HALTED
    assert answer.status in (Status.UNKNOWN, Status.FEASIBLE)
    assert answer.by_clock


def test_nothing_left_keeps_the_answer_that_was_known():
    programme, aim = hard()
    known = np.zeros(len(programme.low), np.int64)
    answer = solve(programme, aim, Limits(left=Counted([-3.0]).left), start=known)

    assert answer.solution is not None
    assert answer.goals[0].value is not None
    assert (answer.status, answer.ending) == (Status.FEASIBLE, Ending.HALTED)


def test_enough_left_changes_nothing():
    programme, aim = hard(12)
    plain = solve(programme, aim, Limits())
    timed = solve(programme, aim, Limits(left=Counted([1e6]).left))

    assert (plain.status, plain.goals, plain.effort) == (timed.status, timed.goals, timed.effort)
    assert plain.solution is not None
    assert timed.solution is not None
    assert plain.solution.tolist() == timed.solution.tolist()
    assert timed.status is Status.OPTIMAL


def test_it_is_asked_before_every_run_and_the_runs_before_are_not_counted():
    """With rows added HiGHS runs again: what is left is beside the time of the runs so far."""
    programme = Programme()
    take = programme.variables(3, low=0, high=1)
    for pair in ([0, 1], [1, 2], [0, 2]):
        programme.row(pair, most=1)
    aim, clock = programme.goal("taken", Sense.MOST, take, [1, 1, 1]), Counted([1e6])
    tight = tighten(programme, aim, Limits(left=clock.left))

    assert tight.effort.rounds > 0
    assert clock.asked == tight.effort.rounds + 1
    assert tight.proved is not None


def test_a_clock_that_runs_out_between_two_goals_leaves_the_second_without_a_bound():
    programme, aim = hard()
    other = programme.goal("few", Sense.LEAST, range(40), 1)
    answer = solve_in_order(programme, [aim, other], Limits(left=Counted([0.0]).left))

    assert answer.ending is Ending.HALTED
    assert answer.status is not Status.OPTIMAL


def test_a_goal_leaves_the_ones_after_it_their_part_of_the_time():
    programme, aim = hard(60)
    other = programme.goal("few", Sense.LEAST, range(60), 1)
    end = time.monotonic() + 2
    start = np.zeros(60, np.int64)
    limits = Limits(left=lambda: end - time.monotonic())
    answer = solve_in_order(programme, [aim, other], limits, start=start)

    assert len(answer.goals) == 2
    assert answer.goals[1].bound is not None


def test_a_share_is_a_part_of_what_is_left_and_ends_when_the_clock_is_there():
    told = [30.0]
    share = Limits(left=lambda: told[0]).share(3)

    assert share.left is not None
    assert (share.left(), share.halted(), share.over()) == (10.0, False, False)
    told[0] = 20.0
    assert (share.left(), share.halted(), share.over()) == (0.0, True, True)
    assert Limits().share(3) == Limits()
    assert Limits(halted=lambda: True, left=lambda: 9.0).share(3).halted()


def test_room_that_the_clock_cuts_short_is_a_first_choice_that_says_so():
    chance = np.random.default_rng(3)
    at = chance.integers(0, 1000, (60, 2))
    far = np.hypot(*(at[:, None] - at[:12]).transpose(2, 0, 1)).round().astype(np.int64)
    world, room = Distances(chance.integers(5, 40, 60), far), np.full(12, 300)
    limits = Limits(left=Counted([0.0]).left)
    answer = median_with_room(world, room, Terms(12, places=6), limits)

    assert answer.ending is Ending.HALTED
    assert answer.solution is not None
    assert answer.solution.people.sum() <= 6 * 300
