"""What is outside the windows for applications: each side of each day, kind, district, service."""

import datetime as dt

import pytest

from dingdian.core.lifecycle.intake import Window, outside

D = dt.date
SPRING = Window(
    D(2026, 3, 1), D(2026, 3, 31), frozenset({"clinic"}), frozenset({"inpatient"}), frozenset({"1"})
)
AUTUMN = Window(D(2026, 9, 1), D(2026, 9, 30), frozenset({"clinic"}))


def of(windows, day, kind="clinic", services=("inpatient",), district="1"):
    found = outside(windows, kind, frozenset(services), district=district, day=day)
    return (found.kind, found.fields["next"][-10:]) if found else None


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (D(2026, 2, 28), ("intake_closed", "2026-03-01")),
        (D(2026, 3, 1), None),
        (D(2026, 3, 31), None),
        (D(2026, 4, 1), ("intake_closed", "2026-09-01")),
        (D(2026, 9, 30), None),
        (D(2026, 10, 1), ("intake_closed", "is set yet")),
    ],
)
def test_both_days_belong_to_a_window_and_the_next_one_is_told(day, said):
    assert of([AUTUMN, SPRING], day) == said


def test_a_window_says_nothing_of_another_kind_or_district():
    june = D(2026, 6, 1)
    assert of([SPRING], june, kind="hospital") is None
    assert of([SPRING], june, district="2") is None
    assert of([SPRING], june, district="") == ("intake_closed", "is set yet")
    assert of([], june) is None


def test_services_that_no_open_window_takes_are_named_and_the_next_that_does():
    march = D(2026, 3, 15)
    found = outside(
        [SPRING, AUTUMN], "clinic", frozenset({"inpatient", "personal_account"}),
        district="1", day=march,
    )  # fmt: skip
    assert found.kind == "intake_services"
    assert found.fields["services_zh"] == "个人账户"
    assert found.fields["next_zh"] == "下一个窗口自2026-09-01起"
    assert of([SPRING], march, services=()) is None
