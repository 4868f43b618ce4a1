"""May an institution stand here: one site against the stock, under the terms of one rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dingdian.core.census.counties import extent_of
from dingdian.core.census.table import Rows
from dingdian.core.census.vocabulary import SERVICES
from dingdian.core.circles import Points, distance_mm
from dingdian.core.spacing.places import Faulty, Site
from dingdian.core.spacing.stock import STANDING, TRIAL, Known, Stock
from dingdian.core.spacing.surveys import SAME_POINT_MM, End, Survey
from dingdian.core.spacing.terms import Distance, Side, Terms
from dingdian.core.spacing.verdict import (
    Answer,
    Effect,
    Neighbour,
    ServiceAnswer,
    Verdict,
    judged,
    worst,
)
from dingdian.core.workings import Reason, reason

_ORDER = {name: at for at, name in enumerate(SERVICES)}
_SIDES = {Side.MEDICAL: 0, Side.PHARMACY: 1}


@dataclass(frozen=True, slots=True)
class Query:
    """A site that a rule binds: the distance for it and the services looked at."""

    site: Site
    terms: Terms
    radius_mm: int
    services: tuple[str, ...]

    @property
    def error_mm(self) -> int:
        """The position error of the site."""
        return self.terms.error_mm if self.site.error_mm is None else self.site.error_mm

    def effect(self, distance_mm: int, error_mm: int) -> Effect:
        """What an institution at a computed distance does, given the sum of both errors.

        Surely inside: it blocks. Only perhaps inside: to be measured on site, as is every one
        that may be inside where the reading wants a signed survey.
        """
        nearer, farther = self.terms.slack_mm()
        lowest = max(distance_mm - error_mm - nearer, 0)
        if not self.terms.inside(lowest, self.radius_mm):
            return Effect.CLEAR
        sure = self.terms.inside(distance_mm + error_mm + farther, self.radius_mm)
        measured = self.terms.distance is Distance.SURVEYED
        return Effect.BLOCKS if sure and not measured else Effect.MEASURE

    def surveyed(self, distance_mm: int) -> Effect:
        """What an institution at a measured distance does."""
        inside = self.terms.inside(distance_mm, self.radius_mm)
        return Effect.BLOCKS if inside else Effect.CLEAR


def check(site: Site, stock: Stock, terms: Terms) -> Answer:
    """What a spacing rule says of a site, with everyone who stands near it.

    The site's own row in the census never blocks it.
    """
    query = bound(site, stock, terms)
    if isinstance(query, Answer):
        return query
    return answered(query, near_in(stock, query), unplaced_in(stock, query))


def bound(site: Site, stock: Stock, terms: Terms) -> Query | Answer:
    """What is to be looked for, or the answer where the rule does not bind the site."""
    verdict, why = _unbound(site, stock, terms)
    radius = terms.radius_mm(site.zone)
    if why is None and radius is None:
        verdict, why = Verdict.NOT_BOUND, reason("spacing_other_zone")
    if why is not None or radius is None:
        return Answer(terms.rule, verdict, None, why=why)
    services = tuple(
        s for s in sorted(site.services, key=_ORDER.__getitem__) if s in terms.services
    )
    return Query(site, terms, radius, services)


def _unbound(site: Site, stock: Stock, terms: Terms) -> tuple[Verdict, Reason | None]:
    """Why the rule does not bind the site, or why that cannot be said."""
    if site.side not in terms.sides:
        return Verdict.NOT_BOUND, reason("spacing_other_kind")
    free = _exempted(site, terms)
    if free is not None:
        return free
    if "inpatient" in site.services and not terms.binds_inpatient:
        return Verdict.NOT_BOUND, reason("spacing_inpatient")
    if site.institution and site.institution in stock.at:
        if not site.moved:
            return Verdict.NOT_BOUND, reason("spacing_not_new")
        if not terms.moved_is_new:
            return Verdict.NOT_BOUND, reason("spacing_moved")
    if not site.services:
        return Verdict.UNDEFINED, reason("spacing_no_service")
    if not set(site.services) & set(terms.services):
        return Verdict.NOT_BOUND, reason("spacing_other_service")
    if terms.by_zone and not site.zone:
        return Verdict.UNDEFINED, reason("zone_unknown")
    if terms.zones and site.zone not in terms.zones:
        return Verdict.NOT_BOUND, reason("spacing_other_zone")
    if not terms.across_district and not site.district:
        return Verdict.UNDEFINED, reason("spacing_district_unknown")
    return Verdict.KEPT, None


def _exempted(site: Site, terms: Terms) -> tuple[Verdict, Reason] | None:
    """Whether an exemption frees the site; ``None`` when none does."""
    exempt = next((each for each in terms.exempt if site.is_among(each)), None)
    if exempt is None or terms.exempt_free is False:
        return None
    if terms.exempt_free is None:
        return Verdict.UNCLEAR, reason("reading_open", reading="exempt_from_spacing")
    return Verdict.NOT_BOUND, reason("spacing_exempt", rule=exempt.rule)


def answered(
    query: Query,
    near: Iterable[Neighbour],
    unplaced: Sequence[str],
    faulty: Sequence[Faulty] = (),
) -> Answer:
    """The answer that neighbours, and those nobody can measure or read, come to."""
    found = tuple(sorted(near, key=lambda each: (each.distance_mm, each.code)))
    lost, why = len(faulty), reason("spacing_faulty", n=len(faulty)) if faulty else None
    if query.terms.unplaced and unplaced:
        lost, why = lost + len(unplaced), reason("spacing_unplaced", n=len(unplaced))
    services: tuple[ServiceAnswer, ...] = tuple(
        judged(service, found, allowed=query.terms.allowed, unplaced=lost, why=why)
        for service in query.services
    )
    verdict = worst(each.verdict for each in services)
    own = next((each.why for each in services if each.verdict is verdict), None)
    return Answer(
        rule=query.terms.rule,
        verdict=verdict,
        radius_mm=query.radius_mm,
        services=services,
        near=found,
        unplaced=tuple(unplaced),
        faulty=tuple(faulty),
        why=own,
    )


# ---------------------------------------------------------------- who stands near


def near_in(stock: Stock, query: Query) -> Iterator[Neighbour]:
    """The institutions of the stock that do something to a site, and those a survey cleared."""
    site, terms = query.site, query.terms
    nearer, _ = terms.slack_mm()
    reach = query.radius_mm + query.error_mm + nearer
    reach += max(stock.largest_error_mm, terms.error_mm)
    found, distances = stock.sites.within(site.lon, site.lat, reach, rim=True)
    rows = stock.placed[found]
    surveyed = _surveyed(stock, query)
    if surveyed:
        extra = np.setdiff1d(np.fromiter(surveyed, np.int64, len(surveyed)), rows)
        rows = np.concatenate([rows, extra])
        distances = np.concatenate([distances, _distances(stock, site, extra)])
    shared = _counted(stock, query, rows)
    error = np.where(stock.error_mm[rows] >= 0, stock.error_mm[rows], terms.error_mm)
    for at in np.flatnonzero(shared.maybe.any(axis=1)).tolist():
        row = int(rows[at])
        made = _neighbour(
            stock,
            query,
            row,
            computed=int(distances[at]),
            error=int(error[at]) + query.error_mm,
            sure=shared.sure[at],
            maybe=shared.maybe[at],
            surveys=surveyed.get(row, ()),
        )
        if made is not None:
            yield made


def _distances(stock: Stock, site: Site, rows: Rows) -> npt.NDArray[np.int64]:
    """The distance of a site to some institutions in millimetres; -1 where one has no place."""
    lon, lat = (axis[rows] for axis in stock.positions)
    placed = ~np.isnan(lon)
    found = np.full(len(rows), -1, np.int64)
    here = np.array([site.lon]), np.array([site.lat])
    found[placed] = distance_mm(*here, lon[placed], lat[placed])
    return found


def _neighbour(
    stock: Stock,
    query: Query,
    at: int,
    *,
    computed: int,
    error: int,
    sure: npt.NDArray[np.bool_],
    maybe: npt.NDArray[np.bool_],
    surveys: Sequence[Survey],
) -> Neighbour | None:
    """One institution as it bears on a site; ``None`` when it does nothing.

    ``computed`` is -1 where the institution is only reached by a survey.
    """
    effects, used = [], {}
    plain = query.effect(computed, error) if computed >= 0 else Effect.CLEAR
    for index, service in enumerate(query.services):
        if not maybe[index]:
            continue
        survey = next((s for s in surveys if s.service in ("", service)), None)
        effect = plain if survey is None else query.surveyed(survey.distance_mm)
        if effect is not Effect.CLEAR and not sure[index]:
            effect = Effect.UNSURE
        if effect is not Effect.CLEAR or survey is not None:
            effects.append((service, effect))
        if survey is not None:
            used[survey.number] = survey
    if not effects:
        return None
    measured = [each.distance_mm for each in used.values()]
    lon, lat = (float(axis[at]) for axis in stock.positions)
    placed = not np.isnan(lon)
    unsure = any(effect is Effect.UNSURE for _, effect in effects)
    return Neighbour(
        code=stock.text("code", at),
        name=stock.text("name", at),
        effects=tuple(effects),
        distance_mm=min(measured) if measured else computed,
        computed_mm=computed if computed >= 0 else None,
        error_mm=0 if measured else error,
        standing=stock.text("standing", at),
        district=stock.district_of(at),
        kind=stock.text("kind", at),
        lon=lon if placed else None,
        lat=lat if placed else None,
        surveys=tuple(used.values()),
        why=reason("spacing_neighbour_unsure") if unsure else None,
    )


def _surveyed(stock: Stock, query: Query) -> Mapping[int, tuple[Survey, ...]]:
    """The institutions to which a distance from the site was measured, with the surveys."""
    found: dict[int, tuple[Survey, ...]] = {}
    site = query.site
    if not stock.surveys.all:
        return found
    for survey, other in stock.surveys.of(site.survey_codes, site.lon, site.lat):
        for at in _meant(stock, other):
            found[at] = (*found.get(at, ()), survey)
    return found


def _meant(stock: Stock, end: End) -> Iterable[int]:
    """The institutions that the other end of a survey means: by code, else by its point."""
    if end.code:
        return [stock.at[end.code]] if end.code in stock.at else []
    if end.point is None:
        return []
    found, _ = stock.sites.within(*end.point, SAME_POINT_MM, rim=True)
    return [int(at) for at in stock.placed[found]]


def _counted(stock: Stock, query: Query, rows: Rows) -> Known:
    """Which rows count for which service of the query: shape (rows, services)."""
    site, terms = query.site, query.terms
    sure, maybe = _stands(stock, terms, rows)
    side = stock.side[rows]
    blocking = [_SIDES[each] for each in terms.sides if terms.blocks(site.side, each)]
    counts = np.isin(side, blocking) | (len(blocking) == len(Side))
    sure &= counts
    maybe &= counts | (side < 0)
    if not terms.across_district:
        home = stock.census.tree.districts.index(site.district)
        sure &= stock.district[rows] == home
        maybe &= (stock.district[rows] == home) | (stock.district[rows] < 0)
    if site.institution and site.institution in stock.at:
        maybe &= rows != stock.at[site.institution]
    services = _shared(stock.services.take(rows), query)
    return Known(services.sure & (sure & maybe)[:, None], services.maybe & maybe[:, None])


def _stands(stock: Stock, terms: Terms, rows: Rows) -> tuple[npt.NDArray[np.bool_], ...]:
    """Whether the standing of each row blocks, surely and perhaps."""
    words = {
        name
        for name in STANDING
        if (terms.trial_blocks or name not in TRIAL)
        and (terms.suspended_blocks or name != "suspended")
    }
    blocking = np.array([name in words for name in STANDING] + [False])
    standing = stock.standing[rows]
    sure = blocking[standing]
    return sure, sure | (standing < 0)


def _shared(services: Known, query: Query) -> Known:
    """Which services of the query each row shares: shape (rows, services of the query).

    Equal sets: compared over the services that the rule looks at; all of them are then shared.
    """
    looked = [_ORDER[each] for each in query.services]
    if not query.terms.equal_sets:
        sure = services.sure[:, looked]
        return Known(sure, sure | services.maybe[:, looked])
    columns = [_ORDER[each] for each in query.terms.services]
    own = np.array([each in query.services for each in query.terms.services])
    alike = services.sure[:, columns] == own
    unknown = services.maybe[:, columns]
    shape = (len(alike), len(looked))
    sure = np.broadcast_to((alike & ~unknown).all(axis=1)[:, None], shape)
    maybe = np.broadcast_to((alike | unknown).all(axis=1)[:, None], shape)
    return Known(sure, maybe)


def unplaced_in(stock: Stock, query: Query) -> tuple[str, ...]:
    """The institutions that nobody can place, that may count, and may stand within the distance.

    They are those of the site's district and of the districts that reach that near it; those of
    all districts where the site's is not known.
    """
    rows = stock.unplaced
    if len(rows) and query.site.district:
        rows = rows[np.isin(stock.district[rows], _near_districts(stock, query))]
    if not len(rows):
        return ()
    counts = _counted(stock, query, rows).maybe.any(axis=1)
    reached = _surveyed(stock, query)
    found = [int(at) for at in rows[counts].tolist() if int(at) not in reached]
    return tuple(sorted(stock.text("code", at) for at in found))


def _near_districts(stock: Stock, query: Query) -> list[int]:
    """The site's district, those of the unplaced that reach as near as the distance; -1."""
    site = query.site
    reach = query.radius_mm + query.error_mm + query.terms.slack_mm()[0]
    near = stock.unplaced_near(site.lon, site.lat, reach)
    return [-1, stock.census.tree.districts.index(site.district), *near]


def may_reach(stock: Stock, query: Query, district: str) -> bool:
    """Whether something somewhere in a district may stand within the distance of the site."""
    if district == query.site.district:
        return True
    here = Points(np.array([query.site.lon]), np.array([query.site.lat]))
    reach = query.radius_mm + query.error_mm + query.terms.slack_mm()[0]
    return bool(extent_of(stock.census, district).within(here, reach)[0])
