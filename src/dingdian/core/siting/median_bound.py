"""What no choice of sites can beat, counted in whole numbers: the median by multipliers.

Each point pays its multiplier instead of having to go to a chosen site, and goes to a chosen site
as well where that costs less than it pays. Then every site has its own worth, and the best choice
is that of the worthiest: its cost is below that of any choice, for any multipliers (Cornuejols,
Fisher and Nemhauser 1977). Good multipliers are climbed to in floating point by the volume
algorithm (Barahona and Anbil 2000); what is said of them is counted after rounding them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dingdian.core.siting.median_tables import table_of
from dingdian.core.siting.needs import MOST, Integers

Floats = NDArray[np.float64]

#: Multipliers are rounded to one part in so many, or fewer where sums are large.
SCALE = 1 << 20
#: How much of each new relaxed choice goes into the running mean of them.
FRESH = 0.1
#: So many rounds without gain make the steps shorter.
PATIENCE = 20
#: A slope shorter than this is none; a worth this far above what is to be proved is enough.
TINY, LEEWAY = 1e-9, 0.01
#: So many pairs of site and point are counted at a time.
BLOCK = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Relaxed:
    """The sites that are still in question, and what they cost.

    ``sites``: rows (m,). ``costs``: shape (m, k), of each of them for each point. ``must``: shape
    (m,), those that are in every choice asked about; ``places``: how many are chosen at most.
    """

    sites: Integers
    costs: Integers
    must: NDArray[np.bool_]
    places: int

    @property
    def free(self) -> int:
        """How many places are not taken by those that must be in."""
        return max(self.places - int(self.must.sum()), 0)

    def restricted(self, may: NDArray[np.bool_], must: NDArray[np.bool_]) -> Relaxed:
        """The same with fewer sites, and more that must be in; both shape (m,)."""
        may = may | must
        return Relaxed(self.sites[may], self.costs[may], must[may], self.places)


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """What multipliers prove, in whole numbers: ``scale`` times costs.

    ``total``: no choice costs less. ``more``: shape (m,), how much more it costs at least where
    the relaxed choice is turned round at one site: taken in, or for one of ``chosen``, left out.
    """

    scale: int
    multipliers: Integers
    total: int
    chosen: NDArray[np.bool_]
    more: Integers

    @property
    def bound(self) -> int:
        """No choice costs less than this."""
        return -(-self.total // self.scale)

    def below(self, ceiling: int) -> int:
        """How much more ``total`` may still grow in a choice that costs less than ``ceiling``."""
        return self.scale * (ceiling - 1) - self.total

    def left(self, relaxed: Relaxed, ceiling: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which sites a choice cheaper than ``ceiling`` may hold, and which it must; both (m,)."""
        turned = self.more <= self.below(ceiling)
        return turned | self.chosen | relaxed.must, relaxed.must | (self.chosen & ~turned)

    def within(self, ceiling: int) -> Integers:
        """What each point costs at most in a choice cheaper than ``ceiling``, shape (k,)."""
        return (self.below(ceiling) + self.multipliers) // self.scale


def counted(relaxed: Relaxed, multipliers: Floats) -> Counted:
    """What these multipliers prove, whatever they are."""
    highest = relaxed.costs.max(axis=0, initial=0)
    scale = SCALE
    while scale > 1 and scale * (int(highest.sum()) + 1) > MOST:
        scale //= 2
    whole = np.minimum(np.rint(multipliers * scale).astype(np.int64), highest * scale)
    worth = np.zeros(len(relaxed.costs), np.int64)
    block = max(1, BLOCK // max(len(whole), 1))
    for top in range(0, len(worth), block):
        part = relaxed.costs[top : top + block] * scale - whole
        worth[top : top + block] = np.minimum(part, 0).sum(axis=1)
    loose = np.flatnonzero(~relaxed.must)
    order = loose[np.argsort(worth[loose], kind="stable")]
    chosen = relaxed.must.copy()
    chosen[order[: relaxed.free]] = True
    total = int(whole.sum()) + int(worth[chosen].sum())
    last = int(worth[order[relaxed.free - 1]]) if 0 < relaxed.free <= len(order) else 0
    following = int(worth[order[relaxed.free]]) if relaxed.free < len(order) else 0
    more = np.where(chosen, following - worth, worth - last)
    if not relaxed.free:
        more[~chosen] = MOST
    more[relaxed.must] = MOST
    return Counted(scale, whole, total, chosen, more)


class Climber:
    """Multipliers on their way up, by the volume algorithm.

    ``multipliers``: the best so far, shape (k,); ``low``: what they are worth, in floating point;
    ``share``: shape (m,), how often each site was chosen of late, a guess at the best choice.
    """

    def __init__(self, relaxed: Relaxed, multipliers: Floats, highest: Integers) -> None:
        """Begin at some multipliers; ``highest``: shape (k,), how far they may have to go."""
        self.relaxed = relaxed
        self._table = table_of(relaxed.costs, highest)
        self.multipliers = np.minimum(multipliers, self._table.highest)
        self._step, self._idle = 0.1, 0
        self.low, chosen, self._missing = self._value(self.multipliers)
        self.share = chosen.astype(np.float64)

    def restrict(self, may: NDArray[np.bool_], must: NDArray[np.bool_]) -> None:
        """Go on with fewer sites, and more that must be in; both shape (m,)."""
        may = may | must
        if may.all() and (must == self.relaxed.must).all():
            return
        self.relaxed = self.relaxed.restricted(may, must)
        self._table, self.share = self._table.only(may), self.share[may]
        self.low = self._value(self.multipliers)[0]

    def climb(self, ceiling: int, rounds: int, halted: Callable[[], bool]) -> int:
        """At most so many rounds; gives back how many.

        ``ceiling``: what a known choice costs; nothing is gained above it.
        """
        for used in range(rounds):
            size = float(self._missing @ self._missing)
            if self.low > ceiling - 1 + LEEWAY or size < TINY or halted():
                return used
            reach = min(ceiling - self.low, abs(self.low) * 0.02 + 1)
            tried = self.multipliers + self._step * reach / size * self._missing
            tried = np.clip(tried, 0, self._table.highest)
            value, chosen, slope = self._value(tried)
            if value > self.low:
                if self._missing @ slope >= 0:
                    self._step = min(self._step * 1.1, 2.0)
                self.multipliers, self.low, self._idle = tried, value, 0
            else:
                self._idle += 1
                if self._idle == PATIENCE:
                    self._step, self._idle = self._step * 0.66, 0
            self._missing = FRESH * slope + (1 - FRESH) * self._missing
            self.share = FRESH * chosen + (1 - FRESH) * self.share
        return rounds

    def guess(self) -> Integers:
        """The rows of the sites that are chosen most often, as many as there are places."""
        favour = np.where(self.relaxed.must, np.inf, self.share)
        return self.relaxed.sites[np.argsort(-favour, kind="stable")[: self.relaxed.places]]

    def _value(self, multipliers: Floats) -> tuple[float, NDArray[np.bool_], Floats]:
        """Worth, sites taken (m,), and by how much each point is served too little (k,)."""
        relaxed = self.relaxed
        worth = self._table.worth(multipliers)
        chosen = relaxed.must.copy()
        free = min(relaxed.free, int((~chosen).sum()))
        if free:
            loose = np.where(chosen, np.inf, worth)
            chosen[np.argpartition(loose, free - 1)[:free]] = True
        value = float(multipliers.sum()) + float(worth[chosen].sum())
        missing: Floats = 1.0 - self._table.served(chosen).astype(np.float64)
        return value, chosen, missing
