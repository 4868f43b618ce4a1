"""What reading and assessing a workbook found, in groups as they are kept with its version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dingdian.core.errors import Fault, Place, Severity
from dingdian.core.faults import KINDS
from dingdian.web.imports.quality import said

#: Of a group so many cases are kept; the workbook of the results tells them all.
CASES = 200
_ORDER = {severity: rank for rank, severity in enumerate(Severity)}


def groups_of(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Faults by kind, blocking first, each with where and what as plain data."""
    found: dict[str, list[Fault]] = {}
    for each in dict.fromkeys(faults):
        found.setdefault(each.kind, []).append(each)
    kinds = sorted(found, key=lambda kind: _ORDER[KINDS[kind].severity])
    return [
        {
            "kind": kind,
            "severity": KINDS[kind].severity.value,
            "count": len(found[kind]),
            "cases": [_plain(each) for each in found[kind][:CASES]],
        }
        for kind in kinds
    ]


def count(groups: Iterable[dict[str, Any]], severity: Severity) -> int:
    """How many faults of a severity there are."""
    return sum(each["count"] for each in groups if each["severity"] == severity)


def _plain(each: Fault) -> dict[str, Any]:
    at = each.place
    details = {name: str(value) for name, value in each.fields.items()}
    return {"place": [at.file, at.sheet, at.row, at.column], "details": details}


def lines(group: dict[str, Any], lang: str) -> Iterator[tuple[str, str, str]]:
    """Where, what and what to do of every case of a group that is kept."""
    for each in group["cases"]:
        what, cure = said((group["kind"], each["place"], each["details"]), lang)
        yield str(Place(*each["place"])), what, cure
