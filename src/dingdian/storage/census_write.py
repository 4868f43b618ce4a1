"""The canonical copy of a census: what is kept beside a plan, and reads back as the same."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from dingdian.core.census.canonical import ORIGIN, rows_of
from dingdian.core.census.census import Census
from dingdian.core.census.table import Table
from dingdian.storage.boundaries import boundaries_text

BOUNDARIES = "boundaries.geojson"


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
            path.write_text(table_text(table), "utf-8-sig", newline="")
            written.append(path)
    if census.boundaries:
        path = folder / BOUNDARIES
        path.write_text(boundaries_text(census.boundaries), "utf-8", newline="")
        written.append(path)
    return tuple(written)


def table_text(table: Table) -> str:
    """A table as csv text, each cell in its one spelling."""
    header, rows = rows_of(table)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*header, ORIGIN])
    writer.writerows((*row, origin) for row, origin in zip(rows, table.origin, strict=True))
    return out.getvalue()
