"""The median by branching on sites, with bounds that are counted: no solver has to be believed."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from dingdian.core.siting.interchange import interchange
from dingdian.core.siting.median_bound import Climber, Floats, Relaxed, counted
from dingdian.core.siting.needs import Integers, Needs, addable, filled
from dingdian.core.siting.terms import Rows, Terms
from dingdian.core.solving import Effort, Limits

#: Rounds of climbing between looks at what the shares of sites suggest, before any branching.
LOOK = 100
#: Multipliers go up to what the so many-nearest site of a first choice costs.
HIGHEST = 4
#: Rounds of climbing at a node, a part of what one node is.
AT_NODE = 60
#: At so many nodes, what the shares of sites suggest is also made better by exchanges.
EXCHANGED = 30
#: Climbing before branching ends where a look closed less than this share of the gap.
STALLED = 0.005


@dataclass(slots=True, eq=False)
class Search:
    """A search for the median: what is known of it so far.

    ``costs``: shape (k, s), as ``needs.costs``. ``chosen`` and ``value``: the best choice.
    ``bound``: no choice costs less. ``highest``: shape (k,), how far multipliers may have to go.
    """

    needs: Needs
    costs: Integers
    terms: Terms
    limits: Limits
    chosen: Rows
    value: int
    bound: int
    nodes: int = 0
    rounds: int = 0
    halted: bool = False
    highest: Integers = field(default_factory=lambda: np.zeros(0, np.int64))
    tried: set[bytes] = field(default_factory=set)

    @classmethod
    def begun(
        cls, needs: Needs, terms: Terms, limits: Limits, *, costs: Integers, chosen: Rows
    ) -> Search:
        """With a first choice that reaches everybody, and the bound of everyone's nearest site."""
        value = int(costs[:, chosen].min(axis=1).sum())
        return cls(needs, costs, terms, limits, chosen, value, int(costs.min(axis=1).sum()))

    @property
    def effort(self) -> Effort:
        """What was spent."""
        return Effort(nodes=self.nodes, rounds=self.rounds)

    def consider(self, chosen: Rows, *, exchanged: bool) -> None:
        """Keep a choice if it is the best of those that reach everybody.

        ``chosen``: the first before others where the terms do not allow all of them.
        ``exchanged``: after exchanging sites while that saves.
        """
        chosen = _keeping(self.terms, chosen)
        key = np.sort(chosen).tobytes()
        if key in self.tried:
            return
        self.tried.add(key)
        if exchanged:
            chosen, used = interchange(
                self.costs,
                self.terms,
                filled(self.costs, self.terms, chosen),
                rounds=self.limits.rounds,
                halted=self.limits.halted,
            )
            self.rounds += used
        if self.needs.unreached(chosen) > self.needs.cut_off:
            return
        value = int(self.costs[:, chosen].min(axis=1).sum())
        if value < self.value:
            self.chosen, self.value = np.sort(chosen), value


def _keeping(terms: Terms, wanted: Rows) -> Rows:
    """The sites that are wanted, or as many as keep the terms, the first of them before others."""
    if terms.kept(wanted):
        return wanted
    taken = np.zeros(terms.sites, bool)
    taken[terms.fixed] = True
    for site in wanted:
        taken[site] |= addable(terms, taken)[site]
    return np.flatnonzero(taken)


def whole_question(costs: Integers, terms: Terms) -> Relaxed:
    """The question before anything is excluded; quotas and spacing are not asked of it."""
    sites = np.flatnonzero(terms.open)
    places = len(sites) if terms.places is None else terms.places
    columns = np.ascontiguousarray(costs.T[sites])
    return Relaxed(sites, columns, np.isin(sites, terms.fixed), places)


def climb_first(search: Search, relaxed: Relaxed) -> Climber:
    """Multipliers for the whole question: a bound, better choices, and fewer sites in question."""
    own = np.sort(search.costs[:, search.chosen], axis=1)
    search.highest = own[:, min(HIGHEST, own.shape[1]) - 1]
    climber = Climber(relaxed, own[:, :2].mean(axis=1), search.highest)
    done, stalled = 0, False
    while True:
        proved = counted(climber.relaxed, climber.multipliers)
        search.bound = min(max(search.bound, proved.bound), search.value)
        search.halted = search.halted or search.limits.halted()
        left = search.limits.rounds - done
        climber.restrict(*proved.left(climber.relaxed, search.value))
        if left <= 0 or stalled or search.halted or search.bound >= search.value:
            return climber
        low = climber.low
        used = climber.climb(search.value, min(LOOK, left), search.limits.halted)
        done, search.rounds = done + used, search.rounds + used
        search.consider(climber.guess(), exchanged=True)
        stalled = not used or climber.low - low < STALLED * (search.value - low)


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """A part of the question: which of its sites it may and must hold (m,), and multipliers."""

    may: NDArray[np.bool_]
    must: NDArray[np.bool_]
    multipliers: Floats


def branch(search: Search, climber: Climber, nodes: int) -> None:
    """Close the gap by deciding sites one by one, the least proved part of the question first.

    Quotas and spacing are not in the bounds; they exclude the sites that may not stand beside
    those that a part holds.
    """
    whole, number = climber.relaxed, 0
    waiting: list[tuple[int, int, _Part]] = []
    if search.bound < search.value:
        every = _Part(np.ones(len(whole.sites), bool), whole.must, climber.multipliers)
        waiting = [(search.bound, number, every)]
    while waiting:
        search.bound = min(waiting[0][0], search.value)
        search.halted = search.halted or search.limits.halted()
        if search.bound >= search.value or search.nodes >= nodes or search.halted:
            return
        low, _, part = heapq.heappop(waiting)
        search.nodes += 1
        bound, halves = _halves(search, whole, part)
        for half in halves:
            number -= 1
            heapq.heappush(waiting, (max(low, bound), number, half))
    search.bound = search.value


def _halves(search: Search, whole: Relaxed, part: _Part) -> tuple[int, list[_Part]]:
    """The bound of a part of the question, and its two halves; none where it is closed."""
    relaxed = whole.restricted(part.may, part.must)
    climber = Climber(relaxed, part.multipliers, search.highest)
    search.rounds += climber.climb(search.value, AT_NODE, search.limits.halted)
    search.consider(climber.guess(), exchanged=search.nodes <= EXCHANGED)
    proved = counted(relaxed, climber.multipliers)
    if proved.bound >= search.value:
        return proved.bound, []
    may, must = np.zeros((2, len(whole.sites)), bool)
    for mask, own in zip((may, must), proved.left(relaxed, search.value), strict=True):
        mask[np.flatnonzero(part.may)] = own
    taken = np.zeros(search.terms.sites, bool)
    taken[whole.sites[must]] = True
    may &= must | addable(search.terms, taken)[whole.sites]
    loose = np.flatnonzero(may & ~must)
    if not len(loose) or search.terms.kept(whole.sites[may]):
        search.consider(whole.sites[may], exchanged=False)
        return proved.bound, []
    share = np.zeros(len(whole.sites))
    share[np.flatnonzero(part.may)] = climber.share
    site = loose[int(share[loose].argmax())]
    without, inside = may.copy(), must.copy()
    without[site], inside[site] = False, True
    multipliers = climber.multipliers
    return proved.bound, [_Part(without, must, multipliers), _Part(may, inside, multipliers)]
