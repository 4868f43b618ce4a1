"""The units of figures: an identifier, and what stands behind a number in either language.

A share is kept as a number between 0 and 1 and printed in per cent. Every unit that is
"per" something names what: residents and insured people are different words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its identifier and how it is written; empty for a bare number."""

    id: str
    zh: str
    en: str


def _units(*units: Unit) -> Mapping[str, Unit]:
    return MappingProxyType({unit.id: unit for unit in units})


UNITS: Mapping[str, Unit] = _units(
    Unit("person", "人", "people"),
    Unit("km2", "平方公里", "km²"),
    Unit("institution", "家", "institutions"),
    Unit("locality", "个居民点", "localities"),
    Unit("place", "个", "places"),
    Unit("bed", "张", "beds"),
    Unit("chair", "台", "chairs"),
    Unit("bed_day", "床日", "bed-days"),
    Unit("day", "天", "days"),
    Unit("month", "个月", "months"),
    Unit("year", "年", "year"),
    Unit("yuan", "元", "yuan"),
    Unit("yuan_per_bed_day", "元/床日", "yuan per bed-day"),
    Unit("share", "%", "%"),
    Unit("index", "", ""),
    Unit("number", "", ""),
    Unit("person_per_km2", "人/平方公里", "residents per km²"),
    Unit("per_10k_km2", "家/万平方公里", "per 10,000 km²"),
    Unit("per_10k_insured", "家/万参保人", "per 10,000 insured"),
    Unit("per_10k_resident", "家/万常住人口", "per 10,000 residents"),
    Unit("beds_per_1000", "张/千人", "beds per 1,000 people"),
    Unit("beds_per_1000_insured", "张/千参保人", "beds per 1,000 insured"),
    Unit("beds_per_1000_resident", "张/千常住人口", "beds per 1,000 residents"),
    Unit("beds_per_1000_aged", "张/千老年人口", "beds per 1,000 aged people"),
    Unit("insured_per_institution", "参保人/家", "insured per institution"),
    Unit("admissions_per_1000", "人次/千人", "admissions per 1,000 people and year"),
    Unit("institution_person", "家·人", "institutions × people"),
)
