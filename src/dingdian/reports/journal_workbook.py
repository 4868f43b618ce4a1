"""Notes of the journal as a workbook, in which nothing runs that somebody wrote into a note."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from dingdian.reports.quality_workbook import CREATED, OPTIONS

_WIDTHS = (8, 20, 16, 20, 22, 24, 24, 14, 70)


def journal_workbook(sheet: str, titles: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A workbook of one sheet: its titles, then every row; whole numbers stay numbers.

    Everything else is text, also what begins like a formula or an address.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {**OPTIONS, "in_memory": True})
    book.set_properties({"created": CREATED})
    page = book.add_worksheet(sheet)
    bold = book.add_format({"bold": True, "bg_color": "#D9D9D9"})
    for column, (title, width) in enumerate(zip(titles, _WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, title, bold)
    page.freeze_panes(1, 0)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                page.write_number(number, column, cell)
            else:
                page.write_string(number, column, str(cell))
    page.autofilter(0, 0, 0, len(titles) - 1)
    book.close()
    return file.getvalue()
