"""What the rules allow of a move that the table has: each guard gives the reasons against it.

Guards of time come from the clocks of the shelf; the others stand in ``GUARDS``, by move.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from dingdian.core.errors import Fault
from dingdian.core.lifecycle.clocks import (
    limit_on,
    resumption_pending,
    running,
)
from dingdian.core.lifecycle.facts import day_of, services_of
from dingdian.core.lifecycle.moves import APPEALABLE
from dingdian.core.lifecycle.naming import (
    said_move,
    said_service,
    said_side,
    said_stage,
    told,
)
from dingdian.core.lifecycle.reckoning import DAY_OFF_READING, Limit, ahead_of, limit_of
from dingdian.core.lifecycle.stages import LIVE, SUSPENDED, Stage
from dingdian.core.lifecycle.state import MEDICAL, PHARMACIES
from dingdian.core.lifecycle.trying import Guard, Try, late, too_early
from dingdian.core.lifecycle.waiting import appeal_pending, place_pending
from dingdian.core.rules.checklist import By, Item

_ONE = dt.timedelta(1)
#: Causes of a termination that bar nobody.
_NOBODY = frozenset({"own_request"})
#: Move that records an end -> the scheduled event that must be over.
_ENDS: Mapping[str, str] = MappingProxyType(
    {"end_guidance": "guidance_ended", "expire": "agreement_expired", "lapse": "agreement_lapsed"}
)


# ---- what is asked of single moves


def _over(tried: Try) -> Iterator[Fault]:
    """An end is recorded on the day after the last one, or later."""
    assert tried.state is not None  # noqa: S101 -- no first move ends anything
    event = _ENDS[tried.name]
    last = tried.state.scheduled.get(event)
    if last is None:
        yield told("no_end_known", **said_move(tried.name))
    elif tried.day <= last:
        clock = tried.terms.clock(tried.day, tried.side, event)
        rule, clause = (clock.rule, clock.clause) if clock else ("—", "—")
        yield too_early(tried, Limit(last), rule, clause)


def _nothing_pending(tried: Try) -> Iterator[Fault]:
    assert tried.state is not None  # noqa: S101 -- no first move lapses
    asked = resumption_pending(tried.state)
    if asked is not None:
        yield told("resumption_pending", day=asked.day)


def _not_lapsed(tried: Try) -> Iterator[Fault]:
    """After the longest suspension nothing is left to resume, unless it was asked for in time."""
    assert tried.state is not None  # noqa: S101 -- asked of a suspended one
    last = tried.state.scheduled.get("agreement_lapsed")
    on_request = tried.state.stage is Stage.SUSPENDED_ON_REQUEST
    if not on_request or last is None or tried.day <= last or resumption_pending(tried.state):
        return
    clock = tried.terms.clock(tried.day, tried.side, "agreement_lapsed")
    yield told("lapsed_already", last=last, clause=clock.clause if clock else "—")


def _has_a_place(tried: Try) -> Iterator[Fault]:
    """Who passed while no place was left waits until one is allotted."""
    awaited = place_pending(tried.state) if tried.state else None
    if awaited is not None:
        yield told("still_waiting", day=awaited.day, seq=awaited.seq)


def _appealable(tried: Try) -> Iterator[Fault]:
    """An appeal is against one decision of the office that stands, and one at a time."""
    assert tried.state is not None  # noqa: S101 -- no first move is an appeal
    if (pending := appeal_pending(tried.state)) is not None:
        yield told("appeal_pending", day=pending.day, seq=pending.seq)
    decided = {str(each.seq) for each in tried.state.happened if each.event in APPEALABLE}
    if tried.facts["against"] not in decided:
        yield told("not_appealable", value=tried.facts["against"])


def _appealed(tried: Try) -> Iterator[Fault]:
    assert tried.state is not None  # noqa: S101 -- no first move answers
    if appeal_pending(tried.state) is None:
        yield told("no_appeal_pending")


def no_other_agreement(tried: Try) -> Iterator[Fault]:
    """No second agreement over one that lives, suspended or not (令2 art. 11)."""
    for other in tried.others:
        ended = other.ended_on
        if other.stage in LIVE or (ended is not None and ended > tried.day):
            yield told(
                "agreement_exists",
                institution=tried.facts.get("institution", other.institution),
                other=other.case,
                **said_stage(other.stage),
            )


def _not_public(tried: Try) -> Iterator[Fault]:
    assert tried.state is not None  # noqa: S101 -- asked for an institution under agreement
    if tried.side == MEDICAL and tried.state.about.get("ownership") == "public":
        yield told("public_may_not_ask", clause="O2-44")


def _asked_in_time(tried: Try) -> Iterator[Fault]:
    """The institution asks so long before it is suspended, ended or not renewed."""
    clock = tried.terms.clock(tried.day, tried.side, "agreement_ended", "ahead")
    if clock is not None:
        limit = ahead_of(clock, tried.day, tried.terms.calendar)
        requested = day_of(tried.facts["requested_on"])
        if limit.day is not None and requested > limit.day:
            yield late(clock, limit)


def _reported_in_time(tried: Try) -> Iterator[Fault]:
    """A change that is reported before the agency learnt of it counts from its approval."""
    assert tried.state is not None  # noqa: S101 -- asked of an institution with an agreement
    approved = day_of(tried.facts["approved_on"])
    clock = tried.terms.clock(approved, tried.side, "change_reported", "within")
    learnt, told_of = tried.state.last("change_approved"), tried.state.last("change_reported")
    runs = learnt is not None and (told_of is None or told_of.seq < learnt.seq)
    if clock is None or runs:
        return
    limit = limit_of(
        clock,
        approved,
        tried.terms.calendar,
        day_off=tried.terms.choice(approved, DAY_OFF_READING),
    )
    if limit.day is not None and tried.day > limit.day:
        yield late(clock, limit)


def _barred(tried: Try) -> Iterator[Fault]:
    """Who failed twice may not apply for a year: noted, the refusal is a decision of its own."""
    for other in tried.others:
        if other.stage is not Stage.EVALUATION_FAILED:
            continue
        for began, clock in running(other, tried.terms, day=tried.day):
            if clock.ends != "may_apply_again":
                continue
            limit = limit_on(began, clock, other, tried.terms)
            if limit.day is not None and tried.day <= limit.day:
                yield told(
                    "applicant_barred",
                    other=other.case,
                    last=limit.day,
                    clause=clock.clause,
                    what="failed its evaluation twice",
                    what_zh="再次评估不合格",
                )


def _failed_before(tried: Try) -> Iterator[Fault]:
    """Only who failed once fails again: the bar of a year begins with the second time."""
    assert tried.state is not None  # noqa: S101 -- asked in evaluation
    first, again = tried.state.last("re_evaluated"), tried.state.last("trial_reviewed_again")
    if first is None or (again is not None and again.seq > first.seq):
        yield told("not_failed_before", clause="O2-10")


def _minor_and_once(tried: Try) -> Iterator[Fault]:
    """Guidance is extended for minor findings, and once unless a reading says otherwise (SY-20)."""
    assert tried.state is not None  # noqa: S101 -- asked in guidance
    clock = tried.terms.clock(tried.day, tried.side, "extended_guidance_ended")
    if clock is None:
        what = {"what": "an extension of guidance", "what_zh": "辅导期延长"}
        yield told("no_such_period", day=tried.day, **what, **said_side(tried.side))
        return
    if tried.facts["severity"] != "minor":
        yield told("serious_not_extended", clause=clock.clause)
    again = tried.terms.choice(tried.day, "guidance_second_extension")
    if tried.state.extensions and again != "yes":
        yield told("second_extension", clause=clock.clause)


def _review_asked(tried: Try) -> Iterator[Fault]:
    assert tried.state is not None  # noqa: S101 -- asked in a trial
    clock = tried.terms.clock(tried.day, tried.side, "trial_ended", "ahead")
    asked, agreement = tried.state.last("trial_review_requested"), tried.state.agreement
    fresh = asked is not None and (agreement is None or asked.day >= agreement.since)
    if clock is not None and not fresh:
        yield told("review_not_requested", clause=clock.clause)


def _renewable(tried: Try) -> Iterator[Fault]:
    """No renewal against a decision of the same term; a missing request is noted."""
    assert tried.state is not None  # noqa: S101 -- asked under agreement
    agreement = tried.state.agreement  # none where the opening load knew of none
    since = agreement.since if agreement else dt.date.min
    decided = tried.state.last("non_renewal_decided")
    if decided is not None and decided.day >= since:
        yield told("non_renewal_stands", day=decided.day)
    asked = tried.state.last("renewal_requested")
    if asked is None or asked.day < since:
        yield told("renewal_not_requested")


def _cause_listed(tried: Try) -> Iterator[Fault]:
    known = tried.terms.items(tried.day, tried.side, "termination")
    cause = tried.facts["cause"]
    if cause not in known:
        words = {"purpose": "causes of termination", "purpose_zh": "解除协议情形"}
        yield told(
            "cause_unknown", cause=cause, day=tried.day, known="、".join(sorted(known)), **words
        )
    elif cause == "two_suspensions" and tried.state is not None and tried.state.suspensions < 2:
        yield told("two_suspensions_not_found", n=tried.state.suspensions)


def _own_request(tried: Try) -> Iterator[Fault]:
    """An end at its own request: not a public one's, and asked for so long before (令2 art. 44)."""
    assert tried.state is not None  # noqa: S101 -- asked under agreement
    if tried.facts["cause"] != "own_request":
        return
    yield from _not_public(tried)
    clock = tried.terms.clock(tried.day, tried.side, "agreement_ended", "ahead")
    if clock is None:
        return
    asked = tried.state.last("own_request_made")
    limit = ahead_of(clock, tried.day, tried.terms.calendar)
    if limit.day is not None and (asked is None or asked.day > limit.day):
        yield late(clock, limit)


def _bar_listed(tried: Try) -> Iterator[Fault]:
    """A termination bars on a ground that the records hold; none stated, none bars: noted."""
    known = tried.terms.items(tried.day, tried.side, "refusal")
    listed = {name: item for name, item in known.items() if item.by is By.RECORD}
    bar = tried.facts.get("bar", "")
    if bar and bar not in listed:
        yield _unlisted(bar, tried, listed, zh="既往记录的情形", en="grounds that records hold")
    elif not bar and tried.facts.get("cause") not in _NOBODY:
        yield told("bar_not_stated")


def _ground_listed(tried: Try) -> Iterator[Fault]:
    known = tried.terms.items(tried.day, tried.side, "refusal")
    if tried.facts["ground"] not in known:
        zh, en = "不予受理情形", "grounds of not accepting"
        yield _unlisted(tried.facts["ground"], tried, known, zh=zh, en=en)


def _unlisted(word: str, tried: Try, known: Mapping[str, Item], *, zh: str, en: str) -> Fault:
    listed = "、".join(f"{name}（{item.text}）" for name, item in known.items()) or "—"
    return told("cause_unknown", cause=word, day=tried.day, known=listed, purpose=en, purpose_zh=zh)


def _may_open(tried: Try) -> Iterator[Fault]:
    """A service that the stage closes opens only by a recorded decision, where the text allows."""
    assert tried.state is not None  # noqa: S101 -- asked under agreement
    service = tried.facts["service"]
    gate = tried.terms.closed_services(tried.state, tried.day).get(service)
    if service in tried.state.services and gate is None:
        yield told("service_open_already", **said_service(service))
    if gate is not None:
        kind = "service_closed_by_stage"
        if gate.rule.principle and tried.documents:
            kind = "out_of_area_exception"
        clause = gate.dated.clause if gate.dated else "—"
        basis = {"rule": gate.rule.rule, "clause": clause}
        yield told(kind, **basis, **said_service(service), **said_stage(tried.state.stage))


def _is_open(tried: Try) -> Iterator[Fault]:
    assert tried.state is not None  # noqa: S101 -- asked under agreement
    for service in services_of(tried.facts["service"]):
        if service not in tried.state.services:
            yield told("service_not_open", **said_service(service))


def _term_runs(tried: Try) -> Iterator[Fault]:
    """A suspended agreement resumes while its term still runs (B1.8)."""
    assert tried.state is not None  # noqa: S101 -- asked of a suspended one
    last = tried.state.scheduled.get("agreement_expired")
    if tried.state.stage in SUSPENDED and last is not None and tried.day > last:
        yield told("not_designated_here", day=last)


def _pharmacy(tried: Try) -> Iterator[Fault]:
    if tried.side != PHARMACIES:
        yield told("pharmacy_only")


def _begins_no_later(tried: Try) -> Iterator[Fault]:
    """An agreement, and what it changes, is recorded from its own first day on."""
    stated, state = tried.facts.get("agreement_since"), tried.state
    last = state.scheduled.get("agreement_expired") if state and tried.name == "renew" else None
    since = day_of(stated) if stated else last + _ONE if last else tried.day
    changes = tried.name == "sign" or {"beds", "services"} & set(tried.facts)
    if changes and since > tried.day:
        yield told("begins_later", since=since, **said_move(tried.name))


def _trial_is_over(tried: Try) -> Iterator[Fault]:
    """The trial is a year (SY-18): its result holds from the day after its last one."""
    assert tried.state is not None  # noqa: S101 -- asked in a trial
    last = tried.state.scheduled.get("trial_ended")
    if last is not None and tried.day <= last:
        clock = tried.terms.clock(tried.day, tried.side, "trial_ended")
        rule, clause = (clock.rule, clock.clause) if clock else ("—", "—")
        yield too_early(tried, Limit(last), rule, clause)


def _no_decision_against(tried: Try) -> Iterator[Fault]:
    """No new agreement against a decision of the same term not to renew."""
    assert tried.state is not None  # noqa: S101 -- asked under agreement
    decided = tried.state.last("non_renewal_decided")
    since = tried.state.agreement.since if tried.state.agreement else dt.date.min
    if decided is not None and decided.day >= since:
        yield told("non_renewal_stands", day=decided.day)


def _term_still_runs(tried: Try) -> Iterator[Fault]:
    """After the last day of an agreement its end is to be recorded: noted.

    A renewal comes in time on the next day, on which the new agreement begins.
    """
    last = tried.state.scheduled.get("agreement_expired") if tried.state else None
    grace = _ONE if tried.name == "renew" else dt.timedelta()
    if last is not None and tried.day > last + grace:
        yield told("term_over", day=last, **said_move(tried.name))


def _no_longer_than(tried: Try) -> Iterator[Fault]:
    """A suspension on request lasts no longer than the clock; more takes a decision (原则上)."""
    stated = tried.facts.get("suspended_through")
    clock = tried.terms.clock(tried.day, tried.side, "agreement_lapsed")
    if not stated or clock is None:
        return
    last = limit_of(clock, tried.day, tried.terms.calendar).day
    if last is not None and day_of(stated) > last:
        kind = (
            "longer_by_decision" if clock.principle and tried.documents else "longer_than_allowed"
        )
        yield told(kind, value=stated, last=last, rule=clock.rule, clause=clock.clause)


def _suspension_listed(tried: Try) -> Iterator[Fault]:
    """A measure rests on a listed case; one of the agreement names its clause as a document."""
    cause = tried.facts["cause"]
    known = tried.terms.items(tried.day, tried.side, "suspension")
    if known and cause not in known:
        yield _unlisted(cause, tried, known, zh="中止协议情形", en="causes of suspension")
    elif cause == "as_agreed" and not tried.documents:
        yield told("clause_of_agreement_missing")


GUARDS: Mapping[str, tuple[Guard, ...]] = MappingProxyType(
    {
        "suspend_imposed": (_suspension_listed,),
        "appeal": (_appealable,),
        "answer_appeal": (_appealed,),
        "request_renewal": (_term_still_runs,),
        "apply": (_barred,),
        "refuse_acceptance": (_ground_listed,),
        "fail_again": (_failed_before,),
        "publish": (_has_a_place,),
        "sign": (
            _begins_no_later,
            no_other_agreement,
        ),
        "open": (no_other_agreement,),
        "extend_guidance": (_minor_and_once,),
        "end_guidance": (_over,),
        "pass_trial": (
            _trial_is_over,
            _no_decision_against,
            _review_asked,
        ),
        "fail_trial": (
            _trial_is_over,
            _review_asked,
        ),
        "open_service": (
            _term_still_runs,
            _may_open,
        ),
        "close_service": (_is_open,),
        "change_information": (_reported_in_time,),
        "change_grade": (
            _term_still_runs,
            _pharmacy,
        ),
        "suspend_on_request": (_no_longer_than, _term_still_runs, _not_public, _asked_in_time),
        "request_end": (_not_public,),
        "request_resumption": (_not_lapsed,),
        "resume": (_term_runs, _not_lapsed),
        "lapse": (_over, _nothing_pending),
        "renew": (
            _begins_no_later,
            _term_still_runs,
            _renewable,
        ),
        "expire": (_over,),
        "terminate_elsewhere": (_bar_listed,),
        "terminate": (_cause_listed, _own_request, _bar_listed),
    }
)
