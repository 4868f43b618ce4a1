"""Family ``eligibility``: which kinds may apply, and for which services."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dingdian.core.policy import Dated, Rule, Shape
from dingdian.core.policy.model import Identifier


class Eligible(Shape):
    """Who may apply: ``kinds`` of the census; ``services``: service -> the kinds that may ask it.

    An empty ``kinds`` says nothing of kinds; a service that is not named is open to every kind.
    """

    kinds: tuple[Identifier, ...] = ()
    services: dict[Identifier, tuple[Identifier, ...]] = Field(default_factory=dict)


class EligibilityRule(Rule):
    """Which kinds may apply for designation, or which services each kind may have."""

    family: Literal["eligibility"]
    about: tuple[Identifier, ...]
    values: tuple[Dated[Eligible], ...]
