"""Run an assessment: a workbook of scores held against a census and a policy, for one year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dingdian.core.assessment.assessing import (
    Assessment,
    assess,
    counting_of,
    persons_on,
    sheets_of,
)
from dingdian.core.assessment.points import PersonStanding, Responsible, responsibilities
from dingdian.core.assessment.reading import About, Ground, about_of, of_persons, workbook_of
from dingdian.core.assessment.rows import item_words
from dingdian.core.assessment.subjects import subjects_of
from dingdian.core.assessment.workbook import Workbook
from dingdian.core.census import Census
from dingdian.core.census.table import Table, joined
from dingdian.core.errors import CensusError, Fault, RequestError, Severity, fault
from dingdian.core.faults import KINDS
from dingdian.core.period import first_day, last_day
from dingdian.core.policy import PolicyBook


@dataclass(frozen=True, slots=True)
class Run:
    """An assessment with what it was made from; ``shelf`` is the fingerprint of the shelf."""

    census: Census
    workbook: Workbook
    assessment: Assessment
    responsibilities: tuple[Responsible, ...]
    shelf: str
    as_if: bool


def run_assessment(
    census: Census,
    book: PolicyBook,
    tables: Mapping[str, Table],
    *,
    place: str,
    year: int,
    day: dt.date | None = None,
    read: Iterable[Fault] = (),
    faults: Sequence[Fault] = (),
    as_if: bool = False,
) -> Run:
    """Assess every institution that had an agreement in ``year``, by the rules of the day.

    The day is ``day``, else that of the workbook. ``read`` are what reading the workbook found,
    ``faults`` what the check of the census found.

    Raises:
        RequestError: no day, a day or year that the workbook contradicts, a day before the year's
            end, a workbook that cannot be read, no such place on the shelf.
        NotInForceError: the day lies outside the validity of the plan.
        CensusError: blocking faults, or a census of another place without ``as_if``.
    """
    tables = _with_past(tables, census)
    about = about_of(tables)
    on = _day(about, year, day)
    policy = book.on(place, on)
    _check(census, faults, policy.place.region_code, as_if=as_if)
    subjects = subjects_of(census, year)
    counted = counting_of(policy)
    ground = Ground(
        subjects={each.code: each for each in subjects},
        sheets={side: each.value for side, each in sheets_of(policy).items()},
        points=counted[0].value if counted else None,
        year=year,
        day=on,
        words=item_words(policy),
    )
    workbook = workbook_of(tables, ground, faults=(*read, *_early(census, year)))
    made = assess(census, subjects, policy, workbook, year=year, day=on)
    answers = responsibilities(workbook.events, last_day(year))
    return Run(census, workbook, made, answers, book.fingerprint, as_if)


def _with_past(tables: Mapping[str, Table], census: Census) -> Mapping[str, Table]:
    """The workbook's tables, with the past scores of the census that it does not give itself."""
    kept, own = census.tables["past_scores"], tables.get("past_scores")
    if not len(kept):
        return tables
    given = _years(own) if own is not None else []
    rows = [at for at, key in enumerate(_years(kept)) if key not in set(given)]
    columns = {name: each.take(np.array(rows, np.int64)) for name, each in kept.columns.items()}
    more = Table(kept.schema, columns, tuple(kept.origin[at] for at in rows))
    return {**tables, "past_scores": joined([own, more]) if own is not None else more}


def _years(table: Table) -> list[tuple[object, object]]:
    return list(zip(table["institution"].cells(), table["year"].cells(), strict=True))


def points_on(
    book: PolicyBook,
    tables: Mapping[str, Table],
    *,
    place: str,
    day: dt.date,
    read: Iterable[Fault] = (),
) -> tuple[tuple[PersonStanding, ...], tuple[Responsible, ...], tuple[Fault, ...]]:
    """Every person of a workbook on ``day``, their institutions, and what was odd.

    Raises:
        RequestError: there is no table of points, or no rule on points is in force on the day.
    """
    policy = book.on(book.place_on(place, day), day)
    counted = counting_of(policy)
    if counted is None:
        raise RequestError((fault("no_person_points_rule", day=day.isoformat()),))
    ground = Ground({}, {}, counted[0].value, day.year, day)
    own = of_persons(tables)
    workbook = workbook_of(own, ground, faults=read, asked=("points_events",))
    persons = persons_on(policy, workbook, day)
    return persons, responsibilities(workbook.events, day), workbook.faults


def _day(about: About, year: int, day: dt.date | None) -> dt.date:
    wrong = tuple(_disagreements(about, year, day))
    if wrong:
        raise RequestError(wrong)
    found = day or about.assessed_on
    if found is None:
        raise RequestError((fault("assessment_without_day"),))
    return found


def _disagreements(about: About, year: int, day: dt.date | None) -> Iterator[Fault]:
    if about.year is not None and about.year != year:
        yield fault("assessment_other_year", found=about.year, wanted=year)
    stated = about.assessed_on
    if day is not None and stated is not None and stated != day:
        found, wanted = stated.isoformat(), day.isoformat()
        yield fault("assessment_other_day", found=found, wanted=wanted)
    on = day or stated
    if on is not None and on < first_day(year + 1):
        yield fault("assessment_before_year_end", day=on.isoformat(), year=year)


def _check(census: Census, faults: Sequence[Fault], wanted: str, *, as_if: bool) -> None:
    blocking = [each for each in faults if KINDS[each.kind].severity is Severity.BLOCKING]
    if blocking:
        raise CensusError(tuple(blocking))
    if census.tree.root != wanted and not as_if:
        raise CensusError((fault("another_place", found=census.tree.root, wanted=wanted),))


def _early(census: Census, year: int) -> Iterator[Fault]:
    """That a census is older than the year's end."""
    taken = census.taken_on
    if taken is not None and taken < last_day(year):
        yield fault("census_before_year_end", day=taken.isoformat(), year=year)
