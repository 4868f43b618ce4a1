"""Where a plan stands on its way, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from dingdian.core.errors import Text


class Kind(StrEnum):
    """Which way a plan goes: that of the resource plan (规划) or of a year's work plan."""

    RESOURCE_PLAN = "resource_plan"
    WORK_PLAN = "work_plan"


class Stage(StrEnum):
    """Where a plan stands."""

    DRAFTING = "drafting"
    SUBMISSIONS_TAKEN = "submissions_taken"
    CONSULTATION = "consultation"
    ANSWERING = "answering"
    CONSULTED = "consulted"
    FAIR_REVIEWED = "fair_reviewed"
    LAWFUL = "lawful"
    DELIBERATED = "deliberated"
    RETURNED = "returned"
    ISSUED = "issued"
    FILED = "filed"
    UNDER_REVIEW = "under_review"
    TO_AMEND = "to_amend"
    SUPERSEDED = "superseded"
    LAPSED = "lapsed"
    ABANDONED = "abandoned"


class Phase(StrEnum):
    """What a stage means for those whom the plan binds."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage: its names and its phase."""

    name: Text
    phase: Phase


_D, _F, _E = Phase.DRAFT, Phase.IN_FORCE, Phase.ENDED
STAGES: Mapping[Stage, StageRow] = MappingProxyType(
    {
        Stage.DRAFTING: StageRow(Text("起草", "drafting"), _D),
        Stage.SUBMISSIONS_TAKEN: StageRow(Text("申报已汇总", "submissions taken"), _D),
        Stage.CONSULTATION: StageRow(Text("征求意见中", "in consultation"), _D),
        Stage.ANSWERING: StageRow(Text("意见处理中", "answering comments"), _D),
        Stage.CONSULTED: StageRow(Text("已征求意见", "consulted"), _D),
        Stage.FAIR_REVIEWED: StageRow(Text("已公平竞争审查", "competition reviewed"), _D),
        Stage.LAWFUL: StageRow(Text("已合法性审核", "found lawful"), _D),
        Stage.DELIBERATED: StageRow(Text("已集体审议", "deliberated"), _D),
        Stage.RETURNED: StageRow(Text("退回修改", "returned"), _D),
        Stage.ISSUED: StageRow(Text("已印发", "issued"), _F),
        Stage.FILED: StageRow(Text("已备案", "filed"), _F),
        Stage.UNDER_REVIEW: StageRow(Text("评估中", "under review"), _F),
        Stage.TO_AMEND: StageRow(Text("待修订", "to be amended"), _F),
        Stage.SUPERSEDED: StageRow(Text("已被替代", "superseded"), _E),
        Stage.LAPSED: StageRow(Text("已失效", "no longer in force"), _E),
        Stage.ABANDONED: StageRow(Text("已终止制定", "abandoned"), _E),
    }
)
#: Stages of a plan that is not issued, of one that holds, and of one that is over.
DRAFT = tuple(each for each in Stage if STAGES[each].phase is Phase.DRAFT)
IN_FORCE = tuple(each for each in Stage if STAGES[each].phase is Phase.IN_FORCE)
ENDED = tuple(each for each in Stage if STAGES[each].phase is Phase.ENDED)
