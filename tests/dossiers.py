"""A plan taken through its steps in memory, by three people, each in their own office."""

import datetime as dt
from fractions import Fraction

from dingdian.actions.advance_plan import Taking, advance_plan
from dingdian.core.dossier.guards import Asked, Draft
from dingdian.core.dossier.stages import Kind
from dingdian.core.dossier.state import state_of
from dingdian.core.dossier.steps import STEPS, Office
from dingdian.core.dossier.terms import Terms
from dingdian.core.lifecycle.chain import Mark
from dingdian.core.lifecycle.entry import SHANGHAI
from dingdian.storage.memory_journal import MemoryJournal

BEGUN = dt.date(2026, 3, 1)
#: The limits of the shipped shelf.
TERMS = Terms(30, 15, Fraction(1, 2), work_plan_consulted=False, review_years=2)
PEOPLE = {Office.PLANNER: "lin", Office.LEGAL: "wu", Office.LEADER: "zhou"}
#: What each step states, in the order of the way; days are counted from ``BEGUN``.
STATED = {
    "take_submissions": {"version": "1"},
    "open_consultation": {
        "version": "1", "title": "规划征求意见", "opened_on": 0, "through": 29,
        "audiences": "institution;insured;expert", "channel": "网站",
    },
    "extend_consultation": {"through": 39, "reason": "来函要求"},
    "close_consultation": {"closed_on": 30},
    "answer_comments": {"published_on": 31},
    "fair_review": {"fairness": "no_harm", "number": "审〔1〕", "reviewed_on": 32, "opinion": "无"},
    "legal_review": {
        "lawfulness": "lawful", "number": "核〔1〕", "reviewed_on": 33, "opinion": "无",
    },
    "deliberate": {
        "meeting": "局长办公会", "held_on": 34, "members": "7", "present": "5",
        "consent": "agreed", "number": "纪要〔1〕",
    },
    "issue": {
        "document_number": "发〔2026〕1号", "issued_on": 35, "since": 36, "valid_through": 400,
    },
    "file": {"filed_on": 40, "filed_with": "省局", "number": "备〔1〕"},
    "open_review": {"reason": "中期", "span_since": 36, "span_through": 200},
    "conclude_review": {"finding": "amend", "reason": "目标未达到"},
    "begin_amendment": {"plan": "2"},
    "supersede": {"plan": "2", "document_number": "发〔2027〕1号"},
    "cease": {"reason": "到期"},
    "change_version": {"version": "2", "substantial": "no", "reason": "勘误"},
    "abandon": {"reason": "不再需要"},
}  # fmt: skip
#: Fields of what is asked besides its facts.
FIELDS = ("by", "offices", "draft", "tally", "authors", "terms", "districts")
WAY = (
    "open_consultation", "close_consultation", "answer_comments", "fair_review", "legal_review",
    "deliberate", "issue", "file", "open_review", "conclude_review", "begin_amendment", "supersede",
)  # fmt: skip
WORK_WAY = ("take_submissions", "deliberate", "issue", "file")


def day(n):
    return BEGUN + dt.timedelta(n)


def draft(number=1, **more):
    fields = {"made_on": BEGUN - dt.timedelta(1), "made_by": "lin", **more}
    return Draft(number, f"result{number}", f"files{number}", **fields)


class Way:
    """One plan: takes steps, keeps what was refused out."""

    def __init__(self, kind=Kind.RESOURCE_PLAN):
        self.kind = kind
        self.journal = MemoryJournal(Mark("t", "daxinganling", "sha256", BEGUN))

    @property
    def state(self):
        return state_of(self.kind, self.journal.notes("plan:1"))

    def asked(self, step, /, on=None, **changed):
        """The step as its own person asks for it on the day that it states, with some changes."""
        more = {name: changed.pop(name) for name in FIELDS if name in changed}
        facts = {**STATED[step], **changed}
        days = [n for n in facts.values() if isinstance(n, int)]
        first = {"open_consultation": "opened_on", "issue": "issued_on"}.get(step)
        today = on
        if today is None:
            today = facts[first] if first else max(days, default=500)
        office = STEPS[step].office
        number = int(facts.get("version") or 0) or self.state.version
        facts = {k: day(v).isoformat() if isinstance(v, int) else v for k, v in facts.items()}
        more.setdefault("draft", draft(number) if number else None)
        more.setdefault("authors", frozenset({"lin"}))
        more.setdefault("terms", TERMS)
        more.setdefault("by", PEOPLE[office])
        more.setdefault("offices", frozenset({office}))
        return Asked(step, facts, day=day(today), **more)

    def take(self, step, /, seen=None, **changed):
        asked = self.asked(step, **changed)
        at = dt.datetime.combine(asked.day, dt.time(9), SHANGHAI)
        seen = self.state.last if seen is None else seen
        return advance_plan(self.journal, Taking("plan:1", self.kind, asked, seen, at)).state

    def walk(self, *steps):
        for step in steps:
            self.take(step)
        return self
