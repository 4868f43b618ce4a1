"""Recompute a record: does every number follow from its inputs by its formula?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from dingdian.core.digits import value_text
from dingdian.core.fingerprint import result_fingerprint
from dingdian.core.formulas import FORMULAS, UndefinedError, Value
from dingdian.core.record import FigureRecord, ReasonRecord, Record

#: A float in a record has twelve digits; what is made of it is held to nine.
_CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure whose stored value is not what its formula gives (both as exact text)."""

    key: str
    stored: str
    computed: str


def recompute_figures(record: Record) -> tuple[Difference, ...]:
    """Every figure that does not follow from the record alone; empty when all do.

    Numbers from the ledger, clauses, readings and benchmarks have no formula and are taken
    as they stand. A figure that is undefined for a reason of its own is not judged.
    """
    found = ((key, each, _computed(record, each)) for key, each in record.figures.items())
    return tuple(
        Difference(key, value_text(each.number), value_text(value))
        for key, each, value in found
        if not _agree(each, value)
    )


def _computed(record: Record, figure: FigureRecord) -> Value | None:
    """What the formula gives; the stored value where there is no formula."""
    formula = FORMULAS.get(figure.formula)
    if formula is None:
        return figure.number
    given: dict[str, Value] = {role: Fraction(number) for role, number in figure.constants}
    for role, key in figure.inputs:
        number = record.figures[key].number
        if number is None:
            return None
        given[role] = number
    try:
        return formula.compute(given)  # type: ignore[arg-type]  # theil_within takes floats
    except UndefinedError:
        return None


def _agree(figure: FigureRecord, value: Value | None) -> bool:
    stored = figure.number
    if stored is None:
        return figure.why is not None and (value is None or figure.why.code != "input_undefined")
    if isinstance(stored, float) and isinstance(value, float):
        return math.isclose(stored, value, rel_tol=_CLOSE, abs_tol=1e-12)
    return stored == value


@dataclass(frozen=True, slots=True)
class _Plain:
    """A figure of a record as a fingerprint takes it."""

    value: Value | None
    unit: str
    why: ReasonRecord | None


def recompute_fingerprint(record: Record) -> str:
    """The fingerprint of the result that a record holds; other than stored: it was changed."""
    figures = {
        key: _Plain(each.number, each.unit, each.why) for key, each in record.figures.items()
    }
    return result_fingerprint(figures, record.findings, record.quotas)  # type: ignore[arg-type]
