"""The sample of 大兴安岭: small, and every printed total of the draft plan comes out."""

from __future__ import annotations

from dingdian.samples.agreements import opening_rows
from dingdian.samples.dx.evidence import evidence
from dingdian.samples.dx.medical import medical_rows
from dingdian.samples.dx.pharmacies import pharmacy_rows
from dingdian.samples.dx.regions import TILING, Land, populations
from dingdian.samples.ledger import Numbering, survey_rows
from dingdian.samples.sample import Sample, about

TITLE = "大兴安岭地区（示例）"
NOTE = (
    "总量取自规划征求意见稿：面积8.3万平方公里为约数，各区县面积之和为82,928.79平方公里；"
    "常住33.13万人为2020年普查331,276人；参保33.56万人为2024年底。"
    "规划未写明床位总数：本示例取2,932张，按常住人口为每千人8.85张，按参保人口为8.74张。"
    "乡镇、社区、村的名称与代码均为虚构；药店的门诊统筹取与门诊共济相同，为本示例的假定。"
)


def daxinganling(seed: int = 1) -> Sample:
    """The invented 大兴安岭: 147 medical institutions and 274 pharmacies at both year ends.

    >>> sample = daxinganling()
    >>> len(sample.tables["regions"]), len(sample.boundaries["features"])
    (280, 7)
    """
    land = Land.drawn(seed)
    numbering = Numbering()
    medical, beds = medical_rows(seed, land, numbering)
    institutions = [*medical, *pharmacy_rows(seed, land, numbering)]
    tables = {
        "about": about("大兴安岭地区", "232700", NOTE),
        "regions": land.region_rows(),
        "populations": populations(),
        "institutions": institutions,
        "beds": beds,
        "localities": land.locality_rows(seed),
        "surveys": survey_rows(institutions),
        **opening_rows(institutions),
        **evidence(seed, land, institutions, beds),
    }
    return Sample(TITLE, tables, TILING.features())
