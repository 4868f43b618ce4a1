"""What has moved in a run, as the numbers below the rules: stocks, releases, people, fund."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from dingdian.core.census.vocabulary import BED_CLASSES
from dingdian.core.indicators.releases import (
    BEDS,
    CAUSES,
    KINDS_READING,
    PLACES,
    STOCK_OF,
    TRIAL_READING,
)
from dingdian.core.policy import Policy
from dingdian.core.projection.draws import Whole
from dingdian.core.projection.fund import FundState
from dingdian.core.projection.ruling import Moved, not_asked
from dingdian.core.projection.scenario import TRIAL_FAILURE
from dingdian.core.projection.state import Ground, RunsState
from dingdian.core.workings import Reason, reason

RESOURCES = (*PLACES, BEDS, *(f"{BEDS}_{each}" for each in BED_CLASSES))


def moved(
    ground: Ground, state: RunsState, before: Mapping[str, FundState], *, run: int, year: int
) -> Moved:
    """The numbers of a run before ``year``; what is not among them is as it is today.

    Which causes count as released is the reading of the year's policy, as for the ledger.
    """
    today, policy = ground.today, ground.policies[year]
    found: dict[str, Mapping[str, Fraction] | Reason] = {}

    def by_district(values: Whole) -> dict[str, Fraction]:
        return dict(zip(today.districts, map(Fraction, values.tolist()), strict=True))

    for n, stock in enumerate(today.stocks):
        found[stock] = by_district(state.stocks[run, :, n])
    for name, each in state.people.items():
        found[name] = by_district(each[run])
    for resource in RESOURCES:
        stock = STOCK_OF.get(resource, resource)
        causes = _counted(policy, resource)
        if stock not in today.stocks:
            found[f"released_{resource}"] = reason("input_undefined", keys=stock)
        elif causes is None:
            found[f"released_{resource}"] = reason("reading_open", reading=KINDS_READING)
        else:
            column = today.stocks.index(stock)
            parts = [state.by_cause[c][run, :, column] for c in causes if c in state.by_cause]
            found[f"released_{resource}"] = by_district(np.sum(parts, axis=0))
        found[f"asked_{resource}"] = not_asked(resource, today.workings.stock_day)
    root = today.workings.census.tree.root
    for name, now in state.funds.items():
        found |= _fund(name, before[name], now, run=run, root=root)
    return found


def _counted(policy: Policy, resource: str) -> tuple[str, ...] | None:
    """The causes that release; ``None`` while the reading is open."""
    causes = CAUSES.get(policy.choice(KINDS_READING) or "")
    beds = resource.startswith(BEDS) and TRIAL_READING in policy.readings
    if causes is not None and beds and policy.choice(TRIAL_READING) != "yes":
        return tuple(each for each in causes if each != TRIAL_FAILURE)
    return causes


def _fund(
    name: str, last: FundState, this: FundState, *, run: int, root: str
) -> dict[str, Mapping[str, Fraction]]:
    """The fund's figures of the whole area, in yuan: last year, and this one as it will be."""
    fen = {
        f"fund_income_last_year_{name}": last.income,
        f"fund_spending_last_year_{name}": last.spending,
        f"fund_spending_12_months_{name}": last.spending,
        f"fund_balance_{name}": last.balance,
        f"fund_income_this_year_{name}": this.income,
        f"fund_spending_this_year_{name}": this.spending,
        f"fund_balance_forecast_{name}": this.balance,
    }
    return {measure: {root: Fraction(int(each[run]), 100)} for measure, each in fen.items()}
