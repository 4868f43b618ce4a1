"""An import of the ledger: read and checked once, previewed, kept, undone; and the way back out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dingdian.core.errors import Fault, RequestError, fault

if TYPE_CHECKING:
    from dingdian.core.census import Census
    from dingdian.reports.quality_workbook import SheetHeadings
    from dingdian.reports.wording import Lang
    from dingdian.storage.sheets import Sheet
    from dingdian.wiring.lives import Desk

#: Says how far a piece of work is: what is done, how many are.
Tell = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Checked:
    """A census as it was uploaded: what was read, what is wrong, and the sheets as they came."""

    census: Census | None
    faults: tuple[Fault, ...]
    headings: Sequence[SheetHeadings]
    sheets: Sequence[Sheet]

    @property
    def blocking(self) -> bool:
        """Whether it may not be kept as it is."""
        from dingdian.core.census.faults import stops

        return self.census is None or stops(self.faults)


#: Warning of a census that may be planned with -> what stops it from being kept in the ledger.
_STOPS = {"other_city": "import_of_another_place", "taken_on_missing": "import_without_day"}


def check(desk: Desk, folder: Path, tell: Tell, today: dt.date) -> Checked:
    """Read an upload, once, and check whether it may be kept on a day.

    ``tell`` hears of every sheet that was read.
    """
    from dingdian.storage.census_files import read_census
    from dingdian.wiring import ledgers

    sheets: list[Sheet] = []

    def seen(sheet: Sheet) -> None:
        sheets.append(sheet)
        tell(sheet.name or sheet.file, sum(len(each.rows) for each in sheets))

    reading = read_census(folder, seen)
    card = desk.terms.book.layers[desk.terms.place].card
    found = (*reading.faults, *ledgers.found(reading.census, card))
    faults = [replace(each, kind=_STOPS.get(each.kind, each.kind)) for each in found]
    taken_on = reading.census.taken_on if reading.census is not None else None
    if taken_on is not None and taken_on > today:
        faults.append(fault("import_of_a_coming_day", taken_on=taken_on, today=today))
    return Checked(reading.census, tuple(faults), reading.headings, tuple(sheets))


def recheck(desk: Desk, folder: Path, today: dt.date) -> Checked:
    """The same once more, for who was not there when it was checked."""
    return check(desk, folder, lambda _name, _rows: None, today)


def write_marked(path: Path, checked: Checked, faults: Sequence[Fault], lang: Lang) -> None:
    """Write the quality workbook: of the sheets, those in which a cell is to be looked at.

    ``faults`` are those of the check as they may be told. Cells that hold personal data are left
    empty: uploaded again, the workbook does not change what the ledger has there.
    """
    from dingdian.reports.quality_workbook import is_quality_workbook, write_quality_workbook
    from dingdian.storage.folders import Out, write_through

    odd = {(each.place.file, each.place.sheet) for each in faults if each.place.row}
    shown = [each for each in checked.sheets if (each.file, each.name) in odd]
    headings = {(each.file, each.sheet): each for each in checked.headings}
    sheets = [_without_persons(each, headings.get((each.file, each.name))) for each in shown]
    write_through(
        Out(path, force=True, ours=is_quality_workbook),
        lambda fresh: write_quality_workbook(
            fresh, faults, sheets=sheets, headings=checked.headings, lang=lang
        ),
    )


def _without_persons(sheet: Sheet, headings: SheetHeadings | None) -> Sheet:
    """A sheet whose cells of personal data are empty; the headings and what is above them stay."""
    from dataclasses import replace

    from dingdian.core.census.personal import personal

    if headings is None:
        return sheet
    columns = headings.columns
    hidden = {columns[each] for each in personal(headings.table) if each in columns}
    if not hidden:
        return sheet
    rows = [
        row if at < headings.row else [None if n in hidden else c for n, c in enumerate(row)]
        for at, row in enumerate(sheet.rows)
    ]
    return replace(sheet, rows=rows)


def write_copy(census: Census, folder: Path) -> str:
    """Write the canonical copy of a census, from which it is kept; returns its fingerprint."""
    from dingdian.core.census.canonical import fingerprint
    from dingdian.storage.census_write import write_census
    from dingdian.storage.folders import Out, write_folder

    write_folder(
        Out(folder, force=True, ours=lambda there: any(there.glob("*.csv"))),
        lambda fresh: _discard(write_census(census, fresh)),
    )
    return fingerprint(census)


def read_copy(folder: Path, wanted: str) -> Census:
    """The census of a canonical copy.

    Raises:
        RequestError: the copy is gone, or is not the census that was checked.
    """
    from dingdian.core.census.canonical import fingerprint
    from dingdian.storage.census_files import read_census

    if not folder.is_dir():
        raise RequestError((fault("import_files_gone"),))
    reading = read_census(folder)
    if reading.census is None or fingerprint(reading.census) != wanted:
        raise RequestError((fault("import_changed"),))
    return reading.census


def write_ledger(desk: Desk, day: dt.date, out: Path, *, lang: Lang) -> None:
    """Write what the ledger has for a day as a workbook to edit and to import again.

    It is the template of imports with the rows that there are. Columns of personal data are left
    out; an import without them keeps what the ledger has.

    Raises:
        RequestError: no census was kept up to that day.
    """
    from dingdian.actions.rebuild_census import rebuild_census
    from dingdian.core.census.personal import personal
    from dingdian.reports.template import write_filled
    from dingdian.storage.folders import Out, write_through
    from dingdian.storage.workbook_write import cell_writer

    census = rebuild_census(desk.ledger, desk.terms, day)
    rows = {}
    for name, table in census.tables.items():
        if len(table):
            hidden = personal(name)
            columns = {f: c.cells() for f, c in table.columns.items() if f not in hidden}
            cells = zip(*columns.values(), strict=True)
            rows[name] = [dict(zip(columns, each, strict=True)) for each in cells]
    write_through(
        Out(out, force=True, ours=lambda there: there.suffix == ".xlsx"),
        lambda fresh: write_filled(fresh, rows, cell_writer, lang=lang, hidden=personal),
    )


def _discard(_: object) -> None:
    """A result that nobody needs."""
