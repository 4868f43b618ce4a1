"""What the readings of the shelf say that they move is what moves, and it does."""

from __future__ import annotations

import datetime as dt
import functools
from fractions import Fraction
from typing import Any

import pytest

from dingdian.core.census import Census
from dingdian.core.plan import Plan
from dingdian.core.policy import Reading
from dingdian.core.rules.choices import OPTIONS
from dingdian.storage.policy_yaml import shelf_for, shipped_places
from tests import city
from tests.city import BING, JIA, TOWN, YI, n
from tests.core.indicators import test_coverage
from tests.policies.moves import moved, plan_under, unnamed

pytestmark = pytest.mark.slow

DAY = dt.date(2025, 6, 1)
#: Rules whose results are no part of a plan: sites are judged one by one.
OF_SITES = {"sy_spacing_800"}
#: Reading -> where what it moves is shown, when no world here is of that kind.
SHOWN_ELSEWHERE = {
    "designated_total": "tests/core/rules/test_red_line.py",  # plans that began years ago
    "coverage_standard": "tests/core/rules/test_coverage_rules.py",
    "density_source": "tests/core/rules/test_coverage_rules.py",
}
#: Numbers in all worlds: with a whole share nothing is ever rounded.
NUMBERS = {"replacement_share": Fraction(9, 10)}


#: Where the locality of the town is.
NEAR_TOWN = {"lon": 123.4, "lat": 41.9, "crs": "cgcs2000"}


def _set(number: str, trigger: str) -> dict[str, Any]:
    return {"number": number, "trigger": trigger, "decision": "set", "decided_on": DAY}


def _calm() -> city.Rows:
    """The tiny city without a reason for any red line, with units of every level."""
    its = test_coverage.rows()
    for row in its["fund"]:
        row["income"], row["balance"] = n(20_000_000), n(200_000_000)
    del its["letters"]
    its["localities"][0]["persons"] += 500
    its["care_flows"][0]["inpatient_budget"] *= 10
    regions = {row["code"]: row for row in its["regions"]}
    regions[TOWN] |= {"main_urban_area": True, "density": "sparse"}
    its["regions"] += [
        {"code": code, "name": code, "parent": parent, "level": level}
        for code, parent, level in (
            ("street", JIA, "subdistrict"),
            ("quarter", "street", "community"),
            ("bare street", YI, "subdistrict"),
            ("hill town", BING, "township"),
            ("village", TOWN, "village"),
            ("other village", TOWN, "village"),
        )
    ]
    its["institutions"] += [
        city.pharmacy("P9101900", "quarter", "d"),
        city.pharmacy("P9103900", TOWN, "d", standing="suspended") | NEAR_TOWN,
        city.pharmacy("P9103901", "other village", "d"),
        city.pharmacy("P9103902", "hill town", "a"),
        city.medical("H9101900", "hospital", JIA, level="secondary", standing="suspended"),
    ]
    its["beds"] += [
        {"institution": "H9101900", "bed_class": each, "contracted": n(k), "open": n(k + 1)}
        for k, each in enumerate(("oncology", "maternal_child", "rehabilitation"), 7)
    ]
    for row in its["institutions"]:
        if row["kind"] == "clinic" and row["region"] == YI:
            row["outpatient_pooling"] = False
    its["releases"] += [
        {"number": f"M{k}", "region": at, "year": n(2025), "cause": cause, "amount": n(3),
         "resource": "outpatient_pooling_institutions"}
        for k, (at, cause) in enumerate(((YI, "termination"), (BING, "closure")))
    ]  # fmt: skip
    for row in its["history"]:
        row["amount"] += 1
    return its


@functools.cache
def world(name: str) -> Census:
    """A census in which readings show what they move."""
    its = city.rows() if name == "pressed" else _calm()
    if name == "set":
        its["red_line_decisions"] = [_set("1", "deficit_last_year")]
    if name == "other":
        its["red_line_decisions"] = [_set("1", "other")]
    if name == "zones":
        next(row for row in its["regions"] if row["code"] == YI)["zone"] = "suburban"
    return city.census(its)


def worlds(reading: str) -> tuple[str, ...]:
    """The worlds that a reading is switched in: those of red lines need reasons to act."""
    if reading == "whole_scope":
        return ("zones",)
    fund = ("red_line", "reserve", "bed_use", "two_red")
    return ("pressed", "set", "other") if reading.startswith(fund) else ("calm",)


@functools.cache
def before(place: str, name: str) -> Plan:
    return plan_under(place, world(name), {}, NUMBERS)


def switched(place: str, reading: Reading) -> list[tuple[Plan, Plan]]:
    """Plans before and after each other option, or another number where there is one option."""
    acted = [each for each in reading.options if each in OPTIONS[reading.reading]]
    pairs = []
    for name in worlds(reading.reading):
        for option in acted:
            if option != reading.chosen:
                choice = {reading.reading: option}
                pairs.append((before(place, name), plan_under(place, world(name), choice, NUMBERS)))
        if len(acted) == 1 and reading.number is not None:
            number = NUMBERS | {reading.reading: reading.high or reading.number}
            pairs.append((before(place, name), plan_under(place, world(name), {}, number)))
    return pairs


def _computed(place: str) -> list[Reading]:
    book, _ = shelf_for(place)
    readings = book.on(place, dt.date(2026, 1, 1)).readings.values()
    return [each for each in readings if each.effect == "computed"]


PLACES = [each for each in shipped_places() if each != "national"]
#: The readings of a place, and those of the nation under every place that has them.
NAMES = sorted({reading.reading for place in PLACES for reading in _computed(place)})


@pytest.mark.parametrize("name", NAMES)
def test_a_reading_moves_what_it_names_and_nothing_else(name):
    """Every option of the reading, under each place that has it; a rule is of one place."""
    beyond, seen, wanted = set(), set(), set()
    for place in PLACES:
        reading = next((each for each in _computed(place) if each.reading == name), None)
        if reading is None:
            continue
        pairs, moves = switched(place, reading), set(reading.moves)
        beyond |= {each for pair in pairs for each in unnamed(*pair, name, moves)}
        seen |= {each for pair in pairs for each in moved(*pair)}
        rules = {e for other in PLACES for e in before(other, "calm").policy.rules}
        here = rules & set(before(place, "calm").policy.rules)
        wanted |= (moves - rules | moves & here) - OF_SITES if pairs else set()

    assert beyond == set()
    assert name in SHOWN_ELSEWHERE or wanted - seen == set()
