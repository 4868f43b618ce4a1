"""Recipes of coverage: localities by how many institutions stand within their circle.

A covered population is summed over localities (points or cells of a grid). Where the sum of
localities and the resident population of a district differ, the reading ``grid_disagreement``
says whether the localities count as they are, are rescaled, or are refused; the difference
(``located_share``) is always shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from types import MappingProxyType

import numpy as np

from dingdian.core.census import Census, Circle, Selection, Test, Where, members_of, tally
from dingdian.core.census.counties import across, counties_of, has_outline
from dingdian.core.census.near import off_streets, threshold_text
from dingdian.core.census.table import Mask
from dingdian.core.indicators.circles import Drawn, Standard, drawn, standard
from dingdian.core.indicators.recipes import Parts, parts_of
from dingdian.core.workings import Figure, Measure, Reason, Workings, reason

TABLE = "localities"
#: Columns of localities that hold people, and the measure of the district that they should sum to.
RESIDENT, INSURED_COLUMN = "persons", "insured"
BASES: Mapping[str, str] = MappingProxyType({RESIDENT: "resident", INSURED_COLUMN: "insured"})
GRID_READING, AS_IS = "grid_disagreement", "as_is"

#: Classes of areas by how many institutions stand within the circle (DX-23, DX-24, DX-44).
UNSERVED, INSUFFICIENT = "unserved", "insufficient"
SUFFICIENT, SATURATED = "sufficient", "saturated"


def gives_insured(census: Census) -> bool:
    """Whether the ledger gives the insured of any locality: then they are counted, in all."""
    return bool(census.column(TABLE, INSURED_COLUMN).known.any())


@dataclass(frozen=True, slots=True)
class Asked:
    """Which localities are asked for: conditions, the circle among them, and what is summed.

    ``total`` empty counts the localities.
    """

    where: tuple[Where, ...] = ()
    circle: Circle | None = None
    total: str = RESIDENT


def _of_kind(kind: str) -> tuple[Where, ...]:
    return (Where("kind", Test.IS, (kind,)),) if kind else ()


@dataclass(frozen=True, slots=True)
class Located:
    """Localities with their persons summed, or counted without ``total``; all or of one kind.

    ``weighed``: persons by the reading ``grid_disagreement``.
    """

    total: str = RESIDENT
    kind: str = ""
    weighed: bool = False

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """The figure; undefined with ``table_empty`` without any locality."""
        make = weighed if self.weighed else counted
        return make(workings, measure, scope, Asked(_of_kind(self.kind), total=self.total))


@dataclass(frozen=True, slots=True)
class Covered:
    """Localities with at least ``n`` institutions of a stock within the circle.

    Their persons by the reading ``grid_disagreement``, or how many they are without ``total``;
    all of them, or those of one kind.
    """

    of: str
    n: int
    total: str = RESIDENT
    kind: str = ""

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """The figure; undefined where no circle is drawn or a locality is unsure."""
        found = drawn(workings, self.of)
        if isinstance(found, Reason):
            return workings.undefined(measure.id, scope, found, unit=measure.unit)
        near = Where(found.circle.column, Test.NEAR, found.circle.words(str(self.n)))
        asked = Asked((near, *_of_kind(self.kind)), found.circle, self.total)
        return _citing(_made(workings, measure, scope, asked), found.readings)


@dataclass(frozen=True, slots=True)
class InClass:
    """Localities of a class of areas: their persons, or how many they are without ``total``."""

    of: str
    area_class: str
    total: str = RESIDENT

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """The figure; undefined where no circle is drawn or no standard is set."""
        found = class_conditions(workings, self.of, self.area_class)
        if isinstance(found, Reason):
            return workings.undefined(measure.id, scope, found, unit=measure.unit)
        circle, where = found
        asked = Asked(where, circle.circle, self.total)
        return _citing(_made(workings, measure, scope, asked), circle.readings)


def class_conditions(
    workings: Workings, of: str, area_class: str
) -> tuple[Drawn, tuple[Where, ...]] | Reason:
    """The circle of a stock and the conditions of a class of areas, or why there are none.

    The unserved need no standard: they have nobody within the circle.
    """
    found = drawn(workings, of)
    if isinstance(found, Reason):
        return found
    if area_class == UNSERVED:
        return found, (_near(found.circle, Test.FEWER, "1"),)
    set_by = standard(workings, of)
    if isinstance(set_by, Reason):
        return set_by
    readings = tuple(dict.fromkeys((*found.readings, *set_by.readings)))
    return replace(found, readings=readings), _conditions(found.circle, set_by)[area_class]


def _conditions(circle: Circle, set_by: Standard) -> Mapping[str, tuple[Where, ...]]:
    enough, beyond = threshold_text(set_by.enough), threshold_text(set_by.beyond)
    return {
        INSUFFICIENT: (_near(circle, Test.NEAR, "1"), _near(circle, Test.FEWER, enough)),
        SUFFICIENT: (_near(circle, Test.NEAR, enough), _near(circle, Test.FEWER, beyond)),
        SATURATED: (_near(circle, Test.NEAR, beyond),),
    }


def _near(circle: Circle, test: Test, threshold: str) -> Where:
    return Where(circle.column, test, circle.words(threshold))


def _made(workings: Workings, measure: Measure, scope: str, asked: Asked) -> Figure:
    make = weighed if asked.total else counted
    return make(workings, measure, scope, asked)


def _citing(figure: Figure, readings: tuple[str, ...]) -> Figure:
    return figure._replace(readings=tuple(dict.fromkeys((*readings, *figure.readings))))


# -- people by the reading ----------------------------------------------------------


def weighed(workings: Workings, measure: Measure, scope: str, asked: Asked) -> Figure:
    """Persons of the localities asked for, by the reading ``grid_disagreement``.

    Rescaled, a district's localities are made to sum to its residents (or insured); refused, a
    district has no figure where the two differ by more than the reading's number. The figure
    of a larger area is then the sum of its districts.
    """
    how = workings.choice(GRID_READING)
    districts = parts_of(workings.census.tree, scope, Parts.DISTRICTS)
    if how is None:
        why = reason("reading_open", reading=GRID_READING)
        made = workings.undefined(measure.id, scope, why, unit=measure.unit)
    elif how not in _GRID:
        why = reason("option_unknown", reading=GRID_READING, option=how)
        made = workings.undefined(measure.id, scope, why, unit=measure.unit)
    elif districts and how != AS_IS:
        parts = {each: workings.figure(measure.id, each) for each in districts}
        made = workings.compute(measure.id, scope, "sum", parts, unit=measure.unit)
    else:
        made = _GRID[how](workings, measure, scope, asked)
    return made._replace(readings=(GRID_READING,))


def _rescaled(workings: Workings, measure: Measure, scope: str, asked: Asked) -> Figure:
    district = workings.census.tree.county_of(scope) or scope
    roles = {
        "a": counted(workings, replace(measure, id=f"as_located.{measure.id}"), scope, asked),
        "r": workings.figure(BASES[asked.total], district),
        "b": workings.figure("located_persons", district),
    }
    return workings.compute(measure.id, scope, "rescaled", roles, unit=measure.unit)


def _refused(workings: Workings, measure: Measure, scope: str, asked: Asked) -> Figure:
    district = workings.census.tree.county_of(scope) or scope
    there = workings.figure("located_share", district)
    limit = workings.reading_number(GRID_READING, unit="share")
    if there.exact is None or limit.exact is None:
        needed = there if there.exact is None else limit
        return workings.compute(measure.id, scope, "same", {"a": needed}, unit=measure.unit)
    if abs(there.exact - 1) > limit.exact:
        why = reason("grid_refused", share=there.key, limit=limit.key)
        return workings.undefined(measure.id, scope, why, unit=measure.unit)
    return counted(workings, measure, scope, asked)


# -- straight from the ledger ---------------------------------------------------------


def counted(workings: Workings, measure: Measure, scope: str, asked: Asked) -> Figure:
    """The localities asked for in a scope, with who is not located as the reason."""
    census = workings.census
    if not len(census.tables[TABLE]):
        why = reason("table_empty", table=TABLE)
        return workings.undefined(measure.id, scope, why, unit=measure.unit)
    here = Where("region", Test.WITHIN, census.tree.members(scope))
    selection = Selection(TABLE, (*asked.where, here), asked.total)
    made = workings.select(measure.id, scope, selection, unit=measure.unit)
    if asked.circle is None or made.why is None:
        return made
    found = not_located(workings, asked.circle, scope)
    if not found.institutions and not found.localities:
        return made
    part = dict(made.why.details)["part"]
    code = "off_streets" if asked.circle.by else "not_located"
    why = reason(code, **asdict(found), part=part)
    return workings.keep(made._replace(why=why))


#: Option of ``grid_disagreement`` -> how persons of a district are counted.
_GRID: Mapping[str, Callable[[Workings, Measure, str, Asked], Figure]] = MappingProxyType(
    {AS_IS: counted, "rescaled": _rescaled, "refused": _refused}
)
GRID_OPTIONS = tuple(_GRID)


@dataclass(frozen=True, slots=True)
class NotLocated:
    """Institutions that may serve a scope, and localities of it, without a usable position.

    Along streets that is who is on none as well.

    ``borders``: other counties with such institutions and no outline, so that how far they
    reach is only an estimate.
    """

    institutions: int
    localities: int
    borders: int


def not_located(workings: Workings, circle: Circle, scope: str) -> NotLocated:
    """Who is not located in a scope, and in the counties that reach across its border.

    An institution whose county is not known may stand in any scope and counts in each.
    """
    census, tree = workings.census, workings.census.tree
    members = tree.members(scope)
    own = tally(census, Selection(TABLE, (Where("region", Test.WITHIN, members),))).counted
    _, possible = members_of(census, circle)
    missing = possible & _lost(census, "institutions", circle)
    county, codes = counties_of(census, "institutions")
    inside = {tree.county_of(each) for each in census.below(members)}
    own_counties = [number for number, code in enumerate(codes) if code in inside]
    others = set(np.unique(county[missing]).tolist()) - {-1, *own_counties}
    reaching = [each for each in others if across(census, TABLE, each, circle.radius_mm)[own].any()]
    here = np.isin(county, [-1, *own_counties, *reaching])
    return NotLocated(
        institutions=int(np.count_nonzero(missing & here)),
        localities=int(np.count_nonzero(own & _lost(census, TABLE, circle))),
        borders=sum(not has_outline(census, codes[each]) for each in others),
    )


def _lost(census: Census, table: str, circle: Circle) -> Mask:
    """The rows of a table that no distance can be measured from."""
    lost = ~census.positions(table).known
    return lost | off_streets(census, table) if circle.by else lost
