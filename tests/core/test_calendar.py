"""Working days: both sides of holidays, make-up days and years, and a slow oracle beside."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingdian.core.calendar import NOTHING_KNOWN, Counted, Reckoned, WorkCalendar, WorkYear


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def span(first: str, last: str = "") -> tuple[dt.date, dt.date]:
    return day(first), day(last or first)


#: Days as the notices for 2019, 2024, 2025 and 2026 set them, as far as the tests need them.
Y2019 = WorkYear(2019, (span("2018-12-30", "2019-01-01"),), (day("2018-12-29"),))
Y2024 = WorkYear(
    2024,
    (span("2024-01-01"), span("2024-02-10", "2024-02-17"), span("2024-10-01", "2024-10-07")),
    tuple(map(day, ("2024-02-04", "2024-02-18", "2024-09-29", "2024-10-12"))),
)
Y2025 = WorkYear(
    2025,
    (span("2025-01-01"), span("2025-10-01", "2025-10-08")),
    tuple(map(day, ("2025-09-28", "2025-10-11"))),
)
Y2026 = WorkYear(
    2026,
    (span("2026-01-01", "2026-01-03"), span("2026-02-15", "2026-02-23")),
    tuple(map(day, ("2026-01-04", "2026-02-14", "2026-02-28"))),
)
CALENDAR = WorkCalendar((Y2024, Y2025, Y2026))


# ---------------------------------------------------------------- both sides of a day


@pytest.mark.parametrize(
    ("on", "working"),
    [
        ("2026-02-13", True),  # Friday
        ("2026-02-14", True),  # Saturday, worked
        ("2026-02-15", False),  # Sunday, first day off
        ("2026-02-16", False),  # Monday, off
        ("2026-02-23", False),  # Monday, last day off
        ("2026-02-24", True),
        ("2026-02-27", True),
        ("2026-02-28", True),  # Saturday, worked
        ("2026-03-01", False),  # Sunday
        ("2026-01-01", False),
        ("2026-01-04", True),  # Sunday, worked
        ("2024-02-29", True),  # leap day, a Thursday
        ("2028-02-29", True),  # leap day of an unknown year, a Tuesday
        ("2027-01-01", True),  # Friday of an unknown year
        ("2027-01-02", False),
    ],
)
def test_is_working(on: str, working: bool) -> None:
    assert CALENDAR.is_working(day(on)) is working


@pytest.mark.parametrize(
    ("begun", "n", "ends"),
    [
        ("2026-02-12", 1, "2026-02-13"),
        ("2026-02-13", 1, "2026-02-14"),  # the make-up Saturday counts
        ("2026-02-13", 2, "2026-02-24"),
        ("2026-02-14", 1, "2026-02-24"),
        ("2026-02-18", 1, "2026-02-24"),  # begun on a day off: that day is not counted anyway
        ("2026-02-23", 1, "2026-02-24"),
        ("2026-02-24", 1, "2026-02-25"),
        ("2026-02-27", 1, "2026-02-28"),
        ("2026-02-27", 2, "2026-03-02"),
        ("2025-12-31", 1, "2026-01-04"),  # the turn of the year; Sunday is worked
        ("2025-12-31", 2, "2026-01-05"),
        ("2025-12-30", 1, "2025-12-31"),
        ("2024-12-31", 1, "2025-01-02"),
        ("2024-02-28", 1, "2024-02-29"),
        ("2024-02-29", 1, "2024-03-01"),
        ("2025-02-28", 1, "2025-03-03"),
        ("2025-09-26", 1, "2025-09-28"),  # a worked Sunday
        ("2025-09-30", 1, "2025-10-09"),
        ("2025-09-30", 3, "2025-10-11"),  # a worked Saturday
        ("2025-09-30", 4, "2025-10-13"),
        ("2026-02-13", 0, "2026-02-13"),
        ("2026-02-16", 0, "2026-02-16"),  # nothing is counted: the day itself
        ("2026-03-02", 30, "2026-04-13"),
    ],
)
def test_the_nth_working_day_after(begun: str, n: int, ends: str) -> None:
    assert CALENDAR.after(day(begun), n) == Reckoned(day(ends), provisional=False)


@pytest.mark.parametrize(
    ("ended", "n", "begins"),
    [
        ("2026-02-24", 1, "2026-02-14"),
        ("2026-02-24", 2, "2026-02-13"),
        ("2026-02-20", 1, "2026-02-14"),
        ("2026-02-15", 1, "2026-02-14"),
        ("2026-02-14", 1, "2026-02-13"),
        ("2026-01-04", 1, "2025-12-31"),
        ("2024-03-01", 1, "2024-02-29"),
        ("2026-02-20", 0, "2026-02-20"),
    ],
)
def test_the_nth_working_day_before(ended: str, n: int, begins: str) -> None:
    assert CALENDAR.before(day(ended), n) == Reckoned(day(begins), provisional=False)


@pytest.mark.parametrize(
    ("ended", "moved"),
    [
        ("2026-02-14", "2026-02-14"),
        ("2026-02-15", "2026-02-24"),
        ("2026-02-23", "2026-02-24"),
        ("2026-02-24", "2026-02-24"),
        ("2026-03-07", "2026-03-09"),
        ("2026-01-01", "2026-01-04"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_a_period_that_ends_on_a_day_off_ends_on_the_next_working_day(
    ended: str, moved: str
) -> None:
    assert CALENDAR.next_working(day(ended)) == Reckoned(day(moved), provisional=False)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-02-13", "2026-02-24", 2),
        ("2026-02-14", "2026-02-23", 0),
        ("2026-02-24", "2026-02-13", -2),
        ("2026-02-13", "2026-02-13", 0),
        ("2024-02-28", "2024-03-01", 2),
    ],
)
def test_working_days_between(first: str, last: str, days: int) -> None:
    found = CALENDAR.working_days_between(day(first), day(last))
    assert found == Counted(days, provisional=False)


# ---------------------------------------------------------------- what is known


@pytest.mark.parametrize(
    ("begun", "n", "provisional"),
    [
        ("2026-11-27", 19, False),  # ends on 24 December
        ("2026-11-27", 20, True),  # 25 December: the notice for 2027 may still reach it
        ("2026-12-31", 1, True),
        ("2026-12-31", 0, False),  # nothing is counted
        ("2023-12-31", 1, False),  # 2023 is not known, but nothing of it is counted
        ("2023-12-30", 1, True),
        ("2025-12-26", 10, False),  # both sides of a turn of the year that is known
        ("2020-06-01", 1, True),
    ],
)
def test_a_count_is_provisional_once_it_touches_a_day_that_is_not_settled(
    begun: str, n: int, provisional: bool
) -> None:
    assert CALENDAR.after(day(begun), n).provisional is provisional


@pytest.mark.parametrize(
    ("ended", "n", "provisional"),
    [
        ("2024-01-02", 1, True),  # counts over New Year's Day, back to 2023
        ("2024-01-03", 1, False),
        ("2027-01-01", 1, True),
        ("2026-12-25", 1, False),
        ("2026-12-28", 1, True),
    ],
)
def test_a_count_backwards_is_provisional_too(ended: str, n: int, provisional: bool) -> None:
    assert CALENDAR.before(day(ended), n).provisional is provisional


def test_a_span_and_a_moved_end_say_so_too() -> None:
    first, last, later = day("2026-12-23"), day("2026-12-24"), day("2026-12-25")
    assert not CALENDAR.working_days_between(first, last).provisional
    assert CALENDAR.working_days_between(first, later).provisional
    assert CALENDAR.working_days_between(later, first).provisional
    assert not CALENDAR.working_days_between(later, later).provisional
    assert CALENDAR.next_working(day("2027-01-02")) == Reckoned(day("2027-01-04"), True)


def test_a_gap_between_known_years_is_not_settled() -> None:
    calendar = WorkCalendar((Y2024, Y2026))
    assert calendar.known == (2024, 2026)
    assert calendar.after(day("2024-12-20"), 270).provisional
    assert not calendar.after(day("2026-03-02"), 5).provisional


def test_a_notice_reaches_back_into_the_year_before() -> None:
    calendar = WorkCalendar((Y2019, WorkYear(2018)))
    assert calendar.is_working(day("2018-12-29"))  # a Saturday
    assert not calendar.is_working(day("2018-12-31"))  # a Monday
    ends = calendar.after(day("2018-12-28"), 2)
    assert ends == Reckoned(day("2019-01-02"), provisional=False)


def test_without_2018_its_last_days_are_as_the_notice_for_2019_says_and_provisional() -> None:
    ends = WorkCalendar((Y2019,)).after(day("2018-12-28"), 2)
    assert ends == Reckoned(day("2019-01-02"), provisional=True)


def test_the_later_notice_holds_where_two_name_a_day() -> None:
    earlier = WorkYear(2025, (span("2025-12-31"),))
    later = WorkYear(2026, (), (day("2025-12-31"),))
    assert WorkCalendar((later, earlier)).is_working(day("2025-12-31"))
    assert not WorkCalendar((earlier, WorkYear(2026))).is_working(day("2025-12-31"))


def test_a_calendar_that_knows_nothing_counts_monday_to_friday() -> None:
    assert NOTHING_KNOWN.known == ()
    assert NOTHING_KNOWN.after(day("2026-02-13"), 1) == Reckoned(day("2026-02-16"), True)


# ---------------------------------------------------------------- what cannot be counted


def test_a_year_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        WorkCalendar((Y2026, Y2025, Y2026))


def test_a_negative_count_is_refused() -> None:
    for count in (CALENDAR.after, CALENDAR.before):
        with pytest.raises(ValueError, match="counted from 0, not -1"):
            count(day("2026-03-02"), -1)


def test_a_day_beyond_the_calendar_is_refused() -> None:
    for count in (CALENDAR.after, CALENDAR.before):
        with pytest.raises(ValueError, match="outside the years 1 to 9999"):
            count(day("2026-03-02"), 10**12)
    assert CALENDAR.is_working(dt.date.min)
    assert CALENDAR.next_working(dt.date.max).day == dt.date.max  # a Friday


# ---------------------------------------------------------------- what always holds

DAYS = st.dates(dt.date(2022, 6, 1), dt.date(2029, 6, 1))
COUNTS = st.integers(0, 300)
ONE = dt.timedelta(days=1)


@st.composite
def years(draw: st.DrawFn, year: int) -> WorkYear:
    """A year with any holidays and make-up days, the last week before it included."""
    within = st.integers(-7, 364).map(lambda n: dt.date(year, 1, 1) + n * ONE)
    off = draw(st.lists(st.tuples(within, st.integers(0, 9)), max_size=8))
    spans = tuple((first, first + length * ONE) for first, length in off)
    taken = {first + n * ONE for first, length in off for n in range(length + 1)}
    worked = draw(st.lists(within, max_size=8))
    return WorkYear(year, spans, tuple(each for each in worked if each not in taken))


CALENDARS = st.sets(st.sampled_from(range(2023, 2029))).flatmap(
    lambda known: st.tuples(*(years(year) for year in known)).map(WorkCalendar)
)


def slowly_working(calendar: WorkCalendar, on: dt.date) -> bool:
    """By the notices one after the other, the latest first."""
    for year in sorted(calendar.years, key=lambda each: -each.year):
        if on in year.workdays:
            return True
        if any(first <= on <= last for first, last in year.holidays):
            return False
    return on.weekday() < 5


def slowly_settled(calendar: WorkCalendar, on: dt.date) -> bool:
    reached = on >= dt.date(on.year, 12, 25)
    return on.year in calendar.known and (not reached or on.year + 1 in calendar.known)


def slowly(calendar: WorkCalendar, on: dt.date, n: int, step: dt.timedelta) -> Reckoned:
    """Day by day."""
    provisional = False
    while n:
        on += step
        provisional |= not slowly_settled(calendar, on)
        n -= slowly_working(calendar, on)
    return Reckoned(on, provisional)


@given(CALENDARS, DAYS, COUNTS)
def test_counting_is_what_counting_day_by_day_finds(
    calendar: WorkCalendar, on: dt.date, n: int
) -> None:
    assert calendar.is_working(on) is slowly_working(calendar, on)
    assert calendar.is_settled(on) is slowly_settled(calendar, on)
    assert calendar.after(on, n) == slowly(calendar, on, n, ONE)
    assert calendar.before(on, n) == slowly(calendar, on, n, -ONE)
    moved = calendar.next_working(on)
    assert moved.day == slowly(calendar, on - ONE, 1, ONE).day
    assert calendar.is_working(moved.day)


@given(CALENDARS, DAYS, COUNTS)
def test_there_and_back_again(calendar: WorkCalendar, on: dt.date, n: int) -> None:
    working = calendar.next_working(on).day
    assert calendar.after(calendar.before(working, n).day, n).day == working
    assert calendar.before(calendar.after(working, n).day, n).day == working


@given(CALENDARS, DAYS, DAYS, COUNTS)
def test_a_later_day_or_a_longer_count_never_ends_earlier(
    calendar: WorkCalendar, one: dt.date, other: dt.date, n: int
) -> None:
    early, late = sorted((one, other))
    assert calendar.after(early, n).day <= calendar.after(late, n).day
    assert calendar.after(one, n).day < calendar.after(one, n + 1).day
    assert calendar.after(one, n + 1).provisional >= calendar.after(one, n).provisional


@given(CALENDARS, DAYS, DAYS, COUNTS)
def test_a_span_holds_what_was_counted(
    calendar: WorkCalendar, one: dt.date, other: dt.date, n: int
) -> None:
    ends = calendar.after(one, n)
    assert calendar.working_days_between(one, ends.day) == Counted(n, ends.provisional)
    there, back = (
        calendar.working_days_between(one, other),
        calendar.working_days_between(other, one),
    )
    assert there == Counted(-back.days, back.provisional)


def test_nine_thousand_deadlines_take_no_time() -> None:
    begun = [day("2024-01-01") + n % 1000 * ONE for n in range(9000)]
    started = time.perf_counter()
    for each in begun:
        CALENDAR.after(each, 30)
    assert time.perf_counter() - started < 0.5  # 0.03 s on one core; room for a busy machine
