"""Densities: institutions per area and per people. Every name says what it is per.

Source: the two plans print institutions per 10,000 km² and per 10,000 people (DX L9, L10);
"people" there is the insured, and both denominators are shown.
"""

from __future__ import annotations

from collections.abc import Iterator

from dingdian.core.indicators.recipes import ratio
from dingdian.core.workings import Measure

_WHAT = (
    ("medical", "medical_institutions", "定点医疗机构", "designated medical institutions"),
    ("pharmacies", "pharmacies", "定点零售药店", "designated pharmacies"),
)
_PER = (
    ("per_10k_km2", "area", "每万平方公里{}数（{}÷面积）", "{} per 10,000 km² of land"),
    ("per_10k_insured", "insured", "每万参保人{}数（{}÷参保人数）", "{} per 10,000 insured"),
    ("per_10k_resident", "resident", "每万常住人口{}数（{}÷常住人口）", "{} per 10,000 residents"),
)
_CLAUSES = {
    ("medical", "per_10k_km2"): ("DX-05",),
    ("pharmacies", "per_10k_km2"): ("DX-05",),
    ("medical", "per_10k_insured"): ("DX-06",),
    ("medical", "per_10k_resident"): ("DX-02",),
    ("pharmacies", "per_10k_resident"): ("DX-02",),
    ("pharmacies", "per_10k_insured"): ("DX-06", "DX-08"),
}


def _densities() -> Iterator[Measure]:
    for stem, count, zh, en in _WHAT:
        for per, base, zh_per, en_per in _PER:
            yield Measure(
                f"{stem}_{per}",
                zh_per.format(zh, zh),
                en_per.format(en),
                per,
                ratio(count, base, 10_000),
                decimals=2,
                clauses=_CLAUSES[stem, per],
            )


def _served() -> Iterator[Measure]:
    for id, count, zh, en, clause in (
        ("insured_per_pharmacy", "pharmacies", "定点零售药店", "designated pharmacy", "DX-25"),
        (
            "insured_per_pooled_pharmacy",
            "pooled_fund_pharmacies",
            "可统筹支付药店",
            "pharmacy that settles from the pooled fund",
            "DX-42",
        ),
    ):
        yield Measure(
            id,
            f"每家{zh}服务参保人数（参保人数÷{zh}数）",
            f"insured people per {en}",
            "insured_per_institution",
            ratio("insured", count),
            decimals=2,
            clauses=(clause,),
        )


MEASURES: tuple[Measure, ...] = (*_densities(), *_served())
