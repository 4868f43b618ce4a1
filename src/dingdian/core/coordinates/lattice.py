"""An outline as points that each stand for the same area, for shares of area.

The points are the middles of the squares of a lattice on an equal-area cylinder that is true to
scale in the middle of the outline. The share of them that has a property is the share of the area,
with an error that the lattice itself tells: the longer the border of the property, the larger.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from dingdian.core.coordinates.outlines import (
    EQUATOR,
    area_m2,
    latitude,
    metres_per_degree,
    northing,
)

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

#: The variance of an area measured by a square lattice is this times the length of its border,
#: times the cube of the spacing (Matérn; Gundersen and Jensen 1987).
_MATERN = 0.0724


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """The points of an outline: degrees in its system, shape (n,), row by row from the south.

    ``squares`` marks the squares of the whole lattice (rows, columns) whose middle lies inside.
    ``area_m2`` is that of the outline on the ellipsoid.
    """

    lon: Floats
    lat: Floats
    squares: Mask
    area_m2: float

    def __len__(self) -> int:
        return len(self.lon)

    def error(self, inside: Mask) -> float:
        """The standard error, at most, of the share of area that ``inside``, of shape (n,), shows.

        It is near where the squares are small against what is inside, and too large where they
        are not. The length of the border is told from the neighbours of which one is inside
        alone; that part of it that is the rim of the outline causes none worth telling.
        """
        if not len(self):
            return 0.0
        grid = np.zeros(self.squares.shape, np.int8)
        grid[self.squares] = np.where(inside, 1, -1)
        unlike = (grid[1:] * grid[:-1] == -1).sum() + (grid[:, 1:] * grid[:, :-1] == -1).sum()
        return float(np.sqrt(_MATERN * np.pi / 4 * unlike)) / len(self)


def lattice(outline: shapely.Geometry, n: int) -> Lattice:
    """About ``n`` points of equal area inside an outline of degrees.

    Args:
        outline: a valid polygon or multipolygon, not empty; prepared is faster.
        n: how many points, nearly; at least 1.

    >>> found = lattice(shapely.box(123, 41, 124, 42), 400)
    >>> len(found), round(found.area_m2 / 1e6), round(found.error(found.lon < 123.5), 4)
    (391, 9273, 0.0029)
    """
    area = area_m2(outline)
    west, south, east, north = shapely.bounds(outline).tolist()
    low, high = northing(np.array([south, north])).tolist()
    narrower = metres_per_degree((south + north) / 2)[0] / EQUATOR
    step = np.sqrt(area / n)
    columns = max(1, round((east - west) * EQUATOR * narrower / step))
    rows = max(1, round((high - low) / narrower / step))
    lon = west + (np.arange(columns) + 0.5) * ((east - west) / columns)
    lat = latitude(low + (np.arange(rows) + 0.5) * ((high - low) / rows))
    x, y = np.meshgrid(lon, lat)
    squares = shapely.contains_xy(outline, x, y)
    return Lattice(x[squares], y[squares], squares, area)
