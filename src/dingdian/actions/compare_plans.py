"""Compare two plans: what they were made from, and the quotas, findings and figures of both."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from dingdian.core.findings import State
from dingdian.core.record import FigureRecord, FindingRecord, QuotaRecord, Record

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Pair(Generic[Kept]):
    """The same thing in two plans; ``None`` where a plan does not have it."""

    name: tuple[str, ...]
    left: Kept | None
    right: Kept | None
    changed: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans side by side.

    ``inputs`` are pairs of what they were made from, by name (``year``, ``census`` …);
    ``quotas`` are named by resource and area, ``findings`` by rule, area and their number among
    those of the rule there, ``figures`` by key.
    """

    inputs: tuple[Pair[str], ...]
    quotas: tuple[Pair[QuotaRecord], ...]
    findings: tuple[Pair[FindingRecord], ...]
    figures: tuple[Pair[FigureRecord], ...]


def compare_plans(left: Record, right: Record) -> Comparison:
    """Both plans; in the order of the right one, then what only the left one has."""
    return Comparison(
        _pairs(_inputs(left), _inputs(right), operator.ne),
        _pairs(_quotas(left), _quotas(right), lambda a, b: _places(left, a) != _places(right, b)),
        _pairs(_findings(left), _findings(right), _other_verdict),
        _pairs(_by_key(left), _by_key(right), _other_number),
    )


def difference(left: FigureRecord | None, right: FigureRecord | None) -> Fraction | None:
    """By how much the right number is more; ``None`` where one is not known exactly."""
    values = [each.number if each is not None else None for each in (left, right)]
    first, second = values
    if isinstance(first, Fraction) and isinstance(second, Fraction):
        return second - first
    return None


def _other_verdict(left: FindingRecord, right: FindingRecord) -> bool:
    return left.state is not right.state


def _other_number(left: FigureRecord, right: FigureRecord) -> bool:
    return left.value != right.value or left.unit != right.unit


def _places(record: Record, quota: QuotaRecord) -> tuple[object, ...]:
    """What a quota says: its number and the rules that bind it, not the key of the number."""
    value = record.figures[quota.key].value if quota.key else None
    return (value, quota.key is None, quota.unnumbered, sorted(quota.binding))


def _pairs(
    left: Mapping[tuple[str, ...], Kept],
    right: Mapping[tuple[str, ...], Kept],
    differs: Callable[[Kept, Kept], bool],
) -> tuple[Pair[Kept], ...]:
    found = []
    for name in dict.fromkeys((*right, *left)):
        one, other = left.get(name), right.get(name)
        changed = one is None or other is None or differs(one, other)
        found.append(Pair(name, one, other, changed))
    return tuple(found)


def _inputs(record: Record) -> Mapping[tuple[str, ...], str]:
    prints = record.fingerprints
    said = {
        "year": str(record.year),
        "stock_day": record.stock_day.isoformat(),
        "policy_day": record.policy_day.isoformat(),
        "census": prints.census,
        "shelf": prints.shelf,
        "engine": record.engine,
        "result": prints.result,
    }
    return {(name,): value for name, value in said.items()}


def _quotas(record: Record) -> Mapping[tuple[str, ...], QuotaRecord]:
    return {(each.resource, each.scope): each for each in record.quotas}


def _findings(record: Record) -> Mapping[tuple[str, ...], FindingRecord]:
    shown = [each for each in record.findings if each.state is not State.NOT_IMPLEMENTED]
    return _numbered(shown)


def _numbered(findings: Iterable[FindingRecord]) -> Mapping[tuple[str, ...], FindingRecord]:
    """By rule, area and the measures that it rests on; those that still agree are counted."""
    found: dict[tuple[str, ...], FindingRecord] = {}
    for each in findings:
        at = 0
        while (name := (each.rule, each.scope, _roles(each.numbers), str(at))) in found:
            at += 1
        found[name] = each
    return found


def _roles(numbers: Sequence[tuple[str, str]]) -> str:
    """The measures of the numbers of a finding, without their years."""
    measures = (key.split(".")[0] for _, key in numbers)
    return " ".join(dict.fromkeys(measures))


def _by_key(record: Record) -> Mapping[tuple[str, ...], FigureRecord]:
    return {(key,): each for key, each in record.figures.items()}
