"""Derivations on a page: each figure that the conclusions rest on, once, linked to its inputs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dingdian.core.formulas import FORMULAS
from dingdian.core.record import FigureRecord
from dingdian.reports.explain_text import (
    because_lines,
    condition_text,
    detail_lines,
    filled_formula,
    many_formula,
)
from dingdian.reports.wording import Words
from dingdian.reports.words import phrases


@dataclass(frozen=True, slots=True)
class Block:
    """One figure with its lines, its inputs (role and key), clauses and readings by id."""

    key: str
    title: str
    lines: tuple[str, ...]
    inputs: tuple[tuple[str, str], ...]
    clauses: tuple[str, ...]
    readings: tuple[str, ...]


def blocks(words: Words, keys: Iterable[str]) -> tuple[Block, ...]:
    """The figures ``keys`` and those below them, each once, in the order met.

    Figures of areas that no table shows (a village, a community) are named as inputs only.
    """
    found: dict[str, FigureRecord] = {}
    shown = {"", *words.record.shown()}
    waiting = list(dict.fromkeys(keys))
    while waiting:
        key = waiting.pop(0)
        figure = words.record.figures[key]
        if key not in found and figure.scope in shown:
            found[key] = figure
            waiting = [*(each for _, each in figure.inputs), *waiting]
    return tuple(_block(words, key, figure) for key, figure in found.items())


def _block(words: Words, key: str, figure: FigureRecord) -> Block:
    return Block(
        key,
        f"{words.figure_name(key)} {words.pick('＝', '=')} {words.quantity(figure)}",
        tuple(_lines(words, figure)),
        tuple((words.role(role), each) for role, each in figure.inputs),
        figure.clauses,
        figure.readings,
    )


def _lines(words: Words, figure: FigureRecord) -> Iterable[str]:
    if figure.why is not None:
        yield words.say(phrases.EXPLAIN["why"], why=words.why(figure.why))
    computation = computed_as(words, figure)
    if computation:
        yield words.say(phrases.EXPLAIN["formula"], text=computation)
    yield from detail_lines(words, figure)
    yield from because_lines(words, figure)
    if figure.selection is not None:
        table = figure.selection.table
        conditions = words.pick("；", "; ").join(
            condition_text(words, table, each) for each in figure.selection.where
        )
        yield words.say(phrases.EXPLAIN["ledger"], table=words.table(table), conditions=conditions)


def computed_as(words: Words, figure: FigureRecord) -> str:
    """The computation of a figure on one line; empty for one that is not computed."""
    formula = FORMULAS.get(figure.formula)
    if formula is None:
        return ""
    if formula.many:
        return many_formula(words, figure)
    return f"{formula.text} = {filled_formula(words, figure)}"
