"""Decide the applications of a round: a census, a policy and a year, held to every rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dingdian.actions.evaluate_plan import evaluate_plan
from dingdian.core.admission.application import Round
from dingdian.core.admission.decision import Decision
from dingdian.core.admission.hearing import Hearing
from dingdian.core.admission.places import Ledger
from dingdian.core.census import Census
from dingdian.core.errors import Fault, RequestError, fault
from dingdian.core.plan import Plan
from dingdian.core.policy import Policy, PolicyBook


@dataclass(frozen=True, slots=True)
class Decided:
    """A decided round: the plan it rests on, the decisions in its order, and what is left.

    ``of_day`` is the census of the day of decision where it is another than the plan's.
    """

    plan: Plan
    round: Round
    decided_on: dt.date
    decisions: tuple[Decision, ...]
    ledger: Ledger
    of_day: Census | None = None


def open_hearing(
    census: Census,
    book: PolicyBook,
    *,
    place: str,
    year: int,
    decided_on: dt.date,
    faults: Sequence[Fault] = (),
    as_if: bool = False,
    plan_day: dt.date | None = None,
    progress: Callable[[str], None] = lambda _stage: None,
) -> Hearing:
    """Make a census ready to decide rounds under the plan of ``year``.

    Quotas are those of the plan of the year, as ``evaluate_plan`` makes it; rules and stock are
    those of ``decided_on``. ``plan_day`` is the day whose rules the plan goes by, 1 January where
    none is given.

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
        day=plan_day,
        faults=faults,
        as_if=as_if,
        progress=progress,
    )
    return hearing_on(plan, book, place=place, decided_on=decided_on)


def hearing_on(
    plan: Plan,
    book: PolicyBook,
    *,
    place: str,
    decided_on: dt.date,
    of_day: Census | None = None,
) -> Hearing:
    """Make a plan that is there already ready to decide rounds on a day.

    ``of_day`` is the census of that day where it is another than the plan's.

    Raises:
        NotInForceError: the day lies outside the validity of the plan.
    """
    book.on(place, decided_on)
    policies = {plan.policy.day: plan.policy}

    def policy_on(day: dt.date) -> Policy:
        if day not in policies:
            policies[day] = book.on(place, day)
        return policies[day]

    return Hearing(plan, decided_on, policy_on, of_day)


def decide_applications(hearing: Hearing, found: Round, *, reach_mm: int | None = None) -> Decided:
    """Decide every application of a round.

    ``reach_mm``: how far another place is looked for, for those that spacing stops; ``None``
    looks for none.

    Raises:
        RequestError: the round names another day or year of decision.
    """
    wrong = tuple(_disagreements(hearing, found))
    if wrong:
        raise RequestError(wrong)
    decisions, ledger = hearing.decide(found)
    if reach_mm is not None:
        pairs = zip(hearing.cases(found), decisions, strict=True)
        decisions = tuple(hearing.other_spot(case, each, reach_mm) for case, each in pairs)
    return Decided(hearing.plan, found, hearing.decided_on, decisions, ledger, hearing.of_day)


def _disagreements(hearing: Hearing, found: Round) -> Iterator[Fault]:
    """What the round says of itself that is not what it is decided as."""
    if found.year is not None and found.year != hearing.plan.year:
        yield fault("round_other_year", found=found.year, wanted=hearing.plan.year)
    if found.decided_on is not None and found.decided_on != hearing.decided_on:
        day, wanted = found.decided_on.isoformat(), hearing.decided_on.isoformat()
        yield fault("round_other_day", found=day, wanted=wanted)
