"""How many sites lie within a radius of each point.

Few points are searched one by one. Many are gathered into tiles (``tiles``); the candidates
of a tile are found once, and measured against all of its points together (``blocks``). Points
that have an index of their own are searched from the sites.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from dingdian.core.circles.bands import (
    Bands,
    Ranges,
    Rows,
    in_band_order,
    near_boxes,
    spelled_out,
)
from dingdian.core.circles.blocks import Spans, cloud_of_points, cloud_of_sites, counted
from dingdian.core.circles.chord import Circle, geocentric
from dingdian.core.circles.joining import AT_ONCE, met, portions
from dingdian.core.circles.points import Points
from dingdian.core.circles.threads import each_of
from dingdian.core.circles.tiles import Filled, Tiles, filled, middles, tiles_around

Counts = npt.NDArray[np.int32]

FEW = 250_000  # points that are not worth a grid
PLACED = 1 << 18  # points whose tiles are found at once
TILED = 1 << 18  # points of one piece of work, up to the end of a tile
CANDIDATES = 1 << 20  # of one piece, as far as one tile does not have more
PACKED = 1 << 24  # points that are sorted into tiles together: some 500 MB of memory


def counts(
    sites: Points, bands: Bands, points: Points, radius_mm: int, *, rim: bool, workers: int
) -> Counts:
    """The number of sites within the radius of each point; see ``Sites.counts``."""
    circle = Circle.of(radius_mm, rim=rim)
    many = np.zeros(len(points), np.int32)
    if circle.limit < 0 or not len(bands):
        return many
    tiles = tiles_around(sites, radius_mm) if len(points) > FEW else None
    for start in range(0, len(points), PACKED):
        rows = slice(start, start + PACKED)
        some = points.take(rows)
        if tiles is None:
            many[rows] = _one_by_one(bands, some, circle, workers)
        else:
            many[rows] = _tiled(bands, tiles, some, circle=circle, workers=workers)
    return many


def reached(points: Bands, sites: Bands, radius_mm: int, *, rim: bool) -> Counts:
    """The number of sites within the radius of each point, searched from the sites."""
    circle = Circle.of(radius_mm, rim=rim)
    many = np.zeros(len(points), np.int32)
    for start in range(0, len(sites) if circle.limit >= 0 else 0, AT_ONCE):
        for each in met(points, sites.points, start, circle):
            if len(each.site):
                low = int(each.site.min())
                held = np.bincount(each.site - low)
                many[low : low + len(held)] += held.astype(np.int32)
    found = np.empty_like(many)
    found[points.order] = many
    return found


def _one_by_one(bands: Bands, points: Points, circle: Circle, workers: int) -> Counts:
    """Search each point by itself, one after the other from south to north."""
    many = np.zeros(len(points), np.int32)
    order = in_band_order(points, bands.height)
    ordered = points.take(order)

    def fill(start: int) -> None:
        for each in met(bands, ordered, start, circle):
            if len(each.search):
                low, high = int(each.search[0]), int(each.search[-1]) + 1
                many[order[low:high]] += np.bincount(each.search - low).astype(np.int32)

    each_of(range(0, len(points), AT_ONCE), fill, workers)
    return many


def _tiled(bands: Bands, tiles: Tiles, points: Points, *, circle: Circle, workers: int) -> Counts:
    many = np.zeros(len(points), np.int32)
    shift = len(points).bit_length()

    def place(start: int) -> Rows:
        part = tiles.of(points.take(slice(start, start + PLACED)))
        kept = np.flatnonzero(tiles.near[part])
        return part[kept] << shift | (kept + start)

    def fill(piece: Rows) -> None:
        order, numbers = _counted(bands, tiles, points, filled(piece, shift), circle=circle)
        many[order] = numbers

    packed = np.concatenate(each_of(range(0, len(points), PLACED), place, workers))
    packed.sort()
    each_of(_pieces(packed, shift), fill, workers)
    return many


def _pieces(packed: Rows, shift: int) -> Iterator[Rows]:
    """Cut the sorted points at ends of tiles."""
    start = 0
    while start < len(packed):
        last = packed[min(start + TILED, len(packed)) - 1]
        end = int(np.searchsorted(packed, ((last >> shift) + 1) << shift))
        yield packed[start:end]
        start = end


def _counted(
    bands: Bands, tiles: Tiles, points: Points, piece: Filled, *, circle: Circle
) -> tuple[Rows, Counts]:
    """The points of one piece, and their counts in the same order."""
    boxes = tiles.boxes(piece.tiles)
    ranges = near_boxes(bands, boxes, circle.radius_mm)
    middle = np.stack(middles(boxes))
    many = np.zeros(len(piece.order), np.int32)
    for low, high in portions(ranges.sizes, CANDIDATES):
        some = slice(low, high)
        sizes, site = spelled_out(Ranges(ranges.first[some], ranges.last[some]))
        first, held = int(piece.starts[low]), piece.sizes[some]
        rows = slice(first, first + int(held.sum()))
        own = piece.order[rows]
        many[rows] = counted(
            cloud_of_points(
                np.stack(geocentric(points.lon[own], points.lat[own])),
                np.repeat(middle[:, some], held, axis=1),
            ),
            cloud_of_sites(
                np.stack([bands.x[site], bands.y[site], bands.z[site]]),
                np.repeat(middle[:, some], sizes, axis=1),
            ),
            Spans(piece.starts[some] - first, held, np.cumsum(sizes) - sizes, sizes),
            limit=circle.limit,
            radius_m=circle.radius_mm / 1000,
        )
    return piece.order, many
