"""A census of another day than the stock's is named."""

import datetime as dt

import pytest

from dingdian.core.census.checks.days import stock_day_faults
from dingdian.core.census.faults import KINDS
from dingdian.core.errors import Severity
from tests.worlds import census


@pytest.mark.parametrize(
    ("taken_on", "n"), [("2025-12-30", 1), ("2025-12-31", 0), ("2026-01-01", 1)]
)
def test_only_the_stock_day_itself_raises_nothing(taken_on, n):
    seen = census(about=[{"item": "taken_on", "value": taken_on}])

    assert len(list(stock_day_faults(seen, dt.date(2025, 12, 31)))) == n


@pytest.mark.parametrize(
    ("taken_on", "what_if", "kind", "severity"),
    [
        ("2025-12-30", False, "taken_on_before_stock_day", Severity.BLOCKING),
        ("2025-12-30", True, "taken_on_before_what_if", Severity.WARNING),
        ("2026-01-01", False, "taken_on_another_day", Severity.WARNING),
        ("2026-01-01", True, "taken_on_another_day", Severity.WARNING),
    ],
)
def test_only_a_census_of_an_earlier_day_stops_a_plan_that_is_no_what_if(
    taken_on, what_if, kind, severity
):
    seen = census(about=[{"item": "taken_on", "value": taken_on}])
    (found,) = stock_day_faults(seen, dt.date(2025, 12, 31), what_if=what_if)

    assert found.kind == kind
    assert KINDS[kind].severity is severity
