"""Tables of grounds: the readings, clauses and documents that conditions of a round rest on."""

from __future__ import annotations

from collections.abc import Iterator

from dingdian.reports.admission.speech import CaseWords
from dingdian.reports.annex.grounds import documents
from dingdian.reports.cited import clause_row, reading_row
from dingdian.reports.grid import Column, Row, Table
from dingdian.reports.words.decisions import COLUMNS, TITLES

_WIDTHS = {"question": 44, "chosen": 30, "chosen_why": 60, "chosen_by": 24, "clauses": 16}
_WIDTHS |= {"clause": 10, "place": 20, "text": 70, "document": 40, "standing": 12}


def tables(words: CaseWords) -> Iterator[Table]:
    """Readings, clauses and documents; only those that a condition of the round cites."""
    readings = cited_readings(words)
    names = ("question", "chosen", "chosen_why", "chosen_by", "clauses")
    rows = (reading_row(words, name) for name in readings)
    yield _table(words, "readings", names, rows)
    names = ("clause", "document", "place", "text", "standing")
    rows = (clause_row(words, name) for name in cited_clauses(words))
    yield _table(words, "clauses", names, rows, sheet="sources")
    yield documents(words)


def _table(
    words: CaseWords, id: str, names: tuple[str, ...], rows: Iterator[Row], *, sheet: str = ""
) -> Table:
    columns = tuple(Column(words.label(COLUMNS, n), "", _WIDTHS.get(n, 12)) for n in names)
    return Table(id, sheet or id, words.label(TITLES, id), columns, tuple(rows))


def cited_readings(words: CaseWords) -> tuple[str, ...]:
    """The readings that a condition rests on, in the order of the shelf."""
    cited = {n for d in words.record.decisions for c in d.conditions for n in c.readings}
    return tuple(name for name in words.record.readings if name in cited)


def cited_clauses(words: CaseWords) -> tuple[str, ...]:
    """The clauses that a condition cites, in the order of the shelf."""
    cited = {n for d in words.record.decisions for c in d.conditions for n in c.clauses}
    return tuple(name for name in words.record.clauses if name in cited)
