"""GCJ-02 and BD-09: the public formulas, vectorised, with inverses iterated to the last digit.

The formulas are the ones that circulate as ``eviltransform`` and are used by every open map
library; the official transformation is not public, and needs a licence. They agree with what
Gaode, Tencent and Baidu show to about a metre.

All arrays are float64 degrees of one shape; NaN gives NaN. The inverses run a fixed number of
steps, so that a point's result does not depend on the points beside it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Degrees = npt.NDArray[np.float64]

#: The box outside which GCJ-02 is WGS84: longitudes, latitudes.
BOX = ((72.004, 137.8347), (0.8293, 55.8271))

_A, _EE = 6378245.0, 0.00669342162296594323  # Krasovsky 1940, as the public formula has it
_STEPS = 6  # each leaves less than a hundredth of the error: measured, 5 reach the last digit
_BD_TURN = np.pi * 3000.0 / 180.0


def in_box(lon: Degrees, lat: Degrees) -> npt.NDArray[np.bool_]:
    """Whether points (WGS84) lie in the box in which GCJ-02 is offset; false for NaN.

    >>> in_box(np.array([123.47, 2.35]), np.array([41.68, 48.85])).tolist()
    [True, False]
    """
    (west, east), (south, north) = BOX
    found: npt.NDArray[np.bool_] = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    return found


def _waves(along: Degrees, short: float, long: float) -> Degrees:
    """The slow waves of one axis, in metres times 3/2."""
    turn = np.pi * along
    return (
        20.0 * np.sin(turn)
        + 40.0 * np.sin(turn / 3.0)
        + short * np.sin(turn / 12.0)
        + long * np.sin(turn / 30.0)
    )


def _offset(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """What GCJ-02 adds to WGS84, as if everywhere lay in the box."""
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    quick = 20.0 * (np.sin(6.0 * np.pi * x) + np.sin(2.0 * np.pi * x))
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north = north + (quick + _waves(y, 160.0, 320.0)) * (2.0 / 3.0)
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east = east + (quick + _waves(x, 150.0, 300.0)) * (2.0 / 3.0)
    angle = np.radians(lat)
    magic = 1.0 - _EE * np.sin(angle) ** 2
    meridian = _A * (1.0 - _EE) / (magic * np.sqrt(magic))
    parallel = _A / np.sqrt(magic) * np.cos(angle)
    return np.degrees(east / parallel), np.degrees(north / meridian)


def gcj02_of_wgs84(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """GCJ-02 of WGS84; points outside the box stay.

    >>> lon, lat = gcj02_of_wgs84(np.array([123.47]), np.array([41.68]))
    >>> round(float(lon[0]), 6), round(float(lat[0]), 6)
    (123.476028, 41.682339)
    """
    east, north = _offset(lon, lat)
    inside = in_box(lon, lat)
    return np.where(inside, lon + east, lon), np.where(inside, lat + north, lat)


def wgs84_of_gcj02(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """WGS84 of GCJ-02: the inverse of ``gcj02_of_wgs84`` to 1e-8 m.

    On the rim of the box, far from land of China, two points may share one image or a point may
    have no origin; there the point that stays is given.
    """
    found_lon, found_lat = lon, lat
    for _ in range(_STEPS):
        east, north = _offset(found_lon, found_lat)
        found_lon, found_lat = lon - east, lat - north
    inside = in_box(found_lon, found_lat)
    return np.where(inside, found_lon, lon), np.where(inside, found_lat, lat)


def bd09_of_gcj02(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """BD-09 of GCJ-02; the formula knows no box.

    >>> lon, lat = bd09_of_gcj02(np.array([116.404]), np.array([39.915]))
    >>> round(float(lon[0]), 6), round(float(lat[0]), 6)
    (116.410369, 39.921337)
    """
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BD_TURN)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BD_TURN)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def gcj02_of_bd09(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """GCJ-02 of BD-09: the inverse of ``bd09_of_gcj02`` to 1e-7 m within China."""
    found_lon, found_lat = lon - 0.0065, lat - 0.006
    for _ in range(_STEPS):
        there_lon, there_lat = bd09_of_gcj02(found_lon, found_lat)
        found_lon, found_lat = found_lon + (lon - there_lon), found_lat + (lat - there_lat)
    return found_lon, found_lat
