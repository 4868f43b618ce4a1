"""Which rows make a number unknown: their names, and the cell that would have to be filled."""

from __future__ import annotations

from dingdian.core.census.census import Census
from dingdian.core.census.selection import Selection, Test, Where, tally

#: What a test by dates asks of a row, the first that is missing first.
_OF_DATES = ("standing", "standing_since", "designated_until", "designated_since")
_BY_DATES = (Test.DESIGNATED, Test.EXISTED, Test.UNDESIGNATED)


def row_name(census: Census, table: str, row: int) -> tuple[str, str]:
    """Code and name of a row that a selection named; empty where the ledger gives none.

    A row of another table than institutions is called by the institution or region it is of.
    """
    schema = census.tables[table].schema
    names = [field.name for field in schema]
    key = "institution" if "institution" in names else schema.key[0]
    code = f"{key}.code" if schema[key].refers else key
    name = "name" if "name" in names else f"{key}.name" if schema[key].refers else ""
    return _text(census, table, code, row), _text(census, table, name, row) if name else ""


def region_of(census: Census, table: str, row: int) -> str:
    """The region that a row is of, its own or its institution's; empty where it has none."""
    names = [field.name for field in census.tables[table].schema]
    if "region" in names:
        return _text(census, table, "region", row)
    return _text(census, table, "institution.region", row) if "institution" in names else ""


def _text(census: Census, table: str, column: str, row: int) -> str:
    cell = census.column(table, column).cell(row)
    return "" if cell is None else str(cell)


def called(census: Census, table: str, row: int) -> str:
    """Code and name of a row in one, or where it came from if it has neither."""
    return " ".join(filter(None, row_name(census, table, row))) or census.origin(table, row)


def unknown_column(census: Census, selection: Selection, row: int) -> str:
    """The column that leaves an unsure row so.

    It is that of the first condition that the row does not surely meet, else the one that is
    summed; empty where it is no column of the row (how many stand within a circle).

    Raises:
        KeyError: the table or a column does not exist.
    """
    for where in selection.where:
        met = tally(census, Selection(selection.table, (where,))).rows
        if row not in met:
            return _asked(census, selection.table, where, row)
    return selection.total


def _asked(census: Census, table: str, where: Where, row: int) -> str:
    if where.test in (Test.NEAR, Test.FEWER):
        return ""
    names: tuple[str, ...] = ()
    if where.test is Test.ANY_OPEN:
        names = where.words[1:]
    if where.test in _BY_DATES:
        names = _OF_DATES
    columns = [where.column + name for name in names]
    return next(
        (each for each in columns if not census.column(table, each).known[row]), where.column
    )


__all__ = ["called", "row_name", "unknown_column"]
