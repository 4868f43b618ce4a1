"""Faults and errors: what a person can be told, and what stops a command.

A *broken rule* is never an error: it is a ``Finding``. A *fault* is one thing wrong with
what was given (a cell, a key of the shelf), and an *error* carries one or more faults.
Only the faces (command line, web) catch errors; one table there maps them to exit codes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How far a fault reaches: only ``BLOCKING`` stops a plan."""

    BLOCKING = "blocking"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages; ``{name}`` fields are filled from a fault's details.

    >>> Text("有 {n} 行", "{n} rows").say("zh", n=3)
    '有 3 行'
    """

    zh: str
    en: str

    def say(self, lang: str, **details: object) -> str:
        """The sentence in ``lang`` (``"zh"`` or ``"en"``) with its fields filled."""
        return (self.zh if lang == "zh" else self.en).format(**details)


@dataclass(frozen=True, slots=True)
class FaultKind:
    """A kind of fault: its severity, what is wrong and how to mend it."""

    severity: Severity
    what: Text
    cure: Text


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault stands: a file, and inside it a sheet or key path, row and column.

    ``row`` is the row number that a person sees (the first row of a sheet is 1) and 0 when
    the fault concerns no single row; empty text means "not one of these".
    """

    file: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        parts = [part for part in (self.file, self.sheet, self.column) if part]
        return ":".join([*parts, str(self.row)] if self.row else parts)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the input: its kind (an id of ``faults.KINDS``), place and details."""

    kind: str
    place: Place = Place()
    details: tuple[tuple[str, object], ...] = ()

    @property
    def fields(self) -> dict[str, object]:
        """The details by name, as the sentences of the kind need them."""
        return dict(self.details)


def fault(kind: str, place: Place | None = None, **details: object) -> Fault:
    """Make a fault.

    >>> fault("missing_column", Place("a.xlsx", "institutions"), column="region").kind
    'missing_column'
    """
    return Fault(kind, place or Place(), tuple(details.items()))


@dataclass
class DingdianError(Exception):
    """The base of everything that a face turns into a message and an exit code.

    ``faults`` is the whole list, never only the first one.
    """

    faults: tuple[Fault, ...] = field(default=())

    def __str__(self) -> str:
        return "; ".join(f"{each.kind} at {each.place} {each.fields}" for each in self.faults)


@dataclass
class ShelfError(DingdianError):
    """The policy shelf is malformed: an unknown or duplicate key, a value without a clause.

    ``rules``: those that could be read all the same, each with its layer, so that a check of
    the shelf tells their faults in the same list.
    """

    rules: tuple[tuple[str, object], ...] = field(default=(), repr=False)


class CensusError(DingdianError):
    """The census has blocking faults."""


class NotInForceError(DingdianError):
    """The day asked for lies outside the validity of the plan."""


class OutputError(DingdianError):
    """The output place holds something already, or cannot be written."""


class RequestError(DingdianError):
    """What was asked for does not exist: a policy, a key, a file, a table, a language."""
