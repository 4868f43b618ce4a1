"""Choose sites: where the next designated institutions of a service should go, and how good it is.

The answer is advice. People and circles are those of coverage; who stands already is counted
through them, so that every place asked for is a new one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from dingdian.actions.check_site import Desk
from dingdian.actions.gather_candidates import (
    Candidate,
    Candidates,
    NewOne,
    Wanted,
    applicants_of,
    new_one,
    points_of,
    spots,
)
from dingdian.actions.lay_out_sites import (
    MOST_DISTANCES,
    MOST_WITH_ROOM,
    Laid,
    covering,
    lost_to_all,
    metres,
    refuse_more,
    travelling,
)
from dingdian.actions.measure_sites import Effect, effect_of
from dingdian.actions.name_sites import priorities_named, quotas_named
from dingdian.actions.plan_places import Beyond, PlanPlaces
from dingdian.actions.weigh_demand import Demand, demand_of
from dingdian.core.admission.application import Round
from dingdian.core.census import Census
from dingdian.core.census.table import Table
from dingdian.core.circles import Sites
from dingdian.core.errors import Fault, RequestError, fault
from dingdian.core.indicators.circles import SERVED
from dingdian.core.indicators.covered import TABLE
from dingdian.core.indicators.gaps import nearest_members
from dingdian.core.record import StreetsRecord
from dingdian.core.siting import (
    Allotment,
    Clash,
    Siting,
    Wish,
    centre,
    centre_with_room,
    cover_in_order,
    cover_with_room,
    fewest_with_room,
    median,
    median_with_room,
    set_cover,
)
from dingdian.core.solving import Answer, Goal, Limits
from dingdian.core.workings import Workings

Rows = npt.NDArray[np.int64]


class Model(StrEnum):
    """What is best: most people reached, all reached by the fewest, least way, shortest longest."""

    COVER = "cover"
    SET = "set"
    MEDIAN = "median"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    ``of``: a key of ``SERVED``. ``places``: how many new ones at most, ``None`` for no limit.
    ``wishes``: the goals of a cover in their order. ``quotas``: district -> new ones at most.
    ``priorities``: region code, or level of the places that localities stand for -> a whole weight
    of its people; the largest one counts. ``spots`` and ``apart_mm``: how many localities are
    candidates, and how far from one another, where no others are given. ``kind``: what a new
    medical institution would be. ``plan``: whose places are quotas here, if those of a plan are.
    ``room``: how many people a new one serves at most; those that stand have room for all.
    """

    of: str
    model: Model
    places: int | None = None
    wishes: tuple[Wish, ...] = (Wish.COVERED,)
    quotas: Mapping[str, int] = field(default_factory=dict)
    priorities: Mapping[str, int] = field(default_factory=dict)
    spots: int = 500
    apart_mm: int = 400_000
    kind: str = "clinic"
    plan: PlanPlaces | None = None
    room: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class SitingReport:
    """A choice of sites and everything that has to be said beside it.

    ``goals``: in the order asked, of the new sites alone where people are counted. ``chosen``: rows
    of ``candidates.all``, those that reach most new people first; empty where there is no answer.
    ``places``: what the plan says of new ones, ``None`` where nobody asked it.
    ``lost``: rows of localities where people live that nobody serves and no open candidate
    reaches. ``effect``: what the choice changes. ``allotted``: how many people go to each of the
    chosen where room is limited, else empty. ``streets``: those that ways were measured along.
    """

    question: Question
    desk: Desk
    demand: Demand
    new: NewOne
    candidates: Candidates
    answer: Answer[Rows]
    goals: tuple[Goal, ...]
    clashes: tuple[Clash, ...]
    chosen: tuple[int, ...]
    lost: Rows
    effect: Effect
    limits: Limits
    allotted: tuple[int, ...] = ()
    places: PlanPlaces | None = None
    streets: StreetsRecord | None = None

    @property
    def sites(self) -> tuple[Candidate, ...]:
        """The chosen candidates."""
        return tuple(self.candidates.all[row] for row in self.chosen)

    @property
    def beyond(self) -> tuple[Beyond, ...]:
        """Where more were chosen than the plan hands out."""
        districts = [each.site.district for each in self.sites if each.site]
        return self.places.beyond(districts) if self.places else ()

    @property
    def no_place(self) -> bool:
        """Whether places or quotas of 0 leave no candidate a place."""
        none = {district for district, most in self.question.quotas.items() if most == 0}
        sites = (self.candidates.all[row].site for row in self.candidates.open)
        asked = {site.district for site in sites if site} or set(self.desk.census.tree.districts)
        return self.question.places == 0 or asked <= none


def choose_sites(
    desk: Desk,
    workings: Workings,
    question: Question,
    limits: Limits,
    *,
    given: Table | Round | None = None,
    faults: Sequence[Fault] = (),
    places: PlanPlaces | None = None,
    progress: Callable[[str], None] = lambda _stage: None,
) -> SitingReport:
    """Choose the sites. ``given``: points of a file, or a round; localities without it.

    ``places``: what the plan says, to be told beside the answer; it limits nothing by itself.
    ``faults``: what reading ``given`` found. ``progress`` is told the stages ``candidates`` and
    ``choosing``. That nothing keeps the terms, or that the limits were too low, is an answer.

    Raises:
        RequestError: people or circles cannot be counted, or a district or priority is unknown.
    """
    census = desk.census
    demand = demand_of(workings, question.of)
    question = replace(
        question,
        quotas=quotas_named(question.quotas, census),
        priorities=priorities_named(question.priorities, census),
    )
    weights = demand.people * _factors(question.priorities, census)
    progress("candidates")
    new = new_one(demand, question.kind)
    if isinstance(given, Round):
        candidates = applicants_of(given, demand, desk)
    elif given is not None:
        candidates = points_of(given, demand, desk, new, faults=faults)
    else:
        candidates = _spots(desk, demand, weights, question, new=new)
    progress("choosing")
    laid, found, going = _solved(_Laying(census, demand, weights, candidates), question, limits)
    chosen = laid.rows(found.answer.solution)
    effect = effect_of(census, demand, [candidates.all[row] for row in chosen])
    order = sorted(
        range(len(chosen)), key=lambda at: (-effect.each[at].newly, candidates.all[chosen[at]].id)
    )
    allotted = () if question.room is None else tuple(going.get(chosen[at], 0) for at in order)
    return SitingReport(
        question=question,
        desk=desk,
        demand=demand,
        new=new,
        candidates=candidates,
        answer=found.answer,
        goals=laid.goals(found.answer.goals),
        clashes=found.clashes,
        chosen=tuple(chosen[at] for at in order),
        lost=lost_to_all(demand, candidates),
        effect=replace(effect, each=tuple(effect.each[at] for at in order)),
        limits=limits,
        allotted=allotted,
        places=places,
    )


def _spots(
    desk: Desk, demand: Demand, weights: Rows, question: Question, *, new: NewOne
) -> Candidates:
    """The localities that are worth looking at."""
    worth = _worth(desk.census, demand, weights, question)
    wanted = Wanted(new, question.spots, question.apart_mm, question.quotas)
    return spots(demand, desk, wanted, worth=worth)


@dataclass(frozen=True, slots=True, eq=False)
class _Laying:
    """What is laid out."""

    census: Census
    demand: Demand
    weights: Rows
    candidates: Candidates


def _solved(
    what: _Laying, question: Question, limits: Limits
) -> tuple[Laid, Siting, Mapping[int, int]]:
    """Lay the question out in rows and numbers, and have it answered.

    Where room is limited, also how many people go to each candidate (row of all of them).
    """
    places, quotas = question.places, question.quotas
    if question.model in (Model.COVER, Model.SET):
        all_of_them = question.model is Model.SET
        laid, reach = covering(
            what.demand,
            what.weights,
            what.candidates,
            twice=not all_of_them and Wish.COVERED_TWICE in question.wishes,
            places=places,
            quotas=quotas,
        )
        if question.room is not None:
            refuse_more(len(reach.reached_by), MOST_WITH_ROOM, reach.sites)
            with_room = fewest_with_room if all_of_them else cover_with_room
            found = with_room(reach, np.full(reach.sites, question.room), laid.terms, limits)
            return _sent(laid, found)
        if all_of_them:
            return laid, set_cover(reach, laid.terms, limits), {}
        return laid, cover_in_order(reach, laid.terms, question.wishes, limits), {}
    longest = question.model is Model.CENTRE
    laid, distances = travelling(
        what.census,
        what.demand,
        what.weights,
        what.candidates,
        longest=longest,
        most=MOST_DISTANCES if question.room is None else MOST_WITH_ROOM,
        places=places,
        quotas=quotas,
    )
    if question.room is not None:
        rooms = np.full(laid.terms.sites, question.room)
        rooms[laid.terms.fixed] = int(distances.weights.sum())
        of_ways = centre_with_room if longest else median_with_room
        return _sent(laid, of_ways(distances, rooms, laid.terms, limits))
    answer = (centre if longest else median)(distances, laid.terms, limits)
    return laid, Siting(answer, tuple(laid.terms.clashes())), {}


def _sent(laid: Laid, found: Answer[Allotment]) -> tuple[Laid, Siting, Mapping[int, int]]:
    """The choice of sites, and how many people go to each candidate."""
    allotment = found.solution
    answer = Answer(
        found.status,
        found.ending,
        found.goals,
        None if allotment is None else allotment.chosen,
        found.effort,
    )
    going: Counter[int] = Counter()
    if allotment is not None:
        for site, people in zip(allotment.sites.tolist(), allotment.people.tolist(), strict=True):
            if site < len(laid.open):
                going[int(laid.open[site])] += people
    return laid, Siting(answer, tuple(laid.terms.clashes())), going


def _worth(census: Census, demand: Demand, weights: Rows, question: Question) -> Rows:
    """What a site at each located locality is roughly good for, so that the best are candidates.

    For circles the people within one whom nobody serves, then (where people reached twice count)
    those whom one serves; for ways how far its own people have it, all together or each.
    """
    at = np.flatnonzero(demand.located)
    if question.model in (Model.MEDIAN, Model.CENTRE):
        _, distance_mm = nearest_members(census, demand.circle, at)
        away: Rows = np.where(distance_mm < 0, 1, metres(distance_mm))
        many = weights[at] if question.model is Model.MEDIAN else np.minimum(weights[at], 1)
        return away * many
    worth = _within(demand, np.where(demand.times == 0, weights, 0))
    if question.model is Model.SET or Wish.COVERED_TWICE not in question.wishes:
        return worth
    once = _within(demand, np.where(demand.times == 1, weights, 0))
    first = question.wishes[0] is Wish.COVERED
    return worth * (int(once.max(initial=0)) + 1 if first else 1) + once


def _within(demand: Demand, weights: Rows) -> Rows:
    """The weights within the circle of each located locality, in a straight line: a rough worth."""
    own = weights[demand.located]
    heavy = np.flatnonzero(own)
    sites, circle = Sites.of(demand.points.take(heavy)), demand.circle
    near = sites.neighbours(demand.points, circle.radius_mm, rim=circle.rim)
    sums: Rows = np.concatenate([[0], np.cumsum(own[heavy][near.sites])])
    return sums[near.starts[1:]] - sums[near.starts[:-1]]


def _factors(priorities: Mapping[str, int], census: Census) -> Rows:
    """The weight of the people of each locality: the largest that its place or kind is given."""
    kind, region = census.column(TABLE, "kind"), census.column(TABLE, "region")
    factors = np.ones(len(kind), np.int64)
    for name, weight in priorities.items():
        if name in census.tree.parents:
            rows = region.among(census.below([name]))
        else:
            rows = kind.among([name])
        factors[rows] = np.maximum(factors[rows], weight)
    return factors


def under_plan(question: Question, places: PlanPlaces, census: Census) -> Question:
    """The question with the places of a plan as its quotas, by district and in all.

    Districts that the question names keep its own quota; of two limits of all places the smaller
    one holds. Places that the plan gives no number of are not limited.

    Raises:
        RequestError: the plan hands out no places of that stock, nor of all of its kind, or a
            district is unknown.
    """
    if not places.by_stock:
        raise RequestError((fault("siting_no_quota", service=SERVED[question.of].zh),))
    limits = [each for each in (question.places, places.most) if each is not None]
    return replace(
        question,
        quotas={**places.quotas, **quotas_named(question.quotas, census)},
        places=min(limits, default=None),
        plan=places,
    )
