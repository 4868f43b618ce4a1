"""plan.xlsx: the annex tables as a workbook, with live formulas where a reader can follow them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from dingdian.core.record import FigureRecord, Record
from dingdian.core.units import UNITS
from dingdian.reports.book import number_of
from dingdian.reports.conclusions import part_text, sentences
from dingdian.reports.frame import frame_title, mark_words
from dingdian.reports.grid import Cell, Row, Table, text_lines
from dingdian.reports.live_cells import live_formula
from dingdian.reports.tables import plan_tables
from dingdian.reports.wording import MONEY, Lang, Words
from dingdian.reports.words.headings import COLUMNS, NOTES, SHEETS
from dingdian.reports.words.sentences import GROUPS

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_A4 = 9
_LINE = 15.0  # points
_TOP = 2  # rows above the first table: title and marks


def write_xlsx(record: Record, lang: Lang = "zh") -> bytes:
    """The workbook as bytes: the same record, the same bytes.

    Text is never read as a formula, and every cell with a figure of the plan stands with its key
    on the last sheet.
    """
    words, content = Words(record, lang), io.BytesIO()
    book = xlsxwriter.Workbook(content, _OPTIONS)
    book.set_calc_mode("auto")
    book.set_properties(
        {
            "title": frame_title(words),
            "comments": f"result {record.fingerprints.result}; dingdian {record.engine}",
            "created": dt.datetime.combine(record.policy_day, dt.time(), dt.UTC).replace(
                tzinfo=None
            ),
        }
    )
    formats = _Formats(book)
    index: list[_Printed] = []
    _conclusions(book, words, formats)
    for name, group in groupby(plan_tables(record, lang), key=lambda table: table.sheet):
        sheet = _Sheet(book, words, formats, name)
        sheet.write(tuple(group))
        index += sheet.printed
    _keys(book, words, formats, index)
    book.close()
    return content.getvalue()


@dataclass(frozen=True, slots=True)
class _Printed:
    """A number on a sheet: where it stands and which figure it is."""

    sheet: str
    cell: str
    key: str


@dataclass
class _Formats:
    """The formats of a workbook, each made once."""

    book: Any
    made: dict[tuple[tuple[str, object], ...], Any] = field(default_factory=dict)

    def get(self, **wanted: object) -> Any:
        """The format with these properties."""
        key = tuple(sorted(wanted.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(dict(key))
        return self.made[key]

    def body(self, row: Row, **more: object) -> Any:
        """The format of a cell in a row of the table's body."""
        shade = {"whole": "#E7EDF3", "group": "#E7EDF3", "zone": "#F3F6F9"}.get(row.kind)
        kind: dict[str, object] = {"bg_color": shade, "bold": row.kind != "zone"} if shade else {}
        return self.get(border=1, border_color="#9AA5B1", valign="vcenter", **kind, **more)


_TONES = {"broken": "#8B1A1A", "undefined": "#6B4E00", "unclear": "#6B4E00"}


@dataclass
class _Sheet:
    """One sheet while it is written: tables one below the other."""

    book: Any
    words: Words
    formats: _Formats
    name: str
    printed: list[_Printed] = field(default_factory=list)

    def write(self, tables: tuple[Table, ...]) -> None:
        """Write all tables of the sheet and set up its print."""
        title = self.words.label(SHEETS, self.name)
        self.sheet = self.book.add_worksheet(title)
        _head(self.sheet, self.words, self.formats, title)
        at, starts = _TOP, []
        for table in tables:
            starts.append(at)
            at += len(table.rows) + len(table.notes) + 3
        cells = self._addresses(tables, starts)
        for table, start in zip(tables, starts, strict=True):
            self._table(table, start, cells)
        self._widths(tables)
        first = tables[0]
        single = len(tables) == 1
        below = _TOP + 2 if single else _TOP
        self.sheet.freeze_panes(below, first.heads)
        _print_set_up(self.sheet, self.words, last_heading=below - 1)
        if single and len(first.rows) > 40:
            self.sheet.autofilter(_TOP + 1, 0, _TOP + 1 + len(first.rows), len(first.columns) - 1)

    def _addresses(self, tables: tuple[Table, ...], starts: list[int]) -> dict[str, str]:
        """Figure key -> the first cell of the sheet that prints it."""
        found: dict[str, str] = {}
        for table, start in zip(tables, starts, strict=True):
            for down, row in enumerate(table.rows):
                for across, cell in enumerate(row.cells):
                    if cell.key and self.words.record.figures[cell.key].value is not None:
                        found.setdefault(cell.key, xl_rowcol_to_cell(start + 2 + down, across))
        return found

    def _table(self, table: Table, start: int, cells: dict[str, str]) -> None:
        self.sheet.write_string(start, 0, table.title, self.formats.get(bold=True, font_size=12))
        heading = self.formats.get(
            bold=True, border=1, border_color="#9AA5B1", text_wrap=True, align="center",
            valign="vcenter", bg_color="#D9E2EC",
        )  # fmt: skip
        lines = 1
        for across, column in enumerate(table.columns):
            unit = f"\n{self.words.pick('（', '(')}{column.unit}{self.words.pick('）', ')')}"
            text = column.title[:1].upper() + column.title[1:] + (unit if column.unit else "")
            self.sheet.write_string(start + 1, across, text, heading)
            lines = max(lines, text_lines(text, column.width))
        self.sheet.set_row(start + 1, lines * _LINE)
        for down, row in enumerate(table.rows, start + 2):
            self._row(down, table, row, cells)
        note = self.formats.get(text_wrap=True, font_color="#3E4C59", valign="top")
        last = len(table.columns) - 1
        width = sum(column.width for column in table.columns)
        for down, text in enumerate(table.notes, start + 2 + len(table.rows)):
            self.sheet.set_row(down, text_lines(text, width) * _LINE)
            if last:
                self.sheet.merge_range(down, 0, down, last, "", note)
            self.sheet.write_string(down, 0, text, note)

    def _row(self, down: int, table: Table, row: Row, cells: dict[str, str]) -> None:
        """A row of the body, high enough for its longest text."""
        lines = 1
        for across, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
            tone = {"font_color": _TONES[cell.tone]} if cell.tone in _TONES else {}
            figure = self.words.record.figures.get(cell.key)
            if figure is None or figure.value is None:
                text = cell_text(self.words, cell)
                plain = number_of(text) if column.numeric and not cell.tone else None
                if plain is not None:
                    value, shown = plain
                    self.sheet.write_number(
                        down, across, value, self.formats.body(row, num_format=shown)
                    )
                    continue
                align = "right" if column.numeric else "left"
                look = self.formats.body(row, text_wrap=True, align=align, **tone)
                self.sheet.write_string(down, across, text, look)
                lines = max(lines, text_lines(text, column.width))
            else:
                look = self.formats.body(row, num_format=number_format(figure), **tone)
                self._number((down, across), cell.key, look, cells)
            if cell.key:
                at = xl_rowcol_to_cell(down, across)
                self.printed.append(_Printed(self.words.label(SHEETS, self.name), at, cell.key))
        if lines > 1:
            self.sheet.set_row(down, lines * _LINE)

    def _number(self, at: tuple[int, int], key: str, look: Any, cells: dict[str, str]) -> None:
        """A number, or its formula with the number kept beside it; money in its shown unit."""
        figure = self.words.record.figures[key]
        number = float((figure.number or 0) / self.words.scale(figure.unit))
        formula = live_formula(self.words.record, key, cells, money=self.words.scale(MONEY))
        if formula:
            self.sheet.write_formula(*at, formula, look, number)
        else:
            self.sheet.write_number(*at, number, look)

    def _widths(self, tables: tuple[Table, ...]) -> None:
        for across in range(max(len(table.columns) for table in tables)):
            widths = [t.columns[across].width for t in tables if across < len(t.columns)]
            self.sheet.set_column(across, across, max(widths) + 1)


def cell_text(words: Words, cell: Cell) -> str:
    """The text of a cell that is not a number: words, or labelled numbers."""
    if not cell.parts:
        return cell.text + cell.mark
    figures = words.record.figures
    colon, between = words.pick("：", ": "), words.pick("；", "; ")
    return between.join(f"{label}{colon}{words.number(figures[key])}" for label, key in cell.parts)


def exact_unit(words: Words, unit: str) -> str:
    """The unit of an exact value, which is never scaled: money in yuan."""
    return words.pick(UNITS[unit].zh, UNITS[unit].en) if unit == MONEY else words.unit(unit)


def number_format(figure: FigureRecord) -> str:
    """The number format that prints what ``decimal`` says.

    >>> figure = FigureRecord(measure="m", scope="", value="1/3", decimal="33.33",
    ...     unit="share", formula="share")
    >>> number_format(figure)
    '0.00%'
    """
    places = len(figure.decimal.partition(".")[2])
    decimals = "." + "0" * places if places else ""
    return f"0{decimals}%" if figure.unit == "share" else f"#,##0{decimals}"


def _head(sheet: Any, words: Words, formats: _Formats, title: str) -> None:
    """The title of the plan and its marks, above the tables."""
    marks = mark_words(words)
    said = f"{frame_title(words)} · {title}"
    sheet.write_string(0, 0, said, formats.get(bold=True, font_size=14))
    mark = formats.get(bold=True, font_color="#8B1A1A")
    sheet.write_string(1, 0, words.pick("　", "  ").join(marks), mark)


def _print_set_up(sheet: Any, words: Words, *, last_heading: int) -> None:
    """A4 landscape, one page wide, headings repeated, marks in the header, page numbers."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, last_heading)
    marks = " ".join(mark_words(words, short=True))
    sheet.set_header(f"&L{frame_title(words)}&R{marks}")
    sheet.set_footer("&C&P / &N&R" + words.record.fingerprints.result[:16])


def _conclusions(book: Any, words: Words, formats: _Formats) -> None:
    """The first sheet: the conclusions by group."""
    title = words.label(SHEETS, "conclusions")
    sheet = book.add_worksheet(title)
    _head(sheet, words, formats, title)
    at, width = _TOP, 96
    wrap = {"text_wrap": True, "valign": "top"}
    for group, found in groupby(sentences(words), key=lambda each: each.group):
        sheet.write_string(at, 0, words.label(GROUPS, group), formats.get(bold=True, font_size=12))
        at += 1
        for each in found:
            tone = {"font_color": _TONES[each.tone]} if each.tone in _TONES else {}
            text = "".join(part_text(words, part) for part in each.parts)
            sheet.write_string(at, 0, text, formats.get(**wrap, **tone))
            sheet.set_row(at, text_lines(text, width) * _LINE)
            at += 1
    aside = formats.get(**wrap, font_color="#3E4C59")
    sheet.write_string(at + 1, 0, words.label(NOTES, "keys_hidden"), aside)
    sheet.set_column(0, 0, width)
    sheet.freeze_panes(_TOP, 0)
    sheet.activate()
    _print_set_up(sheet, words, last_heading=_TOP - 1)


def _keys(book: Any, words: Words, formats: _Formats, index: Iterable[_Printed]) -> None:
    """The last sheet: which figure stands in which cell, with its exact value."""
    title = words.label(SHEETS, "keys")
    sheet = book.add_worksheet(title)
    _head(sheet, words, formats, title)
    names = ("sheet", "cell", "key", "measure", "area", "exact", "unit")
    heading = formats.get(bold=True, border=1, border_color="#9AA5B1", bg_color="#D9E2EC")
    for across, name in enumerate(names):
        sheet.write_string(_TOP, across, words.label(COLUMNS, name), heading)
    at = _TOP
    for at, printed in enumerate(index, _TOP + 1):
        figure = words.record.figures[printed.key]
        value = figure.value if isinstance(figure.value, str) else ""
        if figure.value is not None and not value:
            value = f"≈ {figure.number}"
        texts = (
            printed.sheet,
            printed.cell,
            printed.key,
            words.measure(figure.measure),
            words.scope(figure.scope),
            value or words.undefined,
            exact_unit(words, figure.unit),
        )
        for across, text in enumerate(texts):
            sheet.write_string(at, across, text)
    for across, width in enumerate((14, 8, 46, 56, 16, 26, 16)):
        sheet.set_column(across, across, width)
    sheet.freeze_panes(_TOP + 1, 0)
    sheet.autofilter(_TOP, 0, max(at, _TOP), len(names) - 1)
    _print_set_up(sheet, words, last_heading=_TOP)
    sheet.hide()  # thousands of rows that nobody wants printed
