"""Workings (演算): the register in which every number of a plan is made, once, with its origin.

A ``Figure`` is a number with its formula, inputs, clauses and readings, or the reason why
it has none. ``Workings`` makes figures on demand and keeps each under its key, so that the
derivation of any of them can be followed down to ledger rows and clauses.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple, Protocol

from dingdian.core.census import Census, Selection, Tally, tally
from dingdian.core.census.doubts import called
from dingdian.core.formulas import FORMULAS, UndefinedError, Value
from dingdian.core.policy import InForce, Policy

#: How many of the rows that leave a number undefined its reason names.
NAMED_ROWS = 3
#: Formulas of figures that are not computed from other figures.
LEAVES = frozenset({"count", "total", "clause", "reading", "benchmark", "given", "measured"})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is undefined, unclear or open: a code of ``reports.wording`` and details."""

    code: str
    details: tuple[tuple[str, str], ...] = ()


def reason(code: str, **details: object) -> Reason:
    """Make a reason.

    >>> reason("rows_unknown", unsure=3).details
    (('unsure', '3'),)
    """
    return Reason(code, tuple((name, str(value)) for name, value in details.items()))


@dataclass(frozen=True, slots=True)
class Compared:
    """Two figures that a rule held against one another, by key, and whether it holds so.

    ``comparison`` is a word of ``rules.compare.Comparison``; ``holds`` is ``None`` where either
    number is unknown.
    """

    left: str
    comparison: str
    right: str
    holds: bool | None


@dataclass(frozen=True, slots=True)
class Because:
    """Why a rule applied a number: what it says, and the numbers it weighed.

    They take no part in computing the figure; without them it could not be understood.
    """

    says: tuple[Reason, ...]
    compared: tuple[Compared, ...] = ()


class Figure(NamedTuple):
    """A number and where it comes from; a named tuple, for a plan makes thousands.

    ``value`` is exact (``Fraction``), a float where the formula takes logarithms, and
    ``None`` where the number is undefined, with ``why``. ``scope`` is a region code or a
    zone scope, empty for a number of no area. ``inputs`` are pairs of role and key;
    ``constants`` pairs of role and number. ``selection`` stands on figures taken from the
    ledger. ``detail`` says what a reader must know to name it (a year, a source); ``because``
    why a rule applied it.
    """

    key: str
    measure: str
    scope: str
    value: Value | None
    unit: str
    formula: str
    inputs: tuple[tuple[str, str], ...] = ()
    constants: tuple[tuple[str, Fraction], ...] = ()
    selection: Selection | None = None
    clauses: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    why: Reason | None = None
    detail: tuple[tuple[str, str], ...] = ()
    because: Because | None = None

    @property
    def exact(self) -> Fraction | None:
        """The value for a verdict.

        Raises:
            TypeError: the value is a float: no verdict may rest on it.
        """
        if isinstance(self.value, float):
            raise TypeError(f"{self.key} is not exact and cannot decide anything")
        return self.value


class Recipe(Protocol):
    """How a measure is made for a scope."""

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """Make (and keep) the figure of ``measure`` for ``scope``."""
        ...


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: its names, unit, definition, recipe, and the clauses that ask for it.

    ``zh`` and ``en`` name numerator and denominator where it is a ratio. ``decimals`` is how
    many a report prints; the exact value is always kept.
    """

    id: str
    zh: str
    en: str
    unit: str
    recipe: Recipe
    decimals: int = 0
    clauses: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()


def key_of(measure: str, scope: str) -> str:
    """The key of a measure's figure in a scope.

    >>> key_of("pharmacies", "232701"), key_of("policy_share", "")
    ('pharmacies.232701', 'policy_share')
    """
    return f"{measure}.{scope}" if scope else measure


class Workings:
    """All figures of one plan, made on demand, each exactly once."""

    def __init__(
        self,
        *,
        census: Census,
        policy: Policy,
        measures: Mapping[str, Measure],
        stock_day: dt.date,
    ) -> None:
        """``stock_day`` is the day on which the stock is counted."""
        self.census = census
        self.policy = policy
        self.measures = measures
        self.stock_day = stock_day
        self.figures: dict[str, Figure] = {}

    # -- asking ---------------------------------------------------------------

    def figure(self, measure: str, scope: str) -> Figure:
        """The figure of a measure in a scope, made now if it has not been.

        It cites those clauses of its measure that the policy has.

        Raises:
            KeyError: no such measure or scope.
        """
        found = self.figures.get(key_of(measure, scope))
        if found is not None:
            return found
        recipe = self.measures[measure]
        made = recipe.recipe(self, recipe, scope)
        extra = tuple(dict.fromkeys((*made.readings, *recipe.readings)))
        clauses = tuple(each for each in recipe.clauses if each in self.policy.clauses)
        clauses = clauses or made.clauses
        if (clauses, extra) != (made.clauses, made.readings):
            made = made._replace(clauses=clauses, readings=extra)
        return self.keep(made)

    def choice(self, reading: str) -> str | None:
        """The option chosen for a reading, ``None`` when it is open."""
        return self.policy.choice(reading)

    # -- making ---------------------------------------------------------------

    def keep(self, figure: Figure) -> Figure:
        """Put a figure into the register (the same key is replaced) and return it."""
        self.figures[figure.key] = figure
        return figure

    def select(
        self,
        measure: str,
        scope: str,
        selection: Selection,
        *,
        unit: str,
        detail: Iterable[tuple[str, str]] = (),
    ) -> Figure:
        """A figure counted or summed from the ledger; undefined while any row is unsure."""
        found = tally(self.census, selection)
        why = None
        if found.unsure:
            why = _rows_unknown(self.census, selection.table, found)
        return self.keep(
            Figure(
                key=key_of(measure, scope),
                measure=measure,
                scope=scope,
                value=None if why else found.value,
                unit=unit,
                formula="total" if selection.total else "count",
                selection=selection,
                why=why,
                detail=tuple(detail),
            )
        )

    def compute(
        self,
        measure: str,
        scope: str,
        formula: str,
        inputs: Mapping[str, Figure],
        *,
        unit: str,
        constants: Mapping[str, Fraction] | None = None,
        clauses: Iterable[str] = (),
        readings: Iterable[str] = (),
        detail: Iterable[tuple[str, str]] = (),
    ) -> Figure:
        """A figure computed from others; undefined when an input is, or the formula is there."""
        fixed = dict(constants or {})
        value, why = _evaluate(formula, inputs, fixed)
        return self.keep(
            Figure(
                key=key_of(measure, scope),
                measure=measure,
                scope=scope,
                value=value,
                unit=unit,
                formula=formula,
                inputs=tuple((role, each.key) for role, each in inputs.items()),
                constants=tuple(fixed.items()),
                clauses=tuple(clauses),
                readings=tuple(readings),
                why=why,
                detail=tuple(detail),
            )
        )

    def given(
        self,
        measure: str,
        scope: str,
        value: Value | None,
        *,
        unit: str,
        formula: str = "given",
        clauses: Iterable[str] = (),
        readings: Iterable[str] = (),
        why: Reason | None = None,
        detail: Iterable[tuple[str, str]] = (),
    ) -> Figure:
        """A figure that is stated rather than computed: by a clause, a reading, a benchmark."""
        return self.keep(
            Figure(
                key=key_of(measure, scope),
                measure=measure,
                scope=scope,
                value=value,
                unit=unit,
                formula=formula,
                clauses=tuple(clauses),
                readings=tuple(readings),
                why=why if value is None else None,
                detail=tuple(detail),
            )
        )

    def undefined(self, measure: str, scope: str, why: Reason, *, unit: str) -> Figure:
        """A figure that cannot be had, with its reason."""
        return self.given(measure, scope, None, unit=unit, why=why)

    def explained(self, figure: Figure, because: Because) -> Figure:
        """The figure with the ground on which a rule applied it, kept."""
        return self.keep(figure._replace(because=because))

    def clause_value(
        self,
        rule: InForce[Any],
        part: str,
        value: Fraction,
        *,
        unit: str,
        clauses: Iterable[str] = (),
    ) -> Figure:
        """A number that a clause states: ``rule.<rule>.<part>``.

        It cites ``clauses``, or where none are given the clause of the dated value.
        """
        cited = tuple(clauses) or ((rule.dated.clause,) if rule.dated else ())
        return self.given(
            f"rule.{rule.rule.rule}.{part}", "", value, unit=unit, formula="clause", clauses=cited
        )

    def reading_number(self, name: str, *, unit: str) -> Figure:
        """The number of a quantitative reading: ``reading.<name>``; undefined when it has none."""
        found = self.policy.readings.get(name)
        number = found.number if found else None
        return self.given(
            f"reading.{name}",
            "",
            number,
            unit=unit,
            formula="reading",
            readings=(name,),
            why=reason("reading_open", reading=name),
        )


def _rows_unknown(census: Census, table: str, found: Tally) -> Reason:
    """Why a number of the ledger is undefined: how many rows leave it so, and the first of them."""
    first = [called(census, table, row) for row in found.doubtful[:NAMED_ROWS].tolist()]
    return reason(
        "rows_unknown",
        unsure=found.unsure,
        known=len(found.rows),
        part=found.value,
        first="; ".join(first),
    )


def _evaluate(
    formula: str, inputs: Mapping[str, Figure], constants: Mapping[str, Fraction]
) -> tuple[Value | None, Reason | None]:
    missing = [each.key for each in inputs.values() if each.value is None]
    if missing:
        return None, reason("input_undefined", keys=", ".join(missing))
    known = {role: each.value for role, each in inputs.items() if each.value is not None}
    try:
        return FORMULAS[formula].compute({**known, **constants}), None  # type: ignore[dict-item]
    except UndefinedError as error:
        return None, reason(str(error))
