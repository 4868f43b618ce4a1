"""Rows of what is cited: a reading with its choice, a clause with its document."""

from __future__ import annotations

from fractions import Fraction

from dingdian.core.digits import natural
from dingdian.core.record import ReadingRecord
from dingdian.reports.grid import Cell, Row
from dingdian.reports.wording import Words, grouped
from dingdian.reports.words import labels
from dingdian.reports.words.headings import NOTES


def reading_row(words: Words, name: str) -> Row:
    """A reading: question, choice, why, by whom and when, clauses."""
    each = words.record.readings[name]
    by = f"{words.beside(each.by, each.by_en)} {words.day(each.decided_on)}"
    cells = (
        Cell(words.name(each)),
        Cell(_chosen(words, each), tone="" if each.chosen else "unclear"),
        Cell(words.beside(each.why, each.why_en)),
        Cell(by),
        Cell(words.join(list(each.clauses))),
    )
    return Row(cells, anchor=f"reading-{name}")


def _chosen(words: Words, each: ReadingRecord) -> str:
    """The option that a reading stands on, with its number where it has one."""
    if not each.chosen:
        return words.label(NOTES, "open")
    said = words.name(each.options[each.chosen])
    if each.number is None:
        return said
    return said + words.pick("：", ": ") + grouped(natural(Fraction(each.number)))


def clause_row(words: Words, name: str) -> Row:
    """A clause: id, document, place, text, and whether the document was issued."""
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
