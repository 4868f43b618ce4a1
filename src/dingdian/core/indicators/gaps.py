"""Gaps: the localities that have nobody of a stock within the circle, with the nearest one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from dingdian.core.census import Census, Circle, circle_counts, members_of
from dingdian.core.census.near import joined, on_streets
from dingdian.core.circles import Points, Sites
from dingdian.core.indicators.circles import drawn
from dingdian.core.indicators.coverage import CLASSED
from dingdian.core.indicators.covered import TABLE
from dingdian.core.workings import Reason, Workings

#: So many localities are listed for each stock; the maps hold them all.
LISTED = 50

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Gap:
    """A locality that surely has nobody of the stock ``of`` within the circle.

    ``persons`` is ``None`` where it is unknown. ``nearest`` is the code of the nearest
    institution of the stock that has a position and ``distance_mm`` how far it is, in whole
    millimetres; both ``None`` where there is none.
    """

    of: str
    code: str
    name: str
    region: str
    persons: Fraction | None
    nearest: str | None
    nearest_name: str
    distance_mm: int | None


def unserved_totals(workings: Workings) -> dict[str, int]:
    """For each stock whose areas are classed how many gaps there are in all."""
    found = {of: drawn(workings, of) for of in CLASSED if len(workings.census.tables[TABLE])}
    return {
        of: len(unserved_rows(workings.census, each.circle))
        for of, each in found.items()
        if not isinstance(each, Reason)
    }


def gaps(workings: Workings, first: int = LISTED) -> tuple[Gap, ...]:
    """For each stock whose areas are classed the ``first`` gaps by persons, then by code."""
    return tuple(gap for of in CLASSED for gap in _gaps_of(workings, of, first))


def _gaps_of(workings: Workings, of: str, first: int) -> Iterator[Gap]:
    found = drawn(workings, of)
    census = workings.census
    if isinstance(found, Reason) or not len(census.tables[TABLE]):
        return
    rows = unserved_rows(census, found.circle)
    listed = _largest(census, rows, first)
    nearest, distance = nearest_members(census, found.circle, listed)
    for at, row in enumerate(listed.tolist()):
        yield _gap(census, of, row, (int(nearest[at]), int(distance[at])))


def _largest(census: Census, rows: Rows, first: int) -> Rows:
    """The ``first`` of some localities by persons (unknown last), then by code."""
    persons, codes = (census.column(TABLE, name) for name in ("persons", "code"))
    known = np.where(persons.known[rows], persons.values[rows], -1)
    if first < len(rows):
        rows, known = (a[known >= np.partition(known, -first)[-first]] for a in (rows, known))
    told = {int(row): str(codes.cell(int(row))) for row in rows}
    order = sorted(range(len(rows)), key=lambda at: (-known[at], told[int(rows[at])]))
    return rows[np.array(order[:first], np.int64)]


def unserved_rows(census: Census, circle: Circle) -> Rows:
    """The localities that surely have nobody within the circle, in the order of the ledger."""
    counts = circle_counts(census, TABLE, circle)
    return np.flatnonzero(counts.located & (counts.most == 0))


def nearest_members(census: Census, circle: Circle, rows: Rows) -> tuple[Rows, Rows]:
    """For localities with a position the nearest institution of the set, and its distance.

    Rows of ``institutions`` and whole millimetres, measured as the circle is; -1 where the set has
    no position at all, or no way leads to it.
    """
    there, here = census.positions("institutions"), census.positions(TABLE)
    sure, _ = members_of(census, circle)
    members = np.flatnonzero(sure & there.known)
    if circle.by:
        at = np.searchsorted(np.flatnonzero(here.known), rows)
        found = on_streets(census, sure & there.known).nearest(joined(census, TABLE).take(at))
    else:
        sites = Sites.of(Points(there.lon[members], there.lat[members]))
        found = sites.nearest(Points(here.lon[rows], here.lat[rows]))
    at = found.sites[:, 0]
    return np.where(at >= 0, np.append(members, -1)[at], -1), found.distance_mm[:, 0]


def _gap(census: Census, of: str, row: int, nearest: tuple[int, int]) -> Gap:
    institution, distance = nearest

    def text(table: str, column: str, at: int) -> str:
        cell = census.column(table, column).cell(at)
        return "" if cell is None else str(cell)

    persons = census.column(TABLE, "persons").cell(row)
    some = institution >= 0
    return Gap(
        of=of,
        code=text(TABLE, "code", row),
        name=text(TABLE, "name", row),
        region=text(TABLE, "region", row),
        persons=persons if isinstance(persons, Fraction) else None,
        nearest=text("institutions", "code", institution) if some else None,
        nearest_name=text("institutions", "name", institution) if some else "",
        distance_mm=distance if some else None,
    )
