"""Grids: the tables of a plan as plain rows of cells, before any file format."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from dingdian.core.record import FigureRecord, FindingRecord, Record
from dingdian.reports.causes import causes
from dingdian.reports.wording import Words, not_submitted


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as a reader sees it.

    ``key`` stands on a number: the figure that it prints. ``parts`` are labelled numbers in
    one cell, pairs of label and key. ``tone`` is the state that colours it. ``mark`` refers to
    a note under the table, ``to`` is the anchor of a page that the cell leads to.
    """

    text: str = ""
    key: str = ""
    tone: str = ""
    mark: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    to: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the unit below it, its width in characters, numbers or words."""

    title: str
    unit: str = ""
    width: int = 12
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row; ``kind`` is ``whole``, ``zone``, ``group`` or empty for an ordinary one.

    ``anchor``: what a page links to, such as ``clause-DX-04``.
    """

    cells: tuple[Cell, ...]
    kind: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``sheet`` is the sheet of the workbook that it stands on, among others.

    ``heads`` is how many columns head the rows; ``notes`` stand below it.
    """

    id: str
    sheet: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    heads: int = 1

    @property
    def shares(self) -> tuple[int, ...]:
        """The width of each column, in per cent of the table."""
        whole = sum(column.width for column in self.columns)
        return tuple(round(100 * column.width / whole) for column in self.columns)

    @property
    def keys(self) -> tuple[str, ...]:
        """The figures that the table prints, in order, each once."""
        found = [
            key
            for row in self.rows
            for cell in row.cells
            for key in (cell.key, *(part for _, part in cell.parts))
            if key
        ]
        return tuple(dict.fromkeys(found))


#: From here on a character is as wide as two.
_WIDE = 0x2E80
#: What a column is wider than its longest number: bold type and the borders.
_MARGIN = 2


def display_width(text: str) -> int:
    """How many narrow characters wide a text is.

    >>> display_width("沈阳 12")
    7
    """
    return sum(2 if ord(character) >= _WIDE else 1 for character in text)


def text_lines(text: str, width: int) -> int:
    """How many lines a text takes in a column so many characters wide.

    >>> text_lines("沈阳市", 4), text_lines("", 4)
    (2, 1)
    """
    rows = (math.ceil(display_width(line) / max(width, 1)) for line in text.split("\n"))
    return sum(max(1, each) for each in rows)


def fitted(table: Table) -> Table:
    """The table with every column of numbers at least as wide as its longest number."""
    columns = tuple(
        replace(column, width=max(column.width, _longest(table, at) + _MARGIN))
        if column.numeric
        else column
        for at, column in enumerate(table.columns)
    )
    return replace(table, columns=columns)


def _longest(table: Table, column: int) -> int:
    cells = (row.cells[column] for row in table.rows)
    return max((display_width(cell.text + cell.mark) for cell in cells if cell.key), default=0)


#: Marks of notes: ① to ⑳, then numbers in brackets.
_CIRCLED = 20


def note_mark(n: int) -> str:
    """The mark of the ``n``-th note, the first being 1.

    >>> note_mark(1), note_mark(21)
    ('①', '(21)')
    """
    return chr(0x2460 + n - 1) if n <= _CIRCLED else f"({n})"


@dataclass
class Cells:
    """Makes the cells of one table and keeps the reasons of those that are undefined."""

    words: Words
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def record(self) -> Record:
        """The record that the table is made from."""
        return self.words.record

    def number(self, key: str | None, *, tone: str = "") -> Cell:
        """The cell of a figure; — where there is none, 无法计算 with a note where undefined."""
        figure = self.record.figures.get(key or "")
        if figure is None or key is None:
            return Cell("—")
        if figure.value is not None:
            return Cell(self.words.number(figure), key, tone)
        if not_submitted(figure):
            return Cell(self.words.number(figure), tone="noted")
        return Cell(self.words.undefined, key, "undefined", self._mark(key))

    def _mark(self, key: str) -> str:
        why = self.words.pick("；", "; ").join(causes(self.words, key, short=True))
        return self.reasons.setdefault(why, note_mark(len(self.reasons) + 1))

    def state(self, finding: FindingRecord) -> Cell:
        """The cell that says what a finding says."""
        return Cell(self.words.state(finding), tone=finding.state.value)

    def scope(self, scope: str) -> Cell:
        """The cell of an area."""
        return Cell(self.words.scope(scope))

    def row(self, scope: str, cells: Iterable[Cell]) -> Row:
        """A row headed by an area, set off where it is the whole area or a zone."""
        level = self.record.scopes[scope].level if scope in self.record.scopes else ""
        kind = level if level in ("whole", "zone") else ""
        return Row((self.scope(scope), *cells), kind)

    def notes(self, *more: str) -> tuple[str, ...]:
        """The notes: those given, then the reasons by mark."""
        undefined = self.words.undefined
        return (
            *(each for each in more if each),
            *(
                f"{mark} {undefined}{self.words.pick('：', ': ')}{why}"
                for why, mark in self.reasons.items()
            ),
        )


def unit_of(words: Words, figures: Sequence[FigureRecord]) -> str:
    """The unit that all figures share; empty where they differ."""
    units = {each.unit for each in figures}
    return words.unit(units.pop()) if len(units) == 1 else ""
