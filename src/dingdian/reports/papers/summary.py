"""The table of the short version: what is handed out, and how much of it, for the whole area."""

from __future__ import annotations

from dingdian.reports.annex.places import quota_cell
from dingdian.reports.grid import Cell, Cells, Column, Row, Table
from dingdian.reports.wording import Words
from dingdian.reports.words.headings import COLUMNS

ID = "summary"


def summary(words: Words) -> Table:
    """A row a resource: stock, releases, new places of the year and the rule that binds."""
    cells, record = Cells(words), words.record
    whole = [q for q in record.quotas if record.scopes[q.scope].level == "whole"]
    rows = [
        Row(
            (
                Cell(words.handed_out(quota.resource)),
                cells.number(quota.stock),
                cells.number(quota.released),
                quota_cell(cells, quota),
                Cell(words.join([words.rule(rule) for rule in quota.binding]) or "—"),
            )
        )
        for quota in whole
    ]
    names = ("stock", "released", "quota")
    columns = (
        Column(words.label(COLUMNS, "resource"), "", 26),
        *(Column(words.label(COLUMNS, name), "", 13, numeric=True) for name in names),
        Column(words.label(COLUMNS, "binding"), "", 32),
    )
    title = words.pick(
        f"{record.year}年新增数量（全域）", f"New places of {record.year}, whole area"
    )
    return Table(ID, ID, title, columns, tuple(rows), cells.notes())
