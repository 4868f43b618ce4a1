"""Family ``bottom_rank``: who is ranked with whom, and the ladder of what may follow."""

from __future__ import annotations

import itertools
from typing import Annotated, Literal

from pydantic import Field, model_validator

from dingdian.core.policy import Dated, Rule, Said, Shape
from dingdian.core.policy.model import Identifier
from dingdian.core.rules.score_sheet import Move, Whole, inconsistent

#: Columns of the census that may part institutions into groups.
Attribute = Literal["level", "kind", "type", "ownership", "pharmacy_class", "pharmacy_grade"]
SideName = Literal["medical_institutions", "pharmacies"]


class Step(Said):
    """A step of the ladder: its move, and from which year in a row at the bottom it is proposed."""

    step: Identifier
    move: Move
    from_year: Annotated[Whole, Field(ge=1)]


class Ladder(Shape):
    """Groups by side, and steps from the mildest on.

    Every step needs a clause of the agreement that allows it for a rank alone, a hearing, and a
    person who confirms it.
    """

    groups: Annotated[dict[SideName, tuple[Attribute, ...]], Field(min_length=1)]
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _rises(self) -> Ladder:
        rising = all(a.from_year <= b.from_year for a, b in itertools.pairwise(self.steps))
        if not rising or len({each.step for each in self.steps}) < len(self.steps):
            raise inconsistent(
                "各步从轻到重，所需连续年数不减，标识不重复",
                "steps rise: the years in a row do not fall, each identifier stands once",
            )
        return self


class BottomRankRule(Rule):
    """How the last are dealt with; who is the last is a matter of readings."""

    family: Literal["bottom_rank"]
    use: Identifier
    values: tuple[Dated[Ladder], ...]
