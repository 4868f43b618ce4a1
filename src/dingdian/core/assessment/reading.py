"""The tables of a workbook -> what they say of each institution, with all that is wrong."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from dingdian.core.admission.rows import Row
from dingdian.core.assessment.contract import OF_PERSONS, TABLES
from dingdian.core.assessment.own import Reader
from dingdian.core.assessment.persons import events_of, pauses_of, repairs_of
from dingdian.core.assessment.rows import Words, rows_of
from dingdian.core.assessment.subjects import Agreement, Subject
from dingdian.core.assessment.workbook import Own, Term, Workbook
from dingdian.core.census.faults import OF_CELLS
from dingdian.core.census.table import Table
from dingdian.core.errors import Fault, Place, RequestError, Severity, fault
from dingdian.core.faults import KINDS
from dingdian.core.rules.person_points import PersonPoints
from dingdian.core.rules.score_sheet import Sheet

#: Tables each of whose rows is about an institution.
OF_INSTITUTIONS = tuple(
    t.name for t in TABLES.values() if any(f.name == "institution" and f.filled for f in t)
)


@dataclass(frozen=True, slots=True)
class About:
    """What a workbook says of itself; ``None`` and empty where it does not."""

    id: str
    year: int | None
    assessed_on: dt.date | None
    assessed_by: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What the rows are held against: institutions by code, sheets by side, points, year, day.

    A side without a sheet in use is absent; ``points`` is ``None`` without a rule in force.
    """

    subjects: Mapping[str, Subject]
    sheets: Mapping[str, Sheet]
    points: PersonPoints | None
    year: int
    day: dt.date
    words: Words | None = None


@dataclass
class _Sorted:
    """Rows and faults by institution; those of none stand under ``""``."""

    rows: dict[str, dict[str, list[Row]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    faults: dict[str, list[Fault]] = field(default_factory=lambda: defaultdict(list))


def about_of(tables: Mapping[str, Table]) -> About:
    """What the table ``assessment`` says."""
    table = tables.get("assessment")
    if table is None:
        return About("", None, None, "")
    pairs = zip(table["item"].cells(), table["value"].cells(), strict=True)
    said = {str(item): str(value) for item, value in pairs if value is not None}
    year = said.get("year", "")
    return About(
        id=said.get("id", ""),
        year=int(year) if year.isdigit() else None,
        assessed_on=_day(said.get("assessed_on")),
        assessed_by=said.get("assessed_by", ""),
    )


def workbook_of(
    tables: Mapping[str, Table],
    ground: Ground,
    *,
    faults: Iterable[Fault] = (),
    asked: Sequence[str] = ("scores",),
) -> Workbook:
    """The workbook that tables of ``contract.TABLES`` hold.

    ``faults`` are what reading the tables found; those of a row of an institution go with it.
    ``asked``: the tables that have to be there. A row that cannot be used is told and left out;
    no other row suffers from it.

    Raises:
        RequestError: a file or a sheet cannot be read, or a table that is asked for is missing: all
            in one list.
    """
    read = list(faults)
    _check(tables, read, asked)
    rows = {name: rows_of(name, table, ground.words, read) for name, table in tables.items()}
    found = _sorted_out(rows, ground, read)
    own = {code: _own(code, found, ground) for code in found.rows}
    loose = found.faults[""]
    about = about_of(tables)
    events = tuple(events_of(rows.get("points_events", ()), ground.points, loose))
    known = frozenset(each.person for each in events)
    return Workbook(
        id=about.id,
        year=about.year,
        assessed_on=about.assessed_on,
        assessed_by=about.assessed_by,
        own=MappingProxyType(own),
        terms=tuple(_terms(rows.get("agreement_terms", ()), ground, loose)),
        events=events,
        pauses=tuple(pauses_of(rows.get("points_pauses", ()), ground.points, known, loose)),
        repairs=tuple(repairs_of(rows.get("points_repairs", ()), known, loose)),
        tables=MappingProxyType(dict(tables)),
        faults=tuple(dict.fromkeys(loose)),
    )


def of_persons(tables: Mapping[str, Table]) -> dict[str, Table]:
    """The tables of points against persons alone, and what the workbook says of itself."""
    return {name: table for name, table in tables.items() if name in (*OF_PERSONS, "assessment")}


def _check(tables: Mapping[str, Table], faults: Sequence[Fault], asked: Sequence[str]) -> None:
    wrong = [
        each
        for each in faults
        if KINDS[each.kind].severity is Severity.BLOCKING and each.kind not in OF_CELLS
    ]
    wrong += [
        fault("assessment_table_missing", table=name, table_zh=TABLES[name].zh)
        for name in asked
        if name not in tables
    ]
    if wrong:
        raise RequestError(tuple(wrong))


def _sorted_out(rows: Mapping[str, list[Row]], ground: Ground, read: list[Fault]) -> _Sorted:
    """Rows by institution; rows of none that is assessed are told and left out."""
    found = _Sorted()
    owner: dict[Place, str] = {}
    for name in OF_INSTITUTIONS:
        for row in rows.get(name, ()):
            code = row.text("institution")
            subject = ground.subjects.get(code)
            if subject is not None:
                owner[row.place] = code
            if not code:
                continue
            place = row.at(TABLES[name]["institution"].zh)
            if subject is None:
                found.faults[""].append(fault("assessed_unknown", place, value=code))
            elif subject.agreement is Agreement.NONE:
                details = {"value": code, "year": ground.year}
                found.faults[code].append(fault("assessed_without_agreement", place, **details))
                found.rows[code].setdefault("", [])
            else:
                found.rows[code][name].append(row)
    for each in dict.fromkeys(read):
        at = Place(each.place.file, each.place.sheet, each.place.row)
        found.faults[owner.get(at, "")].append(each)
    return found


def _own(code: str, found: _Sorted, ground: Ground) -> Own:
    subject = ground.subjects[code]
    reader = Reader(subject, ground.sheets.get(subject.side), ground.year, ground.day)
    own = reader.own(found.rows[code])
    return replace(own, faults=tuple(dict.fromkeys((*found.faults[code], *own.faults))))


def _terms(rows: Iterable[Row], ground: Ground, faults: list[Fault]) -> Iterable[Term]:
    for row in rows:
        code, step = row.text("institution"), row.text("step")
        if code and code not in ground.subjects:
            place = row.at(TABLES["agreement_terms"]["institution"].zh)
            faults.append(fault("assessed_unknown", place, value=code))
        elif step and not row.text("clause"):
            place = row.at(TABLES["agreement_terms"]["clause"].zh)
            faults.append(fault("term_without_clause", place, value=step))
        elif step:
            yield Term(code, row.text("about"), step, row.text("clause"), row.origin)


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text or "")
    except ValueError:
        return None
