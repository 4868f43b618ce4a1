"""What holds for lives in one place, day by day: clocks, gates, readings and the calendar.

A policy changes on few days. Between two of them it is resolved once, so that nine thousand
cases can ask each for the day on which theirs began.
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

from dingdian.core.calendar import WorkCalendar
from dingdian.core.lifecycle.state import State
from dingdian.core.policy import NATIONAL, InForce, Policy, PolicyBook, Rule
from dingdian.core.rules.checklist import ChecklistRule, Item
from dingdian.core.rules.clock import ClockRule, Means, Unit
from dingdian.core.rules.service_gate import ServiceGateRule


@dataclass(frozen=True, slots=True)
class Clock:
    """A time limit in force: ``amount`` units, from event to event, by which clause of whom."""

    rule: str
    means: Means
    begins: str
    ends: str
    unit: Unit
    amount: int
    who: str
    clause: str
    layer: str
    pauses: tuple[str, ...] = ()
    counts_first_day: bool = False
    principle: bool = False
    only_stricter: bool = False
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Terms:
    """The shelf of one place, seen from the lives under it."""

    book: PolicyBook
    place: str
    _made: dict[int, Policy] = field(default_factory=dict, init=False, repr=False)
    _clocks: dict[tuple[int, str], tuple[Clock, ...]] = field(
        default_factory=dict, init=False, repr=False
    )

    @cached_property
    def changes(self) -> tuple[dt.date, ...]:
        """The days on which something may change, in order."""
        card = self.book.layers[self.place].card
        days = {
            value.since
            for name in {NATIONAL, *card.layers} & set(self.book.layers)
            for rule in self.book.layers[name].rules
            for value in rule.values
        }
        plan = self.book.documents[card.plan] if card.plan else None
        if plan and plan.since:
            days.add(plan.since)
        if plan and plan.through:
            days.add(plan.through + dt.timedelta(1))
        return tuple(sorted(days))

    def policy(self, day: dt.date) -> Policy:
        """The policy on a day; outside the validity of the place's plan the national one."""
        at = bisect.bisect_right(self.changes, day)
        if at not in self._made:
            self._made[at] = self.book.on(self.book.place_on(self.place, day), day)
        return self._made[at]

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The working days, as the last day of the shelf has them."""
        return self.policy(self.changes[-1] if self.changes else dt.date.max).calendar

    def clocks(self, day: dt.date, side: str) -> tuple[Clock, ...]:
        """The time limits in force on a day for a side; one for each pair of events and meaning.

        Where several say the same of the same events, that of the lowest layer holds.
        """
        key = bisect.bisect_right(self.changes, day), side
        if key not in self._clocks:
            self._clocks[key] = tuple(_clocks(self.policy(day), side))
        return self._clocks[key]

    def clock(self, day: dt.date, side: str, ends: str, means: Means = "ends") -> Clock | None:
        """The time limit of a meaning that is over with an event; ``None`` where there is none."""
        found = (c for c in self.clocks(day, side) if c.ends == ends and c.means == means)
        return next(found, None)

    def clocks_of_end(self, event: str, state: State, day: dt.date) -> tuple[Clock, ...]:
        """The time limits about an end that a case has ahead.

        Where none is in force any more, as when the place's plan is over, those of the day on
        which its stage began hold.
        """
        for on in (day, state.since):
            found = tuple(each for each in self.clocks(on, state.side) if each.ends == event)
            if found:
                return found
        return ()

    def closed_services(self, state: State, day: dt.date) -> Mapping[str, InForce[ServiceGateRule]]:
        """Services that the stage of a case closes on a day, each with the rule that does."""
        policy = self.policy(day)
        return MappingProxyType(
            {
                service: each
                for each in policy.rules.values()
                if isinstance(each.rule, ServiceGateRule)
                and each.value is not None
                and _is_about(policy, each.rule, state.side)
                and state.stage in each.value.stages
                for service in each.value.closed
            }
        )

    def items(self, day: dt.date, side: str, purpose: str) -> Mapping[str, Item]:
        """The items of the checklists of a purpose that are in force for a side on a day, by id."""
        return MappingProxyType(
            {
                item.item: item
                for each in self.policy(day).rules.values()
                if isinstance(each.rule, ChecklistRule)
                and each.rule.purpose == purpose
                and each.value is not None
                and side in each.rule.about
                for item in each.value
            }
        )

    def clauses_of_item(self, day: dt.date, side: str, purpose: str, item: str) -> list[str]:
        """The clauses of the lists of a purpose that have an item; none where none has it."""
        return [
            each.dated.clause
            for each in self.policy(day).rules.values()
            if isinstance(each.rule, ChecklistRule)
            and each.rule.purpose == purpose
            and each.dated is not None
            and each.value is not None
            and side in each.rule.about
            and any(listed.item == item for listed in each.value)
        ]

    def choice(self, day: dt.date, reading: str) -> str | None:
        """The option chosen for a reading on a day."""
        return self.policy(day).choice(reading)

    def rules_day(self, state: State | None, day: dt.date) -> dt.date:
        """The day whose rules an application keeps, by the reading ``rules_of_day``.

        Before the event that the reading names, and once an agreement stands, ``day`` itself.
        """
        event = _RULES_DAY.get(self.choice(day, "rules_of_day") or "")
        if state is None or event is None or state.agreement is not None:
            return day
        found = state.last(event)
        return found.day if found else day


#: Option of ``rules_of_day`` -> the event on whose day the rules are kept; none: the day itself.
_RULES_DAY: Mapping[str, str] = MappingProxyType(
    {"application_day": "application_made", "acceptance_day": "accepted"}
)


def _clocks(policy: Policy, side: str) -> Iterator[Clock]:
    """One clock for each meaning and pair of events: that of the lowest layer."""
    order = {name: at for at, name in enumerate(policy.place.layers)}
    found: dict[tuple[str, str, str], Clock] = {}
    for name in sorted(policy.rules):
        made = _clock(policy, policy.rules[name], side)
        if made is None:
            continue
        key = made.means, made.begins, made.ends
        if key not in found or _comes_before(made, found[key], order):
            found[key] = made
    yield from found.values()


def _comes_before(one: Clock, other: Clock, order: Mapping[str, int]) -> bool:
    """Whether a clock displaces another of the same events: that of the lower layer does.

    A place may be stricter than a limit that says so, never laxer.
    """
    lower, higher = sorted((one, other), key=lambda e: -order.get(e.layer, 0))
    if higher.only_stricter and lower.unit == higher.unit and lower.amount > higher.amount:
        return one is higher
    return one is lower and lower.layer != higher.layer


def _is_about(policy: Policy, rule: ClockRule | ServiceGateRule, side: str) -> bool:
    """Whether a rule is about a side, or by a reading about everybody."""
    everybody = (policy.choice(name) == option for name, option in rule.everybody_if.items())
    return side in rule.about or any(everybody)


def _clock(policy: Policy, each: InForce[Rule], side: str) -> Clock | None:
    rule = each.rule
    if not isinstance(rule, ClockRule) or each.dated is None or each.value is None:
        return None
    if any(policy.choice(name) == option for name, option in rule.unless.items()):
        return None
    if not _is_about(policy, rule, side):
        return None
    reading = policy.readings.get(rule.number_from or "")
    number = reading.number if reading and reading.number is not None else each.value
    return Clock(
        rule=rule.rule,
        means=rule.means,
        begins=rule.begins,
        ends=rule.ends,
        unit=rule.unit,
        amount=int(Fraction(number)),
        who=rule.who,
        clause=each.dated.clause,
        layer=each.layer,
        pauses=rule.pauses,
        counts_first_day=rule.counts_first_day,
        principle=rule.principle,
        only_stricter=rule.local == "stricter",
        readings=rule.readings,
    )
