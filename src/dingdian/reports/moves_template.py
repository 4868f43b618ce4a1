"""The empty sheet of a batch of moves."""
# ruff: noqa: E501 -- sentences of the guide stand one a line

from __future__ import annotations

from dingdian.core.errors import Text
from dingdian.core.lifecycle.contract import MOVES_TABLE
from dingdian.core.lifecycle.moves import MOVES, ROLES
from dingdian.reports.template import Form

_INTRO = (
    Text("一行办理一项，按先后排列；“dingdian ledger moves 文件”全部登记，有一项不能办理就都不登记。", "One move a row, in their order; `dingdian ledger moves FILE` records all of them, or none where one is refused."),
    Text("只有前四列必填；其余各列是事项要求的内容，用不着的留空或删去。", "Only the first four columns have to be filled; the others are what a move asks for: leave those not needed empty, or delete them."),
    Text("服务类型、床位写成一串：住院、门诊统筹；普通60、中医20。", "Services and beds are lists: 住院、门诊统筹; 普通60、中医20."),
    Text("首格以“示例：”开头的是示例行，读取时跳过；请在示例行下面填写，示例行可删除。", "Rows whose first cell begins with 示例： are examples and never read. Fill in below them; they may be deleted."),
)  # fmt: skip


def moves_form() -> Form:
    """The form of a batch of moves, with moves and roles as drop-down lists."""
    listed = {
        ("moves", "move"): tuple(move.name.zh for move in MOVES.values()),
        ("moves", "role"): tuple(name.zh for name in ROLES.values()),
    }
    return Form({MOVES_TABLE.name: MOVES_TABLE}, _INTRO, listed)
