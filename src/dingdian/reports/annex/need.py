"""The modelled bed need: each step with its low and high end, and the bound that binds."""

from __future__ import annotations

from collections.abc import Iterator

from dingdian.core.workings import key_of
from dingdian.reports.grid import Cell, Cells, Column, Row, Table
from dingdian.reports.wording import Words
from dingdian.reports.words.headings import COLUMNS, NOTES, TITLES
from dingdian.reports.words.topics import NEED_BOUNDS, NEED_STEPS


def tables(words: Words) -> Iterator[Table]:
    """The table of the model, for the whole area; none where the record has no model."""
    whole = next(iter(words.record.shown("whole")), "")
    steps = [f"need_{step}{{}}" for step in NEED_STEPS] + ["need_per_1000_modelled{}_insured"]
    known = [s for s in steps if key_of(s.format(""), whole) in words.record.figures]
    if not known:
        return
    cells = Cells(words)
    rows = [_step(cells, step, whole) for step in known]
    names = ("middle", "low", "high")
    yield Table(
        "need",
        "need",
        words.label(TITLES, "need"),
        (
            Column(words.label(COLUMNS, "measure"), "", 44),
            Column(words.label(COLUMNS, "unit"), "", 14),
            *(Column(words.label(COLUMNS, name), "", 14, numeric=True) for name in names),
            Column(words.label(COLUMNS, "binds"), "", 20),
        ),
        tuple(rows),
        cells.notes(words.label(NOTES, "modelled")),
    )


def _step(cells: Cells, step: str, scope: str) -> Row:
    words = cells.words
    measure = step.format("")
    unit = words.record.measures[measure].unit if measure in words.record.measures else ""
    figure = words.record.figures[key_of(measure, scope)]
    binds = [
        words.label(NOTES, f"binds_{each}")
        for each in figure.detail.get("binds", "").split("+")
        if each
    ]
    return Row(
        (
            Cell(words.measure(measure)),
            Cell(words.unit(unit)),
            *(cells.number(key_of(step.format(bound), scope)) for bound in NEED_BOUNDS),
            Cell(words.join(binds)),
        )
    )
