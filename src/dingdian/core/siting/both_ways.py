"""Who reaches whom, read from points and from sites, with points of the same sites made one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from dingdian.core.siting.demand import Integers, Reach

N = TypeVar("N", bound=np.generic)

#: Sums of people are exact in the floating point of HiGHS below this.
MOST_WEIGHT = 1 << 53


@dataclass(frozen=True, eq=False)
class Cover:
    """Demand points and sites that reach one another, as compressed rows from both sides.

    ``weights``: shape (d,). The sites of point ``p`` are ``sites_of[starts[p]:starts[p + 1]]``, in
    their order; ``sites``: how many there are.
    """

    weights: Integers
    starts: Integers
    sites_of: Integers
    sites: int

    def __len__(self) -> int:
        return len(self.weights)

    @cached_property
    def total(self) -> int:
        """The weight of all points."""
        return int(self.weights.sum())

    @cached_property
    def lengths(self) -> Integers:
        """How many sites reach each point, shape (d,)."""
        return np.diff(self.starts)

    @cached_property
    def site_starts(self) -> Integers:
        """Where the points of each site begin in ``points_of``, shape (sites + 1,)."""
        counts = np.bincount(self.sites_of, minlength=self.sites)
        return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)

    @cached_property
    def points_of(self) -> Integers:
        """The points of site ``s`` are ``points_of[site_starts[s]:site_starts[s + 1]]``."""
        small = np.uint16 if self.sites <= 1 << 16 else np.int64  # 16 bits sort fastest
        order = np.argsort(self.sites_of.astype(small), kind="stable")
        rows: Integers = np.repeat(np.arange(len(self)), self.lengths)[order]
        return rows

    def only(self, points: Integers) -> Cover:
        """The cover of some of its points."""
        near, lengths = self.sites_near(points)
        starts = np.concatenate([[0], np.cumsum(lengths)])
        return Cover(self.weights[points], starts, near, self.sites)

    def points(self, site: int) -> Integers:
        """The points that one site reaches."""
        return self.points_of[self.site_starts[site] : self.site_starts[site + 1]]

    def near(self, point: int) -> Integers:
        """The sites that reach one point."""
        return self.sites_of[self.starts[point] : self.starts[point + 1]]

    def sites_near(self, points: Integers) -> tuple[Integers, Integers]:
        """The sites of some points, one after another, and how many each point has."""
        return _picked(self.starts, self.sites_of, points), self.lengths[points]

    def points_near(self, sites: Integers) -> Integers:
        """The points of some sites, one site after another."""
        return _picked(self.site_starts, self.points_of, sites)

    def times(self, chosen: Integers) -> Integers:
        """By how many of the chosen sites each point is reached, shape (d,)."""
        return np.bincount(self.points_near(chosen), minlength=len(self)).astype(np.int64)

    def site_sums(self, of_points: NDArray[N]) -> NDArray[N]:
        """For each site the sum of something over its points, shape (sites,)."""
        return sums(of_points[self.points_of], self.site_starts)


def both_ways(reach: Reach) -> Cover:
    """A reach as it is, read from both sides."""
    return Cover(reach.weights, reach.starts, reach.reached_by, reach.sites)


def sums(values: NDArray[N], starts: Integers) -> NDArray[N]:
    """The sums of consecutive pieces; an empty piece has none."""
    total: NDArray[N] = np.zeros(len(starts) - 1, values.dtype)
    held = starts[1:] > starts[:-1]
    if held.any():
        total[held] = np.add.reduceat(values, starts[:-1][held])
    return total


def _picked(starts: Integers, values: Integers, rows: Integers) -> Integers:
    """The pieces of some rows, one after another."""
    lengths = starts[rows + 1] - starts[rows]
    ends = np.cumsum(lengths)
    if not len(ends):
        return values[:0]
    at = np.arange(ends[-1]) + np.repeat(starts[rows] - ends + lengths, lengths)
    piece: Integers = values[at]
    return piece


def merged(reach: Reach, usable: NDArray[np.bool_]) -> tuple[Cover, Integers]:
    """Points reached by the same usable sites made one, and the points that none reaches.

    ``usable``: shape (sites,). The answers for both are the same; the points of the cover stand
    in no order that means anything. Raises ``OverflowError`` where the weights are beyond 2^53 in
    all, ``ValueError`` where one is negative.
    """
    if len(reach) and int(reach.weights.min()) < 0:
        raise ValueError("a weight is negative: who needs a site weighs 0 or more")
    if float(reach.weights.sum(dtype=np.float64)) >= MOST_WEIGHT:
        raise OverflowError("the weights of all points are beyond 2^53")
    cover = Cover(reach.weights, *_kept(reach, usable), reach.sites)
    unserved = np.flatnonzero(cover.lengths == 0)
    if not len(cover.sites_of):
        none = np.zeros(0, np.int64)
        return Cover(none, np.zeros(1, np.int64), none, reach.sites), unserved
    prints = sums(_prints(reach.sites)[cover.sites_of], cover.starts)
    _, first, group = np.unique(prints, return_index=True, return_inverse=True)
    group = _proved(cover, first, group.reshape(-1))
    groups, first, group = np.unique(group, return_index=True, return_inverse=True)
    weights = np.zeros(len(groups), np.int64)
    np.add.at(weights, group.reshape(-1), cover.weights)
    served = cover.lengths[first] > 0
    return replace(cover.only(first[served]), weights=weights[served]), unserved


def _kept(reach: Reach, usable: NDArray[np.bool_]) -> tuple[Integers, Integers]:
    """The rows without sites that are of no use, each in order and each site once."""
    lengths = np.diff(reach.starts)
    keys = np.repeat(np.arange(len(reach)), lengths) * reach.sites + reach.reached_by
    if bool((keys[1:] <= keys[:-1]).any()):
        keys = np.unique(keys)
    keep = usable[keys % reach.sites] if not usable.all() else slice(None)
    keys = keys[keep]
    starts = np.searchsorted(keys, np.arange(len(reach) + 1) * reach.sites)
    return starts.astype(np.int64), keys % max(1, reach.sites)


def _prints(sites: int) -> NDArray[np.uint64]:
    """A number for each site that looks drawn (the mixing of splitmix64), always the same."""
    step = np.uint64(0x9E3779B97F4A7C15)
    x = (np.arange(1, sites + 1, dtype=np.uint64)) * step
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        x = (x ^ (x >> np.uint64(shift))) * np.uint64(factor)
    return x ^ (x >> np.uint64(31))


def _proved(cover: Cover, first: Integers, group: Integers) -> Integers:
    """Groups whose points have the very sites of their first point; any other stands alone."""
    other = first[group]
    same = cover.lengths[other] == cover.lengths
    rows = np.flatnonzero(same)
    own, lengths = cover.sites_near(rows)
    theirs, _ = cover.sites_near(other[rows])
    unlike = np.repeat(rows, lengths)[own != theirs]
    same[unlike] = False
    apart = np.flatnonzero(~same)
    group = group.copy()
    group[apart] = len(first) + np.arange(len(apart))
    return group
