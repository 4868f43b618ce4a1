"""The years of the calendar as they stand on the shelf: one item for each notice."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from dingdian.core.calendar import Span, WorkYear
from dingdian.core.policy.model import Day, Shape, Words, calendar_day


def days_span(text: object) -> Span:
    """Read a day, or the first and the last day of a run: ``2026-02-15/2026-02-23``.

    Raises:
        ValueError: neither (inside a shape: ``shelf_not_days``), or the last day lies before
            the first (``shelf_holiday_reversed``).

    >>> first, last = days_span("2026-06-19/2026-06-21")
    >>> first.day, last.day
    (19, 21)
    """
    try:
        days = [calendar_day(each) for each in text.split("/")] if isinstance(text, str) else []
    except PydanticCustomError:
        days = []
    if len(days) not in {1, 2}:
        raise PydanticCustomError(
            "shelf_not_days", "neither a day nor a run of days: {value}", {"value": text}
        )
    if days[-1] < days[0]:
        raise PydanticCustomError(
            "shelf_holiday_reversed", "the last day lies before the first: {value}", {"value": text}
        )
    return days[0], days[-1]


def calendar_year(text: object) -> int:
    """Read a year of four digits.

    Raises:
        ValueError: the text is none (inside a shape: ``shelf_not_an_identifier``).
    """
    if isinstance(text, str) and re.fullmatch(r"[0-9]{4}", text):
        return int(text)
    raise PydanticCustomError(
        "shelf_not_an_identifier", "not a year of four digits: {value}", {"value": text}
    )


class Holiday(Shape):
    """A public holiday as a notice sets it: the days off (放假), weekends within them too."""

    name: Words
    name_en: Words
    days: Annotated[Span, BeforeValidator(days_span)]


class CalendarYear(Shape):
    """What the State Council's notice for a year sets: public holidays, make-up working days.

    ``source`` names the notice, and those that changed it. ``mark`` is ``verified`` where its
    text was read, else ``memory``. A lower layer's year replaces the higher one's as a whole.
    """

    year: Annotated[int, BeforeValidator(calendar_year), Field(ge=1949, le=2100)]
    holidays: Annotated[tuple[Holiday, ...], Field(min_length=1)]
    workdays: tuple[Day, ...] = ()
    source: Words
    source_en: Words
    mark: Literal["verified", "memory"]
    checked_on: Day

    @property
    def work_year(self) -> WorkYear:
        """The year as the calendar reckons with it."""
        return WorkYear(self.year, tuple(each.days for each in self.holidays), self.workdays)

    @property
    def days_off(self) -> int:
        """How many days off the notice names, weekends within them too."""
        return sum((last - first).days + 1 for first, last in (each.days for each in self.holidays))
