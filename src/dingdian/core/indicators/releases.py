"""What was released in the stock year, and what counties ask for next year.

Which causes count as released is the reading ``release_kinds``; a suspension never
releases. A year without any row says nothing: released places are then unknown, not zero. A
bureau that released nothing in the year states it by a row with the amount 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dingdian.core.census import Selection, Test, Where, tally
from dingdian.core.census.vocabulary import BED_CLASSES, CHAIR_CLASSES
from dingdian.core.indicators.ledger import pool_classes
from dingdian.core.workings import Figure, Measure, Reason, Workings, reason

KINDS_READING = "release_kinds"
TRIAL_READING = "trial_failure_beds"
_EXITS = ("termination", "expiry", "closure", "service_closed", "trial_failure")
#: Option of ``release_kinds`` -> the causes that count.
CAUSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "terminations_only": ("termination",),
        "all_exits": _EXITS,
        "all_with_reductions": (*_EXITS, "bed_reduction", "downgrade"),
    }
)
#: Places of institutions -> the names of the stock they belong to.
PLACES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "medical_institutions": ("定点医疗机构", "designated medical institutions"),
        "inpatient_institutions": ("住院定点医疗机构", "inpatient institutions"),
        "outpatient_pooling_institutions": (
            "门诊统筹定点医疗机构",
            "outpatient-pooling institutions",
        ),
        "personal_account_institutions": ("个人账户定点医疗机构", "personal-account institutions"),
        "pharmacies": ("定点零售药店", "designated pharmacies"),
        "prescription_transfer_pharmacies": (
            "处方流转定点药店",
            "prescription-transfer pharmacies",
        ),
        "dual_channel_pharmacies": ("双通道定点药店", "dual-channel pharmacies"),
    }
)
BEDS = "contracted_beds"
#: Resource -> the measure of the stock that its releases come from, where it is not its own.
STOCK_OF: Mapping[str, str] = MappingProxyType({BEDS: "contracted_beds_general_pool"})
#: In the place of a bed class: every class that is not managed apart.
GENERAL_POOL = "*"
#: Resource of released chairs in a ledger that keeps them apart from beds.
CHAIRS = "dental_chairs"
#: Resource -> the other names under which counties ask for it.
_ALIASES = {f"{BEDS}_{each}": (CHAIRS,) for each in CHAIR_CLASSES}


def _silent(workings: Workings) -> Reason | None:
    """Why nothing is known of the stock year's releases; ``None`` where a row tells of it."""
    census, year = workings.census, str(workings.stock_day.year)
    if not census.length("releases"):
        return reason("table_empty", table="releases")
    told = tally(census, Selection("releases", (Where("year", Test.IS, (year,)),)))
    return None if told.value else reason("no_rows_for_year", table="releases", year=year)


@dataclass(frozen=True, slots=True)
class Released:
    """What a resource released in the stock year; for beds those of ``bed_class``."""

    resource: str
    bed_class: str = ""

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """The figure; undefined while the reading is open or the year has no row at all."""
        silent = _silent(workings)
        if silent is not None:
            return workings.undefined(measure.id, scope, silent, unit=measure.unit)
        chosen = workings.choice(KINDS_READING)
        if chosen is None or chosen not in CAUSES:
            why = reason("reading_open", reading=KINDS_READING)
            made = workings.undefined(measure.id, scope, why, unit=measure.unit)
            return made._replace(readings=(KINDS_READING,))
        causes, readings = CAUSES[chosen], [KINDS_READING]
        if self.bed_class and TRIAL_READING in workings.policy.readings:
            readings.append(TRIAL_READING)
            if workings.choice(TRIAL_READING) != "yes":
                causes = tuple(each for each in causes if each != "trial_failure")
        where = (
            Where("year", Test.IS, (str(workings.stock_day.year),)),
            Where("cause", Test.IS, causes),
            *self._resource(workings),
            Where("region", Test.WITHIN, workings.census.tree.members(scope)),
        )
        selection = Selection("releases", where, "amount")
        made = workings.select(measure.id, scope, selection, unit=measure.unit)
        return made._replace(readings=tuple(readings))

    def _resource(self, workings: Workings) -> tuple[Where, ...]:
        if not self.bed_class:
            return (Where("resource", Test.IS, (self.resource,)),)
        if self.bed_class == GENERAL_POOL:
            apart = (*pool_classes(workings.policy), *CHAIR_CLASSES)
            return (
                Where("resource", Test.IS, (BEDS,)),
                Where("bed_class", Test.IS_NOT, apart),
            )
        names = (BEDS, self.resource, *((CHAIRS,) if self.bed_class in CHAIR_CLASSES else ()))
        return (
            Where("resource", Test.IS, names),
            Where("bed_class", Test.IS, (self.bed_class,)),
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What counties ask for in the plan year (the year after the stock day).

    Undefined with ``not_submitted`` where nothing was submitted: silence is not zero.
    """

    resource: str

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """The figure."""
        year = str(workings.stock_day.year + 1)
        where = (
            Where("year", Test.IS, (year,)),
            Where("resource", Test.IS, (self.resource, *_ALIASES.get(self.resource, ()))),
            Where("region", Test.WITHIN, workings.census.tree.members(scope)),
        )
        if not tally(workings.census, Selection("submissions", where)).value:
            why = reason("not_submitted", resource=self.resource, year=year)
            return workings.undefined(measure.id, scope, why, unit=measure.unit)
        selection = Selection("submissions", where, "asked")
        detail = (("year", year),)
        return workings.select(measure.id, scope, selection, unit=measure.unit, detail=detail)


def _pair(
    resource: str, names: tuple[str, str], unit: str, bed_class: str = ""
) -> Iterator[Measure]:
    zh, en = names
    yield Measure(
        f"released_{resource}",
        f"当年释放量：{zh}",
        f"released in the year: {en}",
        unit,
        Released(resource, bed_class),
        clauses=("SY-12", "SY-15", "DX-25"),
    )
    yield Measure(
        f"asked_{resource}",
        f"次年申报数：{zh}",
        f"asked for next year: {en}",
        unit,
        Asked(resource),
        clauses=("DX-34",),
    )


def _measures() -> Iterator[Measure]:
    for resource, names in PLACES.items():
        yield from _pair(resource, names, "institution")
    general = ("医保床位（单独管理类别除外）", "contracted beds, classes managed apart left out")
    yield from _pair(BEDS, general, "bed", GENERAL_POOL)
    for term in BED_CLASSES.values():
        unit = "chair" if term.id in CHAIR_CLASSES else "bed"
        names = (f"医保床位：{term.zh}", f"contracted beds: {term.en}")
        yield from _pair(f"{BEDS}_{term.id}", names, unit, term.id)


MEASURES: tuple[Measure, ...] = tuple(_measures())
