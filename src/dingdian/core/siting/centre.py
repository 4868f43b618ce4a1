"""The centre: the choice of sites whose farthest person is nearest."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from dingdian.core.siting.beginning import begun
from dingdian.core.siting.centre_within import Within, within
from dingdian.core.siting.demand import Distances
from dingdian.core.siting.needs import (
    NEVER,
    Integers,
    Needs,
    told,
)
from dingdian.core.siting.terms import Rows, Terms
from dingdian.core.solving import Answer, Effort, Ending, Goal, Limits, Proof, Sense


def centre(distances: Distances, terms: Terms, limits: Limits) -> Answer[Rows]:
    """The choice of sites with the least greatest distance of anybody to the nearest site.

    Points without people are nobody. The solution holds the rows of all sites that stand, in
    order. Two goals in this order: ``unreached``, as for ``median``; ``distance``: the greatest
    distance of those who are reached. The answer is searched for among the distances there are;
    the bound is the smallest that is not excluded. The limits hold for each distance asked about;
    with no rounds and no nodes none is.

    Terms that clash (``terms.clashes()``) give ``INFEASIBLE``.

    Raises:
        ValueError: weights, distances and terms are not of one size, or a weight is negative.
        OverflowError: weight times distance is beyond whole numbers of 64 bits.

    >>> far = np.abs(np.arange(5)[:, None] - np.arange(5))
    >>> answer = centre(Distances(np.array([1, 1, 1, 1, 9]), far), Terms(5, places=2), Limits())
    >>> answer.solution.tolist(), [(goal.name, goal.value, goal.bound) for goal in answer.goals]
    ([1, 4], [('unreached', 0, 0), ('distance', 1, 1)])
    """
    start = begun(distances, terms, limits, far=Needs.greatest)
    if isinstance(start, Answer):
        return start
    needs, chosen = start.needs, start.chosen
    search = _Search(needs, terms, limits, held=needs.unreached(chosen), chosen=chosen)
    search.effort, search.halted = start.effort, start.halted
    search.narrow()
    goals = replace(start.first, value=needs.unreached(search.chosen)), search.goal
    ending = Ending.HALTED if search.halted else Ending.LIMIT
    return told(goals, search.chosen, ending, search.effort)


@dataclass(slots=True, eq=False)
class _Search:
    """Between the greatest distance of the best choice so far and the least not excluded."""

    needs: Needs
    terms: Terms
    limits: Limits
    held: int
    chosen: Rows
    low: int = 0
    proof: Proof = Proof.COUNTED
    effort: Effort = field(default_factory=Effort)
    halted: bool = False

    @property
    def goal(self) -> Goal:
        """The greatest distance, its bound and what that rests on."""
        value = self.needs.greatest(self.chosen)
        return Goal("distance", Sense.LEAST, value, min(self.low, value), self.proof)

    def narrow(self) -> None:
        """Halve what is between, as long as the limits decide; then see from below how far."""
        far, top = self.needs.far, self.needs.greatest(self.chosen)
        if self.held == self.needs.cut_off:
            self.low = int(far.min(axis=1).max())  # everybody at the nearest site there is
        values = np.unique(far[(far >= self.low) & (far <= top) & (far != NEVER)])
        if not self.limits.rounds and not self.limits.nodes:
            return
        first, undecided = 0, len(values) - 1
        last = undecided
        while first < last:  # down to the least distance that is attained
            middle = (first + last) // 2
            if self._attained(values, middle):
                last = int(np.searchsorted(values, self.needs.greatest(self.chosen)))
            else:
                first = middle + 1
                if self.low <= values[middle]:
                    undecided = min(undecided, middle)
        first = int(np.searchsorted(values, self.low))
        undecided = min(undecided, last)
        while first < undecided:  # up to the greatest that is excluded
            middle = (first + undecided) // 2
            if self._attained(values, middle) or self.low <= values[middle]:
                undecided = middle
            else:
                first = middle + 1

    def _attained(self, values: Integers, at: int) -> bool:
        """Ask about one distance; lifts ``low`` above it where it is excluded."""
        distance = int(values[at])
        self.halted = self.halted or self.limits.halted()
        if self.halted:
            return False
        answer = within(self.needs, self.terms, self.limits, distance=distance, held=self.held)
        self.effort += answer.effort
        self.halted = answer.ending is Ending.HALTED
        if answer.excluded is not None:
            self.low, self.proof = int(values[at + 1]), answer.excluded
        return self._better(answer, distance)

    def _better(self, answer: Within, distance: int) -> bool:
        """Keep a choice that is found to have everybody within the distance."""
        if answer.chosen is None or self.needs.greatest(answer.chosen) > distance:
            return False
        self.chosen = answer.chosen
        return True
