"""Service and voiding of a letter: each side of each limit."""

from __future__ import annotations

import datetime as dt

import pytest

from dingdian.core.lifecycle.letters import WAYS, Letter, Way, not_served, not_voided

MADE = dt.date(2026, 3, 2)
TODAY = dt.date(2026, 3, 9)
LETTER = Letter("示例〔2026〕1号", MADE)
SERVED = Letter("示例〔2026〕1号", MADE, MADE)
VOID = Letter("示例〔2026〕1号", MADE, void=True)


@pytest.mark.parametrize(
    ("letter", "day", "reason", "kinds"),
    [
        (LETTER, MADE, "", []),
        (LETTER, MADE - dt.timedelta(1), "", ["served_before_made"]),
        (LETTER, TODAY, "", []),
        (LETTER, TODAY + dt.timedelta(1), "", ["served_in_future"]),
        (SERVED, TODAY, " ", ["served_already"]),
        (SERVED, TODAY, "回证为邮寄", []),
        (VOID, TODAY, "", ["letter_void"]),
    ],
)
def test_when_a_letter_may_be_served(
    letter: Letter, day: dt.date, reason: str, kinds: list[str]
) -> None:
    assert [each.kind for each in not_served(letter, day, TODAY, reason)] == kinds


def test_a_letter_is_voided_once_and_with_a_reason() -> None:
    assert list(not_voided(LETTER, "文号用错")) == []
    assert [each.kind for each in not_voided(LETTER, " ")] == ["void_without_reason"]
    assert [each.kind for each in not_voided(VOID, "又")] == ["letter_void"]


def test_days_run_from_the_day_after_service() -> None:
    assert LETTER.runs_from is None
    assert SERVED.runs_from == MADE + dt.timedelta(1)


def test_every_way_has_its_words() -> None:
    assert set(WAYS) == set(Way)
