"""The bottom by rank: limits from both sides, ties, and a slow oracle beside the closed form."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.assessment.bottom import Bottom, Method, Terms, places_in, rounded_share

SHARE = Terms(Method.SHARE, Fraction(5, 100))
COUNT = Terms(Method.COUNT, Fraction(2))


def of(scores: Mapping[str, int | None]) -> dict[str, Fraction | None]:
    return {code: None if s is None else Fraction(s) for code, s in scores.items()}


def group(size: int) -> dict[str, Fraction | None]:
    return {f"{at:03d}": Fraction(at) for at in range(1, size + 1)}


def bottoms(
    scores: Mapping[str, Fraction | None], terms: Terms, joining: int = 0
) -> dict[str, str]:
    found = places_in(scores, terms, joining=joining)
    return {code: place.bottom.value for code, place in found.items()}


def those(scores: Mapping[str, Fraction | None], terms: Terms, state: str = "in") -> list[str]:
    return [code for code, found in bottoms(scores, terms).items() if found == state]


# ---------------------------------------------------------------- limits


@pytest.mark.clause("SY-22")
@pytest.mark.parametrize(("size", "last"), [(19, 0), (20, 1), (39, 1), (40, 2)])
def test_a_share_of_five_per_cent_rounds_down(size, last):
    assert len(those(group(size), SHARE)) == last


@pytest.mark.parametrize(
    ("exact", "down", "half_up", "up"),
    [("0", 0, 0, 0), ("0.49", 0, 0, 1), ("0.5", 0, 1, 1), ("0.99", 0, 1, 1), ("1", 1, 1, 1)],
)
def test_a_share_is_rounded_as_the_reading_says(exact, down, half_up, up):
    found = [rounded_share(Fraction(exact), each) for each in ("down", "half_up", "up")]
    assert found == [down, half_up, up]


@pytest.mark.clause("SY-22", "DX-17")
@pytest.mark.parametrize(("size", "last"), [(1, 0), (4, 0), (5, 2), (6, 2)])
def test_a_group_under_the_minimum_has_no_last(size, last):
    terms = Terms(Method.COUNT, Fraction(2), minimum=5)

    assert len(those(group(size), terms)) == last


@pytest.mark.clause("DX-17")
def test_the_single_tertiary_hospital_is_not_the_last_by_itself():
    terms = Terms(Method.COUNT, Fraction(1), minimum=5)

    (place,) = places_in({"only": Fraction(3)}, terms).values()

    assert (place.bottom, place.why.code) == (Bottom.OUT, "group_small")


def test_without_a_minimum_a_group_of_one_has_a_last():
    assert those(group(1), Terms(Method.COUNT, Fraction(1))) == ["001"]


@pytest.mark.parametrize(("score", "state"), [("59.99", "in"), ("60", "out")])
def test_below_the_floor_everyone_falls_also_in_a_small_group(score, state):
    terms = Terms(Method.SHARE, Fraction(5, 100), minimum=5, floor=Fraction(60))

    assert bottoms({"a": Fraction(score)}, terms) == {"a": state}


@pytest.mark.parametrize(("score", "state"), [("89.99", "in"), ("90", "out")])
def test_from_the_ceiling_on_nobody_falls(score, state):
    terms = Terms(Method.COUNT, Fraction(1), ceiling=Fraction(90))

    assert bottoms({"a": Fraction(score), "b": Fraction(99)}, terms)["a"] == state


def test_a_score_alone_needs_no_rank():
    terms = Terms(Method.SCORE_FLOOR, Fraction(60), floor=Fraction(60))

    assert those(of({"a": 59, "b": 60, "c": 58, "d": 99}), terms) == ["a", "c"]


# ---------------------------------------------------------------- ties and unknown scores


def test_equal_scores_across_the_limit_are_decided_together():
    scores = of({"a": 50, "b": 60, "c": 60, "d": 70})

    assert those(scores, COUNT) == ["a"]
    assert places_in(scores, COUNT)["b"].why.code == "tied_across"
    assert those(scores, Terms(Method.COUNT, Fraction(2), ties_in=True)) == ["a", "b", "c"]


def test_equal_scores_that_find_place_are_in():
    assert those(of({"a": 50, "b": 50, "c": 60}), COUNT) == ["a", "b"]


def test_an_unknown_score_holds_whom_it_may_push_out():
    scores = of({"a": 50, "b": 60, "c": 70, "d": None})

    assert bottoms(scores, COUNT) == {"a": "in", "b": "held", "c": "out", "d": "held"}
    found = places_in(scores, Terms(Method.COUNT, Fraction(3)))
    assert found["a"].bottom is Bottom.IN
    assert found["a"].rank is None


def test_one_who_may_belong_to_a_group_moves_its_share():
    """Nineteen have no place, twenty one: whether there is a twentieth decides; or who it is."""
    assert bottoms(group(19), SHARE, joining=1)["001"] == "held"
    assert bottoms(group(19), SHARE, joining=1)["002"] == "out"
    assert bottoms(group(20), SHARE, joining=1)["001"] == "held"
    assert bottoms(group(20), SHARE)["001"] == "in"


# ---------------------------------------------------------------- the oracle


def obvious(scores: Mapping[str, Fraction], terms: Terms) -> dict[str, bool]:
    """Who is in the bottom of a group whose scores are all known: walk up from the last."""
    left, found = terms.places(len(scores)), dict.fromkeys(scores, False)
    for score in sorted(set(scores.values())):
        tied = [code for code, each in scores.items() if each == score]
        if left <= 0 or (len(tied) > left and not terms.ties_in):
            break
        found |= dict.fromkeys(tied, True)
        left -= len(tied)
    for code, score in scores.items():
        if terms.ceiling is not None and score >= terms.ceiling:
            found[code] = False
        if terms.floor is not None and score < terms.floor:
            found[code] = True
    return found


def assignments(
    scores: Mapping[str, Fraction | None], terms: Terms, joining: int
) -> Iterator[dict[str, Fraction]]:
    """Every way in which the unknown scores can lie among the known ones and the limits."""
    marks = {each for each in scores.values() if each is not None}
    marks |= {each for each in (terms.floor, terms.ceiling) if each is not None}
    steps = sorted({mark + by for mark in marks or {Fraction(0)} for by in (-1, 0, 1)})
    unknown = [code for code, score in scores.items() if score is None]
    known = {code: score for code, score in scores.items() if score is not None}
    half = [low + Fraction(1, 2) for low in steps]
    for more in range(joining + 1):
        names = [*unknown, *(f"joining {at}" for at in range(more))]
        for values in itertools.product([*steps, *half], repeat=len(names)):
            yield {**known, **dict(zip(names, values, strict=True))}


def slow(scores: Mapping[str, Fraction | None], terms: Terms, joining: int) -> dict[str, set[bool]]:
    seen: dict[str, set[bool]] = {code: set() for code in scores}
    for each in assignments(scores, terms, joining):
        found = obvious(each, terms)
        for code in scores:
            seen[code].add(found[code])
    return seen


SAYS = {
    frozenset({True}): "in",
    frozenset({False}): "out",
    frozenset({True, False}): "held",
}


@settings(deadline=None)
@given(
    known=st.lists(st.integers(0, 3), max_size=6),
    unknown=st.integers(0, 2),
    joining=st.integers(0, 1),
    method=st.sampled_from([Method.COUNT, Method.SHARE]),
    amount=st.integers(0, 4),
    minimum=st.integers(0, 4),
    limits=st.tuples(*[st.one_of(st.none(), st.integers(0, 5))] * 2),
    ties_in=st.booleans(),
)
def test_the_closed_form_says_what_every_assignment_says(
    known, unknown, joining, method, amount, minimum, limits, ties_in
):
    floor, ceiling = (None if each is None else Fraction(each) for each in limits)
    if floor is not None and ceiling is not None and ceiling < floor:
        floor, ceiling = ceiling, floor
    amount = Fraction(amount, 10 if method is Method.SHARE else 1)
    terms = Terms(method, amount, minimum=minimum, floor=floor, ceiling=ceiling, ties_in=ties_in)
    scores = of({f"{at}": score for at, score in enumerate([*known, *[None] * unknown])})

    told, seen = bottoms(scores, terms, joining), slow(scores, terms, joining)

    for code, found in told.items():
        exact = SAYS[frozenset(seen[code])]
        assert found in (exact, "held"), (code, scores, terms)
        if not joining:
            assert found == exact, (code, scores, terms)


@settings(deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=12), st.permutations(range(12)))
def test_neither_names_nor_order_nor_scale_change_who_is_last(scores, order):
    its = {f"{at}": Fraction(score) for at, score in enumerate(scores)}
    told = bottoms(its, COUNT)
    shuffled = {code: its[code] for code in sorted(its, key=lambda c: order[int(c)])}
    renamed = {f"x{code}": score for code, score in its.items()}
    scaled = {code: score * 7 for code, score in its.items()}

    assert bottoms(shuffled, COUNT) == told
    assert {code[1:]: found for code, found in bottoms(renamed, COUNT).items()} == told
    assert bottoms(scaled, COUNT) == told
