"""Family ``person_points``: points against a person's payment qualification (医保支付资格)."""

from __future__ import annotations

import itertools
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from dingdian.core.policy import Dated, Rule, Said, Shape
from dingdian.core.policy.model import Identifier
from dingdian.core.rules.score_sheet import Whole, inconsistent


class Band(Said):
    """A band of points that one act may bring, both ends included."""

    band: Identifier
    least: Whole
    most: Whole


class PersonPoints(Shape):
    """The points of a calendar year and what they lead to.

    ``pause_at``: from so many on the qualification is paused, for ``pause_least`` to
    ``pause_most`` months, as the agency decides. ``end_at``: from so many on it ends; whoever
    gets there by the sum may register again after ``bar_by_sum`` years, whoever does by one act
    after ``bar_at_once``. Each repair takes ``repair_each`` off, in a year ``repair_most`` at
    most; ``watch_at``: from so many on, a talk and a closer look. What is repaired and watched
    is a matter of readings.
    """

    bands: Annotated[tuple[Band, ...], Field(min_length=1)]
    pause_at: Whole
    pause_least: Whole
    pause_most: Whole
    end_at: Whole
    bar_by_sum: Whole
    bar_at_once: Whole
    repair_each: Whole
    repair_most: Whole
    watch_at: Whole

    @model_validator(mode="after")
    def _holds_together(self) -> PersonPoints:
        joined = all(a.most + 1 == b.least for a, b in itertools.pairwise(self.bands))
        ordered = self.pause_at < self.end_at and self.pause_least <= self.pause_most
        if not (joined and ordered and all(b.least <= b.most for b in self.bands)):
            raise inconsistent(
                "分档须相连，暂停的分数小于终止的分数，月数从少到多",
                "bands join, a pause comes before the end, months go from few to many",
            )
        return self

    def band_of(self, points: Any) -> Band | None:
        """The band that the points of one act are of; ``None`` outside all bands."""
        return next((each for each in self.bands if each.least <= points <= each.most), None)


class PersonPointsRule(Rule):
    """How points against persons are counted; ``repair`` and ``watch`` name readings."""

    family: Literal["person_points"]
    repair: Identifier
    watch: Identifier
    values: tuple[Dated[PersonPoints], ...]
