"""Any known system to WGS84/CGCS2000 and back. Every call says which system it means."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dingdian.core.coordinates import offsets
from dingdian.core.coordinates.grids import degrees_of_grid, grid_of_degrees
from dingdian.core.coordinates.systems import System, agreed, system_of

Floats = npt.NDArray[np.float64]


def _arrays(x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[Floats, Floats]:
    one, two = np.broadcast_arrays(np.asarray(x, np.float64), np.asarray(y, np.float64))
    fits = np.isfinite(one) & np.isfinite(two)
    return np.where(fits, one, np.nan), np.where(fits, two, np.nan)


def _on_earth(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    with np.errstate(invalid="ignore"):
        fits = (np.abs(lon) <= 180.0) & (np.abs(lat) <= 90.0)
    return np.where(fits, lon, np.nan), np.where(fits, lat, np.nan)


def to_wgs84(x: npt.ArrayLike, y: npt.ArrayLike, system: System | str) -> tuple[Floats, Floats]:
    """Longitude and latitude in WGS84/CGCS2000 of points stated in ``system``.

    Args:
        x: longitude in degrees, or easting in metres; any shape.
        y: latitude in degrees, or northing in metres; the shape of ``x``.
        system: the system of both, or the text that names it.

    Returns:
        Two float64 arrays of that shape in degrees. NaN where either input is NaN or infinite,
        where degrees are not on earth, and where metres cannot be of the grid.

    Raises:
        CoordinateSystemError: a text that names no known system.

    >>> lon, lat = to_wgs84([123.476028], [41.682339], "gcj02")
    >>> round(float(lon[0]), 5), round(float(lat[0]), 5)
    (123.47, 41.68)
    """
    own = system if isinstance(system, System) else system_of(system)
    one, two = _arrays(x, y)
    if own.grid is not None:
        return degrees_of_grid(one, two, own.grid)
    lon, lat = _on_earth(one, two)
    if own.id == "bd09":
        lon, lat = offsets.gcj02_of_bd09(lon, lat)
    if own.id in ("bd09", "gcj02"):
        return offsets.wgs84_of_gcj02(lon, lat)
    return lon, lat


def from_wgs84(
    lon: npt.ArrayLike, lat: npt.ArrayLike, system: System | str
) -> tuple[Floats, Floats]:
    """Points in WGS84/CGCS2000 as ``system`` states them: the inverse of ``to_wgs84``.

    Returns:
        Degrees, or easting and northing in metres; NaN as in ``to_wgs84``.

    Raises:
        CoordinateSystemError: a text that names no known system.

    >>> east, north = from_wgs84(123.47, 41.68, "EPSG:4550")
    >>> round(float(east), 2), round(float(north), 2)
    (539134.39, 4616201.16)
    """
    own = system if isinstance(system, System) else system_of(system)
    one, two = _on_earth(*_arrays(lon, lat))
    if own.grid is not None:
        return grid_of_degrees(one, two, own.grid)
    if own.id in ("gcj02", "bd09"):
        one, two = offsets.gcj02_of_wgs84(one, two)
    return offsets.bd09_of_gcj02(one, two) if own.id == "bd09" else (one, two)


class Points:
    """Points that carry their system: ``x`` and ``y`` as stated (float64, one shape).

    Two sets are only brought together when they are of one system; ``wgs84`` is where
    everything may meet. The stated numbers are never changed.

    >>> Points([123.47], [41.68], "wgs84").joined(Points([123.4], [41.7], "CGCS2000")).x.tolist()
    [123.47, 123.4]
    """

    __slots__ = ("system", "x", "y")

    def __init__(self, x: npt.ArrayLike, y: npt.ArrayLike, system: System | str) -> None:
        self.system = system if isinstance(system, System) else system_of(system)
        self.x, self.y = np.asarray(x, np.float64), np.asarray(y, np.float64)

    def wgs84(self) -> Points:
        """The same points in WGS84/CGCS2000."""
        return Points(*to_wgs84(self.x, self.y, self.system), system="wgs84")

    def joined(self, other: Points) -> Points:
        """The points of both.

        Raises:
            CoordinateSystemError: they are of different systems.
        """
        system = agreed((self.system, other.system))
        x, y = np.concatenate([self.x, other.x]), np.concatenate([self.y, other.y])
        return Points(x, y, system)
