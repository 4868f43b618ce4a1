"""The institutions that stand on a day, indexed once: what every check of a site asks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from dingdian.core.census import Census
from dingdian.core.census.counties import extent_of, has_outline
from dingdian.core.census.table import Mask, Rows, Table
from dingdian.core.census.vocabulary import SERVICES
from dingdian.core.circles import Points, Sites
from dingdian.core.spacing.surveys import Surveys, surveys_of

TRIAL = ("guidance", "trial")
#: Standings in which an institution may block; whether some of them do is a reading.
STANDING = (*TRIAL, "in_force", "suspended")
PHARMACY_KIND = "retail_pharmacy"
#: A degree of latitude is nowhere shorter.
METRES_OF_A_DEGREE = 110_000

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """For each of ``n`` rows whether something surely holds, and whether it may."""

    sure: Flags
    maybe: Flags

    def take(self, rows: Rows) -> Known:
        """The same of some rows."""
        return Known(self.sure[rows], self.maybe[rows])


@dataclass(frozen=True, eq=False)
class Stock:
    """The institutions of a census that stand on ``day``, or may (their state is unknown).

    ``rows`` (k,): their rows in the census. All arrays but ``sites`` are by position in ``rows``.
    ``standing``: index into ``STANDING``, -1 unknown; ``side``: 0 medical, 1 pharmacy, -1 unknown;
    ``services``: shape (k, services of the vocabulary), open on the day; ``district``: index into
    the districts of the tree, -1 unknown; ``error_mm``: position error, -1 where not stated.
    ``placed`` are the positions that have coordinates: row ``i`` of ``sites`` is ``placed[i]``.
    """

    census: Census
    day: dt.date
    rows: Rows
    standing: npt.NDArray[np.int8]
    side: npt.NDArray[np.int8]
    services: Known
    district: npt.NDArray[np.int32]
    error_mm: npt.NDArray[np.int64]
    placed: Rows
    sites: Sites
    surveys: Surveys

    @cached_property
    def largest_error_mm(self) -> int:
        """The largest position error that is stated, 0 where none is."""
        return int(self.error_mm.max(initial=0))

    @cached_property
    def unplaced(self) -> Rows:
        """The positions without usable coordinates."""
        return np.setdiff1d(np.arange(len(self.rows)), self.placed)

    @cached_property
    def unplaced_districts(self) -> list[int]:
        """The districts (indexes) that have institutions without usable coordinates."""
        return [int(each) for each in np.unique(self.district[self.unplaced]) if each >= 0]

    def unplaced_near(self, lon: float, lat: float, reach_mm: int) -> list[int]:
        """Those of them that reach as near a place as that."""
        codes, here = self.census.tree.districts, Points(np.array([lon]), np.array([lat]))
        north = reach_mm / 1000 / METRES_OF_A_DEGREE
        east = north / max(np.cos(np.radians(abs(lat) + north)), 1e-3)
        west_of, south_of, east_of, north_of = self._boxes.T
        close = (west_of - east <= lon) & (lon <= east_of + east)
        close &= (south_of - north <= lat) & (lat <= north_of + north)
        return [
            each
            for each in np.array(self.unplaced_districts, np.int64)[close].tolist()
            if extent_of(self.census, codes[each]).within(here, reach_mm)[0]
        ]

    @cached_property
    def _boxes(self) -> npt.NDArray[np.float64]:
        """West, south, east, north of each of them: shape (n, 4)."""
        codes = (self.census.tree.districts[each] for each in self.unplaced_districts)
        found = [extent_of(self.census, code).bounds for code in codes]
        return np.array(found, np.float64).reshape(-1, 4)

    @cached_property
    def estimated(self) -> tuple[str, ...]:
        """Those of them without an outline: how far they reach is an estimate."""
        codes = (self.census.tree.districts[each] for each in self.unplaced_districts)
        return tuple(code for code in codes if not has_outline(self.census, code))

    @cached_property
    def at(self) -> dict[str, int]:
        """Code -> position, of those that stand."""
        codes = self.census.tables["institutions"]["code"].take(self.rows).cells()
        return {str(code): at for at, code in enumerate(codes)}

    @cached_property
    def positions(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Longitude and latitude by position; NaN where there is none."""
        found = self.census.positions("institutions")
        return found.lon[self.rows], found.lat[self.rows]

    def text(self, column: str, at: int) -> str:
        """A cell of an institution, empty where it is unknown."""
        found = self.census.tables["institutions"][column]
        row = self.rows[at]
        return str(found.labels[found.values[row]]) if found.known[row] else ""

    def district_of(self, at: int) -> str:
        """The district that an institution's region lies in, empty where unknown."""
        index = int(self.district[at])
        return self.census.tree.districts[index] if index >= 0 else ""


def stock_on(census: Census, day: dt.date) -> Stock:
    """The stock of a census on a day; made once for each day.

    Designation dates that are unknown are taken as "before" and "no end", as everywhere.
    """
    return census.cached(("spacing", day), lambda: _made(census, day))


def _made(census: Census, day: dt.date) -> Stock:
    table = census.tables["institutions"]
    standing = _index(table, "standing", STANDING)
    unknown = ~table["standing"].known
    held = _held(table, "designated", day)
    rows = np.flatnonzero(((standing >= 0) | unknown) & held)
    positions = census.positions("institutions")
    placed = np.flatnonzero(positions.known[rows])
    points = Points(positions.lon[rows[placed]], positions.lat[rows[placed]])
    pharmacy = _index(table, "kind", (PHARMACY_KIND,)) == 0
    side = np.where(table["kind"].known, pharmacy, -1).astype(np.int8)
    error = table["position_error_m"]
    opened = [_open(table, name, day) for name in SERVICES]
    services = Known(
        np.stack([each.sure[rows] for each in opened], axis=1),
        np.stack([each.maybe[rows] for each in opened], axis=1),
    )
    return Stock(
        census=census,
        day=day,
        rows=rows,
        standing=standing[rows],
        side=side[rows],
        services=services,
        district=_districts(census, table)[rows],
        error_mm=np.where(error.known, error.values, -1)[rows],
        placed=placed,
        sites=Sites.of(points),
        surveys=surveys_of(census, day),
    )


def _index(table: Table, name: str, words: tuple[str, ...]) -> npt.NDArray[np.int8]:
    """For each row the place of its word among ``words``; -1 for another word or none."""
    column = table[name]
    at = {word: index for index, word in enumerate(words)}
    labels = np.array([*(at.get(label, -1) for label in column.labels), -1], np.int8)
    found: npt.NDArray[np.int8] = labels[np.where(column.known, column.values, -1)]
    return found


def _held(table: Table, stem: str, day: dt.date) -> Mask:
    """Whether the span of two columns holds on a day; unknown ends are open."""
    since, until = table[f"{stem}_since"], table[f"{stem}_until"]
    number = day.toordinal()
    later = since.known & np.greater(since.values, number)
    over = until.known & np.less_equal(until.values, number)
    held: Mask = ~later & ~over
    return held


def _open(table: Table, service: str, day: dt.date) -> Known:
    """Whether a service is open on a day."""
    flag, held = table[service], _held(table, service, day)
    return Known(flag.known & (flag.values == 1) & held, ~flag.known & held)


def _districts(census: Census, table: Table) -> npt.NDArray[np.int32]:
    """For each row the district its region lies in; -1 where that is not known."""
    tree = census.tree
    column = table["region"]
    of = {below: at for at, code in enumerate(tree.districts) for below in tree.descend(code)}
    labels = np.array([*(of.get(label, -1) for label in column.labels), -1], np.int32)
    found: npt.NDArray[np.int32] = labels[np.where(column.known, column.values, -1)]
    return found
