"""The shipped calendar, held against another one, day by day."""

from __future__ import annotations

import datetime as dt

import chinese_calendar
import pytest

from dingdian.core.calendar import Reckoned, WorkCalendar
from dingdian.core.policy import PolicyBook
from dingdian.storage.policy_yaml import shelf_for

YEARS = range(2019, 2027)


@pytest.fixture(scope="module")
def book() -> PolicyBook:
    return shelf_for("national")[0]


@pytest.fixture(scope="module")
def calendar(book: PolicyBook) -> WorkCalendar:
    return book.on("national", dt.date(2026, 1, 1)).calendar


def days_of(year: int) -> list[dt.date]:
    """Every day of a year, and the week before it."""
    first = dt.date(year, 1, 1).toordinal() - 7
    last = dt.date(year, 12, 31).toordinal()
    return [dt.date.fromordinal(each) for each in range(first, last + 1)]


def test_the_published_years_are_known(calendar: WorkCalendar) -> None:
    assert calendar.known == tuple(YEARS)


@pytest.mark.parametrize("year", YEARS)
def test_every_day_is_as_another_calendar_has_it(calendar: WorkCalendar, year: int) -> None:
    days = days_of(year)
    ours = {day: calendar.is_working(day) for day in days}
    assert ours == {day: chinese_calendar.is_workday(day) for day in days}


def test_every_year_names_its_notice_and_was_held_against_it(book: PolicyBook) -> None:
    for year in book.layers["national"].calendar:
        assert f"{year.year}年部分节假日安排" in year.source
        assert f"国办发明电〔{year.year - 1}〕" in year.source
        assert f"of {year.year - 1})" in year.source_en
        assert year.mark == "verified"
        assert all(each.days[0].year >= year.year - 1 for each in year.holidays)
        assert len({each.name for each in year.holidays}) == len(year.holidays)


@pytest.mark.parametrize("place", ["shenyang", "daxinganling"])
def test_a_city_reckons_with_the_national_calendar(place: str) -> None:
    policy = shelf_for(place)[0].on(place, dt.date(2026, 3, 1))
    ends = policy.calendar.after(dt.date(2026, 9, 18), 5)
    assert ends == Reckoned(dt.date(2026, 9, 24), provisional=False)  # Sunday the 20th is worked
    assert policy.calendar.after(dt.date(2026, 12, 31), 5).provisional
