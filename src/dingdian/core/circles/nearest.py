"""The nearest sites: circles that grow until they hold enough."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dingdian.core.circles.bands import BAND_DEGREES, Bands, Rows, band_height, in_bands
from dingdian.core.circles.chord import (
    SEMI_MAJOR_M,
    Millimetres,
    geocentric,
    millimetres,
    squared_chord,
)
from dingdian.core.circles.counting import counts
from dingdian.core.circles.joining import neighbours
from dingdian.core.circles.points import Points

SMALLEST_MM = 500_000
WIDEST_MM = round(2000 * SEMI_MAJOR_M) + 1  # no two points are farther apart
FEW = 1 << 22  # distances that are sooner all measured than searched
BLOCK = 1 << 16  # points of one block, so that wide circles do not fill the memory


@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """The ``k`` nearest sites of each of ``q`` points: both of shape (q, k), nearest first.

    Where there are fewer than ``k`` sites, the rest of each row has site -1 and distance -1,
    which mean that there is none.
    """

    sites: Rows
    distance_mm: Millimetres


def nearest(sites: Points, bands: Bands, points: Points, k: int) -> Nearest:
    """The nearest sites of each point; see ``Sites.nearest``."""
    if k < 1:
        raise ValueError(f"at least 1 nearest site must be asked for, not {k}")
    shape = (len(points), k)
    answer = Nearest(np.full(shape, -1, np.int64), np.full(shape, -1, np.int64))
    radius, open_rows, level = SMALLEST_MM, np.arange(len(points)), bands
    while len(open_rows) * len(bands) > FEW and radius < WIDEST_MM and k <= len(bands):
        if level.height != (height := band_height(radius)):
            level = bands if height == BAND_DEGREES else in_bands(sites, height)
        held = counts(sites, level, points.take(open_rows), radius, rim=True, workers=1)
        _fill(answer, level, points, open_rows[held >= k], radius_mm=radius)
        open_rows, radius = open_rows[held < k], radius * 2
    for row in open_rows.tolist():
        _fill_one(answer, bands, points, row)
    return answer


def _fill(answer: Nearest, bands: Bands, points: Points, rows: Rows, *, radius_mm: int) -> None:
    """Answer the rows whose circle holds enough sites."""
    k = answer.sites.shape[1]
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        near = neighbours(bands, points.take(block), radius_mm, rim=True)
        point = np.repeat(np.arange(len(block)), np.diff(near.starts))
        by = np.lexsort((near.sites, near.distance_mm, point))
        chosen = by[near.starts[:-1, None] + np.arange(k)]
        answer.sites[block] = near.sites[chosen]
        answer.distance_mm[block] = near.distance_mm[chosen]


def _fill_one(answer: Nearest, bands: Bands, points: Points, row: int) -> None:
    """Answer one row from the distances to all sites."""
    own = geocentric(points.lon[row : row + 1], points.lat[row : row + 1])
    steps = (axis - at for axis, at in zip((bands.x, bands.y, bands.z), own, strict=True))
    distance = millimetres(np.sqrt(squared_chord(*steps)))
    k = min(answer.sites.shape[1], len(bands))
    if k == 0:
        return
    kept = np.flatnonzero(distance <= np.partition(distance, k - 1)[k - 1])
    by = kept[np.lexsort((bands.order[kept], distance[kept]))][:k]
    answer.sites[row, :k] = bands.order[by]
    answer.distance_mm[row, :k] = distance[by]
