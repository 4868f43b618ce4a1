"""The tables of access: its workbook starts here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dingdian.core.access_record import AreaRecord, ProviderRecord
from dingdian.reports.access import lines
from dingdian.reports.access import words as own
from dingdian.reports.access.speech import AccessWords
from dingdian.reports.annex.grounds import documents
from dingdian.reports.cited import clause_row, reading_row
from dingdian.reports.grid import Cell, Column, Row, Table

#: So many localities are listed; access.geojson has them all.
LISTED = 5_000
SCORES = ("two_step", "enhanced", "three_step", "balanced")
_WIDTHS = {"line": 110, "area": 16, "code": 18, "name": 28, "doubt": 18, "question": 44}
_WIDTHS |= {"chosen": 34, "why": 60, "by": 26, "document": 40, "place": 22, "text": 70}
_WORDS = frozenset(_WIDTHS) | {"clauses", "clause", "standing"}


def all_tables(words: AccessWords) -> Iterator[Table]:
    """Every table in one language, in the order of their sheets."""
    told = _rows([line] for line in words.asked())
    yield _table(words, "asked", ("line",), told, sheet="summary", notes=[words.say(own.ADVICE)])
    found = _rows([line.strip()] for line in lines.found(words))
    yield _table(words, "found", ("line",), found, sheet="summary", notes=_prints(words))
    yield areas(words)
    yield providers(words)
    yield places(words)
    yield from sources(words)


def _prints(words: AccessWords) -> list[str]:
    prints = words.record.fingerprints
    named = {"census": prints.census, "shelf": prints.shelf, "result": prints.result}
    return [words.tell("prints", **named)]


def _rows(cells: Iterable[Iterable[str]]) -> Iterator[Row]:
    return (Row(tuple(map(Cell, row))) for row in cells)


def _table(
    words: AccessWords,
    id: str,
    names: tuple[str, ...],
    rows: Iterable[Row],
    *,
    sheet: str = "",
    notes: Iterable[str] = (),
) -> Table:
    columns = tuple(
        Column(
            words.label(own.COLUMNS, name),
            _unit(words, name),
            _WIDTHS.get(name, 14),
            numeric=name not in _WORDS,
        )
        for name in names
    )
    return Table(id, sheet or id, words.label(own.TITLES, id), columns, tuple(rows), tuple(notes))


def _unit(words: AccessWords, name: str) -> str:
    if name in (*SCORES, "tenth", "half", "nine", "ratio"):
        return words.per()
    return words.units() if name in ("capacity", "reached") else ""


_AREA = (
    *("area", "people", "providers", "capacity", "none", "none_share", *SCORES),
    *("tenth", "half", "nine", "at_most", "at_least", "no_way"),
)


def areas(words: AccessWords) -> Table:
    """The whole area and each district."""
    rows = _rows(_area(words, each) for each in words.record.areas)
    notes = (words.label(own.NOTES, "means"), words.label(own.NOTES, "doubt"))
    return _table(words, "areas", _AREA, rows, notes=notes)


def _area(words: AccessWords, each: AreaRecord) -> Iterator[str]:
    yield words.scope(each.area)
    yield words.people(each.people)
    yield words.people(str(each.providers))
    yield words.capacity(each.capacity)
    yield words.people(each.none)
    yield words.share(each.none, each.people)
    yield from (words.score(each.means.get(name)) for name in SCORES)  # type: ignore[call-overload]
    yield from (map(words.score, each.tenths) if each.tenths else ("—",) * 3)
    yield words.people(each.at_most)
    yield words.people(each.at_least)
    yield words.people(each.no_way)


def providers(words: AccessWords) -> Table:
    """Every provider, the least for its people first, those without a ratio last."""
    names = ("code", "name", "area", "capacity", "load", "ratio")
    told = sorted(words.record.providers, key=_ratio)
    rows = _rows(_provider(words, each) for each in told)
    notes = [words.label(own.NOTES, "load")]
    return _table(words, "providers", names, rows, notes=notes)


def _ratio(each: ProviderRecord) -> tuple[bool, float, str]:
    return each.ratio is None, each.ratio or 0.0, each.code


def _provider(words: AccessWords, each: ProviderRecord) -> Iterator[str]:
    yield each.code
    yield each.name
    yield words.scope(each.district) if each.district else "—"
    yield words.capacity(each.capacity)
    yield words.people(each.load)
    yield words.score(each.ratio if each.capacity is not None else None)


def places(words: AccessWords) -> Table:
    """The localities of the lowest scores, of these those of most people; undefined ones last."""
    own_ = words.record.places
    names = ("code", "area", "people", "nearest", "reached", *SCORES, "doubt")
    scores = [float("inf") if each is None else each for each in own_.enhanced]
    many = [each or 0.0 for each in own_.people]
    order = sorted(range(len(scores)), key=lambda at: (scores[at], -many[at], own_.code[at]))
    marked = [(name, set(getattr(own_, name))) for name in ("at_most", "at_least", "no_way")]

    def row(at: int) -> Iterator[str]:
        yield own_.code[at]
        yield words.scope(own_.district[at]) if own_.district[at] else "—"
        yield words.people(own_.people[at])
        yield words.metres(own_.nearest_mm[at])
        yield words.capacity(own_.reached[at])
        yield from (words.score(getattr(own_, name)[at]) for name in SCORES)
        yield words.join([words.label(own.COLUMNS, name) for name, of in marked if at in of])

    left = len(order) - LISTED
    notes = [words.label(own.NOTES, "doubt")]
    if left > 0:
        notes.insert(0, words.label(own.NOTES, "listed", n=f"{left:,}"))
    rows = _rows(map(row, order[:LISTED]))
    return _table(words, "places", names, rows, notes=notes)


def sources(words: AccessWords) -> Iterator[Table]:
    """The readings and clauses that it rests on, and the documents."""
    catchment = words.record.catchment
    rows = (reading_row(words, name) for name in catchment.readings)
    names = ("question", "chosen", "why", "by", "clauses")
    yield _table(words, "readings", names, rows, sheet="sources")
    rows = (clause_row(words, name) for name in catchment.clauses if name in words.record.clauses)
    names = ("clause", "document", "place", "text", "standing")
    yield _table(words, "clauses", names, rows, sheet="sources")
    yield documents(words)
