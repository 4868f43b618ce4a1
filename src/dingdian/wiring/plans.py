"""Plans: make one with its folder of evidence, explain a number of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from dingdian import __version__
from dingdian.core.errors import CensusError, Fault, RequestError, Text, fault
from dingdian.core.period import last_day
from dingdian.wiring import ledgers, papers, shelf, streets

if TYPE_CHECKING:
    from dingdian.core.census import Census
    from dingdian.core.plan import Plan
    from dingdian.core.policy import PlaceCard, PolicyBook
    from dingdian.core.record import AdviceRecord, Record
    from dingdian.reports.wording import Lang
    from dingdian.storage.census_files import Reading
    from dingdian.wiring.streets import StreetFile

#: What a plan folder holds.
PLAN_JSON, PLAN_XLSX, PLAN_HTML = "plan.json", "plan.xlsx", "plan.html"
MAP_HTML = "map.html"
CENSUS_COPY, POLICY_COPY, MAPS, ADVICE = "census", "policy", "maps", "advice"

#: What is needed once the ledger is read: loaded before, while it is still parsed.
AFTER_READING = (
    "numpy.ma",
    "dingdian.actions.check_census",
    "dingdian.reports.conclusions",
    "dingdian.reports.plan_json",
    "dingdian.reports.quality",
    "dingdian.storage.census_write",
)

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Written:
    """What a plan command has to say after its folder is written.

    ``record`` is the plan as plain data. ``marks`` say what the result is (测算); ``warnings``
    are rows of ``reports.quality``, ``notes`` what is to be told of the papers. ``advice`` is a
    line for each answer that was taken along; ``streets`` say along what ways were measured.
    """

    record: Record
    conclusions: tuple[str, ...]
    faults: tuple[Fault, ...]
    marks: tuple[str, ...] = ()
    warnings: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What a plan is asked for: ledger, policy, year, and how its folder is written.

    ``census`` is a census on disk, or one in memory such as a ledger rebuilds.
    ``day`` is the day whose rules hold (``None``: 1 January of the year); ``as_if`` a what-if
    under another city's policy; ``documents`` whether xlsx, html and maps are written,
    ``geopackage`` whether the maps also stand in one GeoPackage. ``papers`` asks for Word and PDF
    (``None``: where what they need is installed), ``templates`` is a bureau's folder of them and
    ``last_year`` the folder of an earlier plan to compare with.
    ``advice``: what retain, site, move-beds, access wrote, which is kept and shown with the plan.
    ``map_approval`` is the map approval number (审图号), where the ledger states none or
    another one holds. ``streets``: what circles of ways are measured along, ``None`` for
    straight lines.
    """

    census: Path | Census
    policy: str
    year: int
    day: dt.date | None = None
    as_if: bool = False
    documents: bool = True
    geopackage: bool = False
    papers: bool | None = None
    templates: Path | None = None
    last_year: Path | None = None
    advice: tuple[Path, ...] = ()
    map_approval: str = ""
    streets: StreetFile | None = None
    lang: Lang = "zh"


def write_plan(asked: PlanRequest, out: Path, *, force: bool, progress: Progress) -> Written:
    """Make the plan of a year and write its folder: the answer and its own evidence.

    Raises:
        DingdianError: anything that stops it; nothing is then written.
    """
    from dingdian.storage.folders import Out, check_free, write_folder

    inputs = [each for each in (asked.census, Path(asked.policy)) if isinstance(each, Path)]
    target = Out(
        out,
        force,
        ours=lambda folder: (folder / PLAN_JSON).is_file(),
        inputs=tuple(each for each in inputs if each is asked.census or each.exists()),
    )
    check_free(target, folder=True)
    asked_papers = papers.opened(asked) if asked.documents else None
    advice = tuple(_advice(asked.advice)) if asked.advice else ()
    read, (book, place) = _opened(asked, progress)
    from dingdian.actions.evaluate_plan import evaluate_plan
    from dingdian.actions.record_plan import record_plan

    census, faults = _checked(asked, read, book.layers[place].card, progress)
    loaded = None
    if asked.streets is not None:
        progress("streets")
        loaded = streets.load(asked.streets)
        census = loaded.given_to(census)
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
    told = [each for _, _, parts in advice for each in parts]
    along = None if loaded is None else loaded.record(census, _along(plan))
    record = record_plan(plan, engine=__version__, advice=[*_told(plan, told)], streets=along)
    progress("documents")
    notes: list[Text] = []

    def fill(folder: Path) -> None:
        _fill(folder, plan, record, asked)
        if loaded is not None:
            loaded.write_copy(folder)
        for path, content, _ in advice:
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(content)
        if asked_papers is not None:
            progress("papers")
            notes.extend(papers.write_papers(folder, plan, record, asked_papers))

    write_folder(target, fill)
    return _written(record, faults, asked.lang, tuple(notes))


def _along(plan: Plan) -> list[str]:
    """The stocks whose circles a plan measures along streets."""
    from dingdian.reports.geojson import circles_of, workings_of

    return [of for of, each in circles_of(workings_of(plan)).items() if each.circle.by]


def _opened(asked: PlanRequest, progress: Progress) -> tuple[Reading, tuple[PolicyBook, str]]:
    """The census, read while the rest of the program is loaded, and the shelf with its place."""
    from concurrent.futures import ThreadPoolExecutor

    from dingdian.storage.census_files import Reading, read_census

    if not isinstance(asked.census, Path):
        progress("shelf")
        return Reading(asked.census, ()), shelf.opened(asked.policy)
    with ThreadPoolExecutor(1) as aside:
        reading = aside.submit(read_census, asked.census)  # parsed outside the interpreter …
        progress("shelf")
        import_module("dingdian.actions.evaluate_plan")  # … while the rest is loaded
        import_module("dingdian.actions.record_plan")
        opened = shelf.opened(asked.policy)
        for module in AFTER_READING:
            import_module(module)
        progress("census")
        return reading.result(), opened


def _written(
    record: Record, faults: tuple[Fault, ...], lang: Lang, notes: tuple[Text, ...]
) -> Written:
    from dingdian.reports.annex.advice import lines
    from dingdian.reports.frame import mark_words
    from dingdian.reports.quality import warning_rows
    from dingdian.reports.streets import distance_lines
    from dingdian.reports.wording import Words

    words = Words(record, lang)
    return Written(
        record,
        _conclusions(record, lang),
        faults,
        mark_words(words),
        warning_rows(faults, lang),
        tuple(each.say(lang) for each in notes),
        tuple(lines(words)),
        tuple(distance_lines(record.streets, lang)) if record.streets else (),
    )


def _checked(
    asked: PlanRequest, read: Reading, card: PlaceCard, progress: Progress
) -> tuple[Census, tuple[Fault, ...]]:
    """The census and every fault of it; raises only when nothing could be read."""
    if read.census is None:
        raise CensusError(read.faults)
    progress("check")
    found = ledgers.found(read.census, None if asked.as_if else card, last_day(asked.year - 1))
    return read.census, (*read.faults, *found)


def _fill(folder: Path, plan: Plan, record: Record, asked: PlanRequest) -> None:
    from dingdian.reports.plan_json import write_record
    from dingdian.storage.census_write import write_census

    (folder / PLAN_JSON).write_bytes(write_record(record))
    write_census(plan.census, folder / CENSUS_COPY)
    shelf.write_copy(asked.policy, folder / POLICY_COPY)
    if asked.documents:
        from dingdian.reports.geojson import maps
        from dingdian.reports.map.page import write_map
        from dingdian.reports.plan_html import write_html
        from dingdian.reports.plan_xlsx import write_xlsx

        (folder / PLAN_XLSX).write_bytes(write_xlsx(record, asked.lang))
        (folder / PLAN_HTML).write_bytes(write_html(record, asked.lang))
        page = write_map(plan, record, asked.lang, approval=asked.map_approval)
        (folder / MAP_HTML).write_bytes(page)
        (folder / MAPS).mkdir()
        for name, content in maps(plan):
            (folder / MAPS / name).write_bytes(content)
    if asked.geopackage:
        from dingdian.reports.geopackage import FILE, geopackage

        (folder / MAPS).mkdir(exist_ok=True)
        (folder / MAPS / FILE).write_bytes(geopackage(plan))


def _advice(paths: Iterable[Path]) -> Iterator[tuple[str, bytes, tuple[AdviceRecord, ...]]]:
    """Each file of advice: where the plan keeps it, its bytes, and what they say.

    One that is given again, by the same path or as a copy, is taken along once.

    Raises:
        RequestError: there is none, or it is not what was written.
    """
    from dingdian.reports.advice import FILES, no_advice, read_advice

    kept: set[bytes] = set()
    for path in paths:
        held = [path / name for name in FILES if (path / name).is_file()]
        found = held if path.is_dir() else [path]
        if len(found) != 1 or not found[0].is_file():
            raise RequestError((no_advice(str(path)),))
        content = found[0].read_bytes()
        if content in kept:
            continue
        kept.add(content)
        told = read_advice(content, file=str(found[0]))
        file = f"{ADVICE}/{len(kept)}-{told[0].kind}.json"
        yield file, content, tuple(each.model_copy(update={"file": file}) for each in told)


def _told(plan: Plan, advice: Iterable[AdviceRecord]) -> Iterator[AdviceRecord]:
    """The advice, held to be of the ledger, year and shelf of the plan.

    Raises:
        RequestError: it is of another year, ledger or shelf.
    """
    marks = plan.fingerprints
    for each in advice:
        path = each.file
        if each.census != marks.census:
            raise RequestError((fault("advice_of_other_ledger", path=path),))
        if each.year != plan.year:
            found, wanted = str(each.year), str(plan.year)
            raise RequestError(
                (fault("advice_of_other_year", path=path, found=found, wanted=wanted),)
            )
        if each.shelf != marks.shelf:
            raise RequestError((fault("advice_of_other_shelf", path=path),))
        yield each


def _conclusions(record: Record, lang: Lang) -> tuple[str, ...]:
    from dingdian.reports.conclusions import conclusions

    return conclusions(record, lang)


def read_plan(folder: Path) -> Record:
    """The record of a plan folder.

    Raises:
        RequestError: no plan there, or it cannot be read.
    """
    from dingdian.reports.plan_json import read_record

    path = folder / PLAN_JSON
    if not path.is_file():
        raise RequestError((fault("no_such_file", path=str(path)),))
    return read_record(path.read_bytes(), file=str(path))


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
    from dingdian.storage.census_files import read_census

    record = read_plan(folder)
    found = _keys(record, key)
    if key is None or len(found) > 1:
        yield from figure_lines(record, found, lang)
        return
    key = found[0] if found else key
    copy = read_census(folder / CENSUS_COPY).census
    if copy and record.streets:
        copy = streets.of_copy(folder, record.streets).given_to(copy)
    ledger = CensusLedger(copy) if copy else None
    yield explain_text(record, explain_figure(record, key, ledger=ledger, first=rows), lang)


def _keys(record: Record, key: str | None) -> tuple[str, ...]:
    """The keys that are meant: all, those that ``key`` is a part of, or those it names."""
    from dingdian.actions.explain_figure import find_keys
    from dingdian.reports.figure_list import named

    return tuple(record.figures) if key is None else find_keys(record, key) or named(record, key)
