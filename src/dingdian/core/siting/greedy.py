"""The plain first answer: one site after another, each the one that adds most."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dingdian.core.siting.both_ways import Cover
from dingdian.core.siting.demand import Integers
from dingdian.core.siting.room import Room
from dingdian.core.siting.terms import Rows


def greedy(
    cover: Cover, room: Room, *, begin: Rows | None = None, ranks: Integers | None = None
) -> Rows:
    """Free sites, chosen while one adds weight and the terms leave room; in the order chosen.

    ``begin``: free sites chosen already. Of equals the one of higher ``ranks`` (shape (sites,))
    goes first, then the one of the lower row. The points that fixed sites reach weigh nothing.
    """
    chosen: list[int] = [] if begin is None else begin.tolist()
    standing = np.concatenate([room.fixed, np.array(chosen, np.int64)])
    waiting = np.where(cover.times(standing) > 0, 0, cover.weights)
    gains = np.asarray(cover.site_sums(waiting))
    order = np.arange(cover.sites) if ranks is None else np.lexsort((np.arange(len(ranks)), -ranks))
    while len(chosen) < room.places:
        worth = np.where(room.left(np.array(chosen, np.int64)), gains, 0)[order]
        best = int(order[int(worth.argmax())])
        if worth.max() <= 0:
            break
        chosen.append(best)
        _serve(cover, best, waiting, gains)
    return np.array(chosen, np.int64)


def _serve(cover: Cover, site: int, waiting: Integers, gains: NDArray[np.generic]) -> None:
    """Take what a site adds from what its neighbours would add."""
    points = cover.points(site)
    points = points[waiting[points] > 0]
    near, lengths = cover.sites_near(points)
    np.subtract.at(gains, near, np.repeat(waiting[points], lengths))
    waiting[points] = 0
