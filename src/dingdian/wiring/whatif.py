"""What-if cells: what a person writes, read as strictly as a cell of the ledger."""

from __future__ import annotations

from dingdian.core.census.canonical import spellings
from dingdian.core.census.schema import TABLES
from dingdian.core.errors import Fault, Place, RequestError


def spelling_of(table: str, column: str, text: str) -> str:
    """The canonical spelling of what somebody wrote for a cell; empty for an unknown one.

    Raises:
        RequestError: it cannot stand in that column, with what the import would say of it.
        KeyError: there is no such table or column.

    >>> spelling_of("populations", "resident", "1,200"), spelling_of("fund", "entry", "实际")
    ('1200', 'actual')
    """
    from dingdian.storage.cells import Remark
    from dingdian.storage.columns import column_of

    remarks: list[Remark] = []
    field = TABLES[table][column]
    read = column_of(field, [text.strip()], lambda _row, remark: remarks.append(remark))
    if text.strip() and not read.known[0]:
        place = Place(table, "", 0, field.zh)
        raise RequestError(tuple(Fault(k, place, tuple(d.items())) for k, d in remarks))
    return spellings(read)[0]
