"""The median as a programme of noughts and ones: what HiGHS is asked where a gap is left.

Each point has its different distances in order. For each of them a variable tells whether no
chosen site stands so near; the distance of a point is its least one, and each step up to the next
where that variable is 1. So a point needs as many variables as it has different distances, not
one a site, and of those only the ones that a better choice can use.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from dingdian.core.siting.needs import NEVER, Integers, Needs
from dingdian.core.siting.terms import Rows, Terms
from dingdian.core.solving import (
    Answer,
    Ending,
    Goal,
    Limits,
    Programme,
    Proof,
    Sense,
    Status,
    solve,
)

#: So many numbers in the rows of a programme are still taken on; beyond, its rows do not fit.
ENTRIES = 500_000


@dataclass(frozen=True, slots=True, eq=False)
class Left:
    """What is still open: a choice that is better than the best known keeps all of this.

    ``may``: sites it can hold; ``must``: sites it holds; both shape (s,). ``within``: shape (k,),
    how far each point goes in it at most.
    """

    may: NDArray[np.bool_]
    must: NDArray[np.bool_]
    within: Integers

    def pairs(self, needs: Needs) -> NDArray[np.bool_]:
        """Which sites each point can go to in it, shape (k, s)."""
        return (needs.far <= self.within[:, None]) & self.may


def everything(needs: Needs, terms: Terms) -> Left:
    """Nothing is excluded yet but what the terms exclude."""
    must = np.zeros(terms.sites, bool)
    must[terms.fixed] = True
    return Left(terms.open, must, np.full(len(needs.weights), NEVER - 1))


@dataclass(slots=True, eq=False)
class _Steps:
    """The variables of steps while they are written: what each adds to the sum."""

    variables: list[int] = field(default_factory=list)
    weights: list[int] = field(default_factory=list)
    constant: int = 0


def solve_left(
    needs: Needs, terms: Terms, left: Left, limits: Limits, *, held: int
) -> tuple[Answer[Integers], Rows | None]:
    """The best choice among what is left, by HiGHS; unknown where the programme is too large.

    ``held``: the weight that may stay unreached, the cut off points among them; where that is more
    than theirs, the answer's sum can be lower than what the choice counts, its bound holds. HiGHS
    is given no choice to begin with: from one it has taken a worse one for the best.
    """
    near = left.pairs(needs)
    unknown = Goal("distance", Sense.LEAST, None, None, Proof.SOLVER)
    if int(near.sum()) > ENTRIES:
        return Answer(Status.UNKNOWN, Ending.LIMIT, (unknown,), None), None
    programme = Programme()
    take = terms.written(programme)
    for site in np.flatnonzero(left.must):
        programme.low[take[site]] = 1
    for site in np.flatnonzero(~left.may):
        programme.high[take[site]] = 0
    steps = _Steps()
    spare = held - needs.cut_off
    missed: list[int] = []
    for point, weight in enumerate(needs.weights.tolist()):
        sites = np.flatnonzero(near[point])
        if not len(sites) and not spare:
            return Answer(Status.INFEASIBLE, Ending.PROOF, (unknown,), None), None
        missed += _write_point(
            programme, steps, take[sites], needs.far[point, sites], weight=weight, hard=not spare
        )
    if spare:
        programme.row(missed, needs.weights, most=spare)
    at, by = np.array(steps.variables, np.int64), np.array(steps.weights, np.int64)
    aim = programme.goal("distance", Sense.LEAST, at, by, constant=steps.constant)
    answer = solve(programme, aim, limits)
    chosen = None if answer.solution is None else np.flatnonzero(answer.solution[take])
    return answer, chosen


def _write_point(
    programme: Programme, steps: _Steps, sites: Rows, far: Integers, *, weight: int, hard: bool
) -> list[int]:
    """The rows of one point; gives back the variable that tells that nothing reaches it."""
    order = np.argsort(far, kind="stable")
    levels, starts = np.unique(far[order], return_index=True)
    groups = np.split(sites[order], starts[1:])
    rises = np.diff(levels).tolist()
    beyond = programme.variables(len(rises), low=0, high=1, whole=False).tolist()
    missed = [] if hard else programme.variables(1, low=0, high=1).tolist()
    if missed:  # whoever is not reached is in no sum: all steps are taken back
        rises.append(-int(levels[-1]))
    steps.variables += beyond + missed
    steps.weights += [weight * rise for rise in rises]
    steps.constant += weight * int(levels[0])
    before: list[int] = []
    for group, own in zip(groups, [[each] for each in beyond] + [missed], strict=True):
        signs = [1] * (len(group) + len(own)) + [-1] * len(before)
        programme.row([*group, *own, *before], signs, least=0 if before else 1)
        before = own
    return missed
