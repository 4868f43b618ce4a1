"""The fund: results of the last and the coming year, reserve months, warning letters.

Each is for the whole pooling area. With the plan year Y, *last year* is the stock year
Y-1 and rests on twelve actual months; *this year* is Y: actual months where the ledger has
them, otherwise the latest forecast made up to the stock day. A year with a month missing
is undefined. Source: research of the field, B2.6.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from dingdian.core.census import Census, Selection, Test, Where
from dingdian.core.census.vocabulary import FUNDS
from dingdian.core.indicators.recipes import (
    WholeOnly,
    by_reading,
    difference,
    largest,
    ratio,
    smallest,
    sum_of,
)
from dingdian.core.workings import Figure, Measure, Recipe, Workings, reason

#: The pooled funds: red lines and reserves speak of these, alone or together (``all``).
POOLED = ("employee_pool", "resident_pool")
MONTHS = 12
LAST, THIS = 0, 1  # years after the stock year


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the fund table: its year, month, and the forecast's day (None: actual)."""

    fund: str
    year: int
    month: int
    actual: bool
    forecast_on: dt.date | None


def entries(census: Census) -> tuple[Entry, ...]:
    """The rows of the fund table."""

    def read() -> tuple[Entry, ...]:
        table = census.tables["fund"]
        rows = map(table.row, range(len(table)))
        return tuple(
            Entry(
                str(row["fund"]),
                int(row["year"]),
                int(row["month"]),
                row["entry"] == "actual",
                row["forecast_on"] if isinstance(row["forecast_on"], dt.date) else None,
            )
            for row in rows
            if isinstance(row["year"], Fraction) and isinstance(row["month"], Fraction)
        )

    return census.cached("fund entries", read)


@dataclass(frozen=True, slots=True)
class YearOf:
    """``column`` of a fund over a year, ``after`` years after the stock year."""

    fund: str
    column: str
    after: int

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """The sum over twelve months; undefined with ``months_missing`` where any is missing."""
        year = workings.stock_day.year + self.after
        actual, forecast, made_on = self._months(workings, year)
        missing = MONTHS - len(actual) - len(forecast)
        if missing:
            why = reason("months_missing", fund=self.fund, year=year, missing=missing)
            return workings.undefined(measure.id, scope, why, unit=measure.unit)
        parts = {
            name: self._part(workings, measure, scope, year=year, months=months, forecast_on=on)
            for name, months, on in (("actual", actual, None), ("forecast", forecast, made_on))
            if months
        }
        detail = [("year", str(year)), *([("forecast_on", str(made_on))] if forecast else [])]
        return workings.compute(measure.id, scope, "sum", parts, unit=measure.unit, detail=detail)

    def _months(self, workings: Workings, year: int) -> tuple[set[int], set[int], dt.date | None]:
        """Actual months, months of the latest forecast that have no actual, and its day."""
        own = [
            each
            for each in entries(workings.census)
            if each.fund == self.fund and each.year == year
        ]
        actual = {each.month for each in own if each.actual}
        made = [
            each.forecast_on
            for each in own
            if each.forecast_on is not None and each.forecast_on <= workings.stock_day
        ]
        if self.after != THIS or not made:
            return actual, set(), None
        latest = max(made)
        return actual, {each.month for each in own if each.forecast_on == latest} - actual, latest

    def _part(
        self,
        workings: Workings,
        measure: Measure,
        scope: str,
        *,
        year: int,
        months: set[int],
        forecast_on: dt.date | None,
    ) -> Figure:
        where = [
            Where("fund", Test.IS, (self.fund,)),
            Where("year", Test.IS, (str(year),)),
            Where("month", Test.IS, tuple(str(month) for month in sorted(months))),
            Where("entry", Test.IS, ("forecast" if forecast_on else "actual",)),
        ]
        if forecast_on:
            where.append(Where("forecast_on", Test.IS, (forecast_on.isoformat(),)))
        name = f"{measure.id}.{'forecast' if forecast_on else 'actual'}"
        selection = Selection("fund", tuple(where), self.column)
        detail = (("months", str(len(months))),)
        return workings.select(name, scope, selection, unit=measure.unit, detail=detail)


@dataclass(frozen=True, slots=True)
class LastMonths:
    """The balance at the latest actual month up to the stock day, or the spending up to it.

    ``months`` 1 takes the month itself, 12 the year that ends with it.
    """

    fund: str
    column: str
    months: int

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """The sum; undefined with ``months_missing`` where a month of the window is missing."""
        day = workings.stock_day
        known = {
            each.year * MONTHS + each.month - 1
            for each in entries(workings.census)
            if each.fund == self.fund
            and each.actual
            and (each.year, each.month) <= (day.year, day.month)
        }
        end = max(known, default=-1)
        window = set(range(end - self.months + 1, end + 1))
        if not known or not window <= known:
            missing = len(window - known) if known else self.months
            why = reason("months_missing", fund=self.fund, year=day.year, missing=missing)
            return workings.undefined(measure.id, scope, why, unit=measure.unit)
        parts = {
            str(y): self._of(workings, measure, scope, window=window, year=y)
            for y in _years(window)
        }
        through = f"{end // MONTHS}-{end % MONTHS + 1:02d}"
        return workings.compute(
            measure.id, scope, "sum", parts, unit=measure.unit, detail=(("through", through),)
        )

    def _of(
        self, workings: Workings, measure: Measure, scope: str, *, window: set[int], year: int
    ) -> Figure:
        months = sorted(each % MONTHS + 1 for each in window if each // MONTHS == year)
        where = (
            Where("fund", Test.IS, (self.fund,)),
            Where("year", Test.IS, (str(year),)),
            Where("month", Test.IS, tuple(map(str, months))),
            Where("entry", Test.IS, ("actual",)),
        )
        selection = Selection("fund", where, self.column)
        return workings.select(f"{measure.id}.{year}", scope, selection, unit=measure.unit)


def _years(window: set[int]) -> tuple[int, ...]:
    return tuple(sorted({each // MONTHS for each in window}))


@dataclass(frozen=True, slots=True)
class Letters:
    """Warning letters received up to the policy's day and not withdrawn by then."""

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """The number; an empty table means that none came."""
        table, day = workings.census.tables["letters"], workings.policy.day
        standing = tuple(
            str(row["number"])
            for row in map(table.row, range(len(table)))
            if isinstance(row["received_on"], dt.date)
            and row["received_on"] <= day
            and not (isinstance(row["withdrawn_on"], dt.date) and row["withdrawn_on"] <= day)
        )
        selection = Selection("letters", (Where("number", Test.IS, standing),))
        return workings.select(measure.id, scope, selection, unit=measure.unit)


_ALL = ("all", "统筹基金合计（职工＋居民）", "pooled funds together (employees' + residents')")


def _yuan(id: str, zh: str, en: str, recipe: Recipe, *clauses: str) -> Measure:
    return Measure(id, zh, en, "yuan", WholeOnly(recipe), decimals=2, clauses=clauses)


def _year(role: str, after: int, zh_year: str, en_year: str) -> Iterator[Measure]:
    clauses = ("DX-11", "DX-31", "SY-28")
    names = [(term.id, term.zh, term.en) for term in FUNDS.values()]
    for fund, zh, en in (*names, _ALL):
        income, spending = f"fund_income_{role}_{fund}", f"fund_spending_{role}_{fund}"
        for id, column, zh_column in ((income, "income", "收入"), (spending, "spending", "支出")):
            together = sum_of(*(f"fund_{column}_{role}_{each}" for each in POOLED))
            recipe: Recipe = together if fund == "all" else YearOf(fund, column, after)
            yield _yuan(
                id, f"{zh}{zh_year}{zh_column}", f"{en}: {column} {en_year}", recipe, *clauses
            )
        yield _yuan(
            f"fund_result_{role}_{fund}",
            f"{zh}{zh_year}当期结余（收入－支出）",
            f"{en}: result {en_year} (income − spending)",
            difference(income, spending),
            *clauses,
        )
    stem = f"fund_result_{role}"
    yield _yuan(
        f"{stem}_lowest",
        f"{zh_year}当期结余最低的统筹基金",
        f"lowest result {en_year} of the pooled funds",
        smallest(*(f"{stem}_{each}" for each in POOLED)),
        *clauses,
    )
    yield _yuan(
        f"{stem}_highest",
        f"{zh_year}当期结余最高的统筹基金",
        f"highest result {en_year} of the pooled funds",
        largest(*(f"{stem}_{each}" for each in POOLED)),
        *clauses,
    )
    yield _yuan(
        stem,
        f"{zh_year}当期结余（按红线基金口径）",
        f"result {en_year} (of the fund that the reading names)",
        _across("red_line_fund", stem),
        *clauses,
    )


def _across(reading: str, stem: str) -> Recipe:
    """One number for "any fund below", "all funds below", one fund, or the funds together."""
    return by_reading(
        reading,
        any=f"{stem}_lowest",
        all=f"{stem}_highest",
        employee_pool=f"{stem}_employee_pool",
        resident_pool=f"{stem}_resident_pool",
        sum=f"{stem}_all",
    )


def _months(id: str, zh: str, en: str, recipe: Recipe) -> Measure:
    clauses = ("DX-12", "DX-31")
    return Measure(id, zh, en, "month", WholeOnly(recipe), decimals=2, clauses=clauses)


@dataclass(frozen=True, slots=True)
class YearEnd:
    """What a fund is forecast to hold at the end of this year: what it held, and the result.

    Undefined with ``balance_not_of_year_end`` where the last balance known is not that of the
    last month before the year: the result would then miss months.
    """

    balance: str
    result: str

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """The sum."""
        balance, result = workings.figure(self.balance, scope), workings.figure(self.result, scope)
        through, end = dict(balance.detail).get("through", ""), f"{workings.stock_day:%Y-%m}"
        if balance.value is not None and through != end:
            why = reason("balance_not_of_year_end", through=through, month=end)
            return workings.undefined(measure.id, scope, why, unit=measure.unit)
        return workings.compute(
            measure.id, scope, "sum", {"balance": balance, "result": result}, unit=measure.unit
        )


def _year_ends() -> Iterator[Measure]:
    """Reserve months at the end of this year, as forecast."""
    for fund, zh, en in (*((f, FUNDS[f].zh, FUNDS[f].en) for f in POOLED), _ALL):
        id = f"fund_balance_forecast_{fund}"
        recipe: Recipe = (
            sum_of(*(f"fund_balance_forecast_{each}" for each in POOLED))
            if fund == "all"
            else YearEnd(f"fund_balance_{fund}", f"fund_result_this_year_{fund}")
        )
        names = (f"{zh}本年末预计累计结余", f"{en}: balance forecast for the year's end")
        yield _yuan(id, *names, recipe, "DX-31")
        yield _months(
            f"reserve_months_forecast_{fund}",
            f"{zh}本年末预计可支撑月数（预计累计结余÷本年预计月均支出）",
            f"{en}: reserve months forecast for the year's end (balance ÷ mean monthly spending)",
            ratio(id, f"fund_spending_this_year_{fund}", MONTHS),
        )


def _reserve() -> Iterator[Measure]:
    for fund, zh, en in (*((f, FUNDS[f].zh, FUNDS[f].en) for f in POOLED), _ALL):
        balance, spending = f"fund_balance_{fund}", f"fund_spending_12_months_{fund}"
        for id, column, zh_column, en_column, months in (
            (balance, "balance", "累计结余", "accumulated balance", 1),
            (spending, "spending", "近12个月支出", "spending of the last 12 months", MONTHS),
        ):
            stem = id.removesuffix(fund)
            recipe: Recipe = (
                sum_of(*(stem + each for each in POOLED))
                if fund == "all"
                else LastMonths(fund, column, months)
            )
            yield _yuan(id, f"{zh}{zh_column}", f"{en}: {en_column}", recipe, "DX-31")
        yield _months(
            f"reserve_months_held_{fund}",
            f"{zh}上年末可支撑月数（累计结余÷近12个月月均支出）",
            f"{en}: reserve months held (balance ÷ mean monthly spending of the last 12 months)",
            ratio(balance, spending, MONTHS),
        )
        yield _months(
            f"reserve_months_{fund}",
            f"{zh}可支撑月数（按年度口径）",
            f"{en}: reserve months (of the year that the reading names)",
            by_reading(
                "reserve_year",
                last_year_end=f"reserve_months_held_{fund}",
                this_year_forecast=f"reserve_months_forecast_{fund}",
            ),
        )
    each = tuple(f"reserve_months_{fund}" for fund in POOLED)
    yield _months(
        "reserve_months_lowest",
        "可支撑月数最低的统筹基金",
        "lowest reserve months of the pooled funds",
        smallest(*each),
    )
    yield _months(
        "reserve_months_highest",
        "可支撑月数最高的统筹基金",
        "highest reserve months of the pooled funds",
        largest(*each),
    )
    yield _months(
        "reserve_months",
        "基金可支撑月数（按口径）",
        "reserve months (of the fund that the reading names)",
        _across("reserve_fund", "reserve_months"),
    )


MEASURES: tuple[Measure, ...] = (
    *_year("last_year", LAST, "上年度", "last year"),
    *_year("this_year", THIS, "本年度预计", "this year (forecast)"),
    *_year_ends(),
    *_reserve(),
    Measure(
        "warning_letters",
        "未解除的基金运行预警函",
        "warning letters that stand",
        "place",
        WholeOnly(Letters()),
        clauses=("DX-11", "DX-31", "SY-28"),
    ),
)

__all__ = ["MEASURES", "POOLED", "LastMonths", "Letters", "YearOf"]
