"""How far points stand from an outline: on a Mercator map, measured at each point's own scale.

A conformal map (ellipsoidal Mercator) has one scale at a place in every direction, so that the
nearest point of the outline is found on it, and the distance is that on the map over the scale.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from dingdian.core.circles.chord import ECCENTRICITY_SQUARED, SEMI_MAJOR_M, Floats
from dingdian.core.circles.points import Points

#: Edges are straight in degrees; longer ones are cut, or they would bend on the map (3 cm).
EDGE_DEGREES = 0.01
#: The scale changes on the way by less than this share of the way over the earth's radius.
BEND = 2 / 6_371_000


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """A polygon, or several, on the map; make one with ``Outline.of``.

    ``bounds``: west, south, east and north of the shape in degrees.
    """

    shape: shapely.Geometry
    bounds: tuple[float, float, float, float]

    @classmethod
    def of(cls, shape: shapely.Geometry) -> Outline:
        """The outline of a shape in degrees of longitude and latitude (CGCS2000 or WGS84)."""
        fine = shapely.segmentize(shape, EDGE_DEGREES)
        drawn = shapely.transform(fine, lambda at: np.stack(_drawn(at[:, 0], at[:, 1]), axis=1))
        shapely.prepare(drawn)
        return cls(drawn, shape.bounds)

    def within(self, points: Points, reach_mm: int) -> npt.NDArray[np.bool_]:
        """Whether points stand in the outline or at most ``reach_mm`` from it: shape (n,).

        Surely true where they do; true as well just beyond, by less than 0.3 m at 800 m.

        >>> square = shapely.box(123.4, 41.7, 123.5, 41.8)
        >>> beside = Points(np.array([123.45, 123.45, 123.45]), np.array([41.75, 41.8071, 41.81]))
        >>> Outline.of(square).within(beside, 800_000).tolist()
        [True, True, False]
        """
        x, y = _drawn(points.lon, points.lat)
        metres = reach_mm / 1000
        reach = metres * (1 + 1e-4 + BEND * metres) / _scale_m(points.lat)
        west, south, east, north = self.shape.bounds
        near: npt.NDArray[np.bool_] = (x >= west - reach) & (x <= east + reach)
        near &= (y >= south - reach) & (y <= north + reach)
        rows = np.flatnonzero(near)
        if len(rows):
            near[rows] = shapely.dwithin(self.shape, shapely.points(x[rows], y[rows]), reach[rows])
        return near


def _drawn(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Easting and northing on the map, in radians of the equator."""
    phi, e = np.radians(lat), np.sqrt(ECCENTRICITY_SQUARED)
    return np.radians(lon), np.arcsinh(np.tan(phi)) - e * np.arctanh(e * np.sin(phi))


def _scale_m(lat: Floats) -> Floats:
    """Metres on the ground for one unit of the map."""
    phi = np.radians(lat)
    found: Floats = (
        SEMI_MAJOR_M * np.cos(phi) / np.sqrt(1 - ECCENTRICITY_SQUARED * np.sin(phi) ** 2)
    )
    return found
