"""What a move leads to: its stage, the ends that it sets, and the clauses that it rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from dingdian.core.calendar import WorkCalendar
from dingdian.core.errors import Fault
from dingdian.core.lifecycle.clocks import running
from dingdian.core.lifecycle.facts import day_of
from dingdian.core.lifecycle.moves import Way
from dingdian.core.lifecycle.naming import said_side, told
from dingdian.core.lifecycle.reckoning import limit_of
from dingdian.core.lifecycle.stages import Stage
from dingdian.core.lifecycle.state import PHARMACIES, SCHEDULED
from dingdian.core.lifecycle.terms import Clock
from dingdian.core.lifecycle.trying import Try
from dingdian.core.rules.clock import Means

#: Option of the reading ``trial_failure`` -> the stage that a failed trial leads to.
TRIAL_FAILURE: Mapping[str, Stage] = MappingProxyType(
    {
        "lapse": Stage.TRIAL_FAILED,
        "termination": Stage.TERMINATED,
        "pause": Stage.SUSPENDED_IMPOSED,
    }
)
#: Option of the reading ``trial_failure_again`` -> where the second review begins.
REVIEW_AGAIN: Mapping[str, Stage] = MappingProxyType(
    {"yes": Stage.EVALUATING, "no": Stage.NEGOTIATING}
)
#: Fact of an end -> the event at that end. Each is worked out where a move sets it anew.
_TERMS: Mapping[str, str] = MappingProxyType(
    {
        "agreement_through": "agreement_expired",
        "guidance_through": "guidance_ended",
        "trial_through": "trial_ended",
    }
)
_ENDS: Means = "ends"
#: Move -> the purposes of the lists whose clause it cites, by its cause.
_LISTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"terminate": ("termination",), "suspend_imposed": ("suspension",)}
)
#: Move -> the ends that begin with it, unless they are stated.
_SETS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"sign": tuple(_TERMS), "renew": ("agreement_through",), "pass_trial": ("agreement_through",)}
)


#: Moves that sign an agreement on top of one that runs.
_FOLLOWS_ON = ("renew", "pass_trial")
#: Move -> the end of the clock whose clause it cites, and what that clock means.
_CITES: Mapping[str, tuple[str, Means]] = MappingProxyType(
    {
        "extend_guidance": ("extended_guidance_ended", "ends"),
        "end_guidance": ("guidance_ended", "ends"),
        "request_trial_review": ("trial_ended", "ahead"),
        "pass_trial": ("trial_ended", "ahead"),
        "fail_trial": ("trial_ended", "ahead"),
    }
)


def target_of(tried: Try, facts: Mapping[str, str]) -> Stage | None:
    """The stage that a move leads to; ``None`` where a reading that it needs is open."""
    move, state = tried.move, tried.state
    if move.way is Way.STATED:
        return Stage(facts["stage"])
    if move.way is Way.TABLE or state is None:
        return move.targets[0]
    if move.way is Way.BACK:
        return state.before or Stage.IN_FORCE
    if move.way is Way.ENTRY:
        return _entry(facts)
    if move.way is Way.AFTER_GUIDANCE:
        return Stage.TRIAL if "trial_ended" in state.scheduled else Stage.IN_FORCE
    if move.way is Way.TRIAL_FAILURE:
        return TRIAL_FAILURE.get(_choice(tried, "trial_failure") or "")
    if move.way is Way.REVIEW_AGAIN:
        return REVIEW_AGAIN.get(_choice(tried, "trial_failure_again") or "")
    return state.stage


def _choice(tried: Try, reading: str) -> str | None:
    """The option of the day; where the place's plan is over, that of the day the stage began."""
    found = tried.terms.choice(tried.day, reading)
    if found is None and tried.state is not None:
        return tried.terms.choice(tried.state.since, reading)
    return found


def _entry(facts: Mapping[str, str]) -> Stage:
    """Where a new agreement begins: with guidance, with the trial, or at once in force."""
    if "guidance_through" in facts:
        return Stage.GUIDANCE
    return Stage.TRIAL if "trial_through" in facts else Stage.IN_FORCE


def facts_of(tried: Try) -> dict[str, str]:
    """The facts of a move with the ends that it sets, worked out where they are not stated.

    What is worked out is kept with the entry: a rule that changes later does not move it.
    """
    facts = dict(tried.facts)
    if tried.name in _FOLLOWS_ON and "agreement_since" not in facts:
        facts |= _followed_on(tried)
    for name in _SETS.get(tried.name, ()):
        if name not in facts and (end := _end(tried, facts, _TERMS[name])) is not None:
            facts[name] = end.isoformat()
    if tried.name == "suspend_on_request" and "suspended_through" not in facts:
        end = _end(tried, facts, "agreement_lapsed")
        facts |= {"suspended_through": end.isoformat()} if end else {}
    if tried.name == "extend_guidance":
        facts |= _extended(tried, facts)
    if tried.name == "open":
        facts |= _opened(tried, facts)
    return facts


#: Stage of an opening entry -> the end that it cannot do without, and the fact of the day from
#: which that is reckoned where it is not stated.
_NEEDED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        Stage.GUIDANCE: ("guidance_through", "designated_since"),
        Stage.TRIAL: ("trial_through", "designated_since"),
        Stage.SUSPENDED_ON_REQUEST: ("suspended_through", ""),
    }
)


def _opened(tried: Try, facts: Mapping[str, str]) -> dict[str, str]:
    """The end of the stage of an opening entry: without it the case could never go on."""
    name, since = _NEEDED.get(facts.get("stage", ""), ("", ""))
    if not name or name in facts:
        return {}
    clock = tried.terms.clock(tried.day, tried.side, SCHEDULED[name])
    began = day_of(facts[since]) if facts.get(since) else tried.day
    end = limit_of(clock, began, tried.terms.calendar).day if clock else None
    return {name: end.isoformat()} if end else {}


def _followed_on(tried: Try) -> dict[str, str]:
    """An agreement that follows on another begins on the day after the other's last."""
    last = tried.state.scheduled.get("agreement_expired") if tried.state else None
    return {"agreement_since": (last + dt.timedelta(1)).isoformat()} if last else {}


def _end(tried: Try, facts: Mapping[str, str], event: str) -> dt.date | None:
    """The last day of what begins with the move; of an agreement from its own first day."""
    clock = tried.terms.clock(tried.day, tried.side, event)
    since = facts.get("agreement_since")
    began = (
        dt.date.fromisoformat(since) if since and clock and clock.counts_first_day else tried.day
    )
    return limit_of(clock, began, tried.terms.calendar).day if clock else None


def _extended(tried: Try, facts: Mapping[str, str]) -> dict[str, str]:
    """Guidance runs on from its last day; the trial too, by the reading guidance_extends_trial."""
    assert tried.state is not None  # noqa: S101 -- asked in guidance
    clock = tried.terms.clock(tried.day, tried.side, "extended_guidance_ended")
    events = {"guidance_through": "guidance_ended"}
    if tried.terms.choice(tried.day, "guidance_extends_trial") == "yes":
        events["trial_through"] = "trial_ended"
    return {
        name: _run_on(clock, last, tried.terms.calendar).isoformat()
        for name, event in events.items()
        if name not in facts and clock and (last := tried.state.scheduled.get(event))
    }


def _run_on(clock: Clock, last: dt.date, calendar: WorkCalendar) -> dt.date:
    """The last day of a period that follows on another's last day.

    Reckoned from the day after it, so that six months and six months come to twelve: guidance
    through 30 June runs on through 31 December, not 30 December.
    """
    first = last + dt.timedelta(1)
    return limit_of(replace(clock, counts_first_day=True), first, calendar).day or last


def open_readings(tried: Try, target: str | None) -> Iterator[Fault]:
    """That the stage cannot be told because its reading is open."""
    if target is None:
        reading = {Way.TRIAL_FAILURE: "trial_failure", Way.REVIEW_AGAIN: "trial_failure_again"}
        name = reading.get(tried.move.way, "")
        what = {"what": f"the reading {name}", "what_zh": f"口径 {name}"}
        yield told("no_such_period", day=tried.day, **what, **said_side(tried.side))


def clauses_of(tried: Try) -> tuple[str, ...]:
    """The clauses of a move: those of the table that the shelf has, and of the rules it meets."""
    policy = tried.terms.policy(tried.day)
    found = _own([each for each in tried.move.clauses if each in policy.clauses], tried.side)
    raises = frozenset(tried.move.raises)
    if tried.state is not None:
        began = running(tried.state, tried.terms, day=tried.day)
        found += [clock.clause for _, clock in began if clock.ends in raises]
    cause = tried.facts.get("cause", "")
    for purpose in _LISTS.get(tried.name, ()):
        found += tried.terms.clauses_of_item(tried.day, tried.side, purpose, cause)
    cited = [(_TERMS[name], _ENDS) for name in _SETS.get(tried.name, ())]
    cited += [_CITES[tried.name]] if tried.name in _CITES else []
    for end, means in cited:
        clock = tried.terms.clock(tried.day, tried.side, end, means)
        found += [clock.clause] if clock else []
    return tuple(dict.fromkeys(found))


def _own(clauses: list[str], side: str) -> list[str]:
    """Of order 2 (medical institutions) and order 3 (pharmacies) the one about the side.

    Where only the other has the clause it stands: both orders say the same there.
    """
    own, other = ("O3", "O2") if side == PHARMACIES else ("O2", "O3")
    if not any(each.startswith(own) for each in clauses):
        return clauses
    return [each for each in clauses if not each.startswith(other)]
