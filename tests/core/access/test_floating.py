"""Floating catchment areas: by hand, as published, and against fractions pair by pair."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingdian.core.access import Access, Gaussian, Method, Pairs, Steps, floating

Weights = Mapping[tuple[int, int], Fraction]


def all_pairs(far: np.ndarray) -> Pairs:
    """Every place (row) with every provider (column)."""
    places, providers = np.indices(far.shape)
    demands, supplies = far.shape
    return Pairs.of(
        places.ravel(), providers.ravel(), far.ravel(), demands=demands, supplies=supplies
    )


def two_step(pairs: Pairs, *, demand: list[float], supply: list[float]) -> Access:
    """All that is within reach counts alike."""
    return floating(pairs, None, demand=demand, supply=supply, method=Method.TWO_STEP)


# ---------------------------------------------------------------- by hand


def by_hand(method: Method) -> Access:
    """Places of 100, 50 and 0 people; the last reaches only the second of two providers."""
    pairs = Pairs.of([0, 0, 1, 2], [0, 1, 1, 1], [100, 400, 200, 400], demands=3, supplies=2)
    weights = Steps((200, 400), (1, 0.5)).weights(pairs.far)
    return floating(pairs, weights, demand=[100, 50, 0], supply=[10, 30], method=method)


def test_two_steps_by_hand() -> None:
    found = by_hand(Method.TWO_STEP)

    assert found.load.tolist() == [100, 50 + 50]
    assert found.ratios.tolist() == [0.1, 0.3]
    assert found.scores.tolist() == [0.1 + 0.15, 0.3, 0.15]


def test_three_steps_by_hand() -> None:
    found = by_hand(Method.THREE_STEP)  # g of the first place: 2/3 and 1/3

    assert found.load == pytest.approx([200 / 3, 50 + 50 / 3])
    assert found.scores == pytest.approx([0.15 * 2 / 3 + 0.45 / 6, 0.45, 0.225])


def test_balanced_by_hand() -> None:
    found = by_hand(Method.BALANCED)  # back: the second provider's weights are 1/2, 1, 1/2

    assert found.load == pytest.approx([200 / 3, 50 + 100 / 3])
    assert found.scores == pytest.approx([0.15 + 0.36 / 4, 0.36 / 2, 0.36 / 4])


# ---------------------------------------------------------------- as published

#: R package fca 0.1.0 (CRAN), its tests: 1:4 people, 1:6 capacity, W = matrix(1:24, 6, 4).
FCA = np.arange(1, 25).reshape(4, 6)
#: The same package's README: ten places (columns there), three providers, minutes.
MINUTES = np.loadtxt(
    [
        "8.627326 23.64915 12.26931 26.49052 28.21402 "
        "1.366695 15.843165 26.772571 16.543050 13.698442",
        "28.705000 13.60002 20.32712 17.17900 3.08774 "
        "26.994749 7.382632 1.261786 9.837622 28.635109",
        "26.686179 20.78410 19.21520 29.82809 19.67117 "
        "21.255914 16.321981 17.824261 8.674792 4.413409",
    ]
).T


def published_by_fca(pairs: Pairs, weights: np.ndarray | None, method: Method) -> Access:
    """1:4 people and 1:6 capacity."""
    return floating(pairs, weights, demand=np.arange(1, 5), supply=np.arange(1, 7), method=method)


def test_two_steps_as_published_by_fca() -> None:
    pairs = all_pairs(FCA)
    found = published_by_fca(pairs, None, Method.TWO_STEP)

    assert found.scores == pytest.approx([2.1] * 4, rel=1e-12)


def test_three_steps_as_published_by_fca() -> None:
    pairs = all_pairs(FCA)
    found = published_by_fca(pairs, pairs.far.astype(float), Method.THREE_STEP)

    assert found.scores == pytest.approx([0.6686168, 1.3565093, 2.0921208, 2.8355005], abs=5e-8)


def test_three_steps_with_a_bell_as_published_by_fca() -> None:
    pairs = all_pairs(MINUTES)
    sigma = 20 / np.sqrt(2 * np.log(100))  # 0.01 at 20 minutes
    people = [100, 200, 50, 100, 500, 50, 100, 100, 50, 500]
    weights = Gaussian(sigma).weights(pairs.far)
    found = floating(
        pairs, weights, demand=people, supply=[1000, 200, 500], method=Method.THREE_STEP
    )

    published = [3.97260949, 0.03678999, 1.46747735, 0.01079342, 0.28782748]
    published += [9.11410451, 0.19596873, 0.31194607, 0.37539987, 1.10349481]
    assert found.scores == pytest.approx(published, rel=2e-6)  # minutes have seven digits


def test_two_steps_as_published_by_catchment() -> None:
    """The introduction of the package catchment (uva-bi-sdad): three places, two providers."""
    pairs = all_pairs(np.array([[0, 2], [1, 1], [2, 0]]))
    even, bell = (
        floating(pairs, weights, demand=[100] * 3, supply=[10] * 2, method=Method.TWO_STEP).scores
        for weights in (None, Gaussian(1).weights(pairs.far))
    )

    assert even == pytest.approx([0.066667] * 3, abs=5e-7)
    assert bell == pytest.approx([0.065179, 0.069641, 0.065179], abs=5e-7)


# ---------------------------------------------------------------- pair by pair, in fractions


def slowly(
    people: list[Fraction], capacity: list[Fraction], weights: Weights, method: Method
) -> list[Fraction | None]:
    """The definitions, word by word; ``None`` where a score is undefined."""
    places, providers = range(len(people)), range(len(capacity))
    weights = {pair: weight for pair, weight in weights.items() if weight}

    def share(pair: tuple[int, int], axis: int) -> Fraction:
        same = sum(each for at, each in weights.items() if at[axis] == pair[axis])
        return weights[pair] / same

    to, back = dict(weights), dict(weights)
    if method is Method.THREE_STEP:
        to = back = {pair: share(pair, 0) * weight for pair, weight in weights.items()}
    elif method is Method.BALANCED:
        to = {pair: share(pair, 0) for pair in weights}
        back = {pair: share(pair, 1) for pair in weights}
    ratios: list[Fraction | None] = []
    for j in providers:
        load = sum((people[i] * to[i, j] for i in places if (i, j) in to), Fraction(0))
        ratios.append(Fraction(0) if not capacity[j] else capacity[j] / load if load else None)
    scores: list[Fraction | None] = []
    for i in places:
        parts = [(ratios[j], back[i, j]) for j in providers if (i, j) in back]
        known = [ratio * part for ratio, part in parts if ratio is not None]
        scores.append(sum(known, Fraction(0)) if len(known) == len(parts) else None)
    return scores


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Fraction], list[Fraction], dict[tuple[int, int], int]]:
    """People and capacity, whole or not and also none, and some of the pairs with a distance."""
    amount = st.integers(0, 40).map(lambda each: Fraction(each, 4))
    people = draw(st.lists(amount, min_size=1, max_size=6))
    capacity = draw(st.lists(amount, min_size=1, max_size=5))
    pair = st.tuples(st.integers(0, len(people) - 1), st.integers(0, len(capacity) - 1))
    return people, capacity, draw(st.dictionaries(pair, st.integers(0, 700), max_size=20))


STEPS = Steps((200, 400, 600), (1, 0.75, 0.25))


def quickly(
    people: list[Fraction],
    capacity: list[Fraction],
    far: Mapping[tuple[int, int], int],
    method: Method,
) -> Access:
    columns = [[pair[axis] for pair in far] for axis in (0, 1)]
    pairs = Pairs.of(*columns, list(far.values()), demands=len(people), supplies=len(capacity))
    weights = STEPS.weights(pairs.far)
    return floating(
        pairs,
        weights,
        demand=list(map(float, people)),
        supply=list(map(float, capacity)),
        method=method,
    )


def step(metres: int) -> Fraction:
    """``STEPS`` in fractions."""
    pairs = zip(STEPS.edges, STEPS.weights_of, strict=True)
    return next((Fraction(weight) for edge, weight in pairs if metres <= edge), Fraction(0))


@given(worlds(), st.sampled_from(Method))
def test_every_method_is_its_definition(world: tuple, method: Method) -> None:
    people, capacity, far = world
    expected = slowly(people, capacity, {pair: step(m) for pair, m in far.items()}, method)
    found = quickly(people, capacity, far, method).scores

    wanted = [np.nan if each is None else float(each) for each in expected]
    np.testing.assert_allclose(found, wanted, rtol=1e-12, atol=0)


@given(worlds(), st.sampled_from(Method), st.randoms(use_true_random=False))
def test_the_order_of_pairs_changes_no_bit(world: tuple, method: Method, chance: object) -> None:
    people, capacity, far = world
    mixed = list(far.items())
    chance.shuffle(mixed)  # type: ignore[attr-defined]

    first, second = (quickly(people, capacity, each, method) for each in (far, dict(mixed)))
    assert first.scores.tobytes() == second.scores.tobytes()
    assert first.ratios.tobytes() == second.ratios.tobytes()


@given(worlds(), st.sampled_from(Method))
def test_the_order_of_places_changes_nothing_but_rows(world: tuple, method: Method) -> None:
    people, capacity, far = world
    last, end = len(people) - 1, len(capacity) - 1
    turned = {(last - i, end - j): metres for (i, j), metres in far.items()}

    found = quickly(people, capacity, far, method).scores
    other = quickly(people[::-1], capacity[::-1], turned, method).scores
    np.testing.assert_allclose(found, other[::-1], rtol=1e-12, atol=0)


@given(worlds())
def test_two_steps_hand_out_what_there_is(world: tuple) -> None:
    """Σ P·A is the capacity on which somebody falls (Luo and Wang 2003)."""
    people, capacity, far = world
    found = quickly(people, capacity, far, Method.TWO_STEP)
    somebody = np.array([float(each) for each in people]) > 0
    handed = sum(float(p) * a for p, a in zip(people, found.scores, strict=True) if p)

    assert not found.undefined[somebody].any()
    assert handed == pytest.approx(sum(np.array(capacity, float)[found.load > 0]), rel=1e-9)


@given(worlds())
def test_balance_counts_everybody_and_every_ratio_once(world: tuple) -> None:
    """What Páez, Higgins and Vivona (2019) ask of it: Σ D = Σ P reached, Σ A = Σ R."""
    people, capacity, far = world
    found = quickly(people, capacity, far, Method.BALANCED)
    reached = {i for (i, _), metres in far.items() if metres <= 600}
    used = {j for (_, j), metres in far.items() if metres <= 600}

    assert found.load.sum() == pytest.approx(sum(float(people[i]) for i in reached))
    if not found.undefined.any():
        assert found.scores.sum() == pytest.approx(sum(found.ratios[j] for j in used))


# ---------------------------------------------------------------- none, zero, unknown


def test_a_place_without_people_has_a_score() -> None:
    assert by_hand(Method.TWO_STEP).scores[2] == 0.15


def test_nothing_within_reach_is_a_score_of_zero() -> None:
    pairs = Pairs.of([0], [0], [100], demands=2, supplies=1)
    found = two_step(pairs, demand=[10, 20], supply=[5])

    assert found.scores.tolist() == [0.5, 0.0]


def test_a_provider_on_which_nobody_falls_has_no_ratio_and_leaves_its_places_undefined() -> None:
    pairs = Pairs.of([0, 1, 1], [0, 0, 1], [1, 1, 1], demands=2, supplies=3)
    found = two_step(pairs, demand=[10, 0], supply=[5, 7, 9])

    assert found.unshared.tolist() == [False, True, True]
    assert found.undefined.tolist() == [False, True]
    assert found.scores[0] == 0.5


def test_a_provider_without_capacity_gives_nobody_anything() -> None:
    pairs = Pairs.of([0], [0], [1], demands=1, supplies=1)
    found = two_step(pairs, demand=[0], supply=[0])

    assert (found.scores.tolist(), found.unshared.tolist()) == ([0.0], [False])


def test_what_weighs_nothing_is_out_of_reach() -> None:
    pairs = Pairs.of([0, 1], [0, 0], [100, 900], demands=2, supplies=1)
    weights = STEPS.weights(pairs.far)
    for method in Method:
        found = floating(pairs, weights, demand=[0, 5], supply=[7], method=method)
        assert found.undefined.tolist() == [True, False]
        assert found.scores[1] == 0


@pytest.mark.parametrize("wrong", [-1, np.nan, np.inf])
@pytest.mark.parametrize("which", ["demand", "supply"])
def test_a_number_that_cannot_be_is_named(which: str, wrong: float) -> None:
    pairs = Pairs.of([0], [0], [1], demands=2, supplies=2)
    given = {"demand": [1.0, 1.0], "supply": [1.0, 1.0]}
    given[which][1] = wrong

    with pytest.raises(ValueError, match=rf"{which}\[1\] is {wrong}"):
        two_step(pairs, **given)


def test_a_column_too_short_is_refused() -> None:
    pairs = Pairs.of([0], [0], [1], demands=2, supplies=1)
    with pytest.raises(ValueError, match="demand has shape"):
        two_step(pairs, demand=[1], supply=[1])
