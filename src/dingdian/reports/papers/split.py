"""Wide tables in parts that a sheet can hold, each headed by the same columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dingdian.reports.grid import Table
from dingdian.reports.papers import form

#: Narrow characters of a cell's text that a millimetre holds, with its margins.
_A_MILLIMETRE = 72 / 25.4 / (form.CELL / 2) * 0.94
#: A column of words may become this much narrower before its table is parted.
_SQUEEZE = 1.5


def parts(table: Table, millimetres: float) -> tuple[Table, ...]:
    """The table as it is where it fits, else its columns in several tables.

    >>> from dingdian.reports.grid import Cell, Column, Row
    >>> wide = Table("t", "s", "t", (Column("a"), *(Column("n", "", 30, numeric=True),) * 4), ())
    >>> [len(each.columns) for each in parts(wide, 156)]
    [3, 3]
    """
    room = millimetres * _A_MILLIMETRE
    chosen = list(_chosen(table, room))
    if len(chosen) == 1:
        return (table,)
    return tuple(_part(table, columns) for columns in chosen)


def _chosen(table: Table, room: float) -> Iterator[list[int]]:
    """The columns of each part: those that head the rows, then as many as fit."""
    needs = [c.width if c.numeric else c.width / _SQUEEZE for c in table.columns]
    heads = list(range(table.heads))
    if sum(needs) <= room:
        yield list(range(len(needs)))
        return
    left = room - sum(needs[at] for at in heads)
    own: list[int] = []
    for at in range(table.heads, len(needs)):
        if own and sum(needs[each] for each in own) + needs[at] > left:
            yield heads + own
            own = []
        own.append(at)
    yield heads + own


def _part(table: Table, columns: list[int]) -> Table:
    return replace(
        table,
        columns=tuple(table.columns[at] for at in columns),
        rows=tuple(
            replace(row, cells=tuple(row.cells[at] for at in columns)) for row in table.rows
        ),
    )
