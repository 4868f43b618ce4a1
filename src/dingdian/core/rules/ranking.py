"""Family ``ranking``: by what applicants who conflict are put in order."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from dingdian.core.policy import Dated, Rule
from dingdian.core.policy.model import Identifier


class Criterion(StrEnum):
    """By what two applicants are told apart.

    ``MERIT``: the evaluation, the higher first. ``PRIORITY``: the priority rules of mode
    ``tie_break``. ``DATE``: the day of application, the earlier first. ``LOTTERY``: the SHA-256
    of the published seed and the application's id, the smaller first.
    """

    MERIT = "merit"
    PRIORITY = "priority"
    DATE = "date"
    LOTTERY = "lottery"


class RankingRule(Rule):
    """In which order criteria are asked: the first that tells two applicants apart decides.

    The value gives an order for each option of the reading that ``ties_by`` names.
    """

    family: Literal["ranking"]
    ties_by: Identifier
    values: tuple[Dated[dict[Identifier, tuple[Criterion, ...]]], ...]
