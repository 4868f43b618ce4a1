"""Tables of the bottom by rank: who is in it, step by step, and whose rank is open."""

from __future__ import annotations

from collections.abc import Iterator

from dingdian.core.assessment.record import AssessedRecord, StepRecord
from dingdian.reports.assessment.speech import AssessmentWords
from dingdian.reports.grid import Cell, Column, Row, Table
from dingdian.reports.words import assessment as own

_WIDTHS = {"code": 16, "name": 26, "group": 30, "why": 44, "missing": 46, "clause": 16, "step": 14}
_WIDTHS |= {"heard": 20, "confirmed": 26, "district": 12}
_NUMBERS = {"score", "rank"}
_STEP = ("step", "state", "clause", "missing", "heard", "confirmed")
_WHO = ("code", "name", "district", "score", "rank", "why")
TONES = {"confirmed": "broken", "lacking": "unclear", "later": "noted"}


def tables(words: AssessmentWords) -> Iterator[Table]:
    """Those in the bottom with every step, and those whose rank is open."""
    its = [each for each in words.record.assessed if each.place is not None]
    inside = (row for e in its if e.place and e.place.bottom == "in" for row in _steps(words, e))
    yield _table(words, "inside", (*_WHO, *_STEP), inside, heads=2)
    held = (
        Row(tuple(_who(words, each)))
        for each in its
        if each.place and each.place.bottom in ("held", "unclear")
    )
    found = _table(words, "held", _WHO, held, heads=2)
    if found.rows:
        yield found


def _table(
    words: AssessmentWords, id: str, names: tuple[str, ...], rows: Iterator[Row], *, heads: int
) -> Table:
    columns = tuple(
        Column(words.label(own.COLUMNS, n), "", _WIDTHS.get(n, 11), numeric=n in _NUMBERS)
        for n in names
    )
    notes = (words.label(own.NOTES, "never_automatic"),) if id == "inside" else ()
    title = words.label(own.TITLES, id)
    return Table(id, "bottom", title, columns, tuple(rows), notes, heads=heads)


def _who(words: AssessmentWords, each: AssessedRecord) -> Iterator[Cell]:
    place = each.place
    yield Cell(each.code)
    yield Cell(each.name)
    yield Cell(words.scope(each.district) if each.district else "—")
    yield Cell(words.points(each.score.total) if each.score else "—")
    yield Cell(str(place.rank) if place and place.rank is not None else "—")
    yield Cell(words.why(place.why) if place else "")


def _steps(words: AssessmentWords, each: AssessedRecord) -> Iterator[Row]:
    """One row a step; who it is stands on the first of them."""
    blank = tuple(Cell("") for _ in _WHO)
    if not each.steps:
        yield Row((*_who(words, each), *(Cell("—") for _ in _STEP)))
    for at, step in enumerate(each.steps):
        head = tuple(_who(words, each)) if at == 0 else blank
        yield Row((*head, *_step(words, step)))


def _step(words: AssessmentWords, step: StepRecord) -> Iterator[Cell]:
    yield Cell(words.step(step.step))
    yield Cell(words.label(own.STEP_STATES, step.state), tone=TONES.get(step.state, ""))
    yield Cell(step.clause or "—")
    yield Cell(words.pick("；", "; ").join(words.why(why) for why in step.missing))
    yield Cell(heard(words, step))
    yield Cell(confirmed(words, step))


def heard(words: AssessmentWords, step: StepRecord) -> str:
    """When it was heard, or waived the hearing; — where neither."""
    day = words.day(step.heard_on)
    return words.label(own.NOTES, "waived", day=day) if step.waived else day


def confirmed(words: AssessmentWords, step: StepRecord) -> str:
    """By whom and when; empty where nobody did."""
    found = step.confirmed
    if found is None:
        return ""
    said = words.label(own.NOTES, "confirmed", by=found.by, on=words.day(found.on))
    return f"{said} {found.minute}".strip()
