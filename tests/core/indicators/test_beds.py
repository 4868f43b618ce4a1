"""Beds of the tiny city by basis, class and level, and beds per 1,000 by every reading."""

from fractions import Fraction

import pytest

from tests.city import BING, DISTRICTS, JIA, ROOT, YI, n, rows
from tests.city_policy import policy, workings


@pytest.fixture(scope="module")
def city():
    return workings()


def values(city, measure, scopes=(ROOT, *DISTRICTS)):
    return [city.figure(measure, scope).value for scope in scopes]


@pytest.mark.clause("SY-02", "SY-03", "SY-14", "DX-13", "DX-43")
@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("approved_beds", [620, 420, 140, 60]),
        ("open_beds", [630, 440, 130, 60]),
        ("contracted_beds", [600, 420, 120, 60]),
        ("all_open_beds", [680, 440, 180, 60]),
        ("all_approved_beds", [670, 420, 190, 60]),
        ("contracted_beds_general_pool", [460, 300, 100, 60]),
        ("contracted_beds_general", [440, 300, 80, 60]),
        ("contracted_beds_psychiatric", [100, 100, 0, 0]),
        ("contracted_beds_dialysis", [20, 20, 0, 0]),
        ("contracted_beds_dental_chair", [5, 5, 0, 0]),
        ("contracted_beds_psychiatric_per_1000", [Fraction(1, 2), Fraction(5, 6), 0, 0]),
        ("contracted_beds_tertiary", [320, 320, 0, 0]),
        ("contracted_beds_secondary", [200, 100, 100, 0]),
        ("contracted_beds_primary", [60, 0, 0, 60]),
        ("contracted_beds_ungraded", [20, 0, 20, 0]),
        ("share_beds_tertiary", [Fraction(16, 29), Fraction(16, 21), 0, 0]),
        ("share_beds_psychiatric", [Fraction(1, 6), Fraction(5, 21), 0, 0]),
        ("all_open_beds_psychiatric", [100, 100, 0, 0]),
        ("all_approved_beds_rehabilitation", [20, 0, 20, 0]),
        ("share_beds_rehabilitation", [Fraction(1, 30), 0, Fraction(1, 6), 0]),
        ("share_regional_beds_rehabilitation", [Fraction(1, 34), 0, Fraction(1, 9), 0]),
        ("elderly_beds", [20, 0, 20, 0]),
        ("elderly_beds_per_1000_aged", [Fraction(2, 5), 0, Fraction(4, 3), 0]),
    ],
)
def test_beds_by_basis_class_and_level_never_chairs(city, measure, expected):
    assert values(city, measure) == expected


@pytest.mark.parametrize("option", ["resident", "insured"])
@pytest.mark.parametrize("at", DISTRICTS)
def test_beds_of_a_class_per_1000_take_the_population_that_is_chosen(at, option):
    city = workings(its_policy=policy(choices={"bed_population": option}))
    beds, whom = city.figure("contracted_beds_psychiatric", at), city.figure(option, at)

    per_1000 = city.figure("contracted_beds_psychiatric_per_1000", at).value
    assert per_1000 == beds.value * 1000 / whom.value


@pytest.mark.clause("DX-13")
@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({"bed_share_base": "regional"}, Fraction(1, 9)),
        ({"bed_share_base": "regional", "bed_basis": "approved"}, Fraction(2, 19)),
        ({"bed_share_base": "contracted"}, Fraction(1, 6)),
        ({"bed_share_base": None}, None),
    ],
)
def test_a_class_is_held_against_all_beds_of_the_region_or_the_contracted_ones(choices, expected):
    city = workings(its_policy=policy(choices=choices))
    assert city.figure("bed_type_share_rehabilitation", YI).value == expected


@pytest.mark.clause("SY-02")
@pytest.mark.parametrize(("standing", "beds"), [("closed", 130), ("undesignated", 180)])
def test_beds_of_a_closed_institution_are_no_longer_there(standing, beds):
    its = rows()
    next(row for row in its["institutions"] if row["code"] == "H9102099")["standing"] = standing
    assert workings(its).figure("all_open_beds", YI).value == beds


@pytest.mark.clause("SY-02", "DX-07")
@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({}, [Fraction(17, 5), Fraction(11, 3), 3, 3]),
        ({"bed_basis": "approved"}, [Fraction(67, 20), Fraction(7, 2), Fraction(19, 6), 3]),
        ({"bed_basis": "contracted"}, [3, Fraction(7, 2), 2, 3]),
        (
            {"bed_population": "insured"},
            [Fraction(17, 5), Fraction(220, 59), Fraction(90, 29), Fraction(5, 2)],
        ),
        (
            {"separate_pools_in_ratio": "outside"},
            [Fraction(27, 10), Fraction(8, 3), Fraction(8, 3), 3],
        ),
        ({"bed_basis": None}, [None] * 4),
    ],
)
def test_beds_per_1000_by_the_readings_of_numerator_and_denominator(choices, expected):
    city = workings(its_policy=policy(choices=choices))
    assert values(city, "beds_per_1000") == expected


def test_both_populations_are_shown_beside_the_chosen_one(city):
    assert city.figure("beds_per_1000_resident", BING).value == 3
    assert city.figure("beds_per_1000_insured", BING).value == Fraction(5, 2)
    assert city.figure("contracted_beds_per_1000", JIA).value == Fraction(7, 2)


def test_where_no_class_is_managed_apart_the_question_does_not_arise():
    absent = ("separate_pools_in_ratio", "ungraded_beds")
    city = workings(its_policy=policy(absent=absent, rules=()))
    assert city.figure("contracted_beds_general_pool", ROOT).value == 600
    assert city.figure("beds_per_1000", ROOT).value == Fraction(17, 5)
    figure = city.figure("contracted_beds_in_ratio", ROOT)
    assert (figure.value, figure.readings) == (600, ())
    assert city.figure("contracted_beds_primary", ROOT).value == 60


@pytest.mark.clause("SY-03")
def test_the_three_levels_by_their_readings():
    apart = workings(its_policy=policy(choices={"separate_pools_in_ratio": "outside"}))
    levels = [f"contracted_beds_{level}" for level in ("tertiary", "secondary", "primary")]
    assert [apart.figure(level, ROOT).value for level in levels] == [300, 80, 60]
    joined = workings(its_policy=policy(choices={"ungraded_beds": "with_primary"}))
    assert [joined.figure(level, ROOT).value for level in levels] == [320, 200, 80]
    shares = [
        joined.figure(f"share_beds_{x}", ROOT).value for x in ("tertiary", "secondary", "primary")
    ]
    assert sum(shares) == 1


@pytest.mark.clause("SY-02")
def test_a_hospital_that_lists_no_beds_makes_the_sums_it_belongs_to_unknown():
    its = rows()
    its["beds"] = [row for row in its["beds"] if row["institution"] != "H9102099"]
    city = workings(its)
    assert values(city, "all_open_beds") == [None, 440, None, 60]
    assert values(city, "contracted_beds") == [600, 420, 120, 60]
    assert city.figure("beds_per_1000", YI).why.code == "input_undefined"


def test_an_unknown_number_of_beds_is_not_zero():
    its = rows()
    its["beds"][0]["contracted"] = None
    city = workings(its)
    assert values(city, "contracted_beds") == [None, None, 120, 60]
    assert city.figure("contracted_beds_psychiatric", JIA).value == 100
    assert dict(city.figure("contracted_beds", JIA).why.details)["part"] == "120"


def test_a_bed_class_the_ledger_leaves_open_is_not_taken_for_a_general_bed():
    its = rows()
    its["beds"].append({"institution": "H9102001", "bed_class": None, "contracted": n(5)})
    city = workings(its)
    assert city.figure("contracted_beds_general_pool", YI).value is None
    assert city.figure("contracted_beds_psychiatric", YI).value is None
    assert city.figure("contracted_beds_psychiatric", JIA).value == 100
