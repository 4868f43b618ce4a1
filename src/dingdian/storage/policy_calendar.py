"""What the years of a shelf's calendar say of their own days: each must be where it belongs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import chain

from dingdian.core.calendar import REACHED_BACK
from dingdian.core.errors import Fault, fault
from dingdian.core.policy import CalendarYear
from dingdian.storage.policy_shapes import Item

_WEEKDAYS = (
    ("周一", "Monday"),
    ("周二", "Tuesday"),
    ("周三", "Wednesday"),
    ("周四", "Thursday"),
    ("周五", "Friday"),
)

#: A day with its path inside the year that names it.
_Named = tuple[dt.date, tuple[object, ...]]


def calendar_faults(items: Iterable[Item]) -> Iterator[Fault]:
    """Every day of a year that stands in the wrong year, and make-up days that are none."""
    for item in items:
        if isinstance(item.shape, CalendarYear):
            yield from _of_another_year(item, item.shape)
            yield from _no_make_up_days(item, item.shape)


def _of_another_year(item: Item, year: CalendarYear) -> Iterator[Fault]:
    last = dt.date(year.year, 12, 31)
    first = dt.date(year.year, 1, 1) - dt.timedelta(days=REACHED_BACK)
    for day, at in chain(_ends_of_holidays(year), _workdays(year)):
        if not first <= day <= last:
            details = {"day": str(day), "year": year.year, "reach": REACHED_BACK}
            place = item.file.place((*item.path, *at))
            yield fault("shelf_day_of_another_year", place, **details)


def _ends_of_holidays(year: CalendarYear) -> Iterator[_Named]:
    for number, holiday in enumerate(year.holidays):
        for day in dict.fromkeys(holiday.days):
            yield day, ("holidays", number, "days")


def _workdays(year: CalendarYear) -> Iterator[_Named]:
    for number, day in enumerate(year.workdays):
        yield day, ("workdays", number)


def _no_make_up_days(item: Item, year: CalendarYear) -> Iterator[Fault]:
    for day, at in _workdays(year):
        place = item.file.place((*item.path, *at))
        within = [each for each in year.holidays if each.days[0] <= day <= each.days[1]]
        for each in within:
            names = {"holiday": each.name, "holiday_en": each.name_en}
            yield fault("shelf_workday_on_holiday", place, day=str(day), **names)
        if not within and day.weekday() < len(_WEEKDAYS):
            zh, en = _WEEKDAYS[day.weekday()]
            words = {"weekday_zh": zh, "weekday_en": en}
            yield fault("shelf_workday_on_weekday", place, day=str(day), **words)
