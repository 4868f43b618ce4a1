"""What a preview found, as it is kept for the pages: counts in the row, the changes in files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from dingdian.actions.preview_import import Preview
from dingdian.core.census.difference import BOUNDARIES, SHAPE, Change, RowChange
from dingdian.core.census.schema import TABLES, Kind
from dingdian.core.census.vocabulary import CHOICES
from dingdian.core.errors import Fault
from dingdian.web.imports import lines
from dingdian.web.imports.quality import mask

#: The file of the institutions that a change is about, and that of what is odd beside the cases.
INSTITUTIONS, ODD = "institutions.jsonl", "odd.jsonl"
_SHAPE = {"zh": "边界", "en": "boundaries"}
_YES = {"yes": {"zh": "是", "en": "yes"}, "no": {"zh": "否", "en": "no"}}


def keep(preview: Preview, folder: Path) -> dict[str, Any]:
    """Write the changes below a folder, a file a table and kind; returns the counts."""
    by_file: dict[tuple[str, Change], list[RowChange]] = {}
    for each in preview.changes:
        by_file.setdefault((each.table, each.change), []).append(each)
    names, counts = _names(preview), dict[str, dict[str, int]]()
    for (table, change), its in by_file.items():
        path = folder / file_of(table, change)
        counts.setdefault(table, {})[change] = lines.write(path, (_line(e, names) for e in its))
    affected = Counter(each.institution for each in preview.changes if each.institution)
    opens = set(preview.opens)
    about = [
        [code, names.get(code, ""), affected[code], code in opens]
        for code in sorted({*affected, *opens})
    ]
    return {
        "counts": counts,
        "institutions": lines.write(folder / INSTITUTIONS, about),
        "odd": lines.write(folder / ODD, map(_plain, preview.faults)),
        "opens": len(preview.opens),
        "unusual": [asdict(each) for each in preview.unusual],
        "first": preview.base.census is None,
        "kept_boundaries": bool(preview.census.boundaries),
    }


def file_of(table: str, change: str) -> str:
    """The name of the file of the changes of one kind in a table."""
    return f"{table}.{change}.jsonl"


def parts(
    place: Path, counts: Mapping[str, Mapping[str, int]], table: str, change: str
) -> Iterator[tuple[Path, int]]:
    """The files of a table (empty: all) and a kind of change (empty: all) with their lengths."""
    for name in (*TABLES, BOUNDARIES):
        for kind in Change:
            n = counts.get(name, {}).get(kind, 0)
            if n and table in ("", name) and change in ("", kind):
                yield place / file_of(name, kind), n


def _names(preview: Preview) -> dict[str, str]:
    """The name of every institution, as the import has it, else as the ledger has it."""
    found: dict[str, str] = {}
    for census in filter(None, (preview.base.census, preview.census)):
        table = census.tables["institutions"]
        pairs = zip(table["code"].cells(), table["name"].cells(), strict=True)
        found |= {str(code): str(name or "") for code, name in pairs}
    return found


def _line(each: RowChange, names: Mapping[str, str]) -> list[Any]:
    """Table, kind, key, name, and the cells ``[column, old, new]``."""
    cells: Sequence[Any] = [
        [c.column, *(mask(each.table, c.column, text) for text in (c.old, c.new))]
        for c in each.cells
    ]
    if each.table == BOUNDARIES:
        cells = [[SHAPE, "", ""]]
    name = names.get(each.institution) or mask(each.table, "name", each.new.get("name", ""))
    return [each.table, each.change, list(each.key), name, cells]


def _plain(fault: Fault) -> list[Any]:
    place = fault.place
    details = {name: str(value) for name, value in fault.fields.items()}
    return [fault.kind, [place.file, place.sheet, place.row, place.column], details]


# -- words ------------------------------------------------------------------------------


def table_name(table: str, lang: str) -> str:
    """The name of a table."""
    if table == BOUNDARIES:
        return _SHAPE[lang]
    return TABLES[table].zh if lang == "zh" else TABLES[table].en


def column_name(table: str, column: str, lang: str) -> str:
    """The name of a column."""
    if table == BOUNDARIES:
        return _SHAPE[lang]
    field = TABLES[table][column]
    return field.zh if lang == "zh" else field.en


@lru_cache(10_000)
def cell(table: str, column: str, spelling: str, lang: str) -> str:
    """A cell in words: choices and flags by their names."""
    if not spelling or table == BOUNDARIES:
        return spelling
    field = TABLES[table][column]
    if field.kind is Kind.FLAG:
        return _YES.get(spelling, {}).get(lang, spelling)
    term = CHOICES[field.choice].get(spelling) if field.kind is Kind.CHOICE else None
    if term is None:
        return spelling
    return term.zh if lang == "zh" else term.en
