"""Family ``service_gate``: services that stay closed while a case is in a stage."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dingdian.core.policy import Dated, Rule, Shape
from dingdian.core.policy.model import Identifier


class Gate(Shape):
    """Services that are closed in the stages named."""

    stages: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    closed: Annotated[tuple[Identifier, ...], Field(min_length=1)]


class ServiceGateRule(Rule):
    """What a stage closes; with ``principle`` a recorded decision may open it.

    ``about``: for whom; ``everybody_if`` names readings and the option of each under which it is
    for everybody.
    """

    family: Literal["service_gate"]
    about: tuple[Literal["medical_institutions", "pharmacies"], ...]
    everybody_if: dict[Identifier, Identifier] = Field(default_factory=dict)
    values: tuple[Dated[Gate], ...]
