"""Rounds of applications: decide one with its folder of evidence, and decide it again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dingdian import __version__
from dingdian.core.errors import CensusError, Fault, RequestError, fault
from dingdian.core.period import last_day
from dingdian.wiring import ledgers, shelf

if TYPE_CHECKING:
    from dingdian.actions.decide_applications import Decided
    from dingdian.core.admission.record import DecisionRecord, DecisionsRecord
    from dingdian.core.census import Census
    from dingdian.reports.wording import Lang

#: What the folder of a round holds, beside its documents.
DECISIONS_JSON = "decisions.json"
CENSUS_COPY, POLICY_COPY, ROUND_COPY = "census", "policy", "round"
#: The census of the day of decision, where the plan was issued from another.
DAY_COPY = "day"
LETTERS = "letters"

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class RoundRequest:
    """What a round is decided on: ledger, applications, policy, year and day of decision.

    ``day`` may be ``None`` where the round itself says it. ``reach_mm``: how far another place is
    looked for, for those that spacing stops; ``None`` looks for none. ``of_day`` holds the
    census of the day of decision where it is another than the plan's, ``plan_day`` is as of
    ``open_hearing``.
    """

    census: Path
    applications: Path
    policy: str
    year: int
    day: dt.date | None
    as_if: bool = False
    reach_mm: int | None = None
    lang: Lang = "zh"
    of_day: Path | None = None
    plan_day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class DecidedRound:
    """A decided round: its record, and what was odd about the files of the round."""

    record: DecisionsRecord
    faults: tuple[Fault, ...]


def decide(
    asked: RoundRequest, out: Path | None, *, force: bool, progress: Progress
) -> DecidedRound:
    """Decide a round; ``out`` is the folder that is written with its evidence, if one is.

    Raises:
        DingdianError: anything that stops it; nothing is then written.
    """
    from dingdian.actions.record_decisions import record_decisions
    from dingdian.storage.folders import Out, check_free, write_folder

    policy = Path(asked.policy)
    target = out and Out(
        out,
        force,
        ours=lambda folder: (folder / DECISIONS_JSON).is_file(),
        inputs=(asked.census, asked.applications, *((policy,) if policy.exists() else ())),
    )
    if target:
        check_free(target, folder=True)
    decided, faults = _decided(asked, progress)
    record = record_decisions(decided, engine=__version__)
    if target:
        progress("documents")
        write_folder(
            target,
            lambda folder: fill(folder, decided, record, policy=asked.policy, lang=asked.lang),
        )
    return DecidedRound(record, faults)


def _decided(asked: RoundRequest, progress: Progress) -> tuple[Decided, tuple[Fault, ...]]:
    from dingdian.actions.decide_applications import decide_applications, open_hearing
    from dingdian.core.admission.rounds import round_of
    from dingdian.core.admission.words import item_words
    from dingdian.storage.census_files import read_census
    from dingdian.storage.round_read import read_round

    progress("shelf")
    book, place = shelf.opened(asked.policy)
    progress("census")
    reading = read_census(asked.census)
    if reading.census is None:
        raise CensusError(reading.faults)
    progress("applications")
    tables = read_round(asked.applications)
    words = item_words(book.on(place, asked.day or dt.date(asked.year, 1, 1)))
    of_day = read_copy(asked.of_day) if asked.of_day is not None else None
    base = of_day or reading.census
    found = round_of(tables.tables, base, faults=tables.faults, words=words)
    day = asked.day or found.decided_on
    if day is None:
        raise RequestError((fault("round_without_day"),))
    progress("check")
    card = None if asked.as_if else book.layers[place].card
    faults = (*reading.faults, *ledgers.found(reading.census, card, last_day(asked.year - 1)))
    hearing = open_hearing(
        reading.census,
        book,
        place=place,
        year=asked.year,
        decided_on=day,
        faults=faults,
        as_if=asked.as_if,
        plan_day=asked.plan_day,
        progress=progress,
    )
    hearing = replace(hearing, of_day=of_day)
    progress("deciding")
    decided = decide_applications(hearing, found, reach_mm=asked.reach_mm)
    own = (each for application in found.applications for each in application.faults)
    return decided, (*found.faults, *own)


def read_copy(folder: Path) -> Census:
    """The census of a copy in a folder of evidence.

    Raises:
        RequestError: it is gone, or cannot be read.
    """
    from dingdian.storage.census_files import read_census

    census = read_census(folder).census
    if census is None:
        raise RequestError((fault("copy_changed", name=folder.name),))
    return census


def day_copy(folder: Path) -> Path:
    """Where a folder of evidence holds the census of the day of decision."""
    own = folder / DAY_COPY
    return own if own.is_dir() else folder / CENSUS_COPY


def fill(
    folder: Path, decided: Decided, record: DecisionsRecord, *, policy: str, lang: Lang
) -> None:
    """Write a decided round with its evidence into a folder; ``policy`` is where the shelf lies.

    Raises:
        OSError: it cannot be written.
    """
    from dingdian.actions.record_plan import record_plan
    from dingdian.reports.admission import page, workbook
    from dingdian.reports.plan_json import FILE as PLAN_JSON
    from dingdian.reports.record_json import write_record
    from dingdian.storage.census_write import write_census, write_tables

    (folder / DECISIONS_JSON).write_bytes(write_record(record))
    plan = record_plan(decided.plan, engine=__version__)
    (folder / PLAN_JSON).write_bytes(write_record(plan))
    (folder / workbook.FILE).write_bytes(workbook.write_workbook(record, lang))
    (folder / page.FILE).write_bytes(page.write_page(record, lang))
    write_census(decided.plan.census, folder / CENSUS_COPY)
    if decided.of_day is not None:
        write_census(decided.of_day, folder / DAY_COPY)
    write_tables(decided.round.tables, folder / ROUND_COPY)
    shelf.write_copy(policy, folder / POLICY_COPY)


@dataclass(frozen=True, slots=True)
class Replayed:
    """A round decided again from its folder: was and is, and which copies are not the same.

    ``changed`` names ``decisions`` where the record was changed after it was decided.
    """

    was: DecisionsRecord
    now: DecisionsRecord
    changed: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether it came out the same, from copies that are the same."""
        return not self.changed and self.was.fingerprints == self.now.fingerprints


def read_round(folder: Path) -> DecisionsRecord:
    """The record of a decided round.

    Raises:
        RequestError: there is none, or it cannot be read.
    """
    from dingdian.reports.admission.decisions_json import read_decisions

    path = folder / DECISIONS_JSON
    if not path.is_file():
        raise RequestError((fault("no_such_file", path=str(path)),))
    return read_decisions(path.read_bytes(), file=str(path))


def letters(
    folder: Path, out: Path | None, *, one: str | None, templates: Path | None, force: bool
) -> tuple[Path, int]:
    """Write the letters of a decided round, or of one applicant; where, and how many.

    The template that they were made with stands beside them.

    Raises:
        DingdianError: anything that stops it; nothing is then written.
    """
    from dingdian.reports.admission.letters import TEMPLATE, letter_forms, write_letters
    from dingdian.storage.folders import Out, check_free, write_folder
    from dingdian.wiring.papers import installed

    installed()
    record, place = read_round(folder), out or folder / LETTERS
    target = Out(place, force, ours=lambda each: (each / TEMPLATE).is_file())
    check_free(target, folder=True)
    forms = letter_forms(templates)
    decisions = (one_of(record, one),) if one is not None else record.decisions

    def fill(fresh: Path) -> None:
        (fresh / TEMPLATE).write_bytes(forms.template)
        for name, content in write_letters(record, forms, decisions):
            (fresh / name).write_bytes(content)

    write_folder(target, fill)
    return place, len(decisions)


def evidence(folder: Path, application: str, out: Path, *, force: bool, progress: Progress) -> int:
    """Write everything about one case as a zip; returns how many files are in it.

    Raises:
        DingdianError: no such case, or the copies of the folder are not those of the decision.
    """
    import zipfile

    from dingdian.actions.explain_figure import CensusLedger
    from dingdian.actions.gather_evidence import gather_evidence
    from dingdian.core.admission.rounds import round_of
    from dingdian.reports.admission.evidence import evidence_files, readme
    from dingdian.reports.admission.letters import letter_forms, write_letters
    from dingdian.reports.papers.package import packed
    from dingdian.storage.folders import Out, check_free, write_through
    from dingdian.storage.round_read import read_round as read_tables
    from dingdian.wiring.papers import installed, read_plan

    installed()
    target = Out(out, force, ours=zipfile.is_zipfile, inputs=(folder,))
    check_free(target, folder=False)
    record = read_round(folder)
    case = one_of(record, application)
    progress("census")
    census = read_copy(day_copy(folder))
    of_plan = census if not record.fingerprints.stock else read_copy(folder / CENSUS_COPY)
    found = round_of(read_tables(folder / ROUND_COPY).tables, census)
    gathered = gather_evidence(record, application, census=census, found=found)
    plan, _ = read_plan(folder)
    if plan.fingerprints.result != record.fingerprints.plan:
        raise RequestError((fault("copy_changed", name="plan"),))
    progress("documents")
    files = dict(evidence_files(record, plan, gathered, ledger=CensusLedger(of_plan)))
    for name, content in write_letters(record, letter_forms(None), (case,)):
        sent = folder / LETTERS / name
        files[f"letter{sent.suffix}"] = sent.read_bytes() if sent.is_file() else content
    files["README.txt"] = readme(record, gathered, files)

    def write(path: Path) -> None:
        path.write_bytes(packed(files))

    write_through(target, write)
    return len(files)


def replay(folder: Path, *, progress: Progress) -> Replayed:
    """Decide a round again from what its folder holds; nothing is written.

    Raises:
        DingdianError: anything that stops it.
    """
    from dingdian.actions.record_decisions import record_decisions, same_result

    was = read_round(folder)
    place = folder / POLICY_COPY / was.place.id
    asked = RoundRequest(
        census=folder / CENSUS_COPY,
        applications=folder / ROUND_COPY,
        policy=str(place if place.is_dir() else folder / POLICY_COPY),
        year=was.year,
        day=was.decided_on,
        as_if=was.marks.as_if,
        of_day=folder / DAY_COPY if was.fingerprints.stock else None,
        plan_day=_plan_day(folder) if was.fingerprints.stock else None,
    )
    decided, _ = _decided(asked, progress)
    now = record_decisions(decided, engine=__version__)
    before, after = was.fingerprints, now.fingerprints
    changed = [name for name in _COPIES if getattr(before, name) != getattr(after, name)]
    if before.result == after.result and not same_result(was, now):
        changed.append("decisions")
    return Replayed(was, now, tuple(changed))


_COPIES = ("census", "shelf", "round", "plan", "stock")


def _plan_day(folder: Path) -> dt.date:
    """The day whose rules the plan of a folder goes by."""
    from dingdian.wiring.plans import read_plan

    return read_plan(folder).policy_day


def told(
    record: DecisionsRecord, application: str | None, *, lang: Lang, as_json: bool
) -> Iterator[str]:
    """A round, or one of its applicants, as lines of text or as JSON.

    Raises:
        RequestError: no such application.
    """
    from dingdian.reports.admission.lines import case_lines, round_lines
    from dingdian.reports.record_json import write_record

    found = one_of(record, application) if application is not None else None
    if as_json:
        yield write_record(found or record).decode().rstrip()
    elif application is not None:
        yield from case_lines(record, application, lang)
    else:
        yield from round_lines(record, lang)


def one_of(record: DecisionsRecord, application: str) -> DecisionRecord:
    """The decision of an application.

    Raises:
        RequestError: the round has no such application; those most like it are named.
    """
    import difflib

    found = record.of(application)
    if found is None:
        ids = [each.application for each in record.decisions]
        near = "、".join(difflib.get_close_matches(application, ids) or ids[:3])
        raise RequestError((fault("unknown_application", name=application, nearest=near),))
    return found


def compared(made: Replayed, *, lang: Lang) -> Iterator[str]:
    """What a replay came to, as lines of text."""
    from dingdian.reports.admission.replayed import replay_lines

    yield from replay_lines(made.was, made.now, made.changed, lang)
