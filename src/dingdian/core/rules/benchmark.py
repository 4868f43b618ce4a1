"""Family ``benchmark``: a measure held against one or more benchmarks."""

from __future__ import annotations

from typing import Literal

from dingdian.core.findings import Finding, Outcome
from dingdian.core.policy import Dated, InForce, Rule
from dingdian.core.policy.model import Identifier
from dingdian.core.rules.compare import Comparison, holds
from dingdian.core.rules.facts import Facts, Scopes, verdict


class BenchmarkRule(Rule):
    """A measure is held against benchmarks; each one is a finding of its own.

    ``comparison`` states what *keeps* the rule (``at_most``: being over is a broken finding).
    """

    family: Literal["benchmark"]
    measure: Identifier
    comparison: Comparison
    at: Scopes
    values: tuple[Dated[tuple[Identifier, ...]], ...]


def decide(in_force: InForce[BenchmarkRule], facts: Facts) -> Outcome:
    """One finding for each scope and benchmark, with the exact excess over it."""
    rule = in_force.rule
    findings: list[Finding] = []
    for scope in facts.scopes(rule.at):
        measured = facts.figure(rule.measure, scope)
        for name in in_force.value:
            limit = facts.benchmark(name, scope)
            excess = facts.workings.compute(
                f"excess.{rule.rule}.{name}",
                scope,
                "difference",
                {"a": measured, "b": limit},
                unit=measured.unit,
                clauses=rule.clauses,
            )
            state = verdict(holds(rule.comparison, measured, limit))
            numbers = {"measure": measured, "benchmark": limit, "excess": excess}
            findings.append(facts.finding(in_force, scope, state, numbers))
    return Outcome(tuple(findings))
