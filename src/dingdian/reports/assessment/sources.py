"""Tables of faults, readings, clauses and documents."""

from __future__ import annotations

from collections.abc import Iterator

from dingdian.reports.admission.reasons import fault_words
from dingdian.reports.annex.grounds import documents
from dingdian.reports.assessment.speech import AssessmentWords
from dingdian.reports.cited import clause_row, reading_row
from dingdian.reports.grid import Cell, Column, Row, Table
from dingdian.reports.words import assessment as own

_WIDTHS = {"code": 16, "where": 30, "what": 60, "cure": 50, "question": 44, "chosen": 34}
_WIDTHS |= {"chosen_why": 60, "chosen_by": 26, "clauses": 16, "clause": 12, "document": 40}
_WIDTHS |= {"place": 22, "text": 70, "standing": 12}
#: Families whose rules an assessment is made by.
FAMILIES = frozenset({"assessment", "score_sheet", "bottom_rank", "grade_moves", "person_points"})


def tables(words: AssessmentWords) -> Iterator[Table]:
    """Faults where there are any, then what the assessment rests on."""
    record = words.record
    wrong = [(each.code, fault) for each in record.assessed for fault in each.faults]
    wrong += [("", fault) for fault in record.faults]
    if wrong:
        rows = (
            Row((Cell(code), Cell(each.where), *map(Cell, fault_words(words, each))))
            for code, each in wrong
        )
        yield _table(words, "faults", ("code", "where", "what", "cure"), rows, sheet="faults")
    names = ("question", "chosen", "chosen_why", "chosen_by", "clauses")
    yield _table(words, "readings", names, (reading_row(words, n) for n in cited_readings(words)))
    names = ("clause", "document", "place", "text", "standing")
    yield _table(words, "clauses", names, (clause_row(words, n) for n in cited_clauses(words)))
    yield documents(words)


def _table(
    words: AssessmentWords,
    id: str,
    names: tuple[str, ...],
    rows: Iterator[Row],
    *,
    sheet: str = "sources",
) -> Table:
    columns = tuple(Column(words.label(own.COLUMNS, n), "", _WIDTHS.get(n, 12)) for n in names)
    return Table(id, sheet, words.label(own.TITLES, id), columns, tuple(rows))


def cited_readings(words: AssessmentWords) -> tuple[str, ...]:
    """The readings of the rules that an assessment is made by, in the order of the shelf."""
    rules = [each for each in words.record.rules.values() if each.family in FAMILIES]
    cited = {name for each in rules for name in each.readings}
    return tuple(name for name in words.record.readings if name in cited)


def cited_clauses(words: AssessmentWords) -> tuple[str, ...]:
    """Their clauses, in the order of the shelf."""
    rules = [each for each in words.record.rules.values() if each.family in FAMILIES]
    cited = {name for each in rules for name in each.clauses}
    return tuple(name for name in words.record.clauses if name in cited)
