"""The sample of 沈阳 has the sizes that were asked for, and each rule something to decide."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction

import pytest

from dingdian.samples import Sample
from dingdian.samples.ledger import held, is_designated, is_pharmacy, open_on
from dingdian.samples.sample import TAKEN_ON

CENSUS = 9_070_093


def census(sample: Sample) -> dict[str, int]:
    rows = sample.tables["populations"]
    return {str(r["region"]): int(r["resident"]) for r in rows if r.get("resident")}


def zones(sample: Sample) -> dict[str, str]:
    return {str(r["code"]): str(r["zone"]) for r in sample.tables["regions"] if r["parent"]}


def history(sample: Sample, measure: str, year: int) -> int:
    rows = sample.tables["history"]
    return sum(int(r["amount"]) for r in rows if (r["measure"], r["year"]) == (measure, year))


def test_thirteen_districts_have_the_census_of_2020(sy: Sample) -> None:
    assert len(census(sy)) == 13
    assert sum(census(sy).values()) == CENSUS


def test_sixty_thousand_cells_add_up_to_the_census_of_each_district(sy: Sample) -> None:
    found: Counter[str] = Counter()
    for row in sy.tables["localities"]:
        found[str(row["region"])] += int(row["persons"])
    assert len(sy.tables["localities"]) == 60_000
    assert found == census(sy)


def test_about_nine_thousand_institutions_in_every_state(sy: Sample) -> None:
    rows = sy.tables["institutions"]
    states = Counter(row["standing"] for row in rows)
    stock = Counter(is_pharmacy(row) for row in rows if is_designated(row))
    assert 8_900 < len(rows) < 9_400
    assert 3_500 < stock[False] < 3_700
    assert 4_900 < stock[True] < 5_100
    ended = ("suspended", "terminated", "expired", "closed")
    assert all(states[state] for state in ("undesignated", "trial", "guidance", *ended))


@pytest.mark.clause("SY-01")
def test_institutions_grew_by_about_three_tenths_and_insured_by_less_than_a_twentieth(
    sy: Sample,
) -> None:
    now = sum(is_designated(row) for row in sy.tables["institutions"])
    then = history(sy, "medical_institutions", 2020) + history(sy, "pharmacies", 2020)
    assert Fraction(27, 100) < Fraction(now, then) - 1 < Fraction(32, 100)
    insured = [r for r in sy.tables["populations"] if r["year"] == 2025]
    after = sum(r["insured_employee"] + r["insured_resident"] for r in insured)
    assert 0 < after / history(sy, "insured", 2020) - 1 < Fraction(5, 100)


@pytest.mark.clause("SY-02")
def test_open_beds_are_over_every_target(sy: Sample) -> None:
    beds = sum(r["open"] for r in sy.tables["beds"] if r["bed_class"] != "dental_chair")
    targets = {r["benchmark"]: r["value"] for r in sy.tables["benchmarks"]}
    for name in ("health_plan_beds", "provincial_beds_plan", "national_beds_plan"):
        assert beds * 1000 / CENSUS > targets[name]


@pytest.mark.clause("SY-12", "SY-13")
def test_a_need_is_adopted_and_zones_lie_on_both_sides_of_it(sy: Sample) -> None:
    targets = {r["benchmark"]: r["value"] for r in sy.tables["benchmarks"]}
    region = {row["code"]: str(row["region"]) for row in sy.tables["institutions"]}
    beds: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for row in sy.tables["beds"]:
        if row["bed_class"] != "dental_chair":
            beds[zones(sy)[region[row["institution"]]]] += int(row["open"])
    for code, n in census(sy).items():
        people[zones(sy)[code]] += n
    limits = (targets["insurer_needed_beds"], targets["health_plan_beds"])
    assert beds["main_urban"] * 1000 > max(limits) * people["main_urban"]
    assert beds["suburban"] * 1000 < min(limits) * people["suburban"]


@pytest.mark.clause("SY-02")
def test_undesignated_institutions_have_beds_that_no_agreement_covers(sy: Sample) -> None:
    standing = {row["code"]: row["standing"] for row in sy.tables["institutions"]}
    outside = [r for r in sy.tables["beds"] if standing[r["institution"]] == "undesignated"]
    assert sum(r["open"] for r in outside) > 0
    assert sum(r["contracted"] for r in outside) == 0


@pytest.mark.clause("SY-03")
def test_tertiary_beds_are_far_over_in_the_main_urban_zone(sy: Sample) -> None:
    at = {row["code"]: row for row in sy.tables["institutions"]}
    by: dict[str, Counter[object]] = defaultdict(Counter)
    for row in sy.tables["beds"]:
        if row["bed_class"] != "dental_chair":
            each = at[row["institution"]]
            by[zones(sy)[str(each["region"])]][each["level"]] += row["contracted"]
    shares = {
        zone: levels["tertiary"] / sum(levels[k] for k in ("tertiary", "secondary", "primary"))
        for zone, levels in by.items()
    }
    assert shares["main_urban"] > Fraction(75, 100)
    assert shares["county"] < Fraction(60, 100)


@pytest.mark.clause("SY-05")
def test_every_district_has_a_dated_zone(sy: Sample) -> None:
    assert Counter(zones(sy).values()) == {"main_urban": 5, "suburban": 4, "county": 4}
    assert all(row["zone_since"] for row in sy.tables["regions"] if row["parent"])


@pytest.mark.clause("SY-06")
def test_contracted_beds_lie_below_the_base_by_what_was_released(sy: Sample) -> None:
    now = sum(r["contracted"] for r in sy.tables["beds"] if r["bed_class"] != "dental_chair")
    released = [r for r in sy.tables["releases"] if r["resource"] == "contracted_beds"]
    assert history(sy, "contracted_beds", 2024) == now + sum(r["amount"] for r in released)


@pytest.mark.clause("SY-08")
def test_history_counts_prescription_pharmacies_by_their_dates(sy: Sample) -> None:
    day = date(2024, 12, 31)
    rows = [r for r in sy.tables["institutions"] if is_pharmacy(r)]
    expected = sum(open_on(r, "prescription_transfer", day) for r in rows)
    assert history(sy, "prescription_transfer_pharmacies", 2024) == expected > 0
    assert history(sy, "pharmacies", 2024) == sum(held(r, day) for r in rows)
    assert history(sy, "prescription_transfer_pharmacies", 2020) == 0


@pytest.mark.clause("SY-12")
def test_released_beds_of_some_districts_leave_a_remainder(sy: Sample) -> None:
    by: Counter[object] = Counter()
    for row in sy.tables["releases"]:
        if row["resource"] == "contracted_beds":
            by[row["region"]] += row["amount"]
    assert {amount % 2 for amount in by.values()} == {0, 1}
    classes = {row["bed_class"] for row in sy.tables["releases"] if row["bed_class"]}
    assert {"general", "rehabilitation", "psychiatric", "tcm"} <= classes


@pytest.mark.clause("SY-15", "SY-16")
def test_outpatient_pooling_is_over_and_under_the_mean(sy: Sample) -> None:
    rows = [r for r in sy.tables["institutions"] if not is_pharmacy(r) and is_designated(r)]
    by = Counter(r["region"] for r in rows if open_on(r, "outpatient_pooling", TAKEN_ON))
    signs = {by[code] * CENSUS > sum(by.values()) * n for code, n in census(sy).items()}
    assert signs == {True, False}


@pytest.mark.clause("SY-18", "SY-19")
def test_new_medical_institutions_are_on_trial_and_pharmacies_are_not(sy: Sample) -> None:
    for row in sy.tables["institutions"]:
        if row["standing"] == "guidance":
            assert row["designated_since"] >= date(2025, 7, 1)
            assert row["out_of_area"] is False
        if row["standing"] in ("guidance", "trial"):
            assert row["designated_since"].year == 2025
            assert not is_pharmacy(row)


@pytest.mark.clause("SY-28")
def test_the_fund_is_healthy_and_an_old_red_line_was_lifted(sy: Sample) -> None:
    results: Counter[tuple[object, object]] = Counter()
    for row in sy.tables["fund"]:
        results[row["fund"], row["year"]] += row["income"] - row["spending"]
    assert min(results.values()) > 0
    assert sy.tables["letters"] == []
    decisions = [row["decision"] for row in sy.tables["red_line_decisions"]]
    assert decisions == ["set", "lift"]


def test_three_pharmacies_lack_coordinates(sy: Sample) -> None:
    missing = [row for row in sy.tables["institutions"] if row["lon"] is None]
    assert len(missing) == 3
    assert all(is_pharmacy(row) for row in missing)


@pytest.mark.clause("SY-14")
def test_dental_chairs_are_rows_of_their_own(sy: Sample) -> None:
    chairs = [r for r in sy.tables["beds"] if r["bed_class"] == "dental_chair"]
    assert sum(r["open"] for r in chairs) > 1_000
