"""The median: the choice of sites that is least far from people, all in all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dingdian.core.siting.beginning import begun
from dingdian.core.siting.demand import Distances
from dingdian.core.siting.median_bound import Climber, counted
from dingdian.core.siting.median_branch import Search, branch, climb_first, whole_question
from dingdian.core.siting.median_exact import Left, everything, solve_left
from dingdian.core.siting.needs import NEVER, Needs, told
from dingdian.core.siting.terms import Rows, Terms
from dingdian.core.solving import Answer, Ending, Goal, Limits, Proof, Sense, Status

#: Where so few pairs of point and site are left, HiGHS closes a gap sooner than branching; more of
#: them where quotas or spacing bind, which it knows of and multipliers do not.
FEW, FEW_BOUND = 20_000, 100_000
#: So many nodes of branching come before that.
BRANCHED = 100
#: Where there are so many ways and a point has no more than ``SPARSE`` of them, all in all, HiGHS
#: proves in seconds what multipliers climb toward for minutes: only ``CLIMBED`` rounds come before.
MANY, SPARSE, CLIMBED = 5_000, 20, 100


def median(distances: Distances, terms: Terms, limits: Limits) -> Answer[Rows]:
    """The choice of sites with the least distance, each person going to the nearest one.

    The solution holds the rows of all sites that stand, in order, those of ``terms.fixed`` among
    them; fewer than ``terms.places`` where more would save nothing. Two goals in this order:

    ``unreached``: the people that no chosen site reaches. Those that no site at all reaches
    (``cut_off``) are among them, and so in its bound. No distance is worth a person left out.
    ``distance``: people times distance to the nearest chosen site, summed over all who are reached.

    Terms that clash (``terms.clashes()``) give ``INFEASIBLE``. Limits of nothing, or being halted
    at once, give a first choice (site by site what saves most) and a bound that
    needs no search. ``limits.rounds`` holds for the steps before branching.

    Raises:
        ValueError: weights, distances and terms are not of one size, or a weight is negative.
        OverflowError: weight times distance is beyond whole numbers of 64 bits.

    >>> far = np.abs(np.arange(5)[:, None] - np.arange(5))
    >>> answer = median(Distances(np.array([1, 1, 1, 1, 9]), far), Terms(5, places=2), Limits())
    >>> answer.solution.tolist(), [(goal.name, goal.value, goal.bound) for goal in answer.goals]
    ([1, 4], [('unreached', 0, 0), ('distance', 3, 3)])
    """
    start = begun(distances, terms, limits, far=Needs.distance)
    if isinstance(start, Answer):
        return start
    needs, chosen, first = start.needs, start.chosen, start.first
    if first.value == needs.cut_off:
        sparse = _sparse(needs)
        own = replace(limits, rounds=min(limits.rounds, CLIMBED)) if sparse else limits
        search = Search.begun(needs, terms, own, costs=needs.costs, chosen=chosen)
        answer = _by_multipliers(needs, terms, limits, search, sparse=sparse)
    else:
        answer = _by_programme(needs, terms, limits, chosen=chosen, first=first)
    if start.halted and answer.ending is Ending.LIMIT:
        answer = replace(answer, ending=Ending.HALTED)
    return replace(answer, effort=answer.effort + start.effort)


def _sparse(needs: Needs) -> bool:
    """Whether few sites are of use to anybody, as where most people have one near already."""
    ways = int(np.count_nonzero(needs.far != NEVER))
    return MANY <= ways <= min(FEW_BOUND, SPARSE * len(needs.weights))


def _by_multipliers(
    needs: Needs, terms: Terms, limits: Limits, search: Search, *, sparse: bool
) -> Answer[Rows]:
    """Everybody can be reached: multipliers, branching, and HiGHS on what they leave.

    ``sparse``: HiGHS is asked before branching.
    """
    climber = climb_first(search, whole_question(search.costs, terms))
    left = _left(needs, terms, search, climber)
    few = sparse or int(left.pairs(needs).sum()) <= (FEW if terms.simple else FEW_BOUND)
    before = 0 if sparse else BRANCHED
    branch(search, climber, min(limits.nodes, before) if few else limits.nodes)
    proof, ending, effort = Proof.COUNTED, Ending.LIMIT, search.effort
    if search.bound < search.value and not search.halted and few:
        left = _left(needs, terms, search, climber)
        rest = replace(limits, nodes=limits.nodes - search.nodes)
        asked, better = solve_left(needs, terms, left, rest, held=needs.cut_off)
        ending, effort = asked.ending, effort + asked.effort
        if better is not None:
            search.consider(better, exchanged=False)
        bound = search.value if asked.status is Status.INFEASIBLE else asked.goals[0].bound
        if bound is not None and bound > search.bound:
            search.bound, proof = min(bound, search.value), Proof.SOLVER
    goals = (
        Goal("unreached", Sense.LEAST, needs.cut_off, needs.cut_off, Proof.COUNTED),
        Goal("distance", Sense.LEAST, search.value, search.bound, proof),
    )
    return told(goals, search.chosen, Ending.HALTED if search.halted else ending, effort)


def _left(needs: Needs, terms: Terms, search: Search, climber: Climber) -> Left:
    """What a choice that is better than the best known may still hold."""
    proved = counted(climber.relaxed, climber.multipliers)
    may, must = np.zeros((2, terms.sites), bool)
    for mask, own in zip((may, must), proved.left(climber.relaxed, search.value), strict=True):
        mask[climber.relaxed.sites] = own
    return Left(may, must, proved.within(search.value) // needs.weights)


def _by_programme(
    needs: Needs, terms: Terms, limits: Limits, *, chosen: Rows, first: Goal
) -> Answer[Rows]:
    """Not everybody is reached: HiGHS alone, held to the people that are not."""
    held, left = needs.unreached(chosen), everything(needs, terms)
    asked, better = solve_left(needs, terms, left, limits, held=held)
    if better is not None and needs.worth(better) < needs.worth(chosen):
        chosen = better
    value, bound = needs.distance(chosen), asked.goals[0].bound
    proof = Proof.SOLVER if bound else Proof.COUNTED
    second = Goal("distance", Sense.LEAST, value, min(value, bound or 0), proof)
    goals = replace(first, value=needs.unreached(chosen)), second
    return told(goals, chosen, asked.ending, asked.effort)
