"""Where the rows of a table stand: one position each in WGS84/CGCS2000, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from dingdian.core.census.table import Mask, Table
from dingdian.core.coordinates import WGS84, System, find_system, to_wgs84

Floats = npt.NDArray[np.float64]

#: Longitudes and latitudes of China in degrees.
LONGITUDES, LATITUDES = (73.0, 136.0), (3.0, 54.0)
#: Numbers of degrees do not go beyond this.
_DEGREES = 180.0


class Why(IntEnum):
    """Why a row has no position; ``USABLE`` when it has one."""

    USABLE = 0
    MISSING = 1  # no coordinates
    HALF = 2  # one of two
    NO_SYSTEM = 3  # the row does not state its system
    ZERO = 4  # a zero, which stands for nothing
    SWAPPED = 5  # in China when the two are exchanged
    UNFIT = 6  # no point of the stated system: metres for degrees, another zone
    OUTSIDE = 7  # not in China


@dataclass(frozen=True, slots=True, eq=False)
class Positions:
    """The positions of a table's rows; every array has shape (n,), in row order.

    ``lon`` and ``lat``: degrees in WGS84/CGCS2000; NaN where ``known`` is false, and then ``why``
    holds the ``Why`` as int8. ``x``, ``y``: what the ledger states, NaN where it is empty;
    ``system``: the stated system as an index into ``systems``, which are identifiers, the last
    one an empty text that stands for none.
    """

    lon: Floats
    lat: Floats
    known: Mask
    why: npt.NDArray[np.int8]
    x: Floats
    y: Floats
    system: npt.NDArray[np.int32]
    systems: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.why)

    def stated(self, row: int) -> str:
        """The identifier of the system that a row states; empty for none."""
        return self.systems[int(self.system[row])]

    def stating(self, *names: str) -> Mask:
        """The rows that state one of some systems; an empty text stands for none."""
        return np.isin(self.system, [at for at, each in enumerate(self.systems) if each in names])

    def used(self, among: Mask) -> list[str]:
        """The systems that some rows state, in order of identifier, without the empty text."""
        return sorted({self.systems[at] for at in np.unique(self.system[among])} - {""})

    def by_system(self) -> Iterator[tuple[System, npt.NDArray[np.int64]]]:
        """Each stated system with the rows that have a position in it, in order of identifier."""
        for name in self.used(self.known):
            yield _known_system(name), np.flatnonzero(self.known & self.stating(name))


def _known_system(name: str) -> System:
    system = find_system(name)
    if system is None:  # a census made by hand; reading lets none through
        raise ValueError(f"the census states a coordinate system that is not known: {name}")
    return system


def positions_of(table: Table) -> Positions:
    """The positions of a table with the columns ``lon``, ``lat`` and ``crs``.

    Each row is converted by the system that it states itself. Nothing is guessed: a row that
    states none, or whose numbers cannot be right, has no position.

    Raises:
        ValueError: the table states a system that is not known.

    >>> from dingdian.core.census.schema import INSTITUTIONS
    >>> from dingdian.core.census.table import table_from_rows
    >>> rows = [{"lon": 123.4, "lat": 41.8, "crs": "wgs84"}, {"lon": 123.4, "lat": 41.8}, {}]
    >>> found = positions_of(table_from_rows(INSTITUTIONS, rows))
    >>> found.lon.tolist(), [Why(each).name for each in found.why.tolist()]
    ([123.4, nan, nan], ['USABLE', 'NO_SYSTEM', 'MISSING'])
    """
    x, y = (np.where(table[n].known, table[n].values, np.nan) for n in ("lon", "lat"))
    crs = table["crs"]
    systems = (*crs.labels, "")
    own = np.where(crs.known, crs.values, len(crs.labels)).astype(np.int32)
    given = ~np.isnan(x) & ~np.isnan(y)
    why = np.where(np.isnan(x) & np.isnan(y), Why.MISSING, Why.HALF).astype(np.int8)
    lon, lat = np.full(len(x), np.nan), np.full(len(x), np.nan)
    for at in np.unique(own[given]).tolist():
        rows = np.flatnonzero(given & (own == at))
        system = _known_system(systems[at]) if systems[at] else None
        lon[rows], lat[rows], why[rows] = _placed(x[rows], y[rows], system)
    known = why == Why.USABLE
    lon, lat = np.where(known, lon, np.nan), np.where(known, lat, np.nan)
    return Positions(lon=lon, lat=lat, known=known, why=why, x=x, y=y, system=own, systems=systems)


def _placed(x: Floats, y: Floats, system: System | None) -> tuple[Floats, Floats, Floats]:
    """Longitude, latitude and why not, of given numbers in one system."""
    lon, lat = to_wgs84(x, y, system or WGS84)
    here = in_china(lon, lat)
    swapped = ~here & in_china(*to_wgs84(y, x, system or WGS84))
    unfit = np.isnan(lon) | np.isnan(lat)
    if system is not None and system.grid is not None:
        unfit |= (np.abs(x) <= _DEGREES) & (np.abs(y) <= _DEGREES)
    odd = np.where(unfit, Why.UNFIT if system else Why.NO_SYSTEM, Why.OUTSIDE)
    odd = np.where(swapped, Why.SWAPPED, odd)
    odd = np.where((x == 0) | (y == 0), Why.ZERO, odd)
    return lon, lat, np.where(here, Why.USABLE if system else Why.NO_SYSTEM, odd)


def in_china(lon: Floats, lat: Floats) -> Mask:
    """Whether points lie in the box around China; false for NaN.

    >>> in_china(np.array([123.4, 12.4]), np.array([41.8, 41.8])).tolist()
    [True, False]
    """
    with np.errstate(invalid="ignore"):
        found: Mask = (lon >= LONGITUDES[0]) & (lon <= LONGITUDES[1])
        return found & (lat >= LATITUDES[0]) & (lat <= LATITUDES[1])
