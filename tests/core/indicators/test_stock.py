"""Institutions, people and densities of the tiny city, counted by hand; unknown is not zero."""

from fractions import Fraction

import pytest

from dingdian.core.indicators import MEASURES
from tests.city import BING, DISTRICTS, JIA, ROOT, TOWN, URBAN, YI, medical, n, pharmacy, rows
from tests.city_policy import policy, workings


@pytest.fixture(scope="module")
def city():
    return workings()


def values(city, measure, scopes=(ROOT, *DISTRICTS)):
    return [city.figure(measure, scope).value for scope in scopes]


def changed(table, index, **cells):
    its = rows()
    its[table][index].update(cells)
    return its


def without(table):
    return {name: own for name, own in rows().items() if name != table}


@pytest.mark.clause("DX-01", "DX-02", "DX-44", "DX-45")
@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("area", [2000, 100, 500, 1400]),
        ("resident", [200_000, 120_000, 60_000, 20_000]),
        ("insured", [200_000, 118_000, 58_000, 24_000]),
        ("insured_employee", [102_000, 68_000, 30_000, 4_000]),
        ("aged_60", [50_000, 30_000, 15_000, 5_000]),
        ("share_aged_60", [Fraction(1, 4)] * 4),
        ("share_aged_65", [Fraction(17, 100), Fraction(1, 6), Fraction(1, 6), Fraction(1, 5)]),
        ("density_people", [100, 1200, 120, Fraction(100, 7)]),
    ],
)
def test_people_and_land(city, measure, expected):
    assert values(city, measure) == expected


@pytest.mark.clause("DX-04", "DX-09", "DX-10", "DX-14", "DX-42", "DX-46", "SY-31")
@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("medical_institutions", [15, 10, 4, 1]),
        ("pharmacies", [15, 9, 4, 2]),
        ("institutions", [30, 19, 8, 3]),
        ("undesignated_medical", [2, 1, 1, 0]),
        ("undesignated_pharmacies", [1, 0, 0, 1]),
        ("inpatient_institutions", [4, 2, 1, 1]),
        ("outpatient_pooling_institutions", [15, 10, 4, 1]),
        ("medical_tertiary", [1, 1, 0, 0]),
        ("medical_secondary", [2, 1, 1, 0]),
        ("medical_primary", [1, 0, 0, 1]),
        ("medical_type_psychiatric", [1, 1, 0, 0]),
        ("medical_type_nursing", [1, 0, 1, 0]),
        ("medical_public", [6, 3, 2, 1]),
        ("medical_private", [9, 7, 2, 0]),
        ("medical_primary_care", [11, 8, 2, 1]),
        ("medical_public_hospitals", [3, 2, 1, 0]),
        ("medical_kind_village_clinic", [1, 0, 1, 0]),
        ("personal_account_pharmacies", [15, 9, 4, 2]),
        ("outpatient_mutual_aid_pharmacies", [2, 2, 0, 0]),
        ("outpatient_pooling_pharmacies", [2, 2, 0, 0]),
        ("outpatient_chronic_pharmacies", [15, 9, 4, 2]),
        ("dual_channel_pharmacies", [1, 1, 0, 0]),
        ("prescription_transfer_pharmacies", [2, 2, 0, 0]),
        ("pooling_or_mutual_aid_pharmacies", [3, 3, 0, 0]),
        ("any_pooled_service_pharmacies", [15, 9, 4, 2]),
        ("pharmacies_class_dual_channel", [1, 1, 0, 0]),
        ("pharmacies_graded_c", [10, 5, 4, 1]),
        ("share_medical_private", [Fraction(3, 5), Fraction(7, 10), Fraction(1, 2), 0]),
    ],
)
def test_the_stock_of_institutions(city, measure, expected):
    assert values(city, measure) == expected


@pytest.mark.clause("DX-05", "DX-06", "DX-08", "DX-42")
@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("medical_per_10k_km2", [75, 1000, 80, Fraction(50, 7)]),
        ("pharmacies_per_10k_km2", [75, 900, 80, Fraction(100, 7)]),
        (
            "medical_per_10k_insured",
            [Fraction(3, 4), Fraction(50, 59), Fraction(20, 29), Fraction(5, 12)],
        ),
        ("pharmacies_per_10k_resident", [Fraction(3, 4), Fraction(3, 4), Fraction(2, 3), 1]),
        ("insured_per_pharmacy", [Fraction(40_000, 3), Fraction(118_000, 9), 14_500, 12_000]),
    ],
)
def test_densities_name_and_use_their_denominator(city, measure, expected):
    assert values(city, measure) == expected


def test_a_zone_is_the_sum_of_its_districts_and_a_town_counts_its_own(city):
    assert city.figure("medical_institutions", URBAN).value == 14
    assert city.figure("resident", URBAN).value == 180_000
    assert city.figure("pharmacies", TOWN).value == 1
    assert city.figure("pharmacies", f"{URBAN}+county").value == 15


@pytest.mark.clause("DX-27", "DX-28", "DX-29")
@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ("c_or_better_with_a_best", [13, 8, 4, 1]),
        ("c_or_better_with_c_best", [12, 6, 4, 2]),
        ("exactly_c", [10, 5, 4, 1]),
        ("a_new_option", [None] * 4),
        (None, [None] * 4),
    ],
)
def test_whether_a_pharmacy_satisfies_grade_c_is_a_reading(option, expected):
    city = workings(its_policy=policy(choices={"grade_order": option}))
    assert values(city, "pharmacies_grade_c") == expected
    figure = city.figure("pharmacies_grade_c", ROOT)
    assert "grade_order" in figure.readings
    codes = {"a_new_option": "option_unknown", None: "reading_open"}
    assert (figure.why.code if figure.why else None) == codes.get(option)


@pytest.mark.parametrize(
    ("option", "expected"), [("pooling_or_mutual_aid", 3), ("any_pooled_service", 15)]
)
@pytest.mark.clause("DX-09", "DX-42")
def test_pooled_fund_pharmacies_are_a_reading_with_both_numbers_beside_it(option, expected):
    city = workings(its_policy=policy(choices={"pooled_fund_services": option}))
    assert city.figure("pooled_fund_pharmacies", ROOT).value == expected
    assert city.figure("insured_per_pooled_pharmacy", ROOT).value == Fraction(200_000, expected)


def test_suspended_pharmacies_count_by_the_reading():
    left_out = workings(its_policy=policy(choices={"stock_suspended": "does_not_count"}))
    assert values(left_out, "pharmacies") == [14, 8, 4, 2]
    undecided = workings(its_policy=policy(choices={"stock_suspended": None}))
    assert values(undecided, "pharmacies") == [None, None, 4, 2]
    assert values(undecided, "medical_institutions") == [15, 10, 4, 1]
    assert undecided.figure("pharmacies", JIA).why.code == "reading_open"
    assert "stock_suspended" in undecided.figure("pharmacies", YI).readings


# ---------------------------------------------------------------- unknown is not zero


def test_an_unknown_level_leaves_the_count_by_level_undefined_where_it_may_matter():
    city = workings(changed("institutions", 0, level=None))
    assert city.figure("medical_tertiary", YI).value == 0
    figure = city.figure("medical_tertiary", JIA)
    assert figure.value is None
    named = {"first": "H9101001 示例H9101001"}
    assert dict(figure.why.details) == {"unsure": "1", "known": "0", "part": "0", **named}
    assert city.figure("medical_institutions", JIA).value == 10


def test_clinics_without_a_level_do_not_make_the_levels_unknown():
    its = rows()
    its["institutions"].append(medical("H9101011", "clinic", JIA, level=None, type=None))
    city = workings(its)
    assert city.figure("medical_tertiary", JIA).value == 1
    assert city.figure("medical_type_psychiatric", JIA).value == 1


def test_a_service_that_is_not_stated_is_unknown_and_not_closed():
    its = rows()
    its["institutions"].append(pharmacy("P9102005", YI, dual_channel=None))
    city = workings(its)
    assert city.figure("dual_channel_pharmacies", YI).value is None
    assert city.figure("dual_channel_pharmacies", JIA).value == 1
    assert city.figure("pharmacies", YI).value == 5


def test_a_region_without_population_makes_the_sum_undefined_and_not_smaller():
    its = rows()
    its["populations"] = [row for row in its["populations"] if row["region"] != BING]
    city = workings(its)
    assert values(city, "resident") == [None, 120_000, 60_000, None]
    assert city.figure("resident", BING).why.code == "not_given"
    assert city.figure("medical_per_10k_resident", BING).why.code == "input_undefined"
    assert workings(without("populations")).figure("resident", ROOT).why.code == "not_given"


def test_the_own_row_of_a_region_goes_before_the_sum_of_its_parts():
    its = rows()
    its["populations"].append({"region": ROOT, "year": n(2020), "resident": n(210_000)})
    figure = workings(its).figure("resident", ROOT)
    assert (figure.value, figure.detail) == (210_000, (("year", "2020"),))


def test_the_latest_year_up_to_the_stock_day_is_taken_and_named():
    its = rows()
    its["populations"].append({"region": JIA, "year": n(2026), "resident": n(1)})
    its["populations"].append({"region": JIA, "year": n(2025), "aged_65": n(21_000)})
    city = workings(its)
    assert city.figure("resident", JIA).detail == (("year", "2024"),)
    assert city.figure("aged_65", JIA).value == 21_000
    assert city.figure("aged_65", ROOT).detail == (("year", "2024–2025"),)
    same = workings(its, policy(choices={"population_year": "same_year_only"}))
    assert same.figure("resident", JIA).value is None
    assert same.figure("aged_65", JIA).value == 21_000


def test_the_rows_behind_a_count_can_be_followed(city):
    figure = city.figure("medical_tertiary", JIA)
    assert figure.selection is not None
    assert figure.formula == "count"
    assert MEASURES["medical_tertiary"].clauses == ("DX-10", "DX-46")
    assert figure.clauses == ()  # the policy of the tiny city has no clauses to cite
