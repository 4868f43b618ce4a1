"""Errors and faults as messages: one table of exit codes, one way to print faults."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from dingdian.core.errors import (
    CensusError,
    DingdianError,
    Fault,
    NotInForceError,
    OutputError,
    RequestError,
    Severity,
    ShelfError,
)

#: Family of errors -> exit code. 0 is success, 1 an error of ours, 2 a wrong command line.
EXIT_CODES: dict[type[DingdianError], int] = {
    RequestError: 3,
    ShelfError: 4,
    CensusError: 5,
    NotInForceError: 6,
    OutputError: 7,
}
#: Exit code of an answer in which some rows of the input could not be answered.
INCOMPLETE = 8

SEVERITIES = {
    Severity.BLOCKING: {"zh": "阻断", "en": "blocking"},
    Severity.WARNING: {"zh": "警告", "en": "warning"},
    Severity.NOTE: {"zh": "提示", "en": "note"},
}
#: A blocking fault of one row, where the other rows are answered all the same.
OWN = {"zh": "只涉及此件", "en": "of this one only"}
#: How many faults a terminal is shown; the rest is counted, never hidden.
SHOWN = 60


def exit_code(error: DingdianError) -> int:
    """The exit code of an error's family."""
    return next((code for family, code in EXIT_CODES.items() if isinstance(error, family)), 1)


def tell(error: DingdianError, lang: str) -> None:
    """Print every fault of an error to standard error."""
    for line in lines(error.faults, lang):
        click.echo(line, err=True)


def lines(faults: Iterable[Fault], lang: str, *, stops: bool = True) -> list[str]:
    """What, where, and what to do: two lines a fault.

    ``stops``: false where one that blocks keeps its own row from an answer and no other.
    """
    from dingdian.core.faults import KINDS

    found = list(faults)
    said: list[str] = []
    for each in found[:SHOWN]:
        kind = KINDS[each.kind]
        where = f"{each.place}: " if str(each.place) else ""
        own = not stops and kind.severity is Severity.BLOCKING
        mark = (OWN if own else SEVERITIES[kind.severity])[lang]
        said.append(f"[{mark}] {where}{kind.what.say(lang, **each.fields)}")
        said.append(f"    → {kind.cure.say(lang, **each.fields)}")
    if len(found) > SHOWN:
        more = len(found) - SHOWN
        said.append(f"… 另有 {more} 条" if lang == "zh" else f"… and {more} more")
    return said


def checked(faults: Iterable[Fault], census: Path, policy: str, lang: str) -> str:
    """What the check of the data came to, in the words and numbers of ``dingdian check``."""
    from dingdian.reports.quality import counts

    see = f"dingdian check {census} --policy {policy}"
    told = counts(faults, lang)
    return f"数据检查：{told}，见 {see}" if lang == "zh" else f"Data check: {told}; see {see}"
