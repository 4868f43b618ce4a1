"""Applicants of one round: who blocks whom, and what their ranking decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from dingdian.core.circles import Points, Sites, distance_mm
from dingdian.core.spacing.check import Query, answered, bound, near_in, unplaced_in
from dingdian.core.spacing.largest import Largest, largest
from dingdian.core.spacing.places import Site
from dingdian.core.spacing.stock import Stock
from dingdian.core.spacing.surveys import Survey
from dingdian.core.spacing.terms import SameRound, Terms
from dingdian.core.spacing.verdict import Answer, Effect, Neighbour, Verdict
from dingdian.core.workings import Reason, reason

#: Verdicts of an applicant that would stand as far as spacing goes; the others but broken may.
STANDS = (Verdict.KEPT, Verdict.NOT_BOUND)

#: For each applicant (by place in the round) the others near it, as they bear on it.
Bearing = Mapping[int, Mapping[int, Neighbour]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two applicants too near each other, perhaps; ``first`` stands before ``second`` in the round.

    ``blocked``: the ids of those that the other one blocks or may block (both, as a rule).
    """

    first: str
    second: str
    distance_mm: int
    services: tuple[str, ...]
    effect: Effect
    blocked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """What one spacing rule says of the applicants of a round, in the order they were given.

    ``alone``: each against the stock; ``answers``: with what the others do to it. ``largest``:
    the most that could be admitted together among those whom the stock does not stop: for
    information, it decides nothing.
    """

    rule: str
    alone: tuple[Answer, ...]
    answers: tuple[Answer, ...]
    pairs: tuple[Pair, ...]
    largest: Largest


def decide_round(sites: Sequence[Site], stock: Stock, terms: Terms, *, nodes: int) -> Round:
    """Decide a round under one rule.

    ``nodes`` limits the search for the largest admissible set. The answers do not depend on
    the order in which the applicants are given, nor on their names.

    Raises:
        ValueError: two applicants have the same id.
    """
    if len({each.id for each in sites}) != len(sites):
        raise ValueError("two applicants of a round have the same id")
    found = [bound(site, stock, terms) for site in sites]
    queries = {at: each for at, each in enumerate(found) if isinstance(each, Query)}
    alone = tuple(
        answered(each, near_in(stock, each), unplaced_in(stock, each))
        if isinstance(each, Query)
        else each
        for each in found
    )
    bearing = _bearing(sites, queries, stock)
    return Round(
        rule=terms.rule,
        alone=alone,
        answers=tuple(_DECIDE[terms.same_round](sites, queries, alone, bearing)),
        pairs=tuple(_pairs(sites, bearing)),
        largest=_largest(sites, alone, bearing, allowed=terms.allowed, nodes=nodes),
    )


# ---------------------------------------------------------------- who is near whom


def _bearing(sites: Sequence[Site], queries: Mapping[int, Query], stock: Stock) -> Bearing:
    """Each applicant's neighbours in the round."""
    found: dict[int, dict[int, Neighbour]] = {at: {} for at in range(len(sites))}
    surveys = _surveys(sites, stock)
    for first, second in sorted(_candidates(sites, queries) | set(surveys)):
        distance = _between(sites[first], sites[second])
        for here, there in ((first, second), (second, first)):
            query = queries.get(here)
            measured = surveys.get((first, second), ())
            made = query and _applicant(query, sites[there], distance, measured)
            if made:
                found[here][there] = made
    return found


def _candidates(sites: Sequence[Site], queries: Mapping[int, Query]) -> set[tuple[int, int]]:
    """The pairs whose computed distance may matter."""
    if not queries:
        return set()
    terms = next(iter(queries.values())).terms
    errors = [terms.error_mm if each.error_mm is None else each.error_mm for each in sites]
    reach = max(each.radius_mm for each in queries.values()) + 2 * max(errors)
    points = Points(np.array([s.lon for s in sites]), np.array([s.lat for s in sites]))
    pairs = Sites.of(points).pairs(reach + terms.slack_mm()[0], rim=True)
    return set(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True))


def _between(one: Site, other: Site) -> int:
    ends = (np.array([each]) for each in (one.lon, one.lat, other.lon, other.lat))
    return int(distance_mm(*ends)[0])


def _surveys(sites: Sequence[Site], stock: Stock) -> dict[tuple[int, int], tuple[Survey, ...]]:
    """The surveys between two applicants, the latest first."""
    found: dict[tuple[int, int], tuple[Survey, ...]] = {}
    if not stock.surveys.all:
        return found
    for first, one in enumerate(sites):
        for survey, end in stock.surveys.of(one.survey_codes, one.lon, one.lat):
            for second in range(first + 1, len(sites)):
                other = sites[second]
                if end.means(other.survey_codes, other.lon, other.lat):
                    found[first, second] = (*found.get((first, second), ()), survey)
    return found


def _applicant(
    query: Query, other: Site, distance: int, surveys: Sequence[Survey]
) -> Neighbour | None:
    """Another applicant as it bears on a site; ``None`` when it does nothing."""
    site, terms = query.site, query.terms
    if not terms.blocks(site.side, other.side) or other.side not in terms.sides:
        return None
    sure = terms.across_district or (bool(other.district) and site.district == other.district)
    if not sure and other.district:
        return None
    error = query.error_mm + (terms.error_mm if other.error_mm is None else other.error_mm)
    effects, used = [], {}
    for service in _shared(query, other):
        survey = next((s for s in surveys if s.service in ("", service)), None)
        effect = query.effect(distance, error)
        if survey is not None:
            effect, used[survey.number] = query.surveyed(survey.distance_mm), survey
        if effect is not Effect.CLEAR:
            effects.append((service, effect if sure else Effect.UNSURE))
    if not effects:
        return None
    return Neighbour(
        code=other.id,
        name=other.name,
        effects=tuple(effects),
        distance_mm=min((each.distance_mm for each in used.values()), default=distance),
        computed_mm=distance,
        error_mm=0 if used else error,
        district=other.district,
        kind=other.kind,
        lon=other.lon,
        lat=other.lat,
        applicant=True,
        surveys=tuple(used.values()),
        why=None if sure else reason("spacing_neighbour_unsure"),
    )


def _shared(query: Query, other: Site) -> tuple[str, ...]:
    if not query.terms.equal_sets:
        return tuple(each for each in query.services if each in other.services)
    looked = set(query.terms.services)
    alike = set(query.site.services) & looked == set(other.services) & looked
    return query.services if alike else ()


def _pairs(sites: Sequence[Site], bearing: Bearing) -> Iterator[Pair]:
    order = list(Effect)
    for first in sorted(bearing):
        for second in range(first + 1, len(sites)):
            both = {
                sites[at].id: found
                for at, found in (
                    (first, bearing[first].get(second)),
                    (second, bearing[second].get(first)),
                )
                if found is not None
            }
            if not both:
                continue
            one = next(iter(both.values()))
            effects = [effect for found in both.values() for _, effect in found.effects]
            yield Pair(
                first=sites[first].id,
                second=sites[second].id,
                distance_mm=one.distance_mm,
                services=one.services,
                effect=min(effects, key=order.index),
                blocked=tuple(both),
            )


# ---------------------------------------------------------------- what the ranking decides


def _both(
    sites: Sequence[Site],
    queries: Mapping[int, Query],
    alone: Sequence[Answer],
    bearing: Bearing,
) -> Iterator[Answer]:
    """Applicants of one round do not count against each other."""
    del sites, queries, bearing
    yield from alone


def _neither(
    sites: Sequence[Site],
    queries: Mapping[int, Query],
    alone: Sequence[Answer],
    bearing: Bearing,
) -> Iterator[Answer]:
    """Whoever would stand otherwise counts against all others."""
    for at in range(len(sites)):
        against = [
            each
            for other, near in bearing[at].items()
            if (each := _as_standing(near, alone[other]))
        ]
        yield _with(queries.get(at), alone[at], against)


def _ranked_first(
    sites: Sequence[Site],
    queries: Mapping[int, Query],
    alone: Sequence[Answer],
    bearing: Bearing,
) -> Iterator[Answer]:
    """In the order of their ranks, each counts against the later ones if it is kept.

    Between two of the same rank, or one without a rank, nothing is decided.
    """
    decided: dict[int, Answer] = {}
    ranks = [each.rank for each in sites]
    order = sorted(range(len(sites)), key=lambda at: (ranks[at] is None, ranks[at] or 0))
    for at in order:
        against = []
        own = ranks[at]
        for other, near in bearing[at].items():
            rank = ranks[other]
            if own is None or rank is None or rank == own:
                each = _unsure(near, alone[other], reason("spacing_rank_open", applicant=near.code))
            elif rank < own:
                each = _as_standing(near, decided[other])
            else:
                each = None
            if each is not None:
                against.append(each)
        decided[at] = _with(queries.get(at), alone[at], against)
    yield from (decided[at] for at in range(len(sites)))


_Decide = Callable[
    [Sequence[Site], Mapping[int, Query], Sequence[Answer], Bearing], Iterator[Answer]
]
#: Reading ``spacing_same_round`` -> how the applicants bear on each other.
_DECIDE: Mapping[SameRound, _Decide] = {
    SameRound.BOTH: _both,
    SameRound.NEITHER: _neither,
    SameRound.RANKED_FIRST: _ranked_first,
}


def _as_standing(near: Neighbour, its: Answer) -> Neighbour | None:
    """An applicant as an institution: surely, perhaps (its own answer is open), or not at all."""
    if its.verdict in STANDS:
        return near
    return _unsure(near, its, reason("spacing_depends", applicant=near.code))


def _unsure(near: Neighbour, its: Answer, why: Reason) -> Neighbour | None:
    """An applicant that may stand, for a reason; ``None`` for one that surely does not."""
    if its.verdict is Verdict.BROKEN:
        return None
    effects = tuple((service, Effect.UNSURE) for service, _ in near.effects)
    return replace(near, effects=effects, why=why)


def _with(query: Query | None, alone: Answer, against: Sequence[Neighbour]) -> Answer:
    """An answer with the applicants that count against it."""
    if query is None or not against:
        return alone
    return answered(query, (*alone.near, *against), alone.unplaced)


# ---------------------------------------------------------------- the most that could be admitted


def _largest(
    sites: Sequence[Site],
    alone: Sequence[Answer],
    bearing: Bearing,
    *,
    allowed: int,
    nodes: int,
) -> Largest:
    """The largest set that could be admitted together, in some order.

    Those that the rule does not bind are always in it. A neighbour that only may block counts
    as one that does, so that the set is admissible for sure.
    """
    free = [at for at, each in enumerate(alone) if each.verdict is Verdict.NOT_BOUND]
    held = sorted(
        (at for at, each in enumerate(alone) if each.verdict is Verdict.KEPT),
        key=lambda at: (sites[at].rank is None, sites[at].rank or 0, sites[at].lon, sites[at].lat),
    )
    place = {at: number for number, at in enumerate(held)}
    near = []
    for at in held:
        masks: dict[str, int] = {each.service: 0 for each in alone[at].services}
        for other, found in bearing[at].items():
            if other in place:
                for service in found.services:
                    masks[service] |= 1 << place[other]
        near.append(
            {
                each.service: (
                    masks[each.service],
                    allowed - each.blocking - each.doubtful - each.unsure,
                )
                for each in alone[at].services
            }
        )
    most = largest(near, allowed=allowed, nodes=nodes)
    members = sorted([*free, *(held[each] for each in most.members)])
    return replace(
        most,
        members=tuple(members),
        bound=most.bound + len(free),
        ids=tuple(sites[at].id for at in members),
    )
