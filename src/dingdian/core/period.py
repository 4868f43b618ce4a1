"""The days that a plan of a year speaks of."""

from __future__ import annotations

import datetime as dt


def first_day(year: int) -> dt.date:
    """The first day of ``year``: the day whose policy a plan for that year uses."""
    return dt.date(year, 1, 1)


def last_day(year: int) -> dt.date:
    """The last day of ``year``: the day on which its stock is counted."""
    return dt.date(year, 12, 31)
