"""Family ``red_line``: fund red lines that pause or cap new entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from dingdian.core.findings import Finding, Limit, Outcome, State
from dingdian.core.policy import Dated, InForce, Rule, Shape
from dingdian.core.policy.model import Identifier
from dingdian.core.rules.compare import Comparison, all_hold, any_holds, holds
from dingdian.core.rules.decisions import OTHER, Matter, cited, matters, told
from dingdian.core.rules.facts import Facts
from dingdian.core.workings import Because, Compared, Figure, Reason, reason


class Trigger(StrEnum):
    """The named triggers of a red line; each is decided from evidence in the census."""

    DEFICIT_LAST_YEAR = "deficit_last_year"
    SHORTFALL_FORECAST = "shortfall_forecast"
    WARNING_LETTER = "warning_letter"
    BED_USE_BELOW = "bed_use_below"
    RESERVE_MONTHS_BELOW = "reserve_months_below"


class Consequence(StrEnum):
    """What a red line in force does to new places."""

    PAUSE = "pause"  # no new place at all
    STEADY = "steady"  # the total stays in balance: no more than was released
    CAP_TOTAL = "cap_total"  # the stock may not exceed the designated total


class RedLineValue(Shape):
    """Any one trigger is enough; the list is open (等情形): a recorded decision may add."""

    triggers: Annotated[tuple[Trigger, ...], Field(min_length=1)]
    consequence: Consequence


class RedLineRule(Rule):
    """A fund red line over resources of the whole pooling area."""

    family: Literal["red_line"]
    resources: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    values: tuple[Dated[RedLineValue], ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Whether a trigger is met (None: unknown), the numbers that show it, and since when.

    ``compared`` are the comparisons that the verdict rests on.
    """

    met: bool | None
    numbers: Mapping[str, Figure]
    since: dt.date
    compared: tuple[Compared, ...] = ()


FUNDS = ("employee_pool", "resident_pool")

#: Readings ``red_line_fund`` and ``reserve_fund`` -> how the verdicts of the funds combine.
ACROSS_FUNDS: Mapping[str, Callable[[Mapping[str, bool | None]], bool | None]] = MappingProxyType(
    {
        "any": lambda by: any_holds(by[fund] for fund in FUNDS),
        "all": lambda by: all_hold(by[fund] for fund in FUNDS),
        "employee_pool": lambda by: by["employee_pool"],
        "resident_pool": lambda by: by["resident_pool"],
        "sum": lambda by: by["all"],
    }
)
#: The same readings -> the funds that are weighed.
WEIGHED_FUNDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "any": FUNDS,
        "all": FUNDS,
        "employee_pool": ("employee_pool",),
        "resident_pool": ("resident_pool",),
        "sum": ("all",),
    }
)


def _held(comparison: Comparison, figure: Figure, limit: Figure) -> Compared:
    return Compared(figure.key, comparison, limit.key, holds(comparison, figure, limit))


def _zero(facts: Facts) -> Figure:
    return facts.workings.given("zero", "", Fraction(0), unit="index")


def _by_fund(facts: Facts, measure: str, reading: str, limit: Figure | None) -> Evidence:
    """A measure of each fund below a limit (zero where there is none)."""
    figures = {fund: facts.figure(f"{measure}_{fund}", facts.root) for fund in (*FUNDS, "all")}
    bound = _zero(facts) if limit is None else limit
    held = {fund: _held(Comparison.LESS_THAN, each, bound) for fund, each in figures.items()}
    choice = facts.workings.choice(reading) or "any"
    met = ACROSS_FUNDS[choice]({fund: each.holds for fund, each in held.items()})
    numbers = {**figures, **({"required": limit} if limit else {})}
    weighed = tuple(held[fund] for fund in WEIGHED_FUNDS[choice])
    return Evidence(met, numbers, facts.workings.stock_day, weighed)


def _deficit(facts: Facts) -> Evidence:
    return _by_fund(facts, "fund_result_last_year", "red_line_fund", None)


def _shortfall(facts: Facts) -> Evidence:
    return _by_fund(facts, "fund_result_this_year", "red_line_fund", None)


def _reserve(facts: Facts) -> Evidence:
    required = facts.benchmark("required_reserve_months", facts.root)
    return _by_fund(facts, "reserve_months", "reserve_fund", required)


def _bed_use(facts: Facts) -> Evidence:
    use = facts.figure("bed_use", facts.root)
    choice = facts.workings.choice("bed_use_requirement") or "bureau_number"
    required = facts.benchmark(BED_USE_REQUIREMENT[choice], facts.root)
    numbers = {"bed_use": use, "required": required}
    held = _held(Comparison.LESS_THAN, use, required)
    return Evidence(held.holds, numbers, facts.workings.stock_day, (held,))


def _letters(facts: Facts) -> Evidence:
    """Letters received and not withdrawn on the day of the policy."""
    count = facts.figure("warning_letters", facts.root)
    table = facts.workings.census.tables["letters"]
    ends = zip(table["received_on"].cells(), table["withdrawn_on"].cells(), strict=True)
    days = [
        received
        for received, withdrawn in ends
        if isinstance(received, dt.date)
        and received <= facts.day
        and not (isinstance(withdrawn, dt.date) and withdrawn <= facts.day)
    ]
    held = _held(Comparison.MORE_THAN, count, _zero(facts))
    since = max(days, default=facts.workings.stock_day)
    return Evidence(held.holds, {"letters": count}, since, (held,))


#: Reading ``bed_use_requirement`` -> the benchmark that bed use is held against.
BED_USE_REQUIREMENT: Mapping[str, str] = MappingProxyType(
    {"bureau_number": "required_bed_use", "norm_85": "norm_bed_use"}
)
EVIDENCE: Mapping[Trigger, Callable[[Facts], Evidence]] = MappingProxyType(
    {
        Trigger.DEFICIT_LAST_YEAR: _deficit,
        Trigger.SHORTFALL_FORECAST: _shortfall,
        Trigger.WARNING_LETTER: _letters,
        Trigger.BED_USE_BELOW: _bed_use,
        Trigger.RESERVE_MONTHS_BELOW: _reserve,
    }
)


def acts(facts: Facts, evidence: Evidence, matter: Matter | None) -> bool | None:
    """Whether a trigger acts, from its evidence, the decisions about it and ``red_line_start``.

    A decision that sets it acts until one lifts it or, under the reading ``red_line_exit``
    ``evidence_gone``, until younger evidence says that the ground is gone. A lifting counts
    against evidence that is not younger than it. Without any decision evidence acts by
    itself only under the reading ``evidence``.
    """
    if matter is not None and matter.lifted is None:
        improved = evidence.met is False and matter.last.decided_on < evidence.since
        return not (improved and facts.workings.choice("red_line_exit") == "evidence_gone")
    if matter is not None and matter.last.decided_on >= evidence.since:
        return False
    if facts.workings.choice("red_line_start") == "decision":
        return False
    return evidence.met


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A trigger of a line: whether it acts, its finding, and what it says of a limit."""

    acts: bool | None
    finding: Finding
    because: Because


def decide(in_force: InForce[RedLineRule], facts: Facts) -> Outcome:
    """One finding a trigger, one for the line itself, and its limits unless it does not act."""
    value: RedLineValue = in_force.value
    weighed = [_named(in_force, facts, trigger) for trigger in value.triggers]
    weighed += _others(in_force, facts)
    on = any_holds(each.acts for each in weighed)
    code = {True: "red_line_on", False: "red_line_off", None: "red_line_unknown"}[on]
    note = reason(code, consequence=value.consequence.value)
    line = facts.finding(
        in_force, facts.root, _STATES[on], note=note, why=None if on is not None else note
    )
    because = _because(note, [each.because for each in weighed if each.acts is on])
    limits = _limits(in_force, facts, on=on)
    for key in dict.fromkeys(each.key for each in limits):
        facts.workings.explained(facts.workings.figures[key], because)
    return Outcome((line, *(each.finding for each in weighed)), limits)


_STATES: Mapping[bool | None, State] = MappingProxyType(
    {True: State.BROKEN, False: State.KEPT, None: State.UNDEFINED}
)


def _named(in_force: InForce[RedLineRule], facts: Facts, trigger: Trigger) -> _Weighed:
    """A trigger of the text: its evidence, and the decisions about it in this line."""
    rule, evidence = in_force.rule, EVIDENCE[trigger](facts)
    found = matters(facts, trigger, rule.clauses)
    matter = found[-1] if found else None
    numbers = dict(evidence.numbers)
    if found:
        numbers["decisions"] = cited(facts, f"{rule.rule}.{trigger}", trigger, found)
    note = told(trigger, matter)
    finding = facts.finding(in_force, facts.root, _STATES[evidence.met], numbers, note=note)
    return _Weighed(acts(facts, evidence, matter), finding, Because((note,), evidence.compared))


def _others(in_force: InForce[RedLineRule], facts: Facts) -> list[_Weighed]:
    """Circumstances that the text does not list (等情形): each is set and lifted on record."""
    if facts.workings.choice("red_line_open_list") == "closed_list":
        return []
    return [
        _other(in_force, facts, matter, n)
        for n, matter in enumerate(matters(facts, OTHER, in_force.rule.clauses), start=1)
    ]


def _other(in_force: InForce[RedLineRule], facts: Facts, matter: Matter, n: int) -> _Weighed:
    on, note = matter.lifted is None, told(OTHER, matter)
    decisions = cited(facts, f"{in_force.rule.rule}.{OTHER}.{n}", OTHER, (matter,))
    numbers = {"decisions": decisions}
    finding = facts.finding(in_force, facts.root, _STATES[on], numbers, note=note)
    return _Weighed(on, finding, Because((note,)))


def _because(line: Reason, grounds: Iterable[Because]) -> Because:
    """What the line says, the triggers that bring it about, and the numbers these rest on."""
    found = list(grounds)
    says = (line, *(said for each in found for said in each.says))
    return Because(says, tuple(compared for each in found for compared in each.compared))


def _limits(in_force: InForce[RedLineRule], facts: Facts, *, on: bool | None) -> tuple[Limit, ...]:
    """The limits of a line that acts, none of one that does not, undefined ones while unknown."""
    if on is None:
        return _unknown(in_force, facts)
    return LIMITS[in_force.value.consequence](in_force, facts) if on else ()


def _unknown(in_force: InForce[RedLineRule], facts: Facts) -> tuple[Limit, ...]:
    """An undefined limit wherever the consequence would set one: unknown is not "does not act"."""
    rule, consequence = in_force.rule, in_force.value.consequence
    why = reason("red_line_unknown_limit", rule=rule.rule, consequence=consequence.value)
    limits = []
    for resource in rule.resources:
        unit = facts.workings.measures[f"released_{resource}"].unit
        for at in BOUND[consequence](facts):
            figure = facts.workings.given(
                f"red_line_limit.{rule.rule}.{resource}",
                at,
                None,
                unit=unit,
                clauses=rule.clauses,
                readings=rule.readings,
                why=why,
            )
            limits.append(Limit(resource, at, rule.rule, figure.key))
    return tuple(limits)


def _pause(in_force: InForce[RedLineRule], facts: Facts) -> tuple[Limit, ...]:
    """No new place in any district."""
    none = facts.workings.clause_value(in_force, "pause", Fraction(0), unit="place")
    return tuple(
        Limit(resource, at, in_force.rule.rule, none.key)
        for resource in in_force.rule.resources
        for at in BOUND[Consequence.PAUSE](facts)
    )


def _steady(in_force: InForce[RedLineRule], facts: Facts) -> tuple[Limit, ...]:
    """The total of the pooling area stays in balance: no more than was released there."""
    rule, limits = in_force.rule, []
    for resource in rule.resources:
        pool = facts.figure(f"released_{resource}", facts.root)
        limit = facts.workings.compute(
            f"red_line_limit.{rule.rule}.{resource}",
            facts.root,
            "same",
            {"a": pool},
            unit=pool.unit,
            clauses=rule.clauses,
        )
        limits.append(Limit(resource, facts.root, rule.rule, limit.key))
    return tuple(limits)


def _cap_total(in_force: InForce[RedLineRule], facts: Facts) -> tuple[Limit, ...]:
    """The stock of the whole area may not exceed the designated total."""
    rule = in_force.rule
    limits = []
    for resource in rule.resources:
        room = facts.workings.compute(
            f"room.{rule.rule}.{resource}",
            facts.root,
            "difference_not_below_zero",
            {"a": designated_total(facts, resource), "b": facts.figure(resource, facts.root)},
            unit="institution",
            clauses=rule.clauses,
            readings=("designated_total",),
        )
        limits.append(Limit(resource, facts.root, rule.rule, room.key))
    return tuple(limits)


def designated_total(facts: Facts, resource: str) -> Figure:
    """The number not to be exceeded: the bureau's own, else a stock by ``designated_total``."""
    own = facts.benchmark(f"designated_total_{resource}", facts.root)
    if own.value is not None:
        return own
    plan = facts.policy.plan
    start = plan.since.year - 1 if plan and plan.since else facts.workings.stock_day.year
    last = facts.workings.stock_day.year
    of_last_year = facts.workings.choice("designated_total") == "stock_last_year"
    return facts.stock_in(resource, last if of_last_year else min(start, last), facts.root)


#: Consequence -> the areas in which it sets limits.
BOUND: Mapping[Consequence, Callable[[Facts], tuple[str, ...]]] = MappingProxyType(
    {
        Consequence.PAUSE: lambda facts: facts.tree.districts,
        Consequence.STEADY: lambda facts: (facts.root,),
        Consequence.CAP_TOTAL: lambda facts: (facts.root,),
    }
)
LIMITS: Mapping[Consequence, Callable[[InForce[RedLineRule], Facts], tuple[Limit, ...]]] = (
    MappingProxyType(
        {
            Consequence.PAUSE: _pause,
            Consequence.STEADY: _steady,
            Consequence.CAP_TOTAL: _cap_total,
        }
    )
)
