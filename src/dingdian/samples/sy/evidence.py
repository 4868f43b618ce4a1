"""What stands beside the ledger of 沈阳: fund, demand, flows, releases, history, targets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from dingdian.samples.draw import Draw
from dingdian.samples.ledger import (
    bed_use_rows,
    held,
    history_rows,
    is_designated,
    is_pharmacy,
    open_on,
    stock,
)
from dingdian.samples.money import FundPlan, fund_rows, spending_rows
from dingdian.samples.releases import numbered, release_rows
from dingdian.samples.sample import LAST_YEAR_END, TAKEN_ON, Row, Tables, num
from dingdian.samples.sy.institutions import contracted_beds
from dingdian.samples.sy.regions import CODES, DISTRICTS, ROOT, insured

#: Invented, in yuan: every fund earns more than it spends.
FUNDS = (
    FundPlan(
        "employee_pool",
        13_900_000_000,
        (
            (2024, 15_800_000_000, 14_600_000_000),
            (2025, 16_300_000_000, 15_200_000_000),
            (2026, 16_700_000_000, 15_800_000_000),
        ),
    ),
    FundPlan(
        "employee_account",
        9_400_000_000,
        (
            (2024, 8_200_000_000, 7_900_000_000),
            (2025, 8_350_000_000, 8_050_000_000),
            (2026, 8_500_000_000, 8_200_000_000),
        ),
    ),
    FundPlan(
        "resident_pool",
        3_600_000_000,
        (
            (2024, 4_900_000_000, 4_600_000_000),
            (2025, 5_050_000_000, 4_780_000_000),
            (2026, 5_180_000_000, 4_950_000_000),
        ),
    ),
)

#: Invented inputs of the bed-need model: age group, share of the insured in per mille,
#: admissions per 1,000, mean stay.
DEMAND = (
    ("0-14岁", 104, "95", "5.6"),
    ("15-59岁", 640, "105", "7.8"),
    ("60岁及以上", 256, "352", "9.4"),
)

#: Invented targets of the bureau: benchmark, value, denominator, source.
BENCHMARKS = (
    ("health_plan_beds", "7.20", "常住人口", "示例文件（虚构）：沈阳区域卫生规划千人床位数"),
    ("insurer_needed_beds", "6.60", "常住人口", "示例文件（虚构）：医保需要的千人床位数"),
    ("national_beds_plan", "7.50", "常住人口", "示例文件（虚构）：国家规划指标"),
    ("provincial_beds_plan", "7.60", "常住人口", "示例文件（虚构）：省规划指标"),
    ("required_reserve_months", "6", "月均支出", "示例文件（虚构）：可支撑月数不少于6个月"),
    ("required_bed_use", "0.80", "实际开放总床日数", "示例文件（虚构）：床位利用率不低于80%"),
)

#: Every district cuts beds once in 2025: odd numbers, so that halves leave a remainder.
BED_CUTS = (47, 35, 29, 33, 51, 13, 17, 11, 21, 9, 5, 7, 15)
#: Cuts in classes that are managed apart, each at the first hospitals that have them.
POOL_CUTS = (("rehabilitation", (9, 5)), ("psychiatric", (15,)), ("tcm", (7, 11, 3)))
#: Clinics that gave up outpatient pooling in 2025 and stayed designated: one in so many.
POOLING_GIVEN_UP = 70

#: What the districts ask for in 2026: pharmacies, outpatient-pooling institutions, beds.
ASKED = (
    (12, 6, 120),
    (10, 5, 100),
    (9, 8, 60),
    (14, 9, 80),
    (20, 12, 150),
    (8, 7, 40),
    (15, 6, 90),
    (11, 9, 60),
    (18, 14, 70),
    (6, 5, 30),
    (4, 3, 20),
    (5, 5, 25),
    (9, 8, 40),
)
ASKED_FOR = ("pharmacies", "outpatient_pooling_institutions", "contracted_beds")

STOCK_2020 = dt.date(2020, 12, 31)
#: Contracted beds at the end of 2020, per cent of those at the end of 2024.
BEDS_2020 = 88


def evidence(seed: int, institutions: Sequence[Row], beds: Sequence[Row]) -> Tables:
    """Every table besides regions, people, institutions, beds and localities."""
    draw = Draw(seed, "sy evidence")
    given_up = _give_up_pooling(institutions)
    releases = numbered(
        [
            *release_rows(institutions, beds, {code: code for code in CODES}),
            *given_up,
            *_bed_cuts(institutions, beds),
        ]
    )
    use = {"tertiary": 87, "secondary": 64, "primary": 43, "ungraded": 61}
    return {
        "fund": fund_rows(draw, FUNDS),
        "letters": [],
        "red_line_decisions": _red_line_decisions(),
        "bed_use": bed_use_rows(draw, institutions, beds, use),
        "care_flows": _care_flows(draw),
        "demand": _demand(),
        "purchased_beds": _purchased(institutions, beds),
        "submissions": _submissions(),
        "releases": releases,
        "history": _history(institutions, beds, releases),
        "benchmarks": _benchmarks(),
    }


def _red_line_decisions() -> list[Row]:
    common: Row = {"trigger": "deficit_last_year", "by": "示例市医疗保障局局务会"}
    return [
        common
        | {
            "number": "示例纪要〔2024〕3号",
            "decision": "set",
            "decided_on": dt.date(2024, 3, 20),
            "evidence": "示例：2023年居民医保基金当期赤字",
        },
        common
        | {
            "number": "示例纪要〔2025〕5号",
            "decision": "lift",
            "lifts": "示例纪要〔2024〕3号",
            "decided_on": dt.date(2025, 2, 28),
            "evidence": "示例：2024年各项基金当期均有结余",
        },
    ]


def _care_flows(draw: Draw) -> list[Row]:
    """Flows of the city by year; districts give their spending only."""
    yearly = (
        (2024, 262_000, 2_060_000, 19_200_000_000, 2_304_000_000, 10_400_000_000, "845.30"),
        (2025, 268_000, 2_110_000, 19_980_000_000, 2_437_560_000, 10_800_000_000, "861.75"),
    )
    city: list[Row] = [
        {
            "region": ROOT,
            "year": num(year),
            "bed_days_out": num(out),
            "bed_days_in": num(in_),
            "spending_total": num(total),
            "spending_out_of_area": num(away),
            "inpatient_budget": num(budget),
            "cost_per_bed_day": num(cost),
        }
        for year, out, in_, total, away, budget, cost in yearly
    ]
    residents = {code: place.resident for code, place in DISTRICTS.items()}
    return city + [row for root in city for row in spending_rows(draw, root, residents)]


def _demand() -> list[Row]:
    total = sum(insured(code, 2025) for code in CODES)
    return [
        {
            "region": ROOT,
            "age_group": group,
            "persons": num(total * share // 1000),
            "admissions_per_1000": num(rate),
            "mean_stay_days": num(stay),
        }
        for group, share, rate, stay in DEMAND
    ]


def _purchased(institutions: Sequence[Row], beds: Sequence[Row]) -> list[Row]:
    contracted = contracted_beds(institutions, beds)
    return [
        {
            "region": code,
            "year": num(2025),
            "beds": num(contracted[code] * 92 // 100),
            "amount": num(contracted[code] * 92 // 100 * 118_000),
        }
        for code in CODES
    ]


def _submissions() -> list[Row]:
    return [
        {
            "region": code,
            "year": num(2026),
            "resource": resource,
            "asked": num(amount),
            "reason": "示例：区县申报",
            "document": f"示例{DISTRICTS[code].name}报〔2025〕1号",
        }
        for code, asked in zip(CODES, ASKED, strict=True)
        for resource, amount in zip(ASKED_FOR, asked, strict=True)
    ]


def _released(
    row: Row, cause: str, resource: str, *, amount: int = 1, bed_class: str | None = None
) -> Row:
    """A release of an institution that stays designated."""
    return {
        "region": row["region"],
        "year": num(TAKEN_ON.year),
        "released_on": dt.date(2025, 7, 1),
        "institution": row["code"],
        "cause": cause,
        "resource": resource,
        "bed_class": bed_class,
        "amount": num(amount),
    }


def _give_up_pooling(institutions: Iterable[Row]) -> list[Row]:
    """Close outpatient pooling at some clinics in 2025, and say what that released."""
    able = [
        row
        for row in institutions
        if row["kind"] == "clinic" and row["standing"] == "in_force"
        and open_on(row, "outpatient_pooling", LAST_YEAR_END)
    ]  # fmt: skip
    rows = []
    for row in able[::POOLING_GIVEN_UP]:
        row["outpatient_pooling_until"] = dt.date(2025, 7, 1)
        rows.append(_released(row, "service_closed", "outpatient_pooling_institutions"))
    return rows


def _bed_cuts(institutions: Iterable[Row], beds: Iterable[Row]) -> list[Row]:
    """Bed reductions, and in two districts downgrades, of 2025 at the first large hospital."""
    first = _first_hospitals(institutions, beds, "general")
    general = [
        _released(
            first[code],
            "downgrade" if i in (3, 8) else "bed_reduction",
            "contracted_beds",
            amount=BED_CUTS[i],
            bed_class="general",
        )
        for i, code in enumerate(CODES)
        if code in first
    ]
    return general + [
        _released(row, "bed_reduction", "contracted_beds", amount=amount, bed_class=bed_class)
        for bed_class, amounts in POOL_CUTS
        for row, amount in zip(
            _first_hospitals(institutions, beds, bed_class).values(), amounts, strict=False
        )
    ]


def _first_hospitals(
    institutions: Iterable[Row], beds: Iterable[Row], bed_class: str
) -> dict[str, Row]:
    """In each district the first designated secondary hospital with beds of a class."""
    at = {row["code"]: row for row in institutions if is_designated(row)}
    first: dict[str, Row] = {}
    for bed in beds:
        row = at.get(bed["institution"])
        if row is not None and bed["bed_class"] == bed_class and row["level"] == "secondary":
            first.setdefault(str(row["region"]), row)
    return first


def _history(
    institutions: Sequence[Row], beds: Sequence[Row], releases: Sequence[Row]
) -> list[Row]:
    """Stocks at the end of 2020 and 2024, by the dates of the ledger."""
    contracted = contracted_beds(institutions, beds)
    for row in releases:
        if row["resource"] == "contracted_beds":
            contracted[str(row["region"])] += int(row["amount"])  # type: ignore[arg-type]
    rows: list[Row] = []
    for day in (STOCK_2020, LAST_YEAR_END):
        share = BEDS_2020 if day == STOCK_2020 else 100
        amounts = _stocks(institutions, day) | {
            "insured": {code: insured(code, day.year) for code in CODES},
            "contracted_beds": {code: contracted[code] * share // 100 for code in CODES},
        }
        rows += history_rows(amounts, CODES, day.year, "示例台账按起止日期推出；参保与床位为示例")
    return rows


def _stocks(institutions: Sequence[Row], day: dt.date) -> dict[str, dict[str, int]]:
    counties = {code: code for code in CODES}
    tests = {
        "medical_institutions": lambda row: held(row, day) and not is_pharmacy(row),
        "pharmacies": lambda row: held(row, day) and is_pharmacy(row),
        "prescription_transfer_pharmacies": lambda row: (
            is_pharmacy(row) and open_on(row, "prescription_transfer", day)
        ),
        "outpatient_pooling_institutions": lambda row: (
            not is_pharmacy(row) and open_on(row, "outpatient_pooling", day)
        ),
    }
    return {name: dict(stock(institutions, counties, test)) for name, test in tests.items()}


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
