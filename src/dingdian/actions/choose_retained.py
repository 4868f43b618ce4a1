"""Which stay under the caps of a plan: everything asked of ledger and shelf, then chosen.

The answer is advice. It changes nothing: every exit needs its own grounds, hearing and decision.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

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
from dingdian.core.solving import Goal, Limits, Status
from dingdian.core.workings import Reason, Workings, reason


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """The answer for one cap.

    ``why``: why nothing could be asked; then ``question`` and what follows is ``None`` or empty.
    ``going``: the year of each that goes by choice, ``first``: of each whose exit comes first, by
    place in the stock. ``shares``: the districts' parts of the cap as the plan shares it out, by
    district number, whether they are held or not. ``others``: what the other orders would reach.
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
    first: Mapping[int, int] = field(default_factory=dict)
    shares: Mapping[int, int] = field(default_factory=dict)
    needs: tuple[Need, ...] = ()
    others: Mapping[str, Retention] = field(default_factory=dict)
    why: Reason | None = None


#: Hears of each goal that is done: of which stock, of how many institutions.
Tell = Callable[[str, int, Goal], None]


@dataclass(frozen=True, slots=True)
class Hearing:
    """Who hears how far it is: of each stage that begins, and of each goal that is done."""

    stage: Callable[[str], None] = lambda _stage: None
    goal: Tell = lambda _resource, _stock, _goal: None


NOBODY = Hearing()


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
    hearing: Hearing = NOBODY,
) -> RetentionRun:
    """Choose who stays under every cap on a stock in force.

    Every cap is answered, and where it cannot be kept told what its rules need, before the other
    orders are tried: these get what the limits leave. A clock runs from the first cap on.

    Raises:
        RequestError: no such place or order, an assessment of another place or year, a year by
            which the cap would be reached outside the plan, a resource to keep that no cap is
            about.
        NotInForceError: the plan does not hold in the year.
        CensusError: blocking faults, or a ledger of another place.
    """
    plan = evaluate_plan(
        census,
        book,
        place=place,
        year=terms.year,
        faults=faults,
        as_if=as_if,
        progress=hearing.stage,
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
    gone: dict[int, int] = {}
    limits.over()  # a clock starts when it is first asked
    for at, rule in enumerate(caps):
        hearing.stage("retaining")
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
            limits=limits.share(len(caps) - at),
            tell=hearing.goal,
        )
        chosen.append(one)
        gone |= _gone(one)
    if terms.compare:
        hearing.stage("comparing")
        chosen = _compared(chosen, limits)
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
    gone: Mapping[int, int],
    assessment: AssessmentRecord | None,
    by: int,
    limits: Limits,
    tell: Tell,
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
    shares = _shares(plan, rule, found)
    districts = shares if terms.hold_districts else {}
    tiers = orders[order]
    question = found.question(cap, scored, caps=districts, hold=_holds(tiers))
    made = choose(question, limits, tiers, tell=lambda goal: tell(resource, question.stock, goal))
    impossible = made.answer.status is Status.INFEASIBLE
    years = range(terms.year, by + 1)
    return Chosen(
        rule,
        resource,
        cap,
        order=order,
        stock=found,
        question=question,
        retention=made,
        losses=tuple(_losses(made)),
        going=_path(facts.workings.census, found, made, years=years),
        first=_first(facts.workings.census, found, gone, years=years),
        shares=shares,
        needs=tuple(needs(question, limits)) if impossible else (),
    )


def _compared(chosen: Sequence[Chosen], limits: Limits) -> list[Chosen]:
    """What the other orders would reach, each of them and each cap with its part of the time."""
    todo = sum(len(_others(each)) for each in chosen)
    found = []
    for one in chosen:
        others: dict[str, Retention] = {}
        known = [] if one.retention is None or one.retention.kept is None else [one.retention.kept]
        for name, tiers in _others(one).items():
            if one.question is None:
                continue
            asked = replace(one.question, hold_localities=_holds(tiers))
            made = choose(asked, limits.share(todo), tiers, known=known)
            others[name] = made
            known += [] if made.kept is None else [made.kept]
            todo -= 1
        found.append(replace(one, others=others))
    return found


def _others(one: Chosen) -> dict[str, tuple[Tier, ...]]:
    """The orders of a cap beside the one used; none where nothing was asked."""
    if one.question is None:
        return {}
    return {name: tiers for name, tiers in _orders(one.rule).items() if name != one.order}


def _holds(tiers: Sequence[Tier]) -> bool:
    """Whether no locality may lose its last one: where people with one are not weighed."""
    return Aspect.COVERED not in flat(tiers)


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


def _shares(plan: Plan, rule: InForce[StockCapRule], stock: Stock) -> dict[int, int]:
    """The districts' parts of the cap as the plan shares it out, by district number."""
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


def _first(
    census: Census, stock: Stock, gone: Mapping[int, int], *, years: range
) -> Mapping[int, int]:
    """The year in which each leaves whose exit comes first: with its designation, or at its term.

    An assessment ends no agreement before its term; whose term nobody knows waits for the last
    year, as those do who go by choice.
    """
    ends = earliest_ends(census, stock)

    def year(at: int) -> int:
        row = int(stock.rows[at])
        if row in gone:
            return gone[row]
        return max(ends[at].year, years[0]) if at in ends else years[-1]

    return {at: year(at) for at in np.flatnonzero(stock.leaving).tolist()}


def _gone(one: Chosen) -> dict[int, int]:
    """Rows of institutions that are not there for the caps that follow, with the year they go."""
    if one.stock is None or one.retention is None or one.retention.kept is None:
        return {}
    return {int(one.stock.rows[at]): year for at, year in {**one.first, **one.going}.items()}
