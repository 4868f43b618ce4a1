"""Tables as a workbook: one sheet a theme; text is never read as a formula."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import xlsxwriter

from dingdian.core.errors import Text
from dingdian.reports.frame import mark_words
from dingdian.reports.grid import Row, Table
from dingdian.reports.wording import Words

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_A4 = 9
_TOP = 3  # rows above the first table: title, basis, marks
_LINED = {"border": 1, "border_color": "#9AA5B1", "valign": "top", "text_wrap": True}
_TONES = {"broken": "#8B1A1A", "unclear": "#6B4E00", "noted": "#5B6770"}
_NUMBER = re.compile(r"−?[0-9][0-9,]*(\.[0-9]+)?")


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
        self.made: dict[tuple[str, str, bool], Any] = {}
        self.strong = book.add_format({"bold": True, "font_size": 14})
        self.mark = book.add_format({"bold": True, "font_color": "#8B1A1A"})
        self.aside = book.add_format({"font_color": "#3E4C59"})
        self.head = book.add_format({**_LINED, "bold": True, "bg_color": "#D9E2EC"})

    def sheet(self, title: str, tables: tuple[Table, ...]) -> None:
        """One sheet with its tables one below the other."""
        sheet = self.book.add_worksheet(title)
        marks = self.words.pick("　", "  ").join(mark_words(self.words))
        sheet.write_string(0, 0, f"{self.cover.title} · {title}", self.strong)
        sheet.write_string(1, 0, self.cover.basis, self.aside)
        sheet.write_string(2, 0, marks, self.mark)
        at = _TOP
        for table in tables:
            self._table(sheet, table, at)
            at += len(table.rows) + len(table.notes) + 3
        self._widths(sheet, tables)
        first, below = tables[0], _TOP + 2
        single = len(tables) == 1
        sheet.freeze_panes(below if single else _TOP, first.heads)
        if single and first.rows:
            sheet.autofilter(below - 1, 0, below - 1 + len(first.rows), len(first.columns) - 1)
        self._print(sheet, below if single else _TOP)

    def _table(self, sheet: Any, table: Table, start: int) -> None:
        sheet.write_string(start, 0, table.title, self.strong)
        for across, column in enumerate(table.columns):
            sheet.write_string(start + 1, across, column.title, self.head)
        for down, row in enumerate(table.rows, start + 2):
            for across, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
                look = self._look(row, cell.tone, right=column.numeric)
                if column.numeric and _NUMBER.fullmatch(cell.text):
                    plain = cell.text.replace(",", "").replace("−", "-")
                    sheet.write_number(down, across, float(plain), look)
                else:
                    sheet.write_string(down, across, cell.text, look)
        for down, note in enumerate(table.notes, start + 2 + len(table.rows)):
            sheet.write_string(down, 0, note, self.aside)

    def _look(self, row: Row, tone: str, *, right: bool) -> Any:
        key = (row.kind, tone, right)
        if key not in self.made:
            shade = {"bg_color": "#E7EDF3", "bold": True} if row.kind else {}
            colour = {"font_color": _TONES[tone]} if tone in _TONES else {}
            side = {"align": "right" if right else "left"}
            self.made[key] = self.book.add_format({**_LINED, **shade, **colour, **side})
        return self.made[key]

    def _widths(self, sheet: Any, tables: tuple[Table, ...]) -> None:
        for across in range(max(len(table.columns) for table in tables)):
            widths = [t.columns[across].width for t in tables if across < len(t.columns)]
            sheet.set_column(across, across, max(widths) + 1)

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
