"""The empty workbook of a round of applications."""
# ruff: noqa: E501 -- sentences of the guide stand one a line

from __future__ import annotations

from collections.abc import Mapping

from dingdian.core.admission.contract import ITEMS, TABLES
from dingdian.core.admission.words import NAMING
from dingdian.core.errors import Text
from dingdian.reports.template import Form

_INTRO = (
    Text("一个工作簿是一批申请，一张工作表一张表；表名和列名不要改，列的顺序可以变，不用的列和表可以删。", "One workbook is one round, one sheet a table; keep the names of sheets and columns; columns may be moved, and columns and sheets not used deleted."),
    Text("空格表示“未知”，不是 0，也不是“否”。“既往记录”表未动或删去，表示没有查过；查过而没有的，只删去示例行。", "An empty cell means unknown, neither 0 nor 否. A sheet 既往记录 left as it is, or deleted, says that nobody has looked; with only its example deleted it says that there are no records."),
    Text("首格以“示例：”开头的是示例行，读取时跳过；请在示例行下面填写，示例行可删除。", "Rows whose first cell begins with 示例： are examples and never read. Fill in below them; they may be deleted."),
    Text("材料、核查事实、既往记录和评估的“项目”写政策清单中的文字或标识；写 --policy 时，下拉列表中有本地政策的全部项目。", "Items of 材料, 核查事实, 既往记录 and 评估 are the wordings or identifiers of the policy's lists; with --policy the drop-down lists hold them all."),
    Text("一份申请有错，只影响这一份：按未知处理，并写明怎样补正。申请编号重复、申请表缺少必需的列，才使整批停止。", "A fault in one application touches that one alone: what it says is unknown, and how to mend it is told. Only a repeated application id or a missing required column stops the round."),
    Text("只有“申请”表必填；带 * 的列必须有，带 ** 的列每格必填。", "Only the sheet 申请 is required; columns marked * must be there, in those marked ** every cell must be filled."),
)  # fmt: skip


def round_form(wordings: Mapping[str, tuple[str, ...]]) -> Form:
    """The form of a round; ``wordings``: table -> the items that its rows may name."""
    listed = {(table, NAMING[table]): words for table, words in wordings.items() if words}
    own = {("round", "item"): tuple(term.zh for term in ITEMS.values())}
    return Form(TABLES, _INTRO, {**own, **listed})
