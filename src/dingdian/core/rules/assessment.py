"""Family ``assessment``: what a text says of assessments, in its own words.

The engine of an assessment asks only whether such a rule of a purpose is in force; what the text
leaves open stands in rules of families ``score_sheet``, ``bottom_rank`` and ``grade_moves``.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from dingdian.core.policy import Dated, Rule, Said
from dingdian.core.policy.model import Identifier


class Purpose(StrEnum):
    """What an assessment is for.

    ``YEARLY``: the yearly score. ``TRIAL``: the end of a trial. ``BOTTOM_RANK``: a sanction or
    elimination of the last by score. ``DIMENSIONS``: what a sheet has to look at.
    """

    YEARLY = "yearly"
    TRIAL = "trial"
    BOTTOM_RANK = "bottom_rank"
    DIMENSIONS = "dimensions"


class AssessmentRule(Rule):
    """What a text says of an assessment: each of its parts by identifier, in its own words."""

    family: Literal["assessment"]
    purpose: Purpose
    about: tuple[Identifier, ...]
    values: tuple[Dated[dict[Identifier, Said]], ...]
