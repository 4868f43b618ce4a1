"""Median and centre on the forty p-median graphs of the OR-Library: best values, gaps, seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.claims import Line
from dingdian.core.siting import Distances, Terms, centre, median
from dingdian.core.siting.terms import Rows
from dingdian.core.solving import Answer, Limits, Proof
from tests.real.orlib import FOLDER, graph

#: The best values that are known for the sum of distances, of file 1 to file 40.
MEDIANS = (
    5819, 4093, 4250, 3034, 1355, 7824, 5631, 4445, 2734, 1255, 7696, 6634, 4374, 2968, 1729, 8162,
    6999, 4809, 2845, 1789, 9138, 8579, 4619, 2961, 1828, 9917, 8307, 4498, 3033, 1989, 10086, 9297,
    4700, 3013, 10400, 9934, 5057, 11060, 9423, 5128,
)  # fmt: skip


@dataclass(frozen=True)
class Solved:
    """What one graph came to: value, gap, whether the bound was counted, seconds."""

    value: int
    gap: float
    counted: bool
    seconds: float


def siting_orlib(below: Path) -> Iterator[Line]:
    """Both questions on all forty; the graphs are in the folder that DINGDIAN_DATA names."""
    del below
    if not FOLDER.is_dir():
        yield Line("OR-Library pmed1-40", "no DINGDIAN_DATA")
        return
    started = time.perf_counter()
    graphs = [graph(number) for number in range(1, 41)]
    yield Line("pmed1-40: all shortest ways", f"{time.perf_counter() - started:.1f} s")
    medians = [_solved(median, *each) for each in graphs]
    missed = sum(one.value > best for one, best in zip(medians, MEDIANS, strict=True))
    yield Line("  median: best known value missed", f"{missed} of 40", "", missed, 4, "")
    for share, limit in ((0.01, 0), (0.001, 7)):
        wide = sum(one.gap > share for one in medians)
        yield Line(f"  gap above {share:.1%}", f"{wide} of 40", "", wide, limit, "")
    yield from _told(medians, 180)
    centres = [_solved(centre, *each) for each in graphs]
    wide = sum(one.gap > 0 for one in centres)
    yield Line("  centre: not proved best", f"{wide} of 40", "", wide, 0, "")
    yield from _told(centres, 300)


def _solved(
    ask: Callable[[Distances, Terms, Limits], Answer[Rows]], far: Rows, places: int
) -> Solved:
    distances = Distances(np.ones(len(far), np.int64), far)
    started = time.perf_counter()
    goal = ask(distances, Terms(len(far), places=places), Limits()).goals[1]
    seconds = time.perf_counter() - started
    gap = float("inf") if goal.gap is None else float(goal.gap)
    return Solved(goal.value or 0, gap, goal.proof is Proof.COUNTED, seconds)


def _told(solved: list[Solved], limit: float) -> Iterator[Line]:
    counted = sum(one.counted for one in solved)
    yield Line("  bound counted in whole numbers", f"{counted} of 40")
    took = sum(one.seconds for one in solved)
    longest = max(range(40), key=lambda at: solved[at].seconds)
    yield Line("  all forty together", f"{took:.1f} s", "", took, limit, "s")
    yield Line(f"  longest: pmed{longest + 1}", f"{solved[longest].seconds:.1f} s")
