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
    columns = np.ascontiguousarray(costs.T)
    chosen = np.sort(chosen)
    movable = np.ones(terms.sites, bool)
    movable[terms.fixed] = False
    for used in range(rounds):
        if len(chosen) == 0 or not movable[chosen].any() or halted():
            return chosen, used
        saved = _saved(columns, chosen)
        saved[~_exchangeable(terms, chosen, movable)] = -1
        best = int(saved.argmax())
        site, out = divmod(best, len(chosen))
        if saved[site, out] <= 0:
            return chosen, used + 1
        chosen = np.sort(np.append(np.delete(chosen, out), site))
    return chosen, rounds


def first_choice(costs: Integers, terms: Terms, limits: Limits) -> tuple[Rows, int]:
    """Site by site what saves most, then exchanges; with how many were looked for."""
    chosen = filled(costs, terms, np.unique(terms.fixed))
    chosen, rounds = interchange(costs, terms, chosen, rounds=limits.rounds, halted=limits.halted)
    return filled(costs, terms, chosen), rounds


def _saved(columns: Integers, chosen: Rows) -> Integers:
    """What each exchange saves, shape (s, p): row in, position of the chosen one out."""
    own = columns[chosen]
    first = own.argmin(axis=0)
    at = np.arange(columns.shape[1])
    least = own[first, at]
    second = np.partition(own, 1, axis=0)[1] if len(chosen) > 1 else columns.max(axis=0)
    order = np.argsort(first, kind="stable")
    least, second = least[order], second[order]
    sizes = np.bincount(first, minlength=len(chosen))
    used = np.flatnonzero(sizes)
    starts = (np.cumsum(sizes) - sizes)[used]
    loss = np.zeros(len(chosen), np.int64)
    loss[used] = np.add.reduceat(second - least, starts)
    saved = np.zeros((len(columns), len(chosen)), np.int64)
    block = max(1, BLOCK // columns.shape[1])
    for top in range(0, len(columns), block):
        part = columns[top : top + block, order]
        gain = np.maximum(least - part, 0).sum(axis=1)
        np.clip(part, least, second, out=part)
        np.subtract(second, part, out=part)
        saved[top : top + block, used] = np.add.reduceat(part, starts, axis=1)
        saved[top : top + block] += gain[:, None] - loss
    return saved


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
