"""Whether the plan of the year still has the places that an entry takes.

The caller brings what the issued plans give as plain numbers; what was taken is counted while the
ledger is held, so that of two who give away the last place one is told. A plan that is not issued
is no number: it is noted. A number that the plan could not work out lets nobody in.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from dingdian.core.errors import Fault, Text
from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.naming import joined, told
from dingdian.core.lifecycle.takings import TAKE, Taking, takings
from dingdian.core.lifecycle.terms import Terms
from dingdian.core.rules.stated import ExemptionRule

#: So many of the cases that took the places are named.
_NAMED = 5
_WHOLE = ""
#: Families of rules that set the numbers of a plan.
_LIMIT = frozenset({"freeze", "pool", "red_line", "release_quota", "stock_cap"})


@dataclass(frozen=True, slots=True)
class Given:
    """What a plan gives of a resource in a scope: a district, or empty for the whole place.

    ``bed_classes``: those that count for it, ``("",)`` where it is no beds. ``amount`` is ``None``
    where the plan could not work it out. ``rules`` are those that bind it; ``principle``: the text
    of each says 原则上.
    """

    resource: str
    bed_classes: tuple[str, ...]
    scope: str
    amount: int | None
    name: Text
    scope_name: Text
    rules: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    principle: bool = False


@dataclass(frozen=True, slots=True)
class YearPlan:
    """The issued plan of a year: how it is called, what it gives, and the districts of regions."""

    year: int
    name: str
    given: tuple[Given, ...]
    district_of: Mapping[str, str] = field(default_factory=dict)

    def counts(self, given: Given, taking: Taking) -> bool:
        """Whether a taking counts for what is given of a resource in a scope."""
        same = taking.resource == given.resource and taking.bed_class in given.bed_classes
        return same and given.scope in (_WHOLE, self.district_of.get(taking.region, _WHOLE))


#: Year -> its issued plan. A year without one is a year of which nobody knows what it gives.
Plans = Mapping[int, YearPlan]
#: What cases have taken of a resource in a year.
Taken = Callable[[str, int], Iterable[Taking]]


@dataclass(frozen=True, slots=True)
class Used:
    """What is left of a number of a plan: who took of it, and who is outside it.

    ``left`` is ``None`` where the number is unknown, and below zero where exceptions exceeded it.
    """

    given: Given
    counted: tuple[Taking, ...]
    free: tuple[Taking, ...]

    @property
    def taken(self) -> int:
        """How many were taken."""
        return sum(each.amount for each in self.counted)

    @property
    def left(self) -> int | None:
        """How many are left."""
        return None if self.given.amount is None else self.given.amount - self.taken


def used(plan: YearPlan, taken: Taken, terms: Terms) -> Iterator[Used]:
    """Every number of a plan with who took of it, in the order of the plan."""
    for given in plan.given:
        found = [e for e in taken(given.resource, plan.year) if plan.counts(given, e)]
        free = tuple(each for each in found if _is_free(each, terms))
        yield Used(given, tuple(each for each in found if each not in free), free)


def counted(
    plan: YearPlan, takings: Iterable[Taking], bed_classes: Collection[str], terms: Terms
) -> dict[str, Fraction]:
    """How much of a resource was taken by district, empty for none that is known.

    ``takings`` are those of the resource in the year; those outside the number are left out, and
    of beds those of other classes.
    """
    sums: dict[str, Fraction] = {}
    for each in takings:
        if each.bed_class in bed_classes and not _is_free(each, terms):
            district = plan.district_of.get(each.region, _WHOLE)
            sums[district] = sums.get(district, Fraction(0)) + each.amount
    return sums


@dataclass(frozen=True, slots=True)
class Scales:
    """What the places of an entry are weighed by: plans, what was taken of them, and the rules."""

    plans: Plans
    taken: Taken
    terms: Terms

    def weigh(self, entry: Entry, before: Sequence[Entry]) -> Iterator[Fault]:
        """What the plans say of the places that an entry takes; nothing of one that takes none.

        ``before`` are the entries of its case.
        """
        if entry.move not in TAKE:
            return
        own = takings((*before, entry))
        more = _added(takings(before), own)
        if more:
            yield from _grounds(entry, self.terms)
        for year in sorted({each.day.year for each in more}):
            plan = self.plans.get(year)
            if plan is None:
                yield told("plan_of_year_not_issued", year=year)
                continue
            asked = [e for e in own if e.day.year == year and not _is_free(e, self.terms)]
            fresh = [e for e in more if e.day.year == year and not e.exempt]
            for given in plan.given:
                if any(plan.counts(given, each) for each in fresh):
                    yield from self._against(entry, given, plan, asked)

    def _against(
        self, entry: Entry, given: Given, plan: YearPlan, asked: Iterable[Taking]
    ) -> Iterator[Fault]:
        """What one number of a plan says: it is kept, unknown, or would be exceeded."""
        said = {
            "year": plan.year,
            "plan": plan.name,
            "clauses": "、".join(given.clauses) or "—",
            **joined([given.name], "resource"),
            **joined([given.scope_name], "scope"),
        }
        if given.amount is None:
            yield told("places_unknown", **said)
            return
        others = [
            each
            for each in self.taken(given.resource, plan.year)
            if each.case != entry.case and not _is_free(each, self.terms)
        ]
        others = [each for each in others if plan.counts(given, each)]
        gone = sum(each.amount for each in others)
        wanted = sum(each.amount for each in asked if plan.counts(given, each))
        if gone + wanted <= given.amount:
            return
        numbers = {"quota": given.amount, "taken": gone, "wanted": wanted, **_cases(others)}
        allowed = _exceptions(given, self.terms, entry.held_on)
        if (rule := entry.facts.get("exception")) in allowed:
            yield told("places_exceeded_by_decision", rule=rule, **numbers, **said)
        else:
            yield told("no_place_left", allowed="、".join(allowed) or "—", **numbers, **said)


def exemptions(terms: Terms, day: dt.date) -> tuple[str, ...]:
    """The rules in force on a day by which the plan does not limit an institution."""
    rules = terms.policy(day).rules
    return tuple(
        name
        for name, each in rules.items()
        if isinstance(each.rule, ExemptionRule)
        and each.value is not None
        and "quota" in each.rule.lifts
    )


def excepted(terms: Terms, day: dt.date) -> tuple[str, ...]:
    """The rules in force on a day of which a recorded decision may exceed a number of a plan."""
    rules = terms.policy(day).rules
    in_principle = (
        name
        for name, each in rules.items()
        if each.rule.principle and each.rule.family in _LIMIT and each.value is not None
    )
    return (*in_principle, *_needs(terms, day))


def _needs(terms: Terms, day: dt.date) -> tuple[str, ...]:
    """The rules by which real need sets the places of a plan aside (DX-26)."""
    rules = terms.policy(day).rules
    return tuple(n for n, e in rules.items() if "places" in getattr(e.rule, "sets_aside", ()))


def _added(before: Iterable[Taking], now: Iterable[Taking]) -> list[Taking]:
    """The takings of now that are more than those before of the same resource and year."""
    had = Counter[tuple[str, str, int, bool]]()
    for each in before:
        had[_key(each)] += each.amount
    has = Counter[tuple[str, str, int, bool]]()
    for each in now:
        has[_key(each)] += each.amount
    return [each for each in now if has[_key(each)] > had[_key(each)]]


def _key(each: Taking) -> tuple[str, str, int, bool]:
    return each.resource, each.bed_class, each.day.year, each.exempt


def _is_free(taking: Taking, terms: Terms) -> bool:
    """Whether an exempt one is outside the number, by the reading ``exempt_uses_quota``."""
    return taking.exempt and terms.choice(taking.day, "exempt_uses_quota") != "yes"


def _grounds(entry: Entry, terms: Terms) -> Iterator[Fault]:
    """What is wrong with the exemption or the exception that an entry names."""
    named = entry.facts.get("exemption")
    if named and named not in exemptions(terms, entry.held_on):
        known = "、".join(exemptions(terms, entry.held_on)) or "—"
        yield told("exemption_unknown", rule=named, day=entry.held_on, known=known)
    if (named or entry.facts.get("exception")) and not entry.documents:
        yield told("place_without_document")


def _exceptions(given: Given, terms: Terms, day: dt.date) -> tuple[str, ...]:
    """The rules of which a recorded decision may exceed a number: 原则上, or by real need."""
    return (*(given.rules if given.principle else ()), *_needs(terms, day))


def _cases(others: Iterable[Taking]) -> dict[str, object]:
    """Who took the places, by case and entry: the first of them by name."""
    found = list(dict.fromkeys((each.case, each.seq) for each in others))
    named = "、".join(f"{case}（{seq}）" for case, seq in found[:_NAMED]) or "—"
    rest = len(found) - _NAMED
    more = {"more_zh": f"等{len(found)}件", "more": f" and {rest} more"} if rest > 0 else {}
    return {"cases": named, "more": "", "more_zh": "", **more}
