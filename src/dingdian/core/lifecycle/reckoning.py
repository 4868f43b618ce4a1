"""How a time limit is reckoned: both ends, pauses, days off.

A period of days, months or years does not count the day of the event that begins it and ends with
the day of the same number, or the last of the month (民法典 Articles 201 and 202); one whose last
day is a day off ends on the next working day (Article 203), by the reading
``deadline_on_day_off``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from dingdian.core.calendar import WorkCalendar
from dingdian.core.lifecycle.moves import PAUSES
from dingdian.core.lifecycle.state import Happened
from dingdian.core.lifecycle.terms import Clock
from dingdian.core.period import months_after

DAY_OFF_READING = "deadline_on_day_off"
#: Options of ``deadline_on_day_off``.
DAY_OFF = ("next_working_day", "as_it_is")
_ONE = dt.timedelta(1)
_MONTHS = {"month": 1, "year": 12}


@dataclass(frozen=True, slots=True)
class Limit:
    """The last day of a period; ``day`` is ``None`` while it stands still.

    ``provisional``: it rests on a year whose official calendar is not known.
    """

    day: dt.date | None
    provisional: bool = False


def limit_of(
    clock: Clock,
    began: dt.date,
    calendar: WorkCalendar,
    *,
    happened: Sequence[Happened] = (),
    day_off: str | None = "as_it_is",
) -> Limit:
    """The last day of a period that an event of ``began`` began.

    ``happened`` are the events of the case: of those that pause the clock the days after the one
    up to the other are not counted. A period that was over stands still no more.
    """
    spans = [span for name in clock.pauses for span in _pauses(name, began, happened)]
    spans.sort(key=lambda span: span[0])  # those of one day as they came: the last may be open
    counted: list[tuple[dt.date, dt.date]] = []
    for since, over in spans:
        limit = _limit(clock, began, calendar, paused=counted, day_off=day_off)
        if limit.day is not None and since > limit.day:
            return limit
        if over is None:
            return Limit(None)
        counted.append((since, over))
    return _limit(clock, began, calendar, paused=counted, day_off=day_off)


def _limit(
    clock: Clock,
    began: dt.date,
    calendar: WorkCalendar,
    *,
    paused: Sequence[tuple[dt.date, dt.date]],
    day_off: str | None,
) -> Limit:
    """The last day of a period with the pauses that are over."""
    if clock.unit == "working_day":
        days = (calendar.working_days_between(since, over).days for since, over in paused)
        found = calendar.after(began, clock.amount + sum(days) - clock.counts_first_day)
        return Limit(found.day, found.provisional)
    last = _later(began, clock.amount, clock.unit)
    if clock.counts_first_day and not _cut_short(began, last, clock.unit):
        last -= _ONE
    last += sum((over - since for since, over in paused), dt.timedelta())
    if clock.means == "within" and day_off == "next_working_day":
        working = calendar.next_working(last)
        return Limit(working.day, working.provisional)
    return Limit(last)


def _cut_short(began: dt.date, last: dt.date, unit: str) -> bool:
    """Whether the month in which a period ends has no day of the number that began it.

    Then its last day is the last of that month (民法典 Article 202), also where the first day
    counts: a year from 29 February 2024 ends with 28 February 2025.
    """
    return unit in _MONTHS and last.day < began.day


def ahead_of(clock: Clock, ends: dt.date, calendar: WorkCalendar) -> Limit:
    """The last day on which what must come ahead of an end may come."""
    if clock.unit == "working_day":
        found = calendar.before(ends, clock.amount)
        return Limit(found.day, found.provisional)
    return Limit(_later(ends, -clock.amount, clock.unit))


def _later(day: dt.date, amount: int, unit: str) -> dt.date:
    if unit in _MONTHS:
        return months_after(day, amount * _MONTHS[unit])
    return day + dt.timedelta(amount)


def _pauses(
    name: str, began: dt.date, happened: Sequence[Happened]
) -> list[tuple[dt.date, dt.date | None]]:
    """The pauses of a clock since it began: from when, until when; ``None`` while one lasts."""
    found: list[tuple[dt.date, dt.date | None]] = []
    since: dt.date | None = None
    for each in happened:
        if each.event == name and each.day >= began:
            since = each.day
        elif each.event == PAUSES[name] and since is not None:
            found.append((since, each.day))
            since = None
    return [*found, (since, None)] if since is not None else found
