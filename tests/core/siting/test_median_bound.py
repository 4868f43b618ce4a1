"""What multipliers prove, and what exchanges save, against every choice and every exchange."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.siting import Distances, Terms, median
from dingdian.core.siting.interchange import _Table, interchange
from dingdian.core.siting.median_bound import Climber, counted
from dingdian.core.siting.median_branch import whole_question
from dingdian.core.siting.median_tables import Full, Near
from dingdian.core.siting.needs import filled, needs_of
from dingdian.core.solving import Limits, never
from tests.siting import SITES, plane, rows, worlds

multipliers = st.lists(st.floats(0, 200), min_size=9, max_size=9).map(np.array)


def worth(costs: np.ndarray, chosen: tuple[int, ...] | np.ndarray) -> int:
    return int(costs[:, list(chosen)].min(axis=1).sum())


@settings(max_examples=80)
@given(worlds(reached=True), multipliers, st.integers(1, SITES), st.integers(0, 400))
def test_whatever_the_multipliers_no_better_choice_is_excluded(
    distances: Distances, own: np.ndarray, places: int, ceiling: int
) -> None:
    terms = Terms(SITES, places=places, fixed=rows(0))
    needs = needs_of(distances, terms)
    relaxed = whole_question(needs.costs, terms)
    proved = counted(relaxed, own[: len(needs.weights)])
    may, must = proved.left(relaxed, ceiling)
    within = proved.within(ceiling)
    for others in itertools.combinations(range(1, SITES), places - 1):
        chosen = (0, *others)
        value = worth(needs.costs, chosen)
        assert proved.bound <= value
        if value < ceiling:
            assert may[list(chosen)].all()
            assert set(np.flatnonzero(must)) <= set(chosen)
            assert (needs.costs[:, list(chosen)].min(axis=1) <= within).all()


@settings(max_examples=80)
@given(worlds(reached=True), st.permutations(range(SITES)), st.integers(1, SITES - 1))
def test_what_an_exchange_saves_is_what_the_choice_then_costs_less(
    distances: Distances, order: list[int], places: int
) -> None:
    costs = needs_of(distances, Terms(SITES)).costs
    if not len(costs):
        return
    table = _Table(costs, np.array(order[:places]))
    for site in order[places:]:
        now = worth(costs, table.chosen)
        for into, out in itertools.product(set(range(SITES)) - set(table.chosen), range(places)):
            then = table.chosen.copy()
            then[out] = into
            assert table.saved[into, out] == now - worth(costs, then)
        table.exchange(site, site % places)


@pytest.mark.parametrize("places", [1, 4, 9])
def test_exchanges_never_make_a_first_choice_worse_and_a_proof_never_is(places: int) -> None:
    world, terms = plane(40), Terms(40, places=places)
    costs = needs_of(world, terms).costs
    greedy = filled(costs, terms, rows())
    exchanged, _ = interchange(costs, terms, greedy, rounds=100, halted=never)
    best = median(world, terms, Limits()).goals[1].value
    assert best is not None
    assert best <= worth(costs, exchanged) <= worth(costs, greedy)


def test_near_pairs_and_all_pairs_are_worth_the_same() -> None:
    costs = needs_of(plane(30), Terms(30)).costs.T
    highest = np.sort(costs, axis=0)[3]
    near = costs <= highest
    tables = Full(costs.astype(float)), Near(near, costs[near].astype(float), highest.astype(float))
    chosen = np.arange(30) % 3 == 0
    own = highest * 0.8
    first, second = (table.worth(own) for table in tables)
    assert np.allclose(first, second)
    assert (tables[0].served(chosen) == tables[1].served(chosen)).all()
    some = np.arange(30) % 2 == 0
    halves = [table.only(some) for table in tables]
    assert np.allclose(halves[0].worth(own), halves[1].worth(own))
    assert (halves[0].served(chosen[some]) == halves[1].served(chosen[some])).all()


def test_climbing_lifts_the_bound() -> None:
    world, terms = plane(60), Terms(60, places=6)
    costs = needs_of(world, terms).costs
    relaxed = whole_question(costs, terms)
    climber = Climber(relaxed, costs.min(axis=1), costs.max(axis=1))
    before = counted(relaxed, climber.multipliers).bound
    climber.climb(10**9, 200, never)
    best = median(world, terms, Limits()).goals[1].value
    assert best is not None
    assert before < counted(relaxed, climber.multipliers).bound <= best
