"""The data-quality report of a census: what, where, how many, how to mend."""

from __future__ import annotations

from collections.abc import Iterable

from dingdian.core.errors import Fault, Severity, Text
from dingdian.core.faults import KINDS
from dingdian.core.quality import grouped

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
        ("问题", "what"),
        ("位置", "where"),
        ("数量", "how many"),
        ("行号", "rows"),
        ("怎么改", "how to mend"),
        ("种类", "kind"),
    )
)


def quality_rows(faults: Iterable[Fault], lang: str = "zh") -> list[tuple[str, ...]]:
    """One row a group, as ``TITLES`` says; text only."""
    return [
        (
            SEVERITIES[group.severity].say(lang),
            group.what(lang),
            group.where,
            str(len(group.faults)),
            group.rows(lang),
            group.cure(lang),
            group.kind,
        )
        for group in grouped(faults)
    ]


def warning_rows(faults: Iterable[Fault], lang: str = "zh") -> tuple[tuple[str, ...], ...]:
    """The rows of the groups that are more than notes, as ``TITLES`` says."""
    note = SEVERITIES[Severity.NOTE].say(lang)
    return tuple(row for row in quality_rows(faults, lang) if row[0] != note)


def counts(faults: Iterable[Fault], lang: str = "zh") -> str:
    """How many of each severity.

    >>> counts([], "en")
    '0 blocking, 0 warning, 0 note'
    """
    kinds = [KINDS[each.kind].severity for each in faults]
    comma = "，" if lang == "zh" else ", "
    return comma.join(
        f"{SEVERITIES[s].say('zh')} {kinds.count(s)}"
        if lang == "zh"
        else f"{kinds.count(s)} {SEVERITIES[s].say('en')}"
        for s in Severity
    )


def summary(faults: Iterable[Fault], lang: str = "zh") -> str:
    """One sentence: how many of each severity, and whether a plan can be made.

    >>> summary([], "en")
    '0 blocking, 0 warning, 0 note: a plan can be made'
    """
    found = list(faults)
    if any(KINDS[each.kind].severity is Severity.BLOCKING for each in found):
        end = Text("：改正阻断项后才能测算", ": no plan before the blocking ones are mended")
    else:
        end = Text("：可以测算", ": a plan can be made")
    return counts(found, lang) + end.say(lang)
