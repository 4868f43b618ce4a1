"""Tables as a workbook: one sheet a theme; text is never read as a formula."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import xlsxwriter

from dingdian.core.errors import Text
from dingdian.reports.frame import mark_words
from dingdian.reports.grid import Cell, Column, Row, Table, text_lines
from dingdian.reports.wording import Words

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_A4 = 9
_TOP = 3  # rows above the first table: title, basis, marks
_LINE = 17  # points, what a line of Chinese needs in every program
_LINED = {"border": 1, "border_color": "#9AA5B1", "valign": "top", "text_wrap": True}
_TONES = {"broken": "#8B1A1A", "unclear": "#6B4E00", "noted": "#5B6770"}
_NUMBER = re.compile(r"(−?[0-9][0-9,]*)(\.[0-9]+)?(%?)")


def number_of(text: str) -> tuple[float, str] | None:
    """A number as it is printed, with the format that prints the same digits; none for words.

    >>> number_of("12,345.60"), number_of("−0.50%"), number_of("—")
    ((12345.6, '#,##0.00'), (-0.005, '0.00%'), None)
    """
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    whole, decimals, percent = found.groups("")
    digits = "#,##0" if "," in whole else "0"
    value = float((whole + decimals).replace(",", "").replace("−", "-"))
    shown = digits + decimals[:1] + "0" * len(decimals[1:]) + percent
    return value / 100 if percent else value, shown


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on every sheet: title, basis, the fingerprint of the result; the day it bears."""

    title: str
    basis: str
    result: str
    engine: str
    day: dt.date


def write_book(
    words: Words, cover: Cover, tables: Iterable[Table], sheets: Mapping[str, Text]
) -> bytes:
    """The workbook as bytes: the same tables, the same bytes."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, _OPTIONS)
    created = dt.datetime.combine(cover.day, dt.time(), dt.UTC).replace(tzinfo=None)
    comments = f"result {cover.result}; dingdian {cover.engine}"
    book.set_properties({"title": cover.title, "comments": comments, "created": created})
    writer = _Writer(book, words, cover)
    for name, its in groupby(tables, key=lambda table: table.sheet):
        writer.sheet(words.label(sheets, name), tuple(its))
    book.close()
    return content.getvalue()


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, words: Words, cover: Cover) -> None:
        self.book, self.words, self.cover = book, words, cover
        self.made: dict[tuple[str, ...], Any] = {}
        self.strong = book.add_format({"bold": True, "font_size": 14, "valign": "vcenter"})
        self.mark = book.add_format({"bold": True, "font_color": "#8B1A1A"})
        self.basis = book.add_format({"font_color": "#3E4C59"})
        self.aside = book.add_format({"font_color": "#3E4C59", "text_wrap": True, "valign": "top"})
        self.head = book.add_format({**_LINED, "bold": True, "bg_color": "#D9E2EC"})

    def sheet(self, title: str, tables: tuple[Table, ...]) -> None:
        """One sheet with its tables one below the other."""
        sheet = self.book.add_worksheet(title)
        marks = self.words.pick("　", "  ").join(mark_words(self.words))
        widths = _widths(tables)
        for across, width in enumerate(widths):
            sheet.set_column(across, across, width)
        sheet.write_string(0, 0, f"{self.cover.title} · {title}", self.strong)
        sheet.write_string(1, 0, self.cover.basis, self.basis)
        sheet.write_string(2, 0, marks, self.mark)
        for at, lines in enumerate((1.5, 1, 1.3)):
            sheet.set_row(at, lines * _LINE)
        at = _TOP
        for table in tables:
            self._table(sheet, table, at, widths)
            at += len(table.rows) + len(table.notes) + 3
        first, below = tables[0], _TOP + 2
        single = len(tables) == 1
        sheet.freeze_panes(below if single else _TOP, first.heads)
        if single and first.rows:
            sheet.autofilter(below - 1, 0, below - 1 + len(first.rows), len(first.columns) - 1)
        self._print(sheet, below if single else _TOP)

    def _table(self, sheet: Any, table: Table, start: int, widths: Sequence[int]) -> None:
        sheet.set_row(start, 1.5 * _LINE)
        sheet.write_string(start, 0, table.title, self.strong)
        heads = [self._heading(column) for column in table.columns]
        self._high(sheet, start + 1, heads, widths)
        for across, head in enumerate(heads):
            sheet.write_string(start + 1, across, head, self.head)
        for down, row in enumerate(table.rows, start + 2):
            self._high(sheet, down, [cell.text for cell in row.cells], widths)
            for across, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
                self._cell(sheet, (down, across), row, cell, numeric=column.numeric)
        last, whole = len(table.columns) - 1, sum(widths[: len(table.columns)])
        for down, note in enumerate(table.notes, start + 2 + len(table.rows)):
            self._high(sheet, down, [note], [whole])
            if last:
                sheet.merge_range(down, 0, down, last, "", self.aside)
            sheet.write_string(down, 0, note, self.aside)

    def _heading(self, column: Column) -> str:
        """The title of a column, its unit on a line below."""
        left, right = self.words.pick("（", "("), self.words.pick("）", ")")
        return f"{column.title}\n{left}{column.unit}{right}" if column.unit else column.title

    @staticmethod
    def _high(sheet: Any, at: int, texts: Sequence[str], widths: Sequence[int]) -> None:
        """Make a row high enough for its longest text."""
        pairs = zip(texts, widths, strict=False)
        sheet.set_row(at, max((text_lines(text, width) for text, width in pairs)) * _LINE)

    def _cell(
        self, sheet: Any, at: tuple[int, int], row: Row, cell: Cell, *, numeric: bool
    ) -> None:
        """A number as a number that shows the same digits, all else as text."""
        found = number_of(cell.text) if numeric else None
        if found is None:
            sheet.write_string(*at, cell.text, self._look(row, cell.tone, right=numeric))
            return
        value, shown = found
        sheet.write_number(*at, value, self._look(row, cell.tone, right=True, shown=shown))

    def _look(self, row: Row, tone: str, *, right: bool, shown: str = "General") -> Any:
        key = (row.kind, tone, str(right), shown)
        if key not in self.made:
            shade = {"bg_color": "#E7EDF3", "bold": True} if row.kind else {}
            colour = {"font_color": _TONES[tone]} if tone in _TONES else {}
            side = {"align": "right" if right else "left", "num_format": shown}
            self.made[key] = self.book.add_format({**_LINED, **shade, **colour, **side})
        return self.made[key]

    def _print(self, sheet: Any, headings: int) -> None:
        """A4 lying, one page wide, headings and marks on every page."""
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, headings - 1)
        marks = " ".join(mark_words(self.words, short=True))
        title = self.cover.title.replace("&", "&&")
        sheet.set_header(f"&L{title}&R{marks}")
        sheet.set_footer("&C&P / &N&R" + self.cover.result[:16])


def _widths(tables: Sequence[Table]) -> list[int]:
    """The width of every column of a sheet, in characters, one of them for its borders."""
    most = max(len(table.columns) for table in tables)
    own = ([t.columns[at].width for t in tables if at < len(t.columns)] for at in range(most))
    return [max(each) + 1 for each in own]
