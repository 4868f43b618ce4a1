"""Lay out sites: a question about people and candidates as the rows and numbers of ``core.siting``.

Only open candidates are laid out, and only people for whom something may change. Who stands
already is one site for all of them (two, where people reached twice count): it reaches whom any
of them reaches, and is as near as the nearest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from dingdian.actions.gather_candidates import Candidate, Candidates
from dingdian.actions.weigh_demand import Demand
from dingdian.core.census import Census
from dingdian.core.circles import Neighbours, Points, distance_mm
from dingdian.core.errors import RequestError, fault
from dingdian.core.indicators.gaps import nearest_members
from dingdian.core.siting import UNREACHABLE, Distances, Quota, Reach, Terms
from dingdian.core.solving import Goal

Rows = npt.NDArray[np.int64]

#: Distances of one table, so that they fit into memory: some 320 MB.
MOST_DISTANCES = 40_000_000
#: No way that is looked for is longer: farther than any two places of a country.
FARTHEST_MM = 8_000_000_000
#: Ways that somebody may be told to go, where room is limited.
MOST_WITH_ROOM = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """The terms of a question, and how its answer is read back.

    ``open``: row of the candidates by site; sites beyond are those that stand already.
    ``aside``: by name of a goal, what has to be added to its value and bound: for people who
    were left out because nothing changes for them. ``names``: goals that are called otherwise.
    """

    terms: Terms
    open: Rows
    aside: Mapping[str, int]
    names: Mapping[str, str] = field(default_factory=dict)

    def rows(self, solution: Rows | None) -> list[int]:
        """The candidates that a solution chose, in their order."""
        if solution is None:
            return []
        return [int(self.open[site]) for site in np.sort(solution) if site < len(self.open)]

    def goals(self, goals: Sequence[Goal]) -> tuple[Goal, ...]:
        """The goals, with what was left out."""
        return tuple(self._goal(goal, self.aside.get(goal.name, 0)) for goal in goals)

    def _goal(self, goal: Goal, more: int) -> Goal:
        value, bound = (None if n is None else n + more for n in (goal.value, goal.bound))
        name = self.names.get(goal.name, goal.name)
        return replace(goal, name=name, value=value, bound=bound)


def covering(
    demand: Demand,
    weights: Rows,
    candidates: Candidates,
    *,
    twice: bool,
    places: int | None,
    quotas: Mapping[str, int],
) -> tuple[Laid, Reach]:
    """Who reaches whom within the circle; ``weights`` by locality.

    Goals count new people alone. ``twice``: people reached twice count, so that those whom one
    institution reaches are laid out too.
    """
    enough = 2 if twice else 1
    at = np.flatnonzero(demand.located)
    asked = np.flatnonzero((weights[at] > 0) & (demand.times[at] < enough))
    near = reached(demand, candidates, candidates.open, asked)
    held = demand.times[at[asked]] > 0
    sites = len(candidates.open)
    standing = int(twice)
    starts, reached_by = near.starts, near.sites.astype(np.int64)
    if twice:
        starts, reached_by = _joined(near, held, sites)
    own = weights[at[asked]]
    aside = {"covered": -int(own[held].sum())}
    terms = _terms(candidates, standing, places=places, quotas=quotas)
    return Laid(terms, candidates.open, aside), Reach(own, starts, reached_by, sites + standing)


def _joined(near: Neighbours, held: npt.NDArray[np.bool_], site: int) -> tuple[Rows, Rows]:
    """The rows with one more site, last in each that is held."""
    ends = near.starts[1:][held]
    return near.starts + np.concatenate([[0], np.cumsum(held)]), np.insert(
        near.sites.astype(np.int64), ends, site
    )


def travelling(
    census: Census,
    demand: Demand,
    weights: Rows,
    candidates: Candidates,
    *,
    longest: bool,
    most: int,
    places: int | None,
    quotas: Mapping[str, int],
) -> tuple[Laid, Distances]:
    """How far every candidate is from everybody, in whole metres, and the nearest that stands.

    A candidate no nearer than that is of no use to somebody, and counts as no way. Left out is who
    has use for none of them; where the ``longest`` way alone counts, all of those but the one who
    has it farthest. ``most``: so many ways, for each of which somebody has to be told to go it.

    Raises:
        RequestError: people times candidates are too many to hold, or there are more ways.
    """
    at = np.flatnonzero(demand.located & (weights > 0))
    points = demand.points.take(np.searchsorted(np.flatnonzero(demand.located), at))
    now = metres(nearest_members(census, demand.circle, at)[1])
    sites = points_at(candidates.all[row] for row in candidates.open)
    refuse_more(len(at) * (len(sites) + 1), MOST_DISTANCES, len(sites))
    far = np.column_stack([_ways(demand, points, sites), now])
    useless = (now[:, None] >= 0) & (far >= now[:, None])
    useless[:, -1] = False
    far[useless] = UNREACHABLE
    kept = (now < 0) | ~useless[:, :-1].all(axis=1)
    if longest and not kept.all():
        kept[np.flatnonzero(~kept)[np.argmax(now[~kept])]] = True
    refuse_more(int(np.count_nonzero(far[kept] >= 0)), most, len(sites))
    aside = {} if longest else {"distance": int(weights[at][~kept] @ now[~kept])}
    names = {"distance": "longest"} if longest else {}
    terms = _terms(candidates, 1, places=places, quotas=quotas)
    laid = Laid(terms, candidates.open, aside, names)
    return laid, Distances(weights[at][kept], far[kept])


def _ways(demand: Demand, points: Points, sites: Points) -> Rows:
    """Whole metres from each point to each site, as the circle is measured; no way is none."""
    far = np.full((len(points), len(sites)), UNREACHABLE, np.int64)
    if demand.circle.by:
        near = demand.index(sites).neighbours(points, FARTHEST_MM, rim=True)
        point = np.repeat(np.arange(len(points)), np.diff(near.starts))
        far[point, near.sites] = metres(near.distance_mm)
        return far
    for column in range(len(sites)):
        one = sites.take(slice(column, column + 1))
        far[:, column] = metres(distance_mm(points.lon, points.lat, one.lon, one.lat))
    return far


def refuse_more(pairs: int, most: int, sites: int) -> None:
    """Refuse more pairs of people and candidates than can be held, with what would do.

    Raises:
        RequestError: they are more.
    """
    if pairs > most:
        raise RequestError((fault("siting_too_large", n=sites, most=sites * most // pairs),))


def metres(millimetres: Rows) -> Rows:
    """Whole metres of whole millimetres, half up; no way stays no way.

    >>> metres(np.array([1499, 1500, -1])).tolist()
    [1, 2, -1]
    """
    return np.where(millimetres < 0, UNREACHABLE, (millimetres + 500) // 1000)


def reached(demand: Demand, candidates: Candidates, rows: Rows, asked: Rows) -> Neighbours:
    """The candidates ``rows`` (counted from 0) within the circle of some located points."""
    sites = demand.index(points_at(candidates.all[row] for row in rows))
    circle = demand.circle
    return sites.neighbours(demand.points.take(asked), circle.radius_mm, rim=circle.rim)


def points_at(candidates: Iterable[Candidate]) -> Points:
    """Where candidates that have a place stand."""
    places = [(each.site.lon, each.site.lat) for each in candidates if each.site is not None]
    lon, lat = np.array(places, np.float64).reshape(-1, 2).T
    return Points(lon, lat)


def _terms(
    candidates: Candidates, standing: int, *, places: int | None, quotas: Mapping[str, int]
) -> Terms:
    """What a choice has to keep; the last ``standing`` sites stand already."""
    rows = candidates.open
    number = np.full(len(candidates.all), -1)
    number[rows] = np.arange(len(rows))
    district = [site.district if (site := candidates.all[row].site) else "" for row in rows]
    return Terms(
        sites=len(rows) + standing,
        places=None if places is None else places + standing,
        fixed=np.arange(len(rows), len(rows) + standing),
        quotas=tuple(
            Quota(name, np.flatnonzero([each == name for each in district]), most)
            for name, most in quotas.items()
        ),
        apart=number[candidates.apart].reshape(-1, 2),
    )


def lost_to_all(demand: Demand, candidates: Candidates) -> Rows:
    """The localities with people that nobody serves and no open candidate reaches."""
    at = np.flatnonzero(demand.located)
    asked = np.flatnonzero((demand.people[at] > 0) & (demand.times[at] == 0))
    near = reached(demand, candidates, candidates.open, asked)
    nowhere = np.flatnonzero(~demand.located & (demand.people > 0))
    alone = at[asked[np.diff(near.starts) == 0]]
    return np.sort(np.concatenate([alone, nowhere]))
