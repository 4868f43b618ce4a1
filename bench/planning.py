"""A Shenyang-size plan without documents, against reading the same workbook with calamine."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineWorkbook

from bench.cities import ledger
from bench.claims import Line
from bench.timing import child, here, in_turn
from dingdian.cli import SWITCH
from dingdian.wiring import plans

READ = """
from python_calamine import CalamineWorkbook
with CalamineWorkbook.from_path({path!r}) as book:
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
"""


def planning(below: Path, times: int = 9) -> Iterator[Line]:
    """As a user runs it, and inside one process."""
    folder = ledger("shenyang", below)
    yield from _as_a_user(folder, below / "plan", times)
    yield _inside(folder, below / "plan", times)


def _as_a_user(folder: Path, out: Path, times: int) -> Iterator[Line]:
    words = ["-m", "dingdian", "plan", str(folder), "--policy", "shenyang", "--year", "2026"]
    words += ["--out", str(out), "--no-documents", "--force"]
    runs = in_turn(
        {
            "plan": lambda: child(words),
            "read": lambda: child(["-c", READ.format(path=str(folder / "census.xlsx"))]),
        },
        times,
    )
    plan, read = runs["plan"], runs["read"]
    yield Line(
        "plan of Shenyang, no documents (whole process)",
        f"{plan.seconds:.2f} s",
        f"calamine reads it: {read.seconds:.2f} s",
        plan.seconds / read.seconds,
        3,
    )
    yield Line("  its peak memory", f"{plan.peak:.0f} MiB", "", plan.peak, 1024, "MiB")


def _inside(folder: Path, out: Path, times: int) -> Line:
    asked = plans.PlanRequest(census=folder, policy="shenyang", year=2026, documents=False)

    def plan() -> None:
        plans.write_plan(asked, out, force=True, progress=lambda _stage: None)

    def read() -> None:
        with CalamineWorkbook.from_path(str(folder / "census.xlsx")) as book:
            _ = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]

    pause = sys.getswitchinterval()
    gc.disable()  # both as a command sets them
    sys.setswitchinterval(SWITCH)
    try:
        runs = in_turn({"plan": lambda: here(plan), "read": lambda: here(read)}, times)
    finally:
        gc.enable()
        sys.setswitchinterval(pause)
    return Line(
        "  the same inside one process",
        f"{runs['plan'].seconds:.2f} s",
        f"calamine reads it: {runs['read'].seconds:.2f} s",
        runs["plan"].seconds / runs["read"].seconds,
        3,
    )
