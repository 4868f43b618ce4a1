"""Each reading of the 800 m rule, its options one by one, and both sides of every condition."""

import dataclasses
from fractions import Fraction

import pytest

from dingdian.core.spacing.check import check
from dingdian.core.spacing.stock import stock_on
from dingdian.core.spacing.terms import Distance, Exempt, Point, Side, everywhere
from dingdian.core.spacing.verdict import Effect, Verdict
from tests.spots import DAY, LAT, LON, ground, institution, north, site, terms

pytestmark = pytest.mark.clause("SY-09")
KEPT, BROKEN, MEASURE, UNDEFINED, FREE = (
    Verdict.KEPT,
    Verdict.BROKEN,
    Verdict.MEASURE_ON_SITE,
    Verdict.UNDEFINED,
    Verdict.NOT_BOUND,
)


def answer(*institutions, ask=None, under=None, **tables):
    return check(ask or site(), stock_on(ground(*institutions, **tables), DAY), under or terms())


@pytest.mark.parametrize(
    ("metres", "rim", "verdict"),
    [
        ("799.999", True, BROKEN),
        ("800", True, BROKEN),
        ("800.001", True, KEPT),
        ("799.999", False, BROKEN),
        ("800", False, KEPT),
        ("800.001", False, KEPT),
    ],
)
def test_the_rim_to_the_millimetre(metres, rim, verdict):
    found = answer(institution("a", north(Fraction(metres))), under=terms(rim=rim))

    assert found.verdict is verdict
    assert [each.distance_mm for each in found.blockers] == (
        [int(Fraction(metres) * 1000)] if verdict is BROKEN else []
    )


@pytest.mark.parametrize(
    ("metres", "own", "its", "rim", "verdict"),
    [
        ("780", "10", "10", True, BROKEN),
        ("780.001", "10", "10", True, MEASURE),
        ("820", "10", "10", True, MEASURE),
        ("820.001", "10", "10", True, KEPT),
        ("780", "10", "10", False, MEASURE),
        ("779.999", "10", "10", False, BROKEN),
        ("820", "10", "10", False, KEPT),
        ("805", "10", "0", True, MEASURE),
        ("805", "0", "4.999", True, KEPT),
        ("805", "0", "5", True, MEASURE),
    ],
)
def test_the_band_of_doubt_is_the_sum_of_both_errors(metres, own, its, rim, verdict):
    there = institution("a", north(Fraction(metres)), position_error_m=Fraction(its))
    here = site(error_mm=int(Fraction(own) * 1000))

    assert answer(there, ask=here, under=terms(rim=rim)).verdict is verdict


@pytest.mark.parametrize(("error", "verdict"), [(0, KEPT), (5_000, MEASURE)])
def test_an_error_that_nobody_states_is_that_of_the_reading(error, verdict):
    there = institution("a", north(806), position_error_m=None)

    found = answer(there, ask=site(error_mm=None), under=terms(error_mm=error))

    assert found.verdict is verdict


@pytest.mark.parametrize(
    ("point", "metres", "verdict"),
    [
        (Point.REGISTERED, "800", BROKEN),
        (Point.REGISTERED, "801", KEPT),
        (Point.ENTRANCE, "700", BROKEN),
        (Point.ENTRANCE, "700.001", MEASURE),
        (Point.ENTRANCE, "900", MEASURE),
        (Point.ENTRANCE, "900.001", KEPT),
        (Point.OUTLINE, "800", BROKEN),
        (Point.OUTLINE, "800.001", MEASURE),
        (Point.OUTLINE, "900", MEASURE),
        (Point.OUTLINE, "900.001", KEPT),
    ],
)
def test_the_point_from_which_one_measures(point, metres, verdict):
    rule = terms(point=point, extent_mm=50_000)

    assert answer(institution("a", north(Fraction(metres))), under=rule).verdict is verdict


@pytest.mark.parametrize(
    ("standing", "trial", "suspended", "verdict"),
    [
        ("in_force", False, False, BROKEN),
        ("trial", True, False, BROKEN),
        ("trial", False, True, KEPT),
        ("guidance", True, False, BROKEN),
        ("guidance", False, True, KEPT),
        ("suspended", False, True, BROKEN),
        ("suspended", True, False, KEPT),
        ("undesignated", True, True, KEPT),
        ("expired", True, True, KEPT),
        ("terminated", True, True, KEPT),
        ("closed", True, True, KEPT),
        (None, True, True, UNDEFINED),
    ],
)
def test_who_stands_in_the_way(standing, trial, suspended, verdict):
    rule = terms(trial_blocks=trial, suspended_blocks=suspended)

    assert answer(institution("a", north(500), standing=standing), under=rule).verdict is verdict


@pytest.mark.parametrize(
    ("since", "until", "verdict"),
    [
        ("2026-01-01", None, BROKEN),
        ("2026-01-02", None, KEPT),
        (None, "2026-01-02", BROKEN),
        (None, "2026-01-01", KEPT),
    ],
)
def test_a_designation_holds_on_its_days(since, until, verdict):
    days = {
        f"designated_{end}": DAY.fromisoformat(day)
        for end, day in (("since", since), ("until", until))
        if day
    }

    assert answer(institution("a", north(500), **days)).verdict is verdict


@pytest.mark.parametrize(
    ("own", "its", "any_shared", "equal"),
    [
        (("inpatient",), ("inpatient",), BROKEN, BROKEN),
        (("inpatient", "out_of_area"), ("inpatient",), BROKEN, KEPT),
        (("inpatient",), ("inpatient", "out_of_area"), BROKEN, KEPT),
        (("inpatient",), ("out_of_area",), KEPT, KEPT),
    ],
)
def test_one_shared_service_or_equal_sets(own, its, any_shared, equal):
    there = institution("a", north(500), outpatient_pooling=False, **dict.fromkeys(its, True))
    here = site(services=own)

    assert answer(there, ask=here).verdict is any_shared
    assert answer(there, ask=here, under=terms(equal_sets=True)).verdict is equal


def test_a_service_nobody_knows_of_leaves_it_undefined_and_names_the_institution():
    found = answer(institution("a", north(500), outpatient_pooling=None))

    assert found.verdict is UNDEFINED
    assert [(each.code, each.effects) for each in found.near] == [
        ("a", (("outpatient_pooling", Effect.UNSURE),))
    ]
    assert found.services[0].why is not None


def test_sets_that_may_be_equal_leave_it_undefined():
    rule = terms(equal_sets=True)

    assert answer(institution("a", north(500), inpatient=None), under=rule).verdict is UNDEFINED
    apart = institution("a", north(500), inpatient=None, out_of_area=True)
    assert answer(apart, under=rule).verdict is KEPT


def test_each_service_has_its_own_answer():
    found = answer(
        institution("a", north(500)),
        institution("b", north(600), outpatient_pooling=False, inpatient=True),
        ask=site(services=("personal_account", "inpatient", "outpatient_pooling")),
    )

    assert [(each.service, each.verdict) for each in found.services] == [
        ("inpatient", BROKEN),
        ("outpatient_pooling", BROKEN),
        ("personal_account", KEPT),
    ]
    assert [(each.code, each.services) for each in found.blockers] == [
        ("a", ("outpatient_pooling",)),
        ("b", ("inpatient",)),
    ]


@pytest.mark.parametrize(("across", "verdict"), [(True, BROKEN), (False, KEPT)])
def test_a_district_border_counts_or_not(across, verdict):
    there = institution("a", north(500), region="west")

    assert answer(there, under=terms(across_district=across)).verdict is verdict


def test_without_borders_the_own_district_counts_and_an_unknown_one_is_unsure():
    rule = terms(across_district=False)

    assert answer(institution("a", north(500)), under=rule).verdict is BROKEN
    assert answer(institution("a", north(500), region=None), under=rule).verdict is UNDEFINED
    nowhere = site(district="", zone="")
    assert answer(institution("a", north(500)), ask=nowhere, under=rule).verdict is UNDEFINED


@pytest.mark.parametrize(
    ("kind", "side", "mutual", "verdict"),
    [
        ("clinic", Side.MEDICAL, False, BROKEN),
        ("retail_pharmacy", Side.PHARMACY, False, BROKEN),
        ("retail_pharmacy", Side.MEDICAL, False, KEPT),
        ("retail_pharmacy", Side.MEDICAL, True, BROKEN),
        ("clinic", Side.PHARMACY, False, KEPT),
        ("clinic", Side.PHARMACY, True, BROKEN),
        (None, Side.MEDICAL, False, UNDEFINED),
        (None, Side.MEDICAL, True, BROKEN),
    ],
)
@pytest.mark.clause("SY-17")
def test_pharmacies_and_doctors(kind, side, mutual, verdict):
    there = institution("a", north(500), kind=kind)

    assert answer(there, ask=site(side=side), under=terms(mutual=mutual)).verdict is verdict


@pytest.mark.parametrize(
    ("binds", "services", "verdict"),
    [
        (True, ("inpatient", "outpatient_pooling"), BROKEN),
        (False, ("inpatient", "outpatient_pooling"), FREE),
        (False, ("outpatient_pooling",), BROKEN),
    ],
)
def test_inpatient_institutions(binds, services, verdict):
    rule = terms(binds_inpatient=binds)

    found = answer(institution("a", north(500)), ask=site(services=services), under=rule)

    assert found.verdict is verdict


@pytest.mark.parametrize(
    ("moved", "is_new", "verdict"),
    [(True, True, BROKEN), (True, False, FREE), (False, True, FREE), (False, False, FREE)],
)
def test_a_moved_address_and_one_that_stands_already(moved, is_new, verdict):
    stands = institution("old", north(200))
    other = institution("a", north(500))
    here = site(institution="old", moved=moved)

    assert answer(stands, other, ask=here, under=terms(moved_is_new=is_new)).verdict is verdict


def test_an_institution_never_stands_in_its_own_way():
    here = site(institution="old", moved=True)

    assert answer(institution("old", north(200)), ask=here).verdict is KEPT


def test_an_applicant_that_the_ledger_has_as_undesignated_is_new():
    stands = institution("old", north(0), standing="undesignated")

    found = answer(stands, institution("a", north(500)), ask=site(institution="old"))

    assert found.verdict is BROKEN


EXEMPT = (
    Exempt(
        "sy_exempt",
        ("SY-24",),
        frozenset({"university_clinic"}),
        frozenset({"hospice"}),
        frozenset({"clinic"}),
        frozenset({"psychiatric"}),
    ),
)


@pytest.mark.clause("SY-24")
@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        ({"flags": frozenset({"university_clinic"})}, FREE),
        ({"flags": frozenset({"key_project"})}, BROKEN),
        ({"kind": "hospice"}, FREE),
        ({"ownership": "public"}, FREE),
        ({"ownership": "private"}, BROKEN),
        ({"type": "psychiatric"}, FREE),
        ({}, BROKEN),
    ],
)
def test_institutions_that_the_plan_does_not_limit(cells, verdict):
    rule = terms(exempt=EXEMPT)

    assert answer(institution("a", north(500)), ask=site(**cells), under=rule).verdict is verdict


@pytest.mark.clause("SY-24")
@pytest.mark.parametrize(
    ("free", "verdict"), [(True, FREE), (False, BROKEN), (None, Verdict.UNCLEAR)]
)
def test_whether_they_are_free_of_spacing_is_a_reading(free, verdict):
    rule = terms(exempt=EXEMPT, exempt_free=free)
    here = site(flags=frozenset({"university_clinic"}))

    assert answer(institution("a", north(500)), ask=here, under=rule).verdict is verdict


@pytest.mark.parametrize(("undefined", "verdict"), [(True, UNDEFINED), (False, KEPT)])
def test_an_institution_that_nobody_can_place(undefined, verdict):
    found = answer(institution("a", None), under=terms(unplaced=undefined))

    assert (found.verdict, found.unplaced) == (verdict, ("a",))


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        ({"region": "west"}, KEPT),
        ({"region": None}, UNDEFINED),
        ({"outpatient_pooling": False}, KEPT),
        ({"standing": "closed"}, KEPT),
        ({"kind": "retail_pharmacy"}, KEPT),
    ],
)
def test_only_one_that_may_count_in_the_district_leaves_it_undefined(cells, verdict):
    assert answer(institution("a", None, **cells)).verdict is verdict


SOUTH = {"type": "Polygon", "crs": "wgs84", "coordinates": [
    [[x, y] for x, y in ((LON - 0.1, LAT), (LON + 0.1, LAT), (LON, LAT - 0.1), (LON - 0.1, LAT))]
]}  # fmt: skip


@pytest.mark.parametrize(
    ("metres", "error", "verdict"),
    [(0, 0, UNDEFINED), (800, 0, UNDEFINED), (801, 0, KEPT), (801, 2, UNDEFINED)],
)
def test_one_of_a_district_that_reaches_across_the_border_may_stand_near(metres, error, verdict):
    lon, lat = north(metres)
    census = ground(institution("a", None, region="west"))
    stock = stock_on(dataclasses.replace(census, boundaries={"west": SOUTH}), DAY)

    found = check(site(lon=lon, lat=lat, error_mm=error * 1000), stock, terms())

    assert found.verdict is verdict
    assert found.unplaced == (() if verdict is KEPT else ("a",))
    assert stock.estimated == ()


@pytest.mark.parametrize(("metres", "verdict"), [(800, UNDEFINED), (Fraction("800.001"), KEPT)])
def test_a_district_without_outline_reaches_as_far_as_what_stands_in_it(metres, verdict):
    lon, lat = north(metres)
    home = {"code": "l", "region": "west", "lon": lon, "lat": lat, "crs": "wgs84"}
    stock = stock_on(ground(institution("a", None, region="west"), localities=[home]), DAY)

    assert check(site(), stock, terms()).verdict is verdict
    assert stock.estimated == ("west",)


def test_who_blocks_still_blocks_when_another_cannot_be_placed():
    assert answer(institution("a", None), institution("b", north(500))).verdict is BROKEN


@pytest.mark.parametrize(("allowed", "verdict"), [(0, BROKEN), (1, BROKEN), (2, KEPT), (3, KEPT)])
def test_at_most_so_many_within_the_distance(allowed, verdict):
    two = [institution("a", north(100)), institution("b", north(800))]
    far = institution("c", north(Fraction("800.001")))

    assert answer(*two, far, under=terms(allowed=allowed)).verdict is verdict


def test_doubt_and_ignorance_count_towards_the_number():
    sure = institution("a", north(100))
    doubtful = institution("b", north(801), position_error_m=Fraction(5))
    unsure = institution("c", north(300), outpatient_pooling=None)
    one = terms(allowed=1)

    assert answer(sure, under=one).verdict is KEPT
    assert answer(sure, doubtful, under=one).verdict is MEASURE
    assert answer(sure, unsure, under=one).verdict is UNDEFINED
    assert answer(doubtful, unsure, under=one).verdict is UNDEFINED
    assert answer(doubtful, unsure, under=terms(allowed=2)).verdict is KEPT


@pytest.mark.parametrize(
    ("metres", "verdict"), [("500", MEASURE), ("800", MEASURE), ("800.001", KEPT)]
)
def test_only_a_signed_survey_decides_where_the_reading_says_so(metres, verdict):
    rule = terms(distance=Distance.SURVEYED)

    assert answer(institution("a", north(Fraction(metres))), under=rule).verdict is verdict


@pytest.mark.parametrize(
    ("zone", "metres", "verdict"),
    [
        ("main_urban", 500, BROKEN),
        ("main_urban", 501, KEPT),
        ("county", 800, BROKEN),
        ("county", 801, KEPT),
        ("", 100, UNDEFINED),
    ],
)
def test_the_distance_of_the_zone(zone, metres, verdict):
    rule = terms(radii_mm={"main_urban": 500_000, "elsewhere": 800_000})

    assert (
        answer(institution("a", north(metres)), ask=site(zone=zone), under=rule).verdict is verdict
    )


def test_a_zone_or_a_service_that_the_rule_does_not_name_is_free():
    near = institution("a", north(100))
    urban = terms(zones=frozenset({"main_urban"}))
    chronic = terms(services=("outpatient_chronic",))
    shops = terms(sides=frozenset({Side.PHARMACY}))

    assert answer(near, under=urban).verdict is BROKEN
    assert answer(near, ask=site(zone="county"), under=urban).verdict is FREE
    assert answer(near, under=terms(radii_mm={"county": 800_000})).verdict is FREE
    assert answer(near, under=chronic).verdict is FREE
    assert answer(near, under=shops).verdict is FREE


def test_a_site_without_services_is_undefined():
    assert answer(ask=site(services=())).verdict is UNDEFINED


def test_the_answer_names_who_blocks_nearest_first():
    found = answer(
        institution("b", north(300), standing="trial", region="west"),
        institution("a", north(700), name="甲诊所"),
    )

    assert [(e.code, e.distance_mm, e.standing, e.district) for e in found.blockers] == [
        ("b", 300_000, "trial", "west"),
        ("a", 700_000, "in_force", "east"),
    ]
    assert found.blockers[1].name == "甲诊所"
    assert found.radius_mm == 800_000


def test_terms_are_values():
    assert dataclasses.replace(terms(), rim=True) == terms()
    assert dict(everywhere(1)) == {"elsewhere": 1}
