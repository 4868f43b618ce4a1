"""Benchmarks: what a measure is held against, from the bureau's own table or from the shelf.

The census table ``benchmarks`` goes first: the row of the region, then of the regions above
it, then the row that names no region. A row whose ``adopted_on`` lies after the policy's
day is not adopted yet and does not count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from dingdian.core.census import ZONE, RegionTree
from dingdian.core.census.table import Cell
from dingdian.core.workings import Figure, Workings, key_of, reason

#: Unit of the benchmarks that only a bureau sets; a benchmark of the shelf names a measure.
OWN_UNITS: Mapping[str, str] = MappingProxyType(
    {
        "health_plan_beds": "beds_per_1000",
        "national_beds_plan": "beds_per_1000",
        "provincial_beds_plan": "beds_per_1000",
        "insurer_needed_beds": "beds_per_1000",
        "required_reserve_months": "month",
        "required_bed_use": "share",
    }
)
_TOTAL = "designated_total_"


def benchmark(workings: Workings, name: str, scope: str) -> Figure:
    """The benchmark ``name`` for a scope, keyed ``benchmark.<name>.<scope>``.

    Undefined with ``no_benchmark`` where neither the census nor the shelf has one. The detail
    carries year, source, denominator, and whether the bureau or the shelf says it.

    Raises:
        KeyError: no such scope.
    """
    measure = f"benchmark.{name}"
    found = workings.figures.get(key_of(measure, scope))
    if found is not None:
        return found
    row = _own_row(workings, name, scope)
    if row is not None:
        return _stated(workings, measure, scope, row=row, unit=_unit(workings, name))
    shelf = workings.policy.benchmarks.get(name)
    if shelf is None:
        why = reason("no_benchmark", benchmark=name)
        return workings.undefined(measure, scope, why, unit=_unit(workings, name))
    return workings.given(
        measure,
        scope,
        shelf.value,
        unit=_unit(workings, name),
        formula="benchmark",
        clauses=shelf.clauses,
        detail=(
            ("given_by", "shelf"),
            ("year", "" if shelf.year is None else str(shelf.year)),
            ("denominator", shelf.denominator),
            ("source", shelf.source),
            ("mark", shelf.mark),
        ),
    )


def _stated(
    workings: Workings, measure: str, scope: str, *, row: Mapping[str, Cell], unit: str
) -> Figure:
    value = row["value"]
    texts = {name: row[name] for name in ("year", "denominator", "source", "adopted_on", "region")}
    return workings.given(
        measure,
        scope,
        value if isinstance(value, Fraction) else None,
        unit=unit,
        formula="benchmark",
        why=reason(
            "not_given", table="benchmarks", column="value", region=str(row["region"] or "")
        ),
        detail=(
            ("given_by", "bureau"),
            *((name, str(text)) for name, text in texts.items() if text is not None),
        ),
    )


def _own_row(workings: Workings, name: str, scope: str) -> Mapping[str, Cell] | None:
    table = workings.census.tables["benchmarks"]
    rows = [row for row in map(table.row, range(len(table))) if row["benchmark"] == name]
    held = {
        row["region"]: row for row in rows if not _later(row["adopted_on"], workings.policy.day)
    }
    for region in (*_upwards(workings.census.tree, scope), None):
        if region in held:
            return held[region]
    return None


def _later(adopted_on: Cell, day: dt.date) -> bool:
    return isinstance(adopted_on, dt.date) and adopted_on > day


def _upwards(tree: RegionTree, scope: str) -> tuple[str, ...]:
    """A region and those above it, nearest first; for a zone only the whole area."""
    if scope.startswith(ZONE):
        return (tree.root,)
    path: list[str] = []
    at: str | None = scope
    while at is not None and at not in path:
        path.append(at)
        at = tree.parents[at]
    return tuple(path)


def _unit(workings: Workings, name: str) -> str:
    shelf = workings.policy.benchmarks.get(name)
    if shelf is not None and shelf.measure in workings.measures:
        return workings.measures[shelf.measure].unit
    of = workings.measures.get(name.removeprefix(_TOTAL)) if name.startswith(_TOTAL) else None
    return of.unit if of else OWN_UNITS.get(name, "number")
