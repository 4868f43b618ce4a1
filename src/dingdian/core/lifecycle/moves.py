"""The moves of a life, in one table: who may record which, from where to where, by what clause.

What is not in the table cannot be recorded. The diagram of docs/reference/lifecycle.md is made
from it, and so is the matrix of the tests.
"""

# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from dingdian.core.errors import Text
from dingdian.core.lifecycle.stages import LIVE, OPEN, SUSPENDED, UNDER_AGREEMENT, Stage


class Role(StrEnum):
    """In whose name a move is recorded. Which person holds a role is not decided here."""

    INSTITUTION = "institution"
    AGENCY = "agency"
    EVALUATOR = "evaluator"
    BUREAU = "bureau"


ROLES: Mapping[Role, Text] = MappingProxyType(
    {
        Role.INSTITUTION: Text("医药机构", "institution"),
        Role.AGENCY: Text("经办机构", "agency"),
        Role.EVALUATOR: Text("评估专家", "evaluators"),
        Role.BUREAU: Text("医保行政部门", "bureau"),
    }
)


class Way(StrEnum):
    """How the stage that a move leads to is found, where it does not simply stand in the table."""

    TABLE = "table"
    STAY = "stay"  # the stage it is in
    ENTRY = "entry"  # guidance, trial or in force: by the periods that hold for the side
    AFTER_GUIDANCE = "after_guidance"  # the trial where one is laid down, else in force
    BACK = "back"  # the stage before the suspension
    TRIAL_FAILURE = "trial_failure"  # by the reading of that name
    REVIEW_AGAIN = "review_again"  # by the reading trial_failure_again
    STATED = "stated"  # the stage that the opening load states
    UNDONE = "undone"  # where the case stood before the entry that is annulled


@dataclass(frozen=True, slots=True)
class Move:
    """One move.

    ``needs`` and ``may`` name its facts (``facts.FACTS``). ``raises`` are the events that begin
    and end clocks (``events``). ``releases`` is the cause under which places and beds become
    free (``vocabulary.RELEASE_CAUSES``), empty where none do. ``once``: at most once in an application
    or an agreement.
    ``notice``: the document that goes with it. ``clauses`` are national; the rules of a place
    add theirs.
    """

    name: Text
    sources: tuple[Stage, ...]
    targets: tuple[Stage, ...]
    roles: tuple[Role, ...]
    way: Way = Way.TABLE
    clauses: tuple[str, ...] = ()
    raises: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    releases: str = ""
    once: bool = False
    notice: str = ""


_I, _A, _V, _B = Role.INSTITUTION, Role.AGENCY, Role.EVALUATOR, Role.BUREAU
_ABOUT = (
    "institution",
    "uscc",
    "level",
    "type",
    "ownership",
    "address",
    "lon",
    "lat",
    "crs",
    "opened_on",
    "chain",
    "person",
    "services",
    "beds",
    "pharmacy_grade",
)
_TOLD_AT_SIGNING = tuple(each for each in _ABOUT[1:] if each != "services")
#: What a move may state of the places that it takes.
_PLACES = ("exemption", "exception")
_ENDED = (*LIVE, Stage.TRIAL_FAILED)
#: Stages in which a decision of the office stands that the institution may not agree with.
_DECIDED = (
    Stage.NOT_ACCEPTED,
    Stage.RECTIFYING,
    Stage.EVALUATION_FAILED,
    Stage.NOT_ADMITTED,
    *_ENDED,
    Stage.EXPIRED,
    Stage.TERMINATED,
)
#: Stages to which a case may have gone on while its appeal was not answered.
_AFTER_A_DECISION = tuple(s for s in Stage if s not in (Stage.APPLIED, Stage.SUPPLEMENTING))
_DATES = ("agreement_through", "guidance_through", "trial_through")


def _stays(zh: str, en: str, sources: tuple[Stage, ...], *roles: Role, **more: Any) -> Move:
    """A move that leaves the stage as it is: something is requested, found or changed."""
    return Move(Text(zh, en), sources, sources, roles, Way.STAY, **more)


MOVES: Mapping[str, Move] = MappingProxyType(
    {
        # ---- application
        "apply": Move(Text("提出申请", "apply"), (), (Stage.APPLIED,), (_I, _A), clauses=("O2-07", "O3-06"), raises=("application_made", "materials_received"), needs=("name", "kind", "region"), may=_ABOUT),
        "request_supplement": Move(Text("一次性告知补充材料", "ask once for missing papers"), (Stage.APPLIED,), (Stage.SUPPLEMENTING,), (_A,), clauses=("O2-08",), raises=("materials_answered", "materials_awaited"), needs=("missing",), once=True, notice="supplement"),
        "supplement": Move(Text("补充材料", "supplement papers"), (Stage.SUPPLEMENTING,), (Stage.APPLIED,), (_I, _A), clauses=("O2-08",), raises=("materials_supplemented", "materials_received")),
        "accept": Move(Text("受理", "accept"), (Stage.APPLIED,), (Stage.EVALUATING,), (_A,), clauses=("O2-08",), raises=("materials_answered", "accepted"), notice="acceptance"),
        "refuse_acceptance": Move(Text("不予受理", "refuse to accept"), (Stage.APPLIED, Stage.SUPPLEMENTING), (Stage.NOT_ACCEPTED,), (_A,), clauses=("O2-12", "O3-11"), raises=("materials_answered",), needs=("ground",), notice="refusal"),
        "withdraw": Move(Text("撤回申请", "withdraw"), OPEN, (Stage.WITHDRAWN,), (_I, _A), raises=("materials_answered", "evaluated")),
        # ---- evaluation
        "await_papers": Move(Text("通知补充评估材料", "ask for papers in evaluation"), (Stage.EVALUATING,), (Stage.AWAITING_PAPERS,), (_A, _V), clauses=("O2-09",), raises=("materials_awaited",), needs=("missing",), notice="evaluation_papers"),
        "papers_received": Move(Text("收到评估补充材料", "papers received"), (Stage.AWAITING_PAPERS,), (Stage.EVALUATING,), (_A, _I), clauses=("O2-09",), raises=("materials_supplemented",)),
        "pass_evaluation": Move(Text("评估合格", "pass evaluation"), (Stage.EVALUATING,), (Stage.QUALIFIED,), (_V, _A), clauses=("O2-09", "O3-08"), raises=("evaluated",), may=("outcome", "beds", *_PLACES)),
        "fail_evaluation": Move(Text("评估不合格", "fail evaluation"), (Stage.EVALUATING,), (Stage.RECTIFYING,), (_V, _A), clauses=("O2-10",), raises=("evaluated", "evaluation_failed"), once=True, notice="evaluation_failed"),
        "re_evaluate": Move(Text("整改后再次评估", "evaluate again"), (Stage.RECTIFYING,), (Stage.EVALUATING,), (_A,), clauses=("O2-10",), raises=("re_evaluated",)),
        "fail_again": Move(Text("再次评估不合格", "fail evaluation again"), (Stage.EVALUATING,), (Stage.EVALUATION_FAILED,), (_V, _A), clauses=("O2-10",), raises=("evaluated", "second_evaluation_failed"), notice="refusal"),
        "refuse": Move(Text("不予纳入", "refuse"), (Stage.EVALUATING, Stage.QUALIFIED), (Stage.NOT_ADMITTED,), (_A, _B), raises=("evaluated",), needs=("ground",), notice="refusal"),
        # ---- notice and negotiation
        "allot": _stays("确定纳入名额", "allot a place", (Stage.QUALIFIED,), _A, _B, raises=("place_allotted",), may=("outcome", "beds", *_PLACES)),
        "publish": Move(Text("公示", "publish"), (Stage.QUALIFIED,), (Stage.PUBLIC_NOTICE,), (_A,), clauses=("O2-11",), raises=("notice_published",), may=_PLACES, notice="public_notice"),
        "object": Move(Text("提出异议", "object"), (Stage.PUBLIC_NOTICE,), (Stage.OBJECTION,), (_A,), clauses=("O2-11",), raises=("objection_made",), needs=("outcome",)),
        "dismiss_objection": Move(Text("异议不成立", "dismiss objection"), (Stage.OBJECTION,), (Stage.PUBLIC_NOTICE,), (_A, _B), clauses=("O2-11",), raises=("objection_settled",), needs=("outcome",)),
        "uphold_objection": Move(Text("异议成立", "uphold objection"), (Stage.OBJECTION,), (Stage.NOT_ADMITTED,), (_A, _B), clauses=("O2-11",), raises=("objection_settled",), needs=("ground",), notice="refusal"),
        "close_notice": Move(Text("公示期满", "close the public notice"), (Stage.PUBLIC_NOTICE,), (Stage.NEGOTIATING,), (_A,), clauses=("O2-11",), raises=("notice_closed",)),
        "decline": Move(Text("未达成协议", "come to no agreement"), (Stage.NEGOTIATING,), (Stage.NOT_ADMITTED,), (_A, _I), clauses=("O2-11",)),
        "sign": Move(Text("签订协议", "sign the agreement"), (Stage.NEGOTIATING,), (Stage.GUIDANCE, Stage.TRIAL, Stage.IN_FORCE), (_A,), Way.ENTRY, clauses=("O2-11",), raises=("agreement_signed",), needs=("agreement", "institution", "services"), may=(*_TOLD_AT_SIGNING, "agreement_since", *_DATES, *_PLACES), notice="agreement"),
        # ---- guidance and trial
        "extend_guidance": _stays("延长辅导期", "extend guidance", (Stage.GUIDANCE,), _A, raises=("guidance_extended",), needs=("severity",), may=("guidance_through", "trial_through")),
        "end_guidance": Move(Text("辅导期满", "end of guidance"), (Stage.GUIDANCE,), (Stage.TRIAL, Stage.IN_FORCE), (_A,), Way.AFTER_GUIDANCE, clauses=("N14-01",), raises=("guidance_ended",)),
        "request_trial_review": _stays("申请试运行考核", "ask for the review of the trial", (Stage.GUIDANCE, Stage.TRIAL), _I, _A, raises=("trial_review_requested",), once=True),
        "pass_trial": Move(Text("试运行考核合格", "pass the trial"), (Stage.GUIDANCE, Stage.TRIAL), (Stage.IN_FORCE,), (_A,), raises=("trial_ended", "agreement_renewed"), needs=("agreement",), may=("agreement_since", "agreement_through"), notice="trial_result"),
        "fail_trial": Move(Text("试运行考核不合格", "fail the trial"), (Stage.GUIDANCE, Stage.TRIAL), (Stage.TRIAL_FAILED, Stage.TERMINATED, Stage.SUSPENDED_IMPOSED), (_A,), Way.TRIAL_FAILURE, raises=("trial_ended", "trial_failed"), may=("bar",), releases="trial_failure", notice="trial_result"),
        "review_again": Move(Text("延期后再次评审", "review again after the wait"), (Stage.TRIAL_FAILED,), (Stage.EVALUATING, Stage.NEGOTIATING), (_A,), Way.REVIEW_AGAIN, raises=("trial_reviewed_again",)),
        # ---- while an agreement holds
        "note_change": _stays("获知信息变更", "learn of a change", UNDER_AGREEMENT, _A, clauses=("O2-40",), raises=("change_approved",), needs=("changed",)),
        "change_information": _stays("重要信息变更", "change key information", LIVE, _I, _A, clauses=("O2-40",), raises=("change_reported",), needs=("changed", "approved_on"), may=("name", "region", "level", "type", "ownership", "address", "lon", "lat", "crs", "person")),
        "open_service": _stays("开通服务类型", "open a service", UNDER_AGREEMENT, _A, raises=("service_opened",), needs=("service",), may=_PLACES),
        "close_service": _stays("停止服务类型", "close a service", LIVE, _A, _B, raises=("service_closed",), needs=("service",), may=("cause",), releases="service_closed"),
        "change_beds": _stays("调整医保床位", "change contracted beds", LIVE, _A, _B, raises=("beds_changed",), needs=("beds",), may=_PLACES, releases="bed_reduction"),
        "change_grade": _stays("药店分级调整", "change the pharmacy's grade", UNDER_AGREEMENT, _A, raises=("grade_changed",), needs=("pharmacy_grade",)),
        "assess": _stays("年度考核", "yearly assessment", LIVE, _A, clauses=("O2-assess", "O3-34"), raises=("assessed",), needs=("outcome",), notice="assessment"),
        "interview": _stays("约谈", "interview", LIVE, _A, _B, raises=("interviewed",)),
        "order_rectification": _stays("责令整改", "order rectification", LIVE, _A, _B, raises=("rectification_ordered",), notice="rectification"),
        # ---- appeals
        "appeal": _stays("申诉", "appeal", _DECIDED, _I, _A, raises=("appeal_made",), needs=("against", "demand")),
        "answer_appeal": _stays("答复申诉", "answer an appeal", _AFTER_A_DECISION, _A, _B, raises=("appeal_answered",), needs=("outcome",), notice="appeal_answer"),
        # ---- suspension
        "suspend_on_request": Move(Text("主动申请中止", "suspend on request"), (Stage.TRIAL, Stage.IN_FORCE), (Stage.SUSPENDED_ON_REQUEST,), (_A,), clauses=("O2-42", "O2-44"), raises=("suspended_on_request",), needs=("requested_on",), may=("suspended_through",), notice="suspension"),
        "suspend_imposed": Move(Text("处理中止", "suspend as a measure"), UNDER_AGREEMENT, (Stage.SUSPENDED_IMPOSED,), (_A, _B), raises=("suspended_imposed",), needs=("cause",), may=("suspended_through",), notice="suspension"),
        "suspend_elsewhere": Move(Text("其他统筹区中止", "suspended elsewhere"), UNDER_AGREEMENT, (Stage.SUSPENDED_IMPOSED,), (_A,), clauses=("O2-44-2",), raises=("suspended_imposed",), needs=("pooling_area",), may=("suspended_through",), notice="suspension"),
        "request_resumption": _stays("申请恢复", "ask to resume", SUSPENDED, _I, _A, clauses=("O2-42",), raises=("resumption_requested",)),
        "refuse_resumption": _stays("不同意恢复", "refuse to resume", SUSPENDED, _A, _B, clauses=("O2-42",), raises=("resumption_refused",), needs=("cause",), notice="resumption_refusal"),
        "resume": Move(Text("恢复", "resume"), SUSPENDED, UNDER_AGREEMENT, (_A,), Way.BACK, clauses=("O2-42",), raises=("resumed",)),
        "lapse": Move(Text("中止超期，协议自动终止", "lapse after the longest suspension"), (Stage.SUSPENDED_ON_REQUEST,), (Stage.EXPIRED,), (_A,), clauses=("O2-42",), raises=("agreement_lapsed", "agreement_ended"), releases="expiry", notice="termination"),
        # ---- renewal and ends
        "request_renewal": _stays("申请续签", "ask for renewal", UNDER_AGREEMENT, _I, _A, clauses=("O2-41",), raises=("renewal_requested",)),
        "renew": _stays("续签", "renew", UNDER_AGREEMENT, _A, clauses=("O2-41",), raises=("agreement_renewed",), needs=("agreement",), may=("agreement_since", "agreement_through", "services", "beds", *_PLACES), notice="agreement"),
        "do_not_renew": _stays("决定不续签", "decide not to renew", LIVE, _A, _B, clauses=("O2-41",), raises=("non_renewal_decided",), needs=("cause",), notice="non_renewal"),
        "expire": Move(Text("到期终止", "expire"), LIVE, (Stage.EXPIRED,), (_A,), clauses=("O2-41",), raises=("agreement_expired", "agreement_ended"), releases="expiry", notice="termination"),
        "request_end": _stays("主动申请解除或不续签", "ask to end the agreement", LIVE, _I, _A, clauses=("O2-44",), raises=("own_request_made",)),
        "terminate": Move(Text("解除协议", "terminate"), LIVE, (Stage.TERMINATED,), (_A, _B), raises=("agreement_terminated", "agreement_ended"), needs=("cause",), may=("bar",), releases="termination", notice="termination"),
        "terminate_elsewhere": Move(Text("其他统筹区解除", "terminated elsewhere"), LIVE, (Stage.TERMINATED,), (_A,), clauses=("O2-44-2",), raises=("agreement_terminated", "agreement_ended"), needs=("pooling_area",), may=("bar",), releases="termination", notice="termination"),
        "close": Move(Text("关闭注销", "close"), _ENDED, (Stage.CLOSED,), (_A,), raises=("closed", "agreement_ended"), releases="closure", notice="termination"),
        # ---- the ledger itself
        "open": Move(Text("期初登记", "opening entry"), (), (*LIVE, Stage.TRIAL_FAILED, Stage.EXPIRED, Stage.TERMINATED, Stage.CLOSED), (_A,), Way.STATED, raises=("opened",), needs=("institution", "name", "kind", "region", "stage"), may=(*_ABOUT[1:], "designated_since", "agreement", "agreement_since", *_DATES, "suspended_through", "cause")),
        "annul": Move(Text("撤销登记", "annul an entry"), tuple(Stage), tuple(Stage), (_A, _B), Way.UNDONE, raises=(), needs=("entry",)),
    }
)  # fmt: skip

#: Events that begin and end clocks: those that moves raise.
EVENTS: frozenset[str] = frozenset(event for move in MOVES.values() for event in move.raises)
#: Events of what the office alone decides or does: an institution may appeal against these.
APPEALABLE: frozenset[str] = frozenset(
    event
    for name, move in MOVES.items()
    if Role.INSTITUTION not in move.roles and name not in ("open", "answer_appeal")
    for event in move.raises
)
#: Event that begins a pause of a clock -> the one that ends it.
PAUSES: Mapping[str, str] = MappingProxyType({"materials_awaited": "materials_supplemented"})
