"""Who stands near whom, pair by pair: neighbours of points, conflicts among sites."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dingdian.core.circles.bands import Bands, Ranges, Rows, ahead, near_points, spelled_out
from dingdian.core.circles.chord import (
    Circle,
    Floats,
    Millimetres,
    geocentric,
    millimetres,
    squared_chord,
)
from dingdian.core.circles.packing import Numbers, Packed, Packing
from dingdian.core.circles.points import Points
from dingdian.core.circles.threads import each_of

AT_ONCE = 1 << 14  # searches of one block
MOST = 1 << 17  # candidates of one block, as far as one search does not have more


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """The sites within a radius of each of ``q`` points, as compressed rows.

    The neighbours of point ``p`` are ``sites[starts[p]:starts[p + 1]]``, in the order of their
    row (int32), at ``distance_mm`` of the same shape (int64). ``starts`` has shape (q + 1,).
    """

    starts: Rows
    sites: Numbers
    distance_mm: Millimetres

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, point: int) -> Numbers:
        """The rows of the sites near one point."""
        return self.sites[self.starts[point] : self.starts[point + 1]]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of sites within a radius, each once with ``first`` < ``second``, in that order.

    All three have shape (m,); ``first`` and ``second`` are rows of the sites (int32).
    """

    first: Numbers
    second: Numbers
    distance_mm: Millimetres

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True, slots=True, eq=False)
class Met:
    """Searches and the sites that they met: three arrays of shape (m,), searches rising.

    Searches count from 0 of the whole query; sites are places in the bands; ``squared`` are the
    squared chords in m².
    """

    search: Rows
    site: Rows
    squared: Floats

    @property
    def distance_mm(self) -> Millimetres:
        """The distances in whole millimetres."""
        return millimetres(np.sqrt(self.squared))


def met(bands: Bands, points: Points, start: int, circle: Circle) -> Iterator[Met]:
    """The sites within the circle of each of the ``AT_ONCE`` points from ``start`` on."""
    block = points.take(slice(start, start + AT_ONCE))
    ranges = near_points(bands, block, circle.radius_mm)
    own = geocentric(block.lon, block.lat)
    yield from _measured(bands, own, ranges, start=start, limit=circle.limit)


def _measured(
    bands: Bands, own: tuple[Floats, ...], ranges: Ranges, *, start: int, limit: float
) -> Iterator[Met]:
    """The candidates of searches that begin with ``start``, as far as they lie inside."""
    for low, high in portions(ranges.sizes, MOST):
        sizes, site = spelled_out(Ranges(ranges.first[low:high], ranges.last[low:high]))
        steps = (
            np.repeat(here[low:high], sizes) - axis[site]
            for here, axis in zip(own, (bands.x, bands.y, bands.z), strict=True)
        )
        squared = squared_chord(*steps)
        kept = np.flatnonzero(squared <= limit)
        search = np.repeat(np.arange(start + low, start + high), sizes)[kept]
        yield Met(search, site[kept], squared[kept])


def portions(sizes: Rows, most: int) -> Iterator[tuple[int, int]]:
    """Spans of searches with at most so many candidates, or of one search.

    >>> list(portions(np.array([3, 1, 9, 2]), 4))
    [(0, 2), (2, 3), (3, 4)]
    """
    ends = np.cumsum(sizes)
    low, before = 0, 0
    while low < len(sizes):
        high = max(int(np.searchsorted(ends, before + most, side="right")), low + 1)
        yield low, high
        low, before = high, int(ends[high - 1])


def neighbours(bands: Bands, points: Points, radius_mm: int, *, rim: bool) -> Neighbours:
    """The neighbours of each point; see ``Sites.neighbours``."""
    sizes = np.zeros(len(points) + 1, np.int64)
    sites, distances = [np.zeros(0, np.int32)], [np.zeros(0, np.int64)]
    circle = Circle.of(radius_mm, rim=rim)
    starts = range(0, len(points), AT_ONCE) if circle.limit >= 0 else ()
    for each in (one for start in starts for one in met(bands, points, start, circle)):
        low = int(each.search.min(initial=len(points)))
        packing = Packing.of(AT_ONCE, len(bands), radius_mm)
        triples = each.search - low, bands.order[each.site], each.distance_mm
        search, site, distance = packing.in_order([packing.packed(*triples)])
        held = np.bincount(search)
        sizes[low + 1 : low + 1 + len(held)] = held
        sites.append(site)
        distances.append(distance)
    return Neighbours(np.cumsum(sizes), np.concatenate(sites), np.concatenate(distances))


def pairs(bands: Bands, radius_mm: int, *, rim: bool, workers: int) -> Pairs:
    """All pairs among the points that the bands were made of; see ``Sites.pairs``."""
    circle = Circle.of(radius_mm, rim=rim)
    packing = Packing.of(len(bands), len(bands), radius_mm)

    def meet(start: int) -> list[Packed]:
        stop = min(start + AT_ONCE, len(bands))
        own = (bands.x[start:stop], bands.y[start:stop], bands.z[start:stop])
        ranges, blocks = ahead(bands, start, stop, radius_mm), []
        for each in _measured(bands, own, ranges, start=start, limit=circle.limit):
            one, other = bands.order[each.search], bands.order[each.site]
            first, second = np.minimum(one, other), np.maximum(one, other)
            blocks.append(packing.packed(first, second, each.distance_mm))
        return blocks

    starts = range(0, len(bands), AT_ONCE) if circle.limit >= 0 else ()
    return Pairs(
        *packing.in_order([each for some in each_of(starts, meet, workers) for each in some])
    )
