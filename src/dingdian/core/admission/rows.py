"""The rows of a round's tables: their cells and where they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from dingdian.core.admission.words import NAMING, Words
from dingdian.core.census.headings import plain
from dingdian.core.census.places import place_of
from dingdian.core.census.table import Cell, Table
from dingdian.core.errors import Fault, Place, fault

#: Tables whose items need not be on the shelf: an evaluation may score what it likes.
_OPEN = frozenset({"scores"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by field name, the place that it stands in, and its table."""

    table: str
    cells: Mapping[str, Cell]
    origin: str
    place: Place

    def text(self, name: str) -> str:
        """A textual cell; empty where it is unknown."""
        cell = self.cells[name]
        return "" if cell is None else str(cell)

    def day(self, name: str) -> dt.date | None:
        """A day; ``None`` where it is unknown."""
        cell = self.cells[name]
        return cell if isinstance(cell, dt.date) else None

    def number(self, name: str) -> Fraction | None:
        """A number; ``None`` where it is unknown."""
        cell = self.cells[name]
        return cell if isinstance(cell, Fraction) else None

    def flag(self, name: str) -> bool | None:
        """Yes or no; ``None`` where it is unknown."""
        cell = self.cells[name]
        return cell if isinstance(cell, bool) else None

    def at(self, heading: str) -> Place:
        """The place of a cell of the row."""
        return Place(self.place.file, self.place.sheet, self.place.row, heading)


def rows_of(name: str, table: Table, words: Words | None, faults: list[Fault]) -> list[Row]:
    """The rows of a table, items by identifier; wordings that mean none go to ``faults``."""
    columns = {each: column.cells() for each, column in table.columns.items()}
    naming, known = NAMING.get(name, ""), (words or {}).get(name)
    labels = table[naming].labels if naming and known is not None else ()
    meant = {word: (known or {}).get(plain(word)) for word in labels}
    found = []
    for at in range(len(table)):
        cells = {each: values[at] for each, values in columns.items()}
        row = Row(name, cells, table.origin[at], place_of(table, at))
        word = cells.get(naming)
        if isinstance(word, str) and word in meant:
            cells[naming] = meant[word] or word
            if meant[word] is None and name not in _OPEN:
                place = row.at(table.schema[naming].zh)
                faults.append(fault("round_item_unknown", place, value=word))
        found.append(row)
    return found
