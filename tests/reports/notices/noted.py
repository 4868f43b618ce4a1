"""Lives that come to each notice: a hospital of Shenyang and a pharmacy, of invented names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.terms import Terms
from dingdian.reports.notices.assessment import AssessmentResult, ItemResult, StepResult
from dingdian.reports.notices.kinds import NAMES
from dingdian.reports.notices.office import Office
from dingdian.reports.notices.write import notice_forms, write_notices
from dingdian.reports.papers.blocks import Grid, Paragraph, read_blocks
from tests.core.lifecycle.lives import Life, terms

HOSPITAL: Mapping[str, str] = {
    "name": "示例第二医院",
    "kind": "hospital",
    "level": "secondary",
    "ownership": "private",
    "region": "210102",
    "address": "示例路1号",
    "uscc": "52210100MJ00000000",
}
PHARMACY: Mapping[str, str] = {
    "name": "示例大药房（一分店）",
    "kind": "retail_pharmacy",
    "region": "232761",
    "address": "示例街2号",
}
SIGNED: Mapping[str, Mapping[str, str]] = {
    "hospital": {
        "agreement": "XY-2026-1",
        "institution": "H21010200001",
        "services": "inpatient;outpatient_pooling;out_of_area",
        "beds": "general=60;tcm=20",
    },
    "pharmacy": {
        "agreement": "XY-2026-2",
        "institution": "P23276100001",
        "services": "personal_account;dual_channel",
    },
}
SUBJECTS = {"hospital": HOSPITAL, "pharmacy": PHARMACY}
FORMS = notice_forms(None)
#: Signed then, the year of the trial is over when its result is recorded.
_EARLIER = "2026-03-20"
#: A result as an assessment hands it over.
RESULT = AssessmentResult(
    year=2026,
    score="72.5",
    grade="C（70至80分）",
    deposit="80%",
    items=(ItemResult("履行协议约定的日常义务", "25", "30"), ItemResult("参保人满意度", "", "10")),
    group="二级·医院·综合",
    size=12,
    rank=1,
    steps=(
        StepResult("约谈", "附件2第1项", dt.date(2027, 1, 6), "王", dt.date(2027, 1, 8), "纪要3号"),
    ),
    clauses=("O2-assess",),
)


def of(subject: str, trial: str = "") -> Terms:
    """The shelf under which a subject lives; the trial is for pharmacies by a reading only."""
    if subject == "hospital":
        return terms("shenyang")
    return terms("shenyang", trial_pharmacies="yes") if trial else terms("daxinganling")


class Walk:
    """Brings a subject somewhere, by moves that are allowed."""

    def __init__(self, subject: str, its: Terms | None = None, **facts: str) -> None:
        self.subject, self.life = subject, Life(its or of(subject), f"SQ2026-{subject}")
        self.life.do("apply", "2026-02-02", **{**SUBJECTS[subject], **facts})

    def then(self, *steps: tuple[str, str], **facts: str) -> Walk:
        for move, on in steps[:-1]:
            self.life.do(move, on)
        self.life.do(steps[-1][0], steps[-1][1], **facts)
        return self

    def qualified(self) -> Walk:
        return self.then(("accept", "2026-02-03"), ("pass_evaluation", "2026-03-02"))

    def signed(self, on: str = "2026-04-01", **facts: str) -> Walk:
        self.qualified().then(("publish", "2026-03-03"), ("close_notice", "2026-03-18"))
        return self.then(("sign", on), **{**SIGNED[self.subject], **facts})

    def in_force(self) -> Walk:
        self.signed(_EARLIER if self.subject == "hospital" else "2026-04-01")
        if self.life.stage == "guidance":
            self.then(("end_guidance", "2026-10-01"))
        if self.life.stage == "trial":
            self.then(("request_trial_review", "2027-02-10"))
            self.then(("pass_trial", "2027-03-25"), agreement="XY-2027-1")
        return self


def _failed_twice(subject: str) -> Walk:
    walk = Walk(subject).then(("accept", "2026-02-03"), ("fail_evaluation", "2026-03-02"))
    return walk.then(("re_evaluate", "2026-06-03"), ("fail_again", "2026-07-01"))


def _trial(subject: str, move: str) -> Walk:
    walk = Walk(subject, of(subject, "trial")).signed(_EARLIER)
    walk.then(("end_guidance", "2026-10-01"), ("request_trial_review", "2027-02-10"))
    return walk.then((move, "2027-03-25"), **({"agreement": "XY-2027-9"} if "pass" in move else {}))


def _upheld(subject: str) -> Walk:
    walk = Walk(subject).qualified().then(("publish", "2026-03-03"), ("object", "2026-03-04"))
    return walk.then(("uphold_objection", "2026-03-10"), ground="两家机构距离不足")


def _end(move: str, on: str, **facts: str) -> Callable[[str], Walk]:
    def made(subject: str) -> Walk:
        return Walk(subject).in_force().then((move, on), **facts)

    return made


#: Name of a text -> the life whose last entry it tells of.
NOTED: Mapping[str, Callable[[str], Walk]] = {
    "supplement": lambda s: Walk(s).then(
        ("request_supplement", "2026-02-03"), missing="财务制度；信息系统测试报告;人员合同"
    ),
    "acceptance": lambda s: Walk(s).then(("accept", "2026-02-03")),
    "refusal_to_accept": lambda s: Walk(s).then(
        ("refuse_acceptance", "2026-02-03"), ground="dishonest_persons_list"
    ),
    "refusal": lambda s: Walk(s).qualified().then(("refuse", "2026-03-03"), ground="名额已满"),
    "refusal_after_objection": _upheld,
    "refusal_failed_twice": _failed_twice,
    "evaluation_papers": lambda s: Walk(s).then(
        ("accept", "2026-02-03"),
        ("await_papers", "2026-02-20"),
        missing="信息系统测试报告;人员合同",
    ),
    "evaluation_failed": lambda s: Walk(s).then(
        ("accept", "2026-02-03"), ("fail_evaluation", "2026-03-02"), reason="信息系统不具备条件"
    ),
    "rectification": _end("order_rectification", "2027-03-26", reason="药品进销存记录不完整"),
    "appeal_answer": lambda s: (
        Walk(s)
        .then(("accept", "2026-02-03"), ("fail_evaluation", "2026-03-02"))
        .then(("appeal", "2026-03-05"), against="3", demand="重新评估")
        .then(("answer_appeal", "2026-03-10"), outcome="申诉理由不成立，维持评估结果。")
    ),
    "public_notice": lambda s: Walk(s).qualified().then(("publish", "2026-03-03")),
    "agreement": lambda s: Walk(s).signed(),
    "agreement_renewed": lambda s: (
        Walk(s).in_force().then(("request_renewal", "2027-03-26"), ("renew", "2027-03-27"))
    ),
    "trial_passed": lambda s: _trial(s, "pass_trial"),
    "trial_failed": lambda s: _trial(s, "fail_trial"),
    "suspension_on_request": _end("suspend_on_request", "2027-03-26", requested_on="2026-12-01"),
    "suspension_imposed": _end("suspend_imposed", "2027-03-26", cause="great_risk_found"),
    "suspension_elsewhere": _end("suspend_elsewhere", "2027-03-26", pooling_area="210200"),
    "resumption_refusal": lambda s: (
        _end("suspend_on_request", "2027-03-26", requested_on="2026-12-01")(s)
        .then(("request_resumption", "2027-04-01"))
        .then(("refuse_resumption", "2027-04-08"), cause="整改没有完成")
    ),
    "non_renewal": _end("do_not_renew", "2027-03-26", cause="年度考核不合格"),
    "expiry": lambda s: _end("expire", _OVER[s])(s),
    "expiry_lapsed": lambda s: _end("suspend_on_request", "2027-03-26", requested_on="2026-12-01")(
        s
    ).then(("lapse", "2027-09-23")),
    "termination": lambda s: _end("terminate", "2027-03-26", cause=_CAUSES[s])(s),
    "termination_on_request": lambda s: (
        Walk(s)
        .in_force()
        .then(("request_end", "2027-03-28"), ("terminate", "2027-06-28"), cause="own_request")
    ),
    "termination_elsewhere": _end("terminate_elsewhere", "2027-03-26", pooling_area="210200"),
    "closure": _end("close", "2027-03-26"),
    "assessment": _end("assess", "2027-03-26", outcome="2026 72.5 c"),
}
#: The day after the last one of the agreement.
_OVER = {"hospital": "2028-03-20", "pharmacy": "2028-04-01"}
_CAUSES = {"hospital": "proven_fraud", "pharmacy": "drug_quality_event"}
#: Kind of each text.
KIND_OF = {
    name: next(
        (k for k in ("trial_result",) if name.startswith("trial")),
        name if name in NAMES else name.split("_")[0],
    )
    for name in NOTED
}


def office(life: Life) -> Office:
    """An invented city, whose regions are named."""
    regions = {"210102": "示例区", "232761": "示例区", "210200": "邻市"}
    return Office(life.terms, "示例市", regions=regions)


def files(life: Life, seq: int | None = None, **more: object) -> dict[str, bytes]:
    """The notices of an entry, the last without ``seq``."""
    forms = more.pop("forms", FORMS)
    its = more.pop("office", None) or office(life)
    wanted = [seq or life.entries[-1].seq]
    made = write_notices({life.case: life.entries}, wanted, its, forms, **more)  # type: ignore[arg-type]
    return dict(made)


def text(docx: bytes) -> str:
    """A Word file as text: a paragraph a line, the cells of a table between bars."""
    paper = read_blocks(docx)
    lines = [f"[{paper.head}]"]
    for each in paper.blocks:
        if isinstance(each, Paragraph) and each.text.strip():
            lines.append(each.text)
        elif isinstance(each, Grid):
            lines += [" | ".join(cell.text for cell in row) for row in each.rows]
    return "\n".join(lines)


def word(life: Life, kind: str, **more: object) -> str:
    """The text of the notice of a kind of the last entry."""
    made = files(life, **more)
    return text(next(content for name, content in made.items() if name.endswith(f"-{kind}.docx")))


def renumbered(entries: list[Entry], first: int, **more: object) -> list[Entry]:
    """Entries with numbers of the ledger from ``first`` on."""
    return [replace(e, seq=first + at, **more) for at, e in enumerate(entries)]  # type: ignore[arg-type]
