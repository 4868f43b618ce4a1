"""Families that stand on the shelf as data before their engine exists.

Each names the step in which its engine comes; until then its finding is
``not_implemented`` with that step, in plan and docs alike.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dingdian.core.findings import Outcome, State
from dingdian.core.policy import Dated, InForce, Rule, Said
from dingdian.core.policy.model import Identifier
from dingdian.core.rules import stated
from dingdian.core.rules.facts import Facts

Step = Annotated[str, Field(pattern=r"^[2-9]$")]


class DutyRule(Rule):
    """A duty of a body or a step of a procedure: recorded, not computed.

    ``sets_aside``: stages of an application of which a recorded decision by this rule may decide
    otherwise, because the text leaves them to real need.
    """

    family: Literal["duty"]
    step: Step | Literal[""] = ""
    sets_aside: tuple[Identifier, ...] = ()
    values: tuple[Dated[Said], ...]


def decide(in_force: InForce[Rule], facts: Facts) -> Outcome:
    """``not_implemented``, naming the step in which the engine comes; else what is stated."""
    if not getattr(in_force.rule, "step", ""):
        return stated.decide(in_force, facts)
    return Outcome((facts.finding(in_force, facts.root, State.NOT_IMPLEMENTED),))
