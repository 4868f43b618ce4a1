"""Family spacing in a plan: how many of the stock stand too near their like; never judged."""

import datetime as dt
from fractions import Fraction

import pytest

from dingdian.core.findings import State
from dingdian.core.rules import decide
from tests.spots import LAT, LON, institution, north
from tests.worlds import ROOT, rule, world

pytestmark = pytest.mark.clause("SY-09")
SERVICE = "outpatient_pooling_institutions"


def spacing(value="800", **fields):
    shape = {"about": ["medical_institutions", "pharmacies"], "unit": "metre"}
    return rule("spacing", value, **{**shape, "comparison": "more_than", **fields})


def outcome(*institutions, of=None, **cells):
    facts = world(
        choices={"stock_suspended": "counts", **cells.pop("choices", {})},
        institutions=[dict(each) for each in institutions],
        **cells,
    )
    found = decide(of or spacing(), facts).findings
    return {
        each.scope: {role: facts.workings.figures[key].value for role, key in each.numbers}
        for each in found
    }, found


def test_who_has_its_like_within_the_distance_is_counted_by_district():
    numbers, found = outcome(
        institution("a", (LON, LAT)),
        institution("b", north(800), region="west"),
        institution("c", north(3000)),
        institution("d", north(100), kind="retail_pharmacy"),
        institution("e", north(200), outpatient_pooling=False, inpatient=True),
    )

    assert {each.state for each in found} == {State.NOTED}
    assert numbers[ROOT][f"close:{SERVICE}"] == 2
    assert numbers[ROOT][f"stock:{SERVICE}"] == 3
    assert numbers["east"][f"close:{SERVICE}"] == 1
    assert numbers["west"][f"close:{SERVICE}"] == 1
    assert numbers["north"] == {}
    assert "close:inpatient_institutions" not in numbers[ROOT]


@pytest.mark.parametrize(
    ("metres", "comparison", "close"),
    [
        ("799.999", "more_than", 2),
        ("800", "more_than", 2),
        ("800.001", "more_than", None),
        ("800", "at_least", None),
        ("799.999", "at_least", 2),
    ],
)
def test_the_rim_is_that_of_the_rule(metres, comparison, close):
    pair = institution("a", (LON, LAT)), institution("b", north(Fraction(metres)))

    numbers, _ = outcome(*pair, of=spacing(comparison=comparison))

    assert numbers[ROOT].get(f"close:{SERVICE}") == close


def test_more_than_are_allowed_must_be_near():
    three = [institution(str(at), north(at)) for at in (0, 100, 200)]

    assert outcome(*three, of=spacing(allowed=1))[0][ROOT][f"close:{SERVICE}"] == 3
    assert outcome(*three[:2], of=spacing(allowed=1))[0][ROOT] == {}


def test_the_distance_of_a_zone_holds_for_its_districts():
    pair = [institution("a", (LON, LAT)), institution("b", north(600))]
    by_zone = spacing({"main_urban": "500", "county": "800"})

    far = [institution(each, north(at), region="north") for each, at in (("c", 9000), ("d", 9600))]

    numbers, _ = outcome(*pair, *far, of=by_zone)

    assert numbers["east"] == {}
    assert numbers["north"][f"close:{SERVICE}"] == 2


def test_one_without_coordinates_leaves_the_number_undefined():
    numbers, found = outcome(institution("a", (LON, LAT)), institution("b", None))

    assert numbers["east"][f"close:{SERVICE}"] is None
    assert found[0].state is State.NOTED


def test_before_its_day_it_is_not_in_force_and_an_open_reading_leaves_it_unclear():
    early, open_one = spacing(), spacing(readings=("spacing_rim",))
    before = type(early)(early.rule, None, early.layer)

    assert decide(before, world(day=dt.date(2024, 1, 1))).findings[0].state is State.NOT_IN_FORCE
    found = decide(open_one, world(choices={"spacing_rim": None})).findings[0]
    assert (found.state, found.why.code) == (State.UNCLEAR, "reading_open")
