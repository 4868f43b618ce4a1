"""Every reading of assessments moves something: each other option, and each other number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from dingdian.core.assessment.choices import OPTIONS
from dingdian.core.assessment.contract import TABLES
from dingdian.core.policy import Reading
from tests.assessments import assessed, book, policy, scored, town

PLACES = ("daxinganling", "shenyang")
DAY = dt.date(2026, 2, 10)


def rising(n: int, first: int = 55) -> list[dict[str, object]]:
    return [row for at in range(n) for row in scored(f"P{at + 1:03d}", Fraction(first + at, 100))]


def level(n: int, share: int) -> list[dict[str, object]]:
    return [row for at in range(n) for row in scored(f"P{at + 1:03d}", Fraction(share, 100))]


def _upgrades() -> dict[str, Any]:
    past = [
        {"institution": f"P{at:03d}", "year": 2024, "points": 96, "clean": True} for at in (1, 2)
    ]
    asked = [
        {"institution": "P001", "to_grade": "b"},
        {"institution": "P002", "to_grade": "d"},
    ]
    return {"scores": level(2, 100), "past_scores": past, "upgrades": asked}


def _persons() -> dict[str, Any]:
    event = {"number": "J1", "person": "D1", "points": 7, "decided_on": dt.date(2026, 1, 5)}
    repair = {"person": "D1", "repaired_on": dt.date(2026, 1, 9)}
    return {"points_events": [event], "points_repairs": [repair]}


#: Reading -> how many pharmacies, the rows, and what is chosen beside it so that it acts.
WORLDS: Mapping[str, tuple[int, dict[str, Any], dict[str, str]]] = {
    "score_sheet_use": (20, {"scores": rising(20)}, {}),
    "bottom_rank_method": (40, {"scores": rising(40)}, {"bottom_rank_ceiling": "none"}),
    "bottom_rank_group": (4, {"scores": rising(4)}, {"bottom_rank_method": "count"}),
    "bottom_rank_share": (40, {"scores": rising(40, 50)}, {}),
    "bottom_rank_count": (10, {"scores": rising(10)}, {"bottom_rank_method": "count"}),
    "bottom_rank_rounding": (30, {"scores": rising(30)}, {}),
    "bottom_rank_ties": (20, {"scores": level(20, 70)}, {}),
    "bottom_rank_floor": (20, {"scores": rising(20)}, {}),
    "bottom_rank_ceiling": (20, {"scores": level(20, 88)}, {"bottom_rank_ties": "all"}),
    "bottom_rank_trial": (20, {"scores": rising(20)}, {}),
    "bottom_rank_ladder_use": (20, {"scores": rising(20)}, {}),
    "pharmacy_grade_moves_use": (2, _upgrades(), {}),
    "pharmacy_grade_direction": (2, _upgrades(), {}),
    "points_repair": (1, _persons(), {}),
    "points_watch": (1, _persons(), {"points_repair": "none"}),
}
#: Options that leave their number without effect: numbers are tried under the other one.
ACTING = {"bottom_rank_floor": "floor", "bottom_rank_ceiling": "ceiling"}
#: Numbers of readings that their worlds need in order to show what an option moves.
NUMBERS = {"bottom_rank_ceiling": "88"}


def result(place: str, name: str, number: Fraction | None = None, **choices: str) -> object:
    """What comes out, without the policy that it was made under."""
    n, rows, beside = WORLDS[name]
    standing = "trial" if name == "bottom_rank_trial" else "in_force"
    numbers = {key: value for key, value in NUMBERS.items() if key == name}
    if number is not None:
        numbers[name] = str(number)
    found = policy(place, numbers=numbers, **{**beside, **choices})
    made = assessed(
        town(pharmacies=n, standing=standing, prescription_transfer=False), found, **rows
    )
    return made.assessed, made.groups, made.unclear, made.persons


def readings(place: str) -> dict[str, Reading]:
    found = book().on(place, DAY).readings.values()
    return {each.reading: each for each in found if each.effect == "assessment"}


@pytest.mark.parametrize("place", PLACES)
def test_the_readings_of_assessments_are_those_that_engines_act_on(place):
    assert set(readings(place)) == set(OPTIONS) == set(WORLDS)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", WORLDS)
def test_every_other_option_moves_something(place, name):
    reading = readings(place)[name]
    chosen = result(place, name)
    for option in reading.options:
        if option != reading.chosen:
            assert result(place, name, **{name: option}) != chosen, option


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "name", [name for name in WORLDS if readings("shenyang")[name].number is not None]
)
def test_every_other_number_moves_something(place, name):
    reading = readings(place)[name]
    acting = {name: ACTING[name]} if name in ACTING else {}
    if name == "bottom_rank_group":
        told = [result(place, name, Fraction(each), **acting) for each in (4, 5)]
        assert told[0] != told[1]
        return
    told = [result(place, name, each, **acting) for each in (reading.low, reading.high)]
    assert told[0] != told[1]


@pytest.mark.parametrize("place", PLACES)
def test_what_they_move_are_rules_of_the_shelf(place):
    rules = {name for each in PLACES for name in book().on(each, DAY).rules}
    for reading in readings(place).values():
        assert set(reading.moves) <= rules
        assert reading.mark != "text"
        assert "项目建议" in reading.by


def test_no_reading_of_assessments_waits_for_a_later_step():
    for place in PLACES:
        for rule in book().on(place, DAY).rules.values():
            if rule.rule.family in ("assessment", "score_sheet", "bottom_rank"):
                assert not getattr(rule.rule, "step", "")
    assert {"scores", "one_vote", "appeals"} <= set(TABLES)
