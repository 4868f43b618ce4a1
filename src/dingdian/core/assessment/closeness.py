"""How close the call was: by how many points one is in the bottom of its group, or out of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from dingdian.core.assessment.bottom import Bottom
from dingdian.core.assessment.record import AssessedRecord


@dataclass(frozen=True, slots=True)
class Limit:
    """Where a group is parted: the highest score that is in, the lowest that is out.

    ``None``: nobody with a known score is on that side, and nothing can be measured against it.
    Held institutions are on neither side; with them known the limit may move.
    """

    highest_in: Fraction | None
    lowest_out: Fraction | None

    @property
    def gap(self) -> Fraction | None:
        """Points between the two sides: 0 where equal scores were parted by a rule on scores."""
        if self.highest_in is None or self.lowest_out is None:
            return None
        return self.lowest_out - self.highest_in

    def margin(self, bottom: Bottom, total: Fraction) -> Fraction | None:
        """Points from a score to the other side: how many more, or fewer, had changed the side.

        >>> limit = Limit(Fraction(61), Fraction(64))
        >>> limit.margin(Bottom.IN, Fraction(60)), limit.margin(Bottom.OUT, Fraction(70))
        (Fraction(4, 1), Fraction(9, 1))
        """
        if bottom is Bottom.IN and self.lowest_out is not None:
            return self.lowest_out - total
        if bottom is Bottom.OUT and self.highest_in is not None:
            return total - self.highest_in
        return None


def limits(assessed: Iterable[AssessedRecord]) -> dict[str, Limit]:
    """The limit of every group, by its identifier."""
    scores: dict[str, dict[Bottom, list[Fraction]]] = {}
    for each in assessed:
        total = total_of(each)
        if each.place is not None and each.group and total is not None:
            sides = scores.setdefault(each.group, {})
            sides.setdefault(each.place.bottom, []).append(total)
    return {
        group: Limit(
            max(sides.get(Bottom.IN, ()), default=None),
            min(sides.get(Bottom.OUT, ()), default=None),
        )
        for group, sides in scores.items()
    }


def total_of(each: AssessedRecord) -> Fraction | None:
    """The exact total; ``None`` where it is not known."""
    if each.score is None or each.score.total is None:
        return None
    return Fraction(each.score.total)
