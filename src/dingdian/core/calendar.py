"""Working days: the calendar that the State Council publishes year by year.

A day is worked from Monday to Friday, except where a year's notice makes it a day off (放假) or
a make-up working day (调休上班). A year that no notice covers yet is reckoned as Monday to
Friday, and whatever was reckoned with it says that it is provisional (暂定).
"""

from __future__ import annotations

import datetime as dt
import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

#: The first and the last day of a run of days; one day stands twice.
Span = tuple[dt.date, dt.date]

#: A notice may reach back over so many last days of the year before (29 to 31 December 2018
#: stand in the notice for 2019): until it is published, they are not settled.
REACHED_BACK = 7


@dataclass(frozen=True, slots=True)
class WorkYear:
    """What the notice for ``year`` sets: runs of days off, and make-up working days.

    Its days may lie in the last week of the year before.
    """

    year: int
    holidays: tuple[Span, ...] = ()
    workdays: tuple[dt.date, ...] = ()


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A day found by counting; ``provisional`` where a day on the way was not settled."""

    day: dt.date
    provisional: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of working days; ``provisional`` where a day among them was not settled."""

    days: int
    provisional: bool


@dataclass(frozen=True, slots=True)
class _Tables:
    """A calendar made ready for search; days are ordinals (1 is 1 January of year 1).

    ``marks``: the days that are not worked as their weekday says, ascending. ``added[n]``: by
    how much the first ``n`` of them change the count of weekdays. ``counted[n]``: working days
    up to and including ``marks[n]``. ``begins`` and ``ends``: the runs of settled days.
    """

    marks: tuple[int, ...]
    added: tuple[int, ...]
    counted: tuple[int, ...]
    begins: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True)
class WorkCalendar:
    """Working days by day; ``years`` are those that are known, in any order.

    Where two years name the same day, the notice of the later year holds.

    Raises:
        ValueError: a year stands twice.

    >>> calendar = WorkCalendar((WorkYear(2026, ((dt.date(2026, 1, 1), dt.date(2026, 1, 3)),)),))
    >>> calendar.after(dt.date(2025, 12, 31), 1)
    Reckoned(day=datetime.date(2026, 1, 5), provisional=False)
    >>> calendar.after(dt.date(2026, 12, 31), 1)  # 2027 is not known: Friday, 1 January
    Reckoned(day=datetime.date(2027, 1, 1), provisional=True)
    """

    years: tuple[WorkYear, ...] = ()

    def __post_init__(self) -> None:
        known = [each.year for each in self.years]
        if len(set(known)) < len(known):
            raise ValueError(f"a year stands twice among {known}")

    @property
    def known(self) -> tuple[int, ...]:
        """The years that are known, ascending."""
        return tuple(sorted(each.year for each in self.years))

    @cached_property
    def _tables(self) -> _Tables:
        return _tables(self.years)

    def is_working(self, day: dt.date) -> bool:
        """Whether ``day`` is worked; on a day that is not settled, as far as is known.

        >>> sunday = dt.date(2026, 1, 4)
        >>> WorkCalendar((WorkYear(2026, workdays=(sunday,)),)).is_working(sunday)
        True
        """
        ordinal = day.toordinal()
        return self._count(ordinal) > self._count(ordinal - 1)

    def is_settled(self, day: dt.date) -> bool:
        """Whether no notice to come is expected to change ``day``.

        Its year is known; in the last week of a year, the next one too.

        >>> calendar = WorkCalendar((WorkYear(2026),))
        >>> [calendar.is_settled(dt.date(2026, 12, day)) for day in (24, 25)]
        [True, False]
        """
        return self._settled(day.toordinal(), day.toordinal())

    def after(self, day: dt.date, n: int) -> Reckoned:
        """The ``n``-th working day after ``day``; ``day`` itself is not counted.

        So the Civil Code counts (民法典 Article 201). With ``n`` 0 it is ``day``, worked or not.

        Raises:
            ValueError: ``n`` is negative, or the day found lies past the year 9999.

        >>> friday = dt.date(2026, 3, 6)
        >>> WorkCalendar().after(friday, 1).day, WorkCalendar().after(friday, 0).day
        (datetime.date(2026, 3, 9), datetime.date(2026, 3, 6))
        """
        if n == 0:
            return Reckoned(day, provisional=False)
        begun = day.toordinal()
        found = self._nth(self._count(begun) + _natural(n))
        return Reckoned(_day(found), not self._settled(begun + 1, found))

    def before(self, day: dt.date, n: int) -> Reckoned:
        """The ``n``-th working day before ``day``; ``day`` itself is not counted.

        Raises:
            ValueError: ``n`` is negative, or the day found lies before the year 1.

        >>> WorkCalendar().before(dt.date(2026, 3, 9), 1).day
        datetime.date(2026, 3, 6)
        """
        if n == 0:
            return Reckoned(day, provisional=False)
        ended = day.toordinal() - 1
        found = self._nth(self._count(ended) - _natural(n) + 1)
        return Reckoned(_day(found), not self._settled(found, ended))

    def next_working(self, day: dt.date) -> Reckoned:
        """``day`` itself where it is worked, else the next working day.

        A period that ends on a day off ends on that day (民法典 Article 203).

        Raises:
            ValueError: the day found lies past the year 9999.

        >>> WorkCalendar().next_working(dt.date(2026, 3, 7)).day  # a Saturday
        datetime.date(2026, 3, 9)
        """
        begun = day.toordinal()
        found = self._nth(self._count(begun - 1) + 1)
        return Reckoned(_day(found), not self._settled(begun, found))

    def working_days_between(self, first: dt.date, last: dt.date) -> Counted:
        """The working days after ``first`` up to and including ``last``.

        So many working days after ``first`` is ``last``, where that is worked. Negative where
        ``last`` lies before ``first``: those that have passed since.

        >>> WorkCalendar().working_days_between(dt.date(2026, 3, 6), dt.date(2026, 3, 10)).days
        2
        """
        begun, ended = first.toordinal(), last.toordinal()
        early, late = min(begun, ended), max(begun, ended)
        days = self._count(ended) - self._count(begun)
        return Counted(days, early < late and not self._settled(early + 1, late))

    def _count(self, ordinal: int) -> int:
        """The working days up to and including ``ordinal``."""
        tables = self._tables
        return _weekdays(ordinal) + tables.added[bisect_right(tables.marks, ordinal)]

    def _nth(self, count: int) -> int:
        """The first day up to which ``count`` days are worked."""
        tables = self._tables
        place = bisect_left(tables.counted, count)
        found = _nth_weekday(count - tables.added[place])
        return found if place == len(tables.marks) else min(found, tables.marks[place])

    def _settled(self, first: int, last: int) -> bool:
        tables = self._tables
        place = bisect_right(tables.begins, first) - 1
        return place >= 0 and last <= tables.ends[place]


#: The calendar without a year: Monday to Friday, all of it provisional.
NOTHING_KNOWN = WorkCalendar()


def _natural(n: int) -> int:
    if n < 0:
        raise ValueError(f"working days are counted from 0, not {n}")
    return n


def _day(ordinal: int) -> dt.date:
    if not 1 <= ordinal <= dt.date.max.toordinal():
        raise ValueError("the day lies outside the years 1 to 9999")
    return dt.date.fromordinal(ordinal)


def _weekdays(ordinal: int) -> int:
    """The days from Monday to Friday up to and including ``ordinal``; ordinal 1 is a Monday."""
    weeks, rest = divmod(ordinal, 7)
    return 5 * weeks + min(rest, 5)


def _nth_weekday(count: int) -> int:
    weeks, rest = divmod(count - 1, 5)
    return 7 * weeks + rest + 1


@lru_cache(maxsize=32)
def _tables(years: tuple[WorkYear, ...]) -> _Tables:
    worked: dict[int, bool] = {}
    for year in sorted(years, key=lambda each: each.year):
        worked |= dict.fromkeys(_ordinals(year.holidays), False)
        worked |= {day.toordinal(): True for day in year.workdays}
    marks = sorted(day for day, works in worked.items() if works != _is_weekday(day))
    added = list(itertools.accumulate((1 if worked[day] else -1 for day in marks), initial=0))
    begins, ends = _settled_runs(each.year for each in years)
    return _Tables(
        marks=tuple(marks),
        added=tuple(added),
        counted=tuple(_weekdays(day) + more for day, more in zip(marks, added[1:], strict=True)),
        begins=begins,
        ends=ends,
    )


def _is_weekday(ordinal: int) -> bool:
    return (ordinal - 1) % 7 < 5


def _ordinals(spans: Iterable[Span]) -> Iterator[int]:
    for first, last in spans:
        yield from range(first.toordinal(), last.toordinal() + 1)


def _settled_runs(years: Iterable[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The first and the last settled day of each run of years that follow one another."""
    known = set(years)
    firsts = sorted(year for year in known if year - 1 not in known)
    lasts = sorted(year for year in known if year + 1 not in known)
    return (
        tuple(dt.date(year, 1, 1).toordinal() for year in firsts),
        tuple(dt.date(year, 12, 31).toordinal() - REACHED_BACK for year in lasts),
    )
