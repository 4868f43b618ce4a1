"""Faults of a census in groups: what is wrong where, and how often."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dingdian.core.census.faults import KINDS
from dingdian.core.errors import Fault, Severity

ORDER = {severity: rank for rank, severity in enumerate(Severity)}
_RANKS = {kind: rank for rank, kind in enumerate(KINDS)}
#: How many row numbers a group shows.
FIRST = 5


@dataclass(frozen=True, slots=True)
class Group:
    """All faults of one kind in one column of one sheet, in the order they were found."""

    kind: str
    severity: Severity
    faults: tuple[Fault, ...]

    @property
    def where(self) -> str:
        """File, sheet and column; empty text when the fault concerns the whole census."""
        place = self.faults[0].place
        return " · ".join(part for part in (place.file, place.sheet, place.column) if part)

    @property
    def rows(self) -> str:
        """The first row numbers."""
        numbers = list(dict.fromkeys(f.place.row for f in self.faults if f.place.row))
        more = " …" if len(numbers) > FIRST else ""
        return ", ".join(map(str, numbers[:FIRST])) + more

    def what(self, lang: str) -> str:
        """What is wrong with the first of them."""
        return KINDS[self.kind].what.say(lang, **self.faults[0].fields)

    def cure(self, lang: str) -> str:
        """How to mend the first of them."""
        return KINDS[self.kind].cure.say(lang, **self.faults[0].fields)


def grouped(faults: Iterable[Fault]) -> tuple[Group, ...]:
    """Faults by kind, sheet and column: blocking first, then in the order of ``KINDS``.

    Kinds that speak of a whole sheet or file (row 0) are not joined with one another.

    Raises:
        KeyError: a fault is of no kind of the census.

    >>> [g.kind for g in grouped([Fault("unknown_column"), Fault("no_table")])]
    ['no_table', 'unknown_column']
    """
    found: dict[tuple[object, ...], list[Fault]] = {}
    for each in faults:
        place = each.place
        own = each.details if not place.row else ()
        key = (each.kind, place.file, place.sheet, place.column, own)
        found.setdefault(key, []).append(each)
    groups = [Group(its[0].kind, KINDS[its[0].kind].severity, tuple(its)) for its in found.values()]
    return tuple(sorted(groups, key=lambda group: (ORDER[group.severity], _RANKS[group.kind])))
