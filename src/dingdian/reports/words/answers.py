"""Words for what is known of an answer to "which and where": status, ending, proof."""
# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from dingdian.core.errors import Text
from dingdian.core.solving import Status
from dingdian.reports.words.texts import texts

#: What a measure is known as: nothing is chosen, so nothing is best.
MEASURED = "measured"
STATUSES = texts(
    optimal=("已求得，并证明没有更好的", "found, and proved that none is better"),
    feasible=(
        "已求得，未证明最好：至多还差多少见“差距”",
        "found, not proved best: the gap says how much better at most",
    ),
    infeasible=("各条规则不能同时满足", "the rules cannot all be kept"),
    unknown=(
        "限度之内没有求得，也没有证明无解",
        "the limits ended the search before anything was found or excluded",
    ),
    no_cap=("政策没有存量上限，没有谁要退出", "the policy caps no stock: nobody has to go"),
    measured=("测度：没有可选的方案", "a measure: there is nothing to choose"),
    not_asked=("没有可以选择的，原因见原件", "nothing to choose from: the file says why"),
)
ENDINGS = texts(
    proof=("以证明结束", "ended by a proof"),
    limit=("达到计算限度", "ended by a limit of work"),
    halted=("被时钟或人停下，再算可能不同", "cut short from outside: computing anew may differ"),
)
PROOFS = texts(
    counted=("整数核算", "counted in whole numbers"),
    measured=("量得", "measured"),
    solver=("求解器（HiGHS）", "the word of the solver (HiGHS)"),
)
#: What a plan takes along.
KINDS = texts(
    retention=("存量压减去留建议", "who might stay under a cap"),
    siting=("新增定点选址建议", "where the next might go"),
    transfer=("医保床位调剂建议", "transfer of beds"),
    access=("空间可达性", "what people have within reach"),
)
PROPOSED = texts(
    retention=("提出退出{n}家", "proposed to go: {n}"),
    siting=("提出新增{n}处", "new sites proposed: {n}"),
    transfer=("提出调剂{n}张床位", "beds proposed to move: {n}"),
)
ADVICE = Text(
    "仅供决策参考：由 retain、site、move-beds、access 另行算出，不是规划的结论，也不是决定；原件在规划文件夹的 advice 中",
    "Advice for a human decision, worked out apart by retain, site, move-beds and access: no conclusion of the plan and no decision; the files are kept under advice in the folder of the plan",
)
CLOCK = Text(
    "有的答案是被时钟或人停下的：再算可能不同，以保存的文件为准",
    "some answers were cut short from outside: computing anew may differ, the files that are kept hold",
)
COLUMNS = texts(
    advice=("建议", "advice"),
    subject=("对象", "about"),
    proposed=("提出", "proposed"),
    goal=("目标（按先后）", "goal, in order"),
    value=("达到", "reached"),
    bound=("任何方案不会好过", "none can beat"),
    gap=("差距", "gap"),
    proof=("证明", "proof"),
    status=("结论", "finding"),
)
TITLE = Text("优化建议：目标、达到的和证明", "Advice: goals, what was reached and what is proved")


def of_goal(status: str, value: object, bound: object) -> str:
    """What is known of one goal of an answer with ``status``: proved where its bound is reached.

    >>> of_goal("feasible", 7, 7), of_goal("feasible", 7, 8), of_goal("feasible", 7, None)
    ('optimal', 'feasible', 'feasible')
    """
    reached = value is not None and value == bound
    return Status.OPTIMAL.value if reached and status == Status.FEASIBLE else str(status)
