"""What is due on a day, what is overdue, what is coming, and who must act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from dingdian.core.errors import Text
from dingdian.core.lifecycle.clocks import (
    asked_ahead,
    ends_of,
    limit_on,
    resumption_pending,
    running,
)
from dingdian.core.lifecycle.moves import MOVES
from dingdian.core.lifecycle.reckoning import ahead_of
from dingdian.core.lifecycle.stages import ENDS, LIVE, SUSPENDED, Stage
from dingdian.core.lifecycle.state import PHARMACIES, State
from dingdian.core.lifecycle.terms import Clock, Terms
from dingdian.core.lifecycle.waiting import appeal_pending, requests_pending

#: The rule by which the branches of a chain end together.
CHAIN_RULE = "pharmacy_termination_causes"
#: Causes of a termination that no person of the institution brought about.
_NOBODY = frozenset({"own_request", "as_agreed"})
#: How many days ahead is "coming", where nothing else is asked for.
HORIZON = 30
#: Stage -> the events that the moves of the table may raise there.
_RAISED: Mapping[Stage, frozenset[str]] = MappingProxyType(
    {
        stage: frozenset(e for m in MOVES.values() if stage in m.sources for e in m.raises)
        for stage in Stage
    }
)
#: What stands for a rule where the agreement sets the end of a suspension, and its names.
IMPOSED = "imposed_suspension"
IMPOSED_NAME = Text("处理中止届满", "end of an imposed suspension")
#: The same for the answer to an appeal: no rule of the shelf limits it.
APPEAL = "appeal_answer"
APPEAL_NAME = Text("答复申诉", "answer to an appeal")
#: The same for what an institution asks for.
REQUEST = "institution_request"
REQUEST_NAME = Text("办理机构的申请", "decision on what the institution asked for")
#: No limit ahead of an end is longer than so many days.
_FARTHEST = 800
_ONE = dt.timedelta(1)


class Urgency(StrEnum):
    """How a limit stands on a day, heaviest first."""

    OVERDUE = "overdue"  # the last day has passed
    DUE = "due"  # today is the last day, or what ended is to be recorded today
    COMING = "coming"
    OPEN = "open"  # what had to wait may now be done
    WAITING = "waiting"  # nothing may be done before the day
    PAUSED = "paused"  # the clock stands still


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that somebody has to do.

    ``last`` is the last day for it, or for ``ENDS`` the day on which the end is to be recorded;
    ``None`` while the clock stands still, or where none runs. ``does`` is the event that it is
    about, ``began`` the day from which it runs. ``provisional``: it rests on a calendar that is not
    published.
    """

    case: str
    stage: Stage
    urgency: Urgency
    last: dt.date | None
    who: str
    does: str
    rule: str
    clause: str
    began: dt.date | None = None
    provisional: bool = False
    principle: bool = False


def due_of(state: State, terms: Terms, day: dt.date, horizon: int = HORIZON) -> Iterator[Due]:
    """What a case has due on a day; what lies further ahead than ``horizon`` days is left out."""
    yield from _appeals(state)
    if state.stage in ENDS:
        return
    yield from _running(state, terms, day, horizon)
    yield from _requests(state)
    yield from _scheduled(state, terms, day, horizon)


def due_on(
    states: Iterable[State], terms: Terms, day: dt.date, horizon: int = HORIZON
) -> list[Due]:
    """What all cases have due, the heaviest and oldest first."""
    known = list(states)
    found = [each for state in known for each in due_of(state, terms, day, horizon)]
    found += _of_chains(known, terms, day)
    order = {urgency: at for at, urgency in enumerate(Urgency)}
    return sorted(found, key=lambda e: (order[e.urgency], e.last or dt.date.max, e.case, e.rule))


def _of_chains(states: Sequence[State], terms: Terms, day: dt.date) -> Iterator[Due]:
    """Branches of a chain under the person for whom one was terminated (令3 art. 40).

    Each is to be looked at at once; whether the person caused it is for the agency to say.
    """
    ended = {
        _person(state): found.day
        for state in states
        if (found := state.last("agreement_terminated")) and state.cause not in _NOBODY
    }
    ended.pop(("", ""), None)
    for state in states if ended else ():
        if state.stage in LIVE and state.side == PHARMACIES and _person(state) in ended:
            since = ended[_person(state)]
            rule = terms.policy(day).rules.get(CHAIN_RULE)
            clause = rule.dated.clause if rule and rule.dated else ""
            urgency = _urgency(since, day)
            yield Due(
                state.case, state.stage, urgency, since, "agency", "terminate", CHAIN_RULE, clause
            )


def _person(state: State) -> tuple[str, str]:
    """Chain and responsible person of a pharmacy; nobody where either is unknown."""
    chain, person = state.about.get("chain", ""), state.about.get("person", "")
    return (chain, person) if chain and person else ("", "")


def _urgency(last: dt.date, day: dt.date) -> Urgency:
    if last < day:
        return Urgency.OVERDUE
    return Urgency.DUE if last == day else Urgency.COMING


def _running(state: State, terms: Terms, day: dt.date, horizon: int) -> Iterator[Due]:
    """Clocks between two events."""
    for began, clock in running(state, terms, day=day):
        if not ends_of(clock) & _RAISED[state.stage]:
            continue  # nobody can do it now: an objection comes first, or the agreement is over
        limit = limit_on(began, clock, state, terms)
        if limit.day is None:
            urgency, last = Urgency.PAUSED, None
        elif clock.means == "not_before":
            last = limit.day + _ONE
            urgency = Urgency.WAITING if day < last else Urgency.OPEN
        else:
            last = limit.day
            urgency = _urgency(last, day)
        if last is None or (last - day).days <= horizon:
            yield _made(state, clock, urgency, last, began=began.day, provisional=limit.provisional)


def _scheduled(state: State, terms: Terms, day: dt.date, horizon: int) -> Iterator[Due]:
    """Ends that are set: what is to be asked for ahead, and the end that is to be recorded."""
    for event, last in state.scheduled.items():
        if (last - day).days > _FARTHEST:
            continue
        if event == "agreement_lapsed" and state.stage is Stage.SUSPENDED_IMPOSED:
            yield from _imposed(state, last + _ONE, day, horizon)
            continue
        for clock in terms.clocks_of_end(event, state, day):
            if clock.means == "ahead" and asked_ahead(clock, state, terms):
                asked = state.last(clock.begins)
                limit = ahead_of(clock, last, terms.calendar)
                by = limit.day or last
                fresh = asked is not None and _in_term(state, asked.day)
                if not fresh and day <= last and (by - day).days <= horizon:
                    urgency = _urgency(by, day)
                    yield _made(state, clock, urgency, by, provisional=limit.provisional)
            elif clock.means == "ends" and not _still(state, event):
                over = last + _ONE
                if (over - day).days <= horizon:
                    yield _made(state, clock, _urgency(over, day), over)


def _appeals(state: State) -> Iterator[Due]:
    """An appeal that is not answered, whatever the stage: it is to be answered, by no set day."""
    pending = appeal_pending(state)
    if pending is not None:
        yield Due(
            case=state.case,
            stage=state.stage,
            urgency=Urgency.OPEN,
            last=None,
            who="bureau",
            does="appeal_answered",
            rule=APPEAL,
            clause="",
            began=pending.day,
        )


def _requests(state: State) -> Iterator[Due]:
    """What an institution asked for and nobody has answered: by no set day, as an appeal."""
    for asked, answers in requests_pending(state):
        if answers & _RAISED[state.stage]:
            yield Due(
                case=state.case,
                stage=state.stage,
                urgency=Urgency.OPEN,
                last=None,
                who="agency",
                does=min(answers & _RAISED[state.stage]),
                rule=REQUEST,
                clause="",
                began=asked.day,
            )


def _imposed(state: State, over: dt.date, day: dt.date, horizon: int) -> Iterator[Due]:
    """A suspension that was imposed until a day does not lapse: the agency decides on it then."""
    if (over - day).days <= horizon:
        yield Due(
            case=state.case,
            stage=state.stage,
            urgency=_urgency(over, day),
            last=over,
            who="agency",
            does="resumed",
            rule=IMPOSED,
            clause="",
        )


def _in_term(state: State, day: dt.date) -> bool:
    """Whether something was asked for in the term that runs."""
    return state.agreement is None or day >= state.agreement.since


def _still(state: State, event: str) -> bool:
    """Whether an end does not come by itself now: guidance and trial stand still in a pause.

    A suspension does not prolong the agreement, and a request to resume keeps it from lapsing.
    """
    if event in ("guidance_ended", "trial_ended"):
        return state.stage in SUSPENDED
    return event == "agreement_lapsed" and resumption_pending(state) is not None


def _made(
    state: State,
    clock: Clock,
    urgency: Urgency,
    last: dt.date | None,
    *,
    began: dt.date | None = None,
    provisional: bool = False,
) -> Due:
    return Due(
        case=state.case,
        stage=state.stage,
        urgency=urgency,
        last=last,
        who=clock.who,
        does=clock.ends if clock.means != "ahead" else clock.begins,
        rule=clock.rule,
        clause=clock.clause,
        began=began,
        provisional=provisional,
        principle=clock.principle,
    )
