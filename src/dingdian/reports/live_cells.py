"""Live cells: the formula of a figure as a formula of a workbook, where its inputs stand there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from dingdian.core.digits import rounded
from dingdian.core.formulas import FORMULAS, ROUNDED_SHARE
from dingdian.core.record import FigureRecord, Record
from dingdian.reports.wording import MONEY

#: Formulas of any number of inputs -> the function of the workbook.
_FUNCTIONS = {"sum": "SUM", "minimum": "MIN", "maximum": "MAX"}
#: Numbers that are stated, not computed: they may stand in a formula as they are.
_STATED = frozenset({"clause", "reading", "benchmark", "given"})
#: How many unseen steps between two cells a formula may take.
_DEPTH = 3
#: A product of doubles is rounded to so many places before it is rounded to whole places.
_GUARD = 9
_CELL = re.compile(r"^([A-Z]+)(\d+)$")
_REFERENCE = re.compile(r"\b[A-Z]+\d+\b")


def live_formula(record: Record, key: str, cells: Mapping[str, str], *, money: int = 1) -> str:
    """The formula of the figure ``key`` from ``cells`` (figure key -> address on the sheet).

    ``money``: how many yuan the cells of money count as one. Empty where the figure is
    undefined, is not computed, or rests on a number that is neither on the sheet nor stated.
    """
    figure = record.figures[key]
    if figure.value is None or figure.formula not in FORMULAS:
        return ""
    if _all_money(record, figure, cells):  # the unit cancels, or is that of the figure
        made = _expression(record, figure, cells, _DEPTH)
    else:
        made = _expression(record, figure, _in_yuan(record, cells, money), _DEPTH)
        if made and figure.unit == MONEY and money != 1:
            made = f"({made})/{money}"
    return f"={made}" if made and _REFERENCE.search(made) else ""


def _all_money(record: Record, figure: FigureRecord, cells: Mapping[str, str]) -> bool:
    """Whether a figure is made of cells of money alone."""
    keys = [key for _, key in figure.inputs]
    return all(key in cells and record.figures[key].unit == MONEY for key in keys)


def _in_yuan(record: Record, cells: Mapping[str, str], money: int) -> Mapping[str, str]:
    """The cells, those of money turned back into yuan."""
    if money == 1:
        return cells
    return {
        key: f"({cell}*{money})" if record.figures[key].unit == MONEY else cell
        for key, cell in cells.items()
    }


def _expression(
    record: Record, figure: FigureRecord, cells: Mapping[str, str], depth: int
) -> str | None:
    """The figure as an expression of the workbook; ``None`` where it cannot be written."""
    formula = FORMULAS.get(figure.formula)
    if formula is None or depth == 0:
        return None
    inputs: dict[str, str] = {}
    for role, key in figure.inputs:
        term = _term(record, key, cells, depth)
        if term is None:
            return None
        inputs[role] = term
    inputs |= {role: _literal(Fraction(number)) for role, number in figure.constants}
    if figure.formula in _FUNCTIONS:
        given = list(inputs.values())
        return given[0] if len(given) == 1 else f"{_FUNCTIONS[figure.formula]}({_arguments(given)})"
    if not formula.cell:
        return None
    template = formula.cell.removeprefix("=")
    if figure.formula in ROUNDED_SHARE.values():
        template = template.replace("{a}*{s}", f"ROUND({{a}}*{{s}},{_GUARD})")
    return template.format(**inputs)


def _term(record: Record, key: str, cells: Mapping[str, str], depth: int) -> str | None:
    """An input: its cell, its stated number, or its own expression in brackets."""
    if key in cells:
        return cells[key]
    figure = record.figures[key]
    number = figure.number
    if figure.formula in _STATED and isinstance(number, Fraction):
        return _literal(number)
    inner = _expression(record, figure, cells, depth - 1)
    return inner if not inner or _CELL.match(inner) else f"({inner})"


def _literal(number: Fraction) -> str:
    """A number as a literal: a decimal where it ends, else a quotient in brackets."""
    for places in range(7):
        if number * 10**places == int(number * 10**places):
            return rounded(number, places)
    return f"({number.numerator}/{number.denominator})"


def _arguments(terms: list[str]) -> str:
    """Arguments with runs of neighbouring cells of a column written as ranges."""
    found: list[list[tuple[str, int] | str]] = []
    for term in terms:
        match = _CELL.match(term)
        here: tuple[str, int] | str = (match[1], int(match[2])) if match else term
        last = found[-1][-1] if found else ""
        if isinstance(here, tuple) and last == (here[0], here[1] - 1):
            found[-1].append(here)
        else:
            found.append([here])
    return ",".join(_run(run) for run in found)


def _run(run: list[tuple[str, int] | str]) -> str:
    first, last = run[0], run[-1]
    if isinstance(first, str) or isinstance(last, str):
        return str(first)
    start = f"{first[0]}{first[1]}"
    return start if first == last else f"{start}:{last[0]}{last[1]}"
