"""Asking about sites: what is refused, what is unclear, which readings move the answer."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest

from dingdian.actions.check_round import round_of
from dingdian.actions.check_site import SiteQuestion, check_site, open_desk
from dingdian.core.census import table_from_rows
from dingdian.core.census.applicants import APPLICANTS
from dingdian.core.coordinates import from_wgs84
from dingdian.core.errors import CensusError, NotInForceError, RequestError, fault
from dingdian.core.spacing.applicants import asked_of
from dingdian.core.spacing.verdict import Verdict
from dingdian.storage.policy_yaml import shelf_for
from tests.spots import LAT, LON, institution, north, site
from tests.worlds import census

BOOK, PLACE = shelf_for("shenyang")
DAY = dt.date(2026, 3, 1)
TREE = (
    ("210100", None, "prefecture", None),
    ("east", "210100", "county", "main_urban"),
    ("west", "210100", "county", "county"),
)
pytestmark = pytest.mark.clause("SY-09")


def square(west, south, size=0.2):
    ring = [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
    ]
    return {"type": "Polygon", "coordinates": [ring], "crs": "wgs84"}


EAST, WEST = square(123.4, 41.7), square(123.6, 41.7)


def ledger(*institutions, boundaries=None, **tables):
    made = census(TREE, institutions=[dict(each) for each in institutions], **tables)
    return replace(made, boundaries=boundaries or {})


def book(**choices):
    def switched(layer):
        readings = tuple(
            each.model_copy(update={"chosen": choices.get(each.reading, each.chosen)})
            for each in layer.readings
        )
        return replace(layer, readings=readings)

    return replace(BOOK, layers={name: switched(each) for name, each in BOOK.layers.items()})


def desk(*institutions, shelf=BOOK, day=DAY, **cells):
    return open_desk(ledger(*institutions, **cells), shelf, place=PLACE, day=day)


def ask(x=LON, y=LAT, crs="wgs84", services=("门诊统筹",), kind="诊所", **cells):
    return SiteQuestion(str(x), str(y), crs, services, kind, **{"error_m": Fraction(0), **cells})


@pytest.mark.parametrize(
    ("reading", "option", "verdict"),
    [
        ("spacing_rim", "rim_inside", Verdict.BROKEN),
        ("spacing_rim", "rim_outside", Verdict.KEPT),
        ("spacing_distance_mode", "surveyed", Verdict.MEASURE_ON_SITE),
        ("spacing_distance_mode", "path", Verdict.UNCLEAR),
        ("spacing_distance_mode", None, Verdict.UNCLEAR),
        ("spacing_point", "main_entrance", Verdict.MEASURE_ON_SITE),
        ("spacing_trial_blocks", "no", Verdict.KEPT),
        ("spacing_across_district", "no", Verdict.KEPT),
        ("spacing_same_type", "equal_sets", Verdict.KEPT),
    ],
)
def test_the_readings_of_the_shelf_move_the_answer(reading, option, verdict):
    there = institution("a", north(800), standing="trial", region="west", personal_account=True)

    report = check_site(desk(there, shelf=book(**{reading: option}), boundaries={"east": EAST, "west": WEST}), ask())  # fmt: skip  # noqa: E501

    assert report.verdict is verdict


def test_an_unclear_rule_says_which_reading_and_looks_for_no_other_place():
    report = check_site(desk(shelf=book(spacing_rim=None)), ask(), reach_mm=1_000_000)

    assert report.verdict is Verdict.UNCLEAR
    assert dict(report.answers[0].why.details) == {"reading": "spacing_rim"}
    assert report.reach_mm is None
    assert [each.verdict for each in round_of(desk(shelf=book(spacing_rim=None)), [site()]).applicants] == [Verdict.UNCLEAR]  # fmt: skip  # noqa: E501


@pytest.mark.parametrize(
    ("error", "verdict"), [(None, Verdict.MEASURE_ON_SITE), (Fraction(0), Verdict.KEPT)]
)
def test_a_point_whose_error_is_not_stated_has_that_of_the_reading(error, verdict):
    there = desk(institution("a", north(806)))

    assert check_site(there, ask(error_m=error)).verdict is verdict


@pytest.mark.parametrize(
    ("point", "district"), [((123.45, 41.8), "east"), ((123.65, 41.8), "west")]
)
def test_the_district_is_that_of_the_outline(point, district):
    here = desk(boundaries={"east": EAST, "west": WEST})

    assert check_site(here, ask(*point)).site.district == district


@pytest.mark.parametrize(
    ("boundaries", "refused"),
    [
        ({}, False),
        ({"east": EAST}, False),
        ({"east": EAST, "west": WEST}, True),
        ({"210100": square(123.4, 41.7, 0.4)}, True),
    ],
)
def test_outside_the_city_only_where_the_outlines_say_so(boundaries, refused):
    here = desk(boundaries=boundaries)

    if refused:
        with pytest.raises(RequestError) as told:
            check_site(here, ask(124.5, 42.5))
        assert [each.kind for each in told.value.faults] == ["site_outside_city"]
    else:
        assert check_site(here, ask(124.5, 42.5)).site.district == ""


def test_all_that_is_wrong_with_a_question_is_told():
    with pytest.raises(RequestError) as told:
        check_site(desk(), ask("123°26′", "41度48分", kind="商店"))

    assert [each.kind for each in told.value.faults] == [
        "site_not_degrees",
        "site_not_degrees",
        "unknown_kind",
    ]
    assert told.value.faults[0].fields["example"] == "123.433333"


def test_other_places_are_localities_with_coordinates_within_reach():
    localities = [
        {"code": code, "name": code, "region": "east", **place}
        for code, place in {
            "near": {"lon": LON, "lat": north(700)[1], "crs": "wgs84"},
            "good": {"lon": LON, "lat": north(1900)[1], "crs": "wgs84", "persons": Fraction(850)},
            "better": {"lon": LON, "lat": north(1500)[1], "crs": "wgs84"},
            "far": {"lon": LON, "lat": north(3001)[1], "crs": "wgs84"},
            "lost": {},
        }.items()
    ]
    here = desk(institution("a", (LON, LAT)), localities=localities)

    found = check_site(here, ask(), reach_mm=3_000_000).spots

    assert [(each.locality, each.distance_mm) for each in found] == [
        ("better", 1_500_000),
        ("good", 1_900_000),
    ]
    assert found[1].persons == 850
    assert check_site(here, ask(), reach_mm=3_000_000, most=1).spots == found[:1]
    assert check_site(here, ask()).spots == ()


def test_a_desk_is_refused_for_what_stops_a_plan():
    with pytest.raises(CensusError):
        open_desk(census(), BOOK, place=PLACE, day=DAY)
    with pytest.raises(CensusError):
        open_desk(ledger(), BOOK, place=PLACE, day=DAY, faults=(fault("no_table"),))
    with pytest.raises(NotInForceError):
        desk(day=dt.date(2028, 1, 1))
    what_if = open_desk(census(), BOOK, place=PLACE, day=DAY, as_if=True)
    assert what_if.basis.simulation


@pytest.mark.clause("SY-24")
@pytest.mark.parametrize(
    ("option", "verdict"), [("yes", Verdict.NOT_BOUND), ("no", Verdict.BROKEN)]
)
def test_a_university_clinic_is_free_by_the_reading(option, verdict):
    here = desk(institution("a", north(100)), shelf=book(exempt_from_spacing=option))
    clinic = site(flags=frozenset({"university_clinic"}))

    assert round_of(here, [clinic]).applicants[0].verdict is verdict


def test_a_round_counts_each_against_the_others():
    second = north(500)
    sites = [site(id="a", rank=1), site(id="b", lon=second[0], lat=second[1], rank=2)]

    report = round_of(desk(), sites)

    assert [each.verdict for each in report.applicants] == [Verdict.KEPT, Verdict.BROKEN]
    assert report.rounds[0].largest.ids == ("a",)


@pytest.mark.parametrize(
    ("region", "x", "told"),
    [
        ("east", 123.45, []),
        (None, 123.45, []),
        ("210100", 123.45, []),
        ("west", 123.45, ["site_in_other_district"]),
        ("north", 123.45, ["site_region_unknown"]),
        ("east", 123.6, []),  # on the rim that both share
        ("west", 123.6, []),
        ("north", 124.0, []),  # outside the city: that alone is told, and blocks
    ],
)
def test_a_region_that_the_point_contradicts_is_told_and_the_row_answered(region, x, told):
    census = ledger(boundaries={"east": EAST, "west": WEST})
    row = {"code": "a", "lon": x, "lat": 41.8, "crs": "wgs84", "kind": "clinic", "region": region}
    found = asked_of(table_from_rows(APPLICANTS, [{**row, "services": "住院"}], [""]), census)

    assert [each.kind for each in found.faults if each.kind != "site_outside_city"] == told
    east = region if x == 123.6 else "east"
    assert [each.district for each in found.sites] == ([east] if x < 124 else [])


def test_a_contradicted_region_says_in_which_system_the_point_would_be_in_it():
    census = ledger(boundaries={"east": EAST, "west": WEST})
    lon, lat = (float(each) for each in from_wgs84(123.598, 41.8, "gcj02"))
    row = {"code": "a", "lon": lon, "lat": lat, "crs": "wgs84", "kind": "clinic", "region": "east"}
    (told,) = asked_of(
        table_from_rows(APPLICANTS, [{**row, "services": "住院"}], [""]), census
    ).faults

    assert (told.fields["value"], told.fields["found"]) == ("east", "west")
    assert told.fields["fits_en"] == " (inside it if read as GCJ-02)"
