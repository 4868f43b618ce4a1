"""docs/reference/round-contract.md and its Chinese twin: what a round may hold."""
# ruff: noqa: E501 -- prose of a page stands one paragraph a line

from __future__ import annotations

from dingdian.core.admission.contract import ITEMS, TABLES
from dingdian.core.faults import ROUND
from tools.reference_data_contract import faults_table, table_of

_HEAD = {
    "en": """# The data contract of a round of applications

Generated from `dingdian.core.admission.contract` and `dingdian.core.faults` by `make docs`.

A round is one xlsx workbook (a sheet a table) or a folder of `<table>.csv`, `.xlsx` and `.parquet` files; it is read as a census is ([the data contract](data-contract.md)): the same names, encodings, days, numbers and flags, and an empty cell means *unknown*. A single sheet of applications needs no name. `dingdian template round --policy shenyang` writes an empty workbook whose drop-down lists hold the items of the policy.

- Only `applications` is required. Of what an absent table is about nothing is known: without `records` nobody has looked; a table `records` that is there and empty states that there are none. A sheet in which only the example of the template stands is as if it were not there.
- `item` is the identifier or the wording of an item of the policy's lists.
- A fault of an application's own rows touches it alone: what it says is unknown, and how to mend it is told. A round stops only over a file or sheet that cannot be read, a missing required column, no application, an application id that is empty or there twice, and a row about an application that is not there.
- Of several facts about one item the last one found holds; two of one day that disagree leave it unknown.

In the tables, ** marks a column that must be there with every cell filled, * one that must be there.
""",
    "zh": """# 申请批次数据规范

由 `dingdian.core.admission.contract` 和 `dingdian.core.faults` 生成（`make docs`）。[English](round-contract.md)

一批申请是一个 xlsx 工作簿（一张工作表一张表），或者一个文件夹：`<表>.csv`、`.xlsx`、`.parquet` 文件；读取方式与台账相同（[台账数据规范](data-contract.zh-CN.md)）：名称、编码、日期、数字、是否的写法都一样，空格表示*未知*。只有一张申请表时，表名不限。`dingdian template round --policy shenyang` 可生成空表，下拉列表中有该政策的清单项目。

- 只有“申请”表必填。缺少某张表，即对其内容一无所知：没有“既往记录”表示没有查过；有表而没有行，表示查过而没有；只有模板示例行的表，视为没有这张表。
- “项目”写政策清单中一项的标识或文字。
- 一份申请自己的行有错，只影响这一份：按未知处理，并写明怎样补正。只有以下情形使整批停止：文件或工作表无法读取，缺少必需的列，没有申请，申请编号为空或重复，某一行所写的申请不存在。
- 同一项目有几次核查的，以最后一次为准；同一天结果不同的，视为未知。

下列各表中，** 表示必须有这一列且每格必填，* 表示必须有这一列。
""",
}
_ITEMS = {"en": "What the table `round` may say", "zh": "“批次”表的项目"}


def round_contract(lang: str = "en") -> str:
    """The page in ``lang``."""
    home = "data-contract.md" if lang == "en" else "data-contract.zh-CN.md"
    tables = [table_of(schema, lang, home) for schema in TABLES.values()]
    items = [f"| `{t.id}` | {t.zh} | {t.en} | {'、'.join(t.also)} |" for t in ITEMS.values()]
    words = {
        "en": "identifier | 中文 | English | also read as",
        "zh": "标识 | 中文 | 英文 | 也可写作",
    }
    listed = f"## {_ITEMS[lang]}\n\n| {words[lang]} |\n| --- | --- | --- | --- |\n" + "\n".join(
        items
    )
    return "\n".join([_HEAD[lang], *tables, listed + "\n", faults_table(ROUND, lang)])
