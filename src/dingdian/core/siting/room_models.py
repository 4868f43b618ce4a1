"""Covering and centre where a site has room for so many people only."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from dingdian.core.siting.both_ways import merged
from dingdian.core.siting.demand import UNREACHABLE, Distances, Integers, Reach
from dingdian.core.siting.median_room import Allotment, Then, allotted
from dingdian.core.siting.needs import told
from dingdian.core.siting.terms import Terms
from dingdian.core.solving import Answer, Effort, Ending, Goal, Limits, Proof, Sense


def cover_with_room(
    reach: Reach, room: Integers, terms: Terms, limits: Limits
) -> Answer[Allotment]:
    """The most people who are within reach of a chosen site that has room for them.

    One goal, ``covered``; who goes where as for ``median_with_room``, and raises as that does. The
    points of the allotment are those that ``merged`` makes of the reach.

    >>> reach = Reach(np.array([5, 4, 3]), np.array([0, 1, 3, 3]), np.array([0, 0, 1]), 2)
    >>> answer = cover_with_room(reach, np.array([6, 1]), Terms(2, places=2), Limits())
    >>> [(goal.name, goal.value, goal.bound) for goal in answer.goals]
    [('covered', 7, 7)]
    """
    answer = allotted(_within(reach, terms), room, terms, limits, then=Then.NOTHING)
    people = int(reach.weights.sum())
    (left,) = answer.goals
    value, bound = (None if n is None else people - n for n in (left.value, left.bound))
    covered = Goal("covered", Sense.MOST, value, bound, left.proof)
    return replace(answer, goals=(covered,))


def fewest_with_room(
    reach: Reach, room: Integers, terms: Terms, limits: Limits
) -> Answer[Allotment]:
    """The fewest sites that have room for as many people as any choice has within reach.

    Two goals: ``unreached``, who is within no reach or finds no room; then ``sites``, the fixed
    ones among them. Who goes where as for ``cover_with_room``, and raises as that does.

    >>> reach = Reach(np.array([5, 4]), np.array([0, 2, 4]), np.array([0, 1, 0, 1]), 2)
    >>> answer = fewest_with_room(reach, np.array([6, 9]), Terms(2), Limits())
    >>> [goal.value for goal in answer.goals], answer.solution.chosen.tolist()
    ([0, 1], [1])
    """
    return allotted(_within(reach, terms), room, terms, limits, then=Then.SITES)


def _within(reach: Reach, terms: Terms) -> Distances:
    """No way at all to whoever reaches a point, and none that could be gone to the others."""
    cover, unserved = merged(reach, terms.open)
    far = np.full((len(cover) + 1, reach.sites), UNREACHABLE, np.int64)
    far[np.repeat(np.arange(len(cover)), cover.lengths), cover.sites_of] = 0
    left = int(reach.weights[unserved].sum())
    return Distances(np.append(cover.weights, left), far)


def centre_with_room(
    distances: Distances, room: Integers, terms: Terms, limits: Limits
) -> Answer[Allotment]:
    """The choice whose longest way to a site with room is shortest.

    Two goals: ``unreached``, then ``distance``, the longest way that anybody is told to go. It is
    searched for among the ways there are: HiGHS says of each whether as many people find room
    within it. Raises as ``median_with_room`` does.

    >>> far = np.array([[1, 3], [1, 2]])
    >>> world = Distances(np.array([4, 4]), far)
    >>> answer = centre_with_room(world, np.array([5, 9]), Terms(2, places=2), Limits())
    >>> [(goal.name, goal.value, goal.bound) for goal in answer.goals]
    [('unreached', 0, 0), ('distance', 2, 2)]
    """
    first = allotted(distances, room, terms, limits, then=Then.NOTHING)
    if first.solution is None:
        none = Goal("distance", Sense.LEAST, None, None, Proof.COUNTED)
        return replace(first, goals=(*first.goals, none))
    search = _Search(distances, room, terms, limits, first)
    search.narrow()
    return search.answer


@dataclass(slots=True, eq=False)
class _Search:
    """Between the longest way of the best allotment so far and the shortest not excluded."""

    distances: Distances
    room: Integers
    terms: Terms
    limits: Limits
    best: Answer[Allotment]
    low: int = 0
    proof: Proof = Proof.COUNTED
    effort: Effort = field(default_factory=Effort)
    ending: Ending = Ending.PROOF

    @property
    def longest(self) -> int:
        """The longest way that the best allotment tells anybody to go."""
        found = self.best.solution
        assert found is not None  # noqa: S101 -- the search begins with one
        return int(self.distances.far[found.points, found.sites].max(initial=0))

    @property
    def answer(self) -> Answer[Allotment]:
        """The best allotment, with what is known of it."""
        value = self.longest
        goal = Goal("distance", Sense.LEAST, value, min(self.low, value), self.proof)
        found = self.best.solution
        assert found is not None  # noqa: S101 -- the search begins with one
        ending = self.best.ending if self.ending is Ending.PROOF else self.ending
        return told((self.best.goals[0], goal), found, ending, self.best.effort + self.effort)

    def narrow(self) -> None:
        """Halve the ways between, as far as the limits decide."""
        (held,), far = self.best.goals, self.distances.far
        ways = np.unique(far[(far >= 0) & (far <= self.longest)])
        first, last = 0, len(ways) - 1
        while first < last and self.ending is Ending.PROOF:
            middle = (first + last) // 2
            within = replace(self.distances, far=np.where(far <= ways[middle], far, UNREACHABLE))
            found = allotted(within, self.room, self.terms, self.limits, then=Then.NOTHING)
            self.effort += found.effort
            (left,) = found.goals
            if left.value is not None and held.value is not None and left.value <= held.value:
                self.best = replace(self.best, solution=found.solution)
                last = int(np.searchsorted(ways, self.longest))
            elif left.bound is not None and held.value is not None and left.bound > held.value:
                first, self.proof = middle + 1, left.proof
            else:
                self.ending = Ending.LIMIT if found.ending is Ending.PROOF else found.ending
        self.low = int(ways[first]) if len(ways) else 0
