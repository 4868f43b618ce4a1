"""docs/reference/data-contract.md and its Chinese twin: what a census may hold, from the schema."""
# ruff: noqa: E501 -- prose of a page stands one paragraph a line

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dingdian.core.census.faults import KINDS
from dingdian.core.census.meanings import meaning, unit
from dingdian.core.census.schema import TABLES, Field, TableSchema
from dingdian.core.census.vocabulary import CHOICES, OPEN, Term
from dingdian.core.errors import FaultKind
from dingdian.reports.quality import SEVERITIES
from dingdian.reports.template import KINDS as KIND_NAMES

_FOLDER = Path(__file__).parents[1] / "docs" / "reference"
TARGETS = {"en": _FOLDER / "data-contract.md", "zh": _FOLDER / "data-contract.zh-CN.md"}

_HEAD = {
    "en": """# The data contract of a census

Generated from `dingdian.core.census.schema`, `vocabulary` and `faults` by `make docs`.

A census is one xlsx workbook (a sheet a table) or a folder of `<table>.csv`, `.xlsx` and `.parquet` files, any number of workbooks, and boundaries as `.geojson`. Sheets, files and columns are known by identifier, Chinese or English name; columns also by the names of the national platform given below. Case, spaces, line breaks, full-width forms, `*` and a unit in brackets do not matter, but a unit that is not the contract's is refused. Rows above the headings are a title. `dingdian template` writes an empty workbook.

- An empty cell means *unknown*: never zero, never "no". What cannot be read is unknown and reported.
- Numbers are exact. Full-width digits, thousands separators and percent signs are understood; 万 and 亿 are not guessed.
- Days: a date cell, `2025-01-05`, `2025/1/5`, `2025年1月5日`, `20250105`.
- Flags: 是/否, yes/no, 有/无, true/false, 1/0, √/×.
- csv: with a byte-order mark, else UTF-8, else GB18030. parquet needs the extra `data`.
- A first key cell that begins with 示例： marks an example row, which is not read.
- `origin` (来源, where the table has no such field) says where a row comes from; without it, that is file, sheet and row.
- Region columns take a code of table regions, or a name or former code that only one region bears (reported).
- Boundaries: a GeoJSON FeatureCollection whose features carry `code` (or `adcode`, `region`), and `crs_name` (`wgs84`, `cgcs2000`, `gcj02`, `bd09` or an EPSG code such as `EPSG:4550`) on the feature or the file; points and boundaries of different systems are converted before they are compared; `schematic: true` for a schematic map.

In the tables, ** marks a column that must be there with every cell filled, * one that must be there.
""",
    "zh": """# 台账数据规范

由 `dingdian.core.census.schema`、`meanings`、`vocabulary` 和 `faults` 生成（`make docs`）。[English](data-contract.md)

台账是一个 xlsx 工作簿（一张工作表一张表），或者一个文件夹：`<表>.csv`、`.xlsx`、`.parquet` 文件，工作簿可有多个，边界用 `.geojson`。工作表、文件和列可用标识、中文名或英文名；列还可用下面“也可写作”所列的名称（含国家平台字段名）。大小写、空格、换行、全角、`*` 和括号中的单位不影响识别，但单位与规范不同的列不予读取。表头以上的行视为标题。`dingdian template` 可生成空表。

- 空格表示*未知*：不是 0，也不是“否”。无法读取的视为未知，并报告。
- 数字按原值精确读取。全角数字、千分位和百分号可以识别；“万”“亿”不作推测。
- 日期：日期单元格，或 `2025-01-05`、`2025/1/5`、`2025年1月5日`、`20250105`。
- 是/否：是/否、有/无、yes/no、true/false、1/0、√/×。
- csv 编码：有字节序标记的按标记，否则按 UTF-8，再否则按 GB18030。parquet 需要可选组件 `data`。
- 第一个主键单元格以“示例：”开头的是示例行，不读取。
- `origin`（来源；表中没有这一列时）写明一行的出处；没有时为文件、工作表和行号。
- 区划列写区划表中的代码，或只对应一个区划的名称、曾用代码（会作提示）。
- 边界：GeoJSON FeatureCollection，每个要素有 `code`（或 `adcode`、`region`），要素或文件上有 `crs_name`（`wgs84`、`cgcs2000`、`gcj02`、`bd09` 或 EPSG 代码如 `EPSG:4550`）；不同坐标系的点和边界先换算再比较；示意图写 `schematic: true`。

下列各表中，** 表示必须有这一列且每格必填，* 表示必须有这一列。
""",
}

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "columns": "column | 列名 | English | kind | unit | meaning | example | also read as",
        "choice": "identifier | 中文 | English | also read as",
        "faults": "kind | severity | 问题 | what | how to mend",
        "required": ", required",
        "key": "Key:",
        "decimals": ", {n} decimals",
        "choices": "Choices",
        "title": "Choice",
        "faults_title": "Faults",
        "faults_note": "Only *blocking* stops a plan or a round.",
    },
    "zh": {
        "columns": "列 | 列名 | 英文名 | 类型 | 单位 | 含义 | 示例 | 也可写作",
        "choice": "标识 | 中文 | 英文 | 也可写作",
        "faults": "种类 | 级别 | 问题 | 怎么改",
        "required": "，必需",
        "key": "主键：",
        "decimals": "，{n} 位小数",
        "choices": "可选项",
        "title": "可选项",
        "faults_title": "数据问题",
        "faults_note": "只有“阻断”会使测算、批次停止。",
    },
}


def build(lang: str = "en") -> str:
    """The page in ``lang``."""
    tables = [table_of(schema, lang) for schema in TABLES.values()]
    return "\n".join([_HEAD[lang], *tables, _choices(lang), faults_table(KINDS, lang)])


def _head(columns: str) -> str:
    return f"| {columns} |\n|{' --- |' * (columns.count('|') + 1)}"


def table_of(schema: TableSchema, lang: str, home: str = "") -> str:
    """One table of a contract; ``home`` is the page that lists the choices."""
    words = _WORDS[lang]
    required = words["required"] if schema.required else ""
    key = ", ".join(f"`{name}`" for name in schema.key)
    rows = "\n".join(_field(schema, field, lang, home) for field in schema)
    space = " " if lang == "en" else ""
    return f"""## {schema.zh} · `{schema.name}` ({schema.en}{required})

{meaning(schema, lang=lang)}{space}{words["key"]}{space}{key}{"." if lang == "en" else "。"}

{_head(words["columns"])}
{rows}
"""


def _field(schema: TableSchema, field: Field, lang: str, home: str) -> str:
    mark = " **" if field.filled else " *" if field.required else ""
    named = str(field.kind) if lang == "en" else KIND_NAMES[field.kind].zh
    kind = f"[{field.choice}]({home}#{_anchor(field.choice, lang)})" if field.choice else named
    if field.scale:
        kind += _WORDS[lang]["decimals"].format(n=field.scale)
    points = f" (→ `{field.refers}`)" if field.refers else ""
    cells = (
        f"`{field.name}`{mark}",
        field.zh,
        field.en,
        kind,
        unit(field, lang),
        meaning(schema, field, lang) + points,
        field.example,
        ", ".join(f"`{word}`" for word in field.also),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _anchor(choice: str, lang: str) -> str:
    return f"{_WORDS[lang]['title'].lower()}-{choice.replace('_', '-')}"


def _choices(lang: str) -> str:
    lists = "\n".join(_choice(name, tuple(its.values()), lang) for name, its in CHOICES.items())
    return f"## {_WORDS[lang]['choices']}\n\n{lists}"


def _choice(name: str, terms: tuple[Term, ...], lang: str) -> str:
    terms = (*terms, *filter(None, [OPEN.get(name)]))
    rows = "\n".join(f"| `{t.id}` | {t.zh} | {t.en} | {'、'.join(t.also)} |" for t in terms)
    return f"""### {_WORDS[lang]["title"]} {name.replace("_", "-")}

{_head(_WORDS[lang]["choice"])}
{rows}
"""


def faults_table(kinds: Mapping[str, FaultKind], lang: str) -> str:
    """The faults of a contract, as its last section."""
    rows = "\n".join(
        f"| `{name}` | {kind.severity} | {kind.what.zh} | {kind.what.en} | {kind.cure.en} |"
        if lang == "en"
        else f"| `{name}` | {SEVERITIES[kind.severity].zh} | {kind.what.zh} | {kind.cure.zh} |"
        for name, kind in kinds.items()
    )
    return f"""## {_WORDS[lang]["faults_title"]}

{_WORDS[lang]["faults_note"]}

{_head(_WORDS[lang]["faults"])}
{rows}
"""


if __name__ == "__main__":
    for lang, target in TARGETS.items():
        target.write_text(build(lang), "utf-8")
