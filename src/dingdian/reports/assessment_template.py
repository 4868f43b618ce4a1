"""The empty workbook of an assessment."""
# ruff: noqa: E501 -- sentences of the guide stand one a line

from __future__ import annotations

from collections.abc import Mapping

from dingdian.core.assessment.contract import ITEMS, NAMING, TABLES
from dingdian.core.errors import Text
from dingdian.reports.template import Form

_INTRO = (
    Text("一个工作簿是一个年度的考核，一张工作表一张表；表名和列名不要改，列的顺序可以变，不用的列和表可以删。", "One workbook is the assessment of one year, one sheet a table; keep the names of sheets and columns; columns may be moved, and columns and sheets not used deleted."),
    Text("空格表示“未知”，不是0分，也不是“否”。缺一项得分，总分即为不明。", "An empty cell means unknown, neither 0 points nor 否. One missing score leaves the total unknown."),
    Text("“一票否决”表未动或删去，表示没有查过，总分即为不明；查过而没有的，只删去示例行。", "A sheet 一票否决 left as it is, or deleted, says that nobody has looked, which leaves every score unknown; with only its example deleted it says that there are none."),
    Text("首格以“示例：”开头的是示例行，读取时跳过；请在示例行下面填写，示例行可删除。", "Rows whose first cell begins with 示例： are examples and never read. Fill in below them; they may be deleted."),
    Text("项目和步骤写政策中的文字或标识；写 --policy 时，下拉列表中有本地政策的全部项目。", "Items and steps are the wordings or identifiers of the policy; with --policy the drop-down lists hold them all."),
    Text("满意度调查和第三方评价写在“调查和评价”表，百分制，按满分折算；同一项目不要再写在“得分”表。", "Surveys and third-party results stand in 调查和评价, of a hundred; do not enter the same item in 得分 again."),
    Text("一行有错，只影响这一行：列入数据问题并写明怎样改；名次和后续措施因此未定的，列为“未定”。", "A faulty row touches itself alone: it is told with its cure; what rests on it is open."),
    Text("只有“得分”表必填；带 * 的列必须有，带 ** 的列每格必填。", "Only the sheet 得分 is required; columns marked * must be there, in those marked ** every cell must be filled."),
)  # fmt: skip


def assessment_form(wordings: Mapping[str, tuple[str, ...]]) -> Form:
    """The form of an assessment; ``wordings``: table -> the items that its rows may name."""
    listed = {(table, NAMING[table]): words for table, words in wordings.items() if words}
    own = {("assessment", "item"): tuple(term.zh for term in ITEMS.values())}
    return Form(TABLES, _INTRO, {**own, **listed})
