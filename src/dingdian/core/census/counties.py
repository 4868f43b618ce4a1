"""The county of each row, and how far a county reaches.

An institution without coordinates stands somewhere within the outline of its county, and so
perhaps near somebody across its border. Where the county has no outline it is taken to stand
where something stands that the census places in the county, or whose county it does not know:
an estimate, and answers that rest on it say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from dingdian.core.census.table import Column, Mask
from dingdian.core.circles import Points, Sites

if TYPE_CHECKING:
    from dingdian.core.census.census import Census

Numbers = npt.NDArray[np.int64]

#: Tables whose rows have coordinates.
PLACED = ("institutions", "localities")


def counties_of(census: Census, table: str) -> tuple[Numbers, tuple[str, ...]]:
    """For each row of a table its county (an index into the codes given), -1 where none is known.

    Raises:
        KeyError: the table has no column ``region``.
    """

    def found() -> tuple[Numbers, tuple[str, ...]]:
        at = {code: number for number, code in enumerate(census.tree.districts)}
        region = census.column(table, "region")
        own = [at.get(census.tree.county_of(code) or "", -1) for code in region.labels]
        return by_label(region, own, -1), census.tree.districts

    return census.cached((table, "counties"), found)


def by_label(column: Column, values: list[int], unknown: int) -> Numbers:
    """The value of each row's label; ``unknown`` where the cell is."""
    if not values:
        return np.full(len(column), unknown, np.int64)
    return np.where(column.known, np.array(values, np.int64)[column.values], unknown)


class Extent(Protocol):
    """Where the institutions of a county may stand."""

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north in degrees; NaN where that is nowhere."""

    def within(self, points: Points, reach_mm: int) -> Mask:
        """Whether points stand at most ``reach_mm`` from there: shape (n,)."""


class _Spots:
    """The places of what is, or may be, in a county."""

    def __init__(self, points: Points) -> None:
        self.sites = Sites.of(points)
        ends = [(axis.min(), axis.max()) for axis in (points.lon, points.lat) if len(points)]
        (west, east), (south, north) = ends or [(np.nan, np.nan)] * 2
        self.bounds = (float(west), float(south), float(east), float(north))

    def within(self, points: Points, reach_mm: int) -> Mask:
        if not len(self.sites):
            return np.zeros(len(points), np.bool_)
        return self.sites.at_least(points, reach_mm, 1, rim=True)


def has_outline(census: Census, county: str) -> bool:
    """Whether the census has a usable outline of a county."""
    return county in census.boundaries and county in census.outlines.shapes


def extent_of(census: Census, county: str) -> Extent:
    """The extent of a county; made once."""
    return census.cached((county, "extent"), lambda: _made(census, county))


def _made(census: Census, county: str) -> Extent:
    if has_outline(census, county):
        from dingdian.core.circles.outline import Outline  # noqa: PLC0415 -- loads shapely

        return Outline.of(census.outlines.shapes[county])
    spots = [_spots(census, county, table) for table in PLACED]
    lon, lat = (np.concatenate([each[axis] for each in spots]) for axis in (0, 1))
    return _Spots(Points(lon, lat))


def _spots(census: Census, county: str, table: str) -> tuple[npt.NDArray[np.float64], ...]:
    """Longitude and latitude of the rows of a table that are, or may be, in a county."""
    own, counties = counties_of(census, table)
    found = census.positions(table)
    rows = found.known & ((own == counties.index(county)) | (own < 0))
    return found.lon[rows], found.lat[rows]


def across(census: Census, table: str, county: int, reach_mm: int) -> Mask:
    """The rows of other counties that stand at most ``reach_mm`` from a county: shape (n,).

    ``county`` is an index into the codes of ``counties_of``. Rows without coordinates, or whose
    own county is not known, are not among them.
    """

    def found() -> Mask:
        own, counties = counties_of(census, table)
        at = census.positions(table)
        rows: Mask = at.known & (own >= 0) & (own != county)
        points = Points(at.lon[rows], at.lat[rows])
        rows[rows] = extent_of(census, counties[county]).within(points, reach_mm)
        return rows

    return census.cached((table, "across", county, reach_mm), found)
