"""Families freeze, stock_cap, pool: SY-06, SY-07, SY-08, SY-14."""

import datetime as dt

import pytest

from dingdian.core.findings import State
from dingdian.core.rules import decide
from tests.worlds import ROOT, rule, world

DISTRICTS = ("east", "west", "north")
FREEZE = rule("freeze", {"base_year": "2024", "through": "2027-12-31"}, resource="contracted_beds")
CAP = rule("stock_cap", "85%", resource="pharmacies", base_year="2024")
POOL = rule("pool", ["dialysis", "dental_chair"])


def limits_of(facts, outcome):
    return {(e.resource, e.scope): facts.workings.figures[e.key].value for e in outcome.limits}


def everywhere(measure, values):
    return {f"{measure}.{at}": value for at, value in zip((ROOT, *DISTRICTS), values, strict=True)}


@pytest.mark.clause("SY-06")
@pytest.mark.parametrize(
    ("stock", "state", "room"),
    [(999, State.KEPT, 1), (1000, State.KEPT, 0), (1001, State.BROKEN, 0)],
)
def test_the_frozen_total_may_reach_its_base_and_not_pass_it(stock, state, room):
    given = {f"contracted_beds.{ROOT}": stock, f"history.contracted_beds.2024.{ROOT}": 1000}
    facts = world(given, choices={"freeze_room": "zero_net"})

    outcome = decide(FREEZE, facts)

    assert outcome.findings[0].state is state
    assert limits_of(facts, outcome) == {("contracted_beds", ROOT): room}


@pytest.mark.clause("SY-06")
@pytest.mark.parametrize(
    ("day", "state"),
    [(dt.date(2027, 12, 31), State.KEPT), (dt.date(2028, 1, 1), State.NOT_IN_FORCE)],
)
def test_the_freeze_ends_with_its_last_day(day, state):
    given = {f"contracted_beds.{ROOT}": 1, f"history.contracted_beds.2024.{ROOT}": 1}
    facts = world(given, choices={"freeze_room": "zero_net"}, day=day)

    assert decide(FREEZE, facts).findings[0].state is state


@pytest.mark.clause("SY-06", "SY-14")
@pytest.mark.parametrize(
    ("room", "general", "dialysis", "tcm"),
    [
        (100, 60, 30, 10),
        (41, 1, 30, 10),
        (40, 0, 30, 10),
        (39, 0, 29, 10),
        (4, 0, 3, 1),
        (0, 0, 0, 0),
    ],
)
def test_all_pools_together_stay_under_the_base_and_chairs_are_none_of_it(
    room, general, dialysis, tcm
):
    apart = rule("pool", ["dialysis", "tcm", "dental_chair"])
    given = {f"contracted_beds.{ROOT}": 1000 - room}
    given |= {f"history.contracted_beds.2024.{ROOT}": 1000}
    given |= {f"released_contracted_beds_dialysis.{ROOT}": 30}
    given |= {f"released_contracted_beds_tcm.{ROOT}": 10}
    given |= {f"released_contracted_beds_dental_chair.{ROOT}": 50}
    choices = {"freeze_room": "zero_net", "separate_pools": "own_releases"}
    facts = world(given, rules=[apart], choices=choices)

    assert limits_of(facts, decide(FREEZE, facts)) == {
        ("contracted_beds", ROOT): general,
        ("contracted_beds_dialysis", ROOT): dialysis,
        ("contracted_beds_tcm", ROOT): tcm,
    }


@pytest.mark.clause("SY-06")
def test_pools_outside_the_freeze_are_not_limited_by_it():
    given = {f"contracted_beds.{ROOT}": 990, f"history.contracted_beds.2024.{ROOT}": 1000}
    facts = world(
        given, rules=[POOL], choices={"freeze_room": "zero_net", "separate_pools": "outside"}
    )

    assert limits_of(facts, decide(FREEZE, facts)) == {("contracted_beds", ROOT): 10}


def test_released_beds_may_come_back_district_by_district():
    given = {f"contracted_beds.{ROOT}": 900, f"history.contracted_beds.2024.{ROOT}": 1000}
    given |= everywhere("released_contracted_beds", (6, 1, 2, 3))
    facts = world(given, choices={"freeze_room": "released"})

    limits = limits_of(facts, decide(FREEZE, facts))

    assert limits == {
        ("contracted_beds", at): n for at, n in zip(DISTRICTS, (1, 2, 3), strict=True)
    }


@pytest.mark.parametrize("name", ["freeze_room"])
def test_an_open_reading_leaves_a_rule_unclear(name):
    given = {f"contracted_beds.{ROOT}": 1, f"history.contracted_beds.2024.{ROOT}": 1}
    reads = rule(
        "freeze",
        {"base_year": "2024", "through": "2027-12-31"},
        resource="contracted_beds",
        readings=(name,),
    )
    outcome = decide(reads, world(given, choices={name: None}))

    assert outcome.findings[0].state is State.UNCLEAR
    assert outcome.limits == ()


@pytest.mark.clause("SY-07", "SY-17")
@pytest.mark.parametrize(
    ("stock", "state", "room"),
    [(84, State.KEPT, 1), (85, State.KEPT, 0), (86, State.BROKEN, 0)],
)
def test_a_stock_is_held_to_its_share_rounded_down(stock, state, room):
    given = everywhere("pharmacies", (stock, stock, 0, 0))
    given |= everywhere("history.pharmacies.2024", (101, 101, 0, 0))  # 85.85 rounds down to 85
    choices = {"rounding": "down", "stock_cap_districts": "city_only"}
    facts = world(given, choices=choices)

    outcome = decide(CAP, facts)

    assert outcome.findings[0].state is state
    assert limits_of(facts, outcome) == {("pharmacies", ROOT): room}


@pytest.mark.clause("SY-08")
def test_the_cap_is_shared_by_stock_and_its_parts_sum_to_it():
    given = everywhere("pharmacies", (100, 50, 30, 20))
    given |= everywhere("history.pharmacies.2024", (101, 51, 30, 20))
    facts = world(given, choices={"stock_cap_districts": "shared_by_stock"})

    decide(CAP, facts)
    caps = [facts.workings.figures[f"cap.the_stock_cap.{at}"].value for at in (ROOT, *DISTRICTS)]

    assert caps == [85, 43, 25, 17]


def test_an_unknown_base_leaves_the_cap_undefined():
    facts = world(everywhere("pharmacies", (1, 1, 0, 0)))

    finding = decide(CAP, facts).findings[0]

    assert finding.state is State.UNDEFINED
    assert finding.why.code in {"no_history", "input_undefined"}


@pytest.mark.clause("SY-14")
@pytest.mark.parametrize(
    ("choice", "expected"),
    [("own_releases", {"east": 5, "west": 0, "north": 1}), ("outside", {})],
)
def test_each_class_managed_apart_has_its_own_ledger(choice, expected):
    given = everywhere("released_contracted_beds_dialysis", (6, 5, 0, 1))
    given |= everywhere("released_contracted_beds_dental_chair", (0, 0, 0, 0))
    given |= {f"contracted_beds_{name}.{ROOT}": 10 for name in ("dialysis", "dental_chair")}
    facts = world(given, rules=[POOL], choices={"separate_pools": choice})

    limits = limits_of(facts, decide(POOL, facts))

    dialysis = {at: n for (name, at), n in limits.items() if name == "contracted_beds_dialysis"}
    assert dialysis == expected


@pytest.mark.clause("SY-08")
@pytest.mark.parametrize(("choice", "cap"), [("own", 60), ("all_pharmacies", 600)])
def test_what_the_share_is_of_is_a_reading(choice, cap):
    transfer = rule(
        "stock_cap",
        "60%",
        resource="prescription_transfer_pharmacies",
        base_year="2024",
        base_of={"denominator": {"all_pharmacies": "pharmacies"}},
    )
    given = {f"history.prescription_transfer_pharmacies.2024.{ROOT}": 100}
    given |= {f"history.pharmacies.2024.{ROOT}": 1000}
    facts = world(given, choices={"denominator": choice, "stock_cap_districts": "city_only"})

    decide(transfer, facts)

    assert facts.workings.figures[f"cap.the_stock_cap.{ROOT}"].value == cap


@pytest.mark.clause("SY-06")
@pytest.mark.parametrize(
    ("choice", "state"), [("year_before_plan", State.BROKEN), ("first_plan_year", State.KEPT)]
)
def test_which_day_a_freeze_is_measured_from_is_a_reading(choice, state):
    given = {f"contracted_beds.{ROOT}": 1001, f"history.contracted_beds.2024.{ROOT}": 1000}
    facts = world(given, choices={"freeze_room": "zero_net", "freeze_base": choice})

    assert decide(FREEZE, facts).findings[0].state is state


@pytest.mark.clause("SY-14")
@pytest.mark.parametrize(
    ("beds", "otherwise", "expected"),
    [("8", None, 5), ("7", None, "no limit"), ("7", "100%", 10), (None, None, None)],
)
def test_pools_may_take_the_share_of_the_general_pool(beds, otherwise, expected):
    general = rule(
        "release_quota",
        {"met": "50%", "otherwise": otherwise},
        resource="contracted_beds",
        any_of=(
            {
                "measure": "beds_per_1000",
                "comparison": "more_than",
                "benchmark": "health_plan_beds",
            },
        ),
    )
    apart = rule("pool", ["tcm"])
    given = {f"beds_per_1000.{at}": beds for at in DISTRICTS}
    given |= everywhere("released_contracted_beds_tcm", (30, 10, 10, 10))
    given |= {f"contracted_beds_tcm.{ROOT}": 1}
    facts = world(
        given,
        rules=[general, apart],
        choices={"separate_pools": "same_share", "scope_combination": "stricter"},
        benchmarks={"health_plan_beds": "7.2"},
    )

    limits = limits_of(facts, decide(apart, facts))

    assert limits.get(("contracted_beds_tcm", "east"), "no limit") == expected
    key = "limit.the_pool.released_contracted_beds_tcm.east"
    if key in facts.workings.figures:
        (weighed, *_) = facts.workings.figures[key].because.compared
        assert (weighed.left, weighed.comparison) == ("beds_per_1000.east", "more_than")
        assert weighed.right == "benchmark.health_plan_beds.east"
