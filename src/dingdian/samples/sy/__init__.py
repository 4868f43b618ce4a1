"""The sample of 沈阳: 13 real districts and counties, about 9,000 invented institutions."""

from __future__ import annotations

from dingdian.samples.agreements import opening_rows
from dingdian.samples.ledger import Numbering, survey_rows
from dingdian.samples.sample import Sample, Tables, about
from dingdian.samples.sy.cells import draw_cells, locality_rows
from dingdian.samples.sy.evidence import evidence
from dingdian.samples.sy.institutions import (
    make_known_faults,
    medical_rows,
    open_new_ones_late,
    pharmacy_rows,
    place,
)
from dingdian.samples.sy.regions import TILING, populations, region_rows

TITLE = "沈阳市（示例）"
NOTE = (
    "常住人口、年龄结构为2020年普查真实数；医保区域划分、参保、床位、基金、释放量等均为虚构。"
    "有意留下的提示：两家村卫生室共用一个统一社会信用代码，三家药店缺坐标，五家药店坐标在所属区县之外。"
)


def shenyang(seed: int = 1) -> Sample:
    """The invented 沈阳.

    >>> sample = shenyang()
    >>> len(sample.tables["localities"]), len(sample.boundaries["features"])
    (60000, 13)
    """
    numbering = Numbering()
    cells = draw_cells(seed)
    medical, beds = medical_rows(seed, numbering)
    institutions = [*medical, *pharmacy_rows(seed, numbering)]
    open_new_ones_late(institutions)
    place(seed, institutions, cells)
    make_known_faults(institutions)
    tables: Tables = {
        "about": about("沈阳市", "210100", NOTE),
        "regions": region_rows(),
        "populations": populations(),
        "institutions": institutions,
        "beds": beds,
        "localities": locality_rows(cells),
        "surveys": survey_rows(institutions),
        **opening_rows(institutions),
        **evidence(seed, institutions, beds),
    }
    return Sample(TITLE, tables, TILING.features())
