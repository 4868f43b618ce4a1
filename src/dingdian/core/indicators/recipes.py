"""Recipes: how a measure is made, as small frozen values that a register can be read from.

A recipe names other measures by id and area (``HERE`` the scope asked for, ``WHOLE`` the
whole pooling area); it never holds a number of a document. Where a text is unclear a
recipe asks a reading, and an open reading makes the figure undefined, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from dingdian.core.census import RegionTree
from dingdian.core.workings import Figure, Measure, Recipe, Workings, reason


class Area(StrEnum):
    """The area at which an input is taken."""

    HERE = "here"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Of:
    """A measure at an area, as an input of another measure."""

    measure: str
    area: Area = Area.HERE

    def figure(self, workings: Workings, scope: str) -> Figure:
        """The figure of the measure, seen from ``scope``."""
        at = workings.census.tree.root if self.area is Area.WHOLE else scope
        return workings.figure(self.measure, at)


@dataclass(frozen=True, slots=True)
class Computed:
    """A measure computed by one formula from other measures, given by role."""

    formula: str
    inputs: tuple[tuple[str, Of], ...]
    constants: tuple[tuple[str, Fraction], ...] = ()

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """The figure; undefined while an input is."""
        return workings.compute(
            measure.id,
            scope,
            self.formula,
            {role: each.figure(workings, scope) for role, each in self.inputs},
            unit=measure.unit,
            constants=dict(self.constants),
        )


def ratio(a: str, b: str, per: int = 1) -> Computed:
    """``a`` per ``per`` units of ``b``, both here; undefined where ``b`` is 0.

    >>> ratio("pharmacies", "insured", 10_000).constants
    (('k', Fraction(10000, 1)),)
    """
    return Computed("ratio", (("a", Of(a)), ("b", Of(b))), (("k", Fraction(per)),))


def share(part: str, whole: str) -> Computed:
    """The share of ``part`` in ``whole``, both here, between 0 and 1 where it is a part.

    >>> [role for role, _ in share("medical_private", "medical_institutions").inputs]
    ['a', 'b']
    """
    return Computed("share", (("a", Of(part)), ("b", Of(whole))))


def difference(a: str, b: str) -> Computed:
    """``a`` minus ``b``, both here."""
    return Computed("difference", (("a", Of(a)), ("b", Of(b))))


def sum_of(*measures: str) -> Computed:
    """The sum of measures that do not overlap, all here."""
    return Computed("sum", tuple((each, Of(each)) for each in measures))


def largest(*measures: str) -> Computed:
    """The largest of the measures, all here."""
    return Computed("maximum", tuple((each, Of(each)) for each in measures))


def smallest(*measures: str) -> Computed:
    """The smallest of the measures, all here."""
    return Computed("minimum", tuple((each, Of(each)) for each in measures))


@dataclass(frozen=True, slots=True)
class ByReading:
    """The measure that a reading chooses: pairs of option and measure id.

    ``absent``: the measure where the shelf does not raise the question at all (a place
    without bed classes managed apart has no reading about them). Undefined with
    ``reading_open`` while the reading is open, with ``option_unknown`` when a shelf offers an
    option that no measure stands for.
    """

    reading: str
    options: tuple[tuple[str, str], ...]
    absent: str = ""

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """The chosen measure's figure under this measure's name."""
        raised = self.reading in workings.policy.readings
        if self.absent and not raised:
            figure = {"a": workings.figure(self.absent, scope)}
            return workings.compute(measure.id, scope, "same", figure, unit=measure.unit)
        chosen = workings.choice(self.reading)
        source = dict(self.options).get(chosen) if chosen else None
        if source is None:
            why = (
                reason("option_unknown", reading=self.reading, option=chosen)
                if chosen
                else reason("reading_open", reading=self.reading)
            )
            made = workings.undefined(measure.id, scope, why, unit=measure.unit)
            return made._replace(readings=(self.reading,))
        return workings.compute(
            measure.id,
            scope,
            "same",
            {"a": workings.figure(source, scope)},
            unit=measure.unit,
            readings=(self.reading,),
        )


def by_reading(reading: str, *, absent: str = "", **options: str) -> ByReading:
    """A recipe that takes the measure which the reading's chosen option names.

    >>> by_reading("elderly_age", aged_60="aged_60", aged_65="aged_65").options
    (('aged_60', 'aged_60'), ('aged_65', 'aged_65'))
    """
    return ByReading(reading, tuple(options.items()), absent)


def readings_of(recipe: Recipe) -> Iterator[tuple[str, frozenset[str]]]:
    """The reading that a recipe chooses by, with the options it knows; none for most recipes."""
    if isinstance(recipe, ByReading):
        yield recipe.reading, frozenset(option for option, _ in recipe.options)
    elif isinstance(recipe, WholeOnly):
        yield from readings_of(recipe.recipe)


class Parts(StrEnum):
    """What a measure of distribution compares inside a scope."""

    DISTRICTS = "districts"
    ZONES = "zones"


def parts_of(tree: RegionTree, scope: str, parts: Parts) -> tuple[str, ...]:
    """The districts inside a scope, or the zones inside the whole area; empty when none.

    Zones count as parts only when every district stands in one: otherwise they do not sum
    to the whole.

    Raises:
        KeyError: no such region or zone.

    >>> parents, levels = {"1": None, "2": "1", "3": "1"}, {"2": "county", "3": "county"}
    >>> tree = RegionTree(parents, levels, {}, {"2": "county", "3": "county"})
    >>> parts_of(tree, "1", Parts.DISTRICTS), parts_of(tree, "2", Parts.DISTRICTS)
    (('2', '3'), ())
    """
    if parts is Parts.ZONES:
        zoned = all(tree.zone_of(code) for code in tree.districts)
        return tree.zone_scopes if scope == tree.root and zoned else ()
    inside = {code for member in tree.members(scope) for code in tree.descend(member)}
    below = tuple(code for code in tree.districts if code in inside)
    return () if below == (scope,) else below


@dataclass(frozen=True, slots=True)
class Across:
    """A measure of distribution: ``x`` (base) and ``y`` (resource) of each part of the scope.

    Roles are ``x:<code>`` and ``y:<code>``. Undefined with ``no_parts`` where the scope has
    no parts to compare; a zone of a single district has no inequality, and says 0.
    """

    formula: str
    x: str
    y: str
    parts: Parts = Parts.DISTRICTS

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """The figure over the parts; with the parts named where a logarithm has none."""
        parts = parts_of(workings.census.tree, scope, self.parts)
        if not parts:
            why = reason("no_parts", parts=self.parts.value)
            return workings.undefined(measure.id, scope, why, unit=measure.unit)
        x = {f"x:{part}": workings.figure(self.x, part) for part in parts}
        y = {f"y:{part}": workings.figure(self.y, part) for part in parts}
        made = workings.compute(measure.id, scope, self.formula, {**x, **y}, unit=measure.unit)
        if made.why is None or made.why.code != "log_of_zero":
            return made
        without = [part for part in parts if y[f"y:{part}"].value == 0]
        return made._replace(why=reason("log_of_zero", regions=", ".join(without)))


@dataclass(frozen=True, slots=True)
class WholeOnly:
    """A measure that has a meaning for the whole pooling area alone (one fund, one model)."""

    recipe: Recipe

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """The inner recipe's figure, undefined with ``whole_area_only`` anywhere else."""
        if scope == workings.census.tree.root:
            return self.recipe(workings, measure, scope)
        why = reason("whole_area_only")
        return workings.undefined(measure.id, scope, why, unit=measure.unit)


@dataclass(frozen=True, slots=True)
class IfComplete:
    """``known`` where as many were reported as there are, undefined otherwise.

    The reason carries both numbers, so that the partial figure (``known``) is never read as
    the whole one.
    """

    known: str
    reported: str
    expected: str

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """The complete figure."""
        reported = workings.figure(self.reported, scope).value
        expected = workings.figure(self.expected, scope).value
        if reported is None or expected is None or reported < expected:
            why = reason("not_all_reported", reported=reported, expected=expected)
            return workings.undefined(measure.id, scope, why, unit=measure.unit)
        known = workings.figure(self.known, scope)
        return workings.compute(measure.id, scope, "same", {"a": known}, unit=measure.unit)


__all__ = [
    "Across",
    "Area",
    "ByReading",
    "Computed",
    "IfComplete",
    "Of",
    "Parts",
    "WholeOnly",
    "by_reading",
    "difference",
    "largest",
    "parts_of",
    "ratio",
    "share",
    "smallest",
    "sum_of",
]
