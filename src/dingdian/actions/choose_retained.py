"""Which stay under the caps of a plan: everything asked of ledger and shelf, then chosen.

The answer is advice. It changes nothing: every exit needs its own grounds, hearing and decision.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from dingdian.actions.evaluate_plan import evaluate_plan
from dingdian.actions.retained_stock import Stock, earliest_ends, points_of, stock_of
from dingdian.actions.retention_terms import PLAIN_ORDER, RetentionTerms, settled
from dingdian.core.assessment.consequences import Renewal
from dingdian.core.assessment.record import AssessmentRecord
from dingdian.core.census import Census
from dingdian.core.errors import Fault, RequestError, fault
from dingdian.core.period import last_day
from dingdian.core.plan import Plan
from dingdian.core.policy import InForce, PolicyBook
from dingdian.core.retention import (
    DEFAULT_ORDER,
    Aspect,
    Question,
    Retention,
    Tier,
    choose,
    flat,
)
from dingdian.core.retention.choices import ORDER
from dingdian.core.retention.losses import Loss, losses
from dingdian.core.retention.needs import Need, needs
from dingdian.core.retention.path import path
from dingdian.core.rules import Facts
from dingdian.core.rules.stock_cap import StockCapRule
from dingdian.core.solving import Limits, Status
from dingdian.core.workings import Reason, Workings, reason


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """The answer for one cap.

    ``why``: why nothing could be asked; then ``question`` and what follows is ``None`` or empty.
    ``going``: the year of each that goes by choice; ``others``: what the other orders would reach.
    ``needs``: what each rule needs, where no choice keeps the rules.
    """

    rule: InForce[StockCapRule]
    resource: str
    cap: int | None
    order: str = ""
    stock: Stock | None = None
    question: Question | None = None
    retention: Retention | None = None
    losses: tuple[Loss, ...] = ()
    going: Mapping[int, int] = field(default_factory=dict)
    needs: tuple[Need, ...] = ()
    others: Mapping[str, Retention] = field(default_factory=dict)
    why: Reason | None = None


@dataclass(frozen=True, slots=True, eq=False)
class RetentionRun:
    """All answers, designations first and services after, with what they were made from."""

    plan: Plan
    terms: RetentionTerms
    by: int
    limits: Limits
    assessment: AssessmentRecord | None
    chosen: tuple[Chosen, ...]


def choose_retained(
    census: Census,
    book: PolicyBook,
    terms: RetentionTerms,
    *,
    place: str,
    assessment: AssessmentRecord | None = None,
    limits: Limits,
    faults: Sequence[Fault] = (),
    as_if: bool = False,
    progress: Callable[[str], None] = lambda _stage: None,
) -> RetentionRun:
    """Choose who stays under every cap on a stock in force.

    Raises:
        RequestError: no such place or order, an assessment of another place or year, a year by
            which the cap would be reached outside the plan, a resource to keep that no cap is
            about.
        NotInForceError: the plan does not hold in the year.
        CensusError: blocking faults, or a ledger of another place.
    """
    plan = evaluate_plan(
        census, book, place=place, year=terms.year, faults=faults, as_if=as_if, progress=progress
    )
    if assessment is not None and assessment.place.region_code != plan.policy.place.region_code:
        found, wanted = assessment.place.region_code, plan.policy.place.region_code
        raise RequestError((fault("assessment_of_other_place", found=found, wanted=wanted),))
    if assessment is not None and assessment.year != terms.year - 1:
        found, wanted = str(assessment.year), str(terms.year - 1)
        raise RequestError((fault("assessment_of_other_year", found=found, wanted=wanted),))
    workings = Workings(
        census=census, policy=plan.policy, measures=plan.measures, stock_day=plan.stock_day
    )
    facts = Facts(workings, terms.year)
    caps: list[InForce[StockCapRule]] = [
        each for each in facts.in_family("stock_cap") if not facts.chosen(each.rule.unless)
    ]
    caps.sort(key=lambda each: each.rule.resource != "pharmacies")
    terms, by = settled(terms, plan, [each.rule for each in caps])
    chosen: list[Chosen] = []
    gone: frozenset[int] = frozenset()
    for rule in caps:
        progress("retaining")
        if any(_open(each) for each in chosen):
            why = reason("retention_before_open")
            chosen.append(Chosen(rule, rule.rule.resource, None, why=why))
            continue
        one = _choose(
            facts,
            plan,
            rule,
            terms=terms,
            gone=gone,
            assessment=assessment,
            by=by,
            limits=limits,
        )
        chosen.append(one)
        gone |= frozenset(_gone(one))
    return RetentionRun(plan, terms, by, limits, assessment, tuple(chosen))


def _open(one: Chosen) -> bool:
    """Whether there was something to choose, and no answer: who is there then is not known."""
    return one.retention is not None and one.retention.kept is None


def _choose(
    facts: Facts,
    plan: Plan,
    rule: InForce[StockCapRule],
    *,
    terms: RetentionTerms,
    gone: frozenset[int],
    assessment: AssessmentRecord | None,
    by: int,
    limits: Limits,
) -> Chosen:
    resource = rule.rule.resource
    cap, why = _cap(plan, rule, terms)
    if cap is None:
        return Chosen(rule, resource, None, why=why)
    found = stock_of(facts, resource, exits=_exits(assessment), gone=gone, by=last_day(by))
    if isinstance(found, Reason):
        return Chosen(rule, resource, cap, why=found)
    orders = _orders(rule)
    order = terms.order or facts.workings.choice(ORDER) or PLAIN_ORDER
    if order not in orders:
        return Chosen(rule, resource, cap, why=reason("reading_open", reading=ORDER))
    scored = points_of(facts.workings.census, found, assessment, terms.year)
    districts = _district_caps(plan, rule, found) if terms.hold_districts else {}
    asked = {
        name: found.question(cap, scored, caps=districts, hold=Aspect.COVERED not in flat(tiers))
        for name, tiers in orders.items()
    }
    made = choose(asked[order], limits, orders[order])
    impossible = made.answer.status is Status.INFEASIBLE
    return Chosen(
        rule,
        resource,
        cap,
        order=order,
        stock=found,
        question=asked[order],
        retention=made,
        losses=tuple(_losses(made)),
        going=_path(facts.workings.census, found, made, years=range(terms.year, by + 1)),
        needs=tuple(needs(asked[order], limits)) if impossible else (),
        others={
            name: choose(asked[name], limits, tiers)
            for name, tiers in orders.items()
            if terms.compare and name != order
        },
    )


def _cap(
    plan: Plan, rule: InForce[StockCapRule], terms: RetentionTerms
) -> tuple[int | None, Reason | None]:
    """How many may stay: as the what-if says, else as the plan works it out."""
    resource, root = rule.rule.resource, plan.census.tree.root
    if resource in terms.keep:
        return terms.keep[resource], None
    reading = plan.policy.choice("stock_cap_meaning")
    if reading != "adjusted_stock":
        return None, reason("retention_other_meaning", reading="stock_cap_meaning")
    figure = plan.figures.get(f"cap.{rule.rule.rule}.{root}")
    if figure is None or figure.exact is None:
        why = figure.why if figure is not None else None
        return None, why or reason("retention_no_cap", rule=rule.rule.rule)
    return int(figure.exact), None


def _district_caps(plan: Plan, rule: InForce[StockCapRule], stock: Stock) -> dict[int, int]:
    """The caps of the districts as the plan shares them out, by district number."""
    found = {}
    for number, code in enumerate(stock.districts):
        figure = plan.figures.get(f"cap.{rule.rule.rule}.{code}")
        if figure is not None and figure.exact is not None:
            found[number] = int(figure.exact)
    return found


def _orders(rule: InForce[StockCapRule]) -> dict[str, tuple[Tier, ...]]:
    """The orders that the rule gives, or the plain one."""
    given = {name: tuple(_tier(tier) for tier in tiers) for name, tiers in rule.rule.orders.items()}
    without = tuple(tier for tier in DEFAULT_ORDER if tier[0][0] is not Aspect.COVERED)
    return given or {PLAIN_ORDER: without}


def _tier(weights: Mapping[Aspect, int]) -> Tier:
    """A tier of the shelf; what stands alone is weighed against nothing."""
    return tuple(weights.items()) if len(weights) > 1 else tuple((each, 1) for each in weights)


def _exits(assessment: AssessmentRecord | None) -> frozenset[str]:
    """Codes of those whose exit comes first: the assessment says not to renew."""
    if assessment is None:
        return frozenset()
    return frozenset(
        each.code for each in assessment.assessed if each.renewal == Renewal.DO_NOT_RENEW
    )


def _losses(made: Retention) -> Iterator[Loss]:
    if made.kept is not None:
        yield from losses(made.question, made.tiers, made.kept)


def _path(census: Census, stock: Stock, made: Retention, *, years: range) -> Mapping[int, int]:
    """The year in which each goes: the lowest points first, none before its term."""
    if made.kept is None:
        return {}
    question = made.question
    rows = np.flatnonzero(~made.kept & ~question.leaving)
    order = rows[np.lexsort((rows, question.scores[rows]))].tolist()
    ends: Mapping[int, dt.date] = earliest_ends(census, stock)
    earliest = {row: max(ends[row].year, years[0]) for row in order if row in ends}
    return path(order, earliest, years)


def _gone(one: Chosen) -> Iterator[int]:
    """Rows of institutions that are no longer there for the caps that follow."""
    if one.stock is not None and one.retention is not None and one.retention.kept is not None:
        yield from one.stock.rows[~one.retention.kept].tolist()
