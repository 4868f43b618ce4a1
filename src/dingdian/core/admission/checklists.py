"""Checklists: materials, refusal bars and conditions, item by item."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from dingdian.core.admission.application import Fact
from dingdian.core.admission.bars import Bar, Tie, barred
from dingdian.core.admission.case import ABOUT, Case, Found
from dingdian.core.admission.decision import Condition, Met, Stage
from dingdian.core.census.vocabulary import CHAIR_CLASSES
from dingdian.core.period import months_after, whole_months
from dingdian.core.policy import InForce
from dingdian.core.rules.checklist import By, Item
from dingdian.core.workings import reason

TRANSMISSION = "transmission_or_trace"
#: Readings of checklists -> the options that are acted on.
READINGS: Mapping[str, tuple[str, ...]] = MappingProxyType({TRANSMISSION: ("either", "both")})
#: What a checklist is for -> the stage at which it is looked at.
STAGES: Mapping[str, Stage] = MappingProxyType(
    {"material": Stage.MATERIALS, "refusal": Stage.REFUSAL, "condition": Stage.CONDITIONS}
)


def checked(case: Case) -> Iterator[Condition]:
    """Every item of every checklist that is about the applicant, materials first."""
    for purpose, stage in STAGES.items():
        for in_force in case.rules("checklist"):
            rule = in_force.rule
            about = ABOUT[case.application.side] in rule.about
            if rule.purpose == purpose and about and not rule.step:
                yield from _items(case, in_force, stage)


def _items(case: Case, in_force: InForce[Any], stage: Stage) -> Iterator[Condition]:
    found = [(item, _BY[item.by](case, item)) for item in in_force.value]
    if in_force.rule.combine_by:
        found = list(_combined(case, in_force.rule.combine_by, found))
    for item, each in found:
        yield case.condition(stage, in_force, each, item=item.item)


def _combined(
    case: Case, reading: str, found: list[tuple[Item, Found]]
) -> Iterator[tuple[Item, Found]]:
    """Items that bar only together, where the reading says ``both``."""
    chosen = case.policy.choice(reading)
    mets = [each.met for _, each in found]
    if chosen == "either" or all(met is Met.FAILED for met in mets):
        yield from found
        return
    for item, each in found:
        if chosen != "both":
            met, why = Met.UNCLEAR, reason("reading_open", reading=reading)
            yield item, replace(each, met=met if each.met is Met.FAILED else each.met, why=why)
        elif each.met is Met.FAILED and Met.PASSED in mets:
            yield item, replace(each, met=Met.PASSED, why=reason("bars_only_together"), change=None)
        elif each.met is Met.FAILED and Met.UNKNOWN in mets:
            yield item, replace(each, met=Met.UNKNOWN, why=reason("bars_only_together"))
        elif each.met is Met.UNKNOWN and Met.PASSED in mets:
            yield item, replace(each, met=Met.PASSED, why=reason("bars_only_together"), change=None)
        else:
            yield item, each


# ---------------------------------------------------------------- how an item is decided


def _silent(item: Item, change: str) -> Found:
    """Nobody said anything of an item: unknown, unless it is one of the 'other' kind."""
    if item.optional:
        return Found(Met.FREE, why=reason("item_optional"))
    return Found(Met.UNKNOWN, why=reason("fact_missing"), change=reason(change))


def _found_out(case: Case, item: Item) -> Fact | None:
    """What was found out about an item up to the day of the decision."""
    fact = case.application.facts.get(item.item)
    return None if fact is None or _after(fact.found_on, case) else fact


def _fact(case: Case, item: Item) -> Found:
    """A fact that must say yes, or reach a number."""
    fact = _found_out(case, item)
    if fact is None:
        return _silent(item, "change_find_out")
    sources = (fact.origin,)
    if item.at_least is None:
        if fact.yes is None:
            return replace(_silent(item, "change_find_out"), sources=sources)
        met = Met.PASSED if fact.yes else Met.FAILED
        change = None if fact.yes else reason("change_meet")
        return Found(met, sources=sources, change=change)
    if fact.amount is None:
        return replace(_silent(item, "change_find_out"), threshold=item.at_least, sources=sources)
    enough = fact.amount >= item.at_least
    return Found(
        Met.PASSED if enough else Met.FAILED,
        value=fact.amount,
        threshold=item.at_least,
        unit="person",
        sources=sources,
        change=None if enough else reason("change_more", more=item.at_least - fact.amount),
    )


def _months_since_opened(case: Case, item: Item) -> Found:
    """Open for so many months on the day of the case."""
    opened, months = case.application.opened_on, item.at_least or Fraction(0)
    sources = (case.application.origin,)
    if opened is None:
        found = _silent(item, "change_find_out")
        return replace(found, threshold=months, unit="month", sources=sources)
    since = months_after(opened, int(months))
    enough = since <= case.day
    return Found(
        Met.PASSED if enough else Met.FAILED,
        value=Fraction(whole_months(opened, case.day)),
        threshold=months,
        unit="month",
        sources=sources,
        change=None if enough else reason("change_wait", day=since),
    )


def _beds_from(case: Case, item: Item) -> Found:
    """Asked only of those with so many beds; then a fact must say yes. Chairs are no beds."""
    named = case.application.beds
    beds = {name: amount for name, amount in named.items() if name not in CHAIR_CLASSES}
    least = item.at_least or Fraction(0)
    unstated = not beds and "inpatient" in case.application.services
    if unstated or any(each is None for each in beds.values()):
        found = _fact(case, item.model_copy(update={"at_least": None}))
        unknown = found.met is not Met.PASSED
        why = reason("beds_unknown") if unknown else found.why
        return replace(found, met=Met.UNKNOWN if unknown else found.met, why=why)
    asked = sum((each or Fraction(0) for each in beds.values()), Fraction(0))
    if asked < least:
        why = reason("beds_fewer")
        return Found(Met.FREE, value=asked, threshold=least, unit="bed", why=why)
    found = _fact(case, item.model_copy(update={"at_least": None}))
    return replace(found, value=asked, threshold=least, unit="bed")


def _material(case: Case, item: Item) -> Found:
    """A paper that is there, and not younger than the decision."""
    papers = [each for each in case.application.materials if each.item == item.item]
    if not case.papers:
        return Found(Met.UNKNOWN, why=reason("materials_unknown"), change=reason("change_find_out"))
    if not papers:
        if item.optional:
            return Found(Met.FREE, why=reason("item_optional"))
        return Found(Met.FAILED, why=reason("material_missing"), change=reason("change_supply"))
    sources = tuple(each.origin for each in papers)
    late = [d for each in papers for d in (each.dated, each.received_on) if _after(d, case)]
    good = [
        each for each in papers if not (_after(each.dated, case) or _after(each.received_on, case))
    ]
    if good:
        return Found(Met.PASSED, sources=sources)
    why = reason("material_after_decision", day=min(day for day in late if day is not None))
    return Found(Met.FAILED, sources=sources, why=why, change=reason("change_supply"))


def _after(day: dt.date | None, case: Case) -> bool:
    return day is not None and day > case.decided_on


def _present(case: Case, item: Item) -> Found:
    """A ground of refusal that a fact shows."""
    fact = _found_out(case, item)
    if fact is None or fact.yes is None:
        found = _silent(item, "change_find_out")
        return replace(found, sources=(fact.origin,) if fact else ())
    change = reason("change_remedy") if fact.yes else None
    return Found(Met.FAILED if fact.yes else Met.PASSED, sources=(fact.origin,), change=change)


def _record(case: Case, item: Item) -> Found:
    """A ground of refusal that the bureau's records show, for so many years."""
    if case.records is None:
        return Found(Met.UNKNOWN, why=reason("records_missing"), change=reason("change_find_out"))
    bars = list(barred(case, item))
    if not bars:
        return Found(Met.PASSED)
    worst = min(bars, key=_heaviest)
    sources = tuple(each.entry.origin for each in bars)
    sure = worst.tie is Tie.SAME and worst.known
    change = reason("change_wait", day=worst.ends) if worst.ends else reason("change_remedy")
    return Found(
        Met.FAILED if sure else Met.UNKNOWN,
        value=worst.entry.happened_on,
        threshold=worst.ends,
        sources=sources,
        why=worst.why,
        change=change if sure else reason("change_find_out"),
    )


def _heaviest(bar: Bar) -> tuple[bool, int]:
    """A sure one first, then the one that bars the longest."""
    sure = bar.tie is Tie.SAME and bar.known
    return not sure, -(bar.ends or dt.date.max).toordinal()


#: How an item is decided -> what decides it.
_BY: Mapping[By, Callable[[Case, Item], Found]] = MappingProxyType(
    {
        By.FACT: _fact,
        By.MONTHS_SINCE_OPENED: _months_since_opened,
        By.BEDS_FROM: _beds_from,
        By.MATERIAL: _material,
        By.PRESENT: _present,
        By.RECORD: _record,
    }
)
