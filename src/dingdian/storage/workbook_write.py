"""Tables as a user would keep them: one workbook, Chinese sheets and headings, real dates."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import xlsxwriter

from dingdian.core.census.schema import TABLES, Field, Kind, TableSchema
from dingdian.core.census.table import Cell
from dingdian.core.census.vocabulary import ABOUT_ITEMS, CHOICES, FURTHER
from dingdian.core.coordinates.systems import grids

#: Written into the properties of every workbook, so that equal content gives equal bytes.
CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 -- a fixed label, not a moment
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}

#: Whole numbers below it have no more than the 15 digits that a spreadsheet keeps.
_EXACT = 10**15

Rows = Sequence[Mapping[str, Cell]]


def write_workbook(
    rows_by_table: Mapping[str, Rows], path: Path, contract: Mapping[str, TableSchema] = TABLES
) -> None:
    """Write tables as one xlsx: a sheet a table, in the order of their ``contract``.

    Rows hold clean cells by field name (choices by identifier, numbers as ``Fraction``);
    a column that no row fills is left out unless it is required. Same rows, same bytes.

    Raises:
        KeyError: a table, field or choice that the contract does not have.
        OSError: the file cannot be written.
    """
    if unknown := sorted(set(rows_by_table) - set(contract)):
        raise KeyError(f"no table {', '.join(unknown)}")
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path), OPTIONS)
    book.set_properties({"created": CREATED})
    looks = {
        "bold": book.add_format({"bold": True, "bg_color": "#DDEBF7", "text_wrap": True}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    try:
        for name, schema in contract.items():
            if name in rows_by_table:
                _write_sheet(book, schema, rows_by_table[name], looks)
    finally:
        book.close()


def _write_sheet(book: Any, schema: TableSchema, rows: Rows, looks: Mapping[str, Any]) -> None:
    used = {name for row in rows for name, cell in row.items() if cell is not None}
    if strange := sorted(used - {field.name for field in schema}):
        raise KeyError(f"table {schema.name} has no column {', '.join(strange)}")
    fields = [field for field in schema if field.required or field.name in used]
    sheet = book.add_worksheet(schema.zh)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(fields) - 1, 16)
    for column, field in enumerate(fields):
        sheet.write_string(0, column, field.zh, looks["bold"])
    columns = [
        (at, each.name, cell_writer(sheet, each, looks["day"])) for at, each in enumerate(fields)
    ]
    for number, row in enumerate(rows, 1):
        for column, name, write in columns:
            cell = row.get(name)
            if cell is not None:
                write(number, column, cell)


def cell_writer(sheet: Any, field: Field, day: Any) -> Callable[[int, int, Any], object]:
    """What writes a cell of a field, given its row, column and content; ``day`` is a format."""
    text, number = sheet.write_string, sheet.write_number
    if field.kind is Kind.DAY:
        return lambda row, column, cell: number(row, column, _serial(cell), day)
    if field.kind is Kind.FLAG:
        return lambda row, column, cell: text(row, column, "是" if cell else "否")
    if field.kind is Kind.CHOICE:
        words = {name: term.zh for name, term in CHOICES[field.choice].items()}
        if field.choice == "crs":  # a projected grid stands for itself
            words |= {name: name for name in grids()}
        further = re.compile(FURTHER.get(field.choice, r"(?!)"))
        return lambda row, column, cell: text(row, column, _word(words, str(cell), further))
    if field.kind in (Kind.NUMBER, Kind.DEGREE):
        return lambda row, column, cell: number(row, column, _float(cell))
    if field is TABLES["about"]["item"]:
        items = {name: term.zh for name, term in ABOUT_ITEMS.items()}
        return lambda row, column, cell: text(row, column, items.get(str(cell), str(cell)))
    return lambda row, column, cell: text(row, column, str(cell))


def _word(words: Mapping[str, str], cell: str, further: re.Pattern[str]) -> str:
    """The word for a choice; one that its list does not have, where the choice admits it."""
    return cell if cell not in words and further.fullmatch(cell) else words[cell]


def _serial(day: dt.date) -> int:
    """The number that a workbook stores for a day; it counts a 29 February 1900 that never was.

    >>> _serial(dt.date(1900, 1, 1)), _serial(dt.date(1900, 3, 1)), _serial(dt.date(2025, 7, 2))
    (1, 61, 45840)
    """
    days = day.toordinal() - dt.date(1899, 12, 30).toordinal()
    return days if days > 60 else days - 1


def _float(number: Fraction | float) -> float:
    """The float of a number that a cell can hold exactly enough to be read back.

    Raises:
        ValueError: it has more than the 15 digits that a spreadsheet keeps.
    """
    value = float(number)
    if isinstance(number, Fraction) and number.denominator == 1 and abs(value) < _EXACT:
        return value
    if isinstance(number, Fraction) and Fraction(repr(value)) != number:
        raise ValueError(f"{number} has more digits than a cell of a workbook keeps")
    return value
