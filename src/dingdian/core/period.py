"""The days that a plan of a year speaks of."""

from __future__ import annotations

import datetime as dt


def first_day(year: int) -> dt.date:
    """The first day of ``year``: the day whose policy a plan for that year uses."""
    return dt.date(year, 1, 1)


def last_day(year: int) -> dt.date:
    """The last day of ``year``: the day on which its stock is counted."""
    return dt.date(year, 12, 31)


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day ``years`` later; 29 February becomes 1 March where the year has none.

    >>> years_after(dt.date(2024, 2, 29), 3)
    datetime.date(2027, 3, 1)
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day ``months`` later, or the last day of that month where it has no such day.

    >>> months_after(dt.date(2025, 11, 30), 3)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = dt.date(year, month + 1, 1)
    later, following = divmod(year * 12 + month + 1, 12)
    length = (dt.date(later, following + 1, 1) - first).days
    return first.replace(day=min(day.day, length))


def whole_months(since: dt.date, day: dt.date) -> int:
    """The whole months from ``since`` to ``day``; 0 before the first is full.

    >>> whole_months(dt.date(2025, 11, 30), dt.date(2026, 2, 28))
    3
    """
    months = (day.year - since.year) * 12 + day.month - since.month
    if months > 0 and months_after(since, months) > day:
        months -= 1
    return max(months, 0)
