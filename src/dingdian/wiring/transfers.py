"""Transfers of beds: work one out with its folder of evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from dingdian import __version__
from dingdian.core.errors import CensusError, Fault
from dingdian.wiring import ledgers, shelf

if TYPE_CHECKING:
    from dingdian.actions.move_beds import BedMoves
    from dingdian.core.transfer.wish import Wish
    from dingdian.core.transfer_record import TransferRecord
    from dingdian.reports.wording import Lang

#: What the folder of a transfer holds, beside its workbook, its map and its map page.
TRANSFER_JSON = "transfer.json"
CENSUS_COPY, POLICY_COPY = "census", "policy"

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class TransferRequest:
    """What is asked: census and policy, how, and how much work it may take.

    Words are those of ``core.transfer``. ``held``: measure -> the most that it may come to.
    ``sizes``: level -> minimum size where it is not the shelf's, ``None``: not touched.
    ``target``: a kind, or beds per 1,000. ``year``: ``None`` is the one after that of the census.
    ``halted`` ends the search from outside, ``left`` says when; ``seconds`` says by what clock.
    """

    census: Path
    policy: str
    order: Sequence[str]
    held: Mapping[str, int]
    sizes: Mapping[str, int | None]
    structure_at: Sequence[str]
    target: str | Fraction
    alike: str
    growth: Fraction | None
    first: Sequence[str]
    nodes: int
    seconds: float | None = None
    halted: Callable[[], bool] | None = None
    left: Callable[[], float] | None = None
    year: int | None = None
    day: dt.date | None = None
    as_if: bool = False
    lang: Lang = "zh"


@dataclass(frozen=True, slots=True)
class MadeTransfer:
    """A transfer worked out: what is told of it, whether there is one, what the check found."""

    lines: tuple[str, ...]
    found: bool
    faults: tuple[Fault, ...]


def move_beds(
    asked: TransferRequest, out: Path | None, *, force: bool, progress: Progress, as_json: bool
) -> MadeTransfer:
    """Work a transfer out; ``out`` is the folder that is written with its evidence, if one is.

    Raises:
        DingdianError: anything that stops it; nothing is then written.
    """
    from dingdian.actions.record_transfer import record_transfer
    from dingdian.reports.record_json import sealed, write_record
    from dingdian.reports.transfer.lines import transfer_lines
    from dingdian.reports.transfer.speech import TransferWords
    from dingdian.storage.folders import Out, check_free, write_folder

    policy = Path(asked.policy)
    target = out and Out(
        out,
        force,
        ours=lambda folder: (folder / TRANSFER_JSON).is_file(),
        inputs=(asked.census, *((policy,) if policy.exists() else ())),
    )
    if target:
        check_free(target, folder=True)
    made = _made(asked, progress)
    record = sealed(record_transfer(made, engine=__version__, seconds=asked.seconds))
    if target:
        progress("documents")
        write_folder(target, lambda folder: _fill(folder, made, record, asked))
    words = TransferWords(record, asked.lang)
    told = [write_record(record).decode().rstrip()] if as_json else [*transfer_lines(words)]
    return MadeTransfer(tuple(told), record.found, made.faults)


def _wish(asked: TransferRequest) -> Wish:
    from dingdian.core.rules.facts import ScopeKind
    from dingdian.core.transfer import First, Measure
    from dingdian.core.transfer.wish import Alike, TargetKind, Wish

    number = asked.target if isinstance(asked.target, Fraction) else None
    return Wish(
        order=tuple(map(Measure, asked.order)),
        held={Measure(name): most for name, most in asked.held.items()},
        minimum=asked.sizes,
        structure_at=tuple(map(ScopeKind, asked.structure_at)),
        target=TargetKind.GIVEN if number is not None else TargetKind(str(asked.target)),
        per_1000=number,
        alike=Alike(asked.alike),
        growth=asked.growth,
        first=tuple(map(First, asked.first)),
    )


def _made(asked: TransferRequest, progress: Progress) -> BedMoves:
    from dingdian.actions.move_beds import Asked, move_beds, year_of
    from dingdian.core.solving import Limits, never
    from dingdian.storage.census_files import read_census

    progress("shelf")
    book, place = shelf.opened(asked.policy)
    progress("census")
    reading = read_census(asked.census)
    if reading.census is None:
        raise CensusError(reading.faults)
    year = asked.year if asked.year is not None else year_of(reading.census)
    limits = Limits(nodes=asked.nodes, halted=asked.halted or never, left=asked.left)
    question = Asked(place, year, _wish(asked), limits, asked.day, asked.as_if)
    progress("check")
    card = None if asked.as_if else book.layers[place].card
    found = ledgers.found(reading.census, card, question.stock_day)
    return move_beds(
        reading.census, book, question, faults=(*reading.faults, *found), progress=progress
    )


def _fill(folder: Path, made: BedMoves, record: TransferRecord, asked: TransferRequest) -> None:
    from dingdian.reports.record_json import write_record
    from dingdian.reports.transfer import geojson, page, workbook
    from dingdian.storage.census_write import write_census

    (folder / TRANSFER_JSON).write_bytes(write_record(record))
    (folder / workbook.FILE).write_bytes(workbook.write_workbook(record, asked.lang))
    shapes = geojson.write_map(record, made.census)
    if shapes is not None:
        (folder / geojson.FILE).write_bytes(shapes)
    (folder / page.FILE).write_bytes(page.write_page(record, made.census, asked.lang))
    write_census(made.census, folder / CENSUS_COPY)
    shelf.write_copy(asked.policy, folder / POLICY_COPY)
