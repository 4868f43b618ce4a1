"""Family ``stock_cap``: a stock held to a share of what it was at the base date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from dingdian.core.findings import Finding, Limit, Outcome, State
from dingdian.core.policy import Dated, InForce, Number, Rule
from dingdian.core.policy.model import Identifier
from dingdian.core.retention.question import Aspect
from dingdian.core.rules.compare import Comparison, holds
from dingdian.core.rules.facts import Facts, shared_out, verdict
from dingdian.core.workings import Figure

#: What one unit of an aspect weighs beside the others of its tier.
Weight = Annotated[int, Field(ge=1)]


class StockCapRule(Rule):
    """The stock of a resource is held to a share of the stock at the end of ``base_year``.

    The reading ``stock_cap_base`` may move the base to the first plan year. ``base_of``: a
    reading, and for each of its options the measure whose stock is the base (absent: the
    resource's own). ``orders``: by option of the reading ``retention_order``, in what order
    aspects are weighed when some have to go: tiers of aspects with their weights. An order that
    weighs ``covered`` lets localities lose their last one; every other holds them.
    """

    family: Literal["stock_cap"]
    resource: Identifier
    base_of: dict[Identifier, dict[Identifier, Identifier]] = Field(default_factory=dict)
    base_year: Annotated[str, Field(pattern=r"^\d{4}$")]
    orders: dict[Identifier, tuple[dict[Aspect, Weight], ...]] = Field(default_factory=dict)
    values: tuple[Dated[Number], ...]


def decide(in_force: InForce[StockCapRule], facts: Facts) -> Outcome:
    """The cap and its room for the whole area and, by the reading, district by district."""
    rule = in_force.rule
    year = facts.base_year("stock_cap_base", int(rule.base_year))
    base_measure = _base_measure(rule, facts)
    base = facts.stock_in(base_measure, year, facts.root)
    share = facts.workings.clause_value(in_force, "share", in_force.value, unit="share")
    cap = facts.workings.compute(
        f"cap.{rule.rule}",
        facts.root,
        facts.rounded_share(),
        {"a": base, "s": share},
        unit=base.unit,
        clauses=rule.clauses,
        readings=rule.readings,
    )
    left = facts.workings.compute(
        f"remainder.{rule.rule}",
        facts.root,
        "remainder",
        {"a": base, "s": share, "q": cap},
        unit=base.unit,
        readings=("rounding",),
    )
    caps = {facts.root: cap}
    if facts.workings.choice("stock_cap_districts") == "shared_by_stock":
        weights = {at: facts.stock_in(base_measure, year, at) for at in facts.tree.districts}
        caps |= shared_out(
            facts, f"cap.{rule.rule}", total=cap, weights=weights, readings=("stock_cap_districts",)
        )
    shown = {facts.root: {"base": base, "share": share, "remainder": left}}
    held = [
        _held(in_force, facts, scope, cap=own, shown=shown.get(scope, {}))
        for scope, own in caps.items()
    ]
    return Outcome(tuple(finding for finding, _ in held), tuple(limit for _, limit in held))


def _base_measure(rule: StockCapRule, facts: Facts) -> str:
    for reading, measures in rule.base_of.items():
        return measures.get(facts.workings.choice(reading) or "", rule.resource)
    return rule.resource


def _held(
    in_force: InForce[StockCapRule],
    facts: Facts,
    scope: str,
    *,
    cap: Figure,
    shown: Mapping[str, Figure],
) -> tuple[Finding, Limit]:
    rule = in_force.rule
    if facts.workings.choice("stock_cap_meaning") == "adjusted_quantity":
        finding = facts.finding(in_force, scope, State.NOTED, {**shown, "cap": cap})
        return finding, Limit(rule.resource, scope, rule.rule, cap.key)
    stock = facts.figure(rule.resource, scope)
    room, excess = (
        facts.workings.compute(
            f"{name}.{rule.rule}",
            scope,
            "difference_not_below_zero",
            {"a": one, "b": other},
            unit=stock.unit,
            clauses=rule.clauses,
        )
        for name, one, other in (("room", cap, stock), ("excess", stock, cap))
    )
    numbers = {**shown, "stock": stock, "cap": cap, "room": room, "excess": excess}
    finding = facts.finding(
        in_force, scope, verdict(holds(Comparison.AT_MOST, stock, cap)), numbers
    )
    return finding, Limit(rule.resource, scope, rule.rule, room.key)
