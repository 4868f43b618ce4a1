"""A tiny city for tests: three districts in two zones, with numbers that fit in a head.

| | 甲区 (main urban) | 乙区 (main urban) | 丙县 (county) | whole |
|---|--:|--:|--:|--:|
| area, km² | 100 | 500 | 1,400 | 2,000 |
| residents 2024 | 120,000 | 60,000 | 20,000 | 200,000 |
| insured 2024 | 118,000 | 58,000 | 24,000 | 200,000 |
| designated medical institutions (all with outpatient pooling) | 10 | 4 | 1 | 15 |
| designated pharmacies, and one suspended | 8 + 1 | 4 | 2 | 14 + 1 |
| contracted beds, and dental chairs | 420 + 5 | 120 | 60 | 600 + 5 |
| open beds of all institutions, designated or not | 440 | 180 | 60 | 680 |

``rows()`` gives fresh rows by table, to be changed by a test before ``census(rows)``.
``tests.city_policy`` has a policy for it and the workings of both.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from dingdian.core.census import TABLES, Census, make_census, table_from_rows

STOCK_DAY = dt.date(2025, 12, 31)
ROOT, JIA, YI, BING, TOWN = "9100", "9101", "9102", "9103", "910301"
DISTRICTS = (JIA, YI, BING)
URBAN, COUNTY = "zone-main_urban", "zone-county"
SCOPES = (ROOT, URBAN, COUNTY, *DISTRICTS)

Rows = dict[str, list[dict[str, Any]]]


def n(number: str | int) -> Fraction:
    """An exact number of a cell."""
    return Fraction(number)


def _regions() -> list[dict[str, Any]]:
    def region(code: str, name: str, parent: str | None, level: str, **more: Any) -> dict[str, Any]:
        return {"code": code, "name": name, "parent": parent, "level": level, **more}

    return [
        region(ROOT, "示例市", None, "prefecture"),
        region(
            JIA, "甲区", ROOT, "county", zone="main_urban", area_km2=n(100), main_urban_area=True
        ),
        region(YI, "乙区", ROOT, "county", zone="main_urban", area_km2=n(500)),
        region(BING, "丙县", ROOT, "county", zone="county", area_km2=n(1400)),
        region(TOWN, "丁镇", BING, "township"),
    ]


def _populations() -> list[dict[str, Any]]:
    columns = ("resident", "insured_employee", "insured_resident", "aged_60", "aged_65")
    numbers = {
        (JIA, 2020): (125_000, 60_000, 50_000, 24_000, 16_000),
        (YI, 2020): (60_000, 28_000, 28_000, 12_000, 8_000),
        (BING, 2020): (25_000, 4_000, 20_000, 5_000, 4_000),
        (JIA, 2024): (120_000, 68_000, 50_000, 30_000, 20_000),
        (YI, 2024): (60_000, 30_000, 28_000, 15_000, 10_000),
        (BING, 2024): (20_000, 4_000, 20_000, 5_000, 4_000),
    }
    return [
        {"region": code, "year": n(year), **dict(zip(columns, map(n, row), strict=True))}
        for (code, year), row in numbers.items()
    ]


def medical(code: str, kind: str, region: str, **more: Any) -> dict[str, Any]:
    """A designated medical institution with outpatient pooling and personal accounts."""
    return {
        "code": code,
        "name": f"示例{code}",
        "kind": kind,
        "region": region,
        "standing": "in_force",
        "designated_since": dt.date(2019, 1, 1),
        "ownership": "public",
        "level": "ungraded",
        "type": "general",
        "inpatient": False,
        "outpatient_pooling": True,
        "personal_account": True,
        "outpatient_chronic_special": False,
        **more,
    }


def pharmacy(code: str, region: str, grade: str = "c", **more: Any) -> dict[str, Any]:
    """A designated ordinary pharmacy that takes personal accounts and chronic disease."""
    return {
        "code": code,
        "name": f"示例{code}",
        "kind": "retail_pharmacy",
        "region": region,
        "standing": "in_force",
        "designated_since": dt.date(2019, 1, 1),
        "personal_account": True,
        "outpatient_chronic": True,
        "outpatient_chronic_special": False,
        "outpatient_pooling": False,
        "outpatient_mutual_aid": False,
        "prescription_transfer": False,
        "dual_channel": False,
        "pharmacy_class": "ordinary",
        "pharmacy_grade": grade,
        **more,
    }


def _institutions() -> list[dict[str, Any]]:
    clinics = [medical(f"H910100{i}", "clinic", JIA, ownership="private") for i in range(4, 10)]
    return [
        medical("H9101001", "hospital", JIA, level="tertiary", inpatient=True),
        medical("H9101002", "hospital", JIA, level="secondary", type="psychiatric", inpatient=True),
        medical("H9101003", "community_health_centre", JIA),
        *clinics,
        medical("H9101010", "outpatient_department", JIA, ownership="private", type="stomatology"),
        medical(
            "H9101099", "clinic", JIA, standing="terminated", designated_until=dt.date(2025, 6, 1)
        ),
        medical("H9102001", "hospital", YI, level="secondary", inpatient=True),
        medical("H9102002", "nursing_home", YI, type="nursing", ownership="private"),
        medical("H9102003", "village_clinic", YI),
        medical("H9102004", "clinic", YI, ownership="private"),
        medical(
            "H9102099", "hospital", YI, standing="undesignated", ownership="private", inpatient=True
        ),
        medical("H9103001", "township_health_centre", TOWN, level="primary", inpatient=True),
        *(pharmacy(f"P910100{i}", JIA) for i in range(1, 5)),
        pharmacy(
            "P9101005",
            JIA,
            "a",
            prescription_transfer=True,
            outpatient_pooling=True,
            pharmacy_class="pooling",
        ),
        pharmacy(
            "P9101006",
            JIA,
            "b",
            prescription_transfer=True,
            outpatient_mutual_aid=True,
            pharmacy_class="pooling",
        ),
        pharmacy(
            "P9101007",
            JIA,
            "a",
            dual_channel=True,
            outpatient_pooling=True,
            outpatient_mutual_aid=True,
            pharmacy_class="dual_channel",
        ),
        pharmacy("P9101008", JIA, "d"),
        pharmacy("P9101009", JIA, standing="suspended"),
        *(pharmacy(f"P910200{i}", YI) for i in range(1, 5)),
        pharmacy("P9103001", TOWN),
        pharmacy("P9103002", BING, "d"),
        pharmacy("P9103099", BING, standing="expired", designated_until=dt.date(2025, 3, 1)),
    ]


def _beds() -> list[dict[str, Any]]:
    numbers = {
        ("H9101001", "general"): (300, 320, 300),
        ("H9101001", "dialysis"): (20, 20, 20),
        ("H9101001", "dental_chair"): (5, 5, 5),
        ("H9101002", "psychiatric"): (100, 100, 100),
        ("H9102001", "general"): (90, 80, 80),
        ("H9102001", "rehabilitation"): (20, 20, 20),
        ("H9102002", "nursing"): (30, 30, 20),
        ("H9102099", "general"): (50, 50, 0),
        ("H9103001", "general"): (60, 60, 60),
    }
    columns = ("approved", "open", "contracted")
    return [
        {"institution": code, "bed_class": its, **dict(zip(columns, map(n, row), strict=True))}
        for (code, its), row in numbers.items()
    ]


def _bed_use() -> list[dict[str, Any]]:
    numbers = {
        "H9101001": (110_000, 124_100),
        "H9101002": (30_000, 36_500),
        "H9102001": (20_000, 36_500),
        "H9103001": (8_000, 21_900),
    }
    return [
        {
            "institution": code,
            "year": n(2025),
            "occupied_bed_days": n(used),
            "open_bed_days": n(held),
        }
        for code, (used, held) in numbers.items()
    ]


def _fund() -> list[dict[str, Any]]:
    def year(fund: str, year: int, income: int, spending: int, **more: Any) -> list[dict[str, Any]]:
        entry = {
            "fund": fund,
            "year": n(year),
            "income": n(income),
            "spending": n(spending),
            **more,
        }
        return [{**entry, "month": n(month)} for month in range(1, 13)]

    def forecast(day: dt.date) -> dict[str, Any]:
        return {"entry": "forecast", "forecast_on": day}

    autumn, winter = forecast(dt.date(2025, 9, 30)), forecast(dt.date(2025, 12, 1))
    too_late = forecast(dt.date(2026, 2, 1))
    return [
        *year("employee_pool", 2025, 10_000_000, 9_000_000, entry="actual", balance=n(81_000_000)),
        *year("resident_pool", 2025, 5_000_000, 5_500_000, entry="actual", balance=n(22_000_000)),
        *year("employee_pool", 2026, 10_000_000, 9_500_000, **autumn),
        *year("employee_pool", 2026, 10_000_000, 10_500_000, **winter),
        *year("resident_pool", 2026, 5_500_000, 5_500_000, **winter),
        *year("resident_pool", 2026, 5_500_000, 9_900_000, **too_late),
    ]


def _care() -> Rows:
    return {
        "care_flows": [
            {
                "region": ROOT,
                "year": n(2025),
                "bed_days_out": n(49_750),
                "bed_days_in": n(8_000),
                "spending_total": n(100_000_000),
                "spending_out_of_area": n(84_000_000),
                "inpatient_budget": n(279_225_000),
                "cost_per_bed_day": n(1000),
            }
        ],
        "demand": [
            {
                "region": ROOT,
                "age_group": group,
                "persons": n(persons),
                "admissions_per_1000": n(rate),
                "mean_stay_days": n(stay),
            }
            for group, persons, rate, stay in (
                ("0-59岁", 160_000, 125, 8),
                ("60岁及以上", 40_000, 400, 12),
            )
        ],
        "purchased_beds": [
            {"region": code, "year": n(2025), "beds": n(beds), "amount": n(beds * 40_000)}
            for code, beds in ((JIA, 400), (YI, 100), (BING, 50))
        ],
        "letters": [
            {
                "number": "示例函1号",
                "received_on": dt.date(2025, 5, 1),
                "withdrawn_on": dt.date(2025, 11, 1),
            },
            {"number": "示例函2号", "received_on": dt.date(2025, 9, 1)},
            {"number": "示例函3号", "received_on": dt.date(2026, 3, 1)},
        ],
    }


def _releases() -> list[dict[str, Any]]:
    freed = (
        (JIA, "termination", "medical_institutions", None, 1),
        (JIA, "termination", "outpatient_pooling_institutions", None, 1),
        (JIA, "termination", "pharmacies", None, 3),
        (YI, "expiry", "pharmacies", None, 2),
        (BING, "suspension", "pharmacies", None, 1),
        (JIA, "bed_reduction", "contracted_beds", "general", 31),
        (YI, "termination", "contracted_beds", "general", 20),
        (YI, "trial_failure", "contracted_beds", "general", 10),
        (JIA, "bed_reduction", "contracted_beds", "psychiatric", 7),
        (JIA, "closure", "contracted_beds", "dental_chair", 2),
    )
    rows = [
        {
            "region": code,
            "year": n(2025),
            "cause": cause,
            "resource": resource,
            "bed_class": its,
            "amount": n(amount),
        }
        for code, cause, resource, its, amount in freed
    ]
    last_year = {**rows[2], "year": n(2024), "amount": n(9)}
    return [{"number": f"R{i:04d}", **row} for i, row in enumerate([*rows, last_year], 1)]


def _history() -> list[dict[str, Any]]:
    numbers = {
        ("medical_institutions", 2020): (8, 3, 1),
        ("pharmacies", 2022): (5, 3, 2),
        ("pharmacies", 2024): (12, 6, 2),
        ("prescription_transfer_pharmacies", 2024): (4, 1, 0),
        ("contracted_beds", 2024): (458, 150, 60),
    }
    return [
        {"region": code, "year": n(year), "measure": measure, "amount": n(amount)}
        for (measure, year), row in numbers.items()
        for code, amount in zip(DISTRICTS, row, strict=True)
    ]


def _benchmarks() -> list[dict[str, Any]]:
    return [
        {"benchmark": "health_plan_beds", "value": n("3.2"), "year": n(2025), "source": "示例规划"},
        {"benchmark": "health_plan_beds", "region": BING, "value": n("3.5"), "year": n(2025)},
        {"benchmark": "required_reserve_months", "value": n(6)},
        {"benchmark": "required_bed_use", "value": n("0.75")},
    ]


def rows() -> Rows:
    """The rows of the ledger by table, new each time."""
    return {
        "about": [
            {"item": "city", "value": "示例市"},
            {"item": "taken_on", "value": STOCK_DAY.isoformat()},
            {"item": "invented", "value": "是"},
        ],
        "regions": _regions(),
        "populations": _populations(),
        "institutions": _institutions(),
        "beds": _beds(),
        "bed_use": _bed_use(),
        "fund": _fund(),
        **_care(),
        "releases": _releases(),
        "submissions": [
            {"region": BING, "year": n(2026), "resource": "pharmacies", "asked": n(1)},
            {"region": JIA, "year": n(2026), "resource": "pharmacies", "asked": n(4)},
        ],
        "history": _history(),
        "benchmarks": _benchmarks(),
    }


def census(its_rows: Rows | None = None) -> Census:
    """The census of the given rows, or of the city as it is."""
    given = its_rows or rows()
    return make_census({name: table_from_rows(TABLES[name], own) for name, own in given.items()})
