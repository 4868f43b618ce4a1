"""docs/reference/faults.md: every fault a person can be told of, and the exit codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dingdian.cli.faults import EXIT_CODES, INCOMPLETE
from dingdian.core.census.faults import KINDS as CENSUS
from dingdian.core.errors import FaultKind, Severity
from dingdian.core.faults import REQUEST, ROUND
from dingdian.core.policy.faults import KINDS as SHELF
from dingdian.core.projection_faults import KINDS as PROJECTION
from tools.reference.markdown import code, escaped, page, table
from tools.reference.source import Source

ABOUT = """
Every kind of fault: what it says and how to mend it. Only a *blocking* fault stops a plan; a
*warning* leaves a number unknown or doubtful; a *note* tells what was done. All faults of an
input are told at once. `{…}` stands for what the message fills in.
"""

MEANINGS = {
    Severity.BLOCKING: "stops a plan",
    Severity.WARNING: "the cell is read as unknown unless the sentence says otherwise",
    Severity.NOTE: "nothing is lost",
}
_ROUND = {kind.severity for kind in ROUND.values()}


def faults(source: Source) -> str:
    """The page."""
    del source
    census = [_kinds(f"The ledger: {s}", s, CENSUS) for s in Severity]
    shelf = _kinds("The policy shelf (all blocking)", Severity.BLOCKING, SHELF)
    asked = _kinds("What was asked for (all blocking)", Severity.BLOCKING, REQUEST)
    ahead = _kinds("The years ahead (all blocking)", Severity.BLOCKING, PROJECTION)
    rounds = [_kinds(f"A round of applications: {s}", s, ROUND) for s in Severity if s in _ROUND]
    return page("Faults and exit codes", ABOUT, _codes(), *census, *rounds, shelf, asked, ahead)


def _codes() -> Iterator[str]:
    rows = [
        ["0", "done", ""],
        ["1", "an error of the program itself", ""],
        ["2", "a wrong command line", ""],
    ]
    for family, number in sorted(EXIT_CODES.items(), key=lambda pair: pair[1]):
        meaning = " ".join((family.__doc__ or "").split()).rstrip(".")
        rows.append([str(number), escaped(meaning), code(family.__name__)])
    rows.append([str(INCOMPLETE), "answered, but for some rows of the input, which are named", ""])
    yield "## Exit codes"
    yield ""
    yield from table(["code", "meaning", "family"], rows)


def _kinds(title: str, severity: Severity, kinds: Mapping[str, FaultKind]) -> Iterator[str]:
    own = {name: kind for name, kind in kinds.items() if kind.severity is severity}
    yield f"## {title}"
    yield ""
    if title.startswith("The ledger"):
        yield f"{MEANINGS[severity].capitalize()}."
        yield ""
    rows = (
        [
            code(name),
            f"{escaped(kind.what.zh)}<br>{escaped(kind.what.en)}",
            f"{escaped(kind.cure.zh)}<br>{escaped(kind.cure.en)}",
        ]
        for name, kind in own.items()
    )
    yield from table(["kind", "what", "cure"], rows)
