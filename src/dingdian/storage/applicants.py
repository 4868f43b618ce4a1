"""A file of applicants (xlsx or csv) -> a table, read as strictly as a census."""

from __future__ import annotations

from pathlib import Path

from dingdian.core.census.applicants import APPLICANTS
from dingdian.core.census.schema import TableSchema
from dingdian.core.census.table import Table
from dingdian.core.errors import Fault, Place, RequestError, Severity, fault
from dingdian.core.faults import KINDS
from dingdian.storage.census_read import part_of
from dingdian.storage.sheets import SUFFIXES, sheets_of


def read_applicants(
    path: Path, schema: TableSchema = APPLICANTS
) -> tuple[Table, tuple[Fault, ...]]:
    """The applicants (or candidates) of a file, and every fault of its headings and cells.

    The first sheet that has rows is read; the others are named.

    Raises:
        RequestError: no such file, or it holds no table of applicants.
        CensusError: the file is no workbook or csv, too large, or damaged.
    """
    if not path.is_file():
        raise RequestError((fault("no_such_file", path=str(path)),))
    if path.suffix.lower() not in SUFFIXES:
        raise RequestError((fault("not_a_workbook", Place(path.name)),))
    sheets = [sheet for sheet in sheets_of(path) if sheet.rows]
    if not sheets:
        raise RequestError((fault("no_applicants", Place(path.name), name=path.name),))
    part = part_of(schema, sheets[0])
    if part.table is None or not len(part.table):
        blocking = [f for f in part.faults if KINDS[f.kind].severity is Severity.BLOCKING]
        nobody = fault("no_applicants", Place(path.name), name=path.name)
        raise RequestError(tuple(blocking) or (nobody,))
    return part.table, part.faults
