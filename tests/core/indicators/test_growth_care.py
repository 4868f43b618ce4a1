"""Growth against history, bed use, outflow, purchased beds, resources for the elderly."""

from fractions import Fraction

import pytest

from dingdian.core.indicators.history import history
from tests.city import BING, DISTRICTS, JIA, ROOT, URBAN, YI, n, rows
from tests.city_policy import workings


@pytest.fixture(scope="module")
def city():
    return workings()


def values(city, measure, scopes=(ROOT, *DISTRICTS)):
    return [city.figure(measure, scope).value for scope in scopes]


@pytest.mark.clause("SY-01")
def test_growth_is_measured_from_five_years_before_or_the_earliest_known(city):
    assert values(city, "growth_medical") == [Fraction(1, 4), Fraction(1, 4), Fraction(1, 3), 0]
    assert city.figure("growth_medical", ROOT).detail == (("from", "2020"), ("to", "2025"))
    assert values(city, "growth_pharmacies") == [Fraction(1, 2), Fraction(4, 5), Fraction(1, 3), 0]
    assert city.figure("growth_pharmacies", ROOT).detail[0] == ("from", "2022")


@pytest.mark.clause("SY-01", "DX-45")
def test_growth_of_the_insured_comes_from_the_populations_of_that_year(city):
    figure = city.figure("growth_insured", ROOT)
    assert figure.value == Fraction(200, 190) - 1
    assert figure.detail == (("from", "2020"), ("to", "2024"))
    assert city.figure("growth_insured", URBAN).value == Fraction(176, 166) - 1


def test_the_insured_of_a_year_have_not_grown_against_themselves():
    its = rows()
    its["populations"] = [row for row in its["populations"] if row["year"] == 2024]
    its["history"].append(
        {"region": ROOT, "year": n(2024), "measure": "insured", "amount": n(200_000)}
    )
    assert workings(its).figure("growth_insured", ROOT).why.code == "no_history"


@pytest.mark.clause("SY-01")
def test_a_sum_of_regions_last_counted_in_different_years_is_of_the_earliest():
    its = rows()
    its["populations"] = [
        row for row in its["populations"] if (row["region"], row["year"]) != (YI, 2024)
    ]
    its["history"] += [
        {"region": ROOT, "year": n(year), "measure": "insured", "amount": n(amount)}
        for year, amount in ((2019, 100_000), (2023, 150_000))
    ]
    figure = workings(its).figure("growth_insured", ROOT)
    assert figure.value == Fraction(118 + 56 + 24, 100) - 1
    assert figure.detail == (("from", "2019"), ("to", "2020"))


def test_growth_without_any_history_has_no_number():
    its = rows()
    del its["history"]
    figure = workings(its).figure("growth_medical", ROOT)
    assert (figure.why.code, dict(figure.why.details)["year"]) == ("no_history", "2020–2024")


@pytest.mark.clause("SY-06", "SY-07")
def test_history_sums_the_regions_below_and_prefers_the_own_row(city):
    assert history(city, "pharmacies", 2024, ROOT).value == 20
    assert history(city, "pharmacies", 2024, URBAN).value == 18
    assert history(city, "pharmacies", 2024, BING).value == 2
    assert history(city, "pharmacies", 2019, ROOT).why.code == "no_history"
    its = rows()
    its["history"].append(
        {"region": ROOT, "year": n(2024), "measure": "pharmacies", "amount": n(21)}
    )
    its["history"] = [row for row in its["history"] if (row["region"], row["year"]) != (YI, 2024)]
    changed = workings(its)
    assert history(changed, "pharmacies", 2024, ROOT).value == 21
    assert history(changed, "pharmacies", 2024, URBAN).why.code == "no_history"


def test_history_of_a_sum_is_the_sum_of_its_parts():
    its = rows()
    for row in its["history"]:
        if row["measure"] == "medical_institutions":
            row["year"] = n(2022)
    city = workings(its)
    assert history(city, "institutions", 2022, ROOT).value == 12 + 10
    assert city.figure("growth_institutions", ROOT).value == Fraction(30, 22) - 1


@pytest.mark.clause("DX-11", "SY-31")
def test_bed_use_is_occupied_over_open_bed_days(city):
    assert values(city, "bed_use") == [
        Fraction(168, 219),
        Fraction(140_000, 160_600),
        Fraction(200, 365),
        Fraction(80, 219),
    ]


@pytest.mark.clause("DX-11")
@pytest.mark.parametrize("cut", ["row", "occupied_bed_days", "open_bed_days"])
def test_bed_use_is_undefined_while_one_hospital_does_not_report(cut):
    its = rows()
    if cut == "row":
        its["bed_use"].pop()
    else:
        its["bed_use"][-1][cut] = None
    city = workings(its)
    figure = city.figure("bed_use", ROOT)
    assert figure.value is None
    assert dict(figure.why.details) == {"reported": "3", "expected": "4"}
    assert city.figure("bed_use_known", ROOT).value == Fraction(160_000, 197_100)
    assert city.figure("bed_use_reporting", ROOT).value == 3
    assert city.figure("bed_use", JIA).value is not None


def test_bed_use_of_another_year_or_of_an_ended_designation_does_not_count():
    its = rows()
    more = {"occupied_bed_days": n(1), "open_bed_days": n(1)}
    its["bed_use"] += [
        {"institution": "H9101001", "year": n(2024), **more},
        {"institution": "H9102099", "year": n(2025), **more},
    ]
    assert workings(its).figure("bed_use", ROOT).value == Fraction(168, 219)


@pytest.mark.clause("DX-10")
def test_the_share_of_spending_outside_the_area(city):
    assert city.figure("out_of_area_share", ROOT).value == Fraction(84, 100)
    assert city.figure("spending_total", JIA).why.code == "not_given"
    assert city.figure("spending_total", URBAN).why.code == "not_given"


def test_both_spendings_come_from_the_same_year():
    its = rows()
    its["care_flows"].append(
        {"region": ROOT, "year": n(2024), "spending_total": n(10), "spending_out_of_area": n(5)}
    )
    its["care_flows"][0]["spending_total"] = None
    figure = workings(its).figure("out_of_area_share", ROOT)
    assert figure.value == Fraction(1, 2)


@pytest.mark.clause("DX-33")
def test_purchased_beds_by_area(city):
    assert values(city, "purchased_beds") == [550, 400, 100, 50]
    assert city.figure("purchased_beds_amount", ROOT).value == 22_000_000


@pytest.mark.clause("DX-43")
def test_resources_for_the_elderly(city):
    assert values(city, "elderly_institutions") == [1, 0, 1, 0]
    assert values(city, "elderly_beds") == [20, 0, 20, 0]
    its = rows()
    its["institutions"][0]["type"] = "nursing"
    assert workings(its).figure("elderly_institutions", ROOT).value == 2
