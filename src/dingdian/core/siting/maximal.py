"""The most weight covered, at a size that HiGHS alone does not reach.

A first choice is made better by swaps, multipliers prove how much more there can be, and what
sites earn then decides some of them: a site without which, or with which, nothing better than
the known choice is left. HiGHS gets what remains, where that is small enough; where it is not,
parts of the choice are sought anew in the same way while the rest stands, and swapped on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from dingdian.core.siting.both_ways import Cover, merged
from dingdian.core.siting.demand import Reach
from dingdian.core.siting.multipliers import Relaxed, relax
from dingdian.core.siting.room import Room
from dingdian.core.siting.swaps import MOST_PAIRS, SPARE, Swaps, improved
from dingdian.core.siting.terms import Rows, Terms
from dingdian.core.siting.windows import around, numbers, window
from dingdian.core.siting.wishes import Wish, written
from dingdian.core.solving import Effort, Ending, Limits, Programme, Proof, Status, solve

#: HiGHS gets what remains where no more pairs of point and site than these are left.
SMALL = 60_000
#: How many sites are chosen anew together, at first and later; how many nodes and rounds each
#: time may take, and how many rounds of the whole it stands for.
WINDOWS = (12, 20, 30)
WINDOW_NODES, WINDOW_ROUNDS, WINDOW_COST = 200, 400, 50
#: So many swaps without a better choice end the first search and the second; the last goes on.
FIRST_IDLE, LATER_IDLE = 300, 3_000


@dataclass(frozen=True, slots=True, eq=False)
class Covered:
    """A choice of free sites, what it reaches that fixed ones do not, and what none exceeds."""

    sites: Rows
    value: int
    bound: int
    proof: Proof
    ending: Ending
    effort: Effort


def most_covered(cover: Cover, room: Room, *, begin: Rows, bound: int, limits: Limits) -> Covered:
    """The best choice of free sites found and the bound that was proved.

    ``cover``: points that no fixed site reaches; ``begin``: a choice that keeps the terms, and
    ``bound`` what is known that none exceeds.
    """
    search = Search(cover, room, limits, begin=begin, bound=bound)
    search.swap(idle=FIRST_IDLE)
    if search.open:
        search.prove()
    search.swap(idle=LATER_IDLE)
    search.renew()
    search.swap(idle=limits.rounds)
    return search.told()


class Search:
    """What is known so far: the best choice, the bound, and what it took."""

    def __init__(
        self, cover: Cover, room: Room, limits: Limits, *, begin: Rows, bound: int
    ) -> None:
        self.cover, self.room, self.limits = cover, room, limits
        self.sites, self.bound, self.proof = begin, bound, Proof.COUNTED
        self.value = _weight(cover, begin)
        self.effort, self.halted = Effort(), False

    @property
    def open(self) -> bool:
        """Whether something is left to find or to prove, and somebody waits for it."""
        return self.value < self.bound and not self.halted

    def swap(self, *, idle: int) -> None:
        """Look for a better choice by swaps from the best one."""
        slots = min(self.room.places, len(self.sites) + SPARE)
        if not self.open or self.limits.rounds <= 0 or slots * self.cover.sites > MOST_PAIRS:
            return
        swaps = Swaps(self.cover, self.room, self.sites)
        found = improved(swaps, self.limits, enough=self.bound, idle=idle)
        self.effort += Effort(rounds=found.rounds)
        self.halted = found.halted
        self._better(found.sites)

    def prove(self) -> None:
        """Bring the bound down, by multipliers and then by HiGHS on what they leave open."""
        relaxed = relax(self.cover, self.room, self.value, self.limits)
        self.effort += Effort(rounds=relaxed.rounds)
        self.halted = relaxed.halted
        self.bound = max(self.value, min(self.bound, relaxed.bound))
        if not self.open or self.limits.nodes <= 0:
            return
        terms = decided(self.room, relaxed, self.value)
        if next(terms.clashes(), None) or _too_near(self.room, terms):
            self.bound = self.value
            return
        left, _ = merged(_as_reach(self.cover), terms.open)
        held = left.times(terms.fixed) > 0
        if int(left.lengths[~held].sum()) <= SMALL:
            self._solve(left, terms)

    def renew(self) -> None:
        """Choose parts anew while the rest stands, larger ones where smaller ones win nothing."""
        left = self.limits.rounds // WINDOW_COST
        limits = replace(self.limits, nodes=WINDOW_NODES, rounds=WINDOW_ROUNDS)
        if not len(self.sites) or self.limits.nodes <= 0:
            return
        for many in WINDOWS:
            waiting = np.ones(self.cover.sites, bool)
            for drawn in islice(numbers(), left):
                seeds = self.sites[waiting[self.sites]]
                if not len(seeds) or not self.open:
                    break
                left -= 1
                found = window(self.cover, self.sites, int(seeds[drawn % len(seeds)]), many)
                if self._renewed(*found, limits):
                    waiting[found[1]] = True
                else:  # those beside the middle would have much the same window
                    waiting[found[0][: many // 3]] = False

    def _renewed(self, inside: Rows, near: Rows, limits: Limits) -> bool:
        """Whether the sites of a window were chosen better."""
        stay = np.setdiff1d(self.sites, inside)
        room = Room(around(self.room, self.sites, inside, near))
        waiting = self.cover.only(np.flatnonzero(self.cover.times(stay) == 0))
        waiting, _ = merged(_as_reach(waiting), room.free)
        part = Search(waiting, room, limits, begin=np.sort(inside), bound=waiting.total)
        part.swap(idle=FIRST_IDLE)
        if part.open:
            part.prove()
        self.effort += part.effort
        self.halted = part.halted
        before = self.value
        self._better(np.sort(np.concatenate([stay, part.sites])))
        return self.value > before

    def _solve(self, cover: Cover, terms: Terms) -> None:
        """What HiGHS makes of the sites that are left."""
        programme = Programme()
        take = terms.written(programme)
        served = written(programme, take, Wish.COVERED, cover, whole=False)
        goal = programme.goal(Wish.COVERED, Wish.COVERED.sense, served, cover.weights)
        start = None
        if terms.kept(self.sites):
            start = np.zeros(len(programme.low), np.int64)
            start[take[self.sites]] = 1
            start[served] = cover.times(self.sites) > 0
        found = solve(programme, goal, self.limits, start=start)
        self.effort += found.effort
        self.halted = found.ending is Ending.HALTED
        if found.solution is not None:
            self._better(np.flatnonzero(found.solution[take]))
        bound = found.goals[0].bound
        if found.status is Status.INFEASIBLE:
            bound = self.value
        if bound is not None and max(bound, self.value) < self.bound:
            self.bound, self.proof = max(bound, self.value), Proof.SOLVER

    def _better(self, sites: Rows) -> None:
        value = _weight(self.cover, sites)
        if value > self.value:
            self.sites, self.value = sites, value

    def told(self) -> Covered:
        """The answer."""
        done = self.value == self.bound
        ending = Ending.PROOF if done else Ending.HALTED if self.halted else Ending.LIMIT
        return Covered(self.sites, self.value, self.bound, self.proof, ending, self.effort)


def decided(room: Room, relaxed: Relaxed, value: int) -> Terms:
    """The terms with every site fixed or closed of which a choice above ``value`` leaves no doubt.

    Only free sites stand in them: as fixed those that each better choice takes.
    """
    need = (value + 1) * relaxed.scale
    earned, taken = relaxed.earned, relaxed.taken
    inside = np.zeros(room.terms.sites, bool)
    inside[taken] = True
    others = room.free & ~inside
    next_best = int(earned[others].max(initial=0))
    full = 0 < room.places <= len(taken)
    least = int(earned[taken].min()) if full else 0
    closed = others & (earned < need - relaxed.limit + least)
    fixed = np.zeros(room.terms.sites, bool)
    fixed[taken] = earned[taken] > relaxed.limit - need + next_best
    return replace(
        room.terms,
        places=room.places,
        fixed=np.flatnonzero(fixed),
        closed=np.flatnonzero(~room.free | closed),
        quotas=tuple(
            replace(quota, most=quota.most - len(np.intersect1d(quota.of, room.fixed)))
            for quota in room.terms.quotas
        ),
    )


def _too_near(room: Room, terms: Terms) -> bool:
    """Whether two sites that each better choice takes may not stand together."""
    return bool(np.isin(room.apart, terms.fixed).all(axis=1).any())


def _as_reach(cover: Cover) -> Reach:
    return Reach(cover.weights, cover.starts, cover.sites_of, cover.sites)


def _weight(cover: Cover, sites: Rows) -> int:
    return int(cover.weights[cover.times(sites) > 0].sum())
