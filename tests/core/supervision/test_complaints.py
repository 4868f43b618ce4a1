"""The way of a complaint, and its terms: on the limit, on days off, with the reading open."""

import datetime as dt

import pytest

from dingdian.core.supervision.complaints import STATUSES, Status, may_follow, term_of
from dingdian.storage.policy_yaml import shelf_for

BOOK, PLACE = shelf_for("daxinganling")


def policy(**readings):
    found = BOOK.on(PLACE, dt.date(2026, 3, 2))
    for name, changed in readings.items():
        reading = found.readings[name].model_copy(update=changed)
        found = type(found)(
            **{
                each: getattr(found, each)
                for each in ("place", "day", "rules", "benchmarks", "clauses", "documents")
            },
            readings={**found.readings, name: reading},
            calendar=found.calendar,
        )
    return found


def test_every_stage_has_a_row_and_every_end_is_reached():
    assert set(STATUSES) == set(Status)
    reached, ahead = set(), [Status.RECEIVED]
    while ahead:
        status = ahead.pop()
        reached.add(status)
        ahead += [each for each in STATUSES[status].next if each not in reached]
    assert reached == set(Status)
    ends = {each for each, row in STATUSES.items() if not row.next}
    assert ends == {each for each, row in STATUSES.items() if not row.reading}


@pytest.mark.parametrize("status", Status)
def test_nothing_follows_but_what_the_table_has(status):
    assert {each for each in Status if may_follow(status, each)} == set(STATUSES[status].next)


@pytest.mark.parametrize(
    ("received", "last"),
    [("2026-03-02", "2026-03-23"), ("2026-03-06", "2026-03-27"), ("2026-03-07", "2026-03-27")],
)
def test_working_days_do_not_count_the_day_of_the_receipt(received, last):
    found = term_of(Status.RECEIVED, dt.date.fromisoformat(received), policy(), policy().calendar)
    assert found.day == dt.date.fromisoformat(last)


def test_calendar_days_that_end_on_a_day_off_end_on_the_next_working_day():
    now = policy(complaint_answer={"number": 5})
    for received, last in ((2, 9), (3, 9), (4, 9), (5, 10)):  # 7 and 8 March are a weekend
        day = dt.date(2026, 3, received)
        assert term_of(Status.ACCEPTED, day, now, now.calendar).day == dt.date(2026, 3, last)


@pytest.mark.parametrize("changed", [{"chosen": None}, {"number": None}])
def test_an_open_reading_gives_no_day(changed):
    now = policy(complaint_accept=changed)
    found = term_of(Status.RECEIVED, dt.date(2026, 3, 2), now, now.calendar)
    assert (found.day, found.reading) == (None, "complaint_accept")


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.NOT_ACCEPTED])
def test_nothing_is_due_after_the_end(status):
    assert term_of(status, dt.date(2026, 3, 2), policy(), policy().calendar).reading == ""
