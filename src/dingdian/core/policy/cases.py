"""Worked cases of the shelf: what a rule says of given numbers on a day.

They stand beside the rules in ``<topic>.cases.yaml`` and are run by the tests; a policy
book does not hold them, and they leave its fingerprint alone.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from dingdian.core.policy.model import Day, Identifier, Number, Shape, Words, exact_number

#: A measure at a scope (``beds_per_1000.here``) or a benchmark (``health_plan_beds``).
GivenKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.(here|zone|whole))?$")]


def _given(text: object) -> Fraction | None:
    return None if text == "unknown" else exact_number(text)


#: An exact number, or ``unknown``, which is ``None``.
Given = Annotated[Fraction | None, BeforeValidator(_given)]


class Expected(Shape):
    """What the rule must say.

    ``of`` names the benchmark whose finding is meant, where a rule gives one for each.
    ``limit`` is the number of new places that the rule leaves, ``remainder`` what rounding
    left over.
    """

    state: Literal[
        "kept",
        "broken",
        "noted",
        "not_in_force",
        "unclear",
        "undefined",
        "not_implemented",
        "measure_on_site",
        "not_bound",
    ]
    of: Identifier | None = None
    limit: Number | None = None
    remainder: Number | None = None


class Case(Shape):
    """One worked case.

    ``given``: numbers by measure and scope (``here``: the district, ``zone``, ``whole``) or by
    benchmark; a measure that is not given is unknown, as is ``unknown``. ``zone``: the zone
    of the district (absent: one that is weighed on its own). ``readings`` overrides choices.
    A case of a spacing rule gives ``distance`` and ``position_error`` in metres: two institutions
    with the same service, each with this error.
    """

    name: Words
    rule: Identifier
    day: Day
    given: dict[GivenKey, Given]
    expect: Expected
    zone: Identifier | None = None
    readings: dict[Identifier, Identifier] = Field(default_factory=dict)
