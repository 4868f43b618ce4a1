"""The hand-over of patients: when it is closed, and what stops its record."""

from __future__ import annotations

import datetime as dt

import pytest

from dingdian.core.lifecycle.handover import PATIENTS, HandOver, refused

TODAY = dt.date(2026, 3, 2)
NOBODY = dict.fromkeys(PATIENTS, 0)
ONE = NOBODY | {"chronic": 1}


def test_it_is_closed_when_all_are_handed_over_or_there_is_nobody() -> None:
    assert HandOver(NOBODY).closed
    assert not HandOver(ONE, "甲", TODAY).closed
    assert HandOver(ONE, "甲", TODAY, TODAY).closed


@pytest.mark.parametrize(
    ("found", "kinds"),
    [
        (HandOver(NOBODY), []),
        (HandOver(ONE), ["handover_without_receiver", "handover_without_day"]),
        (HandOver(ONE, "甲", TODAY, TODAY), []),
        (HandOver(ONE, "甲", TODAY, TODAY + dt.timedelta(1)), ["handover_in_future"]),
    ],
)
def test_what_stops_its_record(found: HandOver, kinds: list[str]) -> None:
    assert [each.kind for each in refused(found, TODAY)] == kinds
