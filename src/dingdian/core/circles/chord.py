"""The distance: a chord between points of the CGCS2000 ellipsoid, in whole millimetres.

Longitude and latitude in degrees (CGCS2000 or WGS84, height 0) give geocentric x, y, z in
metres; the distance of two points is the length of the straight chord between them. It is
shorter than the geodesic, by less than 0.001 mm at 800 m and 0.2 mm at 5 km. It is rounded
to whole millimetres, half up, and only then compared with a radius in whole millimetres.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import overload

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Millimetres = npt.NDArray[np.int64]

SEMI_MAJOR_M = 6378137.0
FLATTENING = 1 / 298.257222101  # CGCS2000; WGS84 differs by 0.1 mm at the poles
ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING)
LEAST_CURVATURE_RADIUS_M = SEMI_MAJOR_M * (1 - ECCENTRICITY_SQUARED)  # meridian, at the equator
SLACK_M = 1e-3  # more than all rounding on the way from degrees to a chord
SLACK_DEGREES = 1e-8  # the same, for bounds in degrees


def geocentric(lon: Floats, lat: Floats) -> tuple[Floats, Floats, Floats]:
    """Geocentric x, y, z in metres of points in degrees; each of the shape given.

    >>> [round(float(axis[0])) for axis in geocentric(np.array([90.0]), np.array([0.0]))]
    [0, 6378137, 0]
    """
    phi, lam = np.radians(lat), np.radians(lon)
    sine, cosine = np.sin(phi), np.cos(phi)
    normal = SEMI_MAJOR_M / np.sqrt(1 - ECCENTRICITY_SQUARED * sine * sine)
    axis = normal * cosine
    return axis * np.cos(lam), axis * np.sin(lam), normal * (1 - ECCENTRICITY_SQUARED) * sine


def squared_chord(dx: Floats, dy: Floats, dz: Floats) -> Floats:
    """The squared chord in square metres, always added up in this order."""
    return dx * dx + dy * dy + dz * dz


@overload
def millimetres(metres: float) -> int: ...
@overload
def millimetres(metres: Floats) -> Millimetres: ...
def millimetres(metres: float | Floats) -> int | Millimetres:
    """Whole millimetres of a length in metres, half up: the one place where it is rounded.

    >>> millimetres(0.0015), millimetres(0.00149), millimetres(np.array([0.0025])).tolist()
    (2, 1, [3])
    """
    scaled = np.asarray(metres) * 1000.0
    whole = np.floor(scaled)
    rounded = (whole + (scaled - whole >= 0.5)).astype(np.int64)
    return rounded if isinstance(metres, np.ndarray) else int(rounded)


def distance_mm(from_lon: Floats, from_lat: Floats, to_lon: Floats, to_lat: Floats) -> Millimetres:
    """Distances between points pair by pair, in whole millimetres; shapes are broadcast.

    >>> one, two = np.array([123.4]), np.array([123.41])
    >>> distance_mm(one, np.array([41.8]), two, np.array([41.8])).tolist()
    [831097]
    """
    start, end = geocentric(from_lon, from_lat), geocentric(to_lon, to_lat)
    steps = (one - other for one, other in zip(start, end, strict=True))
    return millimetres(np.asarray(np.sqrt(squared_chord(*steps))))


def squared_limit(radius_mm: int, *, rim: bool) -> float:
    """The greatest squared chord (m²) that lies within the radius; -1.0 when none does.

    ``millimetres(sqrt(s)) <= radius_mm`` (``<`` without the rim) holds exactly for the
    numbers ``s`` up to this one, since rounding never turns an order round.

    Raises:
        ValueError: the radius is no whole number of millimetres, or negative.
    """
    last = _whole(radius_mm) - (not rim)
    if last < 0:
        return -1.0
    at = ((last + 0.5) / 1000) ** 2
    while _squared_mm(at) > last:
        at = math.nextafter(at, 0.0)
    while _squared_mm(after := math.nextafter(at, math.inf)) <= last:
        at = after
    return at


def _whole(radius_mm: object) -> int:
    if isinstance(radius_mm, int | np.integer) and radius_mm >= 0:
        return int(radius_mm)
    raise ValueError(f"a radius is a whole number of millimetres, 0 or more, not {radius_mm!r}")


def _squared_mm(squared: float) -> int:
    return millimetres(math.sqrt(squared))


@dataclass(frozen=True, slots=True)
class Circle:
    """A radius in whole millimetres, and the greatest squared chord (m²) that lies within it."""

    radius_mm: int
    limit: float

    @classmethod
    def of(cls, radius_mm: int, *, rim: bool) -> Circle:
        """The circle with or without its rim; see ``squared_limit``."""
        limit = squared_limit(radius_mm, rim=rim)
        return cls(int(radius_mm), limit)


def lat_reach(radius_mm: int) -> float:
    """Degrees of latitude beyond which no point lies within the radius.

    A chord projected on the tangent at the mean latitude is at least 2 M sin(Δφ / 2), where M
    is the least radius of curvature of a meridian.
    """
    half = (radius_mm / 1000 + SLACK_M) / (2 * LEAST_CURVATURE_RADIUS_M)
    return math.degrees(2 * math.asin(half)) + SLACK_DEGREES if half < 1 else 180.0


def lon_reach(radius_mm: int, lat: Floats, apart: Floats | float = 0.0) -> Floats:
    """Degrees of longitude beyond which no point lies within the radius; below 0, none does.

    ``lat`` (degrees) is the latitude farthest from the equator that either point may have:
    there the parallel has a radius of at least a cos(φ). The square of the chord is the
    square between the parallels, at least 2 M sin(Δφ / 2) for points at least ``apart``
    degrees of latitude from one another, plus at least (2 a cos(φ) sin(Δλ / 2))². 180 where a
    circle may reach around the pole.
    """
    parallel = 2 * SEMI_MAJOR_M * np.cos(np.radians(np.minimum(np.abs(lat), 90.0)))
    meridian = 2 * LEAST_CURVATURE_RADIUS_M * np.sin(np.radians(np.maximum(apart, 0.0)) / 2)
    across = (radius_mm / 1000 + SLACK_M) ** 2 - np.square(meridian)
    half = np.sqrt(np.maximum(across, 0.0)) / np.maximum(parallel, 1e-9)
    reach = np.degrees(2 * np.arcsin(np.minimum(half, 1.0))) + SLACK_DEGREES
    return np.where(across < 0, -1.0, np.minimum(reach, 180.0))
