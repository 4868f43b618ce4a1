"""Pairs, their decay, and what lies within reach."""

from __future__ import annotations

import numpy as np
import pytest

from dingdian.core.access import (
    Gaussian,
    GaussianToRim,
    Pairs,
    Steps,
    nearest,
    reached,
    straight,
    touched,
)
from dingdian.core.circles import Points, distance_mm

PAIRS = Pairs.of([2, 0, 0], [1, 1, 0], [50, 70, 90], demands=4, supplies=3)


def test_pairs_stand_by_place_then_provider() -> None:
    assert PAIRS.starts.tolist() == [0, 2, 2, 3, 3]
    assert PAIRS.supply.tolist() == [0, 1, 1]
    assert PAIRS.far.tolist() == [90, 70, 50]


@pytest.mark.parametrize(
    ("demand", "supply", "far", "told"),
    [
        ([0, 0], [1, 1], [3, 4], r"\(0, 1\) stands more than once \(1 pairs"),
        ([0, 1], [1, 1], [3, -4], r"not 0 or more: pair .* \(1, 1, -4\)"),
        ([0, 1], [1, 1], [3.0, np.nan], r"not 0 or more: pair .* \(1, 1, nan\)"),
        ([0, 1], [1, 1], [3.0, np.inf], r"not 0 or more: pair .* \(1, 1, inf\)"),
        ([0, 4], [1, 1], [3, 4], r"demand is not in 0 … 3"),
        ([0, -1], [1, 1], [3, 4], r"demand is not in 0 … 3"),
        ([0, 1], [1, 3], [3, 4], r"supply is not in 0 … 2"),
        ([0.0, 1.0], [1, 2], [3, 4], r"demand holds float64"),
        ([0, 1], [1, 2], [3], r"one length"),
    ],
)
def test_a_pair_at_fault_is_named(demand: list, supply: list, far: list, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        Pairs.of(demand, supply, far, demands=4, supplies=3)


def test_no_pairs_are_no_fault() -> None:
    none = Pairs.of([], [], [], demands=2, supplies=0)

    assert (len(none), none.by_demand(none.far).tolist()) == (0, [0, 0])
    assert np.isnan(nearest(none)).all()


def test_within_reach() -> None:
    assert reached(PAIRS, [5, 0.5, 9]).tolist() == [5.5, 0, 0.5, 0]
    found = nearest(PAIRS)
    assert found[[0, 2]].tolist() == [70, 50]
    assert np.isnan(found[[1, 3]]).all()


def test_who_is_touched_by_a_place_and_by_a_provider() -> None:
    nobody, weights = np.zeros(4, bool), np.array([1.0, 0.0, 1.0])
    third = np.array([False, False, True, False])
    some, none = np.array([True, False, False]), np.zeros(3, bool)

    places, providers = touched(PAIRS, weights, places=third, providers=none)
    assert (places.tolist(), providers.tolist()) == (
        [False, False, True, False],
        [False, True, False],
    )
    places, providers = touched(PAIRS, weights, places=nobody, providers=some)
    assert (places.tolist(), providers.tolist()) == ([True, False, False, False], some.tolist())


def test_straight_pairs_are_those_of_the_circle_and_its_rim() -> None:
    here = Points(np.array([123.40, 123.41, 124.0]), np.full(3, 41.8))
    there = Points(np.array([123.40, 123.42]), np.full(2, 41.8))
    reach = int(distance_mm(123.40, 41.8, 123.41, 41.8))

    rim, inner = (straight(here, there, reach, rim=rim) for rim in (True, False))
    assert rim.supply.tolist() == [0, 0, 1]
    assert rim.far.tolist() == [0, reach, reach]
    assert (inner.supply.tolist(), inner.starts.tolist()) == ([0], [0, 1, 1, 1])


def test_decays_as_pysal_prints_them() -> None:
    """The examples in the documentation of ``access.weights``."""
    steps = Steps((20, 40, 60), (1, 0.68, 0.22)).weights(np.arange(0, 71, 10))
    bell = Gaussian(20).weights(np.arange(0, 61, 20))

    assert steps.tolist() == [1, 1, 1, 0.68, 0.68, 0.22, 0.22, 0]
    assert bell == pytest.approx(
        [1.0, 0.6065306597126334, 0.1353352832366127, 0.011108996538242306], rel=1e-14
    )


@pytest.mark.parametrize(
    ("edges", "weights"),
    [
        ((), ()),
        ((300,), (1, 0.5)),
        ((300, 300), (1, 0.5)),
        ((0, 300), (1, 0.5)),
        ((300, float("inf")), (1, 0.5)),
        ((300, 600), (0.5, 1)),
        ((300, 600), (1, 0)),
        ((300, 600), (2, 1)),
        ((300, 600), (1, float("nan"))),
    ],
)
def test_steps_that_are_none_are_refused(edges: tuple, weights: tuple) -> None:
    with pytest.raises(ValueError, match="edges rise"):
        Steps(edges, weights)


@pytest.mark.parametrize("decay", [Gaussian, GaussianToRim])
@pytest.mark.parametrize("width", [0, -1, float("nan"), float("inf")])
def test_a_bell_without_width_is_refused(decay: type, width: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        decay(width)
