"""Raw cells of workbooks, csv and parquet files, guarded against files that are no ledger."""

from __future__ import annotations

import codecs
import csv
import io
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from zipfile import BadZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from dingdian.core.errors import CensusError, Place, fault
from dingdian.storage.cells import Raw
from dingdian.storage.workbook_guard import Found, Guard, Oddity

MAX_FILE_BYTES = 100_000_000
WORKBOOKS = (".xlsx", ".xlsm")
SUFFIXES = (*WORKBOOKS, ".csv", ".parquet")

Row = Sequence[Raw]

#: How a workbook with a password begins, and one of Excel 97-2003.
_COMPOUND = b"\xd0\xcf\x11\xe0"
#: What the zip and the parser raise over a file that is damaged.
_BROKEN = (CalamineError, OSError, EOFError, UnicodeError, NotImplementedError, zlib.error)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The raw cells of one sheet; row 0 is the sheet's first row.

    ``name`` is empty for a file of one table (csv, parquet). ``merged`` holds the merged
    ranges as ((top, left), (bottom, right)); ``oddities`` what the cells do not show.
    """

    file: str
    name: str
    rows: Sequence[Row]
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    formulas: int = 0
    oddities: tuple[Oddity, ...] = field(default=())

    def place(self, row: int = 0, column: str = "") -> Place:
        """A place in this sheet; ``row`` counts from 1."""
        return Place(self.file, self.name, row, column)


def sheets_of(path: Path) -> Iterator[Sheet]:
    """The sheets of a file, one after another.

    Raises:
        CensusError: the file is too large, no workbook, in an unknown encoding, or broken.
    """
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        _refuse(path, "file_too_large", what="file", size=size, limit=MAX_FILE_BYTES)
    suffix = path.suffix.lower()
    if suffix in WORKBOOKS:
        yield from _workbook(path)
    elif suffix == ".parquet":
        yield _parquet(path)
    else:
        yield Sheet(path.name, "", _csv_rows(path))


def _refuse(path: Path, kind: str, **details: object) -> NoReturn:
    raise CensusError((fault(kind, Place(path.name), **details),))


def _workbook(path: Path) -> Iterator[Sheet]:
    try:
        # The parser lets go of the interpreter: while it parses a sheet, others are looked into.
        with (
            Guard(path) as guard,
            CalamineWorkbook.from_path(path) as book,
            ThreadPoolExecutor(1) as ahead,
        ):
            names = book.sheet_names
            parts = [(n, guard.look(n), ahead.submit(book.get_sheet_by_name, n)) for n in names]
            for name, seen, parsed in parts:
                yield _sheet(path, name, seen, parsed.result())
    except BadZipFile:
        if path.read_bytes()[: len(_COMPOUND)] == _COMPOUND:
            _refuse(path, "unreadable_file", reason="password, or the format of Excel 97-2003")
        _refuse(path, "not_a_workbook")
    except _BROKEN as error:
        _refuse(path, "unreadable_file", reason=str(error))


def _sheet(path: Path, name: str, seen: Found, parsed: CalamineSheet) -> Sheet:
    rows = parsed.to_python(skip_empty_area=False)
    merged = tuple(parsed.merged_cell_ranges or ())
    return Sheet(path.name, name, rows, merged, seen.formulas, seen.oddities)


def _csv_rows(path: Path) -> list[Row]:
    text = _decoded(path)
    first = text[: text.find("\n") + 1] or text
    delimiter = max(",\t;", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        _refuse(path, "unreadable_file", reason=str(error))


def _decoded(path: Path) -> str:
    """Text by its byte-order mark, else strict UTF-8, else strict GB18030."""
    data = path.read_bytes()
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(path, data[len(mark) :], (encoding,))
    return _decode(path, data, ("utf-8", "gb18030"))


def _decode(path: Path, data: bytes, encodings: tuple[str, ...]) -> str:
    at = 0
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            at = max(at, error.start + 1)
            continue
        if "\0" not in text:
            return text
        at = text.index("\0") + 1
    _refuse(path, "wrong_encoding", byte=at)


def _parquet(path: Path) -> Sheet:
    try:
        import polars as pl  # noqa: PLC0415 -- an optional extra
    except ImportError:
        _refuse(path, "extra_missing")
    try:
        frame = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        _refuse(path, "unreadable_file", reason=str(error))
    texts = frame.with_columns(pl.selectors.decimal().cast(pl.String))
    return Sheet(path.name, "", [texts.columns, *texts.rows()])
