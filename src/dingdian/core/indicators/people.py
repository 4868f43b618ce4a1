"""People and land: resident and insured population, ageing, area, density of population."""

from __future__ import annotations

from dingdian.core.indicators.ledger import Own
from dingdian.core.indicators.recipes import by_reading, ratio, share, sum_of
from dingdian.core.workings import Measure

_AGED = (("aged_60", 60), ("aged_65", 65), ("aged_80", 80))


def _people(id: str, zh: str, en: str, *clauses: str) -> Measure:
    own = Own("populations", id, same_year="population_year")
    return Measure(id, zh, en, "person", own, clauses=clauses, readings=("population_year",))


MEASURES: tuple[Measure, ...] = (
    _people("resident", "常住人口", "resident population", "DX-02"),
    _people("insured_employee", "职工医保参保人数", "insured in the employees' scheme", "DX-02"),
    _people("insured_resident", "居民医保参保人数", "insured in the residents' scheme", "DX-02"),
    Measure(
        "insured",
        "参保人数（职工医保＋居民医保）",
        "insured people (employees' + residents' scheme)",
        "person",
        sum_of("insured_employee", "insured_resident"),
        clauses=("DX-02",),
    ),
    *(
        _people(id, f"{age}岁及以上常住人口", f"residents aged {age} and over", "DX-45")
        for id, age in _AGED
    ),
    *(
        Measure(
            f"share_{id}",
            f"{age}岁及以上人口占常住人口比重",
            f"residents aged {age} and over as a share of residents",
            "share",
            share(id, "resident"),
            decimals=2,
            clauses=("DX-45",),
        )
        for id, age in _AGED
    ),
    Measure(
        "elderly",
        "老年人口（按口径所定年龄）",
        "elderly residents (of the age that the reading sets)",
        "person",
        by_reading("elderly_age", aged_60="aged_60", aged_65="aged_65"),
        clauses=("DX-43",),
    ),
    Measure(
        "area",
        "土地面积",
        "land area",
        "km2",
        Own("regions", "area_km2", region="code", year=""),
        decimals=2,
        clauses=("DX-01",),
    ),
    Measure(
        "density_people",
        "人口密度（常住人口÷面积）",
        "density of population (residents ÷ area)",
        "person_per_km2",
        ratio("resident", "area"),
        decimals=2,
        clauses=("DX-44", "DX-45"),
    ),
)
