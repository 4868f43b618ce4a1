"""Who stands near whom, pair by pair: neighbours of points, conflicts among sites."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dingdian.core.circles.bands import Bands, Ranges, Rows, near_points, spelled_out
from dingdian.core.circles.chord import (
    Millimetres,
    geocentric,
    millimetres,
    squared_chord,
    squared_limit,
)
from dingdian.core.circles.points import Points

AT_ONCE = 1 << 16  # searches of one block
MOST = 1 << 22  # candidates of one block, as far as one search does not have more


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """The sites within a radius of each of ``q`` points, as compressed rows.

    The neighbours of point ``p`` are ``sites[starts[p]:starts[p + 1]]``, in the order of their
    row, at ``distance_mm`` of the same shape. ``starts`` has shape (q + 1,).
    """

    starts: Rows
    sites: Rows
    distance_mm: Millimetres

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, point: int) -> Rows:
        """The rows of the sites near one point."""
        return self.sites[self.starts[point] : self.starts[point + 1]]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of sites within a radius, each once with ``first`` < ``second``, in that order.

    All three have shape (m,); ``first`` and ``second`` are rows of the sites.
    """

    first: Rows
    second: Rows
    distance_mm: Millimetres

    def __len__(self) -> int:
        return len(self.first)


def found(
    bands: Bands, points: Points, radius_mm: int, *, rim: bool
) -> Iterator[tuple[int, Rows, Rows, Millimetres]]:
    """Block by block: its first point, then for each neighbour the point, the site, the distance.

    Points count from the first of the block; sites are places in ``bands``.
    """
    limit = squared_limit(radius_mm, rim=rim)
    if limit < 0 or not len(bands):
        return
    for start in range(0, len(points), AT_ONCE):
        block = points.take(slice(start, start + AT_ONCE))
        ranges = near_points(bands, block, radius_mm)
        for low, high in _portions(ranges.sizes):
            part = Ranges(ranges.first[low:high], ranges.last[low:high])
            yield start + low, *_measured(bands, block.take(slice(low, high)), part, limit)


def _portions(sizes: Rows) -> Iterator[tuple[int, int]]:
    """Spans of searches with at most ``MOST`` candidates, or of one search."""
    ends = np.cumsum(sizes)
    low, before = 0, 0
    while low < len(sizes):
        high = max(int(np.searchsorted(ends, before + MOST, side="right")), low + 1)
        yield low, high
        low, before = high, int(ends[high - 1])


def _measured(
    bands: Bands, points: Points, ranges: Ranges, limit: float
) -> tuple[Rows, Rows, Millimetres]:
    sizes, site = spelled_out(ranges)
    point = np.repeat(np.arange(len(points)), sizes)
    steps = (
        axis[site] - np.repeat(own, sizes)
        for axis, own in zip(
            (bands.x, bands.y, bands.z), geocentric(points.lon, points.lat), strict=True
        )
    )
    squared = squared_chord(*steps)
    kept = np.flatnonzero(squared <= limit)
    return point[kept], site[kept], millimetres(np.sqrt(squared[kept]))


def neighbours(bands: Bands, points: Points, radius_mm: int, *, rim: bool) -> Neighbours:
    """The neighbours of each point; see ``Sites.neighbours``."""
    sizes = np.zeros(len(points) + 1, np.int64)
    sites, distances = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for start, point, site, distance in found(bands, points, radius_mm, rim=rim):
        row = bands.order[site]
        by = np.lexsort((row, point))
        sites.append(row[by])
        distances.append(distance[by])
        held = np.bincount(point)
        sizes[start + 1 : start + 1 + len(held)] = held
    return Neighbours(np.cumsum(sizes), np.concatenate(sites), np.concatenate(distances))


def pairs(bands: Bands, points: Points, radius_mm: int, *, rim: bool) -> Pairs:
    """All pairs among the points that the bands were made of; see ``Sites.pairs``."""
    firsts, seconds, distances = ([np.zeros(0, np.int64)] for _ in range(3))
    for start, point, site, distance in found(bands, points, radius_mm, rim=rim):
        first, second = point + start, bands.order[site]
        once = first < second
        firsts.append(first[once])
        seconds.append(second[once])
        distances.append(distance[once])
    first, second = np.concatenate(firsts), np.concatenate(seconds)
    by = np.lexsort((second, first))
    return Pairs(first[by], second[by], np.concatenate(distances)[by])
