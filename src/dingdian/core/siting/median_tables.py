"""What the sites are worth for given multipliers, in floating point, as fast as it goes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Booleans = NDArray[np.bool_]
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Costs up to here are told apart well enough in 32 bits; of so many pairs of site and point the
#: last digits do not matter.
SMALL, MANY = 1 << 16, 2_000_000
#: Only near pairs are looked at where they are fewer than one in so many.
RARE = 10


class Full:
    """All pairs of site and point."""

    def __init__(self, costs: NDArray[np.floating]) -> None:
        self.highest: Floats = np.full(costs.shape[1], np.inf)
        self._costs = costs
        self._less = np.empty_like(costs)

    def worth(self, multipliers: Floats) -> Floats:
        """What each site costs less than its points pay, shape (m,), not positive."""
        np.subtract(self._costs, multipliers.astype(self._costs.dtype), out=self._less)
        np.minimum(self._less, 0, out=self._less)
        worth: Floats = self._less.sum(axis=1).astype(np.float64)
        return worth

    def served(self, chosen: Booleans) -> Integers:
        """By how many chosen sites each point is served at the last multipliers, shape (k,)."""
        served: Integers = (self._less[chosen] < 0).sum(axis=0)
        return served

    def only(self, may: Booleans) -> Full:
        """The same for some of the sites."""
        return Full(self._costs[may])


class Near:
    """The pairs that are near: no multiplier goes beyond ``highest``, shape (k,)."""

    def __init__(self, near: Booleans, costs: NDArray[np.floating], highest: Floats) -> None:
        self.highest = highest
        self._near, self._costs, self._points = near, costs, np.nonzero(near)[1]
        self._sites = np.repeat(np.arange(len(near)), near.sum(axis=1))
        self._short = np.zeros(len(costs), bool)

    def worth(self, multipliers: Floats) -> Floats:
        """As of ``Full``."""
        less = self._costs - multipliers.astype(self._costs.dtype)[self._points]
        np.minimum(less, 0, out=less)
        self._short = less < 0
        return np.bincount(self._sites, less, minlength=len(self._near)).astype(np.float64)

    def served(self, chosen: Booleans) -> Integers:
        """As of ``Full``."""
        serving = self._points[self._short & chosen[self._sites]]
        return np.bincount(serving, minlength=self._near.shape[1])

    def only(self, may: Booleans) -> Near:
        """The same for some of the sites."""
        return Near(self._near[may], self._costs[may[self._sites]], self.highest)


def table_of(costs: Integers, highest: Integers) -> Full | Near:
    """The pairs of site and point, ``costs``: shape (m, k), that matter to multipliers.

    ``highest``: shape (k,), how far multipliers may have to go.
    """
    near = costs <= highest
    rough = costs.size > MANY or int(costs.max(initial=0)) <= SMALL
    kind = np.float32 if rough else np.float64
    if int(near.sum()) * RARE > costs.size:
        return Full(costs.astype(kind))
    return Near(near, costs[near].astype(kind), highest.astype(np.float64))
