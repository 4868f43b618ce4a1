"""Measure sites: what chosen sites change, for everybody and for the people of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from dingdian.actions.gather_candidates import Candidate
from dingdian.actions.lay_out_sites import points_at
from dingdian.actions.weigh_demand import Demand
from dingdian.core.census import Census
from dingdian.core.census.table import Mask
from dingdian.core.indicators.gaps import nearest_members

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Brings:
    """What one chosen site brings.

    ``newly``: people within its circle whom nobody serves yet, at the localities ``codes``;
    ``alone``: those of them whom no other chosen site reaches; ``nearest``: people to whom it is
    nearer than all that stand and all others chosen.
    """

    newly: Fraction
    alone: Fraction
    nearest: Fraction
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """The people of an area: all, those reached once and twice before and after, as counted.

    ``sites``: how many of the chosen stand there.
    """

    scope: str
    people: Fraction
    before: Fraction
    after: Fraction
    twice_before: Fraction
    twice_after: Fraction
    sites: int


@dataclass(frozen=True, slots=True)
class Way:
    """How far people have it to the nearest one, straight: mean and longest, in millimetres.

    ``None`` where nobody stands, or nobody lives where a position is known.
    """

    mean_mm: int | None
    longest_mm: int | None
    longest_at: str


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """What a choice changes: by area (the whole first, then districts), by site, by distance.

    ``after``: by how many institutions each locality is reached then; ``nearest_mm``: how far the
    nearest is then, -1 where there is none or no position.
    """

    scopes: tuple[Scope, ...]
    each: tuple[Brings, ...]
    way_before: Way
    way_after: Way
    after: Rows
    nearest_mm: Rows


def effect_of(census: Census, demand: Demand, chosen: Sequence[Candidate]) -> Effect:
    """What the chosen ones (each with a place) change, in their order."""
    located = np.flatnonzero(demand.located)
    sites, circle = demand.index(points_at(chosen)), demand.circle
    near = sites.neighbours(demand.points, circle.radius_mm, rim=circle.rim)
    more = np.zeros(len(demand.people), np.int64)
    more[located] = np.diff(near.starts)
    after = demand.times + more
    _, before_mm = nearest_members(census, circle, located)
    own = sites.nearest(demand.points)
    new_at, new_mm = own.sites[:, 0], own.distance_mm[:, 0]
    nearer = (new_at >= 0) & ((before_mm < 0) | (new_mm < before_mm))
    now_mm = np.where(nearer, new_mm, before_mm)
    codes = census.column("localities", "code")
    fresh = demand.times == 0
    each = []
    point = np.repeat(located, np.diff(near.starts))
    for at in range(len(chosen)):
        rows = point[near.sites == at]
        newly = _mask(rows[fresh[rows]], after)
        each.append(
            Brings(
                newly=demand.count(newly),
                alone=demand.count(newly & (more == 1)),
                nearest=demand.count(_mask(located[nearer & (new_at == at)], after)),
                codes=tuple(str(codes.cell(row)) for row in np.flatnonzero(newly).tolist()),
            )
        )
    nearest_mm = np.full(len(after), -1, np.int64)
    nearest_mm[located] = now_mm
    return Effect(
        scopes=tuple(_scopes(census, demand, after, chosen)),
        each=tuple(each),
        way_before=_way(census, demand, located, before_mm),
        way_after=_way(census, demand, located, now_mm),
        after=after,
        nearest_mm=nearest_mm,
    )


def _mask(rows: Rows, like: Rows) -> Mask:
    found = np.zeros(len(like), np.bool_)
    found[rows] = True
    return found


def _scopes(
    census: Census, demand: Demand, after: Rows, chosen: Sequence[Candidate]
) -> list[Scope]:
    every = np.ones(len(after), np.bool_)
    people, before, now, twice_before, twice_now = (
        demand.by_district(rows)
        for rows in (every, demand.times >= 1, after >= 1, demand.times >= 2, after >= 2)
    )
    stand = [each.site.district for each in chosen if each.site is not None]

    def scope(name: str, codes: Iterable[str], sites: int) -> Scope:
        own = tuple(codes)

        def total(of: Mapping[str, Fraction]) -> Fraction:
            return sum((of[code] for code in own), Fraction(0))

        return Scope(
            scope=name,
            people=total(people),
            before=total(before),
            after=total(now),
            twice_before=total(twice_before),
            twice_after=total(twice_now),
            sites=sites,
        )

    whole = scope(census.tree.root, people, len(stand))
    return [whole, *(scope(code, [code], stand.count(code)) for code in demand.districts)]


def _way(census: Census, demand: Demand, located: Rows, distance_mm: Rows) -> Way:
    """Mean and longest way of people whose place is known."""
    people = demand.people[located]
    asked = (people > 0) & (distance_mm >= 0)
    if not asked.any():
        return Way(None, None, "")
    total = int(people[asked].astype(object) @ distance_mm[asked].astype(object))
    many = int(people[asked].sum())
    last = int(np.flatnonzero(asked)[np.argmax(distance_mm[asked])])
    code = str(census.column("localities", "code").cell(int(located[last])))
    return Way((2 * total + many) // (2 * many), int(distance_mm[last]), code)
