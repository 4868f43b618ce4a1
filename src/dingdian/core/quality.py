"""Faults of a census in groups: what is wrong where, and how often."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dingdian.core.errors import Fault, Severity, Text
from dingdian.core.faults import KINDS

ORDER = {severity: rank for rank, severity in enumerate(Severity)}
_RANKS = {kind: rank for rank, kind in enumerate(KINDS)}
#: How many row numbers a group shows.
FIRST = 5
#: How many different cases a group's sentence lists.
CASES = 3
#: Kinds whose faults are never joined: each names something of its own.
_APART = frozenset({"missing_column", "duplicate_column", "heading_unit", "unknown_column"})
#: Kinds whose faults are joined over all sheets.
_EVERYWHERE = frozenset({"example_row"})
#: Beyond so many details that differ, lists in one sentence confuse: the first case is told.
_LISTED = 3

Details = Mapping[str, object]


def joined(cases: Sequence[Details], distinct: int, lang: str) -> dict[str, object]:
    """The details of several cases as one sentence needs them: what differs is listed.

    ``distinct`` is the number of all cases, of which ``cases`` are the first. Where they differ
    in too much for one sentence, the details are those of the first.

    >>> joined([{"value": "a"}, {"value": "b"}], 5, "en")
    {'value': 'a, b and 3 more'}
    """
    first = dict(cases[0])
    differ = [name for name, told in first.items() if any(c.get(name) != told for c in cases)]
    if not _listable(differ):
        return first
    left = distinct - len(cases)
    comma, end = ("、", f" 等{distinct}种") if lang == "zh" else (", ", f" and {left} more")
    listed = {name: comma.join(str(c[name]) for c in cases) + end * (left > 0) for name in differ}
    return first | listed


def _listable(differ: Sequence[str]) -> bool:
    return len(differ) <= _LISTED and not any(name.endswith(("_zh", "_en")) for name in differ)


def told(sentence: Text, cases: Sequence[Details], distinct: int, lang: str) -> str:
    """A sentence of a kind of fault about several cases; those that it cannot list are counted."""
    said = sentence.say(lang, **joined(cases, distinct, lang))
    only = sentence.say(lang, **cases[0])
    if distinct == 1 or said != only or all(sentence.say(lang, **c) == only for c in cases[1:]):
        return said
    return said + (
        f"（等{distinct}种情形）" if lang == "zh" else f" (and {distinct - 1} other cases)"
    )


@dataclass(frozen=True, slots=True)
class Group:
    """All faults of one kind in one column of one sheet, in the order they were found."""

    kind: str
    severity: Severity
    faults: tuple[Fault, ...]

    @property
    def where(self) -> str:
        """File, sheet and column; empty text when the fault concerns the whole census."""
        all_places = dict.fromkeys(each.place for each in self.faults)
        if self.kind in _EVERYWHERE and len(all_places) > 1:
            names = list(dict.fromkeys(place.sheet or place.file for place in all_places))
            more = f" … ({len(names)})" if len(names) > CASES else ""
            return "、".join(names[:CASES]) + more
        place = self.faults[0].place
        return " · ".join(part for part in (place.file, place.sheet, place.column) if part)

    def rows(self, lang: str) -> str:
        """The first row numbers."""
        numbers = list(dict.fromkeys(f.place.row for f in self.faults if f.place.row))
        if not numbers:
            return ""
        more = " …" if len(numbers) > FIRST else ""
        if lang == "zh":
            return f"第{'、'.join(map(str, numbers[:FIRST]))}行{more}"
        return f"row{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers[:FIRST]))}{more}"

    @property
    def distinct(self) -> int:
        """How many different cases there are."""
        return len(self._details())

    @property
    def cases(self) -> tuple[Details, ...]:
        """The details of the first different cases, and of those that differ in a further detail.

        What all of them agree in holds for every fault of the group.
        """
        every = [dict(each) for each in self._details()]
        first, chosen = every[0], every[:CASES]
        for name in first:
            if all(each.get(name) == first[name] for each in chosen):
                chosen += [each for each in every if each.get(name) != first[name]][:1]
        return tuple(chosen)

    def _details(self) -> list[tuple[tuple[str, object], ...]]:
        return list({repr(each.details): each.details for each in self.faults}.values())

    def what(self, lang: str) -> str:
        """What is wrong with them."""
        return told(KINDS[self.kind].what, self.cases, self.distinct, lang)

    def cure(self, lang: str) -> str:
        """How to mend them."""
        kind, cases = KINDS[self.kind], self.cases
        return kind.cure.say(lang, **joined(cases, self.distinct, lang))


def grouped(faults: Iterable[Fault]) -> tuple[Group, ...]:
    """Faults by kind, sheet and column: blocking first, then in the order of ``KINDS``.

    Kinds that speak of a whole sheet or file (row 0), and columns, are not joined with one
    another; the example rows of all sheets are one group.

    Raises:
        KeyError: a fault is of no kind of the census.

    >>> [g.kind for g in grouped([Fault("unknown_column"), Fault("no_table")])]
    ['no_table', 'unknown_column']
    """
    found: dict[tuple[object, ...], list[Fault]] = {}
    for each in faults:
        place = each.place
        own = repr(each.details) if not place.row or each.kind in _APART else ""
        spot = () if each.kind in _EVERYWHERE else (place.file, place.sheet, place.column, own)
        key = (each.kind, *spot)
        found.setdefault(key, []).append(each)
    groups = [Group(its[0].kind, KINDS[its[0].kind].severity, tuple(its)) for its in found.values()]
    return tuple(sorted(groups, key=lambda group: (ORDER[group.severity], _RANKS[group.kind])))
