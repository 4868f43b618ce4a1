"""projection.xlsx: every number of a projection, year by year, the scenarios side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from dingdian.core.projection_record import ProjectionRecord, ScenarioRecord, SeriesRecord
from dingdian.reports.annex.grounds import documents
from dingdian.reports.book import Cover, write_book
from dingdian.reports.cited import reading_row
from dingdian.reports.grid import Cell, Column, Row, Table
from dingdian.reports.projection import words as own
from dingdian.reports.projection.lines import held
from dingdian.reports.projection.speech import ProjectionWords
from dingdian.reports.wording import Lang

FILE = "projection.xlsx"
_WIDTHS = {"line": 110, "scenario": 22, "item": 40, "area": 16, "rule": 40, "resource": 30}
_WIDTHS |= {"trigger": 30, "question": 44, "chosen": 34, "why": 60, "by": 26}
_WORDS = frozenset(_WIDTHS) | {"clauses"}


def write_workbook(record: ProjectionRecord, lang: Lang = "zh") -> bytes:
    """The workbook as bytes: the same record, the same bytes."""
    words = ProjectionWords(record, lang)
    cover = Cover(
        title=words.title(),
        basis=words.basis(),
        result=record.fingerprints.result,
        engine=record.engine,
        day=record.policy_day,
    )
    return write_book(words, cover, tables(words), own.SHEETS)


def tables(words: ProjectionWords) -> Iterator[Table]:
    """Every table in one language, in the order of their sheets."""
    told = [words.say(own.ADVICE), *words.asked()]
    yield _table(words, "asked", ("line",), ([each] for each in told), sheet="summary")
    pair = ("scenario", "line")
    yield _table(words, "assumed", pair, _of(words, _assumed), sheet="summary")
    yield _table(words, "held", pair, _of(words, held), sheet="summary")
    root = next(iter(words.record.scopes))
    spread = ("scenario", "year", "low", "middle", "high")
    yield _table(words, "whole", ("item", *spread), _numbers(words, {root}))
    districts = set(words.record.scopes) - {root}
    rows = _numbers(words, districts, area=True)
    yield _table(words, "districts", ("item", "area", *spread), rows)
    met = ("scenario", "year", "rule", "trigger", "met", "unknown")
    yield _table(words, "lines", met, _lines(words))
    bound = ("scenario", "year", "resource", "area", "rule", "bound")
    yield _table(words, "binding", bound, _binding(words), sheet="lines")
    readings = [reading_row(words, name) for name in _readings(words)]
    names = ("question", "chosen", "why", "by", "clauses")
    yield _own(words, "readings", names, readings, sheet="sources")
    yield documents(words)


def _assumed(words: ProjectionWords, each: ScenarioRecord) -> Iterator[str]:
    return words.assumed(each.assumed)


def _of(
    words: ProjectionWords, tell: Callable[[ProjectionWords, ScenarioRecord], Iterator[str]]
) -> Iterator[list[str]]:
    for each in words.record.scenarios:
        for line in tell(words, each):
            yield [words.scenario(each), line]


def _found(
    words: ProjectionWords, areas: set[str]
) -> Iterator[tuple[ScenarioRecord, SeriesRecord]]:
    """The series of some areas: the scenarios of an item follow one another."""
    found = [
        (each, series)
        for each in words.record.scenarios
        for series in each.series
        if series.area in areas
    ]
    place = {at: n for n, at in enumerate(words.record.scopes)}
    first: dict[tuple[str, str], int] = {}
    for _, series in found:
        first.setdefault((series.kind, series.name), len(first))
    yield from sorted(
        found, key=lambda pair: (first[pair[1].kind, pair[1].name], place[pair[1].area])
    )


def _numbers(words: ProjectionWords, areas: set[str], *, area: bool = False) -> Iterator[list[str]]:
    """One row a number and year."""
    for each, series in _found(words, areas):
        where = [words.scope(series.area)] if area else []
        spread = zip(series.low, series.middle, series.high, strict=True)
        for year, numbers in enumerate(spread, series.first):
            told = (words.number(series, n) for n in numbers)
            yield [words.item(series), *where, words.scenario(each), str(year), *told]


def side_by_side(
    words: ProjectionWords,
) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Of the whole area: item, scenario, and by year the middle and the spread in words.

    A year before a series begins is empty, and so is a spread in which no run differs. Series that
    are 0 throughout are left out.
    """
    start = words.record.year - 1
    for each, series in _found(words, {next(iter(words.record.scopes))}):
        if not any((*series.low, *series.high)):
            continue
        cells = [("", "")] * (series.first - start)
        for numbers in zip(series.low, series.middle, series.high, strict=True):
            low, middle, high = (words.number(series, each) for each in numbers)
            cells.append((middle, "" if low == high else f"{low} – {high}"))
        yield words.item(series), words.scenario(each), cells


def _lines(words: ProjectionWords) -> Iterator[list[str]]:
    for each in words.record.scenarios:
        for one in each.lines:
            told = [words.scenario(each), str(one.year), words.rule(one.rule), one.trigger]
            yield [*told, str(one.met), str(one.unknown)]


def _binding(words: ProjectionWords) -> Iterator[list[str]]:
    for each in words.record.scenarios:
        for one in each.binding:
            told = [words.scenario(each), str(one.year), words.resource(one.resource)]
            yield [*told, words.scope(one.area), words.rule(one.rule), str(one.runs)]


def _readings(words: ProjectionWords) -> list[str]:
    """The readings of the rules that bound or are red lines."""
    told: set[str] = set()
    for each in words.record.scenarios:
        told |= {one.rule for one in each.lines} | {one.rule for one in each.binding}
    rules = words.record.rules
    found = [name for rule in sorted(told) if rule in rules for name in rules[rule].readings]
    return [name for name in dict.fromkeys(found) if name in words.record.readings]


def _table(
    words: ProjectionWords,
    id: str,
    names: tuple[str, ...],
    rows: Iterable[Iterable[str]],
    *,
    sheet: str = "",
) -> Table:
    return _own(words, id, names, [Row(tuple(map(Cell, each))) for each in rows], sheet=sheet)


def _own(
    words: ProjectionWords, id: str, names: tuple[str, ...], rows: Iterable[Row], *, sheet: str
) -> Table:
    columns = tuple(
        Column(
            words.label(own.COLUMNS, name), "", _WIDTHS.get(name, 14), numeric=name not in _WORDS
        )
        for name in names
    )
    return Table(id, sheet or id, words.label(own.TITLES, id), columns, tuple(rows), ())
