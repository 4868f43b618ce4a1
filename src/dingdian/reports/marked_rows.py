"""The rows around what is wrong in a sheet, with the cells that are wrong marked: for a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from dingdian.core.census.faults import KINDS
from dingdian.core.census.schema import TABLES
from dingdian.core.errors import Fault
from dingdian.core.quality import ORDER
from dingdian.reports.quality_workbook import RawSheet, SheetHeadings, column_at

#: How many rows are shown before and after one that is wrong, and how many columns beside it.
AROUND, BESIDE = 2, 2
#: What a cell is shown as beyond so many letters.
LONGEST = 60
#: Gives the text of a cell as it may be shown: table, column (its identifier), text.
Mask = Callable[[str, str, str], str]


class Marked:
    """The marked cells of all sheets of a census."""

    def __init__(
        self,
        sheets: Iterable[RawSheet],
        headings: Iterable[SheetHeadings],
        faults: Iterable[Fault],
        mask: Mask,
    ) -> None:
        self.sheets = {(each.file, each.name): each for each in sheets}
        self.headings = {(each.file, each.sheet): each for each in headings}
        self.mask = mask
        self.marks: dict[tuple[str, str], dict[tuple[int, int], str]] = {}
        for fault in faults:
            place = fault.place
            if place.row and (place.file, place.sheet) in self.sheets:
                self._mark(fault)

    def _mark(self, fault: Fault) -> None:
        spot = (fault.place.file, fault.place.sheet)
        at = (fault.place.row, self._column(fault))
        marks = self.marks.setdefault(spot, {})
        severity = KINDS[fault.kind].severity
        worst = marks.get(at)
        if worst is None or ORDER[severity] < ORDER[type(severity)(worst)]:
            marks[at] = severity.value

    def _column(self, fault: Fault) -> int:
        spot = (fault.place.file, fault.place.sheet)
        return column_at(self.sheets[spot], self.headings.get(spot), fault.place.column)

    def around(self, fault: Fault) -> dict[str, Any] | None:
        """The rows around a fault as plain data; ``None`` where it stands in no row.

        ``columns`` are titles; ``rows`` are ``[number, whether it is the row of the fault,
        [[text, severity or empty], …]]``.
        """
        spot = (fault.place.file, fault.place.sheet)
        sheet, row = self.sheets.get(spot), fault.place.row
        if sheet is None or not row:
            return None
        headings = self.headings.get(spot)
        top = headings.row if headings else 0
        columns = self._columns(headings, self._column(fault), _width(sheet, row))
        first = max(top + 1, row - AROUND) if row > top else max(1, row - AROUND)
        numbers = range(first, min(row + AROUND, max(len(sheet.rows), row)) + 1)
        titles = sheet.rows[top - 1] if top else ()
        return {
            "columns": [_text(_cell(titles, each)) for each in columns],
            "rows": [
                [number, number == row, self._row(spot, sheet, number, columns)]
                for number in numbers
            ],
        }

    def _columns(self, headings: SheetHeadings | None, at: int, width: int) -> Sequence[int]:
        """The columns to show: those that say which row it is, and those beside the fault."""
        near = range(max(0, at - BESIDE), min(at + BESIDE, width - 1) + 1)
        own: Iterable[int] = ()
        if headings is not None:
            names = (*TABLES[headings.table].key, "name")
            own = (headings.columns[name] for name in names if name in headings.columns)
        return sorted({*own, *near, at})

    def _row(
        self, spot: tuple[str, str], sheet: RawSheet, number: int, columns: Sequence[int]
    ) -> list[list[str]]:
        cells = sheet.rows[number - 1] if number <= len(sheet.rows) else ()
        marks = self.marks.get(spot, {})
        fields = self._fields(spot)
        found = []
        for at in columns:
            text = _text(_cell(cells, at))
            if text and at in fields:
                text = self.mask(*fields[at], text)
            found.append([text, marks.get((number, at), "")])
        return found

    def _fields(self, spot: tuple[str, str]) -> Mapping[int, tuple[str, str]]:
        headings = self.headings.get(spot)
        if headings is None:
            return {}
        return {at: (headings.table, name) for name, at in headings.columns.items()}


def _width(sheet: RawSheet, row: int) -> int:
    return max((len(each) for each in sheet.rows[max(0, row - 1) : row]), default=1)


def _cell(cells: Sequence[Any], at: int) -> Any:
    return cells[at] if at < len(cells) else None


def _text(cell: Any) -> str:
    """A raw cell as a person reads it in a spreadsheet."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, (dt.datetime, dt.date)):
        return cell.isoformat(sep=" ")[:10] if isinstance(cell, dt.datetime) else cell.isoformat()
    text = str(cell)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
