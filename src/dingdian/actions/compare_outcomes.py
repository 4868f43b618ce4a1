"""Hold an issued plan against what has come since: places handed out, and measures reached."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dingdian.core.formulas import Value
from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.releases import BEDS, changes
from dingdian.core.record import Record

#: Beginning of the names of resources that are beds of one class.
_CLASS = f"{BEDS}_"
_WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class PlaceOutcome:
    """Places of a resource in a scope: what the plan gave, and what was taken up since.

    ``target`` is ``None`` where the text gives no number, or it cannot be computed.
    """

    resource: str
    scope: str
    target: int | None
    actual: int

    @property
    def difference(self) -> int | None:
        """Taken up less given: above zero, more than the plan gave."""
        return None if self.target is None else self.actual - self.target


@dataclass(frozen=True, slots=True)
class MeasureOutcome:
    """A measure of the whole place: its target, its value in the issued plan and now."""

    benchmark: str
    measure: str
    target: Value
    then: Value | None
    now: Value | None

    @property
    def difference(self) -> Value | None:
        """Now less the target; ``None`` where it is not known now."""
        return None if self.now is None else self.now - self.target


def compare_places(
    record: Record,
    cases: Iterable[Sequence[Entry]],
    span: tuple[dt.date, dt.date],
    district_of: Callable[[str], str],
) -> tuple[PlaceOutcome, ...]:
    """Every quota of the plan beside what was taken up from the first day to the last.

    What was there when the ledger was opened is not taken up. ``district_of`` gives the
    county-level region of a region, empty where it has none.
    """
    whole = next(scope for scope, row in record.scopes.items() if row.level == _WHOLE)
    taken = Counter[tuple[str, str]]()
    for resource, region, amount in _taken(cases, span):
        taken[resource, whole] += amount
        if (district := district_of(region)) and district != whole:
            taken[resource, district] += amount
    return tuple(
        PlaceOutcome(
            each.resource, each.scope, _target(record, each.key), taken[each.resource, each.scope]
        )
        for each in record.quotas
    )


def _taken(
    cases: Iterable[Sequence[Entry]], span: tuple[dt.date, dt.date]
) -> Iterator[tuple[str, str, int]]:
    for case in cases:
        opening = {each.seq for each in case if each.move == "open"}
        for each in changes(case):
            if each.amount >= 0 or each.seq in opening or not span[0] <= each.day <= span[1]:
                continue
            yield each.resource, each.region, -each.amount
            if each.bed_class:
                yield _CLASS + each.bed_class, each.region, -each.amount


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
                each.measure,
                Fraction(each.value),
                then.number if then else None,
                now.number if now else None,
            )
        )
    return tuple(found)
