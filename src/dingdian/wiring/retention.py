"""Retention: who is proposed to stay under the caps, with its folder of evidence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dingdian import __version__
from dingdian.core.errors import CensusError, Fault, RequestError, Text, fault
from dingdian.core.period import last_day
from dingdian.wiring import ledgers, shelf

if TYPE_CHECKING:
    from dingdian.actions.choose_retained import RetentionRun
    from dingdian.actions.retention_terms import RetentionTerms
    from dingdian.core.assessment.record import AssessmentRecord
    from dingdian.core.retention_record import RetentionRecord
    from dingdian.core.solving import Limits
    from dingdian.reports.wording import Lang

CENSUS_COPY, POLICY_COPY, ASSESSMENT_COPY = "census", "policy", "assessment.json"

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class RetentionRequest:
    """What is asked of which ledger, policy and (if any) assessment."""

    census: Path
    policy: str
    terms: RetentionTerms
    limits: Limits
    assessment: Path | None = None
    as_if: bool = False
    lang: Lang = "zh"


def retain(
    asked: RetentionRequest,
    out: Path | None,
    *,
    force: bool,
    progress: Progress,
    say: Progress = lambda _line: None,
) -> tuple[RetentionRecord, tuple[Fault, ...]]:
    """Choose who stays; ``out`` is the folder that is written with its evidence, if one is.

    ``say`` hears a line of each goal that is done.

    Raises:
        DingdianError: anything that stops it; nothing is then written.
    """
    from dingdian.actions.choose_retained import Hearing, choose_retained
    from dingdian.actions.record_retention import record_retention
    from dingdian.reports.record_json import sealed
    from dingdian.reports.retention.files import JSON
    from dingdian.reports.retention.lines import goal_line
    from dingdian.storage.census_files import read_census
    from dingdian.storage.folders import Out, check_free, write_folder

    policy = Path(asked.policy)
    read = (asked.census, *((policy,) if policy.exists() else ()))
    inputs = (*read, *((asked.assessment,) if asked.assessment else ()))
    target = out and Out(out, force, ours=lambda folder: (folder / JSON).is_file(), inputs=inputs)
    if target:
        check_free(target, folder=True)
    progress("shelf")
    book, place = shelf.opened(asked.policy)
    progress("census")
    reading = read_census(asked.census)
    if reading.census is None:
        raise CensusError(reading.faults)
    assessment = _assessment(asked.assessment)
    progress("check")
    card = None if asked.as_if else book.layers[place].card
    found = ledgers.found(reading.census, card, last_day(asked.terms.year - 1))
    run = choose_retained(
        reading.census,
        book,
        asked.terms,
        place=place,
        assessment=assessment,
        limits=asked.limits,
        faults=(*reading.faults, *found),
        as_if=asked.as_if,
        hearing=Hearing(
            progress,
            lambda resource, stock, goal: say(goal_line(resource, stock, goal, asked.lang)),
        ),
    )
    record = sealed(record_retention(run, engine=__version__))
    if target:
        progress("documents")
        write_folder(target, lambda folder: _fill(folder, asked, record, run))
    return record, (*reading.faults, *found)


def _assessment(path: Path | None) -> AssessmentRecord | None:
    """The record of an assessment: its folder, or the file itself."""
    from dingdian.reports.assessment.assessment_json import read_assessment
    from dingdian.wiring.assessments import ASSESSMENT_JSON, read_assessed

    if path is None:
        return None
    if path.is_dir() and (path / ASSESSMENT_JSON).is_file():
        return read_assessed(path)
    if not path.exists():
        raise RequestError((fault("no_such_file", path=str(path)),))
    content = b"" if path.is_dir() else path.read_bytes()
    if not _assessed(content):
        raise RequestError((fault("not_assessed", path=str(path)),))
    return read_assessment(content, file=str(path))


def _assessed(content: bytes) -> bool:
    """Whether a file looks like the record of an assessment, whole or damaged."""
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(told, dict) and {"version", "assessed"} <= told.keys()


def _fill(
    folder: Path, asked: RetentionRequest, record: RetentionRecord, run: RetentionRun
) -> None:
    from dingdian.reports.record_json import write_record
    from dingdian.reports.retention import files, page
    from dingdian.storage.census_write import write_census

    (folder / files.JSON).write_bytes(write_record(record))
    (folder / files.WORKBOOK).write_bytes(files.write_workbook(record, asked.lang))
    (folder / files.MAP).write_bytes(files.write_map(record))
    (folder / page.PAGE).write_bytes(page.write_page(record, run.plan.census, asked.lang))
    write_census(run.plan.census, folder / CENSUS_COPY)
    shelf.write_copy(asked.policy, folder / POLICY_COPY)
    if run.assessment is not None:
        (folder / ASSESSMENT_COPY).write_bytes(write_record(run.assessment))


_NO_OUTLINES = Text(
    "{map} 没有画区划边界：台账 {census} 里没有边界文件；"
    "要画，把边界 .geojson 与工作簿放在同一文件夹，以该文件夹为台账",
    "{map} has no boundaries: there is no file of them in the ledger {census}; to have them drawn, "
    "put the boundaries (.geojson) beside the workbook in a folder and give the folder",
)


def odd(out: Path, census: Path, lang: Lang) -> Iterator[str]:
    """What to know of a folder that was written: that its map has no boundaries, and why."""
    from dingdian.reports.retention.page import PAGE
    from dingdian.storage.census_write import BOUNDARIES

    if not (out / CENSUS_COPY / BOUNDARIES).is_file():
        yield _NO_OUTLINES.say(lang, map=out / PAGE, census=census)


def told(record: RetentionRecord, *, lang: Lang, as_json: bool) -> Iterator[str]:
    """The answers as lines of text or as JSON."""
    from dingdian.reports.record_json import write_record
    from dingdian.reports.retention.lines import retention_lines

    if as_json:
        yield write_record(record).decode().rstrip()
    else:
        yield from retention_lines(record, lang)
