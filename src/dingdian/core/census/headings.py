"""Which table a sheet is and which field a column is, from the names that people write.

A name is compared without spaces, case, full-width forms and marks such as ``*``; a unit in
brackets is taken off, and reported when it is not the unit of the contract.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType

from dingdian.core.census.schema import TABLES, Field, Kind, TableSchema

#: Sheets that the project writes beside the tables of a workbook; reading passes them over.
ASIDE = frozenset(
    {"填写说明", "选项", "质量报告", "全部问题", "guide", "choices", "quality", "allfaults"}
)

#: What the first key cell of an example row begins with; such a row is never read.
EXAMPLE = ("示例：", "示例:", "EXAMPLE:")

ORIGIN_HEADINGS = ("origin", "来源", "行来源")

#: Unit of a field -> how it may be written behind a heading.
UNITS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "person": frozenset({"人", "人数", "person", "persons"}),
        "km²": frozenset({"km2", "km²", "平方公里", "平方千米"}),
        "bed": frozenset({"张", "床", "bed", "beds"}),
        "yuan": frozenset({"元", "yuan", "cny", "人民币元"}),
        "bed-day": frozenset({"床日", "床天", "日", "天", "bed-day", "bed-days", "beddays"}),
        "day": frozenset({"天", "日", "day", "days"}),
        "metre": frozenset({"米", "m", "metre", "metres", "meter", "meters"}),
        "degree": frozenset({"度", "°", "degree", "degrees"}),
        "": frozenset(),
    }
)

#: How alike (0 to 1) an unknown heading and a known one must be for the latter to be suggested.
ALIKE = 0.6

_BRACKETS = re.compile(r"[(\[【〔{]([^)\]】〕}]*)[)\]】〕}]")
_MAGNITUDE = re.compile(r"[十百千万亿]|hundred|thousand|million|公顷|亩|hectare|%")


def plain(text: str) -> str:
    r"""A name as it is compared.

    >>> plain(" 机构\n名称 * "), plain("ＣＯＤＥ")
    ('机构名称', 'code')
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s*＊:：'\"\ufeff\u200b]+", "", folded)


def named(tables: Iterable[TableSchema]) -> Mapping[str, TableSchema]:
    """Every name of some tables, as it is compared -> the table."""
    return {
        plain(word): each for each in tables for word in (each.name, each.zh, each.en, *each.also)
    }


@cache
def _census() -> Mapping[str, TableSchema]:
    return named(TABLES.values())


def table_of(name: str, known: Mapping[str, TableSchema] | None = None) -> TableSchema | None:
    """The table that a sheet or file name means; ``None`` when it means none.

    ``known``: the tables that may be meant, by ``named``; without it those of a census.

    >>> table_of("机构").name, table_of("Bed use").name, table_of("Sheet1")
    ('institutions', 'bed_use', None)
    """
    return (known or _census()).get(plain(name))


@cache
def _fields(schema: TableSchema) -> Mapping[str, Field]:
    found: dict[str, Field] = {}
    own = [(field, (field.name, field.zh)) for field in schema]
    for field, words in [*own, *((field, (field.en, *field.also)) for field in schema)]:
        for word in words:
            found.setdefault(plain(word), field)
    return found


def field_of(schema: TableSchema, heading: str) -> Field | None:
    r"""The field that a heading means; ``None`` when it means none.

    >>> field_of(TABLES["regions"], "面积\n（公顷）").name
    'area_km2'
    """
    fields = _fields(schema)
    name = plain(heading)
    return fields.get(name) or fields.get(_BRACKETS.sub("", name))


def unit_agrees(field: Field, heading: str) -> bool:
    """Whether the unit that a heading states in brackets (if any) is the field's own.

    >>> unit_agrees(TABLES["populations"]["resident"], "常住人口（万人）")
    False
    """
    if field.kind is not Kind.NUMBER or plain(heading) in _spelled(field):
        return True
    stated = {each.strip() for each in _BRACKETS.findall(plain(heading))}
    foreign = {word for words in UNITS.values() for word in words} - UNITS[field.unit]
    return not any(word in foreign or _MAGNITUDE.search(word) for word in stated)


def completed(schema: TableSchema, top: str, below: str) -> str | None:
    """The heading that two lines make, such as 床位数 over 编制; ``None`` when they make none.

    >>> completed(TABLES["beds"], "床位数（张）", "编制"), completed(TABLES["beds"], "床位", "备用")
    ('编制床位(张)', None)
    """
    top = unicodedata.normalize("NFKC", top)
    unit = "".join(each.group() for each in _BRACKETS.finditer(top))
    core = _BRACKETS.sub("", top).strip()
    shorter = core.removesuffix("情况").removesuffix("数量").removesuffix("数")
    for word in (below + core, below + shorter, core + below, shorter + below, below):
        if field_of(schema, word + unit) is not None:
            return word + unit
    return None


def nearest(schema: TableSchema, heading: str, taken: Iterable[str]) -> Field | None:
    """The field whose name a heading resembles most; ``None`` when it resembles none.

    ``taken`` are the fields that the sheet has already.

    >>> nearest(TABLES["populations"], "常住人囗数", ()).name
    'resident'
    """
    left = {word: field for word, field in _fields(schema).items() if field.name not in {*taken}}
    name = _BRACKETS.sub("", plain(heading))
    close = get_close_matches(name, left, n=1, cutoff=ALIKE)
    return left[close[0]] if close else None


@cache
def _spelled(field: Field) -> frozenset[str]:
    return frozenset(plain(word) for word in (field.name, field.zh, field.en, *field.also))


def is_origin(schema: TableSchema, heading: str) -> bool:
    """Whether a heading is that of the origin column, and no field of the table's own."""
    return plain(heading) in ORIGIN_HEADINGS and field_of(schema, heading) is None


def known_headings(schema: TableSchema, cells: Iterable[object]) -> int:
    """How many of a row's cells are headings of the table."""
    return sum(isinstance(cell, str) and field_of(schema, cell) is not None for cell in cells)


def likely_table(
    cells: Iterable[object], tables: Iterable[TableSchema] = TABLES.values()
) -> TableSchema | None:
    """The table whose headings a row resembles most; ``None`` below two known headings."""
    row = tuple(cells)
    best = max(tables, key=lambda schema: known_headings(schema, row))
    return best if known_headings(best, row) >= 2 else None
