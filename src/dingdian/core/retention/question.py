"""Who must stay, who may go, whom each serves: what is asked when a stock has to shrink."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from dingdian.core.siting import Reach

Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]

#: Points of an institution that nobody scored.
UNSCORED = -1


class Aspect(StrEnum):
    """What is weighed when some have to go; all but ``EVEN_SPREAD`` are the more the better.

    ``SCORE``: assessment points of those who stay, in thousandths. ``COVERED``, ``COVERED_TWICE``:
    people with at least one, at least two of them in the circle. ``DUAL_CHANNEL``: those of
    them who are dual-channel pharmacies. ``EVEN_SPREAD``: how far the districts' parts in what goes
    stand from their parts in the stock, summed, in parts of an institution (one ``stock``-th).
    """

    SCORE = "score"
    COVERED = "covered"
    COVERED_TWICE = "covered_twice"
    DUAL_CHANNEL = "dual_channel"
    EVEN_SPREAD = "even_spread"


#: Weights of aspects that are weighed together; tiers stand in their order.
Tier = tuple[tuple[Aspect, int], ...]
DEFAULT_ORDER: tuple[Tier, ...] = tuple(((each, 1),) for each in Aspect)


@dataclass(frozen=True, slots=True, eq=False)
class Least:
    """A minimum: at least ``least`` of the institutions ``of`` (rows) have to stay."""

    name: str
    of: Integers
    least: int


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A stock of ``n`` institutions of which only ``cap`` may stay.

    ``leaving``: those whose exit comes first, whatever is chosen. ``held``: those who may not go,
    because their agreement runs on. Both of shape (n,); no row is in both. ``reach``: the
    localities, and which institutions stand within the circle of each. ``points``: in
    thousandths, ``UNSCORED`` where nobody scored. ``district``: a whole number for each. ``caps``:
    by district number, where districts have a cap of their own. ``minimums`` are not asked for
    more than is left once those leave who leave anyway.
    ``hold_localities``: whether no locality may lose its last one.
    """

    cap: int
    leaving: Mask
    held: Mask
    reach: Reach
    points: Integers
    dual_channel: Mask
    district: Integers
    minimums: tuple[Least, ...] = ()
    caps: dict[int, int] = field(default_factory=dict)
    hold_localities: bool = True

    @property
    def stock(self) -> int:
        """How many there are, those who leave among them."""
        return len(self.points)

    @property
    def left(self) -> Integers:
        """The rows that are there once those left who leave anyway."""
        return np.flatnonzero(~self.leaving)

    @property
    def staying(self) -> int:
        """How many stay: as many as the caps allow, and no fewer."""
        districts, counts = np.unique(self.district[self.left], return_counts=True)
        parts = (
            min(int(count), self.caps.get(int(each), int(count)))
            for each, count in zip(districts, counts, strict=True)
        )
        return max(min(self.cap, sum(parts)), 0)

    @property
    def scores(self) -> Integers:
        """The points as they count: who was not scored counts as the mean of those who were.

        Zero for all where nobody was scored, so that scores then tell nobody apart.
        """
        known = self.points[self.points != UNSCORED]
        mean = int(known.sum()) // len(known) if len(known) else 0
        return np.where(self.points == UNSCORED, mean, self.points)

    def asked_of(self, minimum: Least) -> int:
        """How many a minimum can still ask for."""
        there = int((~self.leaving[minimum.of]).sum())
        return min(minimum.least, there)

    def counted(self, kept: Mask, aspect: Aspect) -> int:
        """The value of an aspect where ``kept`` stay, counted plainly."""
        if aspect is Aspect.SCORE:
            return int(self.scores[kept].sum())
        if aspect is Aspect.DUAL_CHANNEL:
            return int((kept & self.dual_channel).sum())
        if aspect is Aspect.EVEN_SPREAD:
            return int(abs(self.apart(kept)).sum())
        times = 2 if aspect is Aspect.COVERED_TWICE else 1
        return self.reach.covered(np.flatnonzero(kept), times=times)

    def apart(self, kept: Mask) -> Integers:
        """How far each district's part in what goes is from its part in the stock, times stock."""
        gone = ~kept
        size = int(self.district.max(initial=-1)) + 1
        own = np.bincount(self.district, minlength=size)
        going = np.bincount(self.district[gone], minlength=size)
        found: Integers = going * self.stock - own * int(gone.sum())
        return found

    def broken(self, kept: Mask) -> Iterator[str]:
        """The rules that a choice breaks, by name: the plain check."""
        if int(kept.sum()) != self.staying:
            yield "number"
        if bool((kept & self.leaving).any()):
            yield "leaving"
        if bool((self.held & ~kept).any()):
            yield "held"
        for district, cap in self.caps.items():
            if int(kept[self.district == district].sum()) > cap:
                yield f"cap:{district}"
        for minimum in self.minimums:
            if int(kept[minimum.of].sum()) < self.asked_of(minimum):
                yield f"minimum:{minimum.name}"
        if self.hold_localities:
            before = self.reach.times_covered(self.left)
            after = self.reach.times_covered(np.flatnonzero(kept))
            if bool(((before > 0) & (after == 0)).any()):
                yield "localities"


def flat(tiers: Sequence[Tier]) -> tuple[Aspect, ...]:
    """Every aspect of an order, in it."""
    return tuple(aspect for tier in tiers for aspect, _ in tier)
