"""Today: who stands where with what, as the plan's own figures count it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from dingdian.core.census import tally
from dingdian.core.census.vocabulary import BED_CLASSES
from dingdian.core.indicators.fund import POOLED, YearOf
from dingdian.core.indicators.releases import BEDS, PLACES, STOCK_OF
from dingdian.core.projection.draws import Whole
from dingdian.core.projection.fund import FundYears
from dingdian.core.workings import Figure, Reason, Workings

#: The stocks that move: places of institutions, and their contracted beds by pool and class.
STOCKS = (*PLACES, BEDS, STOCK_OF[BEDS], *(f"{BEDS}_{each}" for each in BED_CLASSES))
#: The stocks that share rates of exit: every institution is of one of them.
MEDICAL, PHARMACIES = "medical_institutions", "pharmacies"
SIDES = (MEDICAL, PHARMACIES)
SCHEMES = ("insured_employee", "insured_resident")
RESIDENT = "resident"


@dataclass(frozen=True, slots=True)
class Institutions:
    """The institutions that stand, column by column.

    ``district`` and ``side`` are places in ``Today.districts`` and ``SIDES``; ``amounts`` has a
    column a stock; ``trial_ends`` is the year in which a trial ends, 0 for one that is in none.
    """

    codes: tuple[str, ...]
    district: npt.NDArray[np.intp]
    side: npt.NDArray[np.intp]
    amounts: Whole
    trial_ends: Whole


@dataclass(frozen=True, slots=True)
class Today:
    """The state at the end of ``year``.

    ``stocks``: those that move, in the order of the columns of ``amounts``. ``people``: residents
    and insured of each scheme by district. ``funds``: the pooled funds by their full years in the
    ledger. ``unknown``: what cannot be counted today and why; it is not carried ahead, and the
    rules see it as it is today.
    """

    year: int
    workings: Workings
    districts: tuple[str, ...]
    stocks: tuple[str, ...]
    institutions: Institutions
    people: Mapping[str, Whole]
    funds: Mapping[str, FundYears]
    unknown: Mapping[str, Reason | None]

    def stock(self) -> Whole:
        """Stocks by district: districts, stocks."""
        summed = np.zeros((len(self.districts), len(self.stocks)), np.int64)
        np.add.at(summed, self.institutions.district, self.institutions.amounts)
        return summed


def today_of(workings: Workings) -> Today:
    """Today's state; the policy of the workings is that of the year that follows.

    Each amount is from the rows that the plan's own figure counts: the sum over institutions is
    that figure, district by district. A stock of which a row is unsure is not carried ahead.
    """
    districts = workings.census.tree.districts
    unknown: dict[str, Reason | None] = {}
    found: dict[str, list[dict[str, int]]] = {}
    for stock in STOCKS:
        figures = [workings.figure(stock, at) for at in districts]
        missing = next((each for each in figures if each.value is None), None)
        if missing is None:
            found[stock] = [_by_institution(workings, each) for each in figures]
        else:
            unknown[stock] = missing.why
    people: dict[str, Whole] = {}
    for measure in (RESIDENT, *SCHEMES):
        figures = [workings.figure(measure, at) for at in districts]
        missing = next((each for each in figures if each.value is None), None)
        if missing is None:
            people[measure] = np.array([int(each.value or 0) for each in figures], np.int64)
        else:
            unknown[measure] = missing.why
    funds: dict[str, FundYears] = {}
    for fund in POOLED:
        series = _fund_years(workings, fund)
        if isinstance(series, FundYears):
            funds[fund] = series
        else:
            unknown[f"fund_{fund}"] = series
    return Today(
        year=workings.stock_day.year,
        workings=workings,
        districts=districts,
        stocks=tuple(found),
        institutions=_columns(workings, districts, found),
        people=people,
        funds=funds,
        unknown=unknown,
    )


def _fund_years(workings: Workings, fund: str) -> FundYears | Reason | None:
    """The full actual years of a fund that end with the stock year, or why there is none."""
    root, last = workings.census.tree.root, workings.stock_day.year
    balance = workings.figure(f"fund_balance_{fund}", root)
    columns: dict[str, list[int]] = {"income": [], "spending": []}
    year, why = last, balance.why
    while why is None:
        found = {}
        for column in columns:
            of = workings.measures[f"fund_{column}_last_year_{fund}"]
            own = replace(of, id=f"fund_{column}_{year}_{fund}")
            found[column] = YearOf(fund, column, year - last)(workings, own, root)
            why = why or found[column].why
        if why is None:
            for column, figure in found.items():
                columns[column].insert(0, _fen(figure))
            year -= 1
    if not columns["income"]:
        return why
    income, spending = (tuple(each) for each in columns.values())
    return FundYears(tuple(range(year + 1, last + 1)), income, spending, _fen(balance))


def _fen(figure: Figure) -> int:
    return int((figure.exact or 0) * 100)


def _by_institution(workings: Workings, figure: Figure) -> dict[str, int]:
    """The amount of each institution in a figure that is counted or summed from the ledger."""
    selection = figure.selection
    if selection is None:
        raise TypeError(f"{figure.key} is not taken from the ledger")
    table = workings.census.tables[selection.table]
    rows = tally(workings.census, selection).rows
    amounts: dict[str, int] = {}
    for row in rows.tolist():
        cells = table.row(row)
        code = str(cells["institution" if selection.total else "code"])
        amount = cells[selection.total] if selection.total else Fraction(1)
        amounts[code] = amounts.get(code, 0) + int(amount if isinstance(amount, Fraction) else 0)
    return amounts


def _columns(
    workings: Workings, districts: tuple[str, ...], found: Mapping[str, list[dict[str, int]]]
) -> Institutions:
    where: dict[str, int] = {}
    for by_district in found.values():
        for district, amounts in enumerate(by_district):
            where.update(dict.fromkeys(amounts, district))
    codes = tuple(sorted(where))
    shops = {code for each in found.get(PHARMACIES, ()) for code in each}
    held = np.zeros((len(codes), len(found)), np.int64)
    place = {code: n for n, code in enumerate(codes)}
    for column, by_stock in enumerate(found.values()):
        for own in by_stock:
            for code, amount in own.items():
                held[place[code], column] = amount
    trials = _trials(workings)
    return Institutions(
        codes=codes,
        district=np.array([where[code] for code in codes], np.intp),
        side=np.array([int(code in shops) for code in codes], np.intp),
        amounts=held,
        trial_ends=np.array([trials.get(code, 0) for code in codes], np.int64),
    )


def _trials(workings: Workings) -> dict[str, int]:
    """The year in which the trial of each ends; one that is over and undecided ends next year."""
    table = workings.census.tables["agreements"]
    rows = map(table.row, range(len(table)))
    return {
        str(row["institution"]): max(row["trial_through"].year, workings.stock_day.year + 1)
        for row in rows
        if isinstance(row["trial_through"], dt.date)
    }
