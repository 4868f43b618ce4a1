"""Schematic boundaries: every point belongs to the nearest centre inside a convex outline.

Such tiles are convex, cover the outline and never overlap. They are 示意图 and follow no
real boundary.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from dingdian.samples.draw import Floats, Ints

Point = tuple[float, float]

#: Decimals of a boundary's degrees: about ten metres.
BOUNDARY_DECIMALS = 4


@dataclass(frozen=True)
class Tiling:
    """Centres and outline in degrees; ``squeeze`` shrinks longitudes so that tiles look right.

    ``outline`` is convex and runs counter-clockwise.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    centres: tuple[Point, ...]
    outline: tuple[Point, ...]
    squeeze: float

    def depth(self, lon: Floats, lat: Floats) -> tuple[Ints, Floats]:
        """For each point its tile and how far inside it lies (squeezed degrees; < 0: outside)."""
        at = np.stack([lon * self.squeeze, lat], axis=1)
        squares = ((at[:, None, :] - self._seats[None, :, :]) ** 2).sum(axis=2)
        owner = squares.argmin(axis=1)
        near = squares[np.arange(len(at)), owner]
        inside = self._inside_outline(at)
        for other, seat in enumerate(self._seats):
            apart = np.sqrt(((self._seats[owner] - seat) ** 2).sum(axis=1))
            with np.errstate(divide="ignore", invalid="ignore"):
                gap = (squares[:, other] - near) / (2 * apart)
            inside = np.where(owner == other, inside, np.minimum(inside, gap))
        return owner.astype(np.int64), inside

    def features(self) -> dict[str, Any]:
        """The tiles as a GeoJSON FeatureCollection."""
        return {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {
                        "code": code,
                        "name": name,
                        "schematic": True,
                        "crs": "CGCS2000",
                        "note": "示意图，非行政区域界线",
                    },
                    "geometry": {"type": "Polygon", "coordinates": [self._ring(tile)]},
                }
                for tile, (code, name) in enumerate(zip(self.codes, self.names, strict=True))
            ],
        }

    @cached_property
    def _seats(self) -> Floats:
        return np.array([(lon * self.squeeze, lat) for lon, lat in self.centres])

    def _inside_outline(self, at: Floats) -> Floats:
        corners = np.array([(lon * self.squeeze, lat) for lon, lat in self.outline])
        inside = np.full(len(at), np.inf)
        for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
            (dx, dy) = end - start
            cross = dx * (at[:, 1] - start[1]) - dy * (at[:, 0] - start[0])
            inside = np.minimum(inside, cross / np.sqrt(dx * dx + dy * dy))
        return inside

    def _ring(self, tile: int) -> list[list[float]]:
        """The closed ring of a tile."""
        ring = [(lon * self.squeeze, lat) for lon, lat in self.outline]
        seat = self._seats[tile]
        for other, rival in enumerate(self._seats):
            if other != tile:
                ring = _nearer(ring, seat, rival)
        degrees = [
            [round(x / self.squeeze, BOUNDARY_DECIMALS), round(y, BOUNDARY_DECIMALS)]
            for x, y in ring
        ]
        return [*degrees, degrees[0]]


def _nearer(ring: list[Point], seat: Floats, rival: Floats) -> list[Point]:
    """The part of a convex ring that is nearer to ``seat`` than to ``rival``."""
    (ax, ay), (bx, by) = seat.tolist(), rival.tolist()

    def beyond(p: Point) -> float:
        return (p[0] - (ax + bx) / 2) * (bx - ax) + (p[1] - (ay + by) / 2) * (by - ay)

    kept: list[Point] = []
    for here, there in zip(ring, ring[1:] + ring[:1], strict=True):
        a, b = beyond(here), beyond(there)
        if a <= 0:
            kept.append(here)
        if (a < 0 < b) or (b < 0 < a):
            share = a / (a - b)
            kept.append(
                (here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1]))
            )
    return kept
