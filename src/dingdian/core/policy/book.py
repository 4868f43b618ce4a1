"""A policy book is all of the shelf; a policy is what is in force for one place on one day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from dingdian.core.calendar import NOTHING_KNOWN, WorkCalendar
from dingdian.core.errors import NotInForceError, RequestError, fault
from dingdian.core.policy.model import (
    Benchmark,
    Clause,
    Dated,
    Document,
    PlaceCard,
    Rank,
    Reading,
    Rule,
    Standing,
)
from dingdian.core.policy.years import CalendarYear

NATIONAL = "national"
Kind = TypeVar("Kind", bound=Rule)


@dataclass(frozen=True, slots=True)
class Layer:
    """One folder of the shelf, read."""

    card: PlaceCard
    clauses: tuple[Clause, ...] = ()
    rules: tuple[Rule, ...] = ()
    readings: tuple[Reading, ...] = ()
    benchmarks: tuple[Benchmark, ...] = ()
    calendar: tuple[CalendarYear, ...] = ()


@dataclass(frozen=True, slots=True)
class InForce(Generic[Kind]):
    """A rule with the value that holds on the day; ``dated`` is ``None`` before its first day.

    ``layer`` names the folder it comes from, ``over`` the lower layers that it displaced.
    """

    rule: Kind
    dated: Dated[Any] | None
    layer: str
    over: tuple[str, ...] = ()

    @property
    def value(self) -> Any:
        """The value in force, or ``None`` when nothing is (not begun, or repealed)."""
        return self.dated.value if self.dated else None


def _higher_holds(higher: InForce[Any], lower: InForce[Any]) -> InForce[Any]:
    return InForce(higher.rule, higher.dated, higher.layer, (lower.layer, *higher.over))


def _lower_holds(higher: InForce[Any], lower: InForce[Any]) -> InForce[Any]:
    return InForce(lower.rule, lower.dated, lower.layer, (higher.layer, *lower.over))


def _stricter_holds(higher: InForce[Any], lower: InForce[Any]) -> InForce[Any]:
    """The smaller number holds: the rules that allow this are time limits and ceilings.

    Numbers in different units (35 days, 3 months) cannot be compared: the place's own holds.
    """
    if lower.value is None or higher.value is None:
        return _higher_holds(higher, lower) if lower.value is None else _lower_holds(higher, lower)
    if getattr(lower.rule, "unit", None) != getattr(higher.rule, "unit", None):
        return _lower_holds(higher, lower)
    if isinstance(higher.value, Fraction | int) and isinstance(lower.value, Fraction | int):
        stricter = _lower_holds if lower.value <= higher.value else _higher_holds
        return stricter(higher, lower)
    return _higher_holds(higher, lower)


#: What a higher rule lets a lower layer do -> which of the two holds.
PRECEDENCE: Mapping[str, Callable[[InForce[Any], InForce[Any]], InForce[Any]]] = MappingProxyType(
    {"fixed": _higher_holds, "replace": _lower_holds, "stricter": _stricter_holds}
)


@dataclass(frozen=True, slots=True)
class Policy:
    """What is in force for one place on one day.

    Every mapping is by identifier. A reading of a lower layer replaces the higher one of the
    same id: readings are the bureau's own choices where the texts are silent. ``calendar`` is
    that of the shelf, whatever the day: what is known of working days, past and to come.
    """

    place: PlaceCard
    day: dt.date
    rules: Mapping[str, InForce[Any]]
    readings: Mapping[str, Reading]
    benchmarks: Mapping[str, Benchmark]
    clauses: Mapping[str, Clause]
    documents: Mapping[str, Document]
    calendar: WorkCalendar = NOTHING_KNOWN

    @property
    def plan(self) -> Document | None:
        """The plan document of the place, ``None`` for a folder that has none."""
        return self.documents[self.place.plan] if self.place.plan else None

    @property
    def simulation(self) -> bool:
        """Whether results are 测算: the plan is a draft, an official reading, or absent."""
        return self.plan is None or self.plan.standing is not Standing.ISSUED

    def choice(self, reading: str) -> str | None:
        """The option chosen for a reading; ``None`` when it is open or not on the shelf."""
        found = self.readings.get(reading)
        return found.chosen if found else None


@dataclass(frozen=True, slots=True)
class PolicyBook:
    """All layers of the shelf by name, and every document by id."""

    layers: Mapping[str, Layer]
    documents: Mapping[str, Document]
    fingerprint: str = ""

    def on(self, place: str, day: dt.date) -> Policy:
        """The policy of ``place`` on ``day``.

        Raises:
            RequestError: no such place.
            NotInForceError: the day lies outside the validity of the place's plan.
        """
        layers = self._layers(place)
        card = self.layers[place].card
        self._check_validity(card, day)
        rules: dict[str, InForce[Any]] = {}
        for layer in layers:
            for rule in layer.rules:
                lower = InForce(rule, rule.on(day), layer.card.place)
                higher = rules.get(rule.rule)
                if higher is None or higher.value is None:
                    rules[rule.rule] = lower
                else:
                    rules[rule.rule] = PRECEDENCE[higher.rule.local](higher, lower)
        return Policy(
            place=card,
            day=day,
            rules=MappingProxyType(rules),
            readings=MappingProxyType({r.reading: r for at in layers for r in at.readings}),
            benchmarks=MappingProxyType({b.benchmark: b for at in layers for b in at.benchmarks}),
            clauses=MappingProxyType({c.id: c for at in layers for c in at.clauses}),
            documents=self.documents,
            calendar=WorkCalendar(tuple(each.work_year for each in self.calendar(place).values())),
        )

    def calendar(self, place: str) -> Mapping[int, CalendarYear]:
        """The known years of the calendar of ``place``, ascending; a lower layer's year holds.

        Raises:
            RequestError: no such place.
        """
        years = {each.year: each for layer in self._layers(place) for each in layer.calendar}
        return MappingProxyType(dict(sorted(years.items())))

    def _layers(self, place: str) -> list[Layer]:
        """The layers of ``place``, highest first; its own is the last."""
        if place not in self.layers:
            known = ", ".join(sorted(self.layers))
            raise RequestError((fault("unknown_policy", name=place, known=known),))
        return [self.layers[name] for name in self.layers[place].card.layers]

    def place_on(self, place: str, day: dt.date) -> str:
        """Whose rules hold in ``place`` on a day: before and after its plan the nation's alone."""
        card = self.layers[place].card
        plan = self.documents[card.plan] if card.plan else None
        return NATIONAL if plan is not None and _outside(plan, day) else place

    def _check_validity(self, card: PlaceCard, day: dt.date) -> None:
        plan = self.documents[card.plan] if card.plan else None
        if plan is None:
            return
        if _outside(plan, day):
            raise NotInForceError(
                (
                    fault(
                        "outside_validity",
                        day=day.isoformat(),
                        plan=plan.title,
                        since=str(plan.since or "—"),
                        through=str(plan.through or "—"),
                    ),
                )
            )


def _outside(plan: Document, day: dt.date) -> bool:
    """Whether a day lies before or after the days on which a plan holds."""
    early = plan.since is not None and day < plan.since
    return early or (plan.through is not None and day > plan.through)


__all__ = ["NATIONAL", "PRECEDENCE", "InForce", "Layer", "Policy", "PolicyBook", "Rank"]
