"""Points in degrees, checked once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dingdian.core.circles.chord import Floats

NAMED = 5  # rows that an error names before it only counts


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """``n`` points in CGCS2000 (or WGS84) degrees, height 0.

    ``lon`` and ``lat`` have shape (n,); longitude -180 … 180, latitude -90 … 90. There is no
    missing value: a place that is not known has no distance, and must be left out by the
    caller, who can say so.

    Raises:
        ValueError: lengths differ, or a row is NaN, infinite or out of range; names the rows.

    >>> len(Points(np.array([123.4]), np.array([41.8])))
    1
    """

    lon: Floats
    lat: Floats

    def __post_init__(self) -> None:
        for name in ("lon", "lat"):
            object.__setattr__(self, name, _column(name, getattr(self, name)))
        if len(self.lon) != len(self.lat):
            raise ValueError(f"{len(self.lon)} longitudes, but {len(self.lat)} latitudes")
        wrong = ~((np.abs(self.lon) <= 180) & (np.abs(self.lat) <= 90))
        if wrong.any():
            raise ValueError(_told(np.flatnonzero(wrong), self))

    def __len__(self) -> int:
        return len(self.lon)

    def take(self, rows: npt.NDArray[np.int64] | slice) -> Points:
        """The points of some rows."""
        return Points(self.lon[rows], self.lat[rows])


def _column(name: str, values: object) -> Floats:
    column = np.ascontiguousarray(values, dtype=np.float64)
    if column.ndim != 1:
        raise ValueError(f"{name} has {column.ndim} dimensions; one is expected")
    return column


def _told(rows: npt.NDArray[np.int64], points: Points) -> str:
    shown = ", ".join(f"{row} ({points.lon[row]}, {points.lat[row]})" for row in rows[:NAMED])
    more = f" and {len(rows) - NAMED} more" if len(rows) > NAMED else ""
    return (
        f"longitude -180 … 180 and latitude -90 … 90 in degrees, e.g. (123.43, 41.80); "
        f"not so in row {shown}{more}"
    )
