"""Where a row of a table stands in the file that it came from."""

from __future__ import annotations

import re

from dingdian.core.census.table import Table
from dingdian.core.errors import Place

_ORIGIN = re.compile(
    r"(?P<file>.+?\.(?:xlsx|xlsm|csv|parquet))(?: (?P<sheet>.+))? (?P<row>\d+)", re.I
)


def place_of(table: Table, row: int, column: str = "") -> Place:
    """The place of a cell: file, sheet and row as its origin says, the column's heading.

    A row whose origin names no file gets the table's name as its sheet.

    >>> from dingdian.core.census.schema import TABLES
    >>> from dingdian.core.census.table import table_from_rows
    >>> print(place_of(table_from_rows(TABLES["beds"], [{}], ["a.xlsx 床位 7"]), 0, "open"))
    a.xlsx:床位:开放床位:7
    """
    heading = table.schema[column].zh if column else ""
    origin = table.origin[row]
    found = _ORIGIN.fullmatch(origin)
    if found:
        return Place(found["file"], found["sheet"] or "", int(found["row"]), heading)
    if origin.isdigit():
        return Place("", table.schema.zh, int(origin), heading)
    return Place(origin, table.schema.zh, 0, heading)
