"""Who needs a site: points with people, and the sites that reach them or how far those are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]

#: A distance that cannot be travelled: no street joins the two.
UNREACHABLE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """Which sites reach which demand points, as compressed rows (see ``circles.Neighbours``).

    ``weights``: shape (d,), whole and not negative: people, or people times priority. The sites
    that reach point ``p`` are ``reached_by[starts[p]:starts[p + 1]]``; ``starts``: shape (d + 1,).
    ``sites``: how many candidates there are. A point with no site is one nobody can serve.
    """

    weights: Integers
    starts: Integers
    reached_by: Integers
    sites: int

    def __len__(self) -> int:
        return len(self.weights)

    def times_covered(self, chosen: Integers) -> Integers:
        """By how many of the chosen sites each point is reached, shape (d,)."""
        taken = np.zeros(self.sites, np.int64)
        taken[chosen] = 1
        sums: Integers = np.concatenate([[0], np.cumsum(taken[self.reached_by])])
        return sums[self.starts[1:]] - sums[self.starts[:-1]]

    def covered(self, chosen: Integers, *, times: int = 1) -> int:
        """The weight of the points that are reached at least ``times`` times."""
        return int(self.weights[self.times_covered(chosen) >= times].sum())


@dataclass(frozen=True, slots=True, eq=False)
class Distances:
    """How far every site is from every demand point.

    ``weights``: shape (d,), whole, not negative. ``far``: shape (d, s), whole (metres or
    millimetres), ``UNREACHABLE`` where there is no way.
    """

    weights: Integers
    far: Integers

    @property
    def sites(self) -> int:
        """How many candidates there are."""
        return int(self.far.shape[1])

    def nearest(self, chosen: Integers) -> Integers:
        """How far the nearest chosen site is from each point; ``UNREACHABLE`` where none is."""
        if not len(chosen):
            return np.full(len(self.weights), UNREACHABLE)
        own = np.where(self.far[:, chosen] < 0, np.iinfo(np.int64).max, self.far[:, chosen])
        least = own.min(axis=1)
        return np.where(least == np.iinfo(np.int64).max, UNREACHABLE, least)
