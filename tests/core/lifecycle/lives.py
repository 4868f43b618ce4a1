"""Lives for tests: cases of a small ledger in memory, under the shipped shelf or a changed one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from dingdian.core.errors import Fault
from dingdian.core.faults import KINDS
from dingdian.core.lifecycle.due import HORIZON, Due, due_of
from dingdian.core.lifecycle.entry import SHANGHAI, Entry
from dingdian.core.lifecycle.moves import MOVES
from dingdian.core.lifecycle.moving import Asked, Before, Verdict, try_move
from dingdian.core.lifecycle.state import State, state_of
from dingdian.core.lifecycle.terms import Terms
from dingdian.core.policy import PolicyBook
from dingdian.storage.policy_yaml import read_shelf, shelf_for, shipped

#: What each move is given where a test says nothing: every fact that it needs.
FACTS: Mapping[str, Mapping[str, str]] = {
    "apply": {"name": "甲诊所", "kind": "clinic", "region": "210102", "ownership": "private"},
    "request_supplement": {"missing": "财务制度"},
    "refuse_acceptance": {"ground": "price_policy"},
    "await_papers": {"missing": "信息系统测试报告"},
    "refuse": {"ground": "名额已满"},
    "object": {"outcome": "距离有误"},
    "refuse_resumption": {"cause": "整改不到位"},
    "assess": {"outcome": "2025 91.2 good"},
    "dismiss_objection": {"outcome": "距离属实"},
    "uphold_objection": {"ground": "距离不足"},
    "sign": {
        "agreement": "XY-1",
        "institution": "H1",
        "services": "outpatient_pooling;personal_account;out_of_area",
    },
    "extend_guidance": {"severity": "minor"},
    "pass_trial": {"agreement": "XY-2"},
    "note_change": {"changed": "name"},
    "change_information": {"changed": "name", "approved_on": "2026-03-02", "name": "乙诊所"},
    "open_service": {"service": "outpatient_chronic"},
    "close_service": {"service": "personal_account"},
    "change_beds": {"beds": "general=20"},
    "change_grade": {"pharmacy_grade": "c"},
    "suspend_on_request": {"requested_on": "2025-01-01"},
    "suspend_imposed": {"cause": "great_risk_found"},
    "suspend_elsewhere": {"pooling_area": "210200"},
    "renew": {"agreement": "XY-3"},
    "do_not_renew": {"cause": "考核不合格"},
    "terminate": {"cause": "proven_fraud", "bar": "illegal_termination_within_3_years"},
    "terminate_elsewhere": {"pooling_area": "210200", "bar": "breach_termination_within_1_year"},
    "appeal": {"against": "1", "demand": "请求复核"},
    "answer_appeal": {"outcome": "维持原决定"},
    "open": {"institution": "H1", "name": "甲诊所", "kind": "clinic", "region": "210102"},
}


@cache
def book() -> PolicyBook:
    """The shipped shelf."""
    return read_shelf(shipped())


def changed(found: PolicyBook, choices: Mapping[str, str], **numbers: object) -> PolicyBook:
    """A shelf with readings chosen otherwise, and with other numbers of readings."""
    layers = {}
    for name, layer in found.layers.items():
        readings = []
        for each in layer.readings:
            its: dict[str, object] = {}
            if each.reading in choices:
                assert choices[each.reading] in each.options
                its["chosen"] = choices[each.reading]
            if each.reading in numbers:
                its["number"] = numbers[each.reading]
            readings.append(each.model_copy(update=its) if its else each)
        layers[name] = replace(layer, readings=tuple(readings))
    return replace(found, layers=layers)


@cache
def _terms(place: str, choices: tuple[tuple[str, str], ...]) -> Terms:
    return Terms(changed(book(), dict(choices)), place)


def terms(place: str = "shenyang", **choices: str) -> Terms:
    """The shelf of a place, some readings chosen otherwise."""
    return _terms(place, tuple(sorted(choices.items())))


def terms_of(folder: Path) -> Terms:
    """The shelf of a folder of its own."""
    found, place = shelf_for(str(folder))
    return Terms(found, place)


def day(text: str) -> dt.date:
    """A day from its text."""
    return dt.date.fromisoformat(text)


def evening(of: dt.date) -> dt.datetime:
    """Six in the evening of a day in China."""
    return dt.datetime(of.year, of.month, of.day, 18, tzinfo=SHANGHAI)


def said(of: Fault) -> str:
    """What a fault says and its cure, in Chinese; that it can be said in English too."""
    kind = KINDS[of.kind]
    for text in (kind.what.en, kind.cure.en):
        assert text.format(**of.fields)
    return f"{kind.what.zh} → {kind.cure.zh}".format(**of.fields)


class Life:
    """One case: moves are asked for with the facts of ``FACTS``, and recorded where allowed."""

    def __init__(
        self, its: Terms | None = None, case: str = "A-1", others: tuple[Life, ...] = ()
    ) -> None:
        self.terms = its or terms()
        self.case = case
        self.others = others
        self.entries: list[Entry] = []

    @property
    def state(self) -> State:
        found = state_of(self.entries)
        assert found is not None
        return found

    @property
    def stage(self) -> str:
        return str(self.state.stage)

    def ask(
        self,
        move: str,
        on: str | dt.date,
        *,
        role: str = "",
        seen: int | None = None,
        known: dt.datetime | None = None,
        reason: str = "",
        documents: tuple[str, ...] = (),
        **facts: str,
    ) -> Verdict:
        """What comes of a move; nothing is recorded."""
        held = day(on) if isinstance(on, str) else on
        last = max((each.known_at for each in self.entries), default=evening(held))
        asked = Asked(
            case=self.case,
            move=move,
            held_on=held,
            known_at=known or max(last, evening(held)),
            by="李",
            role=role or str(MOVES[move].roles[0]),
            reason=reason or ("登记有误" if move == "annul" else ""),
            documents=documents,
            facts={**FACTS.get(move, {}), **facts},
            seen=seen,
        )
        states = tuple(s for each in self.others if (s := state_of(each.entries)) is not None)
        before = Before(self.entries, states, last if self.entries else None, len(self.entries) + 1)
        return try_move(asked, before, self.terms)

    def do(self, move: str, on: str | dt.date, **more: object) -> Entry:
        """Record a move that is allowed."""
        verdict = self.ask(move, on, **more)  # type: ignore[arg-type]
        assert verdict.entry is not None, [said(each) for each in verdict.faults]
        self.entries.append(verdict.entry)
        return verdict.entry

    def refused(self, move: str, on: str | dt.date, **more: object) -> list[str]:
        """The kinds of the reasons against a move; empty where it is allowed."""
        verdict = self.ask(move, on, **more)  # type: ignore[arg-type]
        return [] if verdict.entry else [each.kind for each in verdict.faults]

    def remarks(self, move: str, on: str | dt.date, **more: object) -> list[str]:
        """What is noted of a move that is allowed."""
        verdict = self.ask(move, on, **more)  # type: ignore[arg-type]
        assert verdict.entry is not None, [said(each) for each in verdict.faults]
        return [each.kind for each in verdict.faults]

    def due(self, on: str, horizon: int = HORIZON) -> list[Due]:
        """What is due on a day."""
        return list(due_of(self.state, self.terms, day(on), horizon))

    def due_about(self, event: str, on: str, horizon: int = 4000) -> Due | None:
        """What is due about an event."""
        found = [each for each in self.due(on, horizon) if each.does == event]
        assert len(found) < 2
        return found[0] if found else None


def applied(its: Terms | None = None, on: str = "2026-01-05", **facts: str) -> Life:
    """One that applied."""
    life = Life(its)
    life.do("apply", on, **facts)
    return life


def evaluating(its: Terms | None = None, on: str = "2026-01-05", **facts: str) -> Life:
    """One that was accepted on the day it applied."""
    life = applied(its, on, **facts)
    life.do("accept", on)
    return life


def negotiating(its: Terms | None = None, **facts: str) -> Life:
    """One that may sign: applied on 2025-12-01, notice closed on 2026-01-20."""
    life = evaluating(its, "2025-12-01", **facts)
    life.do("pass_evaluation", "2025-12-20")
    life.do("publish", "2025-12-22")
    life.do("close_notice", "2026-01-20")
    return life


def signed(its: Terms | None = None, on: str = "2026-03-01", **facts: str) -> Life:
    """One that signed; ``facts`` beginning with ``at_`` are those of the application."""
    first = {name.removeprefix("at_"): v for name, v in facts.items() if name.startswith("at_")}
    life = negotiating(its, **first)
    life.do("sign", on, **{name: v for name, v in facts.items() if not name.startswith("at_")})
    return life


def in_force(its: Terms | None = None, through: str = "2026-12-31", **facts: str) -> Life:
    """One whose agreement came with the opening load, in force since 2026-01-01."""
    life = Life(its, "H1")
    stated = {
        "stage": "in_force",
        "designated_since": "2020-01-01",
        "agreement": "XY-0",
        "agreement_since": "2026-01-01",
        "agreement_through": through,
        "services": "outpatient_pooling;personal_account",
        **facts,
    }
    life.do("open", "2026-01-01", **stated)
    return life
