"""Assessments: run one with its folder of evidence, and count points of persons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dingdian import __version__
from dingdian.core.errors import CensusError, Fault, RequestError, fault
from dingdian.core.period import last_day
from dingdian.wiring import ledgers, shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dingdian.actions.run_assessment import Run
    from dingdian.core.assessment.record import AssessedRecord, AssessmentRecord, PointsRecord
    from dingdian.core.census.table import Cell, Table
    from dingdian.reports.wording import Lang
    from dingdian.wiring.lives import Desk

#: What the folder of an assessment holds, beside its documents.
ASSESSMENT_JSON = "assessment.json"
CENSUS_COPY, POLICY_COPY, WORKBOOK_COPY = "census", "policy", "workbook"

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class AssessmentRequest:
    """What is assessed: census, workbook, policy, year; ``day`` where the workbook says none."""

    census: Path
    workbook: Path
    policy: str
    year: int
    day: dt.date | None
    as_if: bool = False
    lang: Lang = "zh"


@dataclass(frozen=True, slots=True)
class Given:
    """A workbook that was read, and of which year and day the ledger is assessed by it."""

    tables: Mapping[str, Table]
    faults: tuple[Fault, ...]
    policy: str
    year: int
    day: dt.date
    today: dt.date
    lang: Lang = "zh"


@dataclass(frozen=True, slots=True)
class MadeAssessment:
    """A made assessment: its record, and everything that was odd about the workbook."""

    record: AssessmentRecord
    faults: tuple[Fault, ...]


def assess(
    asked: AssessmentRequest, out: Path | None, *, force: bool, progress: Progress
) -> MadeAssessment:
    """Run an assessment; ``out`` is the folder that is written with its evidence, if one is.

    Raises:
        DingdianError: anything that stops it; nothing is then written.
    """
    from dingdian.actions.record_assessment import record_assessment
    from dingdian.storage.folders import Out, check_free, write_folder

    policy = Path(asked.policy)
    target = out and Out(
        out,
        force,
        ours=lambda folder: (folder / ASSESSMENT_JSON).is_file(),
        inputs=(asked.census, asked.workbook, *((policy,) if policy.exists() else ())),
    )
    if target:
        check_free(target, folder=True)
    run = _run(asked, progress)
    record = record_assessment(run, engine=__version__)
    if target:
        progress("documents")
        write_folder(target, lambda folder: _fill(folder, run, record, asked))
    own = (each for one in run.assessment.assessed for each in one.faults)
    return MadeAssessment(record, (*run.assessment.faults, *own))


def assess_ledger(desk: Desk, given: Given, out: Path, *, progress: Progress) -> MadeAssessment:
    """Assess the ledger as it stands today, and write the evidence that ``assess`` writes.

    Raises:
        DingdianError: anything that stops it; nothing is then written.
    """
    from dingdian.actions.rebuild_census import rebuild_census
    from dingdian.actions.record_assessment import record_assessment
    from dingdian.actions.run_assessment import run_assessment
    from dingdian.storage.folders import Out, write_folder

    progress("census")
    census = rebuild_census(desk.ledger, desk.terms, given.today)
    card = desk.terms.book.layers[desk.terms.place].card
    progress("check")
    found = ledgers.found(census, card, last_day(given.year))
    progress("assessing")
    run = run_assessment(
        census,
        desk.terms.book,
        given.tables,
        place=desk.terms.place,
        year=given.year,
        day=given.day,
        read=given.faults,
        faults=found,
    )
    record = record_assessment(run, engine=__version__)
    if not any(each.said for each in run.workbook.own.values()):
        raise RequestError((fault("assessed_nobody"), *run.assessment.faults))
    progress("documents")
    write_folder(Out(out), lambda folder: _fill(folder, run, record, given))
    own = (each for one in run.assessment.assessed for each in one.faults)
    return MadeAssessment(record, (*run.assessment.faults, *own))


def read_tables(path: Path) -> tuple[Mapping[str, Table], tuple[Fault, ...]]:
    """The tables of a workbook of scores, and everything that was odd about reading it."""
    from dingdian.storage.assessment_read import read_assessment

    read = read_assessment(path)
    return read.tables, read.faults


def keep_tables(tables: Mapping[str, Table], folder: Path) -> None:
    """Keep the tables of a workbook as they were read, to be read again.

    Raises:
        OSError: the folder cannot be written.
    """
    from dingdian.storage.census_write import write_tables
    from dingdian.storage.folders import Out, write_folder

    def fill(fresh: Path) -> None:
        write_tables(tables, fresh)

    write_folder(Out(folder), fill)


def _run(asked: AssessmentRequest, progress: Progress) -> Run:
    from dingdian.actions.run_assessment import run_assessment
    from dingdian.storage.assessment_read import read_assessment
    from dingdian.storage.census_files import read_census

    progress("shelf")
    book, place = shelf.opened(asked.policy)
    progress("census")
    reading = read_census(asked.census)
    if reading.census is None:
        raise CensusError(reading.faults)
    progress("workbook")
    read = read_assessment(asked.workbook)
    progress("check")
    card = None if asked.as_if else book.layers[place].card
    found = ledgers.found(reading.census, card, last_day(asked.year))
    progress("assessing")
    return run_assessment(
        reading.census,
        book,
        read.tables,
        place=place,
        year=asked.year,
        day=asked.day,
        read=read.faults,
        faults=(*reading.faults, *found),
        as_if=asked.as_if,
    )


def _fill(
    folder: Path, run: Run, record: AssessmentRecord, asked: AssessmentRequest | Given
) -> None:
    from dingdian.reports.assessment import page, workbook
    from dingdian.reports.record_json import write_record
    from dingdian.storage.census_write import write_census, write_tables

    (folder / ASSESSMENT_JSON).write_bytes(write_record(record))
    (folder / workbook.FILE).write_bytes(workbook.write_workbook(record, asked.lang))
    (folder / page.FILE).write_bytes(page.write_page(record, asked.lang))
    write_census(run.census, folder / CENSUS_COPY)
    write_tables(run.workbook.tables, folder / WORKBOOK_COPY)
    shelf.write_copy(asked.policy, folder / POLICY_COPY)


def read_assessed(folder: Path) -> AssessmentRecord:
    """The record of an assessment that was made.

    Raises:
        RequestError: there is none, or it cannot be read.
    """
    from dingdian.reports.assessment.assessment_json import read_assessment

    path = folder / ASSESSMENT_JSON
    if not path.is_file():
        raise RequestError((fault("no_such_file", path=str(path)),))
    return read_assessment(path.read_bytes(), file=str(path))


def told(
    record: AssessmentRecord, institution: str | None, *, lang: Lang, as_json: bool
) -> Iterator[str]:
    """An assessment, or one institution of it, as lines of text or as JSON.

    Raises:
        RequestError: nobody of that code was assessed.
    """
    from dingdian.reports.assessment.lines import assessment_lines, institution_lines
    from dingdian.reports.record_json import write_record

    found = one_of(record, institution) if institution is not None else None
    if as_json:
        yield write_record(found or record).decode().rstrip()
    elif institution is not None:
        yield from institution_lines(record, institution, lang)
    else:
        yield from assessment_lines(record, lang)


def one_of(record: AssessmentRecord, institution: str) -> AssessedRecord:
    """The institution of a code.

    Raises:
        RequestError: it was not assessed; those most like it are named.
    """
    import difflib

    found = record.of(institution)
    if found is None:
        codes = [each.code for each in record.assessed]
        near = "、".join(difflib.get_close_matches(institution, codes) or codes[:3]) or "—"
        raise RequestError((fault("unknown_assessed", name=institution, nearest=near),))
    return found


def points(workbook: Path, policy: str, day: dt.date) -> tuple[PointsRecord, tuple[Fault, ...]]:
    """Points of the persons of a workbook on a day, and what was odd about it.

    Raises:
        DingdianError: anything that stops it.
    """
    from dingdian.actions.record_assessment import record_points
    from dingdian.actions.run_assessment import points_on
    from dingdian.storage.assessment_read import read_points

    book, place = shelf.opened(policy)
    read = read_points(workbook)
    found = points_on(book, read.tables, place=place, day=day, read=read.faults)
    return record_points(day, *found), found[2]


def read_point_tables(path: Path) -> tuple[Mapping[str, Table], tuple[Fault, ...]]:
    """The tables of a workbook about persons, and everything that was odd about reading it."""
    from dingdian.storage.assessment_read import read_points

    read = read_points(path)
    return read.tables, read.faults


def points_of(desk: Desk, tables: Mapping[str, Table], day: dt.date) -> PointsRecord:
    """Points of the persons of some tables on a day, by the rule of the ledger's place.

    Raises:
        RequestError: no rule on points is in force on the day.
    """
    from dingdian.actions.record_assessment import record_points
    from dingdian.actions.run_assessment import points_on

    found = points_on(desk.terms.book, tables, place=desk.terms.place, day=day)
    return record_points(day, *found)


def told_points(record: PointsRecord, *, lang: Lang, as_json: bool) -> Iterator[str]:
    """Points of persons as lines of text or as JSON."""
    from dingdian.reports.assessment.points_lines import points_lines
    from dingdian.reports.record_json import write_record

    if as_json:
        yield write_record(record).decode().rstrip()
    else:
        yield from points_lines(record, lang)


def write_template(
    out: Path,
    *,
    policy: str | None,
    lang: Lang,
    rows: Mapping[str, Sequence[Mapping[str, Cell]]] | None = None,
) -> None:
    """Write a workbook to fill in; ``policy``: whose items its lists hold.

    ``rows``: rows that stand in a table already, in place of its example.

    Raises:
        RequestError: no such policy.
        OutputError: the file is there already, or cannot be written.
    """
    from dingdian.core.assessment.rows import wordings
    from dingdian.reports.assessment_template import assessment_form
    from dingdian.reports.template import write_template as write
    from dingdian.storage.folders import Out, write_through

    form = assessment_form(wordings(shelf.rules(policy) if policy else ()))
    write_through(Out(out), lambda fresh: write(fresh, lang, form, rows=rows))


def rows_to_score(
    desk: Desk, year: int, today: dt.date, districts: Iterable[str] | None
) -> dict[str, list[dict[str, Cell]]]:
    """Rows to fill in: every institution with an agreement in ``year``, item by item that applies.

    Items that rest on a survey or a third party stand in their own table. ``districts``: only
    those; ``None`` for all.

    Raises:
        RequestError: no census was kept up to today.
    """
    from dingdian.actions.rebuild_census import rebuild_census
    from dingdian.core.assessment.asking import rows_to_fill

    census = rebuild_census(desk.ledger, desk.terms, today)
    policy = desk.terms.book.on(desk.terms.place, today)
    return rows_to_fill(census, policy, year, today=today, districts=districts)
