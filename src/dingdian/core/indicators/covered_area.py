"""Covered area: how much of a district's land lies within the circle of so many institutions.

The land is that within the boundary of the district, looked at in points that stand for equal
areas; each says exactly how many institutions are within its circle. What is counted so has a
standard error, which stands beside the figure. A larger area is the sum of its districts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from dingdian.core.census import RegionTree
from dingdian.core.census.surface import Around, around, surface
from dingdian.core.digits import rounded
from dingdian.core.indicators.circles import SERVED, Drawn, Served, drawn
from dingdian.core.indicators.coverage import CLASSED, TOLD
from dingdian.core.indicators.recipes import Parts, parts_of, share
from dingdian.core.workings import Figure, Measure, Reason, Workings, reason

if TYPE_CHECKING:
    from dingdian.core.coordinates.lattice import Lattice

#: Formula of a figure that is measured on the boundaries, not computed from other figures.
MEASURED = "measured"
_M2_IN_KM2 = 1_000_000


def _km2(square_metres: float) -> Fraction:
    """Square kilometres, to the whole square metre."""
    return Fraction(round(square_metres), _M2_IN_KM2)


def _districts(tree: RegionTree, scope: str) -> tuple[str, ...]:
    return parts_of(tree, scope, Parts.DISTRICTS)


@dataclass(frozen=True, slots=True)
class Land:
    """The area within the boundary of a district, or of all districts of a larger area."""

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """The figure; undefined with ``no_outline`` where a district has no usable boundary."""
        districts = _districts(workings.census.tree, scope)
        if districts:
            return _summed(workings, measure, scope, districts)
        land = surface(workings.census).get(scope)
        if land is None:
            return workings.undefined(measure.id, scope, _no_outline(scope), unit=measure.unit)
        return _measured(workings, measure, scope, _km2(land.area_m2))


@dataclass(frozen=True, slots=True)
class LandCovered:
    """The area with at least ``n`` institutions of a stock within the circle."""

    of: str
    n: int

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """The figure; undefined without circle or boundary, or where an institution is unsure."""
        circle = drawn(workings, self.of)
        districts = _districts(workings.census.tree, scope)
        if isinstance(circle, Reason):
            return workings.undefined(measure.id, scope, circle, unit=measure.unit)
        if circle.circle.by:
            why = reason("area_along_streets")
            return workings.undefined(measure.id, scope, why, unit=measure.unit)
        if districts:
            made = _summed(workings, measure, scope, districts)
        else:
            made = self._of_district(workings, measure, scope, circle)
        return made._replace(readings=circle.readings)

    def _of_district(
        self, workings: Workings, measure: Measure, scope: str, circle: Drawn
    ) -> Figure:
        land = surface(workings.census).get(scope)
        near = around(workings.census, circle.circle).get(scope)
        if land is None or near is None:
            return workings.undefined(measure.id, scope, _no_outline(scope), unit=measure.unit)
        return self._counted(workings, measure, scope, (land, near))

    def _counted(
        self, workings: Workings, measure: Measure, scope: str, at: tuple[Lattice, Around]
    ) -> Figure:
        land, near = at
        inside = near.least >= self.n
        covered = _km2(land.area_m2 * np.count_nonzero(inside) / len(land))
        if (inside != (near.most >= self.n)).any():
            why = reason("area_unsure", institutions=near.unsure, part=rounded(covered, 2))
            return workings.undefined(measure.id, scope, why, unit=measure.unit)
        error = f"{land.error(inside) * land.area_m2 / _M2_IN_KM2:.2f}"
        numbers = {"points": str(len(land)), "error_km2": error}
        return _measured(workings, measure, scope, covered, **numbers)


def _no_outline(scope: str) -> Reason:
    return reason("no_outline", region=scope)


def _summed(workings: Workings, measure: Measure, scope: str, districts: tuple[str, ...]) -> Figure:
    parts = {each: workings.figure(measure.id, each) for each in districts}
    return workings.compute(measure.id, scope, "sum", parts, unit=measure.unit)


def _measured(
    workings: Workings, measure: Measure, scope: str, value: Fraction, **detail: str
) -> Figure:
    """A figure of the boundaries; it says so where they are only schematic (示意图)."""
    if workings.census.boundaries[scope].get("schematic"):
        detail["boundary"] = "schematic"
    return workings.given(
        measure.id, scope, value, unit=measure.unit, formula=MEASURED, detail=detail.items()
    )


def _covered(of: Served) -> Iterator[Measure]:
    for n in TOLD:
        zh, en = (
            f"服务圈内有{n}家及以上{of.zh}的面积",
            f"area with {n} or more {of.en} in the circle",
        )
        id = f"covered_area_{n}_{of.id}"
        yield Measure(id, zh, en, "km2", LandCovered(of.id, n), decimals=2, clauses=of.clauses)
        yield Measure(
            f"share_{id}",
            f"{zh}占比（占边界内面积）",
            f"{en}, share of the area within the boundary",
            "share",
            share(id, "outline_area"),
            decimals=2,
            clauses=of.clauses,
        )


MEASURES: tuple[Measure, ...] = (
    Measure(
        "outline_area",
        "边界内面积（按边界文件）",
        "area within the boundary (of the boundary file)",
        "km2",
        Land(),
        decimals=2,
        clauses=("DX-18", "DX-22", "SY-09"),
    ),
    *(measure for id in CLASSED for measure in _covered(SERVED[id])),
)
