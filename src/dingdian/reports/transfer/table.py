"""A table of a transfer by the names of its columns."""

from __future__ import annotations

from collections.abc import Iterable

from dingdian.reports.grid import Column, Row, Table
from dingdian.reports.transfer import words as own
from dingdian.reports.transfer.speech import TransferWords

_WIDTHS = {"item": 34, "value": 70, "measure": 40, "rule": 46, "shelf": 30, "clauses": 16}
_WIDTHS |= {"scope": 16, "pool": 16, "code": 16, "name": 28, "gives_what": 30, "may_take": 24}
_WIDTHS |= {"why": 24, "what": 90, "question": 44, "chosen": 34, "chosen_why": 60, "proof": 14}
_WIDTHS |= {"chosen_by": 26, "document": 40, "place": 22, "text": 70, "district": 14}
_NUMBERS = {"before", "after", "bound", "gap", "share", "share_before", "share_after", "beds"}
_NUMBERS |= {"lacks_before", "lacks_after", "most", "reached", "change", "people", "per_1000"}
_NUMBERS |= {"target", "per_before", "per_after", "off", "least", "room", "use", "gives"}


def table(
    words: TransferWords,
    id: str,
    names: tuple[str, ...],
    rows: Iterable[Row],
    *,
    sheet: str = "",
    notes: Iterable[str] = (),
) -> Table:
    """A table by its names, on its own sheet unless another is named."""
    columns = tuple(
        Column(words.label(own.COLUMNS, n), "", _WIDTHS.get(n, 12), numeric=n in _NUMBERS)
        for n in names
    )
    title = words.label(own.TITLES, id)
    return Table(id, sheet or id, title, columns, tuple(rows), tuple(notes))
