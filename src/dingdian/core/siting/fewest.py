"""Set covering at a size that HiGHS alone does not reach: fewer sites, and how few are too few.

With one site less, swaps look for a choice that reaches every point again; and as many places are
too few where multipliers prove that maximal covering with them leaves a point out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from dingdian.core.siting.both_ways import Cover
from dingdian.core.siting.multipliers import relax
from dingdian.core.siting.room import Room
from dingdian.core.siting.swaps import MOST_PAIRS, Swaps, improved
from dingdian.core.siting.terms import Rows
from dingdian.core.solving import Effort, Limits

#: So many swaps without a better choice end the search with one site less.
IDLE = 3_000


@dataclass(frozen=True, slots=True, eq=False)
class Fewer:
    """Free sites that reach every point, and the number that no choice goes below."""

    sites: Rows
    least: int
    effort: Effort
    halted: bool


def fewer(cover: Cover, room: Room, *, begin: Rows, least: int, limits: Limits) -> Fewer:
    """Fewer sites than ``begin``, which reaches every point, and at least ``least``.

    ``cover``: points that no fixed site reaches, each weighing 1.
    """
    sites, rounds, halted = begin, 0, False
    while len(sites) > least and len(sites) * cover.sites <= MOST_PAIRS and not halted:
        left = replace(limits, rounds=limits.rounds - rounds)
        swaps = Swaps(cover, _room(room, len(sites) - 1), _without_one(cover, sites))
        found = improved(swaps, left, enough=cover.total, idle=IDLE)
        rounds, halted = rounds + found.rounds, found.halted
        if found.value < cover.total:
            break
        sites = found.sites
    effort, most = Effort(rounds=rounds), len(sites)
    while least < most and not halted and limits.rounds:
        middle = (least + most) // 2  # too few, or at least not proved to be so
        relaxed = relax(cover, _room(room, middle), cover.total - 1, limits)
        effort, halted = effort + Effort(rounds=relaxed.rounds), relaxed.halted
        if relaxed.bound < cover.total:
            least = middle + 1
        else:
            most = middle
    return Fewer(sites, least, effort, halted)


def _room(room: Room, many: int) -> Room:
    """The terms with so many free sites at most."""
    return Room(replace(room.terms, places=len(room.fixed) + many))


def _without_one(cover: Cover, sites: Rows) -> Rows:
    """The sites but the one that fewest points need."""
    once = (cover.times(sites) == 1).astype(np.int64)
    return np.delete(sites, int(cover.site_sums(once)[sites].argmin()))
