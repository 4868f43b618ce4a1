"""plan.xlsx against plan.json: the cells that its sheet of keys names hold those numbers."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Sequence

from python_calamine import CalamineWorkbook

from dingdian.core.record import FigureRecord, Record
from dingdian.reports.agreement.difference import Compared, Difference
from dingdian.reports.wording import Lang, Words
from dingdian.reports.words.headings import SHEETS

_CELL = re.compile(r"([A-Z]+)([0-9]+)")


def compare_workbook(record: Record, file: str, content: bytes) -> Compared:
    """Compare plan.xlsx, in whichever language it is."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    lang: Lang = "zh" if SHEETS["keys"].zh in book.sheet_names else "en"
    words = Words(record, lang)
    sheets = {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }
    differences, count = [], 0
    for sheet, cell, key, exact in _named(sheets.get(words.label(SHEETS, "keys"), [])):
        count += 1
        figure, place = record.figures.get(key), f"{sheet}!{cell}"
        found = _at(sheets.get(sheet, []), cell)
        if figure is None:
            differences.append(Difference(file, place, key, str(found), ""))
        elif not _same(words, figure, found):
            differences.append(Difference(file, place, key, str(found), words.quantity(figure)))
        elif isinstance(figure.value, str) and exact != figure.value:
            differences.append(Difference(file, place, key, exact, figure.value))
    return Compared(file, count, tuple(differences))


def _named(rows: Sequence[Sequence[object]]) -> Iterator[tuple[str, str, str, str]]:
    """Sheet, cell, key and exact value of every row of the sheet of keys."""
    for row in rows:
        if len(row) > 5 and _CELL.fullmatch(str(row[1])):
            yield str(row[0]), str(row[1]), str(row[2]), str(row[5])


def _at(rows: Sequence[Sequence[object]], cell: str) -> object:
    found = _CELL.fullmatch(cell)
    if found is None:
        return ""
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    row = int(found[2]) - 1
    inside = row < len(rows) and column - 1 < len(rows[row])
    return rows[row][column - 1] if inside else ""


def _same(words: Words, figure: FigureRecord, found: object) -> bool:
    """Whether a cell holds a number, or says that it cannot be had."""
    if figure.number is None:
        return str(found).startswith(words.number(figure))
    if not isinstance(found, int | float):
        return False
    wanted = float(figure.number / words.scale(figure.unit))
    return math.isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-12)
