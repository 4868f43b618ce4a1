"""The printed totals of the draft plan come out of the sample's rows, and so do its clashes."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest

from dingdian.samples import SAMPLES, Sample
from dingdian.samples.ledger import held, is_designated, is_pharmacy
from dingdian.samples.sample import Row

STOCK_DAYS = (date(2024, 12, 31), date(2025, 12, 31))


def places(value: Fraction, n: int = 2) -> str:
    return f"{float(value):.{n}f}"


def stock(sample: Sample) -> tuple[list[Row], list[Row]]:
    rows = [row for row in sample.tables["institutions"] if is_designated(row)]
    return [r for r in rows if not is_pharmacy(r)], [r for r in rows if is_pharmacy(r)]


def people(sample: Sample, *columns: str) -> Fraction:
    rows = sample.tables["populations"]
    return sum((row.get(c) or Fraction(0) for row in rows for c in columns), Fraction(0))


def beds(sample: Sample, column: str = "contracted") -> Fraction:
    return sum(
        (row[column] for row in sample.tables["beds"] if row["bed_class"] != "dental_chair"),
        Fraction(0),
    )


@pytest.mark.clause("DX-01")
def test_regions_are_those_of_the_plan(dx: Sample) -> None:
    regions = dx.tables["regions"]
    levels = Counter(row["level"] for row in regions)
    assert (levels["county"], levels["village"]) == (7, 171)
    assert levels["township"] + levels["subdistrict"] == 41
    names = sorted(str(row["name"])[-1] for row in regions if row["level"] == "county")
    assert Counter(names) == {"区": 4, "市": 1, "县": 2}
    assert regions[0]["area_km2"] == 83_000
    counties = sum(row["area_km2"] for row in regions if row["level"] == "county")
    assert counties == Fraction("82928.79")


@pytest.mark.clause("DX-01")
def test_the_code_that_changed_hands_says_so(dx: Sample) -> None:
    rows = {row["code"]: row for row in dx.tables["regions"]}
    assert rows["232701"]["name"] == "漠河市"
    assert "加格达奇区" in str(rows["232701"]["aliases"])
    assert "232701" in str(rows["232761"]["aliases"])


@pytest.mark.clause("DX-02")
def test_population_and_insured_come_out(dx: Sample) -> None:
    assert places(people(dx, "resident") / 10_000) == "33.13"
    assert people(dx, "insured_employee") == 182_600
    assert people(dx, "insured_resident") == 153_000


@pytest.mark.clause("DX-04", "DX-09")
@pytest.mark.parametrize("day", STOCK_DAYS)
def test_stock_and_services_come_out_at_both_year_ends(dx: Sample, day: date) -> None:
    rows = [row for row in dx.tables["institutions"] if held(row, day)]
    pharmacies = [row for row in rows if is_pharmacy(row)]
    assert (len(rows) - len(pharmacies), len(pharmacies)) == (147, 274)
    for service in ("personal_account", "outpatient_chronic"):
        assert sum(bool(row[service]) for row in pharmacies) == 274


@pytest.mark.clause("DX-04")
def test_services_are_derived_from_the_rows_in_force(dx: Sample) -> None:
    medical, pharmacies = stock(dx)
    assert (len(medical), len(pharmacies)) == (147, 274)
    opened = Counter(s for row in pharmacies for s in row if row[s] is True)
    assert opened["outpatient_mutual_aid"] == 57
    assert opened["outpatient_chronic"] == opened["personal_account"] == 274
    assert opened["dual_channel"] == 27
    assert opened["outpatient_chronic_special"] not in (0, 274)
    assert len(dx.tables["institutions"]) > 421


@pytest.mark.clause("DX-04")
@pytest.mark.parametrize("seed", range(5))
def test_the_totals_hold_whatever_the_seed(seed: int) -> None:
    sample = SAMPLES["daxinganling"](seed=seed)
    medical, pharmacies = stock(sample)
    services = ("outpatient_mutual_aid", "outpatient_chronic", "dual_channel", "personal_account")
    assert (len(medical), len(pharmacies), beds(sample)) == (147, 274, 2_932)
    assert [sum(bool(p[s]) for p in pharmacies) for s in services] == [57, 274, 27, 274]


@pytest.mark.clause("DX-05")
def test_density_by_area_comes_out(dx: Sample) -> None:
    medical, pharmacies = stock(dx)
    area = dx.tables["regions"][0]["area_km2"]
    assert places(Fraction(len(medical) * 10_000) / area) == "17.71"
    assert places(Fraction(len(pharmacies) * 10_000) / area) == "33.01"


@pytest.mark.clause("DX-06", "DX-08")
def test_density_by_insured_comes_out(dx: Sample) -> None:
    medical, pharmacies = stock(dx)
    insured = people(dx, "insured_employee", "insured_resident")
    assert places(Fraction(len(medical) * 10_000) / insured) == "4.38"
    assert places(Fraction(len(pharmacies) * 10_000) / insured) == "8.16"


@pytest.mark.clause("DX-07")
def test_beds_per_1000_depend_on_the_denominator(dx: Sample) -> None:
    insured = people(dx, "insured_employee", "insured_resident")
    for column in ("contracted", "open"):
        assert beds(dx, column) == 2_932
        assert places(beds(dx, column) * 1000 / people(dx, "resident")) == "8.85"
        assert places(beds(dx, column) * 1000 / insured) == "8.74"


@pytest.mark.clause("DX-10")
def test_scarce_kinds_and_outflow_come_out(dx: Sample) -> None:
    medical, _ = stock(dx)
    assert sum(row["level"] == "tertiary" for row in medical) == 1
    assert sum(row["type"] == "psychiatric" for row in medical) == 1
    assert sum(row["type"] == "rehabilitation" for row in medical) == 1
    flow, *counties = dx.tables["care_flows"]
    for column in ("spending_total", "spending_out_of_area"):
        assert sum(row[column] for row in counties) == flow[column]
    assert flow["spending_out_of_area"] / flow["spending_total"] == Fraction(84, 100)
    pooled = [r for r in dx.tables["fund"] if r["fund"] != "employee_account" and r["year"] == 2024]
    assert sum(row["spending"] for row in pooled) == flow["spending_total"]


@pytest.mark.clause("DX-11", "DX-31")
def test_bed_use_is_low_and_every_fund_earns_more_than_it_spends(dx: Sample) -> None:
    used = sum(row["occupied_bed_days"] for row in dx.tables["bed_use"] if row["year"] == 2025)
    opened = sum(row["open_bed_days"] for row in dx.tables["bed_use"] if row["year"] == 2025)
    assert used / opened < Fraction(85, 100)
    results: Counter[tuple[object, object]] = Counter()
    for row in dx.tables["fund"]:
        results[row["fund"], row["year"]] += row["income"] - row["spending"]
    assert min(results.values()) > 0


@pytest.mark.clause("DX-27", "DX-28", "DX-29")
def test_some_units_have_a_grade_c_pharmacy_and_some_have_none(dx: Sample) -> None:
    _, pharmacies = stock(dx)
    parents = {row["code"]: row["parent"] for row in dx.tables["regions"]}
    with_c: set[object] = set()
    for row in pharmacies:
        code = row["region"] if row["pharmacy_grade"] == "c" else None
        while code is not None:
            with_c.add(code)
            code = parents[code]
    for level in ("township", "community", "village"):
        units = {row["code"] for row in dx.tables["regions"] if row["level"] == level}
        assert 0 < len(units & with_c) < len(units)
    assert sum(row["main_urban_area"] is True for row in dx.tables["regions"]) == 7


@pytest.mark.clause("DX-30")
def test_two_counties_have_no_dual_channel_pharmacy(dx: Sample) -> None:
    _, pharmacies = stock(dx)
    having = {str(row["region"])[:6] for row in pharmacies if row["dual_channel"]}
    counties = {row["code"] for row in dx.tables["regions"] if row["level"] == "county"}
    assert counties - having == {"232762", "232764"}


@pytest.mark.clause("DX-25")
def test_releases_name_the_designations_that_ended_in_2025(dx: Sample) -> None:
    ended = {
        row["code"]
        for row in dx.tables["institutions"]
        if row.get("designated_until") and row["designated_until"].year == 2025
    }
    released = {
        row["institution"]
        for row in dx.tables["releases"]
        if row["resource"] in ("pharmacies", "medical_institutions")
    }
    assert ended == released
    amounts = Counter(row["resource"] for row in dx.tables["releases"])
    assert (amounts["pharmacies"], amounts["medical_institutions"]) == (9, 5)


def test_history_repeats_the_totals_of_2024(dx: Sample) -> None:
    found: Counter[object] = Counter()
    for row in dx.tables["history"]:
        found[row["measure"]] += row["amount"]
    assert found["medical_institutions"] == 147
    assert found["pharmacies"] == 274
    assert found["insured"] == 335_600
    assert found["contracted_beds"] == 2_932 + 13 + 5 + 7


def test_demand_is_the_worked_vector_of_the_bed_need_model(dx: Sample) -> None:
    rows = dx.tables["demand"]
    admissions = [row["persons"] * row["admissions_per_1000"] / 1000 for row in rows]
    days = sum(a * row["mean_stay_days"] for a, row in zip(admissions, rows, strict=True))
    assert sum(row["persons"] for row in rows) == 335_600
    assert sum(admissions) * 5 == 335_600
    assert days / sum(admissions) == 9
    assert round(days / 365 / Fraction(85, 100)) == 1_947


def test_people_of_the_localities_add_up_to_the_census_of_each_county(dx: Sample) -> None:
    found: Counter[str] = Counter()
    for row in dx.tables["localities"]:
        found[str(row["region"])[:6]] += row["persons"]
    census = {r["region"]: r["resident"] for r in dx.tables["populations"] if r.get("resident")}
    assert found == census


def test_the_bureau_has_adopted_no_need_so_that_a_model_decides_nothing(dx: Sample) -> None:
    assert "insurer_needed_beds" not in {row["benchmark"] for row in dx.tables["benchmarks"]}


def test_no_printed_total_rests_on_an_unknown_cell(dx: Sample) -> None:
    medical, pharmacies = stock(dx)
    assert all(row["level"] and row["type"] and row["ownership"] for row in medical)
    assert all(row["pharmacy_class"] and row["pharmacy_grade"] for row in pharmacies)
    unknown = [row for row in pharmacies if row["ownership"] is None or row["lon"] is None]
    assert 0 < len(unknown) < 15
