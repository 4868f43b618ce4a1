"""Small worlds of sites and people, and every choice among them: what siting is tested against."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
from hypothesis import strategies as st

from dingdian.core.siting import UNREACHABLE, Distances, Quota, Terms
from dingdian.core.solving import Answer

SITES = 6


def rows(*values: int) -> np.ndarray:
    return np.array(values, np.int64)


def choices(terms: Terms) -> Iterator[np.ndarray]:
    """Every choice that keeps the terms."""
    for taken in itertools.product((False, True), repeat=terms.sites):
        chosen = np.flatnonzero(taken)
        if terms.kept(chosen):
            yield chosen


def values(answer: Answer[Any]) -> tuple[int | None, ...]:
    return tuple(goal.value for goal in answer.goals)


def bounds(answer: Answer[Any]) -> tuple[int | None, ...]:
    return tuple(goal.bound for goal in answer.goals)


@st.composite
def worlds(draw: st.DrawFn, *, reached: bool = False) -> Distances:
    points = draw(st.integers(0, 9))
    weights = draw(st.lists(st.integers(0, 9), min_size=points, max_size=points))
    low = 0 if reached else UNREACHABLE
    own = st.lists(st.integers(low, 12), min_size=SITES, max_size=SITES)
    far = draw(st.lists(own, min_size=points, max_size=points))
    return Distances(rows(*weights), np.array(far, np.int64).reshape(points, SITES))


some = st.lists(st.integers(0, SITES - 1), max_size=2, unique=True).map(lambda own: rows(*own))
pairs = st.lists(st.tuples(st.integers(0, SITES - 1), st.integers(0, SITES - 1)), max_size=4).map(
    lambda own: np.array([each for each in own if each[0] != each[1]], np.int64).reshape(-1, 2)
)


@st.composite
def all_terms(draw: st.DrawFn) -> Terms:
    quotas = draw(st.lists(st.tuples(some, st.integers(0, 2)), max_size=2))
    fixed = draw(some)
    return Terms(
        SITES,
        places=draw(st.none() | st.integers(0, SITES)),
        fixed=fixed,
        closed=np.setdiff1d(draw(some), fixed),
        quotas=tuple(Quota(f"quota {row}", of, most) for row, (of, most) in enumerate(quotas)),
        apart=draw(pairs),
    )


def plane(points: int, *, seed: int = 1) -> Distances:
    """Points with people on a plane, each of them a site as well."""
    chance = np.random.default_rng(seed)
    at = chance.integers(0, 1000, (points, 2))
    far = np.abs(at[:, None] - at).sum(axis=2)
    return Distances(chance.integers(1, 9, points), far)
