"""The fund in the years ahead: income, spending and balance of each pooled fund, in fen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np

from dingdian.core.errors import Fault, fault
from dingdian.core.projection.draws import Draws, Whole

#: Growth is held in millionths, so that amounts stay whole numbers.
MILLION = 1_000_000
#: Fewer years have fewer than two growths, which say nothing of how growth varies.
YEARS_NEEDED = 3


@dataclass(frozen=True, slots=True)
class FundYears:
    """A fund over years that follow one another, in fen; ``balance`` at the last one's end."""

    years: tuple[int, ...]
    income: tuple[int, ...]
    spending: tuple[int, ...]
    balance: int


@dataclass(frozen=True, slots=True)
class Growth:
    """Growth of income and spending in a year: ``Fraction(3, 100)`` is 3 %."""

    income: Fraction
    spending: Fraction


#: Income and spending stay what they are; the balance goes on by their difference.
STEADY = Growth(Fraction(0), Fraction(0))


def faults_of(
    funds: Mapping[str, FundYears], *, stated: Growth | None, year: int
) -> Iterator[Fault]:
    """What is wrong with the series; a short one only where growth is to be drawn from it."""
    for fund, series in funds.items():
        if any(b - a != 1 for a, b in pairwise(series.years)):
            yield fault("projection_fund_gap", fund=fund, years=", ".join(map(str, series.years)))
        if not series.years or series.years[-1] != year:
            found = series.years[-1] if series.years else "—"
            yield fault("projection_fund_other_year", fund=fund, found=found, wanted=year)
        if stated is None and len(series.years) < YEARS_NEEDED:
            yield fault(
                "projection_fund_short", fund=fund, n=len(series.years), needed=YEARS_NEEDED
            )


@dataclass(frozen=True, slots=True)
class FundState:
    """A fund at a year's end, one number a run, in fen."""

    income: Whole
    spending: Whole
    balance: Whole

    @classmethod
    def of(cls, series: FundYears, runs: int) -> FundState:
        """The last year of a series."""
        last = (series.income[-1], series.spending[-1], series.balance)
        return cls(*(np.full(runs, each, np.int64) for each in last))


def next_year(now: FundState, series: FundYears, stated: Growth | None, draws: Draws) -> FundState:
    """The year after: by the growth that is stated, else by that of a past year drawn at random.

    Income and spending grow by those of the same past year: what moved them together then does so.
    """
    runs = len(now.income)
    if stated is not None:
        grown = [_millionths(each) for each in (stated.income, stated.spending)]
        by_run = [np.full(runs, each, np.int64) for each in grown]
    else:
        which = draws.integers(0, len(series.years) - 1, runs)
        by_run = [_growths(each)[which] for each in (series.income, series.spending)]
    income = now.income + _share(now.income, by_run[0])
    spending = now.spending + _share(now.spending, by_run[1])
    return FundState(income, spending, now.balance + income - spending)


def _share(amounts: Whole, millionths: Whole) -> Whole:
    """Millionths of amounts, in whole fen, without leaving 64 bits."""
    whole, rest = np.divmod(amounts, MILLION)
    return np.asarray(whole * millionths + rest * millionths // MILLION, np.int64)


def _millionths(growth: Fraction) -> int:
    return int(growth * MILLION)


def _growths(amounts: tuple[int, ...]) -> Whole:
    return np.array([_millionths(Fraction(b, a) - 1) for a, b in pairwise(amounts)], np.int64)
