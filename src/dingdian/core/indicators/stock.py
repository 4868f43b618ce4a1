"""The stock of designated institutions: in all, by service, level, type, ownership and kind."""

from __future__ import annotations

from collections.abc import Iterator

from dingdian.core.census import Test, Where
from dingdian.core.census.census import BEDDED_KINDS
from dingdian.core.census.vocabulary import KINDS, LEVELS, OWNERSHIPS, SERVICES, TYPES
from dingdian.core.indicators.ledger import FromLedger, Rows
from dingdian.core.indicators.recipes import share, sum_of
from dingdian.core.workings import Measure

PHARMACY_KIND = "retail_pharmacy"
MEDICAL = Where("kind", Test.IS_NOT, (PHARMACY_KIND,))
PHARMACY = Where("kind", Test.IS, (PHARMACY_KIND,))
#: Kinds that can have a hospital level or a specialty; clinics and village clinics have none.
GRADED = Where("kind", Test.IS, tuple(kind for kind in KINDS if kind in BEDDED_KINDS))
#: 基层医疗卫生机构: the base of the target structure (DX-46).
PRIMARY_CARE_KINDS = (
    "community_health_centre",
    "township_health_centre",
    "outpatient_department",
    "clinic",
    "village_clinic",
)


def designated(*where: Where, services: tuple[str, ...] = ()) -> FromLedger:
    """The number of designated institutions that meet the conditions."""
    return FromLedger(Rows("institutions", where, designated=True, services=services))


def stock(id: str, zh: str, en: str, recipe: FromLedger, *clauses: str) -> Measure:
    """A measure that counts institutions."""
    return Measure(id, zh, en, "institution", recipe, clauses=clauses)


def _totals() -> Iterator[Measure]:
    yield stock(
        "medical_institutions",
        "定点医疗机构数",
        "designated medical institutions",
        designated(MEDICAL),
        "DX-04",
        "SY-31",
    )
    yield Measure(
        "institutions",
        "定点医药机构数（医疗机构＋药店）",
        "designated institutions (medical + pharmacies)",
        "institution",
        sum_of("medical_institutions", "pharmacies"),
        clauses=("DX-04",),
    )
    for id, zh, en, which in (
        (
            "undesignated_medical",
            "非定点医疗机构数",
            "medical institutions not designated",
            MEDICAL,
        ),
        ("undesignated_pharmacies", "非定点零售药店数", "pharmacies not designated", PHARMACY),
    ):
        rows = Rows("institutions", (which,), undesignated=True)
        yield stock(id, zh, en, FromLedger(rows), "SY-02")


def _by_service() -> Iterator[Measure]:
    for term in SERVICES.values():
        yield stock(
            f"{term.id}_institutions",
            f"开通{term.zh}的定点医疗机构数",
            f"designated medical institutions with {term.en} open",
            designated(MEDICAL, services=(term.id,)),
            "SY-10",
        )


def _by_word() -> Iterator[Measure]:
    for term in LEVELS.values():
        left_out = term.id == "ungraded"
        yield stock(
            f"medical_{term.id}",
            f"{term.zh}定点医疗机构数{'（不含不评定等级的类别）' * left_out}",
            f"designated medical institutions, {term.en}{', of kinds that are graded' * left_out}",
            designated(GRADED, Where("level", Test.IS, (term.id,))),
            "DX-10",
            "DX-46",
        )
    for term in TYPES.values():
        yield stock(
            f"medical_type_{term.id}",
            f"{term.zh}类定点医疗机构数",
            f"designated medical institutions, {term.en}",
            designated(GRADED, Where("type", Test.IS, (term.id,))),
            "DX-10",
            "DX-21",
        )
    for term in OWNERSHIPS.values():
        yield stock(
            f"medical_{term.id}",
            f"{term.zh}定点医疗机构数",
            f"designated medical institutions, {term.en}",
            designated(MEDICAL, Where("ownership", Test.IS, (term.id,))),
            "DX-46",
        )
    for term in KINDS.values():
        if term.id != PHARMACY_KIND:
            yield stock(
                f"medical_kind_{term.id}",
                f"定点{term.zh}数",
                f"designated institutions: {term.en}",
                designated(Where("kind", Test.IS, (term.id,))),
                "DX-20" if term.id == "village_clinic" else "DX-46",
            )


def _inpatient_mix() -> Iterator[Measure]:
    """What levels and specialties the inpatient institutions have (SY-13)."""
    for column, terms in (("level", LEVELS), ("type", TYPES)):
        for term in terms.values():
            yield stock(
                f"inpatient_{column}_{term.id}",
                f"开通住院的{term.zh}定点医疗机构数",
                f"inpatient institutions, {term.en}",
                designated(GRADED, Where(column, Test.IS, (term.id,)), services=("inpatient",)),
                "SY-13",
            )


def _structure() -> Iterator[Measure]:
    yield stock(
        "medical_primary_care",
        "基层定点医疗机构数（社区、乡镇、门诊部、诊所、村卫生室）",
        "designated primary-care institutions (community, township, outpatient, clinic, village)",
        designated(Where("kind", Test.IS, PRIMARY_CARE_KINDS)),
        "DX-46",
    )
    yield stock(
        "medical_public_hospitals",
        "公立三级、二级定点医疗机构数",
        "designated public medical institutions, tertiary and secondary",
        designated(
            GRADED,
            Where("ownership", Test.IS, ("public",)),
            Where("level", Test.IS, ("tertiary", "secondary")),
        ),
        "DX-46",
    )
    for part, zh, en in (
        (
            "medical_public_hospitals",
            "公立三级、二级医疗机构",
            "public tertiary and secondary institutions",
        ),
        ("medical_primary_care", "基层医疗机构", "primary-care institutions"),
        ("medical_private", "社会办医疗机构", "privately run institutions"),
        ("medical_public", "公立医疗机构", "public institutions"),
    ):
        yield Measure(
            f"share_{part}",
            f"{zh}占定点医疗机构比重",
            f"{en} as a share of designated medical institutions",
            "share",
            share(part, "medical_institutions"),
            decimals=2,
            clauses=("DX-46",),
        )


MEASURES: tuple[Measure, ...] = (
    *_totals(),
    *_by_service(),
    *_by_word(),
    *_inpatient_mix(),
    *_structure(),
)
