"""A batch of moves on disk: a sheet of an xlsx or csv file."""

from __future__ import annotations

from pathlib import Path

from dingdian.core.census.headings import named
from dingdian.core.census.table import Table, joined
from dingdian.core.errors import Fault, RequestError, Severity, fault
from dingdian.core.faults import KINDS
from dingdian.core.lifecycle.contract import MOVES_TABLE
from dingdian.storage.census_files import tables_in
from dingdian.storage.census_read import part_of


def read_moves(path: Path) -> Table:
    """The moves of a file; of a single sheet its name does not matter.

    Raises:
        RequestError: there is none, or a cell cannot be read: every fault in one list.
    """
    if not path.is_file():
        raise RequestError((fault("no_such_file", path=str(path)),))
    sheets = list(tables_in(path, named((MOVES_TABLE,))))
    faults: list[Fault] = []
    parts = []
    for sheet, schema in sheets:
        if schema is None and len(sheets) > 1:
            continue
        part = part_of(MOVES_TABLE, sheet)
        faults += part.faults
        if part.table is not None:
            parts.append(part.table)
    stops = [each for each in faults if KINDS[each.kind].severity is not Severity.NOTE]
    if stops:
        raise RequestError(tuple(stops))
    if not any(map(len, parts)):
        raise RequestError((fault("no_moves", path=path.name),))
    return joined(parts)
