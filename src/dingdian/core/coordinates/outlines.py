"""Outlines (boundaries of districts): their conversion, area, and how far one set is shifted.

Geometries are shapely polygons and multipolygons of longitude and latitude.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from dingdian.core.coordinates.convert import to_wgs84
from dingdian.core.coordinates.detect import HYPOTHESES
from dingdian.core.coordinates.systems import System

Floats = npt.NDArray[np.float64]

_A, _E2 = 6378137.0, 0.0066943799901413165  # WGS84
#: Metres in a degree of the equator.
EQUATOR = _A * np.pi / 180.0
#: Points at which a rim is looked at, at least this far apart in metres, and how many at most.
_SPACING, _MOST = 200.0, 2_000
_ROUNDS = 15


@dataclass(frozen=True, slots=True)
class Shift:
    """How far one set of outlines lies from another.

    ``east`` and ``north`` in metres carry the second onto the first; ``apart`` is the median
    distance in metres between the two rims before, ``left`` after, over ``n`` points.
    """

    east: float
    north: float
    apart: float
    left: float
    n: int


def outline_to_wgs84(outline: shapely.Geometry, system: System | str) -> shapely.Geometry:
    """An outline stated in ``system`` in WGS84/CGCS2000, vertex by vertex.

    A vertex that the system cannot hold becomes NaN, which makes the outline invalid.

    Raises:
        CoordinateSystemError: a text that names no known system.
    """

    def moved(vertices: Floats) -> Floats:
        return np.column_stack(to_wgs84(vertices[:, 0], vertices[:, 1], system))

    return shapely.transform(outline, moved)


def area_m2(outline: shapely.Geometry) -> float:
    """The area of a polygon of degrees on the ellipsoid, in m²; 0 for an empty one.

    Edges are straight on an equal-area cylinder, which is exact for parallels and meridians.

    >>> round(area_m2(shapely.box(123, 41, 124, 42)) / 1e6)
    9273
    """

    def flat(vertices: Floats) -> Floats:
        return np.column_stack([EQUATOR * vertices[:, 0], northing(vertices[:, 1])])

    return float(shapely.area(shapely.transform(outline, flat)))


def northing(lat: Floats) -> Floats:
    """Metres north of the equator on the equal-area cylinder on which ``EQUATOR`` is a degree east.

    >>> northing(np.array([0.0, 90.0])).round().tolist()
    [0.0, 6363885.0]
    """
    e = np.sqrt(_E2)
    s = np.sin(np.radians(lat))
    found: Floats = _A / 2 * (1 - _E2) * (s / (1 - _E2 * s * s) + np.arctanh(e * s) / e)
    return found


def latitude(north: Floats) -> Floats:
    """The latitude of a ``northing``: its inverse to 1e-12 degrees between the polar circles.

    >>> latitude(northing(np.array([-50.0, 41.8]))).round(9).tolist()
    [-50.0, 41.8]
    """
    found = np.arcsin(np.clip(north / northing(np.array(90.0)), -1, 1))
    for _ in range(4):
        s = np.sin(found)
        rate = _A * (1 - _E2) * np.cos(found) / (1 - _E2 * s * s) ** 2
        found = found - (northing(np.degrees(found)) - north) / rate
    return np.degrees(found)


def metres_per_degree(lat: float) -> tuple[float, float]:
    """Metres in one degree of longitude and of latitude at a latitude.

    >>> [round(each) for each in metres_per_degree(41.8)]
    [83110, 111069]
    """
    s = np.sin(np.radians(lat))
    w = 1.0 - _E2 * s * s
    east = _A / np.sqrt(w) * np.cos(np.radians(lat)) * np.pi / 180.0
    return float(east), float(_A * (1.0 - _E2) / w**1.5 * np.pi / 180.0)


def shift_between(first: Sequence[shapely.Geometry], second: Sequence[shapely.Geometry]) -> Shift:
    """How far ``second`` has to move to lie on ``first``: outlines of the same districts.

    The number of outlines may differ (a city against its districts): the rims of the two unions
    are laid on each other. In each round every point of the second rim is drawn to the nearest
    of the first, across it, and the half that lies farthest has no say: outlines from two
    sources differ in places by kilometres.

    Raises:
        ValueError: one of the sets is empty.

    >>> home = shapely.box(123, 41, 124, 42)
    >>> found = shift_between([home], [shapely.transform(home, lambda at: at + [0.006, -0.002])])
    >>> round(found.east), round(found.north), round(found.left)
    (-501, 221, 0)
    """
    if not first or not second:
        raise ValueError("two sets of outlines are compared, and one is empty")
    unions = [
        shapely.union_all([shapely.make_valid(each) for each in its]) for its in (first, second)
    ]
    middle = shapely.centroid(unions[0])
    scale = np.array(metres_per_degree(middle.y))
    origin = np.array([middle.x, middle.y])
    fixed, moving = (
        shapely.transform(u, lambda at: (at - origin) * scale).boundary for u in unions
    )
    points = _samples(moving)
    shapely.prepare(fixed)
    apart = float(np.median(np.hypot(*_drawn(fixed, points).T)))
    move = np.zeros(2)
    for _ in range(_ROUNDS):
        drawn = _drawn(fixed, points + move)
        move = move + _step(drawn)
    left = float(np.median(np.hypot(*_drawn(fixed, points + move).T)))
    return Shift(float(move[0]), float(move[1]), apart, left, len(points))


def _samples(rim: shapely.Geometry) -> Floats:
    """Points along a rim in metres, evenly spaced: shape (n, 2)."""
    length = shapely.length(rim)
    spacing = max(_SPACING, length / _MOST)
    found: Floats = shapely.get_coordinates(shapely.segmentize(rim, spacing))
    return found[:: -(-len(found) // _MOST)]


def _drawn(fixed: shapely.Geometry, points: Floats) -> Floats:
    """From each point to the nearest of a rim, in metres: shape (n, 2)."""
    lines = shapely.shortest_line(shapely.points(points), fixed)
    ends = shapely.get_coordinates(lines).reshape(-1, 2, 2)
    found: Floats = ends[:, 1] - ends[:, 0]
    return found


def _step(drawn: Floats) -> Floats:
    """The move that best brings the nearer half onto the rim, across it (least squares)."""
    distance = np.hypot(*drawn.T)
    near = distance <= np.median(distance)
    across = drawn[near] / np.maximum(distance[near], 1e-9)[:, None]
    weights = across.T @ across + 1e-9 * np.eye(2)
    found: Floats = np.linalg.solve(weights, across.T @ distance[near])
    return found


def fit_by_system(
    stated: Sequence[shapely.Geometry], reference: Sequence[shapely.Geometry]
) -> Mapping[str, Shift]:
    """For each system the shift that is left when outlines are read as being in it.

    Args:
        stated: outlines of unknown system, in degrees.
        reference: outlines of the same districts, known to be in WGS84/CGCS2000.

    The system with the smallest ``apart`` fits best; two that are close cannot be told apart.

    Raises:
        ValueError: one of the sets is empty.
    """
    return {
        system: shift_between(reference, [outline_to_wgs84(each, system) for each in stated])
        for system in HYPOTHESES
    }
