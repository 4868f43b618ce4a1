"""A counted bound of covering by multipliers.

Every point ``p`` may be reached by no site and yet be counted, at a price ``u_p`` between nothing
and its weight ``w_p``; every chosen site earns the prices of its points. Whatever the prices, no
choice reaches more than ``sum(w_p - u_p)`` and the earnings of the best choice together. Prices
are moved step by step towards those that prove most (a deflected subgradient; Held, Wolfe and
Crowder, "Validation of subgradient optimization", 1974). They are whole numbers throughout, so
every bound is counted, and the same on any machine.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dingdian.core.siting.both_ways import MOST_WEIGHT, Cover
from dingdian.core.siting.demand import Integers
from dingdian.core.siting.room import Bools, Room
from dingdian.core.siting.terms import Rows
from dingdian.core.solving import Limits

#: How much of a new direction goes into the one before, the share of a step that is kept after
#: so many rounds without a better bound, and the share below which nothing is won any more.
FRESH, SHORTER, PATIENCE, SHORTEST = 0.1, 0.7, 15, 1e-4
#: Directions are rounded to this part of one, so that their length is counted too.
PART = 1024
#: How many rounds pass between questions whether to stop.
BREATH = 16


@dataclass(frozen=True, slots=True, eq=False)
class Relaxed:
    """The best prices found.

    ``prices``: shape (d,), in parts of ``scale``. ``limit``: what they prove, in the same parts;
    ``earned``: what each site earns, shape (sites,); ``taken``: the sites that earn most together.
    """

    prices: Integers
    scale: int
    limit: int
    earned: Integers
    taken: Rows
    rounds: int
    halted: bool

    @property
    def bound(self) -> int:
        """The weight that no choice exceeds."""
        return self.limit // self.scale


def relax(cover: Cover, room: Room, held: int, limits: Limits) -> Relaxed:
    """Move prices for at most ``limits.rounds`` rounds; ``held`` is the value of a known choice.

    ``cover``: points that no fixed site reaches. Spacing and quotas that share sites with an
    earlier quota are left out of account: the bound holds, and may be weaker.
    """
    # weights in parts stay exact in floating point, where steps are reckoned
    scale = 1 << (MOST_WEIGHT // (cover.total + 1)).bit_length() - 1
    full = cover.weights * scale
    earning = _Earning(cover, room)
    prices = full // 2
    best = _valued(earning, prices, full, scale)
    now, share, idle, rounds = best, 1.0, 0, 0
    direction = np.zeros(len(cover))
    halted = False
    while rounds < limits.rounds and share > SHORTEST and best.limit >= (held + 1) * scale:
        halted = rounds % BREATH == 0 and limits.halted()
        if halted:
            break
        rounds += 1
        open_ = full > now.prices
        direction = (1 - FRESH) * direction + FRESH * (cover.times(now.taken) - open_)
        stuck = ((now.prices <= 0) & (direction > 0)) | (~open_ & (direction < 0))
        parts = np.rint(np.where(stuck, 0, direction) * PART).astype(np.int64)
        length = int((parts * parts).sum())
        if not length:
            direction[:] = 0
            share *= SHORTER
            continue
        step = share * (now.limit - held * scale) * PART / length
        moved = now.prices - np.rint(step * parts).astype(np.int64)
        now = _valued(earning, np.clip(moved, 0, full), full, scale)
        idle = 0 if now.limit < best.limit - best.limit // 1_000_000 else idle + 1
        best = now if now.limit < best.limit else best
        if idle >= PATIENCE:
            now, share, idle = best, share * SHORTER, 0
            direction[:] = 0
    return Relaxed(best.prices, scale, best.limit, best.earned, best.taken, rounds, halted)


def _valued(earning: _Earning, prices: Integers, full: Integers, scale: int) -> Relaxed:
    """What prices prove, counted."""
    earned = earning.cover.site_sums(prices)
    taken = earning.most(earned)
    limit = int((full - prices).sum()) + sum(earned[taken].tolist())
    return Relaxed(prices, scale, limit, earned, taken, 0, False)


class _Earning:
    """The free sites that earn most together, within places and quotas that share no site."""

    def __init__(self, cover: Cover, room: Room) -> None:
        self.cover, self.room = cover, room
        self.quotas: list[tuple[NDArray[np.int64], int]] = []
        used: Bools = np.zeros(cover.sites, bool)
        for of, most in room.quotas:
            if not (of & used).any():
                used |= of
                self.quotas.append((np.flatnonzero(of), most))

    def most(self, earned: Integers) -> Rows:
        may = self.room.free & (earned > 0)
        for of, most in self.quotas:
            worst_first = of[np.argsort(earned[of], kind="stable")]
            may[worst_first[: max(0, len(of) - most)]] = False
        rows = np.flatnonzero(may)
        best: Rows = rows[np.argsort(-earned[rows], kind="stable")[: self.room.places]]
        return best
