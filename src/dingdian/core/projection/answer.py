"""What a projection comes to: every run, and the middle and spread of all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from dingdian.core.projection.draws import Whole
from dingdian.core.projection.fund import FundState
from dingdian.core.projection.today import Today
from dingdian.core.workings import Reason

#: The share of runs that lie within the spread.
WITHIN = Fraction(9, 10)


class Spread(NamedTuple):
    """The middle of all runs, and the numbers between which nine in ten of them lie.

    One in twenty lies below ``low``, one in twenty above ``high``. Each is a number that a run
    came to; the shape is that of the values without the axis of the runs.
    """

    low: Whole
    middle: Whole
    high: Whole


def spread(values: Whole) -> Spread:
    """The spread over the first axis, the runs.

    >>> [int(each) for each in spread(np.arange(1, 101))]
    [5, 50, 95]
    """
    outside = float((1 - WITHIN) / 2)
    found = np.quantile(values, (outside, 0.5, 1 - outside), axis=0, method="inverted_cdf")
    return Spread(*np.asarray(found, np.int64))


@dataclass(frozen=True, slots=True)
class Line:
    """A red line, or (``trigger`` not empty) one of its grounds, in a year: how many runs meet it.

    ``unknown``: in how many it cannot be known. The others do not.
    """

    year: int
    rule: str
    trigger: str
    met: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Projection:
    """The years ahead under a scenario; it decides nothing and is no plan.

    ``years`` begin with today. Arrays have the axes runs, years, districts, and for ``stocks``
    and ``released`` the stocks of ``today``, for ``cohorts`` age groups. ``places`` by resource are
    what the rules left for a year, ``ruling.NO_NUMBER`` or ``UNKNOWN`` where there is no number,
    and ``whole`` of all districts together;
    they, ``admitted`` and ``refused`` by entrant (of those who asked) begin with the year after
    today. ``binding``: in how many runs a rule bound a resource, by year, resource, area, rule.
    ``held``: what is not carried ahead because it is not known today.
    """

    scenario: str
    today: Today
    runs: int
    years: tuple[int, ...]
    stocks: Whole
    released: Whole
    people: Mapping[str, Whole]
    cohorts: Whole | None
    funds: Mapping[str, tuple[FundState, ...]]
    places: Mapping[str, Whole]
    whole: Mapping[str, Whole]
    admitted: Mapping[str, Whole]
    refused: Mapping[str, Whole]
    binding: Mapping[tuple[int, str, str, str], int]
    lines: tuple[Line, ...]
    held: Mapping[str, Reason | None]

    def stock(self, name: str) -> Whole:
        """A stock: runs, years, districts.

        Raises:
            ValueError: it is not carried ahead.
        """
        return np.asarray(self.stocks[..., self.today.stocks.index(name)], np.int64)


def side_by_side(projections: Mapping[str, Projection], stock: str) -> dict[str, Spread]:
    """A stock of the whole area in each scenario, year by year.

    Raises:
        ValueError: a scenario does not carry it ahead.
    """
    return {name: spread(each.stock(stock).sum(axis=2)) for name, each in projections.items()}
