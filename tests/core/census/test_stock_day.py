"""A census of another day than the stock's is named."""

import datetime as dt

import pytest

from dingdian.core.census.checks.days import stock_day_faults
from tests.worlds import census


@pytest.mark.parametrize(
    ("taken_on", "n"), [("2025-12-30", 1), ("2025-12-31", 0), ("2026-01-01", 1)]
)
def test_only_the_stock_day_itself_raises_nothing(taken_on, n):
    seen = census(about=[{"item": "taken_on", "value": taken_on}])

    assert len(list(stock_day_faults(seen, dt.date(2025, 12, 31)))) == n
