"""HiGHS behind whole numbers: values are counted, bounds hold, limits are told."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingdian.core.solving import (
    Ending,
    Goal,
    Limits,
    Programme,
    Proof,
    Sense,
    Status,
    solve,
    solve_in_order,
)
from dingdian.core.solving.programme import whole_bound


def knapsack(sizes: list[int], room: int) -> Programme:
    programme = Programme()
    programme.row(programme.variables(len(sizes), low=0, high=1), sizes, most=room)
    return programme


def chosen(programme: Programme) -> list[np.ndarray]:
    """Every choice of noughts and ones that keeps the rows: the slow, obvious oracle."""
    every = itertools.product((0, 1), repeat=len(programme.low))
    return [one for one in map(np.array, every) if programme.kept(one)]


things = st.lists(
    st.tuples(st.integers(1, 9), st.integers(0, 9), st.integers(-5, 9)), min_size=1, max_size=7
)


@given(things, st.integers(0, 20))
def test_the_best_is_the_best_of_all_that_keep_the_rows(
    stock: list[tuple[int, int, int]], room: int
) -> None:
    sizes, worth, second = (list(each) for each in zip(*stock, strict=True))
    programme = knapsack(sizes, room)
    every = range(len(sizes))
    first = programme.goal("worth", Sense.MOST, every, worth)
    then = programme.goal("second", Sense.LEAST, every, second, constant=3)
    answer = solve_in_order(programme, (first, then), Limits())
    best = max(int(first.weights @ one) for one in chosen(programme))
    least = min(
        int(then.weights @ one) for one in chosen(programme) if int(first.weights @ one) == best
    )
    assert [(goal.value, goal.bound) for goal in answer.goals] == [(best, best), (least + 3,) * 2]
    assert (answer.status, answer.ending) == (Status.OPTIMAL, Ending.PROOF)
    assert answer.solution is not None
    assert programme.kept(answer.solution)
    assert len(programme.least) == 1, "the programme is left as it was"


def test_rules_that_nothing_keeps_are_an_answer() -> None:
    programme = knapsack([3, 4], 5)
    programme.row([0, 1], least=2)
    answer = solve(programme, programme.goal("any", Sense.MOST, [0], [1]), Limits())
    assert (answer.status, answer.ending, answer.solution) == (
        Status.INFEASIBLE,
        Ending.PROOF,
        None,
    )
    assert answer.goals[0].gap is None


def hard(count: int = 40) -> tuple[Programme, list[int]]:
    """A market-split like knapsack that takes a tree."""
    rng = np.random.default_rng(7)
    sizes = rng.integers(10_000, 100_000, count)
    programme = Programme()
    take = programme.variables(count, low=0, high=1)
    for _ in range(3):
        row = rng.integers(1, 100, count)
        programme.row(take, row, least=int(row.sum()) // 2, most=int(row.sum()) // 2)
    return programme, sizes.tolist()


def test_a_limit_of_nodes_says_so_and_its_bound_holds() -> None:
    programme, worth = hard()
    aim = programme.goal("worth", Sense.MOST, range(len(worth)), worth)
    few = solve(programme, aim, Limits(nodes=1))
    assert few.ending is Ending.LIMIT
    assert few.status in {Status.UNKNOWN, Status.FEASIBLE}
    more = solve(programme, aim, Limits(nodes=200))
    bounds = few.goals[0].bound, more.goals[0].bound
    assert None not in bounds
    assert bounds[0] >= bounds[1]  # type: ignore[operator]
    again = solve(programme, aim, Limits(nodes=200))
    assert again.goals == more.goals, "the same limits give the same answer"


@pytest.mark.parametrize(
    ("limits", "ending"),
    [(Limits(nodes=0), Ending.LIMIT), (Limits(halted=lambda: True), Ending.HALTED)],
)
def test_no_time_at_all_gives_what_it_began_with(limits: Limits, ending: Ending) -> None:
    programme = knapsack([3, 4], 5)
    aim = programme.goal("worth", Sense.MOST, [0, 1], [1, 2])
    assert solve(programme, aim, limits).status is Status.UNKNOWN
    begun = solve(programme, aim, limits, start=np.array([1, 0]))
    assert (begun.status, begun.ending, begun.goals[0].value) == (Status.FEASIBLE, ending, 1)
    assert begun.goals[0].bound is None


def test_who_halts_it_while_it_works_gets_what_was_found() -> None:
    programme, worth = hard()
    aim = programme.goal("worth", Sense.MOST, range(len(worth)), worth)
    asked: list[int] = []

    def halted() -> bool:
        asked.append(1)
        return len(asked) > 5

    answer = solve(programme, aim, Limits(halted=halted))
    assert answer.ending is Ending.HALTED
    assert answer.by_clock


def test_a_start_that_breaks_a_row_is_dropped() -> None:
    programme = knapsack([3, 4], 5)
    aim = programme.goal("worth", Sense.MOST, [0, 1], [1, 2])
    assert solve(programme, aim, Limits(nodes=0), start=np.array([1, 1])).solution is None


def test_coefficients_that_floats_cannot_hold_are_refused() -> None:
    programme = knapsack([1 << 53, 1], 5)
    with pytest.raises(OverflowError, match="2\\^53"):
        solve(programme, programme.goal("any", Sense.MOST, [0], [1]), Limits())


@pytest.mark.parametrize(
    ("value", "bound", "gap"),
    [(100, 101, Fraction(1, 100)), (0, 0, Fraction(0)), (0, 1, None), (None, 1, None)],
)
def test_the_gap_is_a_share_of_the_value(
    value: int | None, bound: int, gap: Fraction | None
) -> None:
    assert Goal("any", Sense.MOST, value, bound, Proof.COUNTED).gap == gap


def test_a_bound_is_rounded_to_what_is_possible() -> None:
    assert whole_bound(12.0000001, Sense.LEAST) == 12
    assert whole_bound(12.01, Sense.LEAST) == 13
    assert whole_bound(1e9 + 0.2, Sense.MOST) == 10**9
