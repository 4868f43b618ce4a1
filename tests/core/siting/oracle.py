"""Small questions of covering, and every choice that keeps their terms: the slow oracle."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from dingdian.core.siting import Quota, Reach, Terms, Wish


@dataclass(frozen=True)
class Question:
    """Demand, terms and a priority for each site."""

    reach: Reach
    terms: Terms
    priority: np.ndarray


def reach_of(rows: list[tuple[int, set[int]]], sites: int) -> Reach:
    """Points with a weight and the sites that reach them."""
    near = [sorted(of) for _, of in rows]
    starts = np.cumsum([0, *(len(of) for of in near)])
    flat = np.array([site for of in near for site in of], np.int64)
    return Reach(np.array([weight for weight, _ in rows], np.int64), starts, flat, sites)


@st.composite
def questions(draw: st.DrawFn, *, simple: bool = False, most: int = 7) -> Question:
    """Up to seven sites and ten points; terms of every kind unless ``simple``."""
    sites = draw(st.integers(0, most))
    some = st.sets(st.integers(0, sites - 1)) if sites else st.just(set())
    rows = draw(st.lists(st.tuples(st.integers(0, 9), some), max_size=10))
    fixed = draw(some) if draw(st.booleans()) else set()
    places = draw(st.none() | st.integers(0, sites))
    more: dict[str, object] = {}
    if not simple and sites:
        pair = st.tuples(st.integers(0, sites - 1), st.integers(0, sites - 1))
        pairs = draw(st.lists(pair.filter(lambda each: each[0] != each[1]), max_size=3))
        quotas = draw(st.lists(st.tuples(some, st.integers(0, 3)), max_size=2))
        more = {
            "closed": rows_of(draw(some) if draw(st.booleans()) else set()),
            "apart": np.array(pairs, np.int64).reshape(-1, 2),
            "quotas": tuple(Quota("quota", rows_of(of), most) for of, most in quotas),
        }
    terms = Terms(sites, places=places, fixed=rows_of(fixed), **more)  # type: ignore[arg-type]
    priority = draw(st.lists(st.integers(-2, 5), min_size=sites, max_size=sites))
    return Question(reach_of(rows, sites), terms, np.array(priority, np.int64))


def rows_of(some: set[int]) -> np.ndarray:
    """A set of rows as an array."""
    return np.array(sorted(some), np.int64)


def choices(terms: Terms) -> Iterator[np.ndarray]:
    """Every choice that keeps the terms."""
    for many in range(terms.sites + 1):
        for some in itertools.combinations(range(terms.sites), many):
            rows = np.array(some, np.int64)
            if terms.kept(rows):
                yield rows


def worth(question: Question, wish: Wish, chosen: np.ndarray) -> int:
    """What a choice is worth, as plainly as it can be said; less is better for ``NEW_SITES``."""
    match wish:
        case Wish.COVERED:
            return question.reach.covered(chosen)
        case Wish.COVERED_TWICE:
            return question.reach.covered(chosen, times=2)
        case Wish.NEW_SITES:
            return len(set(chosen.tolist()) - set(question.terms.fixed.tolist()))
        case Wish.PRIORITY:
            return int(question.priority[chosen].sum())


def best(question: Question, wishes: tuple[Wish, ...]) -> list[int] | None:
    """The values of the best by the first wish, then by the second, and so on."""
    sign = [-1 if wish is Wish.NEW_SITES else 1 for wish in wishes]
    found = [
        [by * worth(question, wish, chosen) for by, wish in zip(sign, wishes, strict=True)]
        for chosen in choices(question.terms)
    ]
    return [by * one for by, one in zip(sign, max(found), strict=True)] if found else None


def fewest(question: Question) -> int | None:
    """The fewest sites that reach every point which a site that may be chosen reaches."""
    reach, open_ = question.reach, np.flatnonzero(question.terms.open)
    needed = reach.times_covered(open_) > 0
    sizes = [
        len(chosen)
        for chosen in choices(question.terms)
        if (reach.times_covered(chosen)[needed] > 0).all()
    ]
    return min(sizes, default=None)
