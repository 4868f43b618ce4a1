"""Making a choice better by swaps: one site in, one out, the best of all pairs each time.

Every pair's worth is kept and mended where a swap changes it. What went out stays out for a while
and what came in stays in, so that the search leaves a choice that no single swap makes better
(tabu search; Glover, 1989).
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np

from dingdian.core.siting.both_ways import Cover
from dingdian.core.siting.demand import Integers
from dingdian.core.siting.room import Room
from dingdian.core.siting.terms import Rows
from dingdian.core.solving import Limits

#: More than any weight; twice it is still a number of 64 bits.
NEVER = 1 << 61
#: As many pairs of sites and slots are kept; beyond, nothing is swapped.
MOST_PAIRS = 1 << 25
#: Slots more than a first choice fills, where the terms left room in number only.
SPARE = 10
EMPTY = -1
#: For how many swaps a site stays out and a slot keeps its site: at least, and up to so many more.
AWAY, STAY = (20, 80), (10, 50)
#: How many rounds pass between questions whether to stop.
BREATH = 16


@dataclass(frozen=True, slots=True, eq=False)
class Improved:
    """The best choice met: its weight, its sites in order, and what it took."""

    value: int
    sites: Rows
    rounds: int
    halted: bool


class Swaps:
    """A choice in slots, some of which may be empty, and what every swap would add.

    ``worth[i, s]`` and ``gain[i]`` together: what site ``i`` adds in the place of slot ``s``.
    """

    def __init__(self, cover: Cover, room: Room, chosen: Rows) -> None:
        self.cover, self.room = cover, room
        slots = min(room.places, len(chosen) + SPARE)
        self.chosen = np.full(slots, EMPTY)
        self.slot = np.full(cover.sites, EMPTY)
        self.times = np.zeros(len(cover), np.int64)
        self.sole = np.zeros(len(cover), np.int64)  # the sum of the slots that reach a point
        self.gain = np.where(room.free, 0, -NEVER)
        self.worth = np.zeros((cover.sites, slots), np.int64)
        for slot, site in enumerate(chosen.tolist()):
            self._stand(site, slot)
        self.value = int(cover.weights[self.times > 0].sum())
        self._count(np.arange(len(cover)), 1)

    @property
    def sites(self) -> Rows:
        """The sites that are chosen, in order."""
        return np.sort(self.chosen[self.chosen != EMPTY])

    def best(self) -> tuple[int, int, int]:
        """What the best swap adds, the site that comes and the slot it takes."""
        worth = self._within() if self.room.quotas or len(self.room.apart) else self.worth
        most = worth.max(axis=1) + self.gain
        site = int(most.argmax())
        return int(most[site]), site, int(worth[site].argmax())

    def swap(self, site: int, slot: int) -> int:
        """Put a site into a slot; gives back the one that leaves (``EMPTY``: none)."""
        leaves = int(self.chosen[slot])
        out = self.cover.points(leaves) if leaves != EMPTY else self.cover.points_of[:0]
        touched = np.union1d(out, self.cover.points(site))
        weights = self.cover.weights[touched]
        before = int(weights[self.times[touched] > 0].sum())
        self._count(touched, -1)
        if leaves != EMPTY:
            self.times[out] -= 1
            self.sole[out] -= slot
            self.slot[leaves] = EMPTY
            self.gain[leaves] += NEVER
        self._stand(site, slot)
        self._count(touched, 1)
        self.value += int(weights[self.times[touched] > 0].sum()) - before
        return leaves

    def _stand(self, site: int, slot: int) -> None:
        points = self.cover.points(site)
        self.times[points] += 1
        self.sole[points] += slot
        self.chosen[slot], self.slot[site] = site, slot
        self.gain[site] -= NEVER

    def _count(self, points: Integers, sign: int) -> None:
        """Add (1) or take away (-1) what points mean for gains and worths."""
        cover, times = self.cover, self.times[points]
        bare = points[times == 0]
        near, lengths = cover.sites_near(bare)
        np.add.at(self.gain, near, np.repeat(sign * cover.weights[bare], lengths))
        once = points[times == 1]
        near, lengths = cover.sites_near(once)
        weights, slots = sign * cover.weights[once], self.sole[once]
        at = near * len(self.chosen) + np.repeat(slots, lengths)
        np.add.at(self.worth.reshape(-1), at, np.repeat(weights, lengths))
        lost = np.zeros(len(self.chosen), np.int64)
        np.add.at(lost, slots, weights)
        changed = np.flatnonzero(lost)
        self.worth[:, changed] -= lost[changed]

    def _within(self) -> Integers:
        """The worths, with swaps that break a quota or a spacing left out."""
        worth = self.worth.copy()
        filled = self.chosen != EMPTY
        for of, most in self.room.quotas:
            mine = filled & of[self.chosen]
            if int(mine.sum()) >= most:
                worth[np.ix_(np.flatnonzero(of), np.flatnonzero(~mine))] = -NEVER
        pairs = self.room.apart
        pairs = pairs[self.slot[pairs[:, 1]] != EMPTY]
        if len(pairs):
            comes, slots = pairs[:, 0], self.slot[pairs[:, 1]]
            single = np.bincount(comes, minlength=self.cover.sites)[comes] == 1
            kept = worth[comes[single], slots[single]]
            worth[comes] = -NEVER
            worth[comes[single], slots[single]] = kept
        return worth


def improved(swaps: Swaps, limits: Limits, *, enough: int, idle: int) -> Improved:
    """The best choice met within ``limits.rounds`` swaps.

    Ends before where ``enough`` is reached, or nothing better was met for ``idle`` swaps.
    """
    best, sites = swaps.value, swaps.sites
    ban = _Ban(swaps)
    rounds = waited = 0
    halted = False
    while rounds < limits.rounds and waited < idle and best < enough and len(swaps.chosen):
        halted = rounds % BREATH == 0 and limits.halted()
        if halted:
            break
        adds, site, slot = swaps.best()
        rounds, waited = rounds + 1, waited + 1
        if adds > -NEVER // 2:
            ban.put(swaps.swap(site, slot), slot)
        elif not ban.ends:
            break
        ban.pass_one()
        if swaps.value > best:
            best, sites, waited = swaps.value, swaps.sites, 0
    ban.lift()
    return Improved(best, sites, rounds, halted)


class _Ban:
    """Sites that may not come back yet, and slots that keep their site for now."""

    def __init__(self, swaps: Swaps) -> None:
        self.swaps, self.now, self.drawn = swaps, 0, 1
        self.ends: list[tuple[int, int, bool]] = []

    def put(self, site: int, slot: int) -> None:
        if site != EMPTY:
            self._keep(site, AWAY, is_slot=False)
        if len(self.swaps.chosen) > 2 * max(STAY):
            self._keep(slot, STAY, is_slot=True)

    def _keep(self, row: int, times: tuple[int, int], *, is_slot: bool) -> None:
        self.drawn = self.drawn * 48271 % 0x7FFFFFFF  # Park and Miller: the same each time
        heapq.heappush(self.ends, (self.now + times[0] + self.drawn % times[1], row, is_slot))
        self._bar(row, -NEVER, is_slot=is_slot)

    def pass_one(self) -> None:
        """One swap later."""
        self.now += 1
        while self.ends and self.ends[0][0] <= self.now:
            _, row, is_slot = heapq.heappop(self.ends)
            self._bar(row, NEVER, is_slot=is_slot)

    def lift(self) -> None:
        """Let everything go."""
        self.now = max((end for end, _, _ in self.ends), default=self.now)
        self.pass_one()

    def _bar(self, row: int, by: int, *, is_slot: bool) -> None:
        if is_slot:
            self.swaps.worth[:, row] += by
        else:
            self.swaps.gain[row] += by
