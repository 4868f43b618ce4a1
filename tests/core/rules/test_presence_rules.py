"""Families minimum and yearly_places: DX-25, DX-27..DX-30."""

import dataclasses
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.findings import State
from dingdian.core.rules import decide
from tests.worlds import ROOT, rule, world

GRADE = "pharmacies_grade_c"


def minimum(unit, low=1, high=2, strength="required", measure=GRADE):
    return rule("minimum", [str(low), str(high)], measure=measure, unit=unit, strength=strength)


@pytest.mark.clause("DX-28", "DX-29")
@pytest.mark.parametrize("unit", ["township", "community", "village"])
@pytest.mark.parametrize(
    ("count", "state"),
    [(0, State.BROKEN), (1, State.KEPT), (3, State.KEPT), (None, State.UNDEFINED)],
)
def test_every_unit_of_a_level_has_its_minimum(unit, count, state):
    code = {"township": "north-town", "community": "north-quarter", "village": "north-village"}
    facts = world({f"{GRADE}.{code[unit]}": count})

    findings = decide(minimum(unit), facts).findings

    assert [(each.scope, each.state) for each in findings] == [("north", state)]


@pytest.mark.clause("DX-27")
@pytest.mark.parametrize(("count", "state"), [(1, State.BROKEN), (2, State.KEPT)])
def test_the_lower_end_of_a_range_is_the_minimum(count, state):
    regions = [
        {"code": ROOT, "name": "市", "level": "prefecture"},
        {
            "code": "east",
            "name": "东区",
            "parent": ROOT,
            "level": "county",
            "main_urban_area": True,
        },
    ]
    facts = world({f"{GRADE}.east": count}, regions=regions)

    assert decide(minimum("main_urban_area", 2, 3), facts).findings[0].state is state


def test_no_unit_of_the_level_is_undefined_not_kept():
    finding = decide(minimum("main_urban_area"), world()).findings[0]

    assert finding.state is State.UNDEFINED
    assert finding.why.code == "no_units"


@pytest.mark.clause("DX-30")
@pytest.mark.parametrize(
    ("count", "note"), [(0, "encouraged_missing"), (1, "encouraged_met"), (2, "encouraged_met")]
)
def test_an_encouragement_is_noted_and_never_short(count, note):
    measure = "dual_channel_pharmacies"
    facts = world({f"{measure}.{at}": count for at in ("east", "west", "north")})
    encouraged = minimum("county", 1, 1, "encouraged", measure)

    findings = decide(encouraged, facts).findings

    assert {(each.state, each.note.code) for each in findings} == {(State.NOTED, note)}


@pytest.mark.clause("DX-30")
@pytest.mark.parametrize(("choice", "scopes"), [("all_seven", 2), ("county_and_city_only", 1)])
def test_whether_an_urban_district_is_a_county_is_a_reading(choice, scopes):
    regions = [
        {"code": ROOT, "name": "地区", "level": "prefecture"},
        {"code": "east", "name": "东区", "parent": ROOT, "level": "county"},
        {"code": "west", "name": "西县", "parent": ROOT, "level": "county"},
    ]
    given = {f"dual_channel_pharmacies.{at}": 0 for at in ("east", "west")}
    facts = world(given, regions=regions, choices={"county_units": choice})
    encouraged = minimum("county", 1, 1, "encouraged", "dual_channel_pharmacies")

    assert len(decide(encouraged, facts).findings) == scopes


YEARLY = {"resource": "pharmacies", "demand": "insured", "minimum_rules": ["the_minimum"]}


def places(choice, released, shortage, share="all_comes_back"):
    """Places by district for insured 500, 300, 200 and a shortage in the north."""
    given = {f"released_pharmacies.{at}": n for at, n in released.items()}
    given |= {"insured.east": 500, "insured.west": 300, "insured.north": 200}
    given |= {f"{GRADE}.north-village": 0 if shortage else 1}
    village = minimum("village")
    yearly = rule("yearly_places", share, **YEARLY)
    choices = {"places_share": choice, share: "share"}
    facts = world(given, rules=[village, yearly], choices=choices)
    outcome = decide(yearly, facts)
    return {each.scope: facts.workings.figures[each.key].value for each in outcome.limits}


RELEASED = {ROOT: 11, "east": 11, "west": 0, "north": 0}


@pytest.mark.clause("DX-25")
@pytest.mark.parametrize(
    ("choice", "shortage", "expected"),
    [
        ("own_release", True, {"east": 11, "west": 0, "north": 0}),
        ("by_demand", True, {"east": 6, "west": 3, "north": 2}),
        ("shortage_first", True, {"east": 5, "west": 3, "north": 3}),
        ("shortage_first", False, {"east": 6, "west": 3, "north": 2}),
    ],
)
def test_released_places_go_out_as_the_reading_says(choice, shortage, expected):
    found = places(choice, RELEASED, shortage)

    assert found == expected | {ROOT: 11}
    assert sum(found[at] for at in expected) == 11


@pytest.mark.clause("DX-25")
def test_the_share_that_comes_back_is_a_reading_and_not_of_the_text():
    found = places("by_demand", RELEASED, shortage=False, share="half_comes_back")

    assert found == {ROOT: 5, "east": 3, "west": 1, "north": 1}


@pytest.mark.clause("DX-25")
def test_nothing_released_is_nothing_to_hand_out():
    found = places("shortage_first", dict.fromkeys(RELEASED, 0), shortage=True)

    assert set(found.values()) == {0}


@pytest.mark.clause("DX-29")
@pytest.mark.parametrize(
    ("choice", "state"), [("every_village", State.BROKEN), ("covered_by_township", State.KEPT)]
)
def test_whether_the_township_covers_its_villages_is_a_reading(choice, state):
    village = rule(
        "minimum",
        ["1", "1"],
        measure=GRADE,
        unit="village",
        strength="required",
        counted_above={"village_minimum": "covered_by_township"},
    )
    given = {f"{GRADE}.north-village": 0, f"{GRADE}.north-town": 1}
    facts = world(given, choices={"village_minimum": choice})

    assert decide(village, facts).findings[0].state is state


@pytest.mark.clause("DX-26", "DX-29")
@pytest.mark.parametrize(
    ("choice", "state"),
    [("minimum_first", State.BROKEN), ("real_need_first", State.UNDEFINED)],
)
def test_whether_real_need_goes_before_the_minimum_in_sparse_areas_is_a_reading(choice, state):
    regions = [
        {"code": ROOT, "name": "地区", "level": "prefecture"},
        {"code": "west", "name": "西县", "parent": ROOT, "level": "county", "density": "sparse"},
        {"code": "village", "name": "村", "parent": "west", "level": "village"},
    ]
    village = rule(
        "minimum",
        ["1", "1"],
        measure=GRADE,
        unit="village",
        strength="required",
        not_in_sparse={"minimum_precedence": "real_need_first"},
    )
    facts = world({f"{GRADE}.village": 0}, regions=regions, choices={"minimum_precedence": choice})

    assert decide(village, facts).findings[0].state is state


NESTED = ("township", "community", "village")
UNITS = {"township": "north-town", "community": "north-quarter", "village": "north-village"}


def lacking(least, having, choice="shared"):
    """What the north lacks where its town, quarter and village need and have so many."""
    rules = [
        dataclasses.replace(made, rule=made.rule.model_copy(update={"rule": f"of_{unit}"}))
        for unit, low in zip(NESTED, least, strict=True)
        for made in [minimum(unit, low, low)]
    ]
    yearly = rule(
        "yearly_places",
        "all_comes_back",
        **YEARLY | {"minimum_rules": [f"of_{unit}" for unit in NESTED]},
    )
    stands = {f"{GRADE}.{UNITS[unit]}": n for unit, n in zip(NESTED, having, strict=True)}
    stands |= {f"released_pharmacies.{ROOT}": 9, **{f"insured.{at}": 1 for at in DISTRICTS}}
    choices = {"nested_minimum": choice, "places_share": "shortage_first", "all_comes_back": "x"}
    facts = world(stands, rules=[*rules, yearly], choices=choices)
    decide(yearly, facts)
    return facts.workings.figures["shortage.the_yearly_places.north"].value


DISTRICTS = ("east", "west", "north")


@pytest.mark.clause("DX-25", "DX-28", "DX-29")
@pytest.mark.parametrize(
    ("least", "having", "shared", "added"),
    [
        ((1, 1, 1), (1, 1, 0), 1, 1),
        ((1, 1, 1), (0, 0, 0), 2, 3),  # one in the quarter, one in the village
        ((3, 1, 1), (0, 0, 0), 3, 5),  # and a third anywhere in the town
        ((3, 1, 1), (3, 3, 0), 1, 1),  # three in the quarter are none in the village
        ((1, 1, 1), (1, 1, 1), 0, 0),
        ((1, 1, 1), (1, 1, None), None, None),
    ],
)
def test_a_pharmacy_in_a_village_counts_for_its_township_too(least, having, shared, added):
    assert lacking(least, having) == shared
    assert lacking(least, having, "added") == added


@given(
    st.tuples(*[st.integers(0, 3)] * 3),
    st.tuples(*[st.integers(0, 3)] * 3),
)
@settings(deadline=None, max_examples=40)
def test_no_fewer_new_ones_would_do(least, own):
    """Against every way to put new ones into the quarter, the village or the rest of the town."""
    having = (sum(own), own[1], own[2])

    def enough(rest, quarter, village):
        then = (having[0] + rest + quarter + village, having[1] + quarter, having[2] + village)
        return all(n >= low for n, low in zip(then, least, strict=True))

    fewest = min(sum(new) for new in itertools.product(range(4), repeat=3) if enough(*new))
    assert lacking(least, having) == fewest


@pytest.mark.clause("DX-28")
@pytest.mark.parametrize(("choice", "units"), [("communities_only", 1), ("as_townships", 2)])
def test_whether_a_subdistrict_is_a_unit_of_its_own_is_a_reading(choice, units):
    regions = [
        {"code": ROOT, "name": "地区", "level": "prefecture"},
        {"code": "east", "name": "东区", "parent": ROOT, "level": "county"},
        {"code": "town", "name": "镇", "parent": "east", "level": "township"},
        {"code": "street", "name": "街道", "parent": "east", "level": "subdistrict"},
    ]
    also = {"subdistrict": {"street_units": "as_townships"}}
    fields = {"measure": GRADE, "unit": "township", "strength": "required", "also": also}
    facts = world(
        {f"{GRADE}.{at}": 0 for at in ("town", "street")},
        regions=regions,
        choices={"street_units": choice},
    )
    (finding,) = decide(rule("minimum", ["1", "2"], **fields), facts).findings

    assert facts.workings.figures[dict(finding.numbers)["units"]].value == units
