"""What may be wanted of a choice of sites, written for HiGHS and counted without it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from dingdian.core.siting.both_ways import Cover
from dingdian.core.siting.demand import Integers
from dingdian.core.siting.room import Room
from dingdian.core.siting.terms import Rows
from dingdian.core.solving import Aim, Programme, Sense


class Wish(StrEnum):
    """One goal of covering.

    ``COVERED``: most weight reached by a site; ``COVERED_TWICE``: by two or more, so that one may
    close; ``NEW_SITES``: fewest sites beside the fixed ones; ``PRIORITY``: most priority of sites.
    """

    COVERED = "covered"
    COVERED_TWICE = "covered_twice"
    NEW_SITES = "new_sites"
    PRIORITY = "priority"

    @property
    def sense(self) -> Sense:
        """Whether most or least is wanted."""
        return Sense.LEAST if self is Wish.NEW_SITES else Sense.MOST


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Whom the sites reach, what the terms leave room for, and the priority of each site."""

    cover: Cover
    room: Room
    priority: Integers  # shape (sites,)

    def value(self, wish: Wish, chosen: Rows) -> int:
        """What a choice (the fixed ones among it) is worth, counted."""
        match wish:
            case Wish.NEW_SITES:
                return len(chosen) - len(self.room.fixed)
            case Wish.PRIORITY:
                return int(self.priority[chosen].sum())
            case _:
                times = 2 if wish is Wish.COVERED_TWICE else 1
                return int(self.cover.weights[self.cover.times(chosen) >= times].sum())

    def bound(self, wish: Wish) -> int:
        """What no choice can beat, as far as plain sums tell."""
        cover, room = self.cover, self.room
        match wish:
            case Wish.NEW_SITES:
                return 0
            case Wish.PRIORITY:
                return int(self.priority[room.fixed].sum()) + _largest(self.priority, room)
            case _:
                times = 2 if wish is Wish.COVERED_TWICE else 1
                ever = cover.weights * (cover.lengths >= times)
                standing = cover.times(room.fixed) >= times
                waiting = ever * ~standing
                held = int(ever[standing].sum())
                return held + min(int(waiting.sum()), _largest(cover.site_sums(waiting), room))


def _largest(worth: Integers, room: Room) -> int:
    """The sum of as many of the best free sites as there are places."""
    best = -np.sort(-np.maximum(worth[room.free], 0))[: room.places]
    return int(sum(best.tolist()))


def written(programme: Programme, take: Rows, wish: Wish, cover: Cover, *, whole: bool) -> Rows:
    """The variables and rows that a wish about points needs; gives back its variables.

    One for each point of the cover, from nought to one; none for the wishes about sites.
    ``whole`` says whether they have to be told so: reached once is whole anyway at the best, but
    not where it is only held.
    """
    if wish not in (Wish.COVERED, Wish.COVERED_TWICE):
        return take[:0]
    twice = wish is Wish.COVERED_TWICE
    served = programme.variables(len(cover), low=0, high=1, whole=whole or twice)
    for point, one in enumerate(served):
        near = take[cover.sites_of[cover.starts[point] : cover.starts[point + 1]]]
        own = np.full(len(near) + 1, 1)
        own[-1] = -2 if twice else -1
        programme.row(np.append(near, one), own, least=0)
    return served


def aim(programme: Programme, take: Rows, wish: Wish, *, served: Rows, asked: Asked) -> Aim:
    """The wish as a goal of the programme, when all its variables are there."""
    match wish:
        case Wish.NEW_SITES:
            sense, fixed = Sense.LEAST, len(asked.room.fixed)
            return programme.goal(wish, sense, take, np.ones(len(take)), constant=-fixed)
        case Wish.PRIORITY:
            return programme.goal(wish, Sense.MOST, take, asked.priority)
        case _:
            return programme.goal(wish, Sense.MOST, served, asked.cover.weights)
