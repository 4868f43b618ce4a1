"""The question as a programme in whole numbers, with only the localities that can matter in it.

A locality with many institutions hardly loses all but one of them. The programme begins with those
that have few, takes the others as well served, and takes in whatever the answer then gets wrong.
What is left out can only make a bound too generous, never wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from dingdian.core.retention.question import Aspect, Integers, Mask, Question, Tier
from dingdian.core.siting.both_ways import Cover, merged
from dingdian.core.solving import Aim, Programme, Sense

#: Localities whose chance of losing all but one is beyond this are in from the beginning.
RARE = 1e-4


def cells_of(question: Question) -> Cover:
    """The localities that somebody serves, those alike taken together; those who leave left out."""
    return merged(question.reach, ~question.leaving)[0]


def likely(question: Question, cells: Cover, *, rare: float = RARE) -> Mask:
    """Localities that could well lose all but one if those who go were drawn by lot.

    ``rare``: with a chance beyond this.
    """
    stays = question.staying / max(1, len(question.left))
    sizes = cells.lengths
    found: Mask = sizes * stays * (1 - stays) ** np.maximum(sizes - 1, 0) > rare
    return found | (sizes <= 2)


@dataclass(frozen=True, slots=True, eq=False)
class Built:
    """A programme, its aims in order, and the variables of who stays.

    ``once`` and ``twice``: the variables of localities with one, two, each with its row of the
    cells, shape (m, 2); ``apart``: those of the districts' parts. ``watched``: the localities in
    the programme, shape (c,).
    """

    programme: Programme
    aims: tuple[Aim, ...]
    take: Integers
    once: Integers
    twice: Integers
    apart: Integers
    watched: Mask

    def overlooked(self, cells: Cover, found: Integers) -> Mask:
        """Localities not in the programme that an answer of it leaves with fewer than two."""
        times = cells.times(np.flatnonzero(found[self.take]))
        return ~self.watched & (times < np.minimum(cells.lengths, 2))

    def filled(self, question: Question, cells: Cover, kept: Mask) -> Integers:
        """Every variable of the programme where ``kept`` stay."""
        found = np.zeros(len(self.programme.low), np.int64)
        found[self.take] = kept
        times = cells.times(np.flatnonzero(kept))
        for served, least in ((self.once, 1), (self.twice, 2)):
            found[served[:, 0]] = times[served[:, 1]] >= least
        found[self.apart] = abs(question.apart(kept))[: len(self.apart)]
        return found


def build(
    question: Question,
    tiers: Sequence[Tier],
    cells: Cover,
    watched: Mask,
    *,
    any_number: bool = False,
) -> Built:
    """The programme with the localities ``watched`` in it, shape (c,).

    ``any_number``: however many stay.
    """
    programme = Programme()
    take = programme.variables(question.stock, low=0, high=1)
    for row in np.flatnonzero(question.leaving):
        programme.high[row] = 0
    for row in np.flatnonzero(question.held):
        programme.low[row] = 1
    if not any_number:
        programme.row(take, least=question.staying, most=question.staying)
    for district, cap in question.caps.items():
        programme.row(np.flatnonzero(question.district == district), most=cap)
    for minimum in question.minimums:
        programme.row(minimum.of, least=question.asked_of(minimum))
    wanted = {aspect for tier in tiers for aspect, _ in tier}
    people = _Covered(programme, question, cells, wanted)
    for cell in np.flatnonzero(watched).tolist():
        people.watch(cell)
    parts = {
        Aspect.SCORE: (take, question.scores, 0),
        Aspect.DUAL_CHANNEL: (take, question.dual_channel.astype(np.int64), 0),
        **people.sums(watched),
    }
    apart = np.zeros(0, np.int64)
    if Aspect.EVEN_SPREAD in wanted:
        parts[Aspect.EVEN_SPREAD] = _spread(programme, question)
        apart = parts[Aspect.EVEN_SPREAD][0]
    aims = tuple(_aim(programme, tier, parts) for tier in tiers)
    return Built(programme, aims, take, _pairs(people.once), _pairs(people.twice), apart, watched)


def _pairs(served: list[tuple[int, int]]) -> Integers:
    return np.array(served, np.int64).reshape(-1, 2)


#: Variables, their weights, and a constant.
Sum = tuple[Integers, Integers, int]


@dataclass(frozen=True, slots=True, eq=False)
class _Covered:
    """People with one and with two in the circle; where no locality may lose its last, rows.

    ``once`` and ``twice`` gather pairs of variable and row of the cells.
    """

    programme: Programme
    question: Question
    cells: Cover
    wanted: set[Aspect]
    once: list[tuple[int, int]] = field(default_factory=list)
    twice: list[tuple[int, int]] = field(default_factory=list)

    def watch(self, row: int) -> None:
        """Take a locality into the programme: with as many as serve it, less those counted."""
        hold, own = self.question.hold_localities, self.cells.near(row)
        twice = Aspect.COVERED_TWICE in self.wanted
        counted: list[int] = []
        if not hold and (twice or Aspect.COVERED in self.wanted):
            counted.extend(self.programme.variables(1, low=0, high=1).tolist())
            self.once.append((counted[0], row))
        if twice and len(own) >= 2:
            counted.extend(self.programme.variables(1, low=0, high=1, whole=False).tolist())
            self.twice.append((counted[-1], row))
            if not hold:
                self.programme.row(counted, [1, -1], least=0)
        if hold or counted:
            sides = np.concatenate([own, np.array(counted, np.int64)])
            by = np.ones(len(sides), np.int64)
            by[len(own) :] = -1
            self.programme.row(sides, by, least=int(hold))

    def sums(self, watched: Mask) -> dict[Aspect, Sum]:
        """The people of those watched as variables, of the others as served all along."""
        weights, able = self.cells.weights, self.cells.lengths >= 2
        hold = self.question.hold_localities
        told = {
            Aspect.COVERED: (self.once, weights.sum() if hold else weights[~watched].sum()),
            Aspect.COVERED_TWICE: (self.twice, weights[able & ~watched].sum()),
        }
        return {
            aspect: (pairs[:, 0], weights[pairs[:, 1]], int(constant))
            for aspect, (served, constant) in told.items()
            for pairs in [_pairs(served)]
        }


def _spread(programme: Programme, question: Question) -> Sum:
    """How far each district's part in what goes may be from its part in the stock."""
    size = int(question.district.max(initial=-1)) + 1
    gone = question.stock - question.staying
    most = question.stock * max(gone, 1)
    apart = programme.variables(size, low=0, high=most)
    for district in range(size):
        own = np.flatnonzero(question.district == district)
        # going * stock - own * gone, where going = own - those who stay
        even = len(own) * question.stock - len(own) * gone
        at = np.append(own, apart[district])
        by = np.append(np.full(len(own), question.stock), 0)
        by[-1] = 1
        programme.row(at, by, least=even)
        by = by.copy()
        by[-1] = -1
        programme.row(at, by, most=even)
    return apart, np.ones(size, np.int64), 0


def _aim(programme: Programme, tier: Tier, parts: dict[Aspect, Sum]) -> Aim:
    """One aim of a tier; an even spread alone is sought least, beside others it counts against."""
    name = "+".join(aspect for aspect, _ in tier)
    alone = [aspect for aspect, _ in tier] == [Aspect.EVEN_SPREAD]
    at, by, constant = np.zeros(0, np.int64), np.zeros(0, np.int64), 0
    for aspect, weight in tier:
        variables, own, fixed = parts[aspect]
        sign = weight if alone or aspect is not Aspect.EVEN_SPREAD else -weight
        at, by = np.append(at, variables), np.append(by, own * sign)
        constant += fixed * sign
    return programme.goal(name, Sense.LEAST if alone else Sense.MOST, at, by, constant=constant)
