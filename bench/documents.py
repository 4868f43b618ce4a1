"""The documents of a plan, and a large sheet against openpyxl."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import openpyxl

from bench.cities import ledger
from bench.claims import Line
from bench.timing import here, in_turn
from dingdian.core.census import TABLES, Cell, Kind
from dingdian.core.census.vocabulary import CHOICES
from dingdian.reports.plan_html import write_html
from dingdian.reports.plan_json import read_record
from dingdian.reports.plan_xlsx import write_xlsx
from dingdian.storage.workbook_write import write_workbook
from dingdian.wiring import plans

ROWS, COLUMNS = 10_000, 30


def documents(below: Path, times: int = 5) -> Iterator[Line]:
    """plan.xlsx and plan.html of 13 districts, then the large sheet."""
    folder, out = ledger("shenyang", below), below / "plan"
    if not out.exists():
        asked = plans.PlanRequest(census=folder, policy="shenyang", year=2026, documents=False)
        plans.write_plan(asked, out, force=True, progress=lambda _stage: None)
    record = read_record((out / plans.PLAN_JSON).read_bytes())
    runs = in_turn(
        {
            "xlsx": lambda: here(lambda: write_xlsx(record, "zh")),
            "html": lambda: here(lambda: write_html(record, "zh")),
        },
        times,
    )
    took = runs["xlsx"].seconds
    yield Line("plan.xlsx of 13 districts", f"{took:.2f} s", "", took, 5, "s")
    yield Line("plan.html of 13 districts", f"{runs['html'].seconds:.2f} s")
    yield _sheet(below, times)


def _sheet(below: Path, times: int) -> Line:
    rows = large_rows()
    cells = [[_shown(cell) for cell in row.values()] for row in rows]
    heads = list(rows[0])

    def peer() -> None:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("机构")
        sheet.append(heads)
        for row in cells:
            sheet.append(row)
        book.save(below / "peer.xlsx")

    ours = lambda: write_workbook({"institutions": rows}, below / "ours.xlsx")  # noqa: E731
    runs = in_turn({"ours": lambda: here(ours), "peer": lambda: here(peer)}, times)
    return Line(
        f"a sheet of {ROWS:,} × {COLUMNS}",
        f"{runs['ours'].seconds:.2f} s",
        f"openpyxl, write-only: {runs['peer'].seconds:.2f} s",
        runs["ours"].seconds / runs["peer"].seconds,
        0.6,
    )


def large_rows() -> list[dict[str, Cell]]:
    """Rows of institutions with 30 filled columns of every kind."""
    fields = list(TABLES["institutions"])[:COLUMNS]
    made: dict[Kind, object] = {
        Kind.TEXT: lambda row, _: f"第{row % 977}号门诊部",
        Kind.CODE: lambda row, _: f"H2101{row:08d}",
        Kind.NUMBER: lambda row, _: Fraction(row % 313),
        Kind.DAY: lambda row, _: dt.date(2010, 1, 1) + dt.timedelta(row % 3650),
        Kind.FLAG: lambda row, _: row % 3 == 0,
        Kind.DEGREE: lambda row, _: 123.0 + row / ROWS,
        Kind.CHOICE: lambda row, field: list(CHOICES[field.choice])[
            row % len(CHOICES[field.choice])
        ],
    }
    return [{field.name: made[field.kind](row, field) for field in fields} for row in range(ROWS)]


def _shown(cell: Cell) -> object:
    return float(cell) if isinstance(cell, Fraction) else cell
