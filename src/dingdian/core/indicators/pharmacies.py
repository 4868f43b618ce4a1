"""The stock of designated pharmacies: by service, class and grade, and pooled-fund pharmacies.

Doubt A3.5: a plan prints 57, 274 and "not enough" for pharmacies that settle from the
pooled fund. Each service is counted by its own flag, both unions are shown, and the
reading ``pooled_fund_services`` says which one the plan means.
"""

from __future__ import annotations

from collections.abc import Iterator

from dingdian.core.census import Test, Where
from dingdian.core.census.vocabulary import GRADES, PHARMACY_CLASSES, SERVICES
from dingdian.core.indicators.ledger import FromLedger, Rows
from dingdian.core.indicators.recipes import by_reading
from dingdian.core.indicators.stock import PHARMACY, designated, stock
from dingdian.core.workings import Measure

POOLING_OR_MUTUAL_AID = ("outpatient_pooling", "outpatient_mutual_aid")
ANY_POOLED = (
    *POOLING_OR_MUTUAL_AID,
    "outpatient_chronic",
    "outpatient_chronic_special",
    "dual_channel",
)


def _any_of(*services: str) -> FromLedger:
    return FromLedger(Rows("institutions", (PHARMACY,), designated=True, any_service=services))


def _by_service() -> Iterator[Measure]:
    yield stock(
        "pharmacies",
        "定点零售药店数",
        "designated pharmacies",
        designated(PHARMACY),
        "DX-04",
        "SY-31",
    )
    for term in SERVICES.values():
        if term.id == "inpatient":
            continue  # no pharmacy has beds
        yield stock(
            f"{term.id}_pharmacies",
            f"开通{term.zh}的定点零售药店数",
            f"designated pharmacies with {term.en} open",
            designated(PHARMACY, services=(term.id,)),
            "DX-04",
            "DX-09",
        )


def _pooled() -> Iterator[Measure]:
    yield stock(
        "pooling_or_mutual_aid_pharmacies",
        "开通门诊统筹或门诊共济的定点零售药店数",
        "designated pharmacies with outpatient pooling or mutual aid open",
        _any_of(*POOLING_OR_MUTUAL_AID),
        "DX-42",
    )
    yield stock(
        "any_pooled_service_pharmacies",
        "开通任一统筹支付服务（含慢性病、慢特病、双通道）的定点零售药店数",
        "designated pharmacies with any pooled-fund service open (chronic, dual channel included)",
        _any_of(*ANY_POOLED),
        "DX-09",
        "DX-42",
    )
    yield Measure(
        "pooled_fund_pharmacies",
        "可统筹支付的定点零售药店数（按口径）",
        "designated pharmacies that settle from the pooled fund (by the reading)",
        "institution",
        by_reading(
            "pooled_fund_services",
            pooling_or_mutual_aid="pooling_or_mutual_aid_pharmacies",
            any_pooled_service="any_pooled_service_pharmacies",
        ),
        clauses=("DX-09", "DX-42"),
    )


def _graded(id: str, zh: str, en: str, *grades: str) -> Measure:
    return stock(
        id,
        f"{zh}定点零售药店数",
        f"designated pharmacies, {en}",
        designated(PHARMACY, Where("pharmacy_grade", Test.IS, grades)),
        "DX-14",
    )


def _classes_and_grades() -> Iterator[Measure]:
    for term in PHARMACY_CLASSES.values():
        yield stock(
            f"pharmacies_class_{term.id}",
            f"{term.zh}类定点零售药店数",
            f"designated pharmacies of class {term.en}",
            designated(PHARMACY, Where("pharmacy_class", Test.IS, (term.id,))),
            "DX-14",
        )
    for term in GRADES.values():
        yield _graded(f"pharmacies_graded_{term.id}", f"评为{term.zh}的", term.en, term.id)
    yield _graded("pharmacies_graded_a_to_c", "评为A、B、C级的", "grade A, B or C", "a", "b", "c")
    yield _graded("pharmacies_graded_c_or_d", "评为C、D级的", "grade C or D", "c", "d")
    yield Measure(
        "pharmacies_grade_c",
        "达到C级的定点零售药店数（按分级口径）",
        "designated pharmacies that satisfy grade C (by the reading of the grades' order)",
        "institution",
        by_reading(
            "grade_order",
            c_or_better_with_a_best="pharmacies_graded_a_to_c",
            c_or_better_with_c_best="pharmacies_graded_c_or_d",
            exactly_c="pharmacies_graded_c",
        ),
        clauses=("DX-14", "DX-27", "DX-28", "DX-29"),
    )


MEASURES: tuple[Measure, ...] = (*_by_service(), *_pooled(), *_classes_and_grades())
