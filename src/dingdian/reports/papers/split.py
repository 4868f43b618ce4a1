"""Wide tables in parts that a sheet can hold, each headed by the same columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dingdian.reports.grid import Table, display_width
from dingdian.reports.papers import form

#: Narrow characters of a cell's text that a millimetre holds, with its margins.
_A_MILLIMETRE = 72 / 25.4 / (form.CELL / 2) * 0.94
#: A column of words may become this much narrower before its table is parted, or wider.
_SQUEEZE = 1.5
#: A column of numbers has at least so many, for its heading.
_NARROWEST = 9


def widths(table: Table) -> list[float]:
    """What each column asks for in narrow characters: numbers only what they take."""
    return [
        max(_longest(table, at) + 2, _NARROWEST) if column.numeric else column.width
        for at, column in enumerate(table.columns)
    ]


def _longest(table: Table, column: int) -> int:
    cells = (row.cells[column] for row in table.rows)
    return max((display_width(cell.text + cell.mark) for cell in cells), default=0)


def millimetres_of(table: Table, whole: float) -> list[float]:
    """The widths of the columns: numbers take what they need, words share the rest.

    Words do not spread over a sheet that is too wide for them; all columns then grow alike.
    """
    asked = [each / _A_MILLIMETRE for each in widths(table)]
    words = [
        0.0 if column.numeric else each for column, each in zip(table.columns, asked, strict=True)
    ]
    fixed, spread = sum(asked) - sum(words), sum(words)
    stretch = (whole - fixed) / spread if spread else 0.0
    stretch = min(stretch, _SQUEEZE) if stretch > 1 / _SQUEEZE / 2 else 1.0
    made = [own * stretch or each for own, each in zip(words, asked, strict=True)]
    return [each * whole / sum(made) for each in made]


def parts(table: Table, millimetres: float) -> tuple[Table, ...]:
    """The table as it is where it fits, else its columns in several tables.

    >>> from dingdian.reports.grid import Column
    >>> wide = Table("t", "s", "t", (Column("a"), *(Column("b", width=60),) * 4), ())
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
    needs = [
        each if column.numeric else each / _SQUEEZE
        for column, each in zip(table.columns, widths(table), strict=True)
    ]
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
