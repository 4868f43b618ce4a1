"""The state of all runs at once: an array has the runs as its first axis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dingdian.core.policy import Policy
from dingdian.core.projection.draws import Draws, Whole
from dingdian.core.projection.fund import FundState, FundYears
from dingdian.core.projection.people import Cohorts
from dingdian.core.projection.scenario import Entrant, Scenario
from dingdian.core.projection.today import Today


@dataclass(frozen=True, slots=True)
class Ground:
    """What a projection is given; it stays the same through all years."""

    today: Today
    scenario: Scenario
    policies: Mapping[int, Policy]
    cohorts: Cohorts | None
    funds: Mapping[str, FundYears]
    draws: Draws

    def brings(self, kind: Entrant) -> Whole:
        """What one entrant adds to each stock."""
        return np.array([kind.amounts.get(each, 0) for each in self.today.stocks], np.int64)


@dataclass
class RunsState:
    """All runs at a year's end.

    ``standing``: which institutions of today still stand. ``newcomers``: entrants by kind and the
    year in which their trial ends (0: in none). ``stocks``, ``released`` in the
    year, and ``by_cause`` what was released for each cause: runs, districts, stocks.
    """

    standing: npt.NDArray[np.bool_]
    newcomers: dict[tuple[str, int], Whole]
    stocks: Whole
    released: Whole
    by_cause: dict[str, Whole]
    cohorts: Whole | None
    people: dict[str, Whole]
    funds: dict[str, FundState]

    def enter(self, ground: Ground, kind: Entrant, let: Whole, year: int) -> None:
        """New institutions: runs, districts."""
        due = year + kind.trial_years if kind.trial_years else 0
        key = (kind.name, due)
        self.newcomers[key] = self.newcomers.get(key, 0) + let
        self.stocks += let[..., None] * ground.brings(kind)

    def mark(self, run: int, before: Mapping[str, FundState]) -> bytes:
        """Two runs with the same mark stand alike in everything that a rule may ask."""
        parts = [self.stocks[run], *(each[run] for each in self.by_cause.values())]
        parts += [each[run] for each in self.people.values()]
        for own in (*before.values(), *self.funds.values()):
            parts += [own.income[run], own.spending[run], own.balance[run]]
        return b"".join(np.ascontiguousarray(each).tobytes() for each in parts)


def begun(ground: Ground, runs: int) -> RunsState:
    """All runs as they stand today."""

    def each_run(one: Whole) -> Whole:
        return np.repeat(one[None], runs, axis=0)

    today = ground.today
    stocks = each_run(today.stock())
    return RunsState(
        standing=np.ones((runs, len(today.institutions.codes)), bool),
        newcomers={},
        stocks=stocks,
        released=np.zeros_like(stocks),
        by_cause={},
        cohorts=None if ground.cohorts is None else each_run(ground.cohorts.people),
        people={name: each_run(each) for name, each in today.people.items()},
        funds={name: FundState.of(each, runs) for name, each in ground.funds.items()},
    )
