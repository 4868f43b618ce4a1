"""Tables of grounds: the readings, clauses and documents that conditions of a round rest on."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from dingdian.core.digits import natural
from dingdian.core.record import ReadingRecord
from dingdian.reports.admission.speech import CaseWords
from dingdian.reports.annex.grounds import documents
from dingdian.reports.grid import Cell, Column, Row, Table
from dingdian.reports.wording import grouped
from dingdian.reports.words import labels
from dingdian.reports.words.decisions import COLUMNS, NOTES, TITLES

_WIDTHS = {"question": 44, "chosen": 30, "chosen_why": 60, "chosen_by": 24, "clauses": 16}
_WIDTHS |= {"clause": 10, "place": 20, "text": 70, "document": 40, "standing": 12}


def tables(words: CaseWords) -> Iterator[Table]:
    """Readings, clauses and documents; only those that a condition of the round cites."""
    readings = cited_readings(words)
    names = ("question", "chosen", "chosen_why", "chosen_by", "clauses")
    rows = (_reading(words, name) for name in readings)
    yield _table(words, "readings", names, rows)
    names = ("clause", "document", "place", "text", "standing")
    rows = (_clause(words, name) for name in cited_clauses(words))
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


def _reading(words: CaseWords, name: str) -> Row:
    each = words.record.readings[name]
    by = f"{words.beside(each.by, each.by_en)} {words.day(each.decided_on)}"
    cells = (
        Cell(words.name(each)),
        Cell(chosen(words, each), tone="" if each.chosen else "unclear"),
        Cell(words.beside(each.why, each.why_en)),
        Cell(by),
        Cell(words.join(list(each.clauses))),
    )
    return Row(cells, anchor=f"reading-{name}")


def chosen(words: CaseWords, each: ReadingRecord) -> str:
    """The option that a reading stands on, with its number where it has one."""
    if not each.chosen:
        return words.label(NOTES, "open")
    said = words.name(each.options[each.chosen])
    if each.number is None:
        return said
    return said + words.pick("：", ": ") + grouped(natural(Fraction(each.number)))


def _clause(words: CaseWords, name: str) -> Row:
    clause = words.record.clauses[name]
    document = words.record.documents.get(clause.document)
    standing = words.label(labels.STANDINGS, document.standing) if document else "—"
    cells = (
        Cell(name),
        Cell(words.name(document) if document else clause.document),
        Cell(words.clause_place(clause)),
        Cell(words.name(clause)),
        Cell(standing, tone="" if document and document.standing == "issued" else "unclear"),
    )
    return Row(cells, anchor=f"clause-{name}")
