"""Recipes that take a number straight from the ledger: rows counted or summed, and own cells.

The rows of a stock are those that are designated on the stock day: standing among
``DESIGNATED``, with ``suspended`` if the reading ``stock_suspended`` counts it, and held by
the dates of the designation. In a census that was taken later the dates decide alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from dingdian.core.census import (
    Census,
    Selection,
    Test,
    Where,
    designated_on,
    existing_on,
    tally,
    undesignated_on,
)
from dingdian.core.census.vocabulary import BED_CLASSES, CHAIR_CLASSES, DESIGNATED
from dingdian.core.policy import Policy
from dingdian.core.workings import Figure, Measure, Workings, reason

SUSPENDED_READING = "stock_suspended"
#: Option of ``stock_suspended`` -> whether a suspended institution counts as stock.
SUSPENDED_COUNTS: Mapping[str, bool] = {"counts": True, "does_not_count": False}


def pool_classes(policy: Policy) -> tuple[str, ...]:
    """The bed classes that a rule of family ``pool`` in force manages apart, none if no rule does.

    Chairs are not among them: they are never beds.
    """
    apart = {
        each
        for rule in policy.rules.values()
        if rule.rule.family == "pool" and rule.value
        for each in rule.value
    }
    return tuple(each for each in BED_CLASSES if each in apart and each not in CHAIR_CLASSES)


@dataclass(frozen=True, slots=True)
class Rows:
    """A template of a selection; scope, stock day, readings and pools are filled in.

    ``through`` is ``"institution."`` for tables that refer to one. ``designated``: only the
    stock of the day. ``existing``: what existed on it, ``undesignated``: without a
    designation. ``services``: each must be open on the day; ``any_service``: one of
    them must. ``general_pool``: bed classes managed apart are left out. ``total``: the
    column summed; empty counts rows. ``year``: column that must equal the stock day's year.
    """

    table: str
    where: tuple[Where, ...] = ()
    total: str = ""
    through: str = ""
    designated: bool = False
    existing: bool = False
    undesignated: bool = False
    services: tuple[str, ...] = ()
    any_service: tuple[str, ...] = ()
    general_pool: bool = False
    year: str = ""

    def selection(self, workings: Workings, scope: str, *, suspended: bool = False) -> Selection:
        """The selection for a scope; ``suspended`` whether suspended ones count as stock."""
        day = workings.stock_day.isoformat()
        where = list(self.where)
        if self.designated:
            standings = (*DESIGNATED, "suspended") if suspended else DESIGNATED
            where += designated_on(workings.census, day, standings, self.through)
        if self.existing:
            where.append(existing_on(workings.census, day, self.through))
        if self.undesignated:
            where.append(undesignated_on(workings.census, day))
        where += [Where(self.through + each, Test.OPEN, (day,)) for each in self.services]
        if self.any_service:
            where.append(Where(self.through, Test.ANY_OPEN, (day, *self.any_service)))
        if self.general_pool:
            apart = (*pool_classes(workings.policy), *CHAIR_CLASSES)
            where.append(Where("bed_class", Test.IS_NOT, apart))
        if self.year:
            where.append(Where(self.year, Test.IS, (str(workings.stock_day.year),)))
        members = workings.census.tree.members(scope)
        where.append(Where(self.through + "region", Test.WITHIN, members))
        return Selection(self.table, tuple(where), self.total)


@dataclass(frozen=True, slots=True)
class FromLedger:
    """A measure counted or summed from ledger rows.

    While ``stock_suspended`` is open the figure is undefined only where suspended
    institutions would change it.
    """

    rows: Rows

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """The figure; undefined while any row is unsure."""
        if not self.rows.designated:
            selection = self.rows.selection(workings, scope)
            return workings.select(measure.id, scope, selection, unit=measure.unit)
        chosen = workings.choice(SUSPENDED_READING)
        counts = SUSPENDED_COUNTS.get(chosen) if chosen else None
        selection = self.rows.selection(workings, scope, suspended=bool(counts))
        made = workings.select(measure.id, scope, selection, unit=measure.unit)
        if counts is None and self._matters(workings, scope, selection):
            made = made._replace(value=None, why=reason("reading_open", reading=SUSPENDED_READING))
        return made._replace(readings=(SUSPENDED_READING,))

    def _matters(self, workings: Workings, scope: str, without: Selection) -> bool:
        census = workings.census
        more = tally(census, self.rows.selection(workings, scope, suspended=True))
        less = tally(census, without)
        return (more.value, more.unsure) != (less.value, less.unsure)


@dataclass(frozen=True, slots=True)
class Own:
    """A cell of a region's own row, or, where the region has none, the sum of its children's.

    With a ``year`` column the latest year up to the stock day is taken in which the cell
    (and each column of ``together``) is known; it stands in the detail of the figure. A part
    that is unknown makes the sum undefined: nothing is ever summed over the known parts only.
    """

    table: str
    column: str
    region: str = "region"
    year: str = "year"
    together: tuple[str, ...] = ()
    same_year: str = ""

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """The figure; undefined with ``not_given`` where nothing at or below the scope is known."""
        years = self._latest(workings)
        if scope in years:
            return self._row(workings, measure, scope, years[scope])
        members = workings.census.tree.members(scope)
        if years.keys() & workings.census.below(members):
            parts = below(workings.census, scope)
            return self._sum(workings, measure, scope, parts)
        why = reason("not_given", table=self.table, column=self.column, region=scope)
        return workings.undefined(measure.id, scope, why, unit=measure.unit)

    def selection(self, scope: str, year: int) -> Selection:
        """The cell of a region in a year."""
        where = [Where(self.region, Test.IS, (scope,))]
        if self.year:
            where.append(Where(self.year, Test.IS, (str(year),)))
        return Selection(self.table, tuple(where), self.column)

    def known_years(self, workings: Workings, scope: str) -> frozenset[int]:
        """The years in which a region's own cell is known; 0 for a table without years."""
        census = workings.census
        return census.cached(self, lambda: self._known(census)).get(scope, frozenset())

    def _row(self, workings: Workings, measure: Measure, scope: str, year: int) -> Figure:
        detail = (("year", str(year)),) if self.year else ()
        return workings.select(
            measure.id, scope, self.selection(scope, year), unit=measure.unit, detail=detail
        )

    def _sum(
        self, workings: Workings, measure: Measure, scope: str, parts: tuple[str, ...]
    ) -> Figure:
        figures = {part: workings.figure(measure.id, part) for part in parts}
        years = sorted(
            {text for f in figures.values() for name, text in f.detail if name == "year"}
        )
        detail = (("year", "–".join(dict.fromkeys((years[0], years[-1])))),) if years else ()
        return workings.compute(measure.id, scope, "sum", figures, unit=measure.unit, detail=detail)

    def _latest(self, workings: Workings) -> Mapping[str, int]:
        """For each region with a known cell the latest year up to the stock day's."""
        last, census = workings.stock_day.year, workings.census
        years = census.cached(self, lambda: self._known(census))
        only = self.same_year and workings.choice(self.same_year) == "same_year_only"
        first = last if only else 0
        upto = {r: [y for y in known if first <= y <= last] for r, known in years.items()}
        return {region: max(known) for region, known in upto.items() if known}

    def _known(self, census: Census) -> Mapping[str, frozenset[int]]:
        table = census.tables[self.table]
        known = table[self.column].known.copy()
        for each in self.together:
            known &= table[each].known
        regions = table[self.region].cells()
        years = table[self.year].cells() if self.year else [Fraction(0)] * len(table)
        found: dict[str, set[int]] = {}
        for region, year, is_known in zip(regions, years, known.tolist(), strict=True):
            if is_known and isinstance(year, Fraction):
                found.setdefault(str(region), set()).add(int(year))
        return {region: frozenset(its) for region, its in found.items()}


def below(census: Census, scope: str) -> tuple[str, ...]:
    """The districts of a zone, or the regions directly below a region, in the ledger's order.

    Raises:
        KeyError: no such region or zone.
    """
    members = census.tree.members(scope)
    if members != (scope,):
        return members
    return tuple(each for each, parent in census.tree.parents.items() if parent == scope)


__all__ = ["SUSPENDED_COUNTS", "FromLedger", "Own", "Rows", "below", "pool_classes"]
