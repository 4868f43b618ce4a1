"""Access: measure it, with everything that shows what it rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dingdian import __version__
from dingdian.core.errors import CensusError, Fault
from dingdian.core.period import first_day, last_day
from dingdian.wiring import ledgers, shelf, streets

if TYPE_CHECKING:
    from dingdian.actions.measure_access import AccessReport
    from dingdian.core.access_record import AccessRecord
    from dingdian.core.census import Census
    from dingdian.reports.wording import Lang
    from dingdian.wiring.streets import Loaded, StreetFile

Progress = Callable[[str], None]

#: What the folder holds, beside its workbook, its map data and its map page.
ACCESS_JSON = "access.json"
CENSUS_COPY, POLICY_COPY = "census", "policy"


@dataclass(frozen=True, slots=True)
class AccessRequest:
    """What is asked: ledger (files, or as read), policy, day, service, what replaces a reading.

    ``year``: the plan whose stock day and rules hold; without it ``day`` is that of both.
    ``reach_mm``, ``decay``, ``capacity``: ``None`` and empty where the readings hold. ``streets``:
    what distances are measured along, ``None`` for straight lines.
    """

    census: Path | Census
    policy: str
    day: dt.date
    service: str
    year: int | None = None
    reach_mm: int | None = None
    decay: str = ""
    capacity: str = ""
    as_if: bool = False
    streets: StreetFile | None = None
    lang: Lang = "zh"


@dataclass(frozen=True, slots=True)
class Measured:
    """What is told of it, what the check of the ledger found, the fingerprint of what came out."""

    lines: tuple[str, ...]
    faults: tuple[Fault, ...]
    result: str


def measure(
    asked: AccessRequest, out: Path | None, *, force: bool, as_json: bool, progress: Progress
) -> Measured:
    """Measure access; ``out`` is the folder that is written, if one is.

    Raises:
        DingdianError: anything that stops it; nothing is then written.
    """
    from dingdian.actions.record_access import record_access
    from dingdian.reports.access.lines import access_lines
    from dingdian.reports.access.speech import AccessWords
    from dingdian.reports.record_json import sealed, write_record
    from dingdian.storage.folders import Out, check_free, write_folder

    policy = Path(asked.policy)
    files = (asked.census,) if isinstance(asked.census, Path) else ()
    target = out and Out(
        out,
        force,
        ours=lambda folder: (folder / ACCESS_JSON).is_file(),
        inputs=(*files, *((policy,) if policy.exists() else ())),
    )
    if target:
        check_free(target, folder=True)
    loaded = None
    if asked.streets is not None:
        progress("streets")
        loaded = streets.load(asked.streets)
    report, faults = _measured(asked, loaded, progress)
    along = None if loaded is None else loaded.record(report.desk.census, (report.question.of,))
    record = sealed(record_access(report, engine=__version__, streets=along))
    if target:
        progress("documents")
        write_folder(
            target, lambda folder: _fill(folder, report, record, asked=asked, loaded=loaded)
        )
    result = record.fingerprints.result
    if as_json:
        return Measured((write_record(record).decode().rstrip(),), faults, result)
    return Measured(tuple(access_lines(AccessWords(record, asked.lang))), faults, result)


def _measured(
    asked: AccessRequest, loaded: Loaded | None, progress: Progress
) -> tuple[AccessReport, tuple[Fault, ...]]:
    from dingdian.actions.check_site import open_desk
    from dingdian.actions.measure_access import Question, measure_access
    from dingdian.actions.name_sites import stock_named
    from dingdian.core.indicators import measures_of
    from dingdian.core.workings import Workings
    from dingdian.storage.census_files import Reading, read_census

    question = Question(stock_named(asked.service), asked.reach_mm, asked.decay, asked.capacity)
    stock_day = asked.day if asked.year is None else last_day(asked.year - 1)
    day = asked.day if asked.year is None else first_day(asked.year)
    progress("shelf")
    book, place = shelf.opened(asked.policy)
    progress("census")
    given = asked.census
    reading = read_census(given) if isinstance(given, Path) else Reading(given, ())
    if reading.census is None:
        raise CensusError(reading.faults)
    census = reading.census if loaded is None else loaded.given_to(reading.census)
    progress("check")
    card = None if asked.as_if else book.layers[place].card
    of_plan = None if asked.year is None else stock_day
    faults = (*reading.faults, *ledgers.found(census, card, of_plan))
    desk = open_desk(census, book, place=place, day=day, faults=faults, as_if=asked.as_if)
    workings = Workings(
        census=census,
        policy=desk.basis.policy,
        measures=measures_of(census),
        stock_day=stock_day,
    )
    return measure_access(desk, workings, question, progress=progress), faults


def _fill(
    folder: Path,
    report: AccessReport,
    record: AccessRecord,
    *,
    asked: AccessRequest,
    loaded: Loaded | None,
) -> None:
    from dingdian.reports.access import geojson, page, workbook
    from dingdian.reports.record_json import write_record
    from dingdian.storage.census_write import write_census

    census = report.desk.census
    (folder / ACCESS_JSON).write_bytes(write_record(record))
    (folder / workbook.FILE).write_bytes(workbook.write_workbook(record, asked.lang))
    (folder / geojson.FILE).write_bytes(geojson.write_map(record))
    (folder / page.FILE).write_bytes(page.write_page(record, census, asked.lang))
    write_census(census, folder / CENSUS_COPY)
    shelf.write_copy(asked.policy, folder / POLICY_COPY)
    if loaded is not None:
        loaded.write_copy(folder)
