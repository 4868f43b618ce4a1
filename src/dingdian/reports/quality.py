"""The data-quality report of a census: what, where, how many, how to mend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dingdian.core.census.faults import KINDS
from dingdian.core.errors import Fault, Severity, Text

ORDER = {severity: rank for rank, severity in enumerate(Severity)}
_RANKS = {kind: rank for rank, kind in enumerate(KINDS)}

SEVERITIES = {
    Severity.BLOCKING: Text("阻断", "blocking"),
    Severity.WARNING: Text("警告", "warning"),
    Severity.NOTE: Text("提示", "note"),
}
#: Titles of the columns of ``quality_rows``.
TITLES = tuple(
    Text(zh, en)
    for zh, en in (
        ("级别", "severity"),
        ("问题（首例）", "what (first case)"),
        ("位置", "where"),
        ("数量", "how many"),
        ("行号", "rows"),
        ("怎么改", "how to mend"),
        ("种类", "kind"),
    )
)
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


def quality_rows(faults: Iterable[Fault], lang: str = "zh") -> list[tuple[str, ...]]:
    """One row a group, as ``TITLES`` says; text only."""
    return [
        (
            SEVERITIES[group.severity].say(lang),
            group.what(lang),
            group.where,
            str(len(group.faults)),
            group.rows,
            group.cure(lang),
            group.kind,
        )
        for group in grouped(faults)
    ]


def summary(faults: Iterable[Fault], lang: str = "zh") -> str:
    """One sentence: how many of each severity, and whether a plan can be made.

    >>> summary([], "en")
    '0 blocking, 0 warning, 0 note: a plan can be made'
    """
    kinds = [KINDS[each.kind].severity for each in faults]
    comma = "，" if lang == "zh" else ", "
    counts = comma.join(
        f"{SEVERITIES[s].say('zh')} {kinds.count(s)}"
        if lang == "zh"
        else f"{kinds.count(s)} {SEVERITIES[s].say('en')}"
        for s in Severity
    )
    if Severity.BLOCKING in kinds:
        end = Text("：改正阻断项后才能测算", ": no plan before the blocking ones are mended")
    else:
        end = Text("：可以测算", ": a plan can be made")
    return counts + end.say(lang)
