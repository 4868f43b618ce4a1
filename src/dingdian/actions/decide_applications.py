"""Decide the applications of a round: a census, a policy and a year, held to every rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dingdian.actions.evaluate_plan import evaluate_plan
from dingdian.core.admission.application import Round
from dingdian.core.admission.decision import Decision
from dingdian.core.admission.hearing import Hearing
from dingdian.core.admission.places import Ledger
from dingdian.core.census import Census
from dingdian.core.errors import Fault, RequestError, fault
from dingdian.core.plan import Plan
from dingdian.core.policy import PolicyBook


@dataclass(frozen=True, slots=True)
class Decided:
    """A decided round: the plan it rests on, the decisions in its order, and what is left."""

    plan: Plan
    round: Round
    decided_on: dt.date
    decisions: tuple[Decision, ...]
    ledger: Ledger


def open_hearing(
    census: Census,
    book: PolicyBook,
    *,
    place: str,
    year: int,
    decided_on: dt.date,
    faults: Sequence[Fault] = (),
    as_if: bool = False,
    progress: Callable[[str], None] = lambda _stage: None,
) -> Hearing:
    """Make a census ready to decide rounds under the plan of ``year``.

    Quotas are those of the plan of the year, as ``evaluate_plan`` makes it; rules and stock are
    those of ``decided_on``.

    Raises:
        RequestError: no such place on the shelf.
        ShelfError: a reading is chosen in a way that the engines do not carry out.
        NotInForceError: the year or ``decided_on`` lies outside the validity of the plan.
        CensusError: blocking faults, or a census of another place without ``as_if``.
    """
    plan = evaluate_plan(
        census,
        book,
        place=place,
        year=year,
        faults=faults,
        as_if=as_if,
        progress=progress,
    )
    book.on(place, decided_on)
    policies = {plan.policy.day: plan.policy}

    def policy_on(day: dt.date):  # type: ignore[no-untyped-def]
        if day not in policies:
            policies[day] = book.on(place, day)
        return policies[day]

    return Hearing(plan, decided_on, policy_on)


def decide_applications(hearing: Hearing, found: Round) -> Decided:
    """Decide every application of a round.

    Raises:
        RequestError: the round has no application, or names another day or year of decision.
    """
    if not found.applications:
        raise RequestError((fault("round_empty"),))
    wrong = list(_disagreements(hearing, found))
    if wrong:
        raise RequestError(tuple(wrong))
    decisions, ledger = hearing.decide(found)
    return Decided(hearing.plan, found, hearing.decided_on, decisions, ledger)


def _disagreements(hearing: Hearing, found: Round) -> list[Fault]:
    """What the round says of itself that is not what it is decided as."""
    wrong = []
    if found.year is not None and found.year != hearing.plan.year:
        wrong.append(fault("round_other_year", found=found.year, wanted=hearing.plan.year))
    if found.decided_on is not None and found.decided_on != hearing.decided_on:
        day, wanted = found.decided_on.isoformat(), hearing.decided_on.isoformat()
        wrong.append(fault("round_other_day", found=day, wanted=wanted))
    published = found.seed_published_on
    if found.seed and published is not None and published > hearing.decided_on:
        wrong.append(fault("seed_published_late", day=published.isoformat()))
    return wrong
