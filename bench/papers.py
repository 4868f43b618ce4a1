"""The papers of 13 districts: Word and PDF with charts and maps, and again after a change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.cities import ledger
from bench.claims import Line
from bench.timing import child, here, in_turn
from dingdian.actions.evaluate_plan import evaluate_plan
from dingdian.actions.record_plan import record_plan
from dingdian.reports.figures.atlas import atlas_of
from dingdian.reports.papers.write import papers, shipped
from dingdian.storage.census_files import read_census
from dingdian.wiring import shelf

KEY = "insured.210100"


def written(below: Path, times: int = 3) -> Iterator[Line]:
    """The whole command with all its outputs, then the papers alone after one changed number."""
    folder, out = ledger("shenyang", below), below / "papers"
    words = ["-m", "dingdian", "plan", str(folder), "--policy", "shenyang", "--year", "2026"]
    words += ["--out", str(out), "--papers", "--force"]
    census = read_census(folder).census
    if census is None:
        raise RuntimeError("the sample cannot be read")
    book, place = shelf.opened("shenyang")
    plan = evaluate_plan(census, book, place=place, year=2026)
    record = record_plan(plan, engine="bench")
    atlas = atlas_of(plan)
    changed = record.figures[KEY].model_copy(update={"value": "7495001", "decimal": "7495001"})
    other = record.model_copy(update={"figures": {**record.figures, KEY: changed}})
    runs = in_turn(
        {
            "whole": lambda: child(words),
            "again": lambda: here(lambda: papers(other, atlas, shipped())),
        },
        times,
    )
    whole, again = runs["whole"].seconds, runs["again"].seconds
    yield Line(
        "a plan of 13 districts with every output: papers, maps, page, workbook (whole process)",
        f"{whole:.1f} s",
        "",
        whole,
        20,
        "s",
    )
    yield Line("its papers after one changed number", f"{again:.1f} s", "", again, 5, "s")
