"""Whether some choice of sites has everybody within a distance: one question of the centre."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from dingdian.core.siting.median_branch import Search, branch, climb_first, whole_question
from dingdian.core.siting.needs import Needs, filled
from dingdian.core.siting.terms import Rows, Terms
from dingdian.core.solving import Effort, Ending, Limits, Programme, Proof, Sense, Status, solve

Booleans = NDArray[np.bool_]

#: So many nodes of branching come before HiGHS is asked.
BRANCHED = 25
#: Points and sites are compared two by two up to so many.
COMPARED = 4_000
#: So many pairs of point and site are still taken on by the programme.
ENTRIES = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Within:
    """The answer to such a question.

    A choice (``chosen``), or that there is none and what that rests on (``excluded``), or neither
    where the limits ended it.
    """

    chosen: Rows | None = None
    excluded: Proof | None = None
    ending: Ending = Ending.PROOF
    effort: Effort = field(default_factory=Effort)


def within(needs: Needs, terms: Terms, limits: Limits, *, distance: int, held: int) -> Within:
    """Look for a choice that has everybody within ``distance``, or exclude that there is one.

    ``held``: the weight that may stay unreached. Where that is the cut off points alone, this is
    the median of a world where a point costs 0 within the distance and 1 beyond it: is it 0?
    """
    near = needs.far <= distance
    standing = np.isin(np.arange(terms.sites), terms.fixed)
    far = ~near[:, standing].any(axis=1)
    if held > needs.cut_off:
        return _fewest(near, terms, limits, Spare(needs.weights, held - needs.cut_off))
    if not near[far].any(axis=1).all():
        return Within(excluded=Proof.COUNTED)
    if not terms.simple:
        return _asked(_without_implied(near[far]), terms, limits)
    loose = np.flatnonzero(terms.open & ~standing)
    points, sites = reduced(near[np.ix_(far, loose)])
    places = len(loose) if terms.places is None else terms.places - int(standing.sum())
    small = near[far][np.ix_(points, loose[sites])]
    answer = _asked(small, Terms(len(sites), places=places), limits)
    if answer.chosen is None:
        return answer
    own = loose[sites[answer.chosen]]
    return replace(answer, chosen=np.sort(np.concatenate([np.flatnonzero(standing), own])))


@dataclass(frozen=True, slots=True, eq=False)
class Spare:
    """Points that may stay unreached: weights (k,), and how much of them."""

    weights: NDArray[np.int64]
    most: int


def _asked(near: Booleans, terms: Terms, limits: Limits) -> Within:
    """Multipliers and exchanges, then branching, then HiGHS; ``near``: shape (points, sites)."""
    costs = (~near).astype(np.int64)
    needs = Needs(np.ones(len(near), np.int64), costs, 0)
    chosen = filled(costs, terms, np.unique(terms.fixed))
    if near[:, chosen].any(axis=1).all():
        return Within(chosen)
    if not len(chosen):
        return Within(excluded=Proof.COUNTED)
    search = Search.begun(needs, terms, limits, costs=costs, chosen=chosen)
    search.value = 1  # any choice that is not 0 counts as none
    climber = climb_first(search, whole_question(costs, terms))
    branch(search, climber, min(limits.nodes, BRANCHED))
    effort = search.effort
    if search.value == 0:
        return Within(search.chosen, effort=effort)
    if search.bound:
        return Within(excluded=Proof.COUNTED, effort=effort)
    if search.halted:
        return Within(ending=Ending.HALTED, effort=effort)
    rest = replace(limits, nodes=limits.nodes - search.nodes)
    answer = _fewest(near, terms, rest)
    return replace(answer, effort=answer.effort + effort)


def _fewest(near: Booleans, terms: Terms, limits: Limits, spare: Spare | None = None) -> Within:
    """By HiGHS: the fewest sites that have all points near, against the places there are."""
    if int(near.sum()) > ENTRIES:
        return Within(ending=Ending.LIMIT)
    programme = Programme()
    take = (terms if spare else replace(terms, places=None)).written(programme)
    missed = programme.variables(len(near) if spare else 0, low=0, high=1)
    for point, ways in enumerate(near):
        programme.row([*take[ways], *missed[point : point + 1]], least=1)
    if spare:
        programme.row(missed, spare.weights, most=spare.most)
    aim = programme.goal("sites", Sense.LEAST, take, 1)
    answer = solve(programme, aim, limits)
    places = terms.sites if terms.places is None else terms.places
    goal = answer.goals[0]
    if answer.solution is not None and goal.value is not None and goal.value <= places:
        return Within(np.flatnonzero(answer.solution[take]), effort=answer.effort)
    if answer.status is Status.INFEASIBLE or (goal.bound is not None and goal.bound > places):
        return Within(excluded=Proof.SOLVER, effort=answer.effort)
    ending = Ending.HALTED if answer.by_clock else Ending.LIMIT
    return Within(ending=ending, effort=answer.effort)


def reduced(near: Booleans) -> tuple[Rows, Rows]:
    """The points and sites that decide whether all points can be near a few sites.

    A point whose sites hold all those of another is near whenever the other is; a site whose
    points are all near another site is never needed. Both are left out until none is.
    """
    points, sites = np.arange(near.shape[0]), np.arange(near.shape[1])
    while max(len(points), len(sites)) <= COMPARED:
        before = len(points), len(sites)
        points = points[~_holding(near[np.ix_(points, sites)])]
        sites = sites[~_held(near[np.ix_(points, sites)].T)]
        if before == (len(points), len(sites)):
            break
    return points, sites


def _without_implied(near: Booleans) -> Booleans:
    """Without the points that are near whenever another is."""
    return near[~_holding(near)] if max(near.shape) <= COMPARED else near


def _inside(sets: Booleans) -> tuple[Booleans, Booleans]:
    """Which row is part of which other, shape (n, n), and which of those are the same."""
    ones = sets.astype(np.float32)
    common, size = ones @ ones.T, ones.sum(axis=1)
    inside: Booleans = common >= size[:, None]
    np.fill_diagonal(inside, False)
    return inside, inside & inside.T


def _holding(sets: Booleans) -> Booleans:
    """Which rows hold another row (of equal ones, all but the first), shape (n,)."""
    inside, same = _inside(sets)
    holding: Booleans = np.any(inside & ~np.tril(same), axis=0)
    return holding


def _held(sets: Booleans) -> Booleans:
    """Which rows are part of another row (of equal ones, all but the first), shape (n,)."""
    inside, same = _inside(sets)
    held: Booleans = np.any(inside & ~np.triu(same), axis=1)
    return held
