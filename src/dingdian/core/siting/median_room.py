"""Sites with room for so many people only: who goes where, and what comes after that."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from dingdian.core.siting.demand import Distances
from dingdian.core.siting.needs import (
    NEVER,
    Integers,
    Needs,
    cut_off,
    filled,
    needs_of,
    nothing,
    told,
)
from dingdian.core.siting.terms import Rows, Terms
from dingdian.core.solving import (
    Aim,
    Answer,
    Effort,
    Ending,
    Goal,
    Limits,
    Programme,
    Proof,
    Sense,
    Status,
    solve,
)

#: So many pairs of point and site also get a row of their own, which makes bounds much better.
PAIRS = 200_000


class Then(StrEnum):
    """What is best among the choices that leave the fewest people unreached."""

    DISTANCE = "distance"  # the least way, over everybody
    SITES = "sites"  # the fewest sites, those that stand among them
    NOTHING = ""


@dataclass(frozen=True, slots=True, eq=False)
class Allotment:
    """A choice of sites, and who goes to which of them.

    ``chosen``: rows of the sites that stand, in order. ``people[n]`` of demand point ``points[n]``
    go to site ``sites[n]``; all positive, in the order of points and then of sites.
    """

    chosen: Rows
    points: Rows
    sites: Rows
    people: Integers


@dataclass(frozen=True, slots=True, eq=False)
class _Written:
    """The programme: sites taken, pairs of point and site, who goes along each, who is left."""

    programme: Programme
    take: Rows
    points: Rows
    sites: Rows
    going: Rows
    left: Rows
    aims: tuple[Aim, ...]


def median_with_room(
    distances: Distances, room: Integers, terms: Terms, limits: Limits
) -> Answer[Allotment]:
    """The choice of sites with the least distance, where site ``s`` serves at most ``room[s]``.

    The people of one point may go to different sites, in whole persons, and not everybody to the
    nearest: the sum of all is least. The goals are those of ``median``; ``unreached`` counts who
    is reached by no site with room left. HiGHS solves the whole of it: good for some hundred points
    and some dozen sites. The limits hold for each goal; where they are too low, a first choice
    is given.

    Raises:
        ValueError: sizes do not fit, or a weight or room is negative.
        OverflowError: weight times distance is beyond whole numbers of 64 bits.

    >>> far = np.array([[1, 3], [1, 2]])
    >>> world = Distances(np.array([4, 4]), far)
    >>> answer = median_with_room(world, np.array([5, 9]), Terms(2, places=2), Limits())
    >>> [goal.value for goal in answer.goals], answer.solution.people.tolist()
    ([0, 11], [4, 1, 3])
    """
    return allotted(distances, room, terms, limits, then=Then.DISTANCE)


def allotted(
    distances: Distances, room: Integers, terms: Terms, limits: Limits, *, then: Then
) -> Answer[Allotment]:
    """The choice that leaves the fewest people without room, and then is best; see there.

    Raises as ``median_with_room`` does.
    """
    if room.shape != (terms.sites,) or (len(room) and int(room.min()) < 0):
        raise ValueError(f"room has to be {terms.sites} whole numbers of 0 or more, one a site")
    if any(terms.clashes()):
        none = nothing(("unreached", *filter(None, [then])))
        return Answer(none.status, none.ending, none.goals, None)
    needs = needs_of(distances, terms)
    rows = np.setdiff1d(np.flatnonzero(distances.weights > 0), cut_off(distances, terms))
    written = _written(needs, room, terms, then)
    start = _start(needs, room, terms, written)
    least = len(np.unique(terms.fixed)) if then is Then.SITES else 0
    answer, found = _in_order(written, limits, start, floors=(needs.cut_off, least))
    people = found[written.going]
    some = people > 0
    allotment = Allotment(
        np.flatnonzero(found[written.take]),
        rows[written.points[some]],
        written.sites[some],
        people[some],
    )
    return told(answer.goals, allotment, answer.ending, answer.effort)


def _written(needs: Needs, room: Integers, terms: Terms, then: Then) -> _Written:
    """The programme of who goes where; for given sites, some best ways are of whole persons."""
    programme = Programme()
    take = terms.written(programme)
    points, sites = np.nonzero((needs.far != NEVER) & (room > 0))
    most = np.minimum(needs.weights[points], room[sites])
    going, left = (
        programme.variables(count, low=0, high=int(needs.weights.max(initial=0)), whole=False)
        for count in (len(points), len(needs.weights))
    )
    ends = np.searchsorted(points, np.arange(len(left) + 1))
    for point, weight in enumerate(needs.weights.tolist()):
        own = [*going[ends[point] : ends[point + 1]], left[point]]
        programme.row(own, least=weight, most=weight)
    for site in np.unique(sites):
        own = going[sites == site]
        programme.row([*own, take[site]], [*np.ones_like(own), -room[site]], most=0)
    if len(points) <= PAIRS:
        pairs = np.stack([going, take[sites]], axis=1)
        programme.rows(pairs, np.stack([np.ones_like(most), -most], axis=1), most=0)
    whole = np.ones_like(left)
    aims = [programme.goal("unreached", Sense.LEAST, left, whole, constant=needs.cut_off)]
    if then is Then.DISTANCE:
        aims.append(programme.goal(then, Sense.LEAST, going, needs.far[points, sites]))
    elif then is Then.SITES:
        aims.append(programme.goal(then, Sense.LEAST, take, np.ones_like(take)))
    return _Written(programme, take, points, sites, going, left, tuple(aims))


def _in_order(
    written: _Written, limits: Limits, start: Integers, *, floors: tuple[int, int]
) -> tuple[Answer[Integers], Integers]:
    """The best for the first goal, then for the second; ``floors``: bounds that need no search."""
    found, ending, effort = start, Ending.PROOF, Effort()
    bounds = list(floors)
    for number, (aim, floor) in enumerate(zip(written.aims, floors, strict=False)):
        if aim.weights @ found + aim.constant > floor:
            answer = _asked(written, aim, limits)
            bounds[number] = max(answer.goals[0].bound or 0, floor)
            ending = answer.ending if ending is Ending.PROOF else ending
            effort += answer.effort
            if answer.solution is not None and aim.weights @ answer.solution < aim.weights @ found:
                found = answer.solution
        of = np.flatnonzero(aim.weights)
        written.programme.row(of, aim.weights[of], most=int(aim.weights @ found))
    goals = []
    for aim, floor, bound in zip(written.aims, floors, bounds, strict=False):
        value = int(aim.weights @ found) + aim.constant
        proof = Proof.COUNTED if bound == floor else Proof.SOLVER
        goals.append(Goal(aim.name, aim.sense, value, min(bound, value), proof))
    return told(tuple(goals), found, ending, effort), found


def _asked(written: _Written, aim: Aim, limits: Limits) -> Answer[Integers]:
    """What HiGHS answers, in whole persons.

    It is given no choice to begin with: from one it has taken a worse one for the best.
    """
    answer = solve(written.programme, aim, limits)
    if answer.status is Status.UNKNOWN and answer.ending is Ending.PROOF:  # parts of persons
        for variable in [*written.going, *written.left]:
            written.programme.whole[variable] = True
        answer = solve(written.programme, aim, limits)
    return answer


def _start(needs: Needs, room: Integers, terms: Terms, written: _Written) -> Integers:
    """A first choice: sites as without rooms, and the nearest pairs filled first."""
    known = np.zeros(len(written.programme.low), np.int64)
    chosen = filled(needs.costs, terms, np.unique(terms.fixed))
    known[written.take[chosen]] = 1
    waiting, free = needs.weights.copy(), np.zeros_like(room)
    free[chosen] = room[chosen]
    nearest = np.argsort(needs.far[written.points, written.sites], kind="stable")
    for pair in nearest[free[written.sites[nearest]] > 0]:
        point, site = written.points[pair], written.sites[pair]
        people = min(waiting[point], free[site])
        known[written.going[pair]] = people
        waiting[point] -= people
        free[site] -= people
    known[written.left] = waiting
    return known
