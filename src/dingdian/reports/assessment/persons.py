"""Tables of points of persons."""

from __future__ import annotations

from collections.abc import Iterator

from dingdian.core.assessment.record import PersonRecord
from dingdian.reports.assessment.speech import AssessmentWords
from dingdian.reports.grid import Cell, Column, Row, Table
from dingdian.reports.words import assessment as own

_WIDTHS = {"person": 18, "name": 18, "code": 30, "why": 44, "responsibility": 14, "since": 16}
_WIDTHS |= {"until": 16}
_NUMBERS = {"points", "repaired", "entries"}
TONES = {"ended": "broken", "paused": "broken", "pause_due": "unclear", "undefined": "unclear"}
_PERSON = ("person", "name", "code", "points", "repaired", "state", "since", "until", "why")


def tables(words: AssessmentWords) -> Iterator[Table]:
    """Persons and the responsibilities of institutions, where there are any."""
    record = words.record
    if record.persons:
        rows = (Row(tuple(_person(words, each))) for each in record.persons)
        yield _table(words, "persons", _PERSON, rows)
    if record.responsibilities:
        rows = (
            Row(
                (
                    Cell(each.institution or "—"),
                    Cell(words.term("responsibility", each.responsibility) or "—"),
                    Cell(str(each.entries)),
                    Cell("—" if each.points is None else str(each.points)),
                )
            )
            for each in record.responsibilities
        )
        yield _table(
            words, "responsibilities", ("code", "responsibility", "entries", "points"), rows
        )


def _table(words: AssessmentWords, id: str, names: tuple[str, ...], rows: Iterator[Row]) -> Table:
    columns = tuple(
        Column(words.label(own.COLUMNS, n), "", _WIDTHS.get(n, 11), numeric=n in _NUMBERS)
        for n in names
    )
    title = words.label(own.TITLES, id, day=words.day(words.record.assessed_on))
    return Table(id, "persons", title, columns, tuple(rows), heads=2)


def _person(words: AssessmentWords, each: PersonRecord) -> Iterator[Cell]:
    yield Cell(each.person)
    yield Cell(each.name)
    yield Cell(words.join(list(each.institutions)))
    yield Cell("—" if each.points is None else str(each.points))
    yield Cell(str(each.repaired) if each.repaired else "")
    yield Cell(words.label(own.PERSON_STATES, each.state), tone=TONES.get(each.state, ""))
    yield Cell(words.day(each.since) if each.since else "")
    yield Cell(words.day(each.until) if each.until else "")
    yield Cell(words.why(each.why))
