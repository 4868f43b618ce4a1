"""Parts of a choice that lie together, to be chosen anew while the rest stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from dingdian.core.siting.both_ways import Cover
from dingdian.core.siting.room import Room
from dingdian.core.siting.terms import Rows, Terms


def window(cover: Cover, chosen: Rows, seed: int, many: int) -> tuple[Rows, Rows]:
    """Up to ``many`` of the chosen sites around one of them, and the sites that could stand there.

    The chosen ones stand in the order in which they were found, the seed first. What lies together
    is told by who is reached: no coordinates are needed.
    """
    inside = np.array([seed])
    points = np.zeros(len(cover), bool)
    points[cover.points(seed)] = True
    while len(inside) < min(many, len(chosen)):
        shared = cover.site_sums(np.where(points, cover.weights + 1, 0))
        others = np.setdiff1d(chosen, inside)
        others = others[shared[others] > 0]
        order = np.argsort(-shared[others], kind="stable")
        more = others[order[: many - len(inside)]]
        grown = more if len(more) else np.flatnonzero(shared > 0)
        before = int(points.sum())
        points[cover.points_near(grown)] = True
        inside = np.concatenate([inside, more])
        if not len(more) and int(points.sum()) == before:
            break
    near = np.unique(cover.sites_near(np.flatnonzero(points))[0])
    return inside, near


def around(room: Room, chosen: Rows, inside: Rows, near: Rows) -> Terms:
    """The terms where only a window is chosen anew: the others stand, what is elsewhere is shut."""
    stay = np.setdiff1d(chosen, inside)
    shut = np.ones(room.terms.sites, bool)
    shut[near] = False
    shut |= ~room.free
    return replace(
        room.terms, fixed=np.concatenate([room.fixed, stay]), closed=np.flatnonzero(shut)
    )


def numbers() -> Iterator[int]:
    """Numbers that look drawn and are always the same (Park and Miller), without an end."""
    drawn = 1
    while True:
        drawn = drawn * 48271 % 0x7FFFFFFF
        yield drawn
