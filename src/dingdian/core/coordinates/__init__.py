"""Coordinates: every point carries its system; nothing is computed across unknown or mixed ones."""

from dingdian.core.coordinates.convert import Points, from_wgs84, to_wgs84
from dingdian.core.coordinates.systems import (
    BD09,
    CGCS2000,
    GCJ02,
    WGS84,
    CoordinateSystemError,
    System,
    agreed,
    find_system,
    system_of,
)

__all__ = [
    "BD09",
    "CGCS2000",
    "GCJ02",
    "WGS84",
    "CoordinateSystemError",
    "Points",
    "System",
    "agreed",
    "find_system",
    "from_wgs84",
    "system_of",
    "to_wgs84",
]
