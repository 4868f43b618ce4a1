"""Measure access: what people have within reach of a service, shared with all who reach it too.

People, circle and stock are those of coverage; how far one goes, how a distance counts and what a
provider's capacity is are readings. Nothing is decided by it: it is a measure to plan with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from dingdian.actions.check_site import Desk
from dingdian.actions.weigh_demand import THOUSAND, Demand, demand_of
from dingdian.core.access import (
    Access,
    Method,
    Pairs,
    floating,
    nearest,
    reached,
    straight,
    touched,
)
from dingdian.core.access.choices import (
    CAPACITY,
    CIRCLE,
    CONTRACTED,
    DECAY,
    EACH,
    METRES,
    OPTIONS,
    REACH,
    decay_of,
)
from dingdian.core.census import Census, circle_counts, members_of
from dingdian.core.census.counties import counties_of
from dingdian.core.census.near import Circle, joined, on_streets
from dingdian.core.census.table import Mask
from dingdian.core.census.vocabulary import CHAIR_CLASSES
from dingdian.core.circles import Points
from dingdian.core.errors import RequestError, fault
from dingdian.core.indicators.covered import INSURED_COLUMN, RESIDENT, TABLE
from dingdian.core.workings import Workings

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]

BEDS = "inpatient"
#: Scores are told for so many people.
PER = {True: 1_000, False: 10_000}
#: Measure -> how it is made, and whether distances count less the farther they are.
SCORES: Mapping[str, tuple[Method, bool]] = {
    "two_step": (Method.TWO_STEP, False),
    "enhanced": (Method.TWO_STEP, True),
    "three_step": (Method.THREE_STEP, True),
    "balanced": (Method.BALANCED, True),
}
#: The measure that areas are summed up and the map is shaded by.
MAIN = "enhanced"
TENTHS = (1, 5, 9)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: whose access (a key of ``SERVED``), and what stands in for a reading.

    ``reach_mm``, ``decay`` and ``capacity`` (options of the readings): without them the readings
    hold.
    """

    of: str
    reach_mm: int | None = None
    decay: str = ""
    capacity: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """What it rests on in the end. ``asked``: readings that the question stands in for.

    ``by``: how one goes along the streets of the ledger (``walking``, ``driving``); empty for the
    straight line, where it has none.
    """

    reach_mm: int
    by: str
    decay: str
    capacity: str
    readings: tuple[str, ...]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Providers:
    """Who surely serves and has a position: rows of the institutions, in order.

    ``capacity``: 0 where it is not ``known``. ``unlocated``: how many surely serve and have no
    position; ``unsure``: how many may serve.
    """

    rows: Rows
    points: Points
    capacity: Floats
    known: Mask
    beds: bool
    unlocated: int
    unsure: int


@dataclass(frozen=True, slots=True)
class Scope:
    """An area: its people with a position, capacity that stands there, who reaches none.

    ``means``: each measure over its people, for one person; ``tenths``: the score (``MAIN``) that
    one, five and nine tenths of its people do not exceed. Both empty where nobody lives.
    ``at_most`` and ``at_least``: people whose scores may be lower, higher than told; ``no_way``:
    those whom no way leads to anyone who serves.
    """

    scope: str
    people: Fraction
    capacity: float
    providers: int
    none: Fraction
    means: Mapping[str, float]
    tenths: tuple[float, ...]
    at_most: Fraction
    at_least: Fraction
    no_way: Fraction


@dataclass(frozen=True, slots=True, eq=False)
class AccessReport:
    """Access by place and provider, and what has to be said beside it.

    ``rows``: the localities with a position (rows of the ledger), in whose order ``people``,
    ``nearest_mm`` (NaN: none within reach), ``reached``, the scores and the marks are. ``at_most``:
    people who are not known may share what they reach; ``at_least``: capacity, a position or a
    standing that is not known may add to it. ``no_way``: those from whom no way along the streets
    leads to anyone who serves, however long; nobody in straight lines.
    """

    question: Question
    ground: Ground
    desk: Desk
    demand: Demand
    providers: Providers
    rows: Rows
    people: Floats
    nearest_mm: Floats
    reached: Floats
    scores: Mapping[str, Access]
    at_most: Mask
    at_least: Mask
    no_way: Mask
    scopes: tuple[Scope, ...] = field(default=())


def measure_access(
    desk: Desk,
    workings: Workings,
    question: Question,
    *,
    progress: Callable[[str], None] = lambda _stage: None,
) -> AccessReport:
    """Measure it, along the streets of the ledger where it has any, in straight lines without.

    ``progress`` is told the stages ``pairs`` and ``access``.

    Raises:
        RequestError: people or circles cannot be counted, a reading is open, or nobody who serves
            has a position.
    """
    census = desk.census
    demand = demand_of(workings, question.of)
    ground = _ground(workings, demand, question)
    providers = _providers(census, demand, ground)
    if not len(providers.rows):
        raise RequestError((fault("access_nobody", service=demand.served.zh),))
    progress("pairs")
    circle = replace(demand.circle, radius_mm=ground.reach_mm, by=ground.by)
    pairs, no_way = _pairs(census, circle, demand=demand, providers=providers)
    progress("access")
    people = _people(demand)[demand.located]
    weights = {True: decay_of(ground.decay, ground.reach_mm).weights(pairs.far), False: None}
    scores = {
        name: floating(
            pairs, weights[falling], demand=people, supply=providers.capacity, method=method
        )
        for name, (method, falling) in SCORES.items()
    }
    at_most, at_least = _doubts(pairs, demand, providers, census=census, circle=circle)
    report = AccessReport(
        question=question,
        ground=ground,
        desk=desk,
        demand=demand,
        providers=providers,
        rows=np.flatnonzero(demand.located),
        people=people,
        nearest_mm=nearest(pairs),
        reached=reached(pairs, providers.capacity),
        scores=scores,
        at_most=at_most,
        at_least=at_least,
        no_way=no_way,
    )
    return replace(report, scopes=tuple(_scopes(report)))


# ---------------------------------------------------------------- what it rests on


def _ground(workings: Workings, demand: Demand, question: Question) -> Ground:
    """Readings, and what the question puts in their place."""
    given = {DECAY: question.decay, CAPACITY: question.capacity}
    if question.reach_mm is not None:
        given[REACH] = METRES
    chosen = {name: given.get(name) or workings.choice(name) or "" for name in OPTIONS}
    for name, options in OPTIONS.items():
        if chosen[name] not in options:
            raise RequestError((fault("siting_reading", reading=name),))
    reach = question.reach_mm
    if reach is None:
        reach = demand.circle.radius_mm
        if chosen[REACH] != CIRCLE:
            metres = workings.reading_number(REACH, unit="metre").exact
            if not metres:
                raise RequestError((fault("siting_reading", reading=REACH),))
            reach = int(metres * 1000)
    if reach <= 0:
        raise RequestError((fault("access_no_reach"),))
    asked = tuple(name for name in OPTIONS if given.get(name))
    own = tuple(name for name in OPTIONS if name not in asked)
    network = workings.census.network
    return Ground(
        reach_mm=reach,
        by=network.by if network else "",
        decay=chosen[DECAY],
        capacity=chosen[CAPACITY],
        readings=(*own, *demand.readings),
        asked=asked,
    )


def _providers(census: Census, demand: Demand, ground: Ground) -> Providers:
    sure, possible = members_of(census, demand.circle)
    there = census.positions("institutions")
    rows = np.flatnonzero(sure & there.known)
    beds = demand.served.service == BEDS and ground.capacity != EACH
    known = np.ones(len(rows), np.bool_)
    capacity = np.ones(len(rows))
    if beds:
        by_code = _beds(census, ground.capacity)
        code = census.column("institutions", "code")
        found = [by_code.get(str(code.cell(row))) for row in rows.tolist()]
        known = np.array([each is not None for each in found], np.bool_)
        capacity = np.array([float(each or 0) for each in found])
    return Providers(
        rows=rows,
        points=Points(there.lon[rows], there.lat[rows]),
        capacity=capacity,
        known=known,
        beds=beds,
        unlocated=int(np.count_nonzero(sure & ~there.known)),
        unsure=int(np.count_nonzero(possible & ~sure)),
    )


def _beds(census: Census, basis: str) -> Mapping[str, Fraction | None]:
    """Beds by institution, chairs left out; ``None`` where a class is unknown."""
    table = census.tables["beds"]
    column = table["contracted" if basis == CONTRACTED else "open"]
    sums: dict[str, Fraction | None] = {}
    cells = zip(
        table["institution"].cells(), table["bed_class"].cells(), column.cells(), strict=True
    )
    for code, bed_class, beds in cells:
        if bed_class in CHAIR_CLASSES:
            continue
        before = sums.get(str(code), Fraction(0))
        sums[str(code)] = (
            before + beds if before is not None and isinstance(beds, Fraction) else None
        )
    return sums


def _pairs(
    census: Census, circle: Circle, *, demand: Demand, providers: Providers
) -> tuple[Pairs, Mask]:
    """Who has whom within reach, and the localities from which no way leads to anyone."""
    reach_mm, rim = circle.radius_mm, circle.rim
    if not circle.by:
        pairs = straight(demand.points, providers.points, reach_mm, rim=rim)
        return pairs, np.zeros(pairs.demands, np.bool_)
    serving = np.zeros(len(census.tables["institutions"]), np.bool_)
    serving[providers.rows] = True
    ways, homes = on_streets(census, serving), joined(census, TABLE)
    found = ways.neighbours(homes, reach_mm, rim=rim)
    return Pairs.near(found, len(ways)), ways.nearest(homes).distance_mm[:, 0] < 0


def _people(demand: Demand) -> Floats:
    """The people of every locality by the reading, as numbers; 0 where they are not known."""
    factors = np.array([float(each) for each in demand.factors])
    people: Floats = demand.exact / THOUSAND * factors[demand.district]
    return people


def _doubts(
    pairs: Pairs, demand: Demand, providers: Providers, *, census: Census, circle: Circle
) -> tuple[Mask, Mask]:
    """Whose scores may be lower, and whose higher, than what is known gives them."""
    column = census.column(TABLE, INSURED_COLUMN if demand.insured else RESIDENT)
    nobody, none = np.zeros(pairs.demands, np.bool_), np.zeros(pairs.supplies, np.bool_)
    unknown = ~column.known[demand.located]
    at_most, _ = touched(pairs, None, places=unknown, providers=none)
    at_least, _ = touched(pairs, None, places=nobody, providers=~providers.known)
    counts = circle_counts(census, TABLE, circle)
    return at_most, at_least | (counts.most > counts.least)[demand.located]


# ---------------------------------------------------------------- areas


def _scopes(report: AccessReport) -> Iterator[Scope]:
    """The whole area, then each district."""
    census, demand = report.desk.census, report.demand
    place = demand.district[report.rows]
    county, counties = counties_of(census, "institutions")
    stands = county[report.providers.rows]
    every = np.ones(len(place), np.bool_)
    yield _scope(report, census.tree.root, every, np.ones(len(stands), np.bool_))
    for at, code in enumerate(demand.districts):
        own = counties.index(code) if code in counties else -2
        yield _scope(report, code, place == at, stands == own)


def _scope(report: AccessReport, code: str, places: Mask, providers: Mask) -> Scope:
    people = report.people[places]
    many = people.sum()
    living = people > 0
    means = {
        name: float(people[living] @ found.scores[places][living] / many)
        for name, found in report.scores.items()
        if many
    }
    score = report.scores[MAIN].scores[places]
    return Scope(
        scope=code,
        people=_count(report, places),
        capacity=float(report.providers.capacity[providers].sum()),
        providers=int(np.count_nonzero(providers)),
        none=_count(report, places & np.isnan(report.nearest_mm)),
        means=means,
        tenths=tuple(_tenths(score[living], people[living])),
        at_most=_count(report, places & report.at_most),
        at_least=_count(report, places & report.at_least),
        no_way=_count(report, places & report.no_way),
    )


def _count(report: AccessReport, places: Mask) -> Fraction:
    """The people of some of the places, exactly."""
    mask = np.zeros(len(report.demand.exact), np.bool_)
    mask[report.rows[places]] = True
    return report.demand.count(mask)


def _tenths(scores: Floats, people: Floats) -> Iterator[float]:
    """The scores that so many tenths of some people do not exceed."""
    if not len(scores):
        return
    order = np.argsort(scores, kind="stable")
    below = np.cumsum(people[order])
    for tenth in TENTHS:
        at = np.searchsorted(below, below[-1] * tenth / 10 * (1 - 1e-12))
        yield float(scores[order[min(int(at), len(order) - 1)]])


def per(report: AccessReport) -> int:
    """For how many people scores are told: beds for 1,000, institutions for 10,000."""
    return PER[report.providers.beds]
