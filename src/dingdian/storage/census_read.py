"""A raw sheet -> a table of the census: headings found, columns converted, rows numbered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np

from dingdian.core.census.faults import KINDS
from dingdian.core.census.headings import (
    EXAMPLE,
    completed,
    field_of,
    is_origin,
    known_headings,
    likely_table,
    nearest,
    unit_agrees,
)
from dingdian.core.census.meanings import meaning, unit
from dingdian.core.census.schema import TABLES, Field, Kind, TableSchema
from dingdian.core.census.table import Column, Mask, Table, unknown_column
from dingdian.core.errors import Fault, Place, fault
from dingdian.storage.cells import Raw, Remark
from dingdian.storage.columns import column_of
from dingdian.storage.sheets import Row, Sheet

#: How far down the headings are looked for.
HEADING_ROWS = 20
ORIGIN = "origin"
#: Tables that are of use without any column of numbers.
_WITHOUT_NUMBERS = frozenset(
    {"regions", "institutions", "applications", "applicants", "candidates", "facts", "scores"}
)
#: Fault of a word in the wrong column -> the column that it belongs to.
_ELSEWHERE: Mapping[str, str] = {"level_inside_type": "level", "type_inside_kind": "type"}


@dataclass(frozen=True, slots=True)
class Headings:
    """Where a sheet's table stands: its sheet, its heading row and the column of each field.

    ``row`` counts from 1; ``columns`` gives for a field its column (0 is the first).
    """

    file: str
    sheet: str
    table: str
    row: int
    columns: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What one sheet gave: a table (``None`` when it has no headings), and its faults."""

    table: Table | None
    headings: Headings | None
    faults: tuple[Fault, ...]


def heading_row(schema: TableSchema, rows: Sequence[Row]) -> int | None:
    """The first row with two or more known headings (0 is the first row).

    A heading of the origins counts: it stands in every canonical copy.
    """
    for at, row in enumerate(rows[:HEADING_ROWS]):
        origins = any(isinstance(cell, str) and is_origin(schema, cell) for cell in row)
        if known_headings(schema, row) + origins >= 2:
            return at
    return None


def guessed(sheet: Sheet, tables: Iterable[TableSchema] = TABLES.values()) -> TableSchema | None:
    """The table that a sheet's headings resemble; ``None`` when they resemble none."""
    rows = (likely_table(row, tables) for row in sheet.rows[:HEADING_ROWS])
    return next(filter(None, rows), None)


def part_of(schema: TableSchema, sheet: Sheet) -> Part:
    """The table that a sheet holds."""
    at = heading_row(schema, sheet.rows)
    if at is None:
        if not any(any(cell not in ("", None) for cell in row) for row in sheet.rows):
            return Part(None, None, ())
        rows = min(HEADING_ROWS, len(sheet.rows))
        return Part(None, None, (fault("no_headings", sheet.place(), rows=rows),))
    return _Reader(schema, sheet, at).part()


class _Reader:
    """Reads one sheet; collects its faults on the way."""

    def __init__(self, schema: TableSchema, sheet: Sheet, at: int) -> None:
        self.schema, self.sheet, self.at = schema, sheet, at
        self.faults: list[Fault] = []
        self.names = [_name(cell) for cell in sheet.rows[at]]
        widest = max(map(len, sheet.rows[at:]))
        self.names += [""] * (widest - len(self.names))
        self.top = at
        self._join_second_line()
        self.columns, self.origin = self._match()

    def part(self) -> Part:
        self._about_the_sheet()
        raw, numbers = self._cells()
        table = self._table(raw, numbers)
        self._about_the_numbers(len(numbers))
        headings = Headings(
            self.sheet.file, self.sheet.name, self.schema.name, self.at + 1, self.columns
        )
        return Part(table, headings, tuple(self.faults))

    def _say(self, kind: str, row: int = 0, heading: str = "", **details: object) -> None:
        self.faults.append(Fault(kind, self.sheet.place(row, heading), tuple(details.items())))

    def _match(self) -> tuple[dict[str, int], int | None]:
        """The column of each field, and that of the origins."""
        columns: dict[str, int] = {}
        origin = None
        unread: list[int] = []
        for at, name in enumerate(self.names):
            field = field_of(self.schema, name) if name else None
            if field is None:
                if name and origin is None and is_origin(self.schema, name):
                    origin = at
                elif name or self._filled(at):
                    unread.append(at)
            elif not unit_agrees(field, name):
                en, zh = (_unit(self.schema, field, lang) for lang in ("en", "zh"))
                self._say("heading_unit", self.at + 1, name, value=name, unit=en, unit_zh=zh)
            elif field.name in columns:
                other = self.names[columns[field.name]]
                self._say("duplicate_column", self.at + 1, name, value=name, other=other)
            else:
                columns[field.name] = at
        lacking = [f for f in self.schema if f.required and f.name not in columns]
        meant = self._meant(unread, columns, lacking)
        for at in unread:
            self._unread(at, meant.get(at))
        for field in lacking:
            named = {"column": field.name, "column_zh": field.zh}
            like = next((self.names[at] for at, its in meant.items() if its is field), "")
            named["guess_zh"] = f"；“{like}”像是它" if like else ""
            named["guess_en"] = f"; “{like}” looks like it" if like else ""
            self._say("missing_column", self.at + 1, **named)
        return columns, origin

    def _meant(
        self, unread: Iterable[int], taken: Iterable[str], lacking: Sequence[Field]
    ) -> dict[int, Field]:
        """Unread column -> the missing field that its heading resembles.

        Where one heading and one required field are left over, a letter in common is enough.
        """
        named = [at for at in unread if self.names[at]]
        found = {at: nearest(self.schema, self.names[at], taken) for at in named}
        meant = {at: field for at, field in found.items() if field is not None}
        alone = [at for at in named if at not in meant]
        left = [field for field in lacking if field not in meant.values()]
        if len(alone) == len(left) == 1 and {*self.names[alone[0]]} & {*left[0].zh}:
            meant[alone[0]] = left[0]
        return meant

    def _join_second_line(self) -> None:
        """Take the row below the headings for their second line where it completes them.

        It stands below headings that mean nothing alone; below known ones it is empty.
        """
        below = [_name(c) for c in self.sheet.rows[self.at + 1]] if self._more_rows() else []
        below += [""] * (len(self.names) - len(below))
        known = [name and field_of(self.schema, name) is not None for name in self.names]
        if any(cell and is_known for cell, is_known in zip(below, known, strict=True)):
            return
        found, top = list(self.names), ""
        for at, name in enumerate(self.names):
            top = "" if known[at] else name or top
            if below[at]:
                found[at] = completed(self.schema, top, below[at]) or f"{top} {below[at]}".strip()
        made = [n for n, b in zip(found, below, strict=True) if b and field_of(self.schema, n)]
        if made:
            self.names, self.at = found, self.at + 1
            self._say("two_line_headings", self.at + 1, value="、".join(made))

    def _more_rows(self) -> bool:
        return len(self.sheet.rows) > self.at + 1

    def _about_the_numbers(self, rows: int) -> None:
        """Warn where a table of numbers has rows but none of its columns of numbers was read."""
        its = [f for f in self.schema if f.kind is Kind.NUMBER and f.name not in self.schema.key]
        lacking = any(f.required for f in its) or any(f.name in self.columns for f in its)
        if rows and its and not lacking and self.schema.name not in _WITHOUT_NUMBERS:
            zh, en = "、".join(f.zh for f in its), ", ".join(f.name for f in its)
            self._say("no_number_column", rows=rows, columns_zh=zh, columns=en)

    def _unread(self, at: int, like: Field | None) -> None:
        """Say that a column is not read, and which missing one it may be meant to be."""
        name = self.names[at]
        guess = {
            "guess_zh": f"；像是“{like.zh}”，表中缺少这一列" if like else "",
            "guess_en": f"; it looks like {like.name}, which is missing" if like else "",
        }
        self._say("unknown_column", self.at + 1, name, value=name or _letters(at), **guess)

    def _filled(self, at: int) -> bool:
        below = self.sheet.rows[self.at + 1 :]
        return any(len(row) > at and row[at] not in ("", None) for row in below)

    def _about_the_sheet(self) -> None:
        filled = sum(any(c not in ("", None) for c in row) for row in self.sheet.rows[: self.top])
        if filled:
            self._say("title_rows", n=filled)
        if self.sheet.formulas:
            self._say("formula", n=self.sheet.formulas)
        for (top, left), (bottom, right) in self.sheet.merged:
            if bottom >= self.at and not (self.top < self.at == bottom):
                shown = f"{_cell(top, left)}:{_cell(bottom, right)}"
                self._say("merged_cells", top + 1, self._heading(left), range=shown)
        for odd in self.sheet.oddities:
            if odd.row > self.at:
                self._say(odd.kind, odd.row + 1, self._heading(odd.column), value=odd.value)

    def _heading(self, column: int) -> str:
        return self.names[column] if column < len(self.names) else ""

    def _cells(self) -> tuple[list[Sequence[Raw]], list[int]]:
        """The sheet's columns below the headings, and the number of each row that is kept."""
        width, body = len(self.names), self.sheet.rows[self.at + 1 :]
        if {width} != set(map(len, body)):
            body = [[*row[:width], *[""] * (width - len(row))] for row in body]
        raw: list[Sequence[Raw]] = list(zip(*body, strict=True)) or [()] * width
        keep = self._kept(raw, len(body))
        numbers = list(range(self.at + 2, self.at + 2 + len(body)))
        if all(keep):
            return raw, numbers
        return [list(compress(column, keep)) for column in raw], list(compress(numbers, keep))

    def _kept(self, raw: list[Sequence[Raw]], n: int) -> list[bool]:
        """Whether each row is read: not empty, and not the example of a template."""
        keys = [raw[self.columns[name]] for name in self.schema.key if name in self.columns]
        if keys and all("" not in key and None not in key for key in keys):
            keep = [True] * n
        else:
            known = [raw[at] for at in self.columns.values()]
            keep = [any(c not in ("", None) for c in row) for row in zip(*known, strict=True)]
        for key in keys[:1]:
            for row in [i for i, c in enumerate(key) if type(c) is str and c.startswith(EXAMPLE)]:
                keep[row] = False
                self._say("example_row", self.at + 2 + row)
        return keep

    def _table(self, raw: list[Sequence[Raw]], numbers: list[int]) -> Table:
        n = len(numbers)
        columns: dict[str, Column] = {}
        for field in self.schema:
            at = self.columns.get(field.name)
            if at is None:
                columns[field.name] = unknown_column(field, n)
            else:
                columns[field.name] = self._column(field, raw[at], self.names[at], numbers)
        self._drop_what_is_known(columns, numbers)
        prefix = f"{self.sheet.file} {self.sheet.name}".strip()
        origins = [f"{prefix} {number}" for number in numbers]
        if self.origin is not None:
            given = raw[self.origin]
            origins = [str(g) if g else own for g, own in zip(given, origins, strict=True)]
        return Table(self.schema, columns, tuple(origins))

    def _column(
        self, field: Field, raw: Sequence[Raw], heading: str, numbers: Sequence[int]
    ) -> Column:
        file, sheet = self.sheet.file, self.sheet.name
        remarks: dict[int, list[Remark]] = {}

        def report(row: int, remark: Remark) -> None:
            remarks.setdefault(row, []).append(remark)

        column = column_of(field, raw, report)
        if field.filled or field.wanted:
            for row in np.flatnonzero(~column.known).tolist():
                remarks[row] = _of_required(field, raw[row], remarks.get(row, []))
        for row in sorted(remarks):
            place = Place(file, sheet, numbers[row], heading)
            for kind, details in remarks[row]:
                self.faults.append(Fault(kind, place, tuple(details.items())))
        return column

    def _drop_what_is_known(self, columns: Mapping[str, Column], numbers: list[int]) -> None:
        """That a level or type stands elsewhere is said only of rows where it is unknown."""
        for kind, name in _ELSEWHERE.items():
            if name in columns and any(f.kind == kind for f in self.faults):
                known: Mask = columns[name].known
                rows = set(compress(numbers, known.tolist()))
                self.faults = [f for f in self.faults if f.kind != kind or f.place.row not in rows]


def _of_required(field: Field, cell: Raw, remarks: list[Remark]) -> list[Remark]:
    """What is said of an unknown cell that should be filled: one fault, and how to mend it."""
    if not field.filled:
        empty: dict[str, object] = {"column": field.en, "column_zh": field.zh}
        return remarks or [("empty_wanted", empty)]
    if not remarks:
        return [("empty_required", {"value": cell})]
    kind, details = remarks[0]
    if kind == "placeholder":
        return [("empty_required", {"value": cell})]
    if "choices" in details:
        return [("required_choice", details)]
    cure = KINDS[kind].cure
    mend = {"cure_zh": cure.say("zh", **details), "cure_en": cure.say("en", **details)}
    return [("required_unreadable", {"value": cell, **mend})]


def _name(cell: Raw) -> str:
    return "" if cell is None else str(cell).strip()


def _unit(schema: TableSchema, field: Field, lang: str) -> str:
    return unit(field, lang) or meaning(schema, field, lang)


def _cell(row: int, column: int) -> str:
    """The name of a cell as a spreadsheet shows it: (0, 27) is AB1."""
    return f"{_letters(column)}{row + 1}"


def _letters(column: int) -> str:
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
