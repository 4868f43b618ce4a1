"""The fund by fund and month: two years of actual figures and a forecast year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dingdian.samples.draw import Draw, apportion
from dingdian.samples.sample import Row, num, yuan

FORECAST_ON = dt.date(2025, 12, 15)
FORECAST_YEAR = 2026
MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class FundPlan:
    """A fund: opening balance and yearly income and spending, in yuan; years in order."""

    fund: str
    opening: int
    years: Sequence[tuple[int, int, int]]


def fund_rows(draw: Draw, plans: Sequence[FundPlan]) -> list[Row]:
    """Rows of ``fund``; the months of a year add up to its income and spending exactly."""
    rows: list[Row] = []
    for plan in plans:
        balance = plan.opening * 100
        for year, income, spending in plan.years:
            incomes = apportion(income * 100, draw.integers(92, 109, 12))
            spendings = apportion(spending * 100, draw.integers(90, 111, 12))
            for month, taken, spent in zip(MONTHS, incomes, spendings, strict=True):
                balance += taken - spent
                rows.append(_month(plan.fund, year, month, (taken, spent, balance)))
    return rows


def _month(fund: str, year: int, month: int, cents: tuple[int, int, int]) -> Row:
    forecast = year >= FORECAST_YEAR
    income, spending, balance = map(yuan, cents)
    return {
        "fund": fund,
        "year": num(year),
        "month": num(month),
        "entry": "forecast" if forecast else "actual",
        "forecast_on": FORECAST_ON if forecast else None,
        "income": income,
        "spending": spending,
        "balance": balance,
    }


def spending_rows(draw: Draw, root: Row, residents: Mapping[str, int]) -> list[Row]:
    """Rows of ``care_flows`` that share the spending of the whole out over its districts.

    Out-of-area shares differ by a few points; both sums are those of ``root`` exactly.
    """
    total, away = (int(root[c]) for c in ("spending_total", "spending_out_of_area"))  # type: ignore[arg-type]
    people = list(residents.values())
    tilted = [n * t for n, t in zip(people, draw.integers(960, 1041, len(people)), strict=True)]
    shares = zip(residents, apportion(total, people), apportion(away, tilted), strict=True)
    return [
        {
            "region": code,
            "year": root["year"],
            "spending_total": num(spent),
            "spending_out_of_area": num(spent_away),
        }
        for code, spent, spent_away in shares
    ]
