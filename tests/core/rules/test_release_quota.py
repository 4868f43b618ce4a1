"""Family release_quota: SY-11..SY-13, SY-15, SY-16, both sides of every limit."""

import dataclasses
from fractions import Fraction

import pytest

from dingdian.core.findings import State
from dingdian.core.rules import decide
from dingdian.core.rules.release_quota import areas
from tests.worlds import rule, world

BEDS = rule(
    "release_quota",
    {"met": "50%", "otherwise": None, "clauses_met": ["X-1"], "clauses_otherwise": ["X-2"]},
    clauses=("X-1", "X-2"),
    resource="contracted_beds",
    any_of=(
        {"measure": "beds_per_1000", "comparison": "more_than", "benchmark": "health_plan_beds"},
    ),
)
PLACES = rule(
    "release_quota",
    {"met": "50%", "otherwise": "100%"},
    resource="outpatient_pooling_institutions",
    any_of=({"measure": "hrad_minus_pad", "comparison": "more_than"},),
)
SCOPES = rule(
    "scope", {"main_urban": ["zone", "district"], "suburban": ["zone"], "county": ["district"]}
)
RELEASED = {f"released_contracted_beds.{at}": 81 for at in ("east", "west", "north")}


def decided(east, west, north, zone, *, choices=None, scopes=SCOPES):
    given = {
        "beds_per_1000.east": east,
        "beds_per_1000.west": west,
        "beds_per_1000.north": north,
        "beds_per_1000.zone-main_urban": zone,
        **RELEASED,
    }
    facts = world(
        given,
        rules=[BEDS] + ([scopes] if scopes else []),
        choices={"rounding": "down", **(choices or {})},
        benchmarks={"health_plan_beds": "7.2"},
    )
    outcome = decide(BEDS, facts)
    states = {each.scope: each.state for each in outcome.findings}
    limits = {each.scope: facts.workings.figures[each.key].value for each in outcome.limits}
    return states, limits, facts


def because_of(facts, key="limit.the_release_quota.east"):
    found = facts.workings.figures[key].because
    weighed = {(each.left, each.comparison, each.right): each.holds for each in found.compared}
    return [each.code for each in found.says], weighed


@pytest.mark.clause("SY-11", "SY-12")
@pytest.mark.parametrize(("zone", "holds"), [("7.2", False), ("7.3", True), (None, None)])
def test_a_limit_says_which_numbers_were_weighed_at_every_area(zone, holds):
    _, _, facts = decided("7.3", "7", "7", zone)
    says, weighed = because_of(facts)

    assert says == ["over"]
    assert weighed == {
        ("beds_per_1000.zone-main_urban", "more_than",
         "benchmark.health_plan_beds.zone-main_urban"): holds,
        ("beds_per_1000.east", "more_than", "benchmark.health_plan_beds.east"): True,
    }  # fmt: skip


@pytest.mark.clause("SY-12", "SY-13")
def test_a_limit_that_cannot_be_told_shows_what_was_weighed():
    _, _, facts = decided("7", "7", None, "7")
    says, weighed = because_of(facts, "limit.the_release_quota.north")

    assert says == ["over_unknown"]
    assert set(weighed.values()) == {None}


@pytest.mark.clause("SY-12", "SY-13")
def test_only_the_clause_that_applied_is_cited():
    _, _, facts = decided("7.3", "7.2", "7.2", "7.2")
    outcome = decide(BEDS, facts)
    figures = facts.workings.figures

    assert {e.scope: e.clauses for e in outcome.findings} == {
        "east": ("X-1",),
        "west": ("X-2",),
        "north": ("X-2",),
    }
    assert figures["limit.the_release_quota.east"].clauses == ("X-1",)
    assert figures["rule.the_release_quota.met"].clauses == ("X-1",)


@pytest.mark.clause("SY-15", "SY-16")
@pytest.mark.parametrize(
    ("difference", "share", "says", "holds"),
    [("0.01", "met", "over", True), (0, "otherwise", "not_over", False)],
)
def test_each_share_of_places_cites_its_own_clause(difference, share, says, holds):
    branches = {"clauses_met": ["X-1"], "clauses_otherwise": ["X-2"]}
    places = rule(
        "release_quota",
        {"met": "50%", "otherwise": "100%", **branches},
        resource="outpatient_pooling_institutions",
        any_of=({"measure": "hrad_minus_pad", "comparison": "more_than"},),
        clauses=("X-1", "X-2"),
    )
    given = {f"hrad_minus_pad.{at}": difference for at in ("east", "west", "north")}
    given |= {
        f"released_outpatient_pooling_institutions.{at}": 8 for at in ("east", "west", "north")
    }
    facts = world(given, rules=[places], choices={"rounding": "down"})
    decide(places, facts)
    cited = {"met": ("X-1",), "otherwise": ("X-2",)}[share]

    assert facts.workings.figures[f"rule.the_release_quota.{share}"].clauses == cited
    assert facts.workings.figures["limit.the_release_quota.east"].clauses == cited
    assert because_of(facts) == ([says], {("hrad_minus_pad.east", "more_than", "zero"): holds})


@pytest.mark.clause("SY-12", "SY-13")
@pytest.mark.parametrize(
    ("beds", "state", "limit"),
    [
        ("7.199999", State.KEPT, None),
        ("7.2", State.KEPT, None),
        ("7.200001", State.BROKEN, 40),
        (None, State.UNDEFINED, None),
    ],
)
def test_a_county_stands_alone_and_the_rim_is_not_over(beds, state, limit):
    states, limits, _ = decided("7", "7", beds, "7")

    assert states["north"] is state
    assert limits.get("north") == limit
    assert ("north" in limits) is (state is not State.KEPT)


@pytest.mark.clause("SY-11")
@pytest.mark.parametrize(
    ("choice", "district", "zone", "state"),
    [
        ("stricter", "8", "7", State.BROKEN),
        ("stricter", "7", "8", State.BROKEN),
        ("stricter", "7", "7", State.KEPT),
        ("both", "8", "7", State.KEPT),
        ("both", "8", "8", State.BROKEN),
        ("zone_only", "8", "7", State.KEPT),
        ("zone_only", "7", "8", State.BROKEN),
        ("district_only", "8", "7", State.BROKEN),
        ("district_only", "7", "8", State.KEPT),
    ],
)
def test_zone_and_district_combine_as_the_reading_says(choice, district, zone, state):
    states, _, _ = decided(district, "7", "7", zone, choices={"scope_combination": choice})

    assert states["east"] is state


@pytest.mark.clause("SY-11")
def test_an_unknown_zone_figure_leaves_a_district_open_unless_the_other_decides():
    states, limits, _ = decided("8", "7", "7", None, choices={"scope_combination": "stricter"})

    assert states["east"] is State.BROKEN
    assert states["west"] is State.UNDEFINED
    assert limits == {"east": 40, "west": None}


@pytest.mark.clause("SY-12")
@pytest.mark.parametrize(
    ("rounding", "limit", "left"),
    [("down", 40, "1/2"), ("up", 41, "-1/2"), ("half_up", 41, "-1/2")],
)
def test_the_remainder_of_rounding_is_shown(rounding, limit, left):
    _, limits, facts = decided("8", "8", "8", "8", choices={"rounding": rounding})

    assert limits["north"] == limit
    remainder = facts.workings.figures["remainder.the_release_quota.north"]
    assert remainder.value == Fraction(left)


def test_zones_taken_together_are_one_scope():
    together = rule("scope", {"main_urban": ["zone"], "county": ["zone"]})
    given = {"beds_per_1000.zone-main_urban+county": "7.3", **RELEASED}
    facts = world(
        given,
        rules=[BEDS, together],
        choices={"whole_scope": "zones_together", "scope_combination": "stricter"},
        benchmarks={"health_plan_beds": "7.2"},
    )

    states = {each.scope: each.state for each in decide(BEDS, facts).findings}

    assert set(states.values()) == {State.BROKEN}


@pytest.mark.clause("SY-11")
@pytest.mark.parametrize(
    ("choice", "zone"), [("each_zone", "zone-main_urban"), ("zones_together", "zone-main_urban")]
)
def test_a_zone_whose_districts_stand_alone_is_not_taken_together_with_others(choice, zone):
    scopes = rule("scope", {"main_urban": ["zone", "district"], "county": ["district"]})
    facts = world(rules=[scopes], choices={"whole_scope": choice})

    assert areas(facts, "east") == {"zone": zone, "district": "east"}
    assert areas(facts, "north") == {"district": "north"}


@pytest.mark.clause("SY-13")
@pytest.mark.parametrize(("beds", "shown"), [("7.2", 2), ("7.3", None)])
def test_the_mix_stands_beside_a_quota_without_a_number(beds, shown):
    content = BEDS.rule.model_copy(update={"mix": ("inpatient_level_tertiary",)})
    given = {f"beds_per_1000.{at}": beds for at in ("east", "west", "north")} | RELEASED
    given |= {f"inpatient_level_tertiary.{at}": 2 for at in ("east", "west", "north")}
    facts = world(given, benchmarks={"health_plan_beds": "7.2"})

    for finding in decide(dataclasses.replace(BEDS, rule=content), facts).findings:
        key = dict(finding.numbers).get("mix:inpatient_level_tertiary")
        assert (key and facts.workings.figures[key].value) == shown


def test_a_district_without_a_zone_is_undefined_and_says_why():
    without = rule("scope", {"main_urban": ["district"]})
    given = {"beds_per_1000.east": "7", "beds_per_1000.west": "7", **RELEASED}
    facts = world(given, rules=[BEDS, without], benchmarks={"health_plan_beds": "7.2"})

    found = {each.scope: each for each in decide(BEDS, facts).findings}

    assert found["north"].state is State.UNDEFINED
    assert found["north"].why.code == "zone_unknown"


@pytest.mark.clause("SY-15", "SY-16")
@pytest.mark.parametrize(
    ("difference", "state", "limit"),
    [("1/1000000", State.BROKEN, 2), ("0", State.KEPT, 5), ("-1", State.KEPT, 5)],
)
def test_outpatient_places_are_half_or_all_of_the_released_ones(difference, state, limit):
    given = {f"hrad_minus_pad.{at}": difference for at in ("east", "west", "north")}
    given |= {
        f"released_outpatient_pooling_institutions.{at}": 5 for at in ("east", "west", "north")
    }
    facts = world(given, rules=[PLACES], choices={"rounding": "down"})

    outcome = decide(PLACES, facts)

    assert {each.state for each in outcome.findings} == {state}
    assert {facts.workings.figures[each.key].value for each in outcome.limits} == {limit}


def test_the_city_pool_is_shared_out_by_residents():
    given = {f"hrad_minus_pad.{at}": "-1" for at in ("east", "west", "north")}
    given |= {"released_outpatient_pooling_institutions.city": 10}
    given |= {"resident.east": 500, "resident.west": 300, "resident.north": 200}
    given |= {
        f"released_outpatient_pooling_institutions.{at}": 0 for at in ("east", "west", "north")
    }
    facts = world(given, rules=[PLACES], choices={"rounding": "down", "release_area": "city_pool"})

    limits = {e.scope: facts.workings.figures[e.key].value for e in decide(PLACES, facts).limits}

    assert limits == {"east": 5, "west": 3, "north": 2}
