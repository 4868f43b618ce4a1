"""Days and half-open spans of days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """The days from ``since`` up to, not including, ``until``; ``None`` means open on that side.

    >>> span = Span(dt.date(2025, 1, 1), dt.date(2028, 1, 1))
    >>> dt.date(2027, 12, 31) in span, dt.date(2028, 1, 1) in span
    (True, False)
    """

    since: dt.date | None = None
    until: dt.date | None = None

    def __post_init__(self) -> None:
        if self.since is not None and self.until is not None and self.since > self.until:
            raise ValueError(f"a span cannot end on {self.until} before it begins on {self.since}")

    def __contains__(self, day: dt.date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


def first_day(year: int) -> dt.date:
    """The first day of ``year``: the day whose policy a plan for that year uses."""
    return dt.date(year, 1, 1)


def last_day(year: int) -> dt.date:
    """The last day of ``year``: the day on which its stock is counted."""
    return dt.date(year, 12, 31)
