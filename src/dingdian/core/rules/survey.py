"""Family ``survey``: what a satisfaction survey asks, on which scale, and how many must answer."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from dingdian.core.policy import Dated, Rule, Said, Shape
from dingdian.core.policy.model import Identifier
from dingdian.core.rules.score_sheet import Whole, inconsistent


class Question(Said):
    """One question, answered by a mark from 1 to the full scale."""

    item: Identifier


class Survey(Shape):
    """The questions of a survey.

    ``scale`` is the best mark, the worst is 1. Below ``at_least`` answers an institution has no
    result.
    """

    scale: Annotated[Whole, Field(ge=2, le=10)]
    at_least: Annotated[Whole, Field(ge=1)]
    items: Annotated[tuple[Question, ...], Field(min_length=1, max_length=30)]

    @model_validator(mode="after")
    def _each_once(self) -> Survey:
        names = [each.item for each in self.items]
        if len(set(names)) != len(names):
            raise inconsistent(
                "每个问题的标识只用一次", "every question has an identifier of its own"
            )
        return self


class SurveyRule(Rule):
    """A survey among the insured; ``gives`` is the item of the score sheet that rests on it."""

    family: Literal["survey"]
    gives: Identifier
    values: tuple[Dated[Survey], ...]
