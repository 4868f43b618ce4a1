"""What the check found, as it is kept for the pages: groups in the row, their cases in files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from string import Formatter
from typing import Any

from dingdian.core.census.headings import field_of
from dingdian.core.census.personal import PERSONAL
from dingdian.core.census.schema import TABLES
from dingdian.core.errors import Fault, Place
from dingdian.core.faults import KINDS
from dingdian.core.quality import Group, grouped
from dingdian.reports.marked_rows import Marked
from dingdian.web.imports import lines
from dingdian.web.persons import MASKS
from dingdian.wiring.imports import Checked

#: Of a group so many cases are kept with the rows around them; the workbook has them all.
CASES = 500


def mask(table: str, column: str, text: str) -> str:
    """A cell as a page may show it: personal data masked."""
    how = PERSONAL.get((table, column))
    return MASKS[how](text) if how and text else text


def keep(checked: Checked, folder: Path) -> list[dict[str, Any]]:
    """Write the cases of every group below a folder; returns the groups as plain data."""
    faults = tuple(masked(checked))
    marked = Marked(checked.sheets, checked.headings, faults, mask)
    found = []
    for number, group in enumerate(grouped(faults)):
        path = folder / f"{number}.jsonl"
        kept = lines.write(path, (_case(each, marked) for each in group.faults[:CASES]))
        found.append(_group(number, group, kept))
    return found


def _group(number: int, group: Group, kept: int) -> dict[str, Any]:
    texts = {
        name: {lang: says(lang) for lang in ("zh", "en")}
        for name, says in (("what", group.what), ("cure", group.cure), ("lines", group.rows))
    }
    return {
        "n": number,
        "kind": group.kind,
        "severity": group.severity.value,
        "count": len(group.faults),
        "kept": kept,
        "where": group.where,
        **texts,
    }


def _case(fault: Fault, marked: Marked) -> dict[str, Any]:
    """A fault as plain data: its kind, place and details, and the rows around it."""
    place = fault.place
    details = {name: str(value) for name, value in fault.fields.items()}
    plain = [fault.kind, [place.file, place.sheet, place.row, place.column], details]
    return {"fault": plain, "around": marked.around(fault)}


def fault_of(plain: Any) -> Fault:
    """The fault that plain data stands for."""
    kind, place, details = plain
    return Fault(kind, Place(*place), tuple(details.items()))


def said(plain: Any, lang: str) -> tuple[str, str]:
    """What is wrong and how to mend it.

    A fault that an older release kept may lack a detail of today's sentence: it is left empty.
    """
    fault = fault_of(plain)
    kind = KINDS[fault.kind]
    asked = (name for text in (kind.what, kind.cure) for name in _details(text.zh + text.en))
    details = {**dict.fromkeys(asked, ""), **fault.fields}
    return kind.what.say(lang, **details), kind.cure.say(lang, **details)


def _details(sentence: str) -> Iterator[str]:
    return (name for _, name, _, _ in Formatter().parse(sentence) if name)


def masked(checked: Checked) -> Iterator[Fault]:
    """The faults, with what they cite of personal data masked."""
    tables = {(each.file, each.sheet): each.table for each in checked.headings}
    for fault in checked.faults:
        table = tables.get((fault.place.file, fault.place.sheet), "")
        field = field_of(TABLES[table], fault.place.column) if table else None
        if field is None or (table, field.name) not in PERSONAL:
            yield fault
            continue
        cited: dict[str, Any] = dict(fault.fields)
        for name in {"value", "read", "other"} & cited.keys():
            cited[name] = mask(table, field.name, str(cited[name]))
        yield replace(fault, details=tuple(cited.items()))
