"""docs/reference/assessment-contract.md and its Chinese twin: what an assessment may hold."""
# ruff: noqa: E501 -- prose of a page stands one paragraph a line

from __future__ import annotations

from dingdian.core.assessment.contract import ITEMS, TABLES
from dingdian.core.assessment_faults import KINDS
from tools.reference_data_contract import faults_table, table_of

_HEAD = {
    "en": """# The data contract of an assessment workbook

Generated from `dingdian.core.assessment.contract` and `dingdian.core.assessment_faults` by `make docs`.

An assessment is one xlsx workbook (a sheet a table) or a folder of `<table>.csv`, `.xlsx` and `.parquet` files; it is read as a census is ([the data contract](data-contract.md)): the same names, encodings, days, numbers and flags, and an empty cell means *unknown*. A single sheet of scores needs no name. `dingdian template assessment --policy shenyang` writes an empty workbook whose drop-down lists hold the items of the policy.

- Only `scores` is required (`dingdian points` asks for `points_events` alone). Of what an absent table is about nothing is known: without `one_vote` nobody has looked, and every score is unknown; a table that is there and empty states that there are none. A sheet in which only the example of the template stands is as if it were not there.
- `item` and `step` are the identifier or the wording of an item of the score sheet or a step of the ladder.
- A missing score leaves the total unknown; it is never 0. A bonus that nobody gave adds nothing.
- Surveys and third-party results are stated of a hundred in `surveys`; the item that rests on them has that share of its full points. Such an item may be scored in `scores` instead, never in both.
- A decided appeal with `new_points` replaces the points; both stand in the result. An open one keeps every step back.
- A faulty row is told with its cure and left out; it stops nothing else.

In the tables, ** marks a column that must be there with every cell filled, * one that must be there.
""",
    "zh": """# 考核工作簿数据规范

由 `dingdian.core.assessment.contract` 和 `dingdian.core.assessment_faults` 生成（`make docs`）。[English](assessment-contract.md)

一次考核是一个 xlsx 工作簿（一张工作表一张表），或者一个文件夹：`<表>.csv`、`.xlsx`、`.parquet` 文件；读取方式与台账相同（[台账数据规范](data-contract.zh-CN.md)）：名称、编码、日期、数字、是否的写法都一样，空格表示*未知*。只有一张得分表时，表名不限。`dingdian template assessment --policy shenyang` 可生成空表，下拉列表中有该政策的项目。

- 只有“得分”表必填（`dingdian points` 只要“人员记分”表）。缺少某张表，即对其内容一无所知：没有“一票否决”表示没有查过，全部得分即为不明；有表而没有行，表示查过而没有。只有模板示例行的表，视为没有这张表。
- “项目”“步骤”写评分表中的项目、末位处理步骤的标识或文字。
- 缺一项得分，总分即为不明，不按 0 分计；没有人给的加分不加。
- 满意度调查和第三方评价按百分制写在“调查和评价”表，以此计分的项目按满分折算；这类项目也可以写在“得分”表，但不能两处都写。
- 已决定并有新得分的复核，以新得分为准，原得分同时列出；尚未决定的复核，使各步骤都不能采取。
- 一行有错，只影响这一行：写明怎样改，不再使用；其他照常。

下列各表中，** 表示必须有这一列且每格必填，* 表示必须有这一列。
""",
}
_ITEMS = {"en": "What the table `assessment` may say", "zh": "“考核”表的项目"}


def assessment_contract(lang: str = "en") -> str:
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
    return "\n".join([_HEAD[lang], *tables, listed + "\n", faults_table(KINDS, lang)])
