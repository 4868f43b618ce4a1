"""A list as a person takes it along: one workbook, or a text file for other programs.

Both have a row of headings in words and, where it is asked for, a second one with the names of
fields by which the national platform knows the columns. No cell is ever a formula.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

import xlsxwriter

Value = str | int | float | dt.date | None

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
#: With these a spreadsheet begins a formula, or leaves the cell.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a list: its heading, its field name, and its width in characters."""

    title: str
    field: str = ""
    width: int = 14


def neutral(text: str) -> str:
    """A text that no spreadsheet takes for a formula: a quotation mark goes before such a start.

    >>> neutral("=1+1"), neutral("-5"), neutral("示例医院")
    ("'=1+1", "'-5", '示例医院')
    """
    return f"'{text}" if text.startswith(_STARTS) else text


def list_csv(heads: Sequence[Head], rows: Iterable[Sequence[Value]], *, fields: bool) -> bytes:
    """The list as UTF-8 with a mark at its front, so that spreadsheets read Chinese letters."""
    return b"".join(csv_lines(heads, rows, fields=fields))


def csv_lines(
    heads: Sequence[Head], rows: Iterable[Sequence[Value]], *, fields: bool
) -> Iterator[bytes]:
    """The same line by line, for a list that is too long to be held."""
    memory = StringIO()
    writer = csv.writer(memory, lineterminator="\r\n")
    writer.writerow([each.title for each in heads])
    if fields:
        writer.writerow([each.field for each in heads])
    yield memory.getvalue().encode("utf-8-sig")
    for row in rows:
        memory.seek(0)
        memory.truncate()
        writer.writerow([_text(value) for value in row])
        yield memory.getvalue().encode("utf-8")


def _text(value: Value) -> Value:
    if isinstance(value, dt.date):
        return value.isoformat()
    return neutral(value) if isinstance(value, str) else value


def list_workbook(
    title: str,
    heads: Sequence[Head],
    rows: Iterable[Sequence[Value]],
    *,
    fields: bool,
    day: dt.date,
) -> bytes:
    """The list as xlsx: text stays text, days are days, numbers are numbers."""
    memory = BytesIO()
    book = xlsxwriter.Workbook(memory, _OPTIONS)
    book.set_properties({"created": dt.datetime.combine(day, dt.time())})
    bold = book.add_format({"bold": True, "bg_color": "#DDEBF7"})
    soft = book.add_format({"font_color": "#4D5866"})
    date = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet(title[:31])
    first = 2 if fields else 1
    sheet.freeze_panes(first, 0)
    for column, head in enumerate(heads):
        sheet.set_column(column, column, min(head.width, _WIDEST))
        sheet.write_string(0, column, head.title, bold)
        if fields:
            sheet.write_string(1, column, head.field, soft)
    at = first
    for at, row in enumerate(rows, first):
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                sheet.write_datetime(at, column, dt.datetime.combine(value, dt.time()), date)
            elif isinstance(value, str):
                sheet.write_string(at, column, value)
            elif value is not None:
                sheet.write_number(at, column, value)
    sheet.autofilter(first - 1, 0, max(at, first), len(heads) - 1)
    book.close()
    return memory.getvalue()
