"""The canonical copy of a census: what is kept beside a plan, and reads back as the same."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from dingdian.core.census.canonical import ORIGIN, spelt
from dingdian.core.census.census import Census
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
            path = folder / f"{name}.csv"
            columns = {**spelt(census, name), ORIGIN: table.origin}
            path.write_bytes(codecs.BOM_UTF8 + _text(columns).encode())
            written.append(path)
    if census.boundaries:
        path = folder / BOUNDARIES
        path.write_text(boundaries_text(census.boundaries), "utf-8", newline="")
        written.append(path)
    return tuple(written)


def _text(columns: Mapping[str, Sequence[str]]) -> str:
    """Columns of equal length as csv text, with their names above."""
    rows = zip(*map(_quoted, columns.values()), strict=True)
    return "\n".join([",".join(columns), *map(",".join, rows), ""])


def _quoted(cells: Sequence[str]) -> Sequence[str]:
    """The cells of a column as csv wants them: most columns have none to put in quotes."""
    if not _SPECIAL.search("\0".join(cells)):
        return cells
    return ['"' + c.replace('"', '""') + '"' if _SPECIAL.search(c) else c for c in cells]
