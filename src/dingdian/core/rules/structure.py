"""Family ``structure``: target shares of parts in their sum, such as 6:2:2.

Whether such shares can be kept or broken at all is the reading ``structure_verdict``: a text
that holds its stock against them (对标) names a gap, and no tolerance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from dingdian.core.findings import Finding, Outcome, State
from dingdian.core.policy import Dated, InForce, Number, Rule
from dingdian.core.policy.model import Identifier
from dingdian.core.rules.compare import all_hold
from dingdian.core.rules.facts import Facts, Scopes, verdict
from dingdian.core.workings import Figure


class StructureRule(Rule):
    """Target shares of parts in their sum; the gap of each part is shown."""

    family: Literal["structure"]
    at: Scopes
    values: tuple[Dated[dict[Identifier, Number]], ...]


def decide(in_force: InForce[StructureRule], facts: Facts) -> Outcome:
    """One finding a scope with every gap, judged as the reading says."""
    return Outcome(tuple(_at(in_force, facts, scope) for scope in facts.scopes(in_force.rule.at)))


def _at(in_force: InForce[StructureRule], facts: Facts, scope: str) -> Finding:
    name, works = in_force.rule.rule, facts.workings
    parts = {part: facts.figure(part, scope) for part in in_force.value}
    total = works.compute(
        f"structure_total.{name}", scope, "sum", parts, unit=next(iter(parts.values())).unit
    )
    numbers: dict[str, Figure] = {}
    for part, target in in_force.value.items():
        share = works.compute(
            f"structure_share.{name}.{part}",
            scope,
            "share",
            {"a": parts[part], "b": total},
            unit="share",
        )
        wanted = works.clause_value(in_force, part, target, unit="share")
        gap = works.compute(
            f"structure_gap.{name}.{part}",
            scope,
            "difference",
            {"a": share, "b": wanted},
            unit="share",
            clauses=in_force.rule.clauses,
        )
        numbers |= {f"share:{part}": share, f"target:{part}": wanted, f"gap:{part}": gap}
    gaps = [each for role, each in numbers.items() if role.startswith("gap:")]
    judge = VERDICT[works.choice(READING) or "gap_only"]
    return facts.finding(in_force, scope, judge(facts, gaps), numbers)


def _gap_only(_facts: Facts, gaps: Sequence[Figure]) -> State:
    return State.UNDEFINED if any(gap.value is None for gap in gaps) else State.NOTED


def _within(facts: Facts, gaps: Sequence[Figure]) -> State:
    """Kept where no gap, either way, is larger than the number of the reading."""
    most = facts.workings.reading_number(READING, unit="share").exact
    return verdict(
        all_hold(
            None if most is None or gap.exact is None else abs(gap.exact) <= most for gap in gaps
        )
    )


def _exactly(_facts: Facts, gaps: Sequence[Figure]) -> State:
    return verdict(all_hold(None if gap.exact is None else gap.exact == 0 for gap in gaps))


READING = "structure_verdict"
#: Its options -> what they say of the gaps.
VERDICT: Mapping[str, Callable[[Facts, Sequence[Figure]], State]] = MappingProxyType(
    {"gap_only": _gap_only, "within": _within, "exactly": _exactly}
)
