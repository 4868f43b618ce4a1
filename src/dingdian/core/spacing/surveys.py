"""Signed on-site surveys: a measured distance overrides the computed one, and is kept."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from dingdian.core.census import Census
from dingdian.core.circles import distance_mm
from dingdian.core.coordinates import find_system, to_wgs84

#: Two points nearer than this are one: a survey's end, and the site or institution it means.
SAME_POINT_MM = 1_000


@dataclass(frozen=True, slots=True)
class End:
    """One end of a survey: a code, or a point in WGS84/CGCS2000, or both."""

    code: str = ""
    point: tuple[float, float] | None = None

    def means(self, codes: Iterable[str], lon: float, lat: float) -> bool:
        """Whether it is the one with these codes, or stands at this point."""
        if self.code and self.code in tuple(codes):
            return True
        return self.point is not None and _near(self.point, (lon, lat))


@dataclass(frozen=True, slots=True)
class Survey:
    """A signed survey: the distance in whole millimetres, when, by whom, in which document.

    ``service`` is empty where it holds for all of them.
    """

    number: str
    ends: tuple[End, End]
    distance_mm: int
    measured_on: dt.date
    by: str = ""
    document: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Surveys:
    """The signed surveys up to a day, the latest first, found by a code or by a point."""

    all: tuple[Survey, ...] = ()
    by_code: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    by_parallel: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    def of(self, codes: Iterable[str], lon: float, lat: float) -> list[tuple[Survey, End]]:
        """The surveys one end of which is meant, each with its other end; the latest first."""
        wanted = [code for code in codes if code]
        at = {each for code in wanted for each in self.by_code.get(code, ())}
        if self.by_parallel:
            beside = range(_parallel(lat) - 1, _parallel(lat) + 2)
            at.update(each for key in beside for each in self.by_parallel.get(key, ()))
        found = []
        for number in sorted(at):
            survey = self.all[number]
            here = [end.means(wanted, lon, lat) for end in survey.ends]
            if here[0] != here[1]:
                found.append((survey, survey.ends[here[0]]))
        return found


def surveys_of(census: Census, day: dt.date) -> Surveys:
    """The signed surveys of a census that were measured by ``day``.

    One that is not signed, has no distance or no usable ends is left out; the check of the
    census names it.
    """
    table = census.tables["surveys"]
    found = []
    for row in range(len(table)):
        cells = table.row(row)
        measured, length = cells["measured_on"], cells["distance_m"]
        if cells["signed"] is not True or not isinstance(measured, dt.date) or measured > day:
            continue
        ends = (_end(cells, "from"), _end(cells, "to"))
        if isinstance(length, Fraction) and all(end != End() for end in ends):
            found.append(
                Survey(
                    number=str(cells["number"] or ""),
                    ends=ends,
                    distance_mm=int(length * 1000),
                    measured_on=measured,
                    by=str(cells["by"] or ""),
                    document=str(cells["document"] or ""),
                    service=str(cells["service"] or ""),
                )
            )
    return listed(found)


def listed(surveys: Iterable[Survey]) -> Surveys:
    """Surveys to look into; of one day the one with the greater number counts."""
    latest = sorted(surveys, key=lambda each: (each.measured_on, each.number), reverse=True)
    by_code: dict[str, tuple[int, ...]] = {}
    by_parallel: dict[int, tuple[int, ...]] = {}
    for at, survey in enumerate(latest):
        for end in survey.ends:
            if end.code:
                by_code[end.code] = (*by_code.get(end.code, ()), at)
            if end.point:
                key = _parallel(end.point[1])
                by_parallel[key] = (*by_parallel.get(key, ()), at)
    return Surveys(tuple(latest), by_code, by_parallel)


def _end(cells: Mapping[str, object], which: str) -> End:
    """An end as the ledger states it; a point that its system cannot hold is none."""
    code, crs = str(cells[f"{which}_code"] or ""), str(cells["crs"] or "")
    lon, lat = cells[f"{which}_lon"], cells[f"{which}_lat"]
    if not (isinstance(lon, float) and isinstance(lat, float) and find_system(crs)):
        return End(code)
    x, y = (float(each) for each in to_wgs84(lon, lat, crs))
    return End(code, None if np.isnan(x) or np.isnan(y) else (x, y))


def _parallel(lat: float) -> int:
    """The belt of about 100 m that a latitude lies in."""
    return math.floor(lat * 1000)


def _near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    ends = [np.array([each]) for each in (*one, *other)]
    return int(distance_mm(*ends)[0]) <= SAME_POINT_MM
