"""Sites: may an institution stand here, alone or in a round."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dingdian.core.errors import CensusError, Fault
from dingdian.wiring import ledgers, shelf, streets

if TYPE_CHECKING:
    from dingdian.actions.check_site import Desk, SiteQuestion
    from dingdian.reports.wording import Lang
    from dingdian.wiring.streets import StreetFile


@dataclass(frozen=True, slots=True)
class DeskRequest:
    """What questions about sites are asked of: ledger, policy, and the day whose rules hold.

    ``streets``: what ways beside the answer to one site are measured along, ``None`` for no ways.
    """

    census: Path
    policy: str
    day: dt.date
    as_if: bool = False
    streets: StreetFile | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a command has to say: lines, and what is odd about the file it read.

    ``incomplete``: some rows of the file could not be answered.
    """

    lines: tuple[str, ...]
    faults: tuple[Fault, ...] = ()
    incomplete: bool = False


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
    from dingdian.reports.streets import way_lines, ways_json
    from dingdian.storage.folders import Out, write_through

    loaded = None if asked.streets is None else streets.load(asked.streets)
    report = check(_desk(asked), question, reach_mm=reach_mm)
    if geojson is not None:
        shapes = written(site_geojson(report))
        place = Out(geojson, force, ours=Path.is_file, inputs=(asked.census,))
        write_through(place, lambda fresh: _write_text(fresh, shapes))
    ways = None if loaded is None else loaded.ways(report)
    if as_json:
        beside = {} if ways is None else {"ways": ways_json(ways)}
        return Told((written({**site_json(report), **beside}),))
    return Told((*site_lines(report, lang), *(() if ways is None else way_lines(ways, lang))))


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
    report = check(_desk(asked), table, faults)
    if out is not None:
        content = round_workbook(report, lang)
        place = Out(out, force, ours=Path.is_file, inputs=(asked.census, applicants))
        write_through(place, lambda fresh: _write_bytes(fresh, content))
    told = (written(round_json(report)),) if as_json else tuple(round_lines(report, lang))
    return Told(told, report.faults, bool(report.faulty))


def _desk(asked: DeskRequest) -> Desk:
    from dingdian.actions.check_site import open_desk
    from dingdian.storage.census_files import read_census

    book, place = shelf.opened(asked.policy)
    reading = read_census(asked.census)
    if reading.census is None:
        raise CensusError(reading.faults)
    card = None if asked.as_if else book.layers[place].card
    faults = (*reading.faults, *ledgers.found(reading.census, card))
    return open_desk(
        reading.census, book, place=place, day=asked.day, faults=faults, as_if=asked.as_if
    )


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _write_bytes(path: Path, content: bytes) -> None:
    path.write_bytes(content)
