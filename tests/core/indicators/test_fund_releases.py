"""The fund's results and reserve, warning letters, releases and submissions."""

import datetime as dt
from fractions import Fraction

import pytest

from dingdian.core.workings import reason
from tests.city import BING, DISTRICTS, ROOT, n, rows
from tests.city_policy import policy, workings

MILLION = 1_000_000


@pytest.fixture(scope="module")
def city():
    return workings()


def values(city, measure, scopes=(ROOT, *DISTRICTS)):
    return [city.figure(measure, scope).value for scope in scopes]


@pytest.mark.clause("DX-03", "DX-11", "SY-28")
def test_last_year_rests_on_twelve_actual_months_of_each_fund(city):
    assert city.figure("fund_result_last_year_employee_pool", ROOT).value == 12 * MILLION
    assert city.figure("fund_result_last_year_resident_pool", ROOT).value == -6 * MILLION
    assert city.figure("fund_result_last_year_all", ROOT).value == 6 * MILLION
    assert city.figure("fund_result_last_year_all", DISTRICTS[0]).why.code == "whole_area_only"


@pytest.mark.clause("DX-11", "SY-28")
def test_this_year_is_the_latest_forecast_made_up_to_the_stock_day(city):
    income = city.figure("fund_income_this_year_employee_pool", ROOT)
    assert dict(income.detail) == {"year": "2026", "forecast_on": "2025-12-01"}
    assert city.figure("fund_result_this_year_employee_pool", ROOT).value == -6 * MILLION
    assert city.figure("fund_result_this_year_resident_pool", ROOT).value == 0


def test_actual_months_go_before_the_forecast_of_the_same_months():
    its = rows()
    its["fund"].append(
        {
            "fund": "employee_pool",
            "year": n(2026),
            "month": n(1),
            "entry": "actual",
            "income": n(10 * MILLION),
            "spending": n(16 * MILLION),
        }
    )
    city = workings(its)
    figure = city.figure("fund_spending_this_year_employee_pool", ROOT)
    assert figure.value == 16 * MILLION + 11 * 10_500_000
    assert [role for role, _ in figure.inputs] == ["actual", "forecast"]


@pytest.mark.parametrize(
    ("measure", "fund", "year"),
    [
        ("fund_result_last_year_resident_pool", "resident_pool", 2025),
        ("fund_result_this_year_resident_pool", "resident_pool", 2026),
        ("reserve_months_resident_pool", "resident_pool", 2025),
    ],
)
def test_a_missing_month_leaves_the_year_undefined(measure, fund, year):
    its = rows()
    its["fund"] = [
        row for row in its["fund"] if (row["fund"], row["year"], row["month"]) != (fund, year, 5)
    ]
    city = workings(its)
    assert city.figure(measure, ROOT).value is None
    assert city.figure(measure.replace(fund, "employee_pool"), ROOT).value is not None
    assert city.figure(measure.replace(fund, "all"), ROOT).value is None


@pytest.mark.parametrize(
    ("option", "expected"),
    [("any", -6), ("all", 12), ("employee_pool", 12), ("resident_pool", -6), ("sum", 6)],
)
def test_which_fund_speaks_for_the_area_is_a_reading(option, expected):
    city = workings(its_policy=policy(choices={"red_line_fund": option}))
    assert city.figure("fund_result_last_year", ROOT).value == expected * MILLION


@pytest.mark.clause("DX-12", "DX-31")
def test_reserve_months_are_balance_over_mean_spending_of_twelve_months(city):
    assert city.figure("reserve_months_employee_pool", ROOT).value == 9
    assert city.figure("reserve_months_resident_pool", ROOT).value == 4
    assert city.figure("reserve_months_all", ROOT).value == Fraction(103 * 12, 174)
    assert city.figure("reserve_months", ROOT).value == 4


@pytest.mark.clause("DX-31")
@pytest.mark.parametrize(
    ("option", "employee", "resident", "both"),
    [
        ("last_year_end", 9, 4, Fraction(103 * 12, 174)),
        ("this_year_forecast", Fraction(50, 7), 4, Fraction(97 * 12, 192)),
        (None, None, None, None),
    ],
)
def test_of_which_year_the_reserve_months_are_is_a_reading(option, employee, resident, both):
    city = workings(its_policy=policy(choices={"reserve_year": option}))
    found = [
        city.figure(f"reserve_months_{fund}", ROOT).value
        for fund in ("employee_pool", "resident_pool", "all")
    ]
    assert found == [employee, resident, both]


@pytest.mark.clause("DX-31")
def test_a_balance_of_an_earlier_month_forecasts_no_year_end():
    its = rows()
    for row in its["fund"]:
        if (row["fund"], row["year"]) == ("resident_pool", 2025):
            row["year"] = n(2024)
    figure = workings(its).figure("fund_balance_forecast_resident_pool", ROOT)
    assert (figure.value, figure.why.code) == (None, "balance_not_of_year_end")


def test_the_twelve_months_may_reach_into_the_year_before():
    its = rows()
    own = [row for row in its["fund"] if row["fund"] == "resident_pool" and row["year"] == 2025]
    for row in own[6:]:
        row["year"], row["spending"] = n(2024), n(4 * MILLION)
    figure = workings(its).figure("fund_spending_12_months_resident_pool", ROOT)
    assert figure.value == 6 * 5_500_000 + 6 * 4 * MILLION
    assert figure.detail == (("through", "2025-06"),)


@pytest.mark.clause("DX-11", "DX-31", "SY-28")
def test_letters_that_stand_on_the_policys_day(city):
    assert city.figure("warning_letters", ROOT).value == 1
    its = rows()
    its["letters"][1]["withdrawn_on"] = dt.date(2026, 1, 1)
    assert workings(its).figure("warning_letters", ROOT).value == 0
    del its["letters"]
    assert workings(its).figure("warning_letters", ROOT).value == 0


@pytest.mark.clause("DX-11", "DX-31", "SY-28")
@pytest.mark.parametrize(
    ("received", "withdrawn", "standing"),
    [
        (dt.date(2026, 1, 1), None, 1),  # on the policy's day
        (dt.date(2026, 1, 2), None, 0),
        (dt.date(2025, 12, 1), dt.date(2026, 1, 1), 0),
        (dt.date(2025, 12, 1), dt.date(2026, 1, 2), 1),
    ],
)
def test_a_letter_stands_from_the_day_it_came_to_the_day_before_its_withdrawal(
    received, withdrawn, standing
):
    letter = {"number": "L", "received_on": received, "withdrawn_on": withdrawn}
    city = workings({**rows(), "letters": [letter]})
    assert city.figure("warning_letters", ROOT).value == standing


# ---------------------------------------------------------------- releases


@pytest.mark.clause("SY-12", "SY-14", "DX-25")
@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("released_contracted_beds", [61, 31, 30, 0]),
        ("released_contracted_beds_psychiatric", [7, 7, 0, 0]),
        ("released_contracted_beds_dental_chair", [2, 2, 0, 0]),
        ("released_pharmacies", [5, 3, 2, 0]),
        ("released_outpatient_pooling_institutions", [1, 1, 0, 0]),
    ],
)
def test_what_was_released_in_the_stock_year(city, measure, expected):
    assert values(city, measure) == expected


@pytest.mark.clause("SY-12", "DX-25")
@pytest.mark.parametrize(
    ("option", "beds", "pharmacies"),
    [("terminations_only", 20, 3), ("all_exits", 30, 5), ("all_with_reductions", 61, 5)],
)
def test_which_causes_release_is_a_reading_and_a_suspension_never_does(option, beds, pharmacies):
    city = workings(its_policy=policy(choices={"release_kinds": option}))
    assert city.figure("released_contracted_beds", ROOT).value == beds
    assert city.figure("released_pharmacies", ROOT).value == pharmacies
    assert city.figure("released_pharmacies", ROOT).readings == ("release_kinds",)


def test_an_open_reading_leaves_the_releases_undefined():
    city = workings(its_policy=policy(choices={"release_kinds": None}))
    assert city.figure("released_pharmacies", ROOT).why.code == "reading_open"


@pytest.mark.clause("SY-21")
def test_beds_of_a_failed_trial_are_released_by_the_reading():
    city = workings(its_policy=policy(choices={"trial_failure_beds": "no"}))
    assert city.figure("released_contracted_beds", ROOT).value == 51
    assert "trial_failure_beds" in city.figure("released_contracted_beds", ROOT).readings


def test_released_beds_of_an_unknown_class_belong_to_no_pool_for_sure():
    its = rows()
    its["releases"][5]["bed_class"] = None
    city = workings(its)
    assert values(city, "released_contracted_beds") == [None, None, 30, 0]
    assert city.figure("released_contracted_beds_psychiatric", ROOT).value is None


def test_an_empty_table_of_releases_is_unknown_and_not_zero():
    its = rows()
    del its["releases"]
    assert workings(its).figure("released_pharmacies", ROOT).why.code == "table_empty"


def of_year(its, year):
    for row in its["releases"]:
        row["year"] = n(year)
    return its


@pytest.mark.clause("SY-12", "SY-15", "DX-25")
@pytest.mark.parametrize("year", [2024, 2026])
def test_a_year_without_any_release_is_unknown_and_not_zero(year):
    figure = workings(of_year(rows(), year)).figure("released_pharmacies", ROOT)

    assert figure.value is None
    assert figure.why == reason("no_rows_for_year", table="releases", year="2025")


@pytest.mark.clause("SY-12", "SY-15", "DX-25")
def test_a_row_of_zero_states_that_the_year_released_nothing():
    its = of_year(rows(), 2024)
    its["releases"].append(
        {**its["releases"][0], "number": "none", "year": n(2025), "amount": n(0)}
    )
    city = workings(its)

    assert values(city, "released_pharmacies") == [0, 0, 0, 0]
    assert values(city, "released_contracted_beds") == [0, 0, 0, 0]


@pytest.mark.clause("DX-34")
def test_what_counties_ask_for_and_silence_is_not_zero(city):
    assert city.figure("asked_pharmacies", ROOT).value == 5
    assert city.figure("asked_pharmacies", BING).value == 1
    assert city.figure("asked_pharmacies", DISTRICTS[1]).why.code == "not_submitted"
