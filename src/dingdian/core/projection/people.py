"""People by age: who is born, moves up an age group, moves in or away, and dies in a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from dingdian.core.errors import Fault, RequestError, fault
from dingdian.core.projection.draws import Draws, Whole


@dataclass(frozen=True, slots=True)
class Group:
    """One row of a cohort table: people of a district from ``first`` to ``last`` years of age.

    ``last`` is ``None`` where the group is open (85 and over). Nobody is 0, which is stated.
    """

    district: str
    first: int
    last: int | None
    people: int


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Residents by district (rows) and age group (columns); the last group is open."""

    firsts: tuple[int, ...]
    people: Whole

    @classmethod
    def of(cls, rows: Iterable[Group], districts: Sequence[str]) -> Cohorts:
        """The cohorts of a table whose groups begin at 0, follow one another and end open.

        Raises:
            RequestError: every gap, overlap, closed end and missing row, a row given twice, an age
                group that ends elsewhere in another district, a district that the ledger lacks.

        >>> rows = [Group("a", 0, 59, 80), Group("a", 60, None, 20)]
        >>> Cohorts.of(rows, ["a"]).people.tolist()
        [[80, 20]]
        """
        given = list(rows)
        ends = {each.first: each.last for each in given}
        firsts = tuple(sorted(ends))
        cells = {(each.district, each.first): each.people for each in given}
        faults = [*_doubts(given, districts), *_gaps(firsts, ends)]
        faults += [
            fault("projection_cohort_missing", district=at, first=first)
            for at in districts
            for first in firsts
            if (at, first) not in cells
        ]
        if faults:
            raise RequestError(tuple(faults))
        table = [[cells[at, first] for first in firsts] for at in districts]
        return cls(firsts, np.array(table, np.int64).reshape(len(districts), len(firsts)))

    @property
    def widths(self) -> tuple[int, ...]:
        """Years of age in each group but the open one."""
        return tuple(b - a for a, b in zip(self.firsts, self.firsts[1:], strict=False))


def _doubts(given: Sequence[Group], districts: Sequence[str]) -> Iterator[Fault]:
    """Rows of which one would have to be chosen, and rows whose people would be left out."""
    for (at, first), n in Counter((each.district, each.first) for each in given).items():
        if n > 1:
            yield fault("projection_cohort_twice", district=at, first=first, n=n)
    lasts: dict[int, dict[str, None]] = {}
    for each in given:
        last = "" if each.last is None else each.last
        lasts.setdefault(each.first, {})[f"{each.first}-{last}"] = None
    for first, groups in lasts.items():
        if len(groups) > 1:
            yield fault("projection_cohort_unlike", first=first, groups=", ".join(groups))
    for at in dict.fromkeys(each.district for each in given):
        if at not in districts:
            yield fault("projection_cohort_district", district=at, known=", ".join(districts))


def _gaps(firsts: tuple[int, ...], ends: Mapping[int, int | None]) -> Iterator[Fault]:
    before, expected = "—", 0
    for first in firsts:
        if first != expected:
            yield fault("projection_cohort_gap", before=before, expected=expected, found=first)
        last = ends[first]
        before, expected = (
            f"{first}-{'' if last is None else last}",
            (first if last is None else last) + 1,
        )
    if firsts and ends[firsts[-1]] is not None:
        yield fault("projection_cohort_end", last=ends[firsts[-1]])


@dataclass(frozen=True, slots=True)
class Vital:
    """What happens to people in a year, by age group.

    ``survival`` and ``births`` (children for each person of the group) are probabilities;
    ``migration`` is net, as a share of the group: below 0 they leave. Within a group ages are
    taken as even: of a group of five years a fifth moves up.
    """

    survival: tuple[Fraction, ...]
    births: tuple[Fraction, ...]
    migration: tuple[Fraction, ...]


def next_year(people: Whole, cohorts: Cohorts, vital: Vital, draws: Draws) -> Whole:
    """People a year later: runs, districts, age groups."""
    rates = [np.array(each, float) for each in (vital.survival, vital.births, vital.migration)]
    survival, births, migration = rates
    born = draws.binomial(people, births).sum(axis=2)
    alive = draws.binomial(people, survival)
    moved = draws.binomial(alive, np.abs(migration)) * np.sign(migration).astype(np.int64)
    here = alive + moved
    up = draws.binomial(here[..., :-1], 1 / np.array(cohorts.widths, float))
    after = here.copy()
    after[..., :-1] -= up
    after[..., 1:] += up
    after[..., 0] += born
    return np.asarray(after, np.int64)
