"""What each that would go leaves behind: who still serves its people, and how close it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dingdian.core.retention.question import Aspect, Integers, Mask, Question, Tier, flat
from dingdian.core.siting.both_ways import Cover, both_ways

#: So many of those who still serve are named, those who serve most of its people first.
NAMED = 5
#: So many of those who stay are tried in the place of one that goes.
TRIED = 12


@dataclass(frozen=True, slots=True)
class Loss:
    """What goes with the institution ``row``.

    ``people``: those within its circle; ``down_to_one`` and ``down_to_none`` of them have one, no
    institution left. ``served_by``: rows of those who still serve them, with how many of its
    people each serves, the most first. ``exchange``: see ``Exchange``; ``None`` where no other
    could go in its place.
    """

    row: int
    people: int
    down_to_one: int
    down_to_none: int
    served_by: tuple[tuple[int, int], ...]
    exchange: Exchange | None


@dataclass(frozen=True, slots=True)
class Exchange:
    """The nearest other choice found: ``row`` would go instead.

    ``differences`` are what each tier of the order would have more (less, for a goal of least, is
    positive too: better), in the order of the tiers; the first that is not 0 decides, and is
    negative: the closer to 0, the closer the call. All 0: nothing tells the two apart.
    """

    row: int
    differences: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Standing:
    """The choice with what is needed to try exchanges quickly."""

    question: Question
    tiers: tuple[Tier, ...]
    kept: Mask
    serving: Cover
    times: Integers
    room: tuple[int, ...]
    apart: Integers
    alone: Mapping[int, frozenset[int]]  # the localities that one who stays serves alone
    scores: Integers
    gains: tuple[Integers, Integers]  # people who get their first, second, if one more serves them
    costs: tuple[Integers, Integers]  # people who lose their only one, their second, without it

    @classmethod
    def of(cls, question: Question, tiers: Sequence[Tier], kept: Mask) -> _Standing:
        """The choice ``kept``."""
        room = tuple(
            int(kept[each.of].sum()) - question.asked_of(each) for each in question.minimums
        )
        times = question.reach.times_covered(np.flatnonzero(kept))
        serving = both_ways(question.reach)
        alone = {
            row: frozenset(cells[times[cells] == 1].tolist())
            for row in np.flatnonzero(kept).tolist()
            if len(cells := serving.points(row))
        }
        some = [serving.site_sums(serving.weights * (times == each)) for each in (0, 1, 2)]
        return cls(
            question=question,
            tiers=tuple(tiers),
            kept=kept,
            serving=serving,
            times=times,
            room=room,
            apart=question.apart(kept),
            alone=alone,
            scores=question.scores,
            gains=(some[0], some[1]),
            costs=(some[1], some[2]),
        )


def losses(question: Question, tiers: Sequence[Tier], kept: Mask) -> Iterator[Loss]:
    """The loss of each that goes, by choice or first, in the order of rows.

    Nobody could go instead of one whose exit comes first.
    """
    standing = _Standing.of(question, tiers, kept)
    others = _easiest(standing)
    for row in np.flatnonzero(~kept).tolist():
        yield _loss(standing, row, others)


def _loss(standing: _Standing, row: int, others: Integers) -> Loss:
    cells = standing.serving.points(row)
    weights, times = standing.question.reach.weights[cells], standing.times[cells]
    return Loss(
        row=row,
        people=int(weights.sum()),
        down_to_one=int(weights[times == 1].sum()),
        down_to_none=int(weights[times == 0].sum()),
        served_by=_still_serving(standing, cells),
        exchange=None
        if standing.question.leaving[row]
        else _nearest_exchange(standing, row, others),
    )


def _still_serving(standing: _Standing, cells: Integers) -> tuple[tuple[int, int], ...]:
    sites, sizes = standing.serving.sites_near(cells)
    people = np.repeat(standing.serving.weights[cells], sizes)
    total = np.zeros(standing.question.stock, np.int64)
    np.add.at(total, sites, people)
    still = np.unique(sites[standing.kept[sites]])
    most = still[np.lexsort((still, -total[still]))][:NAMED]
    return tuple((int(site), int(total[site])) for site in most)


def _easiest(standing: _Standing) -> Integers:
    """Those who stay and might go, what they would cost alone the least first."""
    question = standing.question
    may = np.flatnonzero(standing.kept & ~question.held)
    costs = [
        tuple(-each for each in _differences(standing, gone=row, back=None)) for row in may.tolist()
    ]
    return may[sorted(range(len(may)), key=lambda at: (costs[at], int(may[at])))]


def _nearest_exchange(standing: _Standing, row: int, others: Integers) -> Exchange | None:
    """The best of the first that could go instead of ``row``, by the tiers in their order."""
    best: Exchange | None = None
    own = frozenset(standing.serving.points(row).tolist())
    tried = 0
    for other in others.tolist():
        if not _possible(standing, own, gone=other, back=row):
            continue
        found = Exchange(other, _differences(standing, gone=other, back=row))
        if best is None or found.differences > best.differences:
            best = found
        tried += 1
        if tried == TRIED:
            break
    return best


def _possible(standing: _Standing, reached: frozenset[int], *, gone: int, back: int) -> bool:
    """Whether the rules hold when ``gone`` goes and ``back``, who serves ``reached``, stays."""
    question = standing.question
    if question.hold_localities and not standing.alone.get(gone, frozenset()) <= reached:
        return False
    own, other = int(question.district[back]), int(question.district[gone])
    if own != other and own in question.caps:
        there = int((standing.kept & (question.district == own)).sum())
        if there >= question.caps[own]:
            return False
    for minimum, room in zip(question.minimums, standing.room, strict=True):
        if room <= 0 and gone in minimum.of and back not in minimum.of:
            return False
    return True


def _differences(standing: _Standing, *, gone: int, back: int | None) -> tuple[int, ...]:
    """How each tier changes, more is better, when ``gone`` goes and ``back`` (or none) stays."""
    question, wanted = standing.question, set(flat(standing.tiers))
    changes: dict[Aspect, int] = {}
    for aspect, worth in (
        (Aspect.SCORE, standing.scores),
        (Aspect.DUAL_CHANNEL, question.dual_channel),
    ):
        changes[aspect] = (int(worth[back]) if back is not None else 0) - int(worth[gone])
    if wanted & {Aspect.COVERED, Aspect.COVERED_TWICE}:
        changes |= _people(standing, gone, back)
    if Aspect.EVEN_SPREAD in wanted:
        changes[Aspect.EVEN_SPREAD] = _spread(standing, gone, back)
    return tuple(
        sum(weight * changes[aspect] for aspect, weight in tier) for tier in standing.tiers
    )


def _people(standing: _Standing, gone: int, back: int | None) -> dict[Aspect, int]:
    """How many more people have one, and two, in the circle.

    The localities of both lose one and get one: what was counted for them on either side is undone.
    """
    once, twice = (-int(cost[gone]) for cost in standing.costs)
    if back is not None:
        once, twice = (
            change + int(gain[back])
            for change, gain in zip((once, twice), standing.gains, strict=True)
        )
        out, into = standing.serving.points(gone), standing.serving.points(back)
        if len(out) and len(into):
            at = np.minimum(np.searchsorted(into, out), len(into) - 1)
            both = out[into[at] == out]
            weights, times = standing.serving.weights[both], standing.times[both]
            ones = int(weights[times == 1].sum())
            once += ones - int(weights[times == 0].sum())
            twice += int(weights[times == 2].sum()) - ones
    return {Aspect.COVERED: once, Aspect.COVERED_TWICE: twice}


def _spread(standing: _Standing, gone: int, back: int | None) -> int:
    """How much nearer to even it is; with nobody back the number that goes is taken as the same."""
    question, apart = standing.question, standing.apart
    after = apart.copy()
    after[question.district[gone]] += question.stock
    if back is not None:
        after[question.district[back]] -= question.stock
    return int(abs(apart).sum()) - int(abs(after).sum())
