"""Indicator tables: the measures of a topic by area, or in a list where only the whole has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dingdian.core.record import FigureRecord, MeasureRecord
from dingdian.core.workings import key_of
from dingdian.reports.grid import Cell, Cells, Column, Row, Table
from dingdian.reports.wording import Words
from dingdian.reports.words.headings import COLUMNS, NOTES, TITLES
from dingdian.reports.words.topics import TOPICS, Topic

#: A figure undefined for this reason has no meaning for the area and is left out.
_ELSEWHERE = "whole_area_only"
#: The measure whose exact sign is also said in a word.
_SIGN = "hrad_sign"


def tables(words: Words) -> Iterator[Table]:
    """One table a topic that has any figure, and whose clause the policy has."""
    for topic in TOPICS:
        if topic.clause and topic.clause not in words.record.clauses:
            continue
        areas = [at for at in words.record.shown() if _any(words, topic, at)]
        if not areas:
            continue
        if len(areas) == 1 or _is_list(words, topic, areas):
            yield _listed(words, topic, areas)
        else:
            yield _by_area(words, topic, areas)


def figure_at(words: Words, measure: str, scope: str) -> FigureRecord | None:
    """The figure of a measure in an area where it has a meaning there."""
    found = words.record.figures.get(key_of(measure, scope))
    if found is None or (found.why is not None and found.why.code == _ELSEWHERE):
        return None
    return found


def _any(words: Words, topic: Topic, scope: str) -> bool:
    return any(figure_at(words, measure, scope) for measure in topic.measures)


def _is_list(words: Words, topic: Topic, areas: Sequence[str]) -> bool:
    """Whether most measures of a topic have a meaning for the whole area only."""
    have = sum(
        figure_at(words, measure, scope) is not None
        for measure in topic.measures
        for scope in areas[1:]
    )
    return 2 * have < len(topic.measures) * len(areas[1:])


def measure_column(words: Words, measure: str) -> Column:
    """The column of a measure: its name and unit."""
    found = words.record.measures.get(measure)
    return Column(words.measure(measure), _unit(words, found), 11, numeric=True)


def _unit(words: Words, measure: MeasureRecord | None) -> str:
    """The unit of a measure; shares carry their sign in every cell."""
    return words.unit(measure.unit) if measure and measure.unit != "share" else ""


def _by_area(words: Words, topic: Topic, areas: Sequence[str]) -> Table:
    cells = Cells(words)
    shown = [m for m in topic.measures if any(figure_at(words, m, at) for at in areas)]
    signed = _SIGN in shown
    rows = [
        cells.row(
            at,
            [
                *(_cell(cells, measure, at) for measure in shown),
                *([Cell(sign_word(words, key_of(_SIGN, at)))] if signed else []),
            ],
        )
        for at in areas
    ]
    sign = [Column(words.label(COLUMNS, "sign"), "", 8)] if signed else []
    head = Column(words.label(COLUMNS, "area"), "", 14)
    return Table(
        topic.id,
        topic.sheet,
        words.label(TITLES, topic.id),
        (head, *(measure_column(words, m) for m in shown), *sign),
        tuple(rows),
        cells.notes(*_standing_notes(words, topic)),
    )


def _known(words: Words, measures: Sequence[str], scope: str) -> int:
    return sum(figure_at(words, measure, scope) is not None for measure in measures)


def sign_word(words: Words, key: str) -> str:
    """Whether an exact number is positive, negative or equal to nothing, in a word."""
    figure = words.record.figures.get(key)
    value = figure.number if figure else None
    if value is None:
        return words.undefined
    return words.label(NOTES, "positive" if value > 0 else "negative" if value < 0 else "equal")


def _cell(cells: Cells, measure: str, scope: str) -> Cell:
    if figure_at(cells.words, measure, scope) is None:
        return Cell("—")
    return cells.number(key_of(measure, scope))


def _listed(words: Words, topic: Topic, areas: Sequence[str]) -> Table:
    cells = Cells(words)
    measures = [m for m in topic.measures if figure_at(words, m, areas[0])]
    areas = [at for at in areas if 3 * _known(words, measures, at) >= len(measures)]
    head = (
        Column(words.label(COLUMNS, "measure"), "", 46),
        Column(words.label(COLUMNS, "unit"), "", 14),
        *(Column(words.scope(at), "", 16, numeric=True) for at in areas),
    )
    rows = [
        Row(
            (
                Cell(words.measure(measure)),
                Cell(_unit(words, words.record.measures.get(measure))),
                *(_cell(cells, measure, at) for at in areas),
            )
        )
        for measure in measures
    ]
    return Table(
        topic.id,
        topic.sheet,
        words.label(TITLES, topic.id),
        head,
        tuple(rows),
        cells.notes(*_standing_notes(words, topic)),
    )


def _standing_notes(words: Words, topic: Topic) -> tuple[str, ...]:
    named = {"need_inputs": "modelled", "equity": "sign", "circle_area": "sampled"}.get(topic.id)
    return (words.label(NOTES, named),) if named else ()
