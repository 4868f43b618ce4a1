"""Who can be reached at all, and a first choice of sites: where median and centre begin."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from dingdian.core.siting.demand import Distances
from dingdian.core.siting.terms import Rows, Terms
from dingdian.core.solving import (
    Answer,
    Effort,
    Ending,
    Goal,
    Limits,
    Programme,
    Proof,
    Sense,
    Status,
    solve,
)

Integers = NDArray[np.int64]
S = TypeVar("S")

#: Farther than any distance: no way, or a site that may not be chosen.
NEVER = int(np.iinfo(np.int64).max)
#: "Not reached" is dearer than any distance by at least so many times.
PENALTY = 16
#: Sums of weights times distances stay below this, so that whole numbers of 64 bits hold them.
MOST = 1 << 61


@dataclass(frozen=True, slots=True, eq=False)
class Needs:
    """The points with people that some site may reach, and how far that is.

    ``weights``: shape (k,), positive; ``far``: shape (k, s), ``NEVER`` where there is no way or the
    site may not be chosen. ``cut_off``: the weight of the points that nothing reaches. They are in
    no sum of distances, and count as unreached whatever is chosen.
    """

    weights: Integers
    far: Integers
    cut_off: int

    @property
    def costs(self) -> Integers:
        """Weight times distance, shape (k, s), to compare choices by.

        Where there is no way, one person costs more than all distances together, as far as 64 bits
        hold that.
        """
        ways = self.far != NEVER
        farthest = np.where(ways, self.far, 0).max(axis=1, initial=0)
        people = max(int(self.weights.sum()), 1)
        beyond = min(int(self.weights @ farthest) + 1, MOST // people)
        costs: Integers = self.weights[:, None] * np.where(ways, self.far, beyond)
        return costs

    def nearest(self, chosen: Rows) -> Integers:
        """How far the nearest chosen site is from each point, ``NEVER`` where none is reached."""
        least: Integers = self.far[:, chosen].min(axis=1, initial=NEVER)
        return least

    def unreached(self, chosen: Rows) -> int:
        """The weight of all points that no chosen site reaches, the cut off ones among them."""
        return self.cut_off + int(self.weights[self.nearest(chosen) == NEVER].sum())

    def distance(self, chosen: Rows) -> int:
        """Weight times distance to the nearest chosen site, over the points that are reached."""
        least = self.nearest(chosen)
        reached = least != NEVER
        return int(self.weights[reached] @ least[reached])

    def worth(self, chosen: Rows) -> tuple[int, int]:
        """The unreached, and the distance of the others."""
        return self.unreached(chosen), self.distance(chosen)

    def greatest(self, chosen: Rows) -> int:
        """The greatest distance of a point that is reached; 0 where none is."""
        least = self.nearest(chosen)
        return int(least[least != NEVER].max(initial=0))


def needs_of(distances: Distances, terms: Terms) -> Needs:
    """The points that matter: with people, and reached by a site that may be chosen.

    Raises:
        ValueError: weights, distances and terms are not of one size, or a weight is negative.
        OverflowError: weight times distance is beyond whole numbers of 64 bits.
    """
    weights, far = distances.weights, distances.far
    if far.shape != (len(weights), terms.sites):
        raise ValueError(
            f"distances of shape {far.shape} do not fit {len(weights)} points and "
            f"{terms.sites} sites; give one row a point and one column a site"
        )
    if len(weights) and int(weights.min()) < 0:
        raise ValueError(f"weights[{int(weights.argmin())}] is negative; people are 0 or more")
    ways = (far >= 0) & terms.open
    asked = (weights > 0) & ways.any(axis=1)
    own = np.where(ways[asked], far[asked], NEVER).astype(np.int64)
    greatest = int(far.max(initial=0)) + 1
    if int(weights.sum()) * greatest * PENALTY > MOST:
        raise OverflowError(
            "weights times distances are beyond 2^61; use metres or smaller weights"
        )
    cut_off = int(weights[~asked].sum())
    return Needs(weights[asked].astype(np.int64), own, cut_off)


def cut_off(distances: Distances, terms: Terms) -> Rows:
    """The rows of the points with people that no site reaches which may be chosen."""
    ways = ((distances.far >= 0) & terms.open).any(axis=1)
    return np.flatnonzero((distances.weights > 0) & ~ways)


def addable(terms: Terms, taken: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which sites may be chosen beside those taken, shape (s,)."""
    may = terms.open & ~taken
    if terms.places is not None and int(taken.sum()) >= terms.places:
        may[:] = False
    for quota in terms.quotas:
        if int(taken[quota.of].sum()) >= quota.most:
            may[quota.of] = False
    for one, other in ((0, 1), (1, 0)):
        may[terms.apart[taken[terms.apart[:, one]], other]] = False
    return may


def filled(costs: Integers, terms: Terms, chosen: Rows) -> Rows:
    """More sites, one by one the one that saves most, while that is allowed and saves anything.

    ``chosen`` keeps the terms. Of two that save the same, the first row is taken.
    """
    taken = np.zeros(terms.sites, bool)
    taken[chosen] = True
    may = addable(terms, taken)
    if not may.any():
        return np.flatnonzero(taken)
    columns = np.ascontiguousarray(costs.T)
    best = columns[chosen].min(axis=0) if len(chosen) else columns.max(axis=0) + 1
    waiting = [(-_saved(columns[site], best), site) for site in np.flatnonzero(may).tolist()]
    heapq.heapify(waiting)  # what a site saves can only fall: an old figure is never too low
    while waiting and waiting[0][0] < 0:
        _, site = waiting[0]
        if not may[site]:
            heapq.heappop(waiting)
            continue
        now = -_saved(columns[site], best), site
        if now > waiting[0]:
            heapq.heapreplace(waiting, now)
            continue
        heapq.heappop(waiting)
        taken[site] = True
        best = np.minimum(best, columns[site])
        may = addable(terms, taken)
    return np.flatnonzero(taken)


def _saved(own: Integers, best: Integers) -> int:
    """What one more site saves."""
    return int(np.maximum(best - own, 0).sum())


def fewest_unreached(
    needs: Needs, terms: Terms, limits: Limits, start: Rows
) -> tuple[Goal, Rows, Answer[Integers] | None]:
    """The goal before all distances: the fewest people that no chosen site reaches.

    Gives back the goal, the choice that it was counted from, and what HiGHS answered where it had
    to be asked: where ``start`` reaches everybody that anything reaches, that is counted.
    """
    value = needs.unreached(start)
    if value == needs.cut_off:
        return Goal("unreached", Sense.LEAST, value, value, Proof.COUNTED), start, None
    programme = Programme()
    take = terms.written(programme)
    left = programme.variables(len(needs.weights), low=0, high=1)
    for point, ways in enumerate(needs.far != NEVER):
        programme.row([*take[ways], left[point]], least=1)
    aim = programme.goal("unreached", Sense.LEAST, left, needs.weights, constant=needs.cut_off)
    answer = solve(programme, aim, limits)
    if answer.solution is not None:
        found = np.flatnonzero(answer.solution[take])
        start = min(start, found, key=needs.unreached)
    bound = answer.goals[0].bound
    counted = bound is None or bound <= needs.cut_off
    proof = Proof.COUNTED if counted else Proof.SOLVER
    limit = needs.cut_off if bound is None or counted else bound
    value = needs.unreached(start)
    return Goal("unreached", Sense.LEAST, value, min(limit, value), proof), start, answer


def nothing(names: tuple[str, ...]) -> Answer[Rows]:
    """The answer where the terms clash (``Terms.clashes`` says why): proved that there is none."""
    goals = tuple(Goal(name, Sense.LEAST, None, None, Proof.COUNTED) for name in names)
    return Answer(Status.INFEASIBLE, Ending.PROOF, goals, None, Effort())


def told(goals: tuple[Goal, ...], chosen: S, ending: Ending, effort: Effort) -> Answer[S]:
    """The answer with a choice: best where every gap is closed, else ended as it was."""
    if all(goal.value == goal.bound for goal in goals):
        return Answer(Status.OPTIMAL, Ending.PROOF, goals, chosen, effort)
    ending = Ending.LIMIT if ending is Ending.PROOF else ending
    return Answer(Status.FEASIBLE, ending, goals, chosen, effort)
