"""Set covering: the fewest sites that reach every point which anybody can reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from dingdian.core.siting.answering import Siting, asked_rightly, refused, told, with_counted
from dingdian.core.siting.both_ways import Cover, merged
from dingdian.core.siting.demand import Reach
from dingdian.core.siting.fewest import fewer
from dingdian.core.siting.greedy import greedy
from dingdian.core.siting.maximal import SMALL
from dingdian.core.siting.room import Room
from dingdian.core.siting.terms import Clash, Quota, Reason, Rows, Terms
from dingdian.core.solving import (
    Answer,
    Ending,
    Goal,
    Limits,
    Programme,
    Proof,
    Sense,
    Status,
    solve,
)

SITES = "sites"


def set_cover(reach: Reach, terms: Terms, limits: Limits) -> Siting:
    """The fewest sites, the fixed ones among them, that reach every point.

    Every point counts, whatever it weighs; those that no site reaches which may be chosen are
    told (``unserved``) and left out. The answer has one goal, ``sites``. Where nothing keeps the
    terms, ``clashes`` are terms that clash: without any one of them the others could be kept, as
    far as the limits let that be found out. Raises as ``maximal_cover`` does.

    >>> import numpy as np
    >>> reach = Reach(np.array([5, 4, 3]), np.array([0, 1, 3, 3]), np.array([0, 0, 1]), 2)
    >>> found = set_cover(reach, Terms(2), Limits())
    >>> found.answer.solution.tolist(), found.unserved.tolist()
    ([0], [2])
    """
    asked_rightly(reach.sites, terms)
    clashes = tuple(terms.clashes())
    if clashes:
        return refused([(SITES, Sense.LEAST)], clashes)
    cover, unserved = merged(reach, terms.open)
    room = Room(terms)
    waiting = _waiting(cover, room)
    least = len(room.fixed) + _disjoint(waiting)
    if terms.places is not None and least > terms.places:
        few = refused([(SITES, Sense.LEAST)], [Clash(Reason.TOO_FEW_PLACES)])
        return replace(few, unserved=unserved)
    start = _start(waiting, room)
    if start is not None and len(waiting.sites_of) > SMALL:
        return Siting(_large(waiting, room, limits, start=start, least=least), unserved=unserved)
    found = _searched(waiting, terms, limits, start=start)
    if found.status is Status.INFEASIBLE:
        return Siting(found, tuple(_clashing(waiting, terms, limits)), unserved)
    goal = with_counted(found.goals[0], least)
    return Siting(told(found, (goal,)), unserved=unserved)


def _large(waiting: Cover, room: Room, limits: Limits, *, start: Rows, least: int) -> Answer[Rows]:
    """The answer without HiGHS."""
    begin, standing = np.setdiff1d(start, room.fixed), len(room.fixed)
    found = fewer(waiting, room, begin=begin, least=least - standing, limits=limits)
    chosen = np.sort(np.concatenate([room.fixed, found.sites]))
    bound = standing + found.least
    goal = Goal(SITES, Sense.LEAST, len(chosen), bound, Proof.COUNTED)
    ending = Ending.HALTED if found.halted else Ending.LIMIT
    return told(Answer(Status.FEASIBLE, ending, (), chosen, found.effort), (goal,))


def _waiting(cover: Cover, room: Room) -> Cover:
    """The points that no fixed site reaches, all alike."""
    rows = np.flatnonzero(cover.times(room.fixed) == 0)
    return replace(cover.only(rows), weights=np.ones(len(rows), np.int64))


def _disjoint(waiting: Cover) -> int:
    """A number of points of which no two have a site in common: each needs one of its own."""
    used = np.zeros(waiting.sites, bool)
    found = 0
    for point in np.argsort(waiting.lengths, kind="stable"):
        near = waiting.sites_of[waiting.starts[point] : waiting.starts[point + 1]]
        if not used[near].any():
            used[near] = True
            found += 1
    return found


def _start(waiting: Cover, room: Room) -> Rows | None:
    """A choice that reaches every point, by one site after another; ``None``: none was found."""
    chosen = greedy(waiting, room)
    times = waiting.times(chosen)
    if not times.all():
        return None
    keep = []
    for site in chosen[::-1]:  # what later ones made needless
        points = waiting.points(site)
        if int(times[points].min()) > 1:
            times[points] -= 1
        else:
            keep.append(site)
    return np.sort(np.concatenate([room.fixed, np.array(keep, np.int64)]))


def _searched(
    waiting: Cover, terms: Terms, limits: Limits, *, start: Rows | None = None
) -> Answer[Rows]:
    """What HiGHS finds."""
    programme = Programme()
    take = terms.written(programme)
    for point in range(len(waiting)):
        near = waiting.sites_of[waiting.starts[point] : waiting.starts[point + 1]]
        programme.row(take[near], least=1)
    begin = None
    if start is not None:
        begin = np.zeros(len(take), np.int64)
        begin[start] = 1
    fewest = programme.goal(SITES, Sense.LEAST, take, np.ones(len(take)))
    found = solve(programme, fewest, limits, start=begin)
    if found.solution is None and begin is not None:
        value = int(begin.sum())
        goal = Goal(SITES, Sense.LEAST, value, None, Proof.SOLVER)
        return Answer(Status.FEASIBLE, Ending.LIMIT, (goal,), start, found.effort)
    chosen = None if found.solution is None else np.flatnonzero(found.solution)
    return Answer(found.status, found.ending, found.goals, chosen, found.effort)


def _clashing(waiting: Cover, terms: Terms, limits: Limits) -> Iterator[Clash]:
    """Terms that cannot be kept together: those without which nothing is won are let go first."""
    kept = replace(terms, closed=np.flatnonzero(~terms.open))

    def impossible(fewer: Terms) -> bool:
        return _searched(waiting, fewer, limits).status is Status.INFEASIBLE

    loose = replace(kept, apart=kept.apart[:0])
    near = not impossible(loose)
    kept = kept if near else loose
    held: list[tuple[int, Quota]] = list(enumerate(kept.quotas))
    for one in tuple(held):
        others = [each for each in held if each is not one]
        fewer = replace(kept, quotas=tuple(each for _, each in others))
        if impossible(fewer):
            held, kept = others, fewer
    if kept.places is not None and not impossible(replace(kept, places=None)):
        yield Clash(Reason.TOO_FEW_PLACES)
    if held:
        yield Clash(Reason.QUOTA_TOO_LOW, tuple(row for row, _ in held))
    if near:
        yield Clash(Reason.SITES_TOO_NEAR)
