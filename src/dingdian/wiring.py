"""Wiring: joins faces and actions to the adapters. The one place that picks them.

Adapters are imported where they are used, so that no command loads what it does not need.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dingdian import __version__
from dingdian.core.errors import CensusError, Fault, RequestError, ShelfError, fault
from dingdian.core.period import last_day

if TYPE_CHECKING:
    from dingdian.actions.check_site import Desk, SiteQuestion
    from dingdian.core.census import Census
    from dingdian.core.plan import Plan
    from dingdian.core.policy import PlaceCard, PolicyBook
    from dingdian.core.record import Record
    from dingdian.reports.quality_workbook import SheetHeadings
    from dingdian.reports.wording import Lang
    from dingdian.storage.census_files import Reading

#: What a plan folder holds.
PLAN_JSON, PLAN_XLSX, PLAN_HTML = "plan.json", "plan.xlsx", "plan.html"
CENSUS_COPY, POLICY_COPY, MAPS = "census", "policy", "maps"
#: What a sample's folder is known by; a folder without it is somebody's own.
SAMPLE_MARK = ".dingdian-sample"

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Written:
    """What a plan command has to say after its folder is written.

    ``marks`` say what the result is (测算); ``warnings`` are rows of ``reports.quality``.
    """

    conclusions: tuple[str, ...]
    faults: tuple[Fault, ...]
    marks: tuple[str, ...] = ()
    warnings: tuple[tuple[str, ...], ...] = ()


def write_sample(city: str, out: Path, *, seed: int, force: bool) -> str:
    """Write the ledger of an invented city; returns what the ledger says of itself.

    Raises:
        RequestError: no such city.
        OutputError: the folder is taken.
    """
    import json

    from dingdian.samples import SAMPLES
    from dingdian.storage.folders import Out, check_free, write_folder
    from dingdian.storage.workbook_write import write_workbook

    if city not in SAMPLES:
        raise RequestError((fault("unknown_sample", name=city, known=", ".join(SAMPLES)),))
    place = Out(out, force, ours=lambda folder: (folder / SAMPLE_MARK).is_file())
    check_free(place, folder=True)
    made = SAMPLES[city](seed=seed)

    def fill(folder: Path) -> None:
        write_workbook(made.tables, folder / "census.xlsx")
        shapes = json.dumps(made.boundaries, ensure_ascii=False, indent=1)
        (folder / "boundaries.geojson").write_text(shapes + "\n", encoding="utf-8")
        (folder / SAMPLE_MARK).write_text(f"{made.title}\n", encoding="utf-8")

    write_folder(place, fill)
    return made.title


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What a plan is asked for: ledger, policy, year, and how its folder is written.

    ``day`` is the day whose rules hold (``None``: 1 January of the year); ``as_if`` a what-if
    under another city's policy; ``documents`` whether xlsx, html and maps are written,
    ``geopackage`` whether the maps also stand in one GeoPackage.
    """

    census: Path
    policy: str
    year: int
    day: dt.date | None = None
    as_if: bool = False
    documents: bool = True
    geopackage: bool = False
    lang: Lang = "zh"


def write_plan(asked: PlanRequest, out: Path, *, force: bool, progress: Progress) -> Written:
    """Make the plan of a year and write its folder: the answer and its own evidence.

    Raises:
        DingdianError: anything that stops it; nothing is then written.
    """
    from concurrent.futures import ThreadPoolExecutor

    from dingdian.storage.census_files import read_census
    from dingdian.storage.folders import Out, check_free, write_folder

    target = Out(
        out,
        force,
        ours=lambda folder: (folder / PLAN_JSON).is_file(),
        inputs=(asked.census, *((Path(asked.policy),) if Path(asked.policy).exists() else ())),
    )
    check_free(target, folder=True)
    with ThreadPoolExecutor(1) as aside:
        reading = aside.submit(read_census, asked.census)  # parsed outside the interpreter …
        progress("shelf")
        from dingdian.actions.evaluate_plan import evaluate_plan  # … while the rest is loaded
        from dingdian.actions.record_plan import record_plan

        book, place = _shelf(asked.policy)
        progress("census")
        read = reading.result()
    census, faults = _checked(asked, read, book.layers[place].card, progress)
    plan = evaluate_plan(
        census,
        book,
        place=place,
        year=asked.year,
        day=asked.day,
        faults=faults,
        as_if=asked.as_if,
        progress=progress,
    )
    record = record_plan(plan, engine=__version__)
    progress("documents")
    write_folder(target, lambda folder: _fill(folder, plan, record, asked))
    return _written(record, faults, asked.lang)


def _written(record: Record, faults: tuple[Fault, ...], lang: Lang) -> Written:
    from dingdian.reports.frame import mark_words
    from dingdian.reports.quality import warning_rows
    from dingdian.reports.wording import Words

    marks = mark_words(Words(record, lang))
    return Written(_conclusions(record, lang), faults, marks, warning_rows(faults, lang))


def _shelf(policy: str) -> tuple[PolicyBook, str]:
    from dingdian.storage.policy_yaml import shelf_for

    return shelf_for(policy)


def _checked(
    asked: PlanRequest, read: Reading, card: PlaceCard, progress: Progress
) -> tuple[Census, tuple[Fault, ...]]:
    """The census and every fault of it; raises only when nothing could be read."""
    if read.census is None:
        raise CensusError(read.faults)
    progress("check")
    found = _found(read.census, None if asked.as_if else card, last_day(asked.year - 1))
    return read.census, (*read.faults, *found)


def _card(policy: str) -> PlaceCard:
    book, place = _shelf(policy)
    return book.layers[place].card


def _found(
    census: Census | None, card: PlaceCard | None, stock_day: dt.date | None = None
) -> tuple[Fault, ...]:
    """What shows only when all tables are seen together."""
    from dingdian.actions.check_census import check

    if census is None:
        return ()
    place, former = (card.region_code, card.former_codes) if card else (None, None)
    return check(census, place=place, former_codes=former, stock_day=stock_day)


def _fill(folder: Path, plan: Plan, record: Record, asked: PlanRequest) -> None:
    from dingdian.reports.plan_json import write_record
    from dingdian.storage.census_write import write_census
    from dingdian.storage.policy_yaml import shelf_files

    (folder / PLAN_JSON).write_bytes(write_record(record))
    write_census(plan.census, folder / CENSUS_COPY)
    for name, content in shelf_files(asked.policy):
        copy = folder / POLICY_COPY / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(content)
    if asked.documents:
        from dingdian.reports.geojson import maps
        from dingdian.reports.plan_html import write_html
        from dingdian.reports.plan_xlsx import write_xlsx

        (folder / PLAN_XLSX).write_bytes(write_xlsx(record, asked.lang))
        (folder / PLAN_HTML).write_bytes(write_html(record, asked.lang))
        (folder / MAPS).mkdir()
        for name, content in maps(plan):
            (folder / MAPS / name).write_bytes(content)
    if asked.geopackage:
        from dingdian.reports.geopackage import FILE, geopackage

        (folder / MAPS).mkdir(exist_ok=True)
        (folder / MAPS / FILE).write_bytes(geopackage(plan))


def _conclusions(record: Record, lang: Lang) -> tuple[str, ...]:
    from dingdian.reports.conclusions import conclusions

    return conclusions(record, lang)


@dataclass(frozen=True, slots=True)
class Quality:
    """A data-quality report: rows of ``reports.quality``, one sentence, whether it blocks."""

    rows: Sequence[tuple[str, ...]]
    summary: str
    blocking: bool


def check_census(
    path: Path, *, policy: str | None, report: Path | None, lang: Lang, force: bool
) -> Quality:
    """Check a ledger; ``report`` is where the workbook with marked cells is written.

    Raises:
        RequestError: no such file, or no such policy.
        OutputError: the report is there already.
    """
    from dingdian.core.errors import Severity
    from dingdian.core.quality import grouped
    from dingdian.reports.quality import quality_rows, summary
    from dingdian.storage.census_files import read_census

    if not path.exists():
        raise RequestError((fault("no_such_file", path=str(path)),))
    reading = read_census(path)
    faults = (*reading.faults, *_found(reading.census, _card(policy) if policy else None))
    if report is not None:
        _write_quality(report, path, faults, reading.headings, lang=lang, force=force)
    groups = grouped(faults)
    return Quality(
        rows=quality_rows(faults, lang),
        summary=summary(faults, lang),
        blocking=any(group.severity is Severity.BLOCKING for group in groups),
    )


def _write_quality(
    report: Path,
    path: Path,
    faults: Sequence[Fault],
    headings: Sequence[SheetHeadings],
    *,
    lang: Lang,
    force: bool,
) -> None:
    from dingdian.reports.quality_workbook import is_quality_workbook, write_quality_workbook
    from dingdian.storage.census_files import raw_sheets
    from dingdian.storage.folders import Out, write_through

    write_through(
        Out(report, force, ours=is_quality_workbook, inputs=(path,)),
        lambda fresh: write_quality_workbook(
            fresh, faults, sheets=raw_sheets(path), headings=headings, lang=lang
        ),
    )


def write_template(out: Path, *, lang: Lang) -> None:
    """Write an empty ledger to fill in; what stands there may be filled in and is never replaced.

    Raises:
        OutputError: the file is there already, or cannot be written.
    """
    from dingdian.reports import template
    from dingdian.storage.folders import Out, write_through

    write_through(Out(out), lambda fresh: template.write_template(fresh, lang))


def explain(folder: Path, key: str | None, *, rows: int, lang: Lang) -> Iterator[str]:
    """The derivation of a number as lines of text, or a list of numbers.

    Without a key all are listed with name and value; with a part of a key or of names that
    several numbers fit, those.

    Raises:
        RequestError: no plan there, or no such key.
    """
    from dingdian.actions.explain_figure import CensusLedger, explain_figure
    from dingdian.reports.explain_text import explain_text
    from dingdian.reports.figure_list import figure_lines
    from dingdian.reports.plan_json import read_record
    from dingdian.storage.census_files import read_census

    path = folder / PLAN_JSON
    if not path.is_file():
        raise RequestError((fault("no_such_file", path=str(path)),))
    record = read_record(path.read_bytes(), file=str(path))
    found = _keys(record, key)
    if key is None or len(found) > 1:
        yield from figure_lines(record, found, lang)
        return
    key = found[0] if found else key
    copy = read_census(folder / CENSUS_COPY).census
    ledger = CensusLedger(copy) if copy else None
    yield explain_text(record, explain_figure(record, key, ledger=ledger, first=rows), lang)


def _keys(record: Record, key: str | None) -> tuple[str, ...]:
    """The keys that are meant: all, those that ``key`` is a part of, or those it names."""
    from dingdian.actions.explain_figure import find_keys
    from dingdian.reports.figure_list import named

    return tuple(record.figures) if key is None else find_keys(record, key) or named(record, key)


def check_policy(policy: str | None, *, lang: Lang) -> Iterator[str]:
    """Check a shelf: lines that say that it may be used.

    Raises:
        RequestError: no such policy.
        ShelfError: every fault of the shelf, in one list.
    """
    from dingdian.actions.check_policy import KnownIds
    from dingdian.actions.check_policy import check_policy as check
    from dingdian.core.indicators import MEASURES
    from dingdian.storage.policy_yaml import shelf_for, shipped_places

    prefix = "released_"
    resources = [name.removeprefix(prefix) for name in MEASURES if name.startswith(prefix)]
    known = KnownIds(measures=MEASURES, resources=resources)
    for name in [policy] if policy else shipped_places():
        faults = check(partial(_book, name), known)
        if faults:
            raise ShelfError(faults)
        book, place = shelf_for(name)
        yield _usable(book, place, lang)


def _book(policy: str) -> PolicyBook:
    return _shelf(policy)[0]


def _usable(book: PolicyBook, place: str, lang: Lang) -> str:
    layers = [book.layers[name] for name in book.layers[place].card.layers]
    clauses, rules, readings = (
        sum(len(getattr(layer, part)) for layer in layers)
        for part in ("clauses", "rules", "readings")
    )
    counted = {
        "zh": f"没有问题；条款 {clauses}，规则 {rules}，口径 {readings}，指纹",
        "en": f"no fault; {clauses} clauses, {rules} rules, {readings} readings, fingerprint",
    }
    return f"{place}: {counted[lang]} {book.fingerprint}"


def show_policy(policy: str, day: dt.date, *, lang: Lang) -> Iterator[str]:
    """What is in force on ``day``, clause by clause, as lines of text.

    Raises:
        RequestError: no such policy.
        NotInForceError: the day lies outside the validity of the plan.
    """
    from dingdian.actions.show_policy import show_policy as rows
    from dingdian.reports.policy_text import policy_lines

    book, place = _shelf(policy)
    yield from policy_lines(rows(book, place, day), lang)


@dataclass(frozen=True, slots=True)
class DeskRequest:
    """What questions about sites are asked of: ledger, policy, and the day whose rules hold."""

    census: Path
    policy: str
    day: dt.date
    as_if: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a command has to say: lines, and what is odd about the file it read."""

    lines: tuple[str, ...]
    faults: tuple[Fault, ...] = ()


def check_site(
    asked: DeskRequest,
    question: SiteQuestion,
    geojson: Path | None,
    *,
    reach_mm: int | None,
    lang: Lang,
    as_json: bool,
    force: bool,
) -> Told:
    """Whether an institution may stand at a place; ``geojson`` is where the map is written.

    Raises:
        DingdianError: anything that stops it; nothing is then written.
    """
    from dingdian.actions.check_site import check_site as check
    from dingdian.reports.sites.plain import site_geojson, site_json, written
    from dingdian.reports.sites.text import site_lines
    from dingdian.storage.folders import Out, write_through

    report = check(_desk(asked), question, reach_mm=reach_mm)
    if geojson is not None:
        shapes = written(site_geojson(report))
        place = Out(geojson, force, ours=Path.is_file, inputs=(asked.census,))
        write_through(place, lambda fresh: _write_text(fresh, shapes))
    return Told((written(site_json(report)),) if as_json else tuple(site_lines(report, lang)))


def check_round(
    asked: DeskRequest,
    applicants: Path,
    out: Path | None,
    *,
    lang: Lang,
    as_json: bool,
    force: bool,
) -> Told:
    """Whether each applicant of a round may stand; ``out`` is where the workbook is written.

    Raises:
        DingdianError: anything that stops it; nothing is then written.
    """
    from dingdian.actions.check_round import check_round as check
    from dingdian.reports.sites.plain import round_json, written
    from dingdian.reports.sites.text import round_lines
    from dingdian.reports.sites.workbook import round_workbook
    from dingdian.storage.applicants import read_applicants
    from dingdian.storage.folders import Out, write_through

    table, faults = read_applicants(applicants)
    report = check(_desk(asked), table)
    if out is not None:
        content = round_workbook(report, lang)
        place = Out(out, force, ours=Path.is_file, inputs=(asked.census, applicants))
        write_through(place, lambda fresh: _write_bytes(fresh, content))
    told = (written(round_json(report)),) if as_json else tuple(round_lines(report, lang))
    return Told(told, faults)


def _desk(asked: DeskRequest) -> Desk:
    from dingdian.actions.check_site import open_desk
    from dingdian.storage.census_files import read_census

    book, place = _shelf(asked.policy)
    reading = read_census(asked.census)
    if reading.census is None:
        raise CensusError(reading.faults)
    card = None if asked.as_if else book.layers[place].card
    faults = (*reading.faults, *_found(reading.census, card))
    return open_desk(
        reading.census, book, place=place, day=asked.day, faults=faults, as_if=asked.as_if
    )


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _write_bytes(path: Path, content: bytes) -> None:
    path.write_bytes(content)
