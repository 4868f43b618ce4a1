"""The rules of a year, asked of numbers that a run has come to instead of the ledger's.

The rules and quotas are those of the plan (``core.rules``, ``core.quotas``); only what stands
below them changes. A figure that rests on nothing that moves stays as it is today: beds of
institutions that are not designated, coverage, land, the use of beds, letters and decisions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from dingdian.core.census import ZONE
from dingdian.core.findings import Finding, Outcome, State
from dingdian.core.period import last_day
from dingdian.core.policy import Policy
from dingdian.core.projection.draws import Whole
from dingdian.core.quotas import quotas
from dingdian.core.rules import Facts, decide
from dingdian.core.workings import Figure, Reason, Workings, key_of, reason

#: The families that set limits.
LIMITING = frozenset({"freeze", "pool", "red_line", "release_quota", "stock_cap", "yearly_places"})
#: In the place of a number of places: the rules give none, or it cannot be known.
NO_NUMBER, UNKNOWN = -1, -2
_HOLDS: Mapping[State, bool | None] = {State.BROKEN: True, State.KEPT: False}

#: What is no stock, and has no history.
NO_STOCK = ("released_", "asked_", "fund_")

#: A measure's numbers by area, or why it has none.
Moved = Mapping[str, Mapping[str, Fraction] | Reason]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the rules of a year leave.

    ``places``: by district and resource, ``whole``: of all districts together; ``NO_NUMBER`` or
    ``UNKNOWN`` where there is no number. ``binding``: the rules that bind there, by resource and
    area. ``lines``: whether a red line acts (trigger empty), and
    whether the ground of each trigger is there; ``None`` is unknown.
    """

    resources: tuple[str, ...]
    places: Whole
    whole: Whole
    binding: Mapping[tuple[str, str], tuple[str, ...]]
    lines: Mapping[tuple[str, str], bool | None]


class Below:
    """Today's workings as later years rest on them: what moves, and what rests on that."""

    def __init__(self, today: Workings, moving: Iterable[str]) -> None:
        """``moving``: the measures that move; their stock of today is history in later years."""
        self.today, self.moving = today, frozenset(moving)
        self._found: dict[str, bool] = {}
        self.past = self._history()

    def _history(self) -> dict[str, Figure]:
        """Figures of years that are past by then: those that the rules asked for, and today's."""
        figures = self.today.figures
        found = {key: each for key, each in figures.items() if key.startswith("history.")}
        tree = self.today.census.tree
        for measure in sorted(self.moving):
            if not measure.startswith(NO_STOCK):
                name = f"history.{measure}.{self.today.stock_day.year}"
                for at in (tree.root, *tree.districts):
                    key = key_of(name, at)
                    figure = self.today.figure(measure, at)
                    found[key] = figure._replace(key=key, measure=name)
        return found

    def rests(self, measure: str, scope: str) -> bool:
        """Whether a figure rests on something that moves, by the inputs that it has today."""
        key = key_of(measure, scope)
        if key not in self._found:
            self._found[key] = False
            inputs = [key for _, key in self.today.figure(measure, scope).inputs]
            self._found[key] = any(map(self._moves, inputs))
        return self._found[key]

    def _moves(self, key: str) -> bool:
        figure = self.today.figures[key]
        if figure.measure in self.moving:
            return True
        if figure.measure in self.today.measures:
            return self.rests(figure.measure, figure.scope)
        return any(self._moves(below) for _, below in figure.inputs)


class Ahead(Workings):
    """Workings of a later year: what has moved, and beside it what today's workings say."""

    def __init__(self, below: Below, policy: Policy, *, year: int, moved: Moved) -> None:
        """The stock is that of the end of ``year``."""
        today = below.today
        super().__init__(
            census=today.census,
            policy=policy,
            measures=today.measures,
            stock_day=last_day(year),
        )
        self.below, self.moved = below, moved
        self.figures |= below.past

    def figure(self, measure: str, scope: str) -> Figure:
        """The figure that has moved, or made of such ones, or as it is today."""
        key = key_of(measure, scope)
        found = self.figures.get(key)
        if found is not None:
            return found
        if measure in self.moved and self._carried(scope):
            return self._of(measure, scope)
        if self.below.rests(measure, scope):
            return super().figure(measure, scope)
        return self.keep(self.below.today.figure(measure, scope))

    def _carried(self, scope: str) -> bool:
        tree = self.census.tree
        return scope == tree.root or scope.startswith(ZONE) or scope in tree.districts

    def _of(self, measure: str, scope: str) -> Figure:
        given, unit = self.moved[measure], self.measures[measure].unit
        if isinstance(given, Reason):
            return self.undefined(measure, scope, given, unit=unit)
        value = given.get(scope)
        if value is None:
            tree = self.census.tree
            parts = tree.districts if scope == tree.root else tree.members(scope)
            value = sum((given[at] for at in parts), Fraction(0))
        return self.given(measure, scope, value, unit=unit)


def ruled(workings: Workings, plan_year: int) -> Ruling:
    """What the rules leave for ``plan_year`` on these workings: today's own, or a later year's."""
    facts = Facts(workings, plan_year)
    rules = [r for r in workings.policy.rules.values() if r.rule.family in LIMITING]
    outcomes = {each.rule.rule: decide(each, facts) for each in rules}
    given = quotas(facts, outcomes.values())
    districts = workings.census.tree.districts
    at = {code: n for n, code in enumerate((*districts, workings.census.tree.root))}
    resources = tuple(dict.fromkeys(each.resource for each in given))
    column = {resource: n for n, resource in enumerate(resources)}
    places = np.full((len(at), len(resources)), NO_NUMBER, np.int64)
    binding: dict[tuple[str, str], tuple[str, ...]] = {}
    for each in given:
        if each.scope in at and each.key is not None:
            value = workings.figures[each.key].value
            number = UNKNOWN if value is None else int(value)
            places[at[each.scope], column[each.resource]] = number
            binding[each.resource, each.scope] = each.binding
    lines: dict[tuple[str, str], bool | None] = {}
    for rule in rules:
        if rule.rule.family == "red_line" and rule.value is not None:
            lines |= _line(rule.rule.rule, rule.value.triggers, outcomes[rule.rule.rule])
    return Ruling(resources, places[:-1], places[-1], binding, lines)


def _line(
    rule: str, triggers: tuple[str, ...], outcome: Outcome
) -> dict[tuple[str, str], bool | None]:
    """Whether the line acts and the ground of each trigger is there; nothing of one set aside."""
    found: tuple[Finding, ...] = outcome.findings
    if len(found) <= len(triggers):
        return {}
    names = ("", *map(str, triggers))
    return {(rule, name): _HOLDS.get(each.state) for name, each in zip(names, found, strict=False)}


def not_asked(resource: str, day: dt.date) -> Reason:
    """Why nobody has asked for anything: the year has not come."""
    return reason("not_submitted", resource=resource, year=day.year + 1)
