"""Family ``grade_moves``: when a pharmacy goes up or down a service grade."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from dingdian.core.policy import Dated, Number, Rule, Shape
from dingdian.core.policy.model import Identifier
from dingdian.core.rules.score_sheet import Whole, inconsistent

#: A grade as the ledger has it.
GradeWord = Literal["a", "b", "c", "d"]


class GradeMoves(Shape):
    """Ways of lettering by option, each from the grade with the fewest services to the fullest.

    Up one grade: ``clean_years`` years in a row, that of the assessment the last, without a
    one-vote finding and with ``up_at_least`` points or more; and only where it was asked for.
    Down one grade: fewer points than ``down_below``.
    """

    directions: Annotated[dict[Identifier, tuple[GradeWord, ...]], Field(min_length=1)]
    clean_years: Annotated[Whole, Field(ge=1)]
    up_at_least: Number
    down_below: Number

    @model_validator(mode="after")
    def _each_grade_once(self) -> GradeMoves:
        for grades in self.directions.values():
            if not grades or len(set(grades)) < len(grades):
                raise inconsistent("每个级别写一次", "every grade stands once")
        return self


class GradeMovesRule(Rule):
    """Upgrades and downgrades of services.

    The reading ``use`` says whether they are proposed at all, the reading ``direction`` which of
    the value's directions the letters run in.
    """

    family: Literal["grade_moves"]
    about: Annotated[tuple[Literal["pharmacies"], ...], Field(min_length=1)]
    use: Identifier
    direction: Identifier
    values: tuple[Dated[GradeMoves], ...]
