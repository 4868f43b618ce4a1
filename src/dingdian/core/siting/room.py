"""What the terms still leave room for while sites are chosen one after another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dingdian.core.siting.terms import Rows, Terms

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Room:
    """The terms, made ready to be asked often."""

    terms: Terms

    @cached_property
    def free(self) -> Bools:
        """Sites that may be chosen and do not stand anyway, shape (sites,)."""
        may = self.terms.open
        may[self.terms.fixed] = False
        return may

    @cached_property
    def fixed(self) -> Rows:
        """The sites that stand anyway, in order and each once."""
        return np.unique(self.terms.fixed)

    @cached_property
    def places(self) -> int:
        """How many free sites may be chosen, as far as their number goes."""
        free = int(self.free.sum())
        if self.terms.places is None:
            return free
        return max(0, min(free, self.terms.places - len(self.fixed)))

    @cached_property
    def quotas(self) -> tuple[tuple[Bools, int], ...]:
        """Each quota over the free sites, and how many of them it leaves: those that may bind."""
        found = []
        for quota in self.terms.quotas:
            of = np.zeros(self.terms.sites, bool)
            of[quota.of] = True
            left = quota.most - int(of[self.fixed].sum())
            of &= self.free
            if left < min(int(of.sum()), self.places):
                found.append((of, left))
        return tuple(found)

    @cached_property
    def apart(self) -> NDArray[np.int64]:
        """Pairs of free sites of which one may be chosen, both ways round, shape (m, 2)."""
        pairs = self.terms.apart
        pairs = pairs[self.free[pairs].all(axis=1) & (pairs[:, 0] != pairs[:, 1])]
        return np.unique(np.concatenate([pairs, pairs[:, ::-1]]), axis=0)

    def near(self, sites: Rows) -> Rows:
        """The sites too near each of some, one after another."""
        near: Rows = self.apart[np.isin(self.apart[:, 0], sites), 1]
        return near

    def left(self, chosen: Rows) -> Bools:
        """Which sites may be chosen beside those chosen (free ones), shape (sites,)."""
        if len(chosen) >= self.places:
            return np.zeros(self.terms.sites, bool)
        may = self.free.copy()
        may[chosen] = False
        may[self.near(chosen)] = False
        for of, most in self.quotas:
            if int(of[chosen].sum()) >= most:
                may &= ~of
        return may
