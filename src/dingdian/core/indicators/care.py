"""Care: bed use, spending outside the area, purchased beds, resources for the elderly."""

from __future__ import annotations

from collections.abc import Iterator

from dingdian.core.census import Test, Where
from dingdian.core.indicators.ledger import FromLedger, Own, Rows
from dingdian.core.indicators.recipes import IfComplete, ratio, share, sum_of
from dingdian.core.indicators.stock import designated, stock
from dingdian.core.workings import Measure

#: Kinds of institutions for the elderly and dying, whatever their type says.
ELDERLY_KINDS = ("nursing_home", "care_home_infirmary", "hospice")
ELDERLY_TYPES = ("nursing", "hospice_care")
_SHOWN = ("DX-11", "DX-45", "SY-31")


def _use_rows(total: str = "") -> FromLedger:
    """Bed-use rows of the stock year, both numbers known, of designated inpatient institutions."""
    both = tuple(Where(name, Test.KNOWN) for name in ("occupied_bed_days", "open_bed_days"))
    return FromLedger(
        Rows(
            "bed_use",
            both,
            total=total,
            through="institution.",
            designated=True,
            services=("inpatient",),
            year="year",
        )
    )


def _bed_use() -> Iterator[Measure]:
    for column, zh, en in (
        (
            "occupied_bed_days",
            "实际占用总床日数（有数的住院定点机构）",
            "occupied bed-days (inpatient institutions that report)",
        ),
        (
            "open_bed_days",
            "实际开放总床日数（有数的住院定点机构）",
            "open bed-days (inpatient institutions that report)",
        ),
    ):
        yield Measure(column, zh, en, "bed_day", _use_rows(column), clauses=_SHOWN)
    yield stock(
        "bed_use_reporting",
        "报送床位使用的住院定点机构数",
        "inpatient institutions that report bed use",
        _use_rows(),
        *_SHOWN,
    )
    yield Measure(
        "bed_use_known",
        "床位利用率（占用床日÷开放床日，仅有数的机构）",
        "bed use (occupied ÷ open bed-days, only institutions that report)",
        "share",
        share("occupied_bed_days", "open_bed_days"),
        decimals=2,
        clauses=_SHOWN,
    )
    yield Measure(
        "bed_use",
        "床位利用率（占用床日÷开放床日，全部住院定点机构）",
        "bed use (occupied ÷ open bed-days, all inpatient institutions)",
        "share",
        IfComplete("bed_use_known", "bed_use_reporting", "inpatient_institutions"),
        decimals=2,
        clauses=_SHOWN,
    )


def _spending() -> Iterator[Measure]:
    columns = ("spending_out_of_area", "spending_total")
    for column, zh, en in (
        ("spending_out_of_area", "异地就医基金支出", "fund spending on care outside the area"),
        ("spending_total", "基金总支出", "fund spending of the year"),
    ):
        own = Own("care_flows", column, together=columns)
        yield Measure(column, zh, en, "yuan", own, decimals=2, clauses=("DX-10",))
    yield Measure(
        "out_of_area_share",
        "异地就医基金支出占总支出比重",
        "out-of-area spending as a share of fund spending",
        "share",
        share(*columns),
        decimals=2,
        clauses=("DX-10",),
    )
    for column, id, zh, en, unit in (
        ("beds", "purchased_beds", "购买床位数", "beds purchased", "bed"),
        (
            "amount",
            "purchased_beds_amount",
            "购买床位金额",
            "amount spent on purchased beds",
            "yuan",
        ),
    ):
        own = Own("purchased_beds", column)
        yield Measure(id, zh, en, unit, own, decimals=2 * (unit == "yuan"), clauses=("DX-33",))


def _elderly() -> Iterator[Measure]:
    yield stock(
        "elderly_kind_institutions",
        "护理院、养老机构内设医疗机构、安宁疗护中心定点数",
        "designated nursing homes, care-home infirmaries and hospices",
        designated(Where("kind", Test.IS, ELDERLY_KINDS)),
        "DX-43",
    )
    yield stock(
        "elderly_type_hospitals",
        "护理、安宁疗护类定点医院数",
        "designated hospitals of type nursing or hospice care",
        designated(Where("kind", Test.IS, ("hospital",)), Where("type", Test.IS, ELDERLY_TYPES)),
        "DX-43",
    )
    yield Measure(
        "elderly_institutions",
        "老年护理定点医疗机构数",
        "designated institutions for elderly care",
        "institution",
        sum_of("elderly_kind_institutions", "elderly_type_hospitals"),
        clauses=("DX-43",),
    )
    nursing = Rows(
        "beds",
        (Where("bed_class", Test.IS, ("nursing",)),),
        total="contracted",
        through="institution.",
        designated=True,
    )
    yield Measure(
        "elderly_beds",
        "老年护理类医保床位数",
        "contracted beds for elderly nursing",
        "bed",
        FromLedger(nursing),
        clauses=("DX-43",),
    )
    yield Measure(
        "elderly_beds_per_1000_aged",
        "每千老年人口老年护理床位数（老年护理类医保床位÷老年人口）",
        "elderly-nursing beds per 1,000 elderly residents",
        "beds_per_1000_aged",
        ratio("elderly_beds", "elderly", 1000),
        decimals=2,
        clauses=("DX-43",),
    )


MEASURES: tuple[Measure, ...] = (*_bed_use(), *_spending(), *_elderly())
