"""Every measure of a transfer, counted from the beds themselves and from no solver."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType

from dingdian.core.transfer.model import PER
from dingdian.core.transfer.question import Cell, Measure, Question

Change = Mapping[Cell, int]


def after(question: Question, change: Change) -> Mapping[Cell, int]:
    """The beds of each cell once ``change`` is made."""
    found = dict(question.now)
    for cell, n in change.items():
        found[cell] = found.get(cell, 0) + n
    return MappingProxyType(dict(sorted(found.items())))


def measured(question: Question, change: Change) -> Mapping[Measure, int]:
    """What each measure of the question comes to once ``change`` is made."""
    return MappingProxyType(
        {each: COUNTS[each](question, change) for each in Measure if question.has(each)}
    )


def lacking(question: Question, beds: Mapping[Cell, int]) -> Mapping[tuple[str, str], int]:
    """For each scope and part of the structure, the whole beds that it lacks to its share."""
    asked = question.structure
    if asked is None:
        return {}
    found = {}
    for scope in asked.scopes:
        parts = level_beds(question, beds, scope)
        whole = sum(parts.values())
        for part, share in asked.shares.items():
            found[scope, part] = max(0, math.floor(share * whole) - parts[part])
    return found


def level_beds(question: Question, beds: Mapping[Cell, int], scope: str) -> Mapping[str, int]:
    """The beds of each part of the structure in a scope; a question without structure has none."""
    asked = question.structure
    if asked is None:
        return {}
    inside = asked.scopes[scope]
    return {
        part: sum(
            n
            for cell, n in beds.items()
            if cell.level in levels and cell.district in inside and cell.pool in question.counted
        )
        for part, levels in asked.levels.items()
    }


def district_beds(question: Question, beds: Mapping[Cell, int]) -> Mapping[str, int]:
    """The beds of each district that count, of all levels."""
    found = dict.fromkeys(sorted({*question.targets, *(cell.district for cell in beds)}), 0)
    for cell, n in beds.items():
        if cell.pool in question.counted:
            found[cell.district] += n
    return found


def _apart(question: Question, change: Change) -> dict[str, int]:
    """For each district with a target, beds above it; below 0 those that it lacks."""
    beds = district_beds(question, after(question, change))
    return {district: beds[district] - target for district, target in question.targets.items()}


def _structure(question: Question, change: Change) -> int:
    return sum(lacking(question, after(question, change)).values())


def _shortage(question: Question, change: Change) -> int:
    return sum(max(0, -n) for n in _apart(question, change).values())


def _excess(question: Question, change: Change) -> int:
    return sum(max(0, n) for n in _apart(question, change).values())


def _targets(question: Question, change: Change) -> int:
    return sum(map(abs, _apart(question, change).values()))


def _uneven(question: Question, change: Change) -> int:
    apart = _apart(question, change)
    each = (Fraction(PER * abs(n), question.people[at]) for at, n in apart.items())
    return math.ceil(max(each, default=0))


def _moved(_question: Question, change: Change) -> int:
    return _lost(change.values())


def _leaving(_question: Question, change: Change) -> int:
    net: dict[tuple[str, str], int] = {}
    for cell, n in change.items():
        at = (cell.district, cell.pool)
        net[at] = net.get(at, 0) + n
    return _lost(net.values())


def _lost(numbers: Iterable[int]) -> int:
    return sum(-n for n in numbers if n < 0)


COUNTS: Mapping[Measure, Callable[[Question, Change], int]] = MappingProxyType(
    {
        Measure.STRUCTURE: _structure,
        Measure.SHORTAGE: _shortage,
        Measure.EXCESS: _excess,
        Measure.TARGETS: _targets,
        Measure.UNEVEN: _uneven,
        Measure.MOVED: _moved,
        Measure.LEAVING: _leaving,
    }
)
