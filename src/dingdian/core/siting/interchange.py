"""A better choice of sites by exchanging one for another, as long as that saves distance."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from dingdian.core.siting.needs import filled
from dingdian.core.siting.terms import Rows, Terms
from dingdian.core.solving import Limits

Integers = NDArray[np.int64]

#: So many pairs of site and point are weighed at a time: as many as a cache holds.
BLOCK = 100_000


def interchange(
    costs: Integers, terms: Terms, chosen: Rows, *, rounds: int, halted: Callable[[], bool]
) -> tuple[Rows, int]:
    """Exchange a chosen site for another, always the pair that saves most, until none saves.

    ``costs``: shape (k, s), what each point costs at each site; a choice costs the sum of the
    least of every point. ``chosen`` keeps the terms, and so does what comes back, with how many
    exchanges were looked for (at most ``rounds``). Every pair is weighed at once: with the nearest
    and second nearest chosen site of each point, taking ``a`` in and ``b`` out saves what ``a``
    saves alone, less what the loss of ``b`` costs, plus what ``a`` spares the points of ``b``.
    """
    movable = np.ones(terms.sites, bool)
    movable[terms.fixed] = False
    if not rounds or not movable[chosen].any():
        return np.sort(chosen), 0
    table = _Table(costs, np.sort(chosen))
    for used in range(rounds):
        if halted():
            return np.sort(table.chosen), used
        may = _exchangeable(terms, table.chosen, movable)
        saved = np.where(may, table.saved, 0)
        site, out = divmod(int(saved.argmax()), len(chosen))
        if saved[site, out] <= 0:
            return np.sort(table.chosen), used + 1
        table.exchange(site, out)
    return np.sort(table.chosen), rounds


def first_choice(costs: Integers, terms: Terms, limits: Limits) -> tuple[Rows, int]:
    """Site by site what saves most, then exchanges; with how many were looked for."""
    chosen = filled(costs, terms, np.unique(terms.fixed))
    chosen, rounds = interchange(costs, terms, chosen, rounds=limits.rounds, halted=limits.halted)
    return filled(costs, terms, chosen), rounds


class _Table:
    """What each exchange saves, kept up while sites are exchanged.

    ``chosen``: rows (p,), each at its place. ``saved``: shape (s, p), for the row taken in and the
    place of the one out. A point adds to it by its nearest and second nearest chosen site, so only
    the points whose own change are counted anew.
    """

    def __init__(self, costs: Integers, chosen: Rows) -> None:
        points, sites = costs.shape
        self.chosen = chosen
        self.saved = np.zeros((sites, len(chosen)), np.int64)
        self._costs = costs
        self._first, self._least, self._second = np.zeros((3, points), np.int64)
        self._look(np.arange(points))
        self._add(np.arange(points), 1)

    def exchange(self, site: int, out: int) -> None:
        """Take a site in, at the place of another."""
        leaving = self._costs[:, self.chosen[out]] <= self._second
        changed = np.flatnonzero(leaving | (self._costs[:, site] < self._second))
        self._add(changed, -1)
        self.chosen[out] = site
        self._look(changed)
        self._add(changed, 1)

    def _look(self, points: Rows) -> None:
        """The nearest and second nearest chosen site of some points; of one site, the worst."""
        own = self._costs[np.ix_(points, self.chosen)]
        first = own.argmin(axis=1)
        self._first[points] = first
        self._least[points] = own[np.arange(len(points)), first]
        if len(self.chosen) > 1:
            self._second[points] = np.partition(own, 1, axis=1)[:, 1]
        else:
            self._second[points] = self._costs[points].max(axis=1)

    def _add(self, points: Rows, sign: int) -> None:
        """Add what some points add to ``saved``, or take it away (``sign`` -1)."""
        points = points[np.argsort(self._first[points], kind="stable")]
        block = max(1, BLOCK // self._costs.shape[1])
        for top in range(0, len(points), block):
            part = points[top : top + block]
            first, least, second = self._first[part], self._least[part], self._second[part]
            own = self._costs[part]
            gain = np.maximum(least[:, None] - own, 0).sum(axis=0)
            np.clip(own, least[:, None], second[:, None], out=own)
            # the loss of the nearest site, less what the one taken in spares of it
            places, starts = np.unique(first, return_index=True)
            lost = np.add.reduceat(own - least[:, None], starts, axis=0)
            self.saved += sign * gain[:, None]
            self.saved[:, places] -= sign * lost.T


def _exchangeable(terms: Terms, chosen: Rows, movable: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which exchanges keep the terms, shape (s, p)."""
    taken = np.zeros(terms.sites, bool)
    taken[chosen] = True
    may = (terms.open & ~taken)[:, None] & movable[chosen]
    for quota in terms.quotas:
        of = np.zeros(terms.sites, bool)
        of[quota.of] = True
        if int((taken & of).sum()) >= quota.most:
            may[np.ix_(of, ~of[chosen])] = False
    if len(terms.apart):
        position = np.full(terms.sites, -1)
        position[chosen] = np.arange(len(chosen))
        near = np.zeros((terms.sites, len(chosen)), bool)
        for one, other in ((0, 1), (1, 0)):
            beside = position[terms.apart[:, other]]
            near[terms.apart[beside >= 0, one], beside[beside >= 0]] = True
        may &= (near.sum(axis=1)[:, None] - near) == 0
    return may
