"""Family ``report``: measures that the plan must show."""

from __future__ import annotations

from typing import Literal

from dingdian.core.findings import Outcome, State
from dingdian.core.policy import Dated, InForce, Rule
from dingdian.core.policy.model import Identifier
from dingdian.core.rules.facts import Facts, Scopes
from dingdian.core.workings import reason


class ReportRule(Rule):
    """Measures that the plan must show; kept when each is computed, undefined otherwise."""

    family: Literal["report"]
    at: Scopes
    values: tuple[Dated[tuple[Identifier, ...]], ...]


def decide(in_force: InForce[ReportRule], facts: Facts) -> Outcome:
    """One finding for the whole area, naming every measure that could not be computed."""
    scopes = facts.scopes(in_force.rule.at)
    shown = {(m, at): facts.figure(m, at) for m in in_force.value for at in scopes}
    missing = [figure.key for figure in shown.values() if figure.value is None]
    numbers = {measure: shown[measure, scopes[0]] for measure in in_force.value}
    state = State.UNDEFINED if missing else State.KEPT
    why = reason("measures_undefined", keys=", ".join(missing)) if missing else None
    return Outcome((facts.finding(in_force, facts.root, state, numbers, why=why),))
