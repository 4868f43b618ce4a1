"""Covering: who is reached, by how few sites, and what else is wanted of the choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from dingdian.core.siting.answering import Siting, asked_rightly, refused, told, with_counted
from dingdian.core.siting.both_ways import merged
from dingdian.core.siting.demand import Integers, Reach
from dingdian.core.siting.greedy import greedy
from dingdian.core.siting.maximal import SMALL, most_covered
from dingdian.core.siting.room import Room
from dingdian.core.siting.terms import Rows, Terms
from dingdian.core.siting.wishes import Asked, Wish, aim, written
from dingdian.core.solving import (
    Answer,
    Ending,
    Goal,
    Limits,
    Programme,
    Proof,
    Sense,
    Status,
    solve_in_order,
)

#: Pairs of point and site beyond which HiGHS is not asked for the other wishes.
LARGE = 2 * SMALL


def maximal_cover(reach: Reach, terms: Terms, limits: Limits) -> Siting:
    """The most weight that sites within the terms can reach.

    The answer has one goal, ``covered``. ``limits.rounds`` holds for every search by swaps and for
    the multipliers, ``limits.nodes`` for HiGHS (parts of a choice have low limits of their own). A
    point of weight 0 is never sought. Raises ``ValueError`` where demand and terms differ in their
    number of sites or a weight is negative, ``OverflowError`` beyond 2^53 in all.

    >>> import numpy as np
    >>> reach = Reach(np.array([5, 4, 3]), np.array([0, 1, 3, 4]), np.array([0, 0, 1, 1]), 2)
    >>> found = maximal_cover(reach, Terms(2, places=1), Limits())
    >>> found.answer.solution.tolist(), found.answer.goals[0].value, found.answer.goals[0].gap
    ([0], 9, Fraction(0, 1))
    """
    return cover_in_order(reach, terms, (Wish.COVERED,), limits)


def cover_in_order(
    reach: Reach,
    terms: Terms,
    wishes: Sequence[Wish],
    limits: Limits,
    *,
    priority: Integers | None = None,
) -> Siting:
    """The best by the first wish, among those the best by the second, and so on.

    ``priority``: whole weights of the sites, shape (sites,), for ``Wish.PRIORITY``; none: all
    alike, 0. The limits hold for each wish. Of very many points (more than ``LARGE`` pairs of
    point and site) only a first wish for ``COVERED`` is searched for; the others are told as they
    come out, with the bound of plain sums. Raises as ``maximal_cover`` does, and ``ValueError``
    where no wish is given or ``priority`` is of another shape.
    """
    asked_rightly(reach.sites, terms)
    ranks = np.zeros(terms.sites, np.int64) if priority is None else priority
    if not wishes or len(ranks) != terms.sites:
        raise ValueError("covering takes at least one wish, and one priority for each site")
    clashes = tuple(terms.clashes())
    if clashes:
        return refused(((wish.value, wish.sense) for wish in wishes), clashes)
    cover, unserved = merged(reach, terms.open)
    asked = Asked(cover, Room(terms), ranks)
    if wishes[0] is Wish.COVERED:
        answer = _most(asked, limits)
        if len(wishes) > 1:
            answer = _then(asked, tuple(wishes[1:]), limits, first=answer)
    else:
        answer = _searched(asked, tuple(wishes), limits, start=_begun(asked))
    return Siting(answer, unserved=unserved)


def _begun(asked: Asked) -> Rows:
    """A first choice, the fixed sites among it."""
    chosen = greedy(asked.cover, asked.room, ranks=asked.priority)
    return np.sort(np.concatenate([asked.room.fixed, chosen]))


def _most(asked: Asked, limits: Limits) -> Answer[Rows]:
    """The most weight reached."""
    cover, room = asked.cover, asked.room
    waiting = cover.only(np.flatnonzero(cover.times(room.fixed) == 0))
    held = cover.total - waiting.total
    begin = np.setdiff1d(_begun(asked), room.fixed)
    bound = asked.bound(Wish.COVERED) - held
    found = most_covered(waiting, room, begin=begin, bound=bound, limits=limits)
    chosen = np.sort(np.concatenate([room.fixed, found.sites]))
    goal = Goal(
        Wish.COVERED, Sense.MOST, asked.value(Wish.COVERED, chosen), held + found.bound, found.proof
    )
    return told(Answer(Status.FEASIBLE, found.ending, (), chosen, found.effort), (goal,))


def _searched(
    asked: Asked,
    wishes: tuple[Wish, ...],
    limits: Limits,
    *,
    start: Rows,
    covered: int | None = None,
) -> Answer[Rows]:
    """What HiGHS finds, from a choice that keeps the terms; ``covered``: what has to be reached."""
    programme = Programme()
    whole = covered is not None or len(wishes) > 1
    take = asked.room.terms.written(programme)
    every = wishes if covered is None else (Wish.COVERED, *wishes)
    served = {wish: written(programme, take, wish, asked.cover, whole=whole) for wish in every}
    if covered is not None:
        programme.row(served[Wish.COVERED], asked.cover.weights, least=covered)
    aims = [aim(programme, take, wish, served=served[wish], asked=asked) for wish in wishes]
    begin = np.zeros(len(programme.low), np.int64)
    begin[take[start]] = 1
    times = asked.cover.times(start)
    for wish, variables in served.items():
        if len(variables):
            begin[variables] = times >= (2 if wish is Wish.COVERED_TWICE else 1)
    large = len(asked.cover.sites_of) > LARGE
    found = solve_in_order(
        programme, aims, replace(limits, nodes=0) if large else limits, start=begin
    )
    chosen = start if found.solution is None else np.flatnonzero(found.solution[take])
    answer = Answer(Status.FEASIBLE, found.ending, (), chosen, found.effort)
    bounds = [goal.bound for goal in found.goals]
    bounds += [None] * (len(wishes) - len(bounds))
    pairs = zip(wishes, bounds, strict=True)
    return told(answer, tuple(counted_goal(asked, wish, chosen, bound) for wish, bound in pairs))


def _then(
    asked: Asked, wishes: tuple[Wish, ...], limits: Limits, *, first: Answer[Rows]
) -> Answer[Rows]:
    """The other wishes, held to what the first reached."""
    start, most = first.solution, first.goals[0]
    if start is None or most.value is None:
        raise ValueError("the first wish has no answer to hold")
    found = _searched(asked, wishes, limits, start=start, covered=most.value)
    chosen = start if found.solution is None else found.solution
    most = replace(most, value=asked.value(Wish.COVERED, chosen))
    ending = max((first.ending, found.ending), key=list(Ending).index)
    answer = replace(found, ending=ending, effort=first.effort + found.effort)
    return told(answer, (most, *found.goals))


def counted_goal(asked: Asked, wish: Wish, chosen: Rows, bound: int | None) -> Goal:
    """The goal with its value counted anew, and the better of a bound of HiGHS and plain sums."""
    goal = Goal(wish, wish.sense, asked.value(wish, chosen), bound, Proof.SOLVER)
    return with_counted(goal, asked.bound(wish))
