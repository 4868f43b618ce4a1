"""Hold an issued plan against what has come since: places handed out, and measures reached."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from dingdian.core.census.vocabulary import BED_CLASSES, CHAIR_CLASSES
from dingdian.core.formulas import Value
from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.reading import as_it_stood
from dingdian.core.lifecycle.releases import BEDS, changes, held
from dingdian.core.record import Record

#: Beginning of the names of resources that are beds of one class.
_CLASS = f"{BEDS}_"
_WHOLE = "whole"


class Part(StrEnum):
    """What a row of the ledger is in the books of a span."""

    BEFORE = "before"
    OPENED = "opened"
    TAKEN = "taken"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Line:
    """Places of a resource, or contracted beds of a class, of one case.

    What stood before has neither an entry (``seq`` 0) nor a day nor a cause. ``amount`` is above
    zero, whichever way it went.
    """

    part: Part
    resource: str
    bed_class: str
    region: str
    case: str
    amount: int
    seq: int = 0
    day: dt.date | None = None
    cause: str = ""


@dataclass(frozen=True, slots=True)
class PlaceOutcome:
    """Places of a resource in a scope: what the plan gave, and what was taken up since.

    ``target`` is ``None`` where the text gives no number, or it cannot be computed; ``key`` names
    its figure in the plan, ``None`` where there is none.
    """

    resource: str
    scope: str
    key: str | None
    target: int | None
    actual: int

    @property
    def difference(self) -> int | None:
        """Taken up less given: above zero, more than the plan gave."""
        return None if self.target is None else self.actual - self.target


@dataclass(frozen=True, slots=True)
class MeasureOutcome:
    """A measure of the whole place: its target, its value in the issued plan and now.

    ``key`` names its figure in both plans.
    """

    benchmark: str
    key: str
    target: Value
    then: Value | None
    now: Value | None

    @property
    def difference(self) -> Value | None:
        """Now less the target; ``None`` where it is not known now."""
        return None if self.now is None else self.now - self.target


def lines_of(cases: Iterable[Sequence[Entry]], span: tuple[dt.date, dt.date]) -> Iterator[Line]:
    """What stood before a span, and what each entry from its first to its last day changed.

    What the ledger was opened with in the span is told apart from what was taken up.
    """
    eve = span[0] - dt.timedelta(1)
    for case in cases:
        stood = as_it_stood(case, eve)
        for (resource, bed_class), amount in held(stood).items():
            region = stood.about.get("region", "") if stood else ""
            yield Line(Part.BEFORE, resource, bed_class, region, case[0].case, amount)
        opening = {each.seq for each in case if each.move == "open"}
        for each in changes(case):
            if span[0] <= each.day <= span[1]:
                taken = Part.OPENED if each.seq in opening else Part.TAKEN
                yield Line(
                    taken if each.amount < 0 else Part.RELEASED,
                    each.resource,
                    each.bed_class,
                    each.region,
                    each.case,
                    abs(each.amount),
                    each.seq,
                    each.day,
                    each.cause,
                )


def counted_as(record: Record, resource: str) -> tuple[str, tuple[str, ...]]:
    """The resource of the ledger, and its bed classes, that count for one of the plan.

    Beds as a whole are those of no class that has places of its own: a class managed apart counts
    there alone. Chairs are never beds.
    """
    if resource.startswith(_CLASS):
        return BEDS, (resource.removeprefix(_CLASS),)
    if resource != BEDS:
        return resource, ("",)
    apart = {each.resource.removeprefix(_CLASS) for each in record.quotas}
    return BEDS, tuple(c for c in BED_CLASSES if c not in apart and c not in CHAIR_CLASSES)


def unit_of(resource: str) -> str:
    """The unit in which places of a resource are counted."""
    if resource.removeprefix(_CLASS) in CHAIR_CLASSES:
        return "chair"
    return "bed" if resource.startswith(BEDS) else "institution"


def compare_places(
    record: Record, taken: Mapping[tuple[str, str, str], int]
) -> tuple[PlaceOutcome, ...]:
    """Every quota of the plan beside what was taken up.

    ``taken`` is what was taken up by resource, bed class and county-level region (empty where a
    region has none).
    """
    counted = {each: counted_as(record, each) for each in {q.resource for q in record.quotas}}

    def actual(of: str, scope: str) -> int:
        resource, classes = counted[of]
        here = record.scopes[scope].level == _WHOLE
        return sum(
            amount
            for (name, bed_class, district), amount in taken.items()
            if name == resource and bed_class in classes and (here or district == scope)
        )

    return tuple(
        PlaceOutcome(
            each.resource,
            each.scope,
            each.key,
            _target(record, each.key),
            actual(each.resource, each.scope),
        )
        for each in record.quotas
    )


def _target(record: Record, key: str | None) -> int | None:
    number = record.figures[key].number if key in record.figures else None
    return int(number) if isinstance(number, Fraction) and number.denominator == 1 else None


def compare_measures(issued: Record, fresh: Record) -> tuple[MeasureOutcome, ...]:
    """Every benchmark of the issued plan beside the measure of the whole place, then and now."""
    whole = next(scope for scope, row in issued.scopes.items() if row.level == _WHOLE)
    found = []
    for name, each in issued.benchmarks.items():
        key = f"{each.measure}.{whole}"
        then, now = issued.figures.get(key), fresh.figures.get(key)
        if then is None and now is None:
            continue
        found.append(
            MeasureOutcome(
                name,
                key,
                Fraction(each.value),
                then.number if then else None,
                now.number if now else None,
            )
        )
    return tuple(found)
