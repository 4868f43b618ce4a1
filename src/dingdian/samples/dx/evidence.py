"""What stands beside the ledger of 大兴安岭: fund, demand, flows, releases, history, targets."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from functools import partial

from dingdian.samples.draw import Draw
from dingdian.samples.dx.regions import COUNTIES, INSURED_EMPLOYEE, INSURED_RESIDENT, ROOT, Land
from dingdian.samples.ledger import bed_use_rows, held, history_rows, is_pharmacy, stock
from dingdian.samples.money import FundPlan, fund_rows, spending_rows
from dingdian.samples.releases import numbered, release_rows
from dingdian.samples.sample import LAST_YEAR_END, Row, Tables, num

#: Invented. The two pooled funds spend 900 million yuan in 2024, 84 % of it out of the area.
SPENDING_2024 = 900_000_000
SPENDING_OUT_2024 = 756_000_000
FUNDS = (
    FundPlan(
        "employee_pool",
        480_000_000,
        (
            (2024, 668_000_000, 615_000_000),
            (2025, 690_000_000, 641_000_000),
            (2026, 705_000_000, 662_000_000),
        ),
    ),
    FundPlan(
        "employee_account",
        350_000_000,
        (
            (2024, 322_000_000, 305_000_000),
            (2025, 328_000_000, 312_000_000),
            (2026, 333_000_000, 320_000_000),
        ),
    ),
    FundPlan(
        "resident_pool",
        165_000_000,
        (
            (2024, 298_000_000, 285_000_000),
            (2025, 305_000_000, 294_000_000),
            (2026, 309_000_000, 301_000_000),
        ),
    ),
)

#: Invented: 335,600 insured, 67,120 admissions (20 %) and 604,080 bed-days (9 days) together.
DEMAND = (
    ("0-14岁", 25_000, "100", "5.2896"),
    ("15-59岁", 230_600, "120", "8"),
    ("60岁及以上", 80_000, "461.85", "10"),
)

#: Invented targets of the bureau: benchmark, value, denominator, source.
BENCHMARKS = (
    ("required_reserve_months", "6", "月均支出", "示例文件（虚构）：基金可支撑月数不少于6个月"),
    ("required_bed_use", "0.85", "实际开放总床日数", "示例文件（虚构）：床位利用率不低于85%"),
)

#: What the counties ask for in 2026, in the order of the counties: pharmacies, beds.
ASKED = ((4, 0), (3, 10), (2, 0), (9, 60), (1, 0), (2, 12), (1, 0))

#: Beds cut in 2025 at the first hospitals that have them: odd numbers, so that rounding shows.
BED_CUTS = (("general", 13), ("tcm", 5), ("psychiatric", 7))


def evidence(seed: int, land: Land, institutions: Sequence[Row], beds: Sequence[Row]) -> Tables:
    """Every table besides regions, people, institutions, beds and localities."""
    draw = Draw(seed, "dx evidence")
    releases = numbered(
        [*release_rows(institutions, beds, land.county_of), *_bed_cuts(institutions, beds)]
    )
    return {
        "fund": fund_rows(draw, FUNDS),
        "letters": [],
        "red_line_decisions": [],
        "bed_use": bed_use_rows(
            draw, institutions, beds, {"tertiary": 78, "secondary": 58, "primary": 41}
        ),
        "care_flows": _care_flows(draw),
        "demand": _demand(),
        "purchased_beds": _purchased(land, institutions, beds),
        "submissions": _submissions(),
        "releases": releases,
        "history": _history(land, institutions, beds, releases),
        "benchmarks": _benchmarks(),
    }


def _care_flows(draw: Draw) -> list[Row]:
    """Flows of 2024, the last year with settled accounts; counties give their spending only."""
    root: Row = {
        "region": ROOT,
        "year": num(2024),
        "bed_days_out": num(352_000),
        "bed_days_in": num(6_200),
        "spending_total": num(SPENDING_2024),
        "spending_out_of_area": num(SPENDING_OUT_2024),
        "inpatient_budget": num(560_000_000),
        "cost_per_bed_day": num("885.50"),
    }
    residents = {code: place.resident for code, place in COUNTIES.items()}
    return [root, *spending_rows(draw, root, residents)]


def _demand() -> list[Row]:
    return [
        {
            "region": ROOT,
            "age_group": group,
            "persons": num(persons),
            "admissions_per_1000": num(rate),
            "mean_stay_days": num(stay),
        }
        for group, persons, rate, stay in DEMAND
    ]


def _beds_by_county(land: Land, institutions: Sequence[Row], beds: Sequence[Row]) -> Counter[str]:
    """Contracted beds (no chairs) by county."""
    county = {row["code"]: land.county_of[str(row["region"])] for row in institutions}
    found: Counter[str] = Counter()
    for row in beds:
        if row["bed_class"] != "dental_chair":
            found[county[row["institution"]]] += int(row["contracted"])  # type: ignore[arg-type]
    return found


def _purchased(land: Land, institutions: Sequence[Row], beds: Sequence[Row]) -> list[Row]:
    """Nine in ten contracted beds are bought, at an invented price a bed and year."""
    contracted = _beds_by_county(land, institutions, beds)
    return [
        {
            "region": code,
            "year": num(year),
            "beds": num(contracted[code] * 9 // 10),
            "amount": num(contracted[code] * 9 // 10 * price),
        }
        for year, price in ((2024, 41_000), (2025, 42_500))
        for code in COUNTIES
    ]


def _submissions() -> list[Row]:
    rows: list[Row] = []
    for (code, place), asked in zip(COUNTIES.items(), ASKED, strict=True):
        for resource, amount in zip(("pharmacies", "contracted_beds"), asked, strict=True):
            rows.append(
                {
                    "region": code,
                    "year": num(2026),
                    "resource": resource,
                    "asked": num(amount),
                    "reason": "示例：覆盖偏远乡镇" if amount else "示例：无需求",
                    "document": f"示例{place.name}报〔2025〕1号",
                }
            )
    return rows


def _bed_cuts(institutions: Sequence[Row], beds: Sequence[Row]) -> list[Row]:
    """Bed reductions of 2025 at hospitals that are still designated."""
    region = {row["code"]: row["region"] for row in institutions}
    rows: list[Row] = []
    for bed_class, amount in BED_CUTS:
        code = next(row["institution"] for row in beds if row["bed_class"] == bed_class)
        rows.append(
            {
                "region": region[code],
                "year": num(2025),
                "released_on": dt.date(2025, 7, 1),
                "institution": code,
                "cause": "bed_reduction",
                "resource": "contracted_beds",
                "bed_class": bed_class,
                "amount": num(amount),
            }
        )
    return rows


def _history(
    land: Land, institutions: Sequence[Row], beds: Sequence[Row], releases: Sequence[Row]
) -> list[Row]:
    """The stock at the end of 2024: by the dates of the ledger, beds with what was cut since."""
    then = partial(held, day=LAST_YEAR_END)
    contracted = _beds_by_county(land, institutions, beds)
    for row in releases:
        if row["resource"] == "contracted_beds":
            contracted[land.county_of[str(row["region"])]] += int(row["amount"])  # type: ignore[arg-type]
    amounts = {
        "medical_institutions": stock(
            institutions, land.county_of, lambda r: then(r) and not is_pharmacy(r)
        ),
        "pharmacies": stock(institutions, land.county_of, lambda r: then(r) and is_pharmacy(r)),
        "contracted_beds": contracted,
    }
    rows = history_rows(amounts, tuple(COUNTIES), 2024, "由示例台账按起止日期推出")
    insured = num(INSURED_EMPLOYEE + INSURED_RESIDENT)
    source = "规划征求意见稿"
    return [
        *rows,
        {
            "region": ROOT,
            "year": num(2024),
            "measure": "insured",
            "amount": insured,
            "source": source,
        },
    ]


def _benchmarks() -> list[Row]:
    return [
        {
            "benchmark": benchmark,
            "region": None,
            "value": num(value),
            "year": num(2025),
            "denominator": denominator,
            "adopted_on": dt.date(2025, 1, 15),
            "source": source,
        }
        for benchmark, value, denominator, source in BENCHMARKS
    ]
