"""The canonical copy of a census: what is kept beside a plan, and reads back as the same."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from dingdian.core.census.canonical import ORIGIN, columns_of, spelt
from dingdian.core.census.census import Census
from dingdian.core.census.table import Table
from dingdian.storage.boundaries import boundaries_text

BOUNDARIES = "boundaries.geojson"

_SPECIAL = re.compile('[",\r\n]')


def write_census(census: Census, folder: Path) -> tuple[Path, ...]:
    """Write one csv (UTF-8 with a byte-order mark) a table that has rows, and the boundaries.

    Headings are identifiers; ``origin`` is the last column. Returns the files written.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, table in census.tables.items():
        if len(table):
            written.append(_write(folder, name, spelt(census, name), table))
    if census.boundaries:
        path = folder / BOUNDARIES
        path.write_text(boundaries_text(census.boundaries), "utf-8", newline="")
        written.append(path)
    return tuple(written)


def write_tables(tables: Mapping[str, Table], folder: Path) -> tuple[Path, ...]:
    """Write one csv a table, in the same form, those without rows as well: being there says so.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_write(folder, name, columns_of(table), table) for name, table in tables.items())


def _write(folder: Path, name: str, cells: Mapping[str, Sequence[str]], table: Table) -> Path:
    """One table as csv text, with the names of its columns above."""
    columns = {**cells, ORIGIN: table.origin}
    words = {field: column.labels for field, column in table.columns.items()}
    words[ORIGIN] = table.origin
    quoted = (_quoted(each, words[field]) for field, each in columns.items())
    rows = map(",".join, zip(*quoted, strict=True))
    path = folder / f"{name}.csv"
    path.write_bytes(codecs.BOM_UTF8 + "\n".join([",".join(columns), *rows, ""]).encode())
    return path


def _quoted(cells: Sequence[str], words: Sequence[str]) -> Sequence[str]:
    """The cells of a column as csv wants them: most columns have none to put in quotes.

    ``words`` are those of its cells that may need them; numbers and days never do.
    """
    if not _SPECIAL.search("\0".join(words)):
        return cells
    return ['"' + c.replace('"', '""') + '"' if _SPECIAL.search(c) else c for c in cells]
