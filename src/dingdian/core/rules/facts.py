"""Facts: what a rule may ask of the census, the shelf and the workings on its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field

from dingdian.core.census import RegionTree
from dingdian.core.findings import Finding, State
from dingdian.core.formulas import ROUNDED_SHARE
from dingdian.core.indicators.benchmarks import benchmark
from dingdian.core.indicators.history import history
from dingdian.core.policy import InForce, Policy
from dingdian.core.workings import Figure, Reason, Workings


class ScopeKind(StrEnum):
    """The areas at which a rule is decided."""

    DISTRICT = "district"
    ZONE = "zone"
    WHOLE = "whole"


Scopes = Annotated[tuple[ScopeKind, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a rule engine sees. ``plan_year`` is the year places are handed out for."""

    workings: Workings
    plan_year: int

    @property
    def policy(self) -> Policy:
        """The policy in force."""
        return self.workings.policy

    @property
    def tree(self) -> RegionTree:
        """The region tree of the census."""
        return self.workings.census.tree

    @property
    def root(self) -> str:
        """The whole pooling area."""
        return self.tree.root

    @property
    def day(self) -> dt.date:
        """The day whose rules hold."""
        return self.policy.day

    def scopes(self, kinds: Iterable[ScopeKind]) -> list[str]:
        """The scopes of these kinds: whole area first, then zones, then districts."""
        wanted = frozenset(kinds)
        of_kind = {
            ScopeKind.WHOLE: (self.root,),
            ScopeKind.ZONE: self.tree.zone_scopes,
            ScopeKind.DISTRICT: self.tree.districts,
        }
        return [scope for kind, scopes in of_kind.items() if kind in wanted for scope in scopes]

    def figure(self, measure: str, scope: str) -> Figure:
        """The figure of a measure in a scope."""
        return self.workings.figure(measure, scope)

    def benchmark(self, name: str, scope: str) -> Figure:
        """The benchmark that holds for a scope; undefined when there is none."""
        return benchmark(self.workings, name, scope)

    def stock_in(self, measure: str, year: int, scope: str) -> Figure:
        """The stock of a measure at the end of ``year``: today's, or from the history table."""
        if year == self.workings.stock_day.year:
            return self.figure(measure, scope)
        return history(self.workings, measure, year, scope)

    def base_year(self, reading: str, first: int) -> int:
        """The year whose end is the base: ``first``, or the one after it by the reading."""
        return first + (self.workings.choice(reading) == "first_plan_year")

    def chosen(self, options: Mapping[str, str]) -> bool:
        """Whether any of these readings stands on the option given beside it."""
        return any(self.workings.choice(name) == option for name, option in options.items())

    def rounded_share(self) -> str:
        """The formula for a share in whole places, by the reading ``rounding``.

        An open reading rounds down: the smaller number, which no one can be refused less by.
        """
        return ROUNDED_SHARE[self.workings.choice("rounding") or "down"]

    def in_family(self, family: str) -> list[InForce[Any]]:
        """The rules of a family that have a value in force."""
        return [
            rule
            for rule in self.policy.rules.values()
            if rule.rule.family == family and rule.value is not None
        ]

    def finding(
        self,
        rule: InForce[Any],
        scope: str,
        state: State,
        numbers: Mapping[str, Figure] | None = None,
        *,
        why: Reason | None = None,
        note: Reason | None = None,
    ) -> Finding:
        """A finding of ``rule``; when undefined, the reason is that of its first such number."""
        figures = dict(numbers or {})
        if state is State.UNDEFINED and why is None:
            why = next((each.why for each in figures.values() if each.value is None), None)
        return Finding(
            rule=rule.rule.rule,
            scope=scope,
            state=state,
            day=self.day,
            clauses=_clauses(rule),
            numbers=tuple((role, each.key) for role, each in figures.items()),
            readings=rule.rule.readings,
            principle=rule.rule.principle,
            why=why,
            note=note,
            step=getattr(rule.rule, "step", ""),
        )


def _clauses(rule: InForce[Any]) -> tuple[str, ...]:
    own = (rule.dated.clause,) if rule.dated else ()
    return tuple(dict.fromkeys((*own, *rule.rule.clauses)))


def verdict(kept: bool | None) -> State:
    """Kept, broken, or undefined when it cannot be known."""
    return State.UNDEFINED if kept is None else State.KEPT if kept else State.BROKEN


def parts_of(total: Figure, weights: Mapping[str, Figure], *, own: str) -> dict[str, Figure]:
    """The inputs of formula ``shared_out`` for the part of ``own`` in ``total``."""
    roles = {("own:" if at == own else "w:") + at: each for at, each in weights.items()}
    return {"t": total, **roles}


def shared_out(
    facts: Facts,
    measure: str,
    *,
    total: Figure,
    weights: Mapping[str, Figure],
    readings: Iterable[str] = (),
) -> dict[str, Figure]:
    """Share whole places out over scopes by weight (largest remainder): one figure a scope."""
    return {
        scope: facts.workings.compute(
            measure,
            scope,
            "shared_out",
            parts_of(total, weights, own=scope),
            unit=total.unit,
            readings=readings,
        )
        for scope in weights
    }
