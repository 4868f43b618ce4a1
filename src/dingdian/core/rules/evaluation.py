"""Family ``evaluation``: what an evaluation looks at: a part to pass and a part with scores."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from dingdian.core.policy import Dated, Number, Rule, Said, Shape
from dingdian.core.policy.model import Identifier


class Part(StrEnum):
    """The two parts of an evaluation: each item to be passed (定性), each item scored (定量)."""

    QUALITATIVE = "qualitative"
    QUANTITATIVE = "quantitative"


class Looked(Said):
    """One thing that an evaluation looks at; ``full`` is its highest score, where it has one."""

    item: Identifier
    about: tuple[Identifier, ...]
    full: Number | None = None


class Parts(Shape):
    """The parts that an evaluation has, each with its items.

    A part without items has those that the evaluation itself passed or scored.
    """

    parts: Annotated[dict[Part, tuple[Looked, ...]], Field(min_length=1)]


class EvaluationRule(Rule):
    """How applicants are evaluated.

    ``pass_mark`` names the reading whose number is the mark to reach, in hundredths of the full
    score.
    """

    family: Literal["evaluation"]
    about: tuple[Identifier, ...]
    pass_mark: Identifier
    values: tuple[Dated[Parts], ...]
