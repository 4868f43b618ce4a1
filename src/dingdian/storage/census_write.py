"""The canonical copy of a census: what is kept beside a plan, and reads back as the same."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
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
            path.write_bytes(codecs.BOM_UTF8 + _text(census, name).encode())
            written.append(path)
    if census.boundaries:
        path = folder / BOUNDARIES
        path.write_text(boundaries_text(census.boundaries), "utf-8", newline="")
        written.append(path)
    return tuple(written)


def _text(census: Census, name: str) -> str:
    """A table as csv text, with the names of its columns above."""
    table = census.tables[name]
    columns = {**spelt(census, name), ORIGIN: table.origin}
    words = {field: column.labels for field, column in table.columns.items()}
    words[ORIGIN] = table.origin
    quoted = (_quoted(cells, words[field]) for field, cells in columns.items())
    rows = map(",".join, zip(*quoted, strict=True))
    return "\n".join([",".join(columns), *rows, ""])


def _quoted(cells: Sequence[str], words: Sequence[str]) -> Sequence[str]:
    """The cells of a column as csv wants them: most columns have none to put in quotes.

    ``words`` are those of its cells that may need them; numbers and days never do.
    """
    if not _SPECIAL.search("\0".join(words)):
        return cells
    return ['"' + c.replace('"', '""') + '"' if _SPECIAL.search(c) else c for c in cells]
