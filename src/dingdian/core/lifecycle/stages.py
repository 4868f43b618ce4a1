"""The stages of an institution's life with the insurer, in one table.

A *case* is one application and the agreements that follow from it, to its end. What a stage is
called, what a census shows for it and what it closes stands here; who moves it where, in
``moves``.
"""

# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from dingdian.core.errors import Text


class Stage(StrEnum):
    """Where a case stands."""

    APPLIED = "applied"
    SUPPLEMENTING = "supplementing"
    NOT_ACCEPTED = "not_accepted"
    EVALUATING = "evaluating"
    AWAITING_PAPERS = "awaiting_papers"
    RECTIFYING = "rectifying"
    EVALUATION_FAILED = "evaluation_failed"
    QUALIFIED = "qualified"
    PUBLIC_NOTICE = "public_notice"
    OBJECTION = "objection"
    NEGOTIATING = "negotiating"
    NOT_ADMITTED = "not_admitted"
    WITHDRAWN = "withdrawn"
    GUIDANCE = "guidance"
    TRIAL = "trial"
    TRIAL_FAILED = "trial_failed"
    IN_FORCE = "in_force"
    SUSPENDED_ON_REQUEST = "suspended_on_request"
    SUSPENDED_IMPOSED = "suspended_imposed"
    EXPIRED = "expired"
    TERMINATED = "terminated"
    CLOSED = "closed"


class Phase(StrEnum):
    """The part of a life that a stage belongs to."""

    APPLICATION = "application"
    AGREEMENT = "agreement"
    PAUSE = "pause"
    END = "end"


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage: its names, its phase, and the standing that a census shows for it.

    ``standing`` is empty where the case says nothing of the designation: an applicant may be
    designated under another case.
    """

    name: Text
    phase: Phase
    standing: str = ""


def _row(zh: str, en: str, phase: Phase, standing: str = "") -> StageRow:
    return StageRow(Text(zh, en), phase, standing)


_A, _G, _P, _E = Phase.APPLICATION, Phase.AGREEMENT, Phase.PAUSE, Phase.END
STAGES: Mapping[Stage, StageRow] = MappingProxyType(
    {
        Stage.APPLIED: _row("已申请", "applied", _A),
        Stage.SUPPLEMENTING: _row("待补正", "papers to be supplemented", _A),
        Stage.NOT_ACCEPTED: _row("不予受理", "not accepted", _E),
        Stage.EVALUATING: _row("评估中", "under evaluation", _A),
        Stage.AWAITING_PAPERS: _row("评估中待补充材料", "evaluation awaits papers", _A),
        Stage.RECTIFYING: _row("评估不合格整改", "rectifying after evaluation", _A),
        Stage.EVALUATION_FAILED: _row("再次评估不合格", "evaluation failed twice", _E),
        Stage.QUALIFIED: _row("评估合格", "qualified", _A),
        Stage.PUBLIC_NOTICE: _row("公示中", "under public notice", _A),
        Stage.OBJECTION: _row("异议核查", "objection under review", _A),
        Stage.NEGOTIATING: _row("协商谈判", "negotiating", _A),
        Stage.NOT_ADMITTED: _row("不予纳入", "not admitted", _E),
        Stage.WITHDRAWN: _row("撤回申请", "withdrawn", _E),
        Stage.GUIDANCE: _row("政策辅导期", "guidance period", _G, "guidance"),
        Stage.TRIAL: _row("试运行", "trial", _G, "trial"),
        Stage.TRIAL_FAILED: _row("试运行不合格延期评审", "trial failed, to be reviewed", _P, "expired"),
        Stage.IN_FORCE: _row("正常", "agreement in force", _G, "in_force"),
        Stage.SUSPENDED_ON_REQUEST: _row("主动中止", "suspended on request", _P, "suspended"),
        Stage.SUSPENDED_IMPOSED: _row("处理中止", "suspended as a measure", _P, "suspended"),
        Stage.EXPIRED: _row("到期终止", "expired", _E, "expired"),
        Stage.TERMINATED: _row("解除", "terminated", _E, "terminated"),
        Stage.CLOSED: _row("关闭", "closed", _E, "closed"),
    }
)  # fmt: skip

#: Stages in which an agreement holds; in a pause it stands but settles nothing.
UNDER_AGREEMENT = tuple(s for s, row in STAGES.items() if row.phase is Phase.AGREEMENT)
SUSPENDED = (Stage.SUSPENDED_ON_REQUEST, Stage.SUSPENDED_IMPOSED)
#: Stages with an agreement that has not ended: a second one may not be signed over it.
LIVE = (*UNDER_AGREEMENT, *SUSPENDED)
#: Stages that no move leaves.
ENDS = tuple(s for s, row in STAGES.items() if row.phase is Phase.END)
#: Stages of an application that is not decided.
OPEN = tuple(s for s, row in STAGES.items() if row.phase is Phase.APPLICATION)
