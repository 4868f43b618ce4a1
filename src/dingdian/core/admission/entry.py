"""Entry: who may apply, for what and in time; the area; the red line of the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from dingdian.core.admission.case import ABOUT, Case, Found
from dingdian.core.admission.decision import Condition, Met, Stage
from dingdian.core.admission.exemption import Exempted
from dingdian.core.policy import InForce
from dingdian.core.spacing.terms import Side
from dingdian.core.workings import Reason, reason

NEW_ONLY, OTHERWISE = "newly_opened_only", "area_otherwise"
#: Readings of entry -> the options that are acted on.
READINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {NEW_ONLY: ("new_only", "also_existing"), OTHERWISE: ("by_places", "not_in_scope")}
)


@dataclass(frozen=True, slots=True)
class RedLine:
    """A red line on the day: whether it acts (``None``: unknown), and how it weighs on whom.

    ``consequence``: ``pause`` lets nobody in; the others only bound the places. ``sources``: the
    figures that it rests on, and the rows of the ledger of those that count rows.
    """

    in_force: InForce[Any]
    acts: bool | None
    consequence: str
    resources: frozenset[str]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AreaClass:
    """The class of areas that a place lies in, by the pharmacies within its circle.

    ``found``: ``unserved``, ``insufficient``, ``sufficient``, ``saturated``; ``None`` where it
    cannot be told, with ``why``. ``count``: how many stand within the circle; ``enough``: how
    many the standard asks for.
    """

    found: str | None
    count: int | None = None
    enough: Fraction | None = None
    why: Reason | None = None


# ---------------------------------------------------------------- intake


def intake(case: Case, twice: str) -> Iterator[Condition]:
    """Whether this kind may apply, for these services, and only once in the round.

    ``twice`` is the id of the application of the same institution that stands before this one,
    empty where there is none.
    """
    for in_force in case.rules("eligibility"):
        if ABOUT[case.application.side] not in in_force.rule.about:
            continue
        yield from _eligible(case, in_force)
        met, why, change = Met.PASSED, None, None
        if twice:
            met, why = Met.FAILED, reason("applied_twice", first=twice)
            change = reason("change_withdraw", first=twice)
        yield case.condition(
            Stage.INTAKE,
            in_force,
            Found(met, sources=(case.application.origin,), why=why, change=change),
            item="applied_once",
        )


def _eligible(case: Case, in_force: InForce[Any]) -> Iterator[Condition]:
    """The kind, then each service that it asks for."""
    application, value = case.application, in_force.value
    sources = (application.origin,)
    if not application.kind:
        why = reason("kind_unknown")
        yield case.condition(
            Stage.INTAKE, in_force, Found(Met.UNKNOWN, sources=sources, why=why), item="kind"
        )
        return
    may = not value.kinds or application.kind in value.kinds
    yield case.condition(
        Stage.INTAKE,
        in_force,
        Found(
            Met.PASSED if may else Met.FAILED,
            sources=sources,
            why=None if may else reason("kind_may_not_apply", kind=application.kind),
        ),
        item="kind",
    )
    if not application.services:
        why, change = reason("services_unknown"), reason("change_find_out")
        found = Found(Met.UNKNOWN, sources=sources, why=why, change=change)
        yield case.condition(Stage.INTAKE, in_force, found, item="services")
    for service in application.services:
        kinds = value.services.get(service)
        if kinds is None:
            continue
        fits = application.kind in kinds
        why = reason("service_not_of_kind", service=service, kind=application.kind)
        yield case.condition(
            Stage.INTAKE,
            in_force,
            Found(
                Met.PASSED if fits else Met.FAILED,
                sources=sources,
                why=None if fits else why,
                change=None if fits else reason("change_leave_out", service=service),
            ),
            item=service,
        )


# ---------------------------------------------------------------- area


def area(case: Case, class_of: Callable[[Case], AreaClass]) -> Iterator[Condition]:
    """Where only newly opened pharmacies may enter evaluation, and in which areas (DX-23/24)."""
    rules = [each for each in case.rules("coverage") if NEW_ONLY in each.rule.readings]
    if not rules or case.application.side is not Side.PHARMACY:
        return
    found = class_of(case)
    if found.found is None:  # it matters only where some class would not let it in
        could = [_opened_in_period(case, each, found) for each in rules]
        could.append(_elsewhere(case, rules[0], found))
        any_will_do = all(each.met is Met.PASSED for each in could)
        met, change = (Met.PASSED, None) if any_will_do else (Met.UNKNOWN, "change_find_out")
        for in_force in rules:
            told = Found(met, why=found.why, change=reason(change) if change else None)
            yield case.condition(Stage.AREA, in_force, told)
        return
    fitting = [each for each in rules if each.rule.finds == found.found]
    for in_force in fitting:
        yield _opened_in_period(case, in_force, found)
    if not fitting:
        yield _elsewhere(case, rules[0], found)


def _opened_in_period(case: Case, in_force: InForce[Any], found: AreaClass) -> Condition:
    chosen, opened = case.policy.choice(NEW_ONLY), case.application.opened_on
    start = case.policy.plan.since if case.policy.plan else None
    why = reason("area_class", area=found.found, count=found.count)
    change = None
    if chosen == "also_existing":
        met = Met.PASSED
    elif chosen != "new_only":
        met, why = Met.UNCLEAR, reason("reading_open", reading=NEW_ONLY)
    elif opened is None or start is None:
        met, why, change = Met.UNKNOWN, reason("opening_unknown"), reason("change_find_out")
    elif opened >= start:
        met = Met.PASSED
    else:
        met, why = Met.FAILED, reason("opened_before_plan", area=found.found)
        change = reason("change_ask_reading", reading=NEW_ONLY)
    return case.condition(
        Stage.AREA,
        in_force,
        Found(
            met,
            value=opened,
            threshold=start if chosen == "new_only" else None,
            sources=(case.application.origin,),
            why=why,
            change=change,
        ),
        item=found.found or "",
    )


def _elsewhere(case: Case, in_force: InForce[Any], found: AreaClass) -> Condition:
    """A pharmacy in an area that is served: by the year's places, or not at all."""
    chosen = case.policy.choice(OTHERWISE)
    why = reason("area_class", area=found.found, count=found.count)
    change = None
    if chosen == "by_places":
        met = Met.PASSED
    elif chosen == "not_in_scope":
        met, change = Met.FAILED, reason("change_other_area")
    else:
        met, why = Met.UNCLEAR, reason("reading_open", reading=OTHERWISE)
    return case.condition(
        Stage.AREA, in_force, Found(met, why=why, change=change), item=found.found or ""
    )


# ---------------------------------------------------------------- red line


def red_line(
    case: Case, lines: tuple[RedLine, ...], reached: frozenset[str], free: Exempted | None
) -> Iterator[Condition]:
    """What each red line of the day does to an applicant that it reaches by some resources."""
    for line in lines:
        if not line.resources & reached:
            continue
        yield _red_line(case, line, free)


def _red_line(case: Case, line: RedLine, free: Exempted | None) -> Condition:
    change: Reason | None = None
    if free is not None and free.open == "exempt_from_red_line":
        met, why = Met.UNCLEAR, free.why
    elif free is not None and "red_line" in free.lifts and free.beds is None:
        met, why = Met.FREE, free.why
    elif line.acts is None:
        met, why = Met.UNKNOWN, reason("red_line_unknown", consequence=line.consequence)
        if line.consequence != "pause":
            met, why = Met.PASSED, reason("red_line_in_places")
    elif not line.acts:
        met, why = Met.PASSED, reason("red_line_off", consequence=line.consequence)
    elif line.consequence == "pause":
        met, why = Met.FAILED, reason("red_line_on", consequence=line.consequence)
        change = reason("change_red_line_lifted", rule=line.in_force.rule.rule)
    else:
        met, why = Met.PASSED, reason("red_line_in_places")
    found = Found(met, sources=line.sources, why=why, change=change)
    return case.condition(Stage.RED_LINE, line.in_force, found, item=line.consequence)


def day_of(
    days: tuple[dt.date | None, dt.date | None], decided_on: dt.date, option: str | None
) -> dt.date:
    """The day whose rules hold for a case, by the reading ``rules_of_day``.

    ``days``: of application and of acceptance. A case that is not accepted yet has the rules of
    the day of decision.

    >>> applied, accepted = dt.date(2026, 1, 5), dt.date(2026, 2, 1)
    >>> day_of((applied, accepted), dt.date(2026, 3, 1), "acceptance_day").isoformat()
    '2026-02-01'
    """
    applied, accepted = days
    chosen = {"application_day": applied, "acceptance_day": accepted}.get(option or "", decided_on)
    return min(chosen or decided_on, decided_on)
