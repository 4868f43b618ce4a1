"""The steps of a plan, in one table: who takes which, from where to where, stating what, and why.

What is not in the table cannot be recorded. Which clauses ask for a step is said by the shelf.
``basis`` names general rules that ask for it; they are cited **from memory** and stand on no shelf,
so that no decision cites them: a bureau checks them against the texts.
"""

# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from dingdian.core.dossier.stages import DRAFT, IN_FORCE, Kind, Stage
from dingdian.core.errors import Text
from dingdian.core.policy.model import Clause


class Office(StrEnum):
    """In whose name a step is taken: one person never acts in two of them for one plan."""

    PLANNER = "planner"
    LEGAL = "legal"
    LEADER = "leader"


OFFICES: Mapping[Office, Text] = MappingProxyType(
    {
        Office.PLANNER: Text("规划承办人", "planner"),
        Office.LEGAL: Text("法规审核人", "legal reviewer"),
        Office.LEADER: Text("局领导", "leader"),
    }
)

_S = Stage
_DECISIONS = Text("重大行政决策程序暂行条例（凭记忆，待核）", "Interim regulations on major administrative decisions (from memory, unchecked)")  # fmt: skip
_FAIR = Text("公平竞争审查条例（凭记忆，待核）", "Regulations on fair competition review (from memory, unchecked)")  # fmt: skip
_LAWFUL = Text("国办发〔2018〕115号 行政规范性文件合法性审核（凭记忆，待核）", "State Council Office 2018 No. 115 on review of lawfulness (from memory, unchecked)")  # fmt: skip
_PAPERS = Text("国办发〔2018〕37号 行政规范性文件制定和监督管理（凭记忆，待核）", "State Council Office 2018 No. 37 on normative documents (from memory, unchecked)")  # fmt: skip
_HOUSE = Text("本系统的记录要求", "asked for by this system's records")


#: Said where the clause that asks for a step is not on the shelf of the place.
GENERAL = Text("行政规范性文件制定的一般要求", "what is generally asked of normative documents")


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    ``sources``: by kind of plan the stages from which it is taken; a kind that is not named has no
    such step. ``target``: where it leads, ``None`` where the plan stays; ``by`` names the fact that
    decides, then ``leads`` says where for each of its words. ``needs`` and ``may`` name its facts.
    ``forgets``: what was done before no longer counts from the stages named.
    ``own``: the system takes it together with another step; nobody is offered it.
    """

    name: Text
    office: Office
    sources: Mapping[Kind, tuple[Stage, ...]]
    target: Stage | None
    basis: Text | None = None
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    by: str = ""
    leads: Mapping[str, Stage] = field(default_factory=dict)
    own: bool = False

    @property
    def targets(self) -> tuple[Stage, ...]:
        """Every stage that it may lead to besides the one it is taken from."""
        found = (*((self.target,) if self.target else ()), *self.leads.values())
        return tuple(dict.fromkeys(found))


_R, _W = Kind.RESOURCE_PLAN, Kind.WORK_PLAN


def _both(*stages: Stage) -> Mapping[Kind, tuple[Stage, ...]]:
    return MappingProxyType({_R: stages, _W: stages})


def _of(resource: tuple[Stage, ...] = (), work: tuple[Stage, ...] = ()) -> Mapping[Kind, tuple[Stage, ...]]:  # fmt: skip
    return MappingProxyType({kind: each for kind, each in ((_R, resource), (_W, work)) if each})


_P, _L, _D = Office.PLANNER, Office.LEGAL, Office.LEADER
_BEFORE_ISSUE = (_S.CONSULTATION, _S.ANSWERING, _S.CONSULTED, _S.FAIR_REVIEWED, _S.LAWFUL, _S.DELIBERATED, _S.RETURNED)  # fmt: skip

STEPS: Mapping[str, Step] = MappingProxyType(
    {
        "take_submissions": Step(Text("汇总区县申报", "take up the counties' submissions"), _P, _of(work=(_S.DRAFTING,)), _S.SUBMISSIONS_TAKEN, None, ("version",), ("missing",)),
        "open_consultation": Step(Text("公开征求意见", "open public consultation"), _P, _of((_S.DRAFTING,), (_S.SUBMISSIONS_TAKEN,)), _S.CONSULTATION, _DECISIONS, ("version", "title", "opened_on", "through", "audiences", "channel"), ("document_number", "late_reason")),
        "extend_consultation": Step(Text("延长征求意见", "extend the consultation"), _P, _both(_S.CONSULTATION), None, None, ("through", "reason")),
        "close_consultation": Step(Text("结束征求意见", "close the consultation"), _P, _both(_S.CONSULTATION), _S.ANSWERING, _DECISIONS, ("closed_on",)),
        "answer_comments": Step(Text("意见处理完毕", "all comments answered"), _P, _both(_S.ANSWERING), _S.CONSULTED, _DECISIONS, ("published_on",), ("channel",)),
        "fair_review": Step(Text("公平竞争审查", "fair competition review"), _L, _of((_S.CONSULTED,), (_S.SUBMISSIONS_TAKEN, _S.CONSULTED)), None, _FAIR, ("fairness", "number", "reviewed_on", "opinion"), by="fairness", leads={"no_harm": _S.FAIR_REVIEWED, "exception": _S.FAIR_REVIEWED, "harm": _S.RETURNED}),
        "legal_review": Step(Text("合法性审核", "review of lawfulness"), _L, _of((_S.FAIR_REVIEWED,), (_S.SUBMISSIONS_TAKEN, _S.CONSULTED, _S.FAIR_REVIEWED)), None, _LAWFUL, ("lawfulness", "number", "reviewed_on", "opinion"), by="lawfulness", leads={"lawful": _S.LAWFUL, "unlawful": _S.RETURNED}),
        "deliberate": Step(Text("集体审议", "collective deliberation"), _D, _of((_S.LAWFUL,), (_S.SUBMISSIONS_TAKEN, _S.CONSULTED, _S.FAIR_REVIEWED, _S.LAWFUL)), None, _PAPERS, ("meeting", "held_on", "members", "present", "consent", "number"), ("opinion",), by="consent", leads={"agreed": _S.DELIBERATED, "not_agreed": _S.RETURNED}),
        "issue": Step(Text("印发", "issue"), _D, _both(_S.DELIBERATED), _S.ISSUED, _PAPERS, ("document_number", "issued_on", "since", "valid_through")),
        "file": Step(Text("备案", "file"), _P, _both(_S.ISSUED), _S.FILED, _PAPERS, ("filed_on", "filed_with", "number")),
        "open_review": Step(Text("开展评估", "begin a review against outcomes"), _P, _both(_S.FILED), _S.UNDER_REVIEW, None, ("reason", "span_since", "span_through")),
        "conclude_review": Step(Text("评估结论", "conclude the review"), _D, _both(_S.UNDER_REVIEW), None, None, ("finding", "reason"), ("number",), by="finding", leads={"keep": _S.FILED, "amend": _S.TO_AMEND}),
        "begin_amendment": Step(Text("另立修订稿", "draw up the amending plan"), _P, _both(_S.TO_AMEND), None, None, ("plan",), own=True),
        "supersede": Step(Text("被替代", "superseded"), _D, _both(_S.TO_AMEND), _S.SUPERSEDED, None, ("plan", "document_number"), own=True),
        "cease": Step(Text("失效", "no longer in force"), _P, _both(*IN_FORCE), _S.LAPSED, None, ("reason",)),
        "change_version": Step(Text("更换版本", "choose another version"), _P, _of(_BEFORE_ISSUE, (_S.SUBMISSIONS_TAKEN, *_BEFORE_ISSUE)), None, _HOUSE, ("version", "substantial", "reason"), by="substantial"),
        "abandon": Step(Text("终止制定", "abandon"), _P, _both(*DRAFT), _S.ABANDONED, _HOUSE, ("reason",)),
    }
)  # fmt: skip

#: Steps whose record must be there, each by its own kind, before a plan is issued.
BEFORE_ISSUE: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        _R: ("open_consultation", "close_consultation", "answer_comments", "fair_review", "legal_review", "deliberate"),
        _W: ("take_submissions", "deliberate"),
    }
)  # fmt: skip
#: Steps that a kind of plan may go without, and that are recorded where a bureau takes them.
MAY_BE_LEFT: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {_R: (), _W: ("fair_review", "legal_review")}
)
#: What every other version makes necessary again, and what a substantial change besides.
REPEATED = ("fair_review", "legal_review", "deliberate")
REPEATED_IF_SUBSTANTIAL = ("open_consultation", "extend_consultation", "close_consultation", "answer_comments")  # fmt: skip


def after_change(kind: Kind, stage: Stage, *, substantial: bool, consulted: bool) -> Stage:
    """Where a plan stands once another version was chosen.

    A substantial change is consulted again; another one keeps the consultation (``consulted``) or
    stays in it, and makes reviews and deliberation necessary again.

    >>> after_change(Kind.RESOURCE_PLAN, Stage.LAWFUL, substantial=False, consulted=True).value
    'consulted'
    >>> after_change(Kind.RESOURCE_PLAN, Stage.LAWFUL, substantial=True, consulted=True).value
    'drafting'
    """
    beginning = Stage.SUBMISSIONS_TAKEN if kind is Kind.WORK_PLAN else Stage.DRAFTING
    if substantial:
        return beginning
    if stage in (Stage.CONSULTATION, Stage.ANSWERING):
        return stage
    return Stage.CONSULTED if consulted else beginning


def cited(step: str, clauses: Iterable[Clause]) -> tuple[tuple[str, ...], Text | None]:
    """The clauses of a shelf that ask for a step, and the general rule: where none does, always."""
    asking = tuple(each.id for each in clauses if step in each.steps)
    return asking, STEPS[step].basis or (None if asking else GENERAL)
