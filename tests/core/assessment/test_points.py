"""Points of persons (医保发〔2024〕23号): limits from both sides, years, pauses, leap days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.assessment.points import Counting, PersonState, Reach, standings_on
from dingdian.core.assessment.workbook import Event, Pause, Repair
from dingdian.core.rules.person_points import PersonPoints
from tests.assessments import policy

VALUE: PersonPoints = policy().rules["person_points"].value
COUNTING = Counting(VALUE, repairs=True, watches=True)
JUNE, DAY = dt.date(2025, 6, 10), dt.date(2025, 12, 31)


def event(points: int | None, on: dt.date | None = JUNE, number: str = "", withdrawn=None) -> Event:
    return Event(number, "D1", "某医师", "H1", on, points, "general", withdrawn, number)


def events(*points: int) -> list[Event]:
    return [event(each, JUNE + dt.timedelta(at), f"J{at}") for at, each in enumerate(points)]


def standing(its, pauses=(), repairs=(), day=DAY, counting=COUNTING):
    (found,) = standings_on(its, pauses, repairs, counting=counting, day=day)
    return found


def pause(on: dt.date | None, months: int | None = 3) -> tuple[Pause, ...]:
    return (Pause("D1", on, months, "", "p"),)


def repairs(*days: dt.date) -> list[Repair]:
    return [Repair("D1", day, f"{at}", "r") for at, day in enumerate(days)]


# ---------------------------------------------------------------- the limits of the sum


@pytest.mark.clause("N23-01", "N23-02")
@pytest.mark.parametrize(
    ("points", "state"),
    [
        ((5,), PersonState.NORMAL),
        ((6,), PersonState.WATCHED),
        ((4, 4), PersonState.WATCHED),
        ((4, 5), PersonState.PAUSE_DUE),
        ((9,), PersonState.PAUSE_DUE),
        ((5, 6), PersonState.PAUSE_DUE),
        ((6, 6), PersonState.ENDED),
        ((11,), PersonState.PAUSE_DUE),
        ((12,), PersonState.ENDED),
        ((6, 7), PersonState.ENDED),
    ],
)
def test_six_are_watched_nine_pause_twelve_end(points, state):
    found = standing(events(*points))

    assert (found.state, found.points) == (state, sum(points))


@pytest.mark.clause("N23-01")
@pytest.mark.parametrize(
    ("points", "band"),
    [
        *((0, None), (1, "one_to_three"), (3, "one_to_three"), (4, "four_to_six")),
        *((6, "four_to_six"), (7, "seven_to_nine"), (9, "seven_to_nine")),
        *((10, "ten_to_twelve"), (12, "ten_to_twelve"), (13, None)),
    ],
)
def test_the_bands_join_without_a_gap(points, band):
    found = VALUE.band_of(points)

    assert (found.band if found else None) == band


# ---------------------------------------------------------------- years


@pytest.mark.clause("N23-04")
def test_points_are_cleared_at_the_end_of_the_year():
    its = [event(5, dt.date(2025, 12, 31), "a"), event(5, dt.date(2026, 1, 1), "b")]

    assert standing(its, day=dt.date(2025, 12, 31)).points == 5
    assert standing(its, day=dt.date(2026, 1, 1)).points == 5
    assert standing(its, day=dt.date(2026, 12, 31)).state is PersonState.NORMAL


def test_what_comes_after_the_day_does_not_count():
    its = [event(9, JUNE, "a")]

    assert standing(its, day=JUNE - dt.timedelta(1)).points == 0
    assert standing(its, day=JUNE).state is PersonState.PAUSE_DUE


@pytest.mark.parametrize(("withdrawn", "points"), [(DAY, 0), (DAY + dt.timedelta(1), 9), (None, 9)])
def test_a_withdrawn_entry_does_not_count_from_its_day_on(withdrawn, points):
    assert standing([event(9, withdrawn=withdrawn)]).points == points


# ---------------------------------------------------------------- ends


@pytest.mark.clause("N23-03")
@pytest.mark.parametrize(
    ("points", "reach", "until"),
    [
        ((6, 6), Reach.BY_SUM, dt.date(2026, 6, 11)),
        ((12,), Reach.AT_ONCE, dt.date(2028, 6, 10)),
        ((3, 12), Reach.AT_ONCE, dt.date(2028, 6, 11)),
        ((6, 6, 3), Reach.BY_SUM, dt.date(2026, 6, 11)),
        ((6, 6, 12), Reach.AT_ONCE, dt.date(2028, 6, 12)),
    ],
)
def test_by_the_sum_it_is_a_year_and_in_one_go_three(points, reach, until):
    found = standing(events(*points))

    assert (found.state, found.reach, found.until) == (PersonState.ENDED, reach, until)


@pytest.mark.clause("N23-03")
@pytest.mark.parametrize(
    ("day", "state", "may"),
    [
        (dt.date(2026, 6, 10), PersonState.ENDED, False),
        (dt.date(2026, 6, 11), PersonState.NORMAL, True),
        (dt.date(2031, 1, 1), PersonState.NORMAL, True),
    ],
)
def test_an_end_outlasts_the_year_until_the_day_of_registration(day, state, may):
    found = standing(events(6, 6), day=day)

    assert (found.state, found.may_register, found.points) == (state, may, 0)
    assert found.why.code == ("end_over" if may else "ended_by_sum")


@pytest.mark.clause("N23-03", "N23-04")
@pytest.mark.parametrize(
    ("points", "state"),
    [
        (5, PersonState.NORMAL),
        (6, PersonState.WATCHED),
        (9, PersonState.PAUSE_DUE),
        (12, PersonState.ENDED),
    ],
)
def test_after_an_end_the_points_of_later_years_count_anew(points, state):
    later = event(points, dt.date(2026, 9, 1), "later")
    found = standing([*events(6, 6), later], day=dt.date(2026, 12, 31))

    assert (found.state, found.points) == (state, points)
    assert found.may_register == (state is not PersonState.ENDED)


def test_the_end_that_bars_longest_holds_until_it_is_over():
    its = [event(12, dt.date(2023, 3, 1), "a"), event(12, dt.date(2025, 3, 1), "b")]

    assert standing(its, day=dt.date(2026, 3, 1)).until == dt.date(2028, 3, 1)
    assert standing(its, day=dt.date(2028, 2, 29)).state is PersonState.ENDED
    assert standing(its, day=dt.date(2028, 3, 1)).state is PersonState.NORMAL


def test_what_was_due_before_an_end_is_settled_when_it_is_over():
    its, open_pause = events(9, 3), pause(JUNE, None)

    assert standing(its, open_pause, day=dt.date(2026, 6, 10)).state is PersonState.ENDED
    assert standing(its, open_pause, day=dt.date(2026, 6, 11)).state is PersonState.NORMAL


def test_an_end_on_a_leap_day_bars_until_the_first_of_march():
    leap = dt.date(2024, 2, 29)
    found = standing([event(12, leap)], day=leap)

    assert found.until == dt.date(2027, 3, 1)
    assert standing(events_on(leap, 6, 6), day=leap).until == dt.date(2025, 3, 1)


def events_on(day: dt.date, *points: int) -> list[Event]:
    return [event(each, day, f"{at}") for at, each in enumerate(points)]


# ---------------------------------------------------------------- pauses


@pytest.mark.clause("N23-02")
def test_a_pause_is_due_until_somebody_decides_for_how_long():
    its, day = [event(9)], dt.date(2025, 7, 1)

    assert standing(its).since == JUNE
    assert standing(its).until is None
    assert standing(its, pause(day)).state is PersonState.WATCHED
    assert standing(its, pause(day), day=day).state is PersonState.PAUSED
    assert standing(its, pause(day, None), day=day).state is PersonState.PAUSE_DUE


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (dt.date(2025, 11, 29), PersonState.PAUSE_DUE),
        (dt.date(2025, 11, 30), PersonState.PAUSED),
        (dt.date(2026, 2, 27), PersonState.PAUSED),
        (dt.date(2026, 2, 28), PersonState.NORMAL),
    ],
)
def test_a_pause_runs_over_the_year_to_the_last_day_of_a_short_month(day, state):
    """Three months from 30 November end with the 27th of February."""
    assert standing([event(9)], pause(dt.date(2025, 11, 30)), day=day).state is state


def test_a_pause_in_a_leap_year_runs_one_day_longer():
    its, on = [event(9, dt.date(2023, 6, 1))], dt.date(2023, 11, 30)

    assert standing(its, pause(on), day=dt.date(2024, 2, 28)).state is PersonState.PAUSED
    assert standing(its, pause(on), day=dt.date(2024, 2, 29)).state is PersonState.NORMAL


def test_a_pause_that_nobody_decided_is_due_in_the_next_year_too():
    assert standing([event(9)], day=dt.date(2026, 3, 1)).state is PersonState.PAUSE_DUE


def test_a_decision_before_the_points_settles_nothing():
    before = JUNE - dt.timedelta(1)

    assert standing([event(9)], pause(before, 1), day=DAY).state is PersonState.PAUSE_DUE
    assert standing([event(9)], pause(JUNE, 1), day=DAY).state is PersonState.WATCHED


# ---------------------------------------------------------------- repairs


@pytest.mark.clause("N23-04")
@pytest.mark.parametrize(("n", "points"), [(0, 8), (1, 7), (4, 4), (5, 4)])
def test_each_repair_takes_one_off_and_four_at_most(n, points):
    days = [dt.date(2025, 7, 1 + at) for at in range(n)]

    assert standing([event(8)], repairs=repairs(*days)).points == points


def test_a_repair_of_another_year_takes_nothing_off():
    assert standing([event(8)], repairs=repairs(dt.date(2024, 12, 31))).points == 8
    assert standing([event(8)], repairs=repairs(dt.date(2025, 12, 31))).points == 7


@pytest.mark.clause("N23-04")
@pytest.mark.parametrize(
    ("on", "points", "state"),
    [
        (JUNE - dt.timedelta(1), 12, PersonState.ENDED),
        (JUNE, 11, PersonState.PAUSE_DUE),
    ],
)
def test_a_repair_before_the_points_is_no_credit(on, points, state):
    its = [event(6, JUNE, "a"), event(6, dt.date(2025, 8, 1), "b")]
    found = standing(its, repairs=repairs(on))

    assert (found.points, found.state, found.repaired) == (points, state, 12 - points)


def test_a_repair_that_found_nothing_uses_nothing_up():
    early = [dt.date(2025, 1, 1 + at) for at in range(4)]
    found = standing([event(8)], repairs=repairs(*early, dt.date(2025, 7, 1)))

    assert (found.points, found.repaired) == (7, 1)


def test_points_never_fall_below_nought():
    assert standing([event(1)], repairs=repairs(JUNE, DAY)).points == 0


def test_a_repair_after_nine_does_not_undo_the_pause():
    late = repairs(dt.date(2025, 7, 1), dt.date(2025, 7, 2))

    assert standing([event(9)], repairs=late).state is PersonState.PAUSE_DUE
    assert standing([event(9)], repairs=repairs(JUNE)).state is PersonState.WATCHED


def test_by_the_reading_nothing_is_repaired_and_nobody_watched():
    plain = Counting(VALUE)
    found = standing([event(8)], repairs=repairs(JUNE), counting=plain)

    assert (found.points, found.repaired, found.state) == (8, 0, PersonState.NORMAL)


# ---------------------------------------------------------------- what is not known


def test_an_entry_without_points_leaves_the_sum_open():
    found = standing([event(3, number="a"), event(None, number="b")])

    assert (found.points, found.state) == (None, PersonState.UNDEFINED)


def test_what_is_known_to_end_ends_whatever_is_not():
    assert standing([event(12, number="a"), event(None, number="b")]).state is PersonState.ENDED


def test_an_entry_without_a_day_leaves_every_year_open():
    assert standing([event(3, None)]).points is None


# ---------------------------------------------------------------- properties


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 12), st.integers(0, 800)), min_size=1, max_size=8))
def test_the_order_of_rows_changes_nothing(rows):
    its = [event(p, dt.date(2024, 6, 1) + dt.timedelta(d), f"{i}") for i, (p, d) in enumerate(rows)]
    told = standing(its)
    other = standing(list(reversed(its)))

    assert (told.points, told.state, told.since, told.until) == (
        other.points,
        other.state,
        other.since,
        other.until,
    )


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 11), st.integers(0, 360)), min_size=1, max_size=8))
def test_a_slow_walk_through_the_year_comes_to_the_same(rows):
    """Day by day: the first day of nine is when a pause is due, of twelve when it ends."""
    its = [event(p, dt.date(2025, 1, 1) + dt.timedelta(d), f"{i}") for i, (p, d) in enumerate(rows)]
    sums = {}
    for offset in range(365):
        day = dt.date(2025, 1, 1) + dt.timedelta(offset)
        sums[day] = sum(each.points for each in its if each.decided_on <= day)
    nine = next((day for day, s in sums.items() if s >= 9), None)
    twelve = next((day for day, s in sums.items() if s >= 12), None)
    found = standing(its)

    assert found.points == sums[DAY]
    if twelve is not None:
        assert (found.state, found.since) == (PersonState.ENDED, twelve)
    elif nine is not None:
        assert (found.state, found.since) == (PersonState.PAUSE_DUE, nine)
    else:
        assert found.state in (PersonState.NORMAL, PersonState.WATCHED)
