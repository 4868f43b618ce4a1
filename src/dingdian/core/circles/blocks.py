"""All sites of a neighbourhood against all points of a tile, in single precision, with a margin.

Seen from the middle of its tile, a point p and a site q have coordinates of a few kilometres,
which single precision holds to a fraction of a millimetre. |q|² - 2 q·p is one small product of
matrices; below ``surely - |p|²`` the site lies in the circle, above ``maybe - |p|²`` it does
not. The few pairs between (a ring a few millimetres wide) are decided by the exact rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dingdian.core.circles.bands import Rows
from dingdian.core.circles.chord import Floats, squared_chord

Singles = npt.NDArray[np.float32]

POINTS = np.array([4, 8, 16, 32, 48, 64, 96, 128, 192, 256])  # sizes that blocks are padded to
SITES = np.array([4, 8, 16, 24, 32, 48, 64, 96, 128, 192, 255])  # 255: sums fit in one byte
AT_ONCE = 1 << 18  # pairs that are worked on together: they stay in the cache
NOWHERE = np.float32(1e30)  # |q|² of the site that blocks are padded with: in no circle
ROUNDING = 2.0**-20  # of (|p| + |q|)²; twelve roundings of single precision are 0.75 * 2**-20


@dataclass(frozen=True, slots=True, eq=False)
class Cloud:
    """Points or sites, tile by tile: exact coordinates (3, n) and those from the tile's middle.

    ``local`` has shape (n, 4) and holds (x, y, z, 1) of points or (-2x, -2y, -2z, |q|²) of
    sites, these with one row more, which lies nowhere. ``squared`` (n,) is the squared
    distance from the middle.
    """

    exact: Floats
    local: Singles
    squared: Floats


def cloud_of_points(exact: Floats, middle: Floats) -> Cloud:
    """The points with coordinates (3, n), seen from (3, n)."""
    seen = exact - middle
    local = np.ones((exact.shape[1], 4), np.float32)
    local[:, :3] = seen.T
    return Cloud(exact, local, squared_chord(*seen))


def cloud_of_sites(exact: Floats, middle: Floats) -> Cloud:
    """The sites with coordinates (3, n), seen from (3, n)."""
    seen = exact - middle
    local = np.zeros((exact.shape[1] + 1, 4), np.float32)
    local[:-1, :3] = -2 * seen.T
    squared = squared_chord(*seen)
    local[:-1, 3] = squared
    local[-1, 3] = NOWHERE
    return Cloud(exact, local, squared)


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """For each block: its first point and how many, its first site and how many; shape (b,)."""

    point: Rows
    points: Rows
    site: Rows
    sites: Rows

    def take(self, rows: Rows) -> Spans:
        """Some of the blocks."""
        return Spans(self.point[rows], self.points[rows], self.site[rows], self.sites[rows])


def counted(
    points: Cloud, sites: Cloud, spans: Spans, *, limit: float, radius_m: float
) -> npt.NDArray[np.int32]:
    """For each point the sites of its tile with a squared chord of at most ``limit``.

    ``spans`` gives for each tile its points and its sites. The shape is that of the points.
    """
    many = np.zeros(len(points.squared), np.int32)
    farthest = 2 * np.sqrt(points.squared.max(initial=0.0)) + 2 * radius_m
    doubt = ROUNDING * farthest * farthest
    surely = (limit - doubt - points.squared).astype(np.float32)
    maybe = (limit + doubt - points.squared).astype(np.float32)
    for block in _alike(_cut(spans)):
        at, inside, possible = _compared(points, sites, block, surely=surely, maybe=maybe)
        real = np.arange(at.shape[1]) < block.points[:, None]
        sums = np.add.reduce(inside.view(np.uint8), axis=1, dtype=np.uint8)
        most = np.add.reduce(possible.view(np.uint8), axis=1, dtype=np.uint8)
        many[at[real]] += sums[real]
        unsure, column = np.nonzero((sums != most) & real)
        if len(unsure):
            doubted, site = np.nonzero(possible[unsure, :, column] & ~inside[unsure, :, column])
            point = at[unsure, column][doubted]
            which = block.site[unsure][doubted] + site
            chord = squared_chord(*(points.exact[:, point] - sites.exact[:, which]))
            np.add.at(many, point[chord <= limit], 1)
    return many


def _compared(
    points: Cloud, sites: Cloud, block: Spans, *, surely: Singles, maybe: Singles
) -> tuple[Rows, npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """The points of each block (b, p), and which site is surely, maybe inside: (b, s, p)."""
    along = np.arange(_padded(POINTS, block.points[:1])[0])
    at = np.minimum(block.point[:, None] + along, len(points.squared) - 1)
    down = np.arange(_padded(SITES, block.sites[:1])[0])
    of = np.where(down < block.sites[:, None], block.site[:, None] + down, len(sites.squared))
    product = np.matmul(sites.local[of], points.local[at].transpose(0, 2, 1))
    return at, product <= surely[at][:, None, :], product <= maybe[at][:, None, :]


def _padded(sizes: Rows, wanted: Rows) -> Rows:
    padded: Rows = sizes[np.searchsorted(sizes, wanted)]
    return padded


def _cut(spans: Spans) -> tuple[Rows, Spans]:
    """Cut tiles evenly into blocks of at most the largest size; which part of its sites each is."""
    across, down = -(-spans.points // POINTS[-1]), -(-spans.sites // SITES[-1])
    blocks = across * down
    tile = np.repeat(np.arange(len(blocks)), blocks)
    number = np.arange(len(tile)) - np.repeat(np.cumsum(blocks) - blocks, blocks)
    left, part = np.divmod(number, np.maximum(down, 1)[tile])
    first, last = (spans.points[tile] * (left + by) // across[tile] for by in (0, 1))
    upper, lower = (spans.sites[tile] * (part + by) // down[tile] for by in (0, 1))
    return part, Spans(
        spans.point[tile] + first, last - first, spans.site[tile] + upper, lower - upper
    )


def _alike(cut: tuple[Rows, Spans]) -> Iterator[Spans]:
    """Blocks of one padded size together, ``AT_ONCE`` pairs at a time, no point twice in one."""
    part, spans = cut
    if not len(part):
        return
    width, height = np.searchsorted(POINTS, spans.points), np.searchsorted(SITES, spans.sites)
    kind = (part * len(POINTS) + width) * len(SITES) + height
    by = np.argsort(kind, kind="stable")
    begins = np.flatnonzero(np.diff(kind[by], prepend=-1))
    for begin, end in zip(begins, np.append(begins[1:], len(by)), strict=True):
        area = int(POINTS[width[by[begin]]] * SITES[height[by[begin]]])
        step = max(1, AT_ONCE // area)
        for start in range(int(begin), int(end), step):
            yield spans.take(by[start : min(start + step, int(end))])
