"""The ledger's own sheets with the offending cells coloured and commented, the list in front."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import xlsxwriter

from dingdian.core.census.headings import field_of, plain
from dingdian.core.census.schema import TABLES, TableSchema
from dingdian.core.errors import Fault, Severity, Text
from dingdian.core.faults import KINDS
from dingdian.core.quality import ORDER
from dingdian.reports.quality import SEVERITIES, TITLES, quality_rows, summary

CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 -- a fixed label, not a moment
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
COLOURS = {Severity.BLOCKING: "#F8B4B4", Severity.WARNING: "#FFD966", Severity.NOTE: "#DDEBF7"}
#: Comments slow a spreadsheet program down: the cells beyond are coloured only.
COMMENTS = 3_000
_LIST, _ALL = Text("质量报告", "quality"), Text("全部问题", "all faults")
_EACH = (0, 1, 2, 4, 5, 6)
_WIDTHS = (8, 60, 40, 8, 24, 50, 24)


class RawSheet(Protocol):
    """The raw cells of one sheet of the ledger."""

    @property
    def file(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def rows(self) -> Sequence[Sequence[Any]]: ...  # noqa: D102


class SheetHeadings(Protocol):
    """Where a table stands in its sheet: heading row (from 1) and column of each field."""

    @property
    def file(self) -> str: ...  # noqa: D102
    @property
    def sheet(self) -> str: ...  # noqa: D102
    @property
    def table(self) -> str: ...  # noqa: D102
    @property
    def row(self) -> int: ...  # noqa: D102
    @property
    def columns(self) -> Mapping[str, int]: ...  # noqa: D102


def write_quality_workbook(
    path: Path,
    faults: Sequence[Fault],
    *,
    sheets: Iterable[RawSheet] = (),
    headings: Sequence[SheetHeadings] = (),
    tables: Mapping[str, TableSchema] = TABLES,
    lang: str = "zh",
) -> None:
    """Write the report: the list of groups, the list of all, then the ledger's own sheets.

    Args:
        path: the file to write.
        faults: all faults of the census.
        sheets: the raw sheets, read again from the ledger, one at a time.
        headings: where the tables stand, as reading found them.
        tables: the contract of the tables: of a ledger, where nothing else is said.
        lang: ``zh`` or ``en``.

    Raises:
        OSError: the file cannot be written.
    """
    book = xlsxwriter.Workbook(str(path), OPTIONS)
    book.set_properties({"created": CREATED})
    try:
        _Writer(book, faults, headings, tables=tables, lang=lang).write(sheets)
    finally:
        book.close()


def is_quality_workbook(path: Path) -> bool:
    """Whether a file is a quality workbook: an xlsx whose first sheet is the list of groups."""
    try:
        with zipfile.ZipFile(path) as parts:
            book = parts.read("xl/workbook.xml").decode("utf-8")
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        return False
    first = book.partition("<sheet ")[2].partition("/>")[0]
    return any(f'name="{_LIST.say(lang)}"' in first for lang in ("zh", "en"))


def column_at(
    raw: RawSheet,
    headings: SheetHeadings | None,
    name: str,
    tables: Mapping[str, TableSchema] = TABLES,
) -> int:
    """The column (0 is the first) of a heading in a sheet; the first one where it names none."""
    if headings is None or not name:
        return 0
    field = field_of(tables[headings.table], name)
    if field is not None and field.name in headings.columns:
        return headings.columns[field.name]
    names = [str(cell).strip() for cell in raw.rows[headings.row - 1]]
    return names.index(name) if name in names else 0


class _Writer:
    """Writes one quality workbook."""

    def __init__(
        self,
        book: Any,
        faults: Sequence[Fault],
        headings: Sequence[SheetHeadings],
        *,
        tables: Mapping[str, TableSchema],
        lang: str,
    ) -> None:
        self.book, self.faults, self.lang, self.tables = book, faults, lang, tables
        self.headings = {(each.file, each.sheet): each for each in headings}
        self.bold = book.add_format({"bold": True, "bg_color": "#D9D9D9"})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        day = {"num_format": "yyyy-mm-dd"}
        self.day = book.add_format(day)
        self.marks = {s: book.add_format({"bg_color": c}) for s, c in COLOURS.items()}
        self.days = {s: book.add_format({"bg_color": c, **day}) for s, c in COLOURS.items()}
        self.comments = COMMENTS
        self.names: set[str] = set()

    def write(self, sheets: Iterable[RawSheet]) -> None:
        titles = [title.say(self.lang) for title in TITLES]
        head = summary(self.faults, self.lang)
        self._list(_LIST.say(self.lang), head, titles, quality_rows(self.faults, self.lang))
        each = [titles[at] for at in _EACH]
        self._list(_ALL.say(self.lang), "", each, [self._line(fault) for fault in self.faults])
        by_sheet: dict[tuple[str, str], list[Fault]] = {}
        for fault in self.faults:
            if fault.place.row:
                by_sheet.setdefault((fault.place.file, fault.place.sheet), []).append(fault)
        for sheet in sheets:
            if plain(sheet.name) not in {plain(_LIST.zh), plain(_ALL.zh)}:
                self._sheet(sheet, by_sheet.get((sheet.file, sheet.name), []))

    def _line(self, fault: Fault) -> tuple[str, ...]:
        kind, place = KINDS[fault.kind], fault.place
        return (
            SEVERITIES[kind.severity].say(self.lang),
            kind.what.say(self.lang, **fault.fields),
            " · ".join(part for part in (place.file, place.sheet, place.column) if part),
            str(place.row or ""),
            kind.cure.say(self.lang, **fault.fields),
            fault.kind,
        )

    def _list(
        self, name: str, head: str, titles: Sequence[str], rows: Sequence[Sequence[str]]
    ) -> None:
        sheet = self.book.add_worksheet(self._named(name))
        top = 1 if head else 0
        if head:
            sheet.write_string(0, 0, head)
        for column in range(len(titles)):
            width = _WIDTHS[column] if len(titles) == len(_WIDTHS) else _WIDTHS[_EACH[column]]
            sheet.set_column(column, column, width)
        sheet.freeze_panes(top + 1, 0)
        for column, title in enumerate(titles):
            sheet.write_string(top, column, title, self.bold)
        for number, row in enumerate(rows, top + 1):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text, self.wrap)

    def _named(self, name: str) -> str:
        """A sheet name that is allowed and not yet used."""
        clean = "".join("_" if c in "[]:*?/\\'" else c for c in name)[:28] or "_"
        unique, number = clean, 2
        while plain(unique) in self.names:
            unique, number = f"{clean}{number}", number + 1
        self.names.add(plain(unique))
        return unique

    def _sheet(self, raw: RawSheet, faults: Sequence[Fault]) -> None:
        sheet = self.book.add_worksheet(self._named(raw.name or raw.file.rpartition(".")[0]))
        marked: dict[tuple[int, int], list[Fault]] = {}
        for fault in faults:
            headings = self.headings.get((raw.file, raw.name))
            at = (fault.place.row - 1, column_at(raw, headings, fault.place.column, self.tables))
            marked.setdefault(at, []).append(fault)
        last = max((row for row, _ in marked), default=-1)
        for row in range(max(len(raw.rows), last + 1)):
            cells = raw.rows[row] if row < len(raw.rows) else ()
            for column, cell in enumerate(cells):
                self._cell(sheet, (row, column), cell, marked.pop((row, column), []))
        for at, its in sorted(marked.items()):
            if at[0] == last:  # the row that is still open to writing
                self._cell(sheet, at, "", its)

    def _cell(self, sheet: Any, at: tuple[int, int], cell: Any, faults: Sequence[Fault]) -> None:
        worst = min((KINDS[f.kind].severity for f in faults), key=ORDER.__getitem__, default=None)
        look = self.marks[worst] if worst else None
        if cell is None or cell == "":
            if look:
                sheet.write_blank(*at, None, look)
        elif isinstance(cell, bool):
            sheet.write_boolean(*at, cell, look)
        elif isinstance(cell, (int, float)) and abs(cell) < 1e300:
            sheet.write_number(*at, cell, look)
        elif isinstance(cell, dt.date) and cell.year >= 1900:
            sheet.write_datetime(*at, cell, self.days[worst] if worst else self.day)
        else:
            sheet.write_string(*at, str(cell), look)
        if faults and self.comments:
            self.comments -= 1
            sheet.write_comment(*at, self._said(faults))

    def _said(self, faults: Sequence[Fault]) -> str:
        kinds = [(KINDS[f.kind], f.fields) for f in faults]
        return "\n".join(
            f"{kind.what.say(self.lang, **its)}\n→ {kind.cure.say(self.lang, **its)}"
            for kind, its in kinds
        )
