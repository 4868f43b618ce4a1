"""A year in the life of an invented city: everybody acts on what is due, and things happen.

Days are gone through one by one; the moves are recorded as a bureau would, through the actions, at
the moment at which they happen. What happens beyond the calendar is drawn from a seed.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from dingdian.actions.change_stage import change_stages
from dingdian.actions.open_ledger import open_ledger
from dingdian.core.admission.record import DecisionsRecord
from dingdian.core.admission.rounds import Round
from dingdian.core.census import Census
from dingdian.core.lifecycle.chain import Mark
from dingdian.core.lifecycle.due import Due, Urgency, due_on
from dingdian.core.lifecycle.entering import entering
from dingdian.core.lifecycle.entry import SHANGHAI, Entry
from dingdian.core.lifecycle.moving import Asked
from dingdian.core.lifecycle.stages import LIVE, UNDER_AGREEMENT, Stage
from dingdian.core.lifecycle.state import State, state_of
from dingdian.core.lifecycle.terms import Terms
from dingdian.storage.memory_ledger import MemoryLedger

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
ONE = dt.timedelta(1)
#: What a termination of the year bars for.
BAR = "illegal_termination_within_3_years"


def at(day: dt.date, hour: int = 9) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), SHANGHAI)


@dataclass
class CityYear:
    """The ledger of the year, its cases as they stand, and what the seed decides."""

    ledger: MemoryLedger
    terms: Terms
    chance: random.Random
    cases: dict[str, list[Entry]] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    day: dt.date = FIRST

    def record(self, *asked: Asked) -> None:
        made = change_stages(self.ledger, asked, self.terms)
        for each in made.entries:
            self.cases.setdefault(each.case, []).append(each)
            state = state_of(self.cases[each.case])
            if state is not None:
                self.states[each.case] = state

    def asked(self, case: str, move: str, role: str = "agency", **facts: str) -> Asked:
        return Asked(case, move, self.day, at(self.day), "示例经办", role, facts=facts)

    def move(self, case: str, move: str, role: str = "agency", **facts: str) -> None:
        self.record(self.asked(case, move, role, **facts))


def opened(census: Census, terms: Terms, seed: int) -> CityYear:
    ledger = MemoryLedger(Mark("year", terms.place, "sha256", FIRST))
    open_ledger(ledger, census, terms, known_at=at(FIRST, 0), by="示例经办", reason="期初")
    year = CityYear(ledger, terms, random.Random(seed))
    for each in ledger.entries():
        year.cases.setdefault(each.case, []).append(each)
    year.states = {c: s for c, its in year.cases.items() if (s := state_of(its)) is not None}
    return year


def live_through(
    year: CityYear,
    found: Round,
    record: DecisionsRecord,
    evening: Callable[[CityYear], None],
    *,
    step: int = 1,
) -> None:
    """Go through the year, ``step`` days at a time; ``evening`` looks at each of these days."""
    open_round = True
    while year.day <= LAST:
        if open_round and year.day >= record.decided_on:
            open_round = False
            year.record(*entering(found, record, {}, known_at=at(year.day), by="示例经办"))
        _carry_on(year)
        _act(year)
        _things_happen(year)
        evening(year)
        year.day += step * ONE


def _act(year: CityYear) -> None:
    """Everybody does what is due today; who forgets is reminded on the next day."""
    for due in due_on(year.states.values(), year.terms, year.day, 0):
        if due.urgency in (Urgency.DUE, Urgency.OVERDUE) and due.case in year.states:
            _on_time(year, due)


def _on_time(year: CityYear, due: Due) -> None:
    state = year.states[due.case]
    agreement = f"续{state.last_seq}"
    if due.does == "renewal_requested" and year.chance.random() < 0.95:
        year.move(due.case, "request_renewal", "institution")
    elif due.does == "trial_review_requested":
        year.move(due.case, "request_trial_review", "institution")
    elif due.does == "guidance_ended" and state.stage is Stage.GUIDANCE:
        year.move(due.case, "end_guidance")
    elif due.does == "trial_ended" and state.stage is Stage.TRIAL:
        passed = year.chance.random() < 0.8
        year.move(due.case, "pass_trial", agreement=agreement) if passed else year.move(
            due.case, "fail_trial"
        )
    elif due.does == "agreement_expired":
        _at_the_end(year, state, agreement)
    elif due.does == "agreement_lapsed" and state.stage is Stage.SUSPENDED_ON_REQUEST:
        year.move(due.case, "lapse")


def _at_the_end(year: CityYear, state: State, agreement: str) -> None:
    asked = state.last("renewal_requested")
    in_term = asked is not None and state.agreement is not None
    if state.stage is Stage.IN_FORCE and in_term and asked.day >= state.agreement.since:
        year.move(state.case, "renew", agreement=agreement)
    elif state.stage in LIVE and state.stage not in (Stage.GUIDANCE, Stage.TRIAL):
        year.move(state.case, "expire")


def _carry_on(year: CityYear) -> None:
    """Applications go on as far as they can: notice, negotiation, agreement."""
    for case, state in list(year.states.items()):
        if state.stage is Stage.QUALIFIED:
            if state.last("place_awaited") is None:
                year.move(case, "publish")
        elif state.stage is Stage.PUBLIC_NOTICE and (year.day - state.since).days > 10:
            year.move(case, "close_notice")
        elif state.stage is Stage.NEGOTIATING:
            code = state.institution or f"{'P' if state.side == 'pharmacies' else 'H'}{case}"
            services = ";".join(state.services) or "personal_account"
            year.move(case, "sign", agreement=f"新{case}", institution=code, services=services)


def _things_happen(year: CityYear) -> None:
    """On some days somebody breaks a rule, closes down, pauses, or changes what it offers."""
    if year.chance.random() > 0.5:
        return
    standing = [c for c, s in year.states.items() if s.stage in UNDER_AGREEMENT]
    case = year.chance.choice(standing)
    state = year.states[case]
    private = state.about.get("ownership") == "private" or state.side == "pharmacies"
    what = year.chance.choice(
        ["terminate", "close", "suspend_imposed", "close_service", "change_beds", "on_request"]
    )
    if what == "terminate":
        year.move(case, what, "bureau", cause=_cause(state), bar=BAR)
    elif what == "close":
        year.move(case, what)
    elif what == "suspend_imposed":
        year.move(case, what, cause="great_risk_found", suspended_through=str(year.day + 60 * ONE))
    elif what == "close_service" and len(state.services) > 1:
        year.move(case, what, service=year.chance.choice(state.services))
    elif what == "change_beds" and state.beds:
        name, n = max(state.beds.items(), key=lambda each: each[1])
        less = n - max(1, n // 10) if year.chance.random() < 0.7 else n + 1
        beds = {**state.beds, name: less}
        year.move(case, what, beds=";".join(f"{k}={v}" for k, v in beds.items()))
    elif what == "on_request" and state.stage is Stage.IN_FORCE and private:
        ahead = year.day - 100 * ONE
        year.move(case, "suspend_on_request", requested_on=str(ahead))
    paused = [c for c, s in year.states.items() if s.stage is Stage.SUSPENDED_IMPOSED]
    if paused and year.chance.random() < 0.5:
        last = year.states[paused[0]].scheduled.get("agreement_expired")
        if last is None or last >= year.day:
            year.move(paused[0], "resume")


def _cause(state: State) -> str:
    return "forged_records" if state.side == "pharmacies" else "proven_fraud"
