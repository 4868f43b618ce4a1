"""Explain a figure: the tree of its derivation, down to ledger rows and clauses.

The tree holds the parts of the record as they are and no words; ``reports.explain_text``
says it in a language.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from dingdian.core.census import Census, Selection, Where, tally
from dingdian.core.census.canonical import spelling
from dingdian.core.census.doubts import region_of, row_name, unknown_column
from dingdian.core.errors import RequestError, fault
from dingdian.core.record import FigureRecord, Record, SelectionRecord

#: How many keys are named when one is not found.
NEAREST = 8


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row of the ledger: its code, name, the number summed (as text), and where it came from.

    ``unknown`` is the column that leaves an unsure row so; empty where that is no column of it.
    ``region`` is the region that it is of; empty where the table has none.
    """

    code: str
    name: str
    value: str
    origin: str
    unknown: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class LedgerRows:
    """The rows behind a number: how many, how many are unsure, and the first of both."""

    count: int
    unsure: int
    first: tuple[LedgerRow, ...]
    doubtful: tuple[LedgerRow, ...] = ()


class Ledger(Protocol):
    """Where the rows of a selection are looked up."""

    def rows(self, selection: SelectionRecord, first: int) -> LedgerRows:
        """The rows of ``selection``, the first ``first`` of them told."""
        ...


@dataclass(frozen=True, slots=True)
class CensusLedger:
    """The ledger as a census: the copy beside a plan, or the one that it was made from."""

    census: Census

    def rows(self, selection: SelectionRecord, first: int) -> LedgerRows:
        """The rows of ``selection`` in the order of the ledger.

        Raises:
            KeyError: the census has no such table or column.
        """
        where = tuple(Where(c.column, c.test, c.words) for c in selection.where)
        asked = Selection(selection.table, where, selection.total)
        found = tally(self.census, asked)
        told = tuple(self._row(selection, row) for row in found.rows[:first].tolist())
        doubtful = tuple(
            replace(self._row(selection, row), unknown=unknown_column(self.census, asked, row))
            for row in found.doubtful[:first].tolist()
        )
        return LedgerRows(len(found.rows), found.unsure, told, doubtful)

    def _row(self, selection: SelectionRecord, row: int) -> LedgerRow:
        code, name = row_name(self.census, selection.table, row)
        value = ""
        if selection.total:
            column = self.census.column(selection.table, selection.total)
            value = spelling(column.cell(row), column.field.scale)
        return LedgerRow(
            code=code,
            name=name,
            value=value,
            origin=self.census.origin(selection.table, row),
            region=region_of(self.census, selection.table, row),
        )


@dataclass(frozen=True, slots=True)
class Derivation:
    """A figure and what it was made of: ``inputs`` are pairs of role and derivation.

    ``grounds`` are the numbers that a rule weighed before it applied the figure.
    ``rows`` stands on numbers from the ledger, where a ledger was given. ``repeated``: the
    figure has been derived further up and is not unfolded again.
    """

    key: str
    figure: FigureRecord
    inputs: tuple[tuple[str, Derivation], ...] = ()
    rows: LedgerRows | None = None
    repeated: bool = False
    grounds: tuple[Derivation, ...] = ()

    def walk(self) -> Iterator[Derivation]:
        """This derivation and everything below it."""
        yield self
        for each in (*self.grounds, *(each for _, each in self.inputs)):
            yield from each.walk()


def explain_figure(
    record: Record,
    key: str,
    *,
    ledger: Ledger | None = None,
    first: int = 5,
    deep: bool = True,
) -> Derivation:
    """The derivation of the figure ``key``, or of the only one that ``key`` is a part of.

    Unless ``deep`` what it was made of is named and not unfolded.

    Raises:
        RequestError: ``unknown_key`` with the nearest keys, or ``ambiguous_key`` with the first
            of those that match.
    """
    found = find_keys(record, key)
    if not found:
        nearest = difflib.get_close_matches(key, record.figures, NEAREST, cutoff=0.3)
        raise RequestError((fault("unknown_key", key=key, nearest=", ".join(nearest)),))
    if len(found) > 1:
        some = ", ".join(found[:NEAREST])
        raise RequestError((fault("ambiguous_key", key=key, n=len(found), keys=some),))
    seen = set() if deep else set(record.figures) - {found[0]}
    return _derive(record, found[0], ledger=ledger, first=first, seen=seen)


def find_keys(record: Record, part: str) -> tuple[str, ...]:
    """The keys that ``part`` names: itself, or every key that contains it.

    The area may be given by its name: ``pharmacies.漠河市``.
    """
    if part in record.figures:
        return (part,)
    wanted = part.casefold()
    names = {key: _by_name(record, figure).casefold() for key, figure in record.figures.items()}
    exact = tuple(key for key, name in names.items() if wanted == name)
    return exact or tuple(
        key for key, name in names.items() if wanted in key.casefold() or wanted in name
    )


def _by_name(record: Record, figure: FigureRecord) -> str:
    scope = record.scopes.get(figure.scope)
    return f"{figure.measure}.{scope.zh if scope else figure.scope}"


def _derive(
    record: Record, key: str, *, ledger: Ledger | None, first: int, seen: set[str]
) -> Derivation:
    figure = record.figures[key]
    if key in seen:
        return Derivation(key, figure, repeated=True)
    seen.add(key)
    rows = ledger.rows(figure.selection, first) if ledger and figure.selection else None
    below = partial(_derive, record, ledger=ledger, first=first, seen=seen)
    grounds = tuple(below(each) for each in weighed(figure))
    inputs = tuple((role, below(each)) for role, each in figure.inputs)
    return Derivation(key, figure, inputs, rows, grounds=grounds)


def weighed(figure: FigureRecord) -> tuple[str, ...]:
    """The keys of the numbers that a rule weighed before it applied a figure, each once."""
    compared = figure.because.compared if figure.because else ()
    return tuple(dict.fromkeys(key for each in compared for key in (each.left, each.right)))
