"""The modelled need of beds with its bounds and range, and benchmarks of bureau and shelf."""

import datetime as dt
from fractions import Fraction

import pytest

from dingdian.core.indicators.benchmarks import benchmark
from dingdian.core.policy import Benchmark
from tests.city import BING, COUNTY, DISTRICTS, JIA, ROOT, n, rows
from tests.city_policy import POLICY_DAY, policy, workings


@pytest.fixture(scope="module")
def city():
    return workings()


def adopted(day=None, value="4.2"):
    its = rows()
    row = {"benchmark": "insurer_needed_beds", "value": n(value), "adopted_on": day}
    its["benchmarks"].append(row)
    return its


@pytest.mark.clause("SY-04")
def test_the_model_step_by_step(city):
    steps = {
        "need_bed_days": 160_000 + 192_000,
        "need_net_days": 310_250,
        "need_beds": 1000,
        "need_beds_fund": 900,
        "need_beds_modelled": 900,
        "need_per_1000_modelled": Fraction(9, 2),
        "need_per_1000_modelled_insured": Fraction(9, 2),
    }
    assert {name: city.figure(name, ROOT).value for name in steps} == steps
    assert city.figure("need_beds_modelled", ROOT).detail == (("binds", "fund"),)
    assert {"need_target_use", "need_model"} <= set(city.figure("need_beds", ROOT).readings)


@pytest.mark.clause("SY-04")
def test_the_range_takes_the_ends_of_both_readings(city):
    low, high = (city.figure(f"need_beds_{end}", ROOT).value for end in ("low", "high"))
    assert low == Fraction(310_250) / (365 * Fraction(93, 100))
    assert high == Fraction(352_000 - 24_875 + 8_000) / (365 * Fraction(85, 100))
    middle = city.figure("need_beds_modelled", ROOT).value
    assert city.figure("need_beds_modelled_low", ROOT).value < middle
    assert city.figure("need_beds_modelled_high", ROOT).value >= middle


def test_demand_binds_where_the_fund_could_pay_for_more():
    its = rows()
    its["care_flows"][0]["inpatient_budget"] = n(400_000_000)
    figure = workings(its).figure("need_beds_modelled", ROOT)
    assert (figure.value, figure.detail) == (1000, (("binds", "demand"),))


@pytest.mark.parametrize("column", ["bed_days_out", "inpatient_budget", "cost_per_bed_day"])
def test_a_missing_input_leaves_the_modelled_need_undefined(column):
    its = rows()
    its["care_flows"][0][column] = None
    assert workings(its).figure("need_beds_modelled", ROOT).value is None


def by_district(codes):
    """The demand rows of the tiny city, one for each of these districts."""
    its = rows()
    first = its["demand"][0]
    its["demand"] = [{**first, "region": code} for code in codes]
    return its


def test_demand_by_district_is_added_up_where_the_whole_area_has_no_rows():
    city = workings(by_district(DISTRICTS))

    assert city.figure("need_bed_days", ROOT).value == len(DISTRICTS) * 160_000
    nothing = workings({**rows(), "demand": []}).figure("need_bed_days", ROOT)
    assert nothing.why.code == "not_given"


def test_demand_of_some_districts_is_not_that_of_the_city():
    figure = workings(by_district(DISTRICTS[:-1])).figure("need_bed_days", ROOT)

    assert figure.value is None
    assert dict(figure.why.details)["region"] == DISTRICTS[-1]


@pytest.mark.clause("SY-04")
def test_a_modelled_number_decides_nothing_until_the_bureau_adopts_one(city):
    figure = city.figure("insurer_needed_beds", ROOT)
    assert (figure.value, figure.why.code) == (None, "not_adopted")
    assert dict(figure.why.details)["modelled"] == f"need_per_1000_modelled.{ROOT}"
    assert benchmark(city, "insurer_needed_beds", ROOT).why.code == "no_benchmark"
    taken = workings(adopted(POLICY_DAY))
    assert taken.figure("insurer_needed_beds", ROOT).value == Fraction(21, 5)
    later = workings(adopted(POLICY_DAY + dt.timedelta(days=1)))
    assert later.figure("insurer_needed_beds", ROOT).why.code == "not_adopted"


@pytest.mark.parametrize(
    ("option", "code"), [("adopted_number_only", "model_not_shown"), (None, "reading_open")]
)
def test_the_model_can_be_left_out(option, code):
    city = workings(its_policy=policy(choices={"need_model": option}))
    assert city.figure("need_beds_modelled", ROOT).why.code == code


def test_a_quantity_without_a_number_is_open():
    city = workings(its_policy=policy(absent=("need_target_use",)))
    assert city.figure("need_beds", ROOT).why.code == "input_undefined"
    assert city.figures["reading.need_target_use"].why.code == "reading_open"


# ---------------------------------------------------------------- benchmarks


def shelf_benchmark(name="national_beds_2024"):
    return Benchmark(
        benchmark=name,
        measure="beds_per_1000",
        title="全国",
        title_en="nation",
        place="national",
        value="7.32",
        year=2024,
        denominator="常住人口",
        denominator_en="residents",
        unit="张/千人",
        unit_en="beds per 1,000",
        source="示例",
        source_en="an example",
        mark="verified",
        checked_on="2026-01-01",
    )


def test_the_row_of_the_region_goes_before_those_above_it_and_the_blank_one(city):
    assert benchmark(city, "health_plan_beds", BING).value == Fraction(7, 2)
    assert benchmark(city, "health_plan_beds", "910301").value == Fraction(7, 2)
    assert benchmark(city, "health_plan_beds", JIA).value == Fraction(16, 5)
    assert benchmark(city, "health_plan_beds", COUNTY).value == Fraction(16, 5)
    figure = benchmark(city, "health_plan_beds", ROOT)
    assert (figure.key, figure.formula) == (f"benchmark.health_plan_beds.{ROOT}", "benchmark")
    assert dict(figure.detail) == {"given_by": "bureau", "year": "2025", "source": "示例规划"}
    assert figure.unit == "beds_per_1000"


def test_the_census_goes_before_the_shelf_and_both_say_year_and_source():
    its_policy = policy(benchmarks=(shelf_benchmark(), shelf_benchmark("health_plan_beds")))
    city = workings(its_policy=its_policy)
    national = benchmark(city, "national_beds_2024", ROOT)
    assert national.value == Fraction(183, 25)
    assert dict(national.detail)["year"] == "2024"
    assert dict(national.detail)["given_by"] == "shelf"
    assert benchmark(city, "health_plan_beds", ROOT).value == Fraction(16, 5)


def test_a_benchmark_without_a_number_is_not_zero():
    its = rows()
    its["benchmarks"][2]["value"] = None
    city = workings(its)
    figure = benchmark(city, "required_reserve_months", ROOT)
    assert (figure.value, figure.why.code, figure.unit) == (None, "not_given", "month")


def test_a_designated_total_has_the_unit_of_its_stock(city):
    assert benchmark(city, "designated_total_pharmacies", ROOT).unit == "institution"
    assert benchmark(city, "something_of_their_own", ROOT).unit == "number"
