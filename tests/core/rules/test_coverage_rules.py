"""Family coverage: DX-18, DX-22, DX-23, DX-24, DX-44, and the circle of SY-09."""

from __future__ import annotations

from fractions import Fraction

import pytest
from pydantic import ValidationError

from dingdian.core.census import members_of
from dingdian.core.findings import State
from dingdian.core.indicators.circles import SERVED, drawn
from dingdian.core.rules import decide
from dingdian.core.rules.coverage import Stock
from tests.city_policy import policy, workings
from tests.worlds import ROOT, rule, world

METRES = {"walk": {"metres": "1000", "along": "path"}, "straight": {"metres": "800"}}
STANDARDS = {"one": {"dense": ["2", "3"], "ordinary": ["1", "2"], "sparse": ["1"]}}
CHOICES = {"stock_suspended": "counts", "grid_disagreement": "as_is"}
#: North to south of a point; about 111 m each.
LOCALITIES = [
    {"code": f"l{n}", "region": "north-village", "kind": "village", "persons": Fraction(10**n),
     "lon": 123.4, "lat": 41.8 + n * 0.004, "crs": "wgs84"}
    for n in range(4)
]  # fmt: skip


def shop(code="p1", *, lat=41.8, lon=123.4, **more):
    place = {"lon": lon, "lat": lat, "crs": "wgs84"} if lat is not None else {}
    return {
        "code": code,
        "name": code,
        "kind": "retail_pharmacy",
        "region": "north-town",
        "standing": "in_force",
        **place,
        **more,
    }


def coverage(finds="served", *, value=None, about=("pharmacies",), **fields):
    stated = {"radius": {"straight": METRES["straight"]}} if value is None else value
    return rule("coverage", stated, finds=finds, about=about, at=["district"], **fields)


def circles(shops, *rules, choices=None, localities=LOCALITIES, **tables):
    given = {"choices": CHOICES | (choices or {}), "rules": rules}
    return world(institutions=shops, localities=localities, **given, **tables)


def in_north(findings):
    return next(each for each in findings if each.scope == "north")


def numbers(facts, finding):
    return {role: facts.workings.figures[key].value for role, key in finding.numbers}


@pytest.mark.clause("DX-22", "DX-18")
def test_people_out_of_the_circle_are_a_gap():
    own = coverage()
    facts = circles([shop()], own)

    finding = in_north(decide(own, facts).findings)

    assert finding.state is State.BROKEN
    assert numbers(facts, finding) == {
        "people": 1100,
        "all": 1111,
        "covered": 11,
        "share": Fraction(11, 1111),
    }
    assert (finding.note.code, dict(finding.note.details)) == ("circle_straight", {"metres": "800"})


@pytest.mark.clause("DX-22")
def test_everybody_in_the_circle_is_no_gap():
    own = coverage()
    facts = circles([shop(), shop("p2", lat=41.812)], own)

    finding = in_north(decide(own, facts).findings)

    assert finding.state is State.KEPT
    assert numbers(facts, finding)["share"] == 1


@pytest.mark.clause("SY-09")
def test_what_is_only_stated_is_never_judged():
    own = coverage(strength="stated")
    facts = circles([shop()], own)

    assert in_north(decide(own, facts).findings).state is State.NOTED


@pytest.mark.clause("DX-22")
@pytest.mark.parametrize(
    ("option", "people", "note"),
    [("walk", 1000, "circle_path"), ("straight", 1100, "circle_straight")],
)
def test_the_reading_says_how_far_the_circle_goes(option, people, note):
    own = coverage(value={"radius": METRES}, radius_by="circle_distance")
    facts = circles([shop()], own, choices={"circle_distance": option})

    finding = in_north(decide(own, facts).findings)

    assert (numbers(facts, finding)["people"], finding.note.code) == (people, note)


@pytest.mark.parametrize(
    ("choice", "code"),
    [("minutes", "road_graph_needed"), ("other", "option_unknown"), (None, "reading_open")],
)
def test_a_distance_that_no_engine_knows_leaves_the_rule_unclear(choice, code):
    own = coverage(value={"radius": METRES}, radius_by="circle_distance")
    facts = circles([shop()], own, choices={"circle_distance": choice})

    finding = decide(own, facts).findings[0]

    assert (finding.scope, finding.state, finding.why.code) == (ROOT, State.UNCLEAR, code)
    assert facts.figure("covered_1_pharmacies", "north").why.code == code


def test_a_place_without_a_circle_says_so():
    facts = circles([shop()])

    assert facts.figure("covered_1_pharmacies", "north").why.code == "no_circle"


@pytest.mark.clause("DX-23")
def test_who_is_not_located_leaves_people_undecided_and_is_counted():
    own = coverage(rule="circle")
    unserved = coverage(
        "unserved", value={"says": {"unserved": {"text": "可纳入", "text_en": "may"}}}
    )
    facts = circles([shop(lat=None)], own, unserved)

    finding = in_north(decide(unserved, facts).findings)

    assert finding.state is State.UNDEFINED
    assert finding.why.code == "not_located"
    counted = {"institutions": "1", "localities": "0", "borders": "0"}
    assert dict(finding.why.details) == counted | {"part": "0"}
    elsewhere = facts.figure("unserved_persons_pharmacies", "east")
    assert elsewhere.value == 0


@pytest.mark.clause("DX-23")
@pytest.mark.parametrize(("lat", "value"), [(41.796, None), (41.792, 0)])
def test_one_of_a_county_that_reaches_across_the_border_may_serve(lat, value):
    """East has no outline: its pharmacy without coordinates is where its locality is."""
    there = {"code": "e", "region": "east", "lon": 123.4, "lat": lat, "crs": "wgs84"}
    homes = [*LOCALITIES, {**there, "persons": Fraction(1)}]
    facts = circles([shop(lat=None, region="east")], coverage(), localities=homes)

    found = facts.figure("covered_1_pharmacies", "north")

    assert found.value == value
    if value is None:
        counted = {"institutions": "1", "localities": "0", "borders": "1", "part": "0"}
        assert dict(found.why.details) == counted


@pytest.mark.clause("DX-23")
def test_people_who_are_surely_unserved_are_a_gap_while_others_are_undecided():
    homes = [*LOCALITIES[:1], {**LOCALITIES[1], "lat": None}]
    own = coverage("unserved")
    facts = circles([shop(lat=42.8)], own, localities=homes)

    finding = in_north(decide(own, facts).findings)

    assert finding.state is State.BROKEN
    counted = {"institutions": "0", "localities": "1", "borders": "0"}
    assert dict(finding.why.details) == counted | {"part": "1"}


@pytest.mark.clause("DX-23")
def test_by_regions_only_a_village_without_any_is_unserved():
    own = coverage("unserved", readings=("unserved_unit",))
    homes = [*LOCALITIES, {**LOCALITIES[0], "code": "q", "region": "north-quarter"}]
    shops = [shop(region="north-quarter", lat=None)]
    facts = circles(shops, own, choices={"unserved_unit": "region"}, localities=homes)

    finding = in_north(decide(own, facts).findings)

    assert numbers(facts, finding) == {"people": 1111}
    assert finding.state is State.BROKEN


@pytest.mark.clause("DX-23")
def test_localities_of_whole_districts_have_no_region_to_be_unserved():
    own = coverage("unserved", readings=("unserved_unit",))
    homes = [{**each, "region": "north"} for each in LOCALITIES]
    facts = circles([shop()], own, choices={"unserved_unit": "region"}, localities=homes)

    assert in_north(decide(own, facts).findings).why.code == "no_units"


@pytest.mark.clause("DX-24", "DX-44")
@pytest.mark.parametrize(
    ("density", "n", "area_class"),
    [
        ("dense", 0, "unserved"),
        ("dense", 1, "insufficient"),
        ("dense", 2, "sufficient"),
        ("dense", 3, "sufficient"),
        ("dense", 4, "saturated"),
        ("ordinary", 0, "unserved"),
        ("ordinary", 1, "sufficient"),
        ("ordinary", 2, "sufficient"),
        ("ordinary", 3, "saturated"),
        ("sparse", 0, "unserved"),
        ("sparse", 1, "sufficient"),
        ("sparse", 9, "sufficient"),
    ],
)
def test_an_area_is_classed_by_its_density(density, n, area_class):
    circle = coverage()
    value = {"standards": STANDARDS}
    classes = rule(
        "coverage", value, rule="classes", finds="classes", about=("pharmacies",), at=["district"]
    )
    regions = [
        {"code": ROOT, "name": "市", "level": "prefecture"},
        {"code": "north", "name": "北县", "parent": ROOT, "level": "county", "density": density},
        {"code": "north-town", "name": "镇", "parent": "north", "level": "township"},
    ]
    homes = [{**LOCALITIES[3], "lat": 41.8, "region": "north-town"}]
    shops = [shop(f"p{at}") for at in range(n)]
    facts = circles(shops, circle, classes, localities=homes, regions=regions)

    (finding,) = decide(classes, facts).findings
    found = numbers(facts, finding)

    assert finding.state is State.NOTED
    assert found == dict.fromkeys(found, 0) | {area_class: 1000}
    assert facts.figure(f"{area_class}_localities_pharmacies", "north").value == 1
    gap = coverage("insufficient", value={})
    expected = State.BROKEN if area_class == "insufficient" else State.KEPT
    assert decide(gap, facts).findings[0].state is expected


@pytest.mark.clause("DX-24")
@pytest.mark.parametrize(
    ("own", "state"), [(4, State.BROKEN), (5, State.KEPT), (None, State.UNDEFINED)]
)
def test_below_the_mean_is_insufficient_where_the_reading_says_so(own, state):
    measure = "pharmacies_per_10k_insured"
    gap = rule(
        "coverage",
        {},
        finds="insufficient",
        about=("pharmacies",),
        at=["district"],
        measure=measure,
    )
    given = {f"{measure}.{at}": own for at in ("east", "west", "north")} | {f"{measure}.{ROOT}": 5}
    facts = world(given, rules=(coverage(),), choices=CHOICES | {"insufficient_area": "below_mean"})

    assert {each.state for each in decide(gap, facts).findings} == {state}


@pytest.mark.parametrize(
    "value",
    [
        {"radius": {"a": {"metres": "0"}}},
        {"radius": {"a": {"metres": "-5"}}},
        {"radius": {"a": {"metres": "0.0001"}}},
        {"radius": {"a": {"metres": "800", "along": "road"}}},
        {"standards": {"a": {"dense": ["1"], "ordinary": ["1"]}}},
        {"standards": {"a": {"dense": ["3", "2"], "ordinary": ["1"], "sparse": ["1"]}}},
        {"standards": {"a": {"dense": ["0"], "ordinary": ["1"], "sparse": ["1"]}}},
        {"standards": {"a": {"dense": ["1/2"], "ordinary": ["1"], "sparse": ["1"]}}},
        {"distance": "800"},
    ],
)
def test_what_is_no_circle_is_refused(value):
    with pytest.raises(ValidationError):
        coverage(value=value)


def test_every_stock_that_a_rule_may_name_has_a_circle():
    assert set(Stock.__args__) == set(SERVED)


@pytest.mark.parametrize("of", sorted(SERVED))
def test_those_who_serve_are_the_stock_of_the_same_name(of):
    works = workings(its_policy=policy(rules=(coverage(about=(of,)),)))
    sure, possible = members_of(works.census, drawn(works, of).circle)

    assert sure.sum() == works.figure(of, works.census.tree.root).value
    assert (sure == possible).all()
