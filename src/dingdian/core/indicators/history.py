"""The stock of a measure at the end of an earlier year, and growth against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dingdian.core.census import Selection, Test, Where
from dingdian.core.indicators.ledger import Own, below
from dingdian.core.indicators.recipes import Computed
from dingdian.core.workings import Figure, Measure, Workings, key_of, reason

#: Growth is measured over so many years, or as many as the history reaches back.
SPAN_YEARS = 5


def history(workings: Workings, measure: str, year: int, scope: str) -> Figure:
    """The stock of ``measure`` at the end of ``year``, keyed ``history.<measure>.<year>.<scope>``.

    Taken from the region's own row of the table ``history`` (for people, of
    ``populations``); where there is none, the sum over the regions below, or over the parts
    of a measure that is itself a sum. Undefined with ``no_history`` where nothing is given.

    Raises:
        KeyError: no such measure or scope.
    """
    name = f"history.{measure}.{year}"
    found = workings.figures.get(key_of(name, scope))
    if found is not None:
        return found
    unit, detail = workings.measures[measure].unit, (("year", str(year)),)
    selection = _selection(workings, measure, year, scope)
    if selection is not None:
        return workings.select(name, scope, selection, unit=unit, detail=detail)
    inputs = _inputs(workings, measure, year, scope)
    if inputs:
        return workings.compute(name, scope, "sum", inputs, unit=unit, detail=detail)
    why = reason("no_history", measure=measure, year=year)
    return workings.undefined(name, scope, why, unit=unit)


def known(workings: Workings, measure: str, year: int, scope: str) -> bool:
    """Whether the history gives the stock of a measure in a year, directly or by its parts.

    Raises:
        KeyError: no such measure or scope.
    """
    if _selection(workings, measure, year, scope) is not None:
        return True
    regions = below(workings.census, scope)
    if regions and all(known(workings, measure, year, each) for each in regions):
        return True
    parts = _parts(workings, measure)
    return bool(parts) and all(known(workings, part, year, scope) for part in parts)


def _inputs(workings: Workings, measure: str, year: int, scope: str) -> dict[str, Figure]:
    regions = below(workings.census, scope)
    if regions and all(known(workings, measure, year, each) for each in regions):
        return {each: history(workings, measure, year, each) for each in regions}
    parts = _parts(workings, measure)
    if parts and all(known(workings, part, year, scope) for part in parts):
        return {part: history(workings, part, year, scope) for part in parts}
    return {}


def _parts(workings: Workings, measure: str) -> tuple[str, ...]:
    recipe = workings.measures[measure].recipe
    if isinstance(recipe, Computed) and recipe.formula == "sum":
        return tuple(each.measure for _, each in recipe.inputs)
    return ()


def _selection(workings: Workings, measure: str, year: int, scope: str) -> Selection | None:
    """The row that states the stock of a region, ``None`` where there is none."""
    if (scope, year, measure) in _stated(workings):
        where = (
            Where("region", Test.IS, (scope,)),
            Where("year", Test.IS, (str(year),)),
            Where("measure", Test.IS, (measure,)),
        )
        return Selection("history", where, "amount")
    recipe = workings.measures[measure].recipe
    if isinstance(recipe, Own) and recipe.year and year in recipe.known_years(workings, scope):
        return recipe.selection(scope, year)
    return None


def _stated(workings: Workings) -> Mapping[tuple[str, int, str], bool]:
    def read() -> Mapping[tuple[str, int, str], bool]:
        table = workings.census.tables["history"]
        rows = zip(*(table[name].cells() for name in ("region", "year", "measure")), strict=True)
        return {(str(r), int(str(y)), str(m)): True for r, y, m in rows if y is not None}

    return workings.census.cached("history by region, year and measure", read)


@dataclass(frozen=True, slots=True)
class Growth:
    """Growth of a measure from five years before, or the earliest year that is known since.

    People are of the year in which they were last counted, which may lie before the stock day.
    """

    measure: str

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """The growth as a share; the years stand in the detail."""
        now = workings.figure(self.measure, scope)
        last = _year_of(workings, now)
        years = range(last - SPAN_YEARS, last)
        first = next((y for y in years if known(workings, self.measure, y, scope)), None)
        if first is None:
            why = reason("no_history", measure=self.measure, year=f"{years[0]}–{years[-1]}")
            return workings.undefined(measure.id, scope, why, unit=measure.unit)
        return workings.compute(
            measure.id,
            scope,
            "growth",
            {
                "a": now,
                "b": history(workings, self.measure, first, scope),
            },
            unit=measure.unit,
            detail=(("from", str(first)), ("to", str(last))),
        )


def _year_of(workings: Workings, figure: Figure) -> int:
    """The earliest year that a figure or anything below it names, else the stock day's."""
    named = [int(text[:4]) for name, text in figure.detail if name == "year"]
    below = [_year_of(workings, workings.figures[key]) for _, key in figure.inputs]
    return min([*named, *below], default=workings.stock_day.year)


_GROWING = (
    ("growth_institutions", "institutions", "定点医药机构数", "designated institutions"),
    ("growth_medical", "medical_institutions", "定点医疗机构数", "designated medical institutions"),
    ("growth_pharmacies", "pharmacies", "定点零售药店数", "designated pharmacies"),
    ("growth_insured", "insured", "参保人数", "insured people"),
    ("growth_beds", "contracted_beds", "医保床位数", "contracted beds"),
)

MEASURES: tuple[Measure, ...] = tuple(
    Measure(
        id,
        f"{zh}增长率（期末÷期初－1）",
        f"growth of {en} (end ÷ start − 1)",
        "share",
        Growth(of),
        decimals=2,
        clauses=("SY-01",),
    )
    for id, of, zh, en in _GROWING
)

__all__ = ["MEASURES", "Growth", "history", "known"]
