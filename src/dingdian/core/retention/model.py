"""The question as a programme in whole numbers, with only the localities that can matter in it.

A locality with many institutions hardly loses all but one of them. The programme begins with those
that have few, takes the others as well served, and takes in whatever the answer then gets wrong.
What is left out can only make a bound too generous, never wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dingdian.core.retention.question import Aspect, Integers, Mask, Question, Tier
from dingdian.core.solving import Aim, Programme, Sense

#: Localities with at most so many institutions are in the programme from the beginning.
FEW = 6


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Localities that the same institutions serve, taken together; those who leave left out.

    ``members``: rows of institutions of each; ``weights``: their people, shape (c,).
    """

    members: tuple[Integers, ...]
    weights: Integers

    @property
    def sizes(self) -> Integers:
        """How many serve each, shape (c,)."""
        return np.array([len(each) for each in self.members], np.int64)

    def times(self, kept: Mask) -> Integers:
        """How many of those who stay serve each."""
        return np.array([int(kept[each].sum()) for each in self.members], np.int64)


def cells_of(question: Question) -> Cells:
    """The localities that somebody serves, those alike taken together, in order of first row."""
    reach = question.reach
    stays = ~question.leaving[reach.reached_by]
    point = np.repeat(np.arange(len(reach)), np.diff(reach.starts))[stays]
    order = np.lexsort((reach.reached_by[stays], point))
    sites = reach.reached_by[stays][order].astype(np.int64)
    ends = np.cumsum(np.bincount(point, minlength=len(reach)))
    found: dict[bytes, int] = {}
    weights: list[int] = []
    members: list[Integers] = []
    start = 0
    for end, weight in zip(ends.tolist(), reach.weights.tolist(), strict=True):
        own, start = sites[start:end], end
        if not len(own):
            continue
        at = found.setdefault(own.tobytes(), len(members))
        if at == len(members):
            members.append(own)
            weights.append(0)
        weights[at] += weight
    return Cells(tuple(members), np.array(weights, np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class Built:
    """A programme, its aims in order, and the variables of who stays."""

    programme: Programme
    aims: tuple[Aim, ...]
    take: Integers


def build(
    question: Question,
    tiers: Sequence[Tier],
    cells: Cells,
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
    parts = {
        Aspect.SCORE: (take, question.scores, 0),
        Aspect.DUAL_CHANNEL: (take, question.dual_channel.astype(np.int64), 0),
        **_covered(programme, question, cells, watched, wanted=wanted),
    }
    if Aspect.EVEN_SPREAD in wanted:
        parts[Aspect.EVEN_SPREAD] = _spread(programme, question)
    return Built(programme, tuple(_aim(programme, tier, parts) for tier in tiers), take)


#: Variables, their weights, and a constant.
Sum = tuple[Integers, Integers, int]


def _covered(
    programme: Programme, question: Question, cells: Cells, watched: Mask, *, wanted: set[Aspect]
) -> dict[Aspect, Sum]:
    """People with one and with two in the circle; where no locality may lose its last, rows."""
    hold, sizes = question.hold_localities, cells.sizes
    twice = Aspect.COVERED_TWICE in wanted
    once = Aspect.COVERED in wanted and not hold
    total = int(cells.weights.sum())
    able = sizes >= 2
    sums: dict[Aspect, tuple[list[int], list[int], int]] = {
        Aspect.COVERED: ([], [], total if hold else int(cells.weights[~watched].sum())),
        Aspect.COVERED_TWICE: ([], [], int(cells.weights[able & ~watched].sum())),
    }
    for row in np.flatnonzero(watched).tolist():
        own, weight = cells.members[row], int(cells.weights[row])
        variables: list[int] = []
        if not hold and (once or twice):
            variables.extend(programme.variables(1, low=0, high=1).tolist())
            sums[Aspect.COVERED][0].append(variables[0])
            sums[Aspect.COVERED][1].append(weight)
        if twice and able[row]:
            variables.extend(programme.variables(1, low=0, high=1, whole=False).tolist())
            sums[Aspect.COVERED_TWICE][0].append(variables[-1])
            sums[Aspect.COVERED_TWICE][1].append(weight)
            if not hold:
                programme.row(variables, [1, -1], least=0)
        if hold or variables:
            sides = np.concatenate([own, np.array(variables, np.int64)])
            by = np.ones(len(sides), np.int64)
            by[len(own) :] = -1
            programme.row(sides, by, least=int(hold))
    return {
        aspect: (np.array(at, np.int64), np.array(by, np.int64), constant)
        for aspect, (at, by, constant) in sums.items()
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
