"""The empty workbook of a register of experts."""
# ruff: noqa: E501 -- sentences of the guide stand one a line

from __future__ import annotations

from collections.abc import Iterable

from dingdian.core.errors import Text
from dingdian.core.panel.contract import TABLES
from dingdian.reports.template import Form

_INTRO = (
    Text("“专家”表一行一名；编号已在专家库的，按文件更新；文件中没有的，专家库不变。", "One row an expert in the sheet 专家; who has a code of the register is changed to what the file says, and who is not in the file stays."),
    Text("“关系”表只写要回避的机构；带上这张表的，文件中各专家以前登记的关系以它为准，本人申报的保留。", "The sheet 关系 names the institutions that an expert keeps away from; with this sheet it stands for what was registered of the experts of the file before, and what they declared themselves stays."),
    Text("工作单位不明的留空，不参加抽取；没有工作单位的写“无”。", "An employer that is not known stays empty, and the expert is not drawn; write 无 where there is none."),
    Text("首格以“示例：”开头的是示例行，读取时跳过；请在示例行下面填写，示例行可删除。", "Rows whose first cell begins with 示例： are examples and never read. Fill in below them; they may be deleted."),
)  # fmt: skip


def experts_form(fields: Iterable[str], grounds: Iterable[str]) -> Form:
    """The form of a register, with the fields and grounds of a shelf as drop-down lists."""
    listed = {("experts", "field"): tuple(fields), ("relations", "ground"): tuple(grounds)}
    return Form(TABLES, _INTRO, listed)
