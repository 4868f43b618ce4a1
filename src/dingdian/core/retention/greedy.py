"""The plain choice: the lowest points go first, as far as the rules let them."""

from __future__ import annotations

import numpy as np

from dingdian.core.retention.question import Integers, Question
from dingdian.core.siting.both_ways import both_ways


def first_choice(question: Question) -> Integers | None:
    """Rows that stay when the lowest points go first; ``None`` where that ends in a dead end.

    Of equal points the later row goes first. A dead end here does not say that there is no choice.
    """
    kept = ~question.leaving
    reach = question.reach
    times = reach.times_covered(np.flatnonzero(kept))
    serving = both_ways(reach)
    room = {
        each.name: int(kept[each.of].sum()) - question.asked_of(each) for each in question.minimums
    }
    named: dict[int, list[str]] = {}
    for each in question.minimums:
        for row in each.of.tolist():
            named.setdefault(row, []).append(each.name)
    over = _over(question)
    left = int(kept.sum()) - question.staying
    order = np.lexsort((-np.arange(question.stock), question.scores))
    for within in (True, False):  # first where a district has too many
        for row in order.tolist():
            if left <= 0 or (within and not any(each > 0 for each in over.values())):
                break
            own = int(question.district[row])
            if not kept[row] or question.held[row] or (within and over.get(own, 0) <= 0):
                continue
            cells = serving.points(row)
            if question.hold_localities and bool((times[cells] == 1).any()):
                continue
            if any(room[name] <= 0 for name in named.get(row, ())):
                continue
            kept[row] = False
            times[cells] -= 1
            over[own] = over.get(own, 0) - 1
            left -= 1
            for name in named.get(row, ()):
                room[name] -= 1
    rows = np.flatnonzero(kept)
    return None if any(question.broken(kept)) else rows


def _over(question: Question) -> dict[int, int]:
    """By how many each district with a cap of its own is over it."""
    there = ~question.leaving
    return {
        district: int((there & (question.district == district)).sum()) - cap
        for district, cap in question.caps.items()
    }
