"""Applicants of one round: who is near whom, and the most that could be admitted together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

import numpy as np

from dingdian.core.circles import Points, Sites, distance_mm
from dingdian.core.spacing.check import (
    Query,
    answered,
    bound,
    may_reach,
    near_in,
    unplaced_in,
)
from dingdian.core.spacing.largest import Largest, largest
from dingdian.core.spacing.places import Faulty, Site
from dingdian.core.spacing.ranking import STATES, Bearing, Near, decided
from dingdian.core.spacing.stock import Stock
from dingdian.core.spacing.surveys import Survey
from dingdian.core.spacing.terms import Terms
from dingdian.core.spacing.verdict import Answer, Effect, Neighbour, Verdict
from dingdian.core.workings import reason


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


def meet(
    sites: Sequence[Site], stock: Stock, terms: Terms, *, faulty: Sequence[Faulty] = ()
) -> Near:
    """The applicants of a round as they meet under one rule, before anything is decided.

    Each against the stock, and who of the round is near whom.
    """
    found = [bound(site, stock, terms) for site in sites]
    queries = {at: each for at, each in enumerate(found) if isinstance(each, Query)}
    alone = tuple(
        answered(each, near_in(stock, each), unplaced_in(stock, each))
        if isinstance(each, Query)
        else each
        for each in found
    )
    lost = {at: tuple(_in_the_way(each, faulty, stock)) for at, each in queries.items()}
    return Near(sites, queries, alone, _bearing(sites, queries, stock), lost)


def decide_round(
    sites: Sequence[Site],
    stock: Stock,
    terms: Terms,
    *,
    nodes: int,
    faulty: Sequence[Faulty] = (),
    states: int = STATES,
) -> Round:
    """Decide a round under one rule.

    ``nodes`` limits the search for the largest admissible set, ``states`` that for what holds in
    every order of equal ranks, in each group of applicants near one another. ``faulty``:
    applicants of the same round that cannot be answered; they may stand in the way of the others,
    and are in no pair and no set. The answers do not depend on the order in which the applicants
    are given, nor on their names.

    Raises:
        ValueError: two applicants have the same id.
    """
    if len({each.id for each in sites}) != len(sites):
        raise ValueError("two applicants of a round have the same id")
    near = meet(sites, stock, terms, faulty=faulty)
    alone, bearing = near.alone, near.bearing
    return Round(
        rule=terms.rule,
        alone=tuple(alone),
        answers=decided(replace(near, states=states), terms.same_round),
        pairs=tuple(_pairs(sites, bearing)),
        largest=_largest(sites, alone, bearing, allowed=terms.allowed, nodes=nodes),
    )


# ---------------------------------------------------------------- who is near whom


def _bearing(sites: Sequence[Site], queries: Mapping[int, Query], stock: Stock) -> Bearing:
    """Each applicant's neighbours in the round."""
    found: dict[int, dict[int, Neighbour]] = {at: {} for at in range(len(sites))}
    surveys = _surveys(sites, stock)
    for first, second in sorted(_candidates(sites, queries) | set(surveys)):
        distance = _between(*((sites[at].lon, sites[at].lat) for at in (first, second)))
        for here, there in ((first, second), (second, first)):
            query = queries.get(here)
            measured = surveys.get((first, second), ())
            made = query and _applicant(query, sites[there], distance, measured)
            if made:
                found[here][there] = made
    return found


def _candidates(sites: Sequence[Site], queries: Mapping[int, Query]) -> set[tuple[int, int]]:
    """The pairs whose computed distance may matter."""
    if not queries or len(sites) < 2:
        return set()
    terms = next(iter(queries.values())).terms
    errors = [terms.error_mm if each.error_mm is None else each.error_mm for each in sites]
    reach = max(each.radius_mm for each in queries.values()) + 2 * max(errors)
    points = Points(np.array([s.lon for s in sites]), np.array([s.lat for s in sites]))
    pairs = Sites.of(points).pairs(reach + terms.slack_mm()[0], rim=True)
    return set(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True))


def _between(one: tuple[float, float], other: tuple[float, float]) -> int:
    ends = (np.array([each]) for each in (*one, *other))
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
    for service in _shared(query, other.services):
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


def _shared(query: Query, services: Sequence[str]) -> tuple[str, ...]:
    if not query.terms.equal_sets:
        return tuple(each for each in query.services if each in services)
    looked = set(query.terms.services)
    alike = set(query.site.services) & looked == set(services) & looked
    return query.services if alike else ()


def _in_the_way(query: Query, faulty: Sequence[Faulty], stock: Stock) -> Iterator[Faulty]:
    """The applicants with a fault that may block a site, whatever their rank.

    One that is surely too far away, by its point or by the district that it names, of another
    side or of other services does not; a survey of it may say another distance than its point.
    """
    site, terms = query.site, query.terms
    reaches = cache(partial(may_reach, stock, query))
    for each in faulty:
        if each.side is not None and not terms.blocks(site.side, each.side):
            continue
        if each.services is not None and not _shared(query, each.services):
            continue
        if each.point and not stock.surveys.of((each.id,), *each.point):
            error = terms.error_mm if each.error_mm is None else each.error_mm
            distance = _between((site.lon, site.lat), each.point)
            if query.effect(distance, query.error_mm + error) is Effect.CLEAR:
                continue
        elif each.point is None and each.district and not reaches(each.district):
            continue
        yield each


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
