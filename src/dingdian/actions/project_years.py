"""Project the years ahead: the state that a plan starts from, lived on under scenarios."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dingdian.core.errors import NotInForceError
from dingdian.core.period import first_day
from dingdian.core.plan import Plan
from dingdian.core.policy import Policy, PolicyBook
from dingdian.core.projection import (
    Cohorts,
    Draws,
    FundYears,
    Projection,
    Scenario,
    project,
    today_of,
)
from dingdian.core.workings import Workings


def project_years(
    plan: Plan,
    book: PolicyBook,
    scenarios: Sequence[Scenario],
    *,
    through: int,
    runs: int,
    draws: Callable[[], Draws],
    cohorts: Cohorts | None = None,
    funds: Mapping[str, FundYears] | None = None,
    progress: Callable[[str, int], None] = lambda _scenario, _year: None,
) -> dict[str, Projection]:
    """Each scenario by its name, from the stock of ``plan`` to the end of ``through``.

    ``draws`` begins a stream from the recorded seed, the same for each scenario: what differs
    between them is then what they assume. ``progress`` is told scenario and year.

    Raises:
        RequestError: every fault of a scenario, of cohorts and funds, or a year without rules.
    """
    today = today_of(
        Workings(
            census=plan.census,
            policy=plan.policy,
            measures=plan.measures,
            stock_day=plan.stock_day,
        )
    )
    policies = _policies(book, plan.policy.place.place, plan.year + 1, through)
    found = {}
    for scenario in scenarios:
        name = scenario.name
        found[name] = project(
            today,
            scenario,
            policies,
            through=through,
            runs=runs,
            draws=draws(),
            cohorts=cohorts,
            funds=funds,
            progress=lambda year, name=name: progress(name, year),  # type: ignore[misc]
        )
    return found


def _policies(book: PolicyBook, place: str, first: int, last: int) -> dict[int, Policy]:
    """The rules of each year's first day; none of a year in which no plan holds."""
    found = {}
    for year in range(first, last + 1):
        try:
            found[year] = book.on(place, first_day(year))
        except NotInForceError:
            break
    return found
