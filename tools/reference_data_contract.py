"""docs/reference/data-contract.md: what a census may hold, made from the schema."""
# ruff: noqa: E501 -- prose of a page stands one paragraph a line

from __future__ import annotations

from pathlib import Path

from dingdian.core.census.faults import KINDS
from dingdian.core.census.schema import TABLES, Field, TableSchema
from dingdian.core.census.vocabulary import CHOICES, OPEN, Term

TARGET = Path(__file__).parents[1] / "docs" / "reference" / "data-contract.md"

_HEAD = """# The data contract of a census

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
"""


def build() -> str:
    """The page."""
    parts = [_HEAD, *map(_table, TABLES.values()), _choices(), _faults()]
    return "\n".join(parts)


def _table(schema: TableSchema) -> str:
    required = ", required" if schema.required else ""
    key = ", ".join(f"`{name}`" for name in schema.key)
    rows = "\n".join(map(_field, schema))
    return f"""## {schema.zh} · `{schema.name}` ({schema.en}{required})

{schema.meaning} Key: {key}.

| column | 列名 | English | kind | unit | meaning | example | also read as |
| --- | --- | --- | --- | --- | --- | --- | --- |
{rows}
"""


def _field(field: Field) -> str:
    mark = " **" if field.filled else " *" if field.required else ""
    kind = f"[{field.choice}](#{_anchor(field.choice)})" if field.choice else str(field.kind)
    if field.scale:
        kind += f", {field.scale} decimals"
    meaning = field.meaning + (f" (→ `{field.refers}`)" if field.refers else "")
    also = ", ".join(f"`{word}`" for word in field.also)
    cells = (
        f"`{field.name}`{mark}",
        field.zh,
        field.en,
        kind,
        field.unit,
        meaning,
        field.example,
        also,
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _anchor(choice: str) -> str:
    return f"choice-{choice.replace('_', '-')}"


def _choices() -> str:
    lists = "\n".join(_choice(name, tuple(terms.values())) for name, terms in CHOICES.items())
    return f"## Choices\n\n{lists}"


def _choice(name: str, terms: tuple[Term, ...]) -> str:
    terms = (*terms, *filter(None, [OPEN.get(name)]))
    rows = "\n".join(f"| `{t.id}` | {t.zh} | {t.en} | {'、'.join(t.also)} |" for t in terms)
    return f"""### Choice {name.replace("_", "-")}

| identifier | 中文 | English | also read as |
| --- | --- | --- | --- |
{rows}
"""


def _faults() -> str:
    rows = "\n".join(
        f"| `{name}` | {kind.severity} | {kind.what.zh} | {kind.what.en} | {kind.cure.en} |"
        for name, kind in KINDS.items()
    )
    return f"""## Faults

Only *blocking* stops a plan.

| kind | severity | 问题 | what | how to mend |
| --- | --- | --- | --- | --- |
{rows}
"""


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(build(), "utf-8")
