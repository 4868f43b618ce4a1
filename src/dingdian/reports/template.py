"""Workbooks to fill in: headings, notes, drop-down lists; one example row a sheet, or true rows."""

# ruff: noqa: E501 -- sentences of the guide stand one a line

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import Any

import xlsxwriter

from dingdian.core.census.headings import EXAMPLE
from dingdian.core.census.meanings import meaning, unit
from dingdian.core.census.schema import TABLES, Field, Kind, TableSchema
from dingdian.core.census.vocabulary import ABOUT_ITEMS, CHOICES, OPEN
from dingdian.core.errors import Text

CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 -- a fixed label, not a moment
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False}
GUIDE, LISTS = "填写说明", "选项"
#: How far down the drop-down lists reach.
LAST_ROW = 99_999

_FLAG = ("是", "否")
#: Tables that need more than one example -> the rows that go before the one of the fields.
EXAMPLES: Mapping[str, tuple[Mapping[str, str], ...]] = MappingProxyType(
    {"regions": ({"code": "210100", "name": "示例市", "level": "市（地）级"},)}
)
_INTRO = (
    Text("一张工作表一张表；表名和列名不要改，列的顺序可以变，不用的列可以删。", "One sheet a table; keep the names of sheets and columns; columns may be moved, and those not used deleted."),
    Text("空格表示“未知”，不是 0，也不是“否”。没有开通的服务请填“否”。", "An empty cell means unknown, neither 0 nor 否. Where a service is not open, write 否."),
    Text("首格以“示例：”开头的是示例行，读取时跳过；请在示例行下面填写，示例行可删除。", "Rows whose first cell begins with 示例： are examples and never read. Fill in below them; they may be deleted."),
    Text("“区划”表要有全市自己的一行，其上级区划代码留空；各区县的上级写全市的代码。", "The sheet 区划 needs a row of the city itself with an empty parent; the parent of each district is the code of the city."),
    Text("数字写完整，不写“万”“亿”和单位；日期写成 2025-01-05；编号列为文本格式。", "Write whole numbers without 万, 亿 or units; days as 2025-01-05; codes are text."),
    Text("“说明”“区划”“人口参保”“机构”四张表必填；带 * 的列必须有，带 ** 的列每格必填。", "The sheets 说明, 区划, 人口参保 and 机构 are required; columns marked * must be there, in those marked ** every cell must be filled."),
)  # fmt: skip
_GUIDE_TITLES = tuple(
    Text(zh, en)
    for zh, en in (
        ("表", "table"),
        ("列", "column"),
        ("标识", "identifier"),
        ("类型", "kind"),
        ("单位", "unit"),
        ("必填", "required"),
        ("可选项", "choices"),
        ("示例", "example"),
        ("说明", "meaning"),
    )
)
KINDS = {
    Kind.TEXT: Text("文字", "text"),
    Kind.CODE: Text("编号（文本）", "code (text)"),
    Kind.CHOICE: Text("选择", "choice"),
    Kind.NUMBER: Text("数字", "number"),
    Kind.DAY: Text("日期", "day"),
    Kind.FLAG: Text("是/否", "是/否 (yes/no)"),
    Kind.DEGREE: Text("度（小数）", "decimal degrees"),
}


#: Given a sheet, a field and the look of a day: what writes a cell at a row and a column.
CellWriter = Callable[[Any, Field, Any], Callable[[int, int, Any], object]]


@dataclass(frozen=True, slots=True)
class Form:
    """What a workbook asks for: its tables, and the sentences above the list of their columns.

    ``listed``: (table, column) -> the words that a text column may be chosen from.
    """

    tables: Mapping[str, TableSchema]
    intro: tuple[Text, ...]
    listed: Mapping[tuple[str, str], Iterable[str]]


#: The ledger of a city.
LEDGER = Form(TABLES, _INTRO, {("about", "item"): [term.zh for term in ABOUT_ITEMS.values()]})


def write_template(
    path: Path,
    lang: str = "zh",
    form: Form = LEDGER,
    *,
    rows: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
) -> None:
    """Write the template; headings are Chinese, notes and guide in ``lang``.

    ``rows``: texts by field name that stand in a table in place of its examples. The same
    release writes the same bytes.

    Raises:
        OSError: the file cannot be written.
    """
    with _begun(path, OPTIONS) as book:
        looks = _looks(book)
        _guide(book.add_worksheet(GUIDE), form, looks, lang)
        lists = _choices(book, form)
        for schema in form.tables.values():
            sheet = book.add_worksheet(schema.zh)
            given = (rows or {}).get(schema.name)
            _head(sheet, schema, tuple(schema), (lists, looks, lang), first=1 if given else 2)
            if given:
                _rows(sheet, schema, given)
                continue
            for row, cells in enumerate(examples(schema), 1):
                for column, field in enumerate(schema):
                    if text := cells.get(field.name):
                        sheet.write_string(row, column, text, looks["example"])


def _rows(sheet: Any, schema: TableSchema, rows: Sequence[Mapping[str, Any]]) -> None:
    for number, row in enumerate(rows, 1):
        for at, field in enumerate(schema):
            if (cell := row.get(field.name)) is not None:
                sheet.write_string(number, at, str(cell))


def write_filled(
    path: Path,
    rows_by_table: Mapping[str, Sequence[Mapping[str, Any]]],
    writer: CellWriter,
    *,
    lang: str = "zh",
    hidden: Callable[[str], Collection[str]] = lambda _: (),
) -> None:
    """Write a ledger as the template would have it, with its rows in place of the examples.

    Args:
        path: the file to write.
        rows_by_table: rows of clean cells by field name; a table without rows has no sheet.
        writer: writes the cells of a field.
        lang: the language of notes and guide.
        hidden: the columns of a table that are left out.

    Raises:
        OSError: the file cannot be written.
    """
    with _begun(path, {**OPTIONS, "constant_memory": True}) as book:
        looks = _looks(book)
        _guide(book.add_worksheet(GUIDE), LEDGER, looks, lang)
        lists = _choices(book, LEDGER)
        for name, schema in TABLES.items():
            if rows := rows_by_table.get(name):
                fields = tuple(field for field in schema if field.name not in hidden(name))
                sheet = book.add_worksheet(schema.zh)
                _head(sheet, schema, fields, (lists, looks, lang), first=1)
                columns = [
                    (at, each.name, writer(sheet, each, looks["day"]))
                    for at, each in enumerate(fields)
                ]
                for number, row in enumerate(rows, 1):
                    for at, field, write in columns:
                        if (cell := row.get(field)) is not None:
                            write(number, at, cell)


@contextmanager
def _begun(path: Path, options: Mapping[str, bool]) -> Iterator[Any]:
    """A workbook that is closed at the end, its sheet of choices hidden."""
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"created": CREATED})
    try:
        yield book
        book.get_worksheet_by_name(LISTS).hide()
    finally:
        book.close()


def _looks(book: Any) -> Mapping[str, Any]:
    grey = {"font_color": "#808080", "italic": True}
    return {
        "plain": book.add_format({"bold": True, "bg_color": "#DDEBF7", "text_wrap": True}),
        "required": book.add_format({"bold": True, "bg_color": "#F4B183", "text_wrap": True}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "text": book.add_format({"num_format": "@"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "example": book.add_format({**grey, "num_format": "@"}),
    }


def _choices(book: Any, form: Form) -> dict[str, str]:
    """Write every list of choices into a sheet of its own: name -> the range that holds it."""
    sheet = book.add_worksheet(LISTS)
    ranges = {}
    used = {each.choice for schema in form.tables.values() for each in schema}
    words = {
        name: [term.zh for term in terms.values()]
        for name, terms in CHOICES.items()
        if name in used
    }
    words |= {"_".join(at): list(its) for at, its in form.listed.items()}
    sheet.write_row(0, 0, words)
    for row, across in enumerate(zip_longest(*words.values()), 1):
        sheet.write_row(row, 0, across)
    for column, (name, its) in enumerate(words.items()):
        letter = xlsxwriter.utility.xl_col_to_name(column, col_abs=True)
        ranges[name] = f"='{LISTS}'!{letter}$2:{letter}${len(its) + 1}"
    return ranges


def _head(
    sheet: Any,
    schema: TableSchema,
    fields: Sequence[Field],
    shown: tuple[Mapping[str, str], Mapping[str, Any], str],
    *,
    first: int = 2,
) -> None:
    """The headings of a sheet with their marks, notes and lists, which reach from a row on.

    ``shown``: the ranges of the lists, the looks and the language.
    """
    lists, looks, lang = shown
    sheet.freeze_panes(1, 0)
    for column, field in enumerate(fields):
        look = looks[{Kind.DAY: "day", Kind.CODE: "text"}.get(field.kind, "plain")]
        own = look if field.kind in (Kind.DAY, Kind.CODE) else None
        sheet.set_column(column, column, 18, own)
        head = looks["required" if field.required else "plain"]
        sheet.write_string(0, column, heading(field), head)
        sheet.write_comment(0, column, _note(schema, field, lang), {"x_scale": 2, "y_scale": 1.5})
        source = lists.get(field.choice or f"{schema.name}_{field.name}")
        words = list(_FLAG) if field.kind is Kind.FLAG else source
        if words is not None:
            rule = {"validate": "list", "source": words, "error_type": "warning"}
            sheet.data_validation(first, column, LAST_ROW, column, rule)


def heading(field: Field) -> str:
    """The heading of a column: its Chinese name, marks, and its unit in brackets.

    >>> heading(TABLES["regions"]["area_km2"]), heading(TABLES["regions"]["code"])
    ('面积（平方公里）', '区划代码**')
    """
    mark = "**" if field.filled else "*" if field.required else ""
    stated = field.zh.endswith("）")
    return field.zh + mark + (f"（{unit(field)}）" if field.unit and not stated else "")


def example(schema: TableSchema, field: Field) -> str:
    """The example of a column; that of the first key column carries the mark of an example."""
    text = field.example
    return EXAMPLE[0] + text if field.name == schema.key[0] else text


def examples(schema: TableSchema) -> list[Mapping[str, str]]:
    """The example rows of a table; the first key of each carries the mark of an example."""
    key = schema.key[0]
    before = [{**row, key: EXAMPLE[0] + row[key]} for row in EXAMPLES.get(schema.name, ())]
    return [*before, {field.name: example(schema, field) for field in schema}]


def _note(schema: TableSchema, field: Field, lang: str) -> str:
    stated = f" [{unit(field, lang)}]" if field.unit else ""
    lines = [f"{field.name}{stated}", KINDS[field.kind].say(lang), meaning(schema, field, lang)]
    if field.example:
        lines.append(f"{'例' if lang == 'zh' else 'e.g.'} {field.example}")
    return "\n".join(lines)


def _guide(sheet: Any, form: Form, looks: Mapping[str, Any], lang: str) -> None:
    for row, line in enumerate(form.intro):
        sheet.write_string(row, 0, line.say(lang))
    top = len(form.intro) + 1
    for column, (title, width) in enumerate(
        zip(_GUIDE_TITLES, (12, 22, 26, 12, 8, 8, 40, 20, 60), strict=True)
    ):
        sheet.set_column(column, column, width)
        sheet.write_string(top, column, title.say(lang), looks["plain"])
    rows = [_guide_row(schema, field, lang) for schema in form.tables.values() for field in schema]
    for row, cells in enumerate(rows, top + 1):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text, looks["wrap"])


def _guide_row(schema: TableSchema, field: Field, lang: str) -> tuple[str, ...]:
    terms = [*CHOICES.get(field.choice, {}).values(), *filter(None, [OPEN.get(field.choice)])]
    choices = "、".join(term.zh for term in terms)
    need = "**" if field.filled else "*" if field.required else ""
    kind = KINDS[field.kind].say(lang)
    name = schema.zh if lang == "zh" else f"{schema.zh} ({schema.en})"
    return (
        name,
        field.zh,
        field.name,
        kind,
        unit(field, lang),
        need,
        choices,
        field.example,
        meaning(schema, field, lang),
    )
