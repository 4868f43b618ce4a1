"""Gather candidates: where the next ones may go, held against spacing, with why one may not."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from dingdian.actions.check_site import Desk, blocking_rows
from dingdian.actions.record_decisions import round_fingerprint
from dingdian.actions.weigh_demand import Demand
from dingdian.core.admission.application import Round
from dingdian.core.census import Census, members_of
from dingdian.core.census.applicants import CANDIDATES
from dingdian.core.census.canonical import columns_of
from dingdian.core.census.headings import field_of
from dingdian.core.census.near import PHARMACY
from dingdian.core.census.table import Table, column_from_cells
from dingdian.core.circles import Sites
from dingdian.core.errors import Fault
from dingdian.core.spacing.applicants import asked_of
from dingdian.core.spacing.check import check
from dingdian.core.spacing.conflicts import meet
from dingdian.core.spacing.places import Faulty, Site
from dingdian.core.spacing.stock import PHARMACY_KIND
from dingdian.core.spacing.terms import SameRound, Side, Terms
from dingdian.core.spacing.verdict import Answer, Verdict, worst

Rows = npt.NDArray[np.int64]

#: What closes a spot: of the many that there are only those count that are surely far enough.
SURE = (Verdict.BROKEN, Verdict.MEASURE_ON_SITE)
#: So many times the spots that are wanted are looked at.
LOOKED = 10
#: So many spots a district has for each place of its quota, where there is room.
SPARE = 20


class Source(StrEnum):
    """Where candidates come from: localities as spots, a file of points, applicants of a round."""

    SPOTS = "spots"
    FILE = "file"
    ROUND = "round"


class Closed(StrEnum):
    """Why a candidate may not be chosen."""

    BLOCKED = "blocked"  # an institution that stands is too near
    TO_MEASURE = "to_measure"  # one may be too near: only a measurement on site tells
    FAULTY = "faulty"  # its row has a fault, and it has no place
    OTHER_SERVICE = "other_service"  # it is of another kind or service
    SERVES_ALREADY = "serves_already"  # it is one of those that stand


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where one may go; ``site`` is ``None`` only for one whose row has a fault.

    ``region``: where the census places a spot, empty for others. ``verdict``: what the spacing
    rules say of it beside those that stand (``answers``, in the order of the desk's rules).
    """

    id: str
    name: str
    site: Site | None
    region: str = ""
    verdict: Verdict = Verdict.NOT_BOUND
    answers: tuple[Answer, ...] = ()
    closed: Closed | None = None

    @property
    def blockers(self) -> tuple[tuple[str, int], ...]:
        """The institutions that stand too near, or may: code and distance in millimetres."""
        found = {near.code: near.distance_mm for each in self.answers for near in each.near}
        return tuple(sorted(found.items(), key=lambda each: (each[1], each[0])))


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """All candidates in a fixed order, and the pairs of open ones too near each other.

    ``apart``: shape (m, 2), rows of ``all``, each pair once. ``left_out``: localities that are no
    spots because there were more than asked for, or a better one is very near.
    ``unclear``: spacing rules that nobody can hold them against until a reading is settled.
    ``loose``: those that do not part two new ones by themselves (some may stand near anyway).
    ``fingerprint``: of the file or round that they were read from, empty for spots.
    """

    source: Source
    all: tuple[Candidate, ...]
    apart: Rows
    left_out: int = 0
    unclear: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    fingerprint: str = ""

    @property
    def open(self) -> Rows:
        """The rows of those that may be chosen."""
        return np.flatnonzero([each.closed is None for each in self.all])


@dataclass(frozen=True, slots=True)
class NewOne:
    """What a new institution would be: its kind and services, as spacing looks at them."""

    kind: str
    services: tuple[str, ...]

    @property
    def side(self) -> Side:
        """Doctors or shops."""
        return Side.PHARMACY if self.kind == PHARMACY_KIND else Side.MEDICAL


def new_one(demand: Demand, kind: str) -> NewOne:
    """A new institution of the stock: a pharmacy is one, any other is of ``kind``.

    A stock of any service is held to spacing by personal accounts, which all of them take.
    """
    service = demand.served.service or "personal_account"
    own = PHARMACY_KIND if demand.served.kind == PHARMACY else kind
    return NewOne(own, (service,))


# ---------------------------------------------------------------- spots


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which localities are wanted as spots, for a new institution such as ``new``.

    At most ``most``, none within ``apart_mm`` of a better one. Of each district in ``quotas``
    there are ``spare`` for each place it has, before the rest is chosen from everywhere; of one
    that has none there is no spot.
    """

    new: NewOne
    most: int
    apart_mm: int
    quotas: Mapping[str, int]

    @property
    def spare(self) -> int:
        """How many for each place of a quota: so many that all of them have room."""
        return min(SPARE, self.most // max(1, sum(self.quotas.values())))


def spots(demand: Demand, desk: Desk, wanted: Wanted, *, worth: Rows) -> Candidates:
    """Localities as candidates: those of most ``worth`` that spacing leaves open.

    ``worth``: shape of the located localities, what a site there is roughly good for; those of 0
    are none. As many that are closed are told of as are wanted, and at most ``LOOKED`` times as
    many localities are looked at.
    """
    rows = np.flatnonzero(demand.located)
    order = np.lexsort((rows, -worth))[: int(np.count_nonzero(worth > 0))]
    picking = _Picking(demand, desk, wanted, rows[order])
    for spare in (True, False):
        picking.pick(spare=spare)
    told = sorted([*picking.kept, *picking.shut[: wanted.most]])
    found = screened([_spot(desk.census, row, wanted.new) for row in told], desk, stopping=SURE)
    made = tuple(
        replace(each, region=_cell(desk.census, "region", row))
        for each, row in zip(found.all, told, strict=True)
    )
    return replace(found, all=made, left_out=len(order) - len(made))


class _Picking:
    """Picks spots from localities in their order, the best first: ``kept`` and ``shut``."""

    def __init__(self, demand: Demand, desk: Desk, wanted: Wanted, order: Rows) -> None:
        self.desk, self.order, self.wanted = desk, order, wanted
        located = np.flatnonzero(demand.located)
        points = demand.points.take(np.searchsorted(located, order))
        self.near = Sites.of(points).neighbours(points, wanted.apart_mm, rim=False)
        self.seen = np.zeros(len(order), np.bool_)
        codes = (*demand.districts, "")
        self.districts = [codes[at] for at in demand.district[order].tolist()]
        self.counts: Counter[str] = Counter()
        self.kept: list[int] = []
        self.shut: list[int] = []

    def pick(self, *, spare: bool) -> None:
        """Pick on; ``spare``: only what districts with a quota have to have."""
        most = self.wanted.most
        for at in np.flatnonzero(~self.seen).tolist():
            if len(self.kept) >= most or len(self.kept) + len(self.shut) >= LOOKED * most:
                return
            if not self.seen[at] and self._asked(self.districts[at], spare=spare):
                self._look(at)

    def _asked(self, district: str, *, spare: bool) -> bool:
        quota = self.wanted.quotas.get(district)
        if spare:
            return quota is not None and self.counts[district] < self.wanted.spare * quota
        return quota != 0

    def _look(self, at: int) -> None:
        row = int(self.order[at])
        self.seen[at] = True
        site = _spot(self.desk.census, row, self.wanted.new)
        if any(each in SURE for each in _verdicts(site, self.desk)):
            self.shut.append(row)
            return
        self.kept.append(row)
        self.counts[self.districts[at]] += 1
        self.seen[self.near.of(at)] = True


def _verdicts(site: Site, desk: Desk) -> Iterator[Verdict]:
    return (check(site, desk.stock, terms).verdict for terms in desk.terms)


def _spot(census: Census, row: int, new: NewOne) -> Site:
    at = census.positions("localities")
    district = census.tree.county_of(_cell(census, "region", row)) or ""
    return Site(
        id=_cell(census, "code", row),
        name=_cell(census, "name", row),
        lon=float(at.lon[row]),
        lat=float(at.lat[row]),
        services=new.services,
        side=new.side,
        kind=new.kind,
        district=district,
        zone=census.tree.zones.get(district) or "",
    )


def _cell(census: Census, column: str, row: int) -> str:
    return str(census.column("localities", column).cell(row) or "")


# ---------------------------------------------------------------- a file, a round


def points_of(
    table: Table, demand: Demand, desk: Desk, new: NewOne, *, faults: Sequence[Fault] = ()
) -> Candidates:
    """The points of a file; one whose row has a fault, or of another kind or service, is closed.

    Services and kind that the file leaves open are those of the new one that is asked for.
    """
    columns = dict(table.columns)
    for name, told in (("services", "、".join(new.services)), ("kind", new.kind)):
        cells = [cell if cell is not None else told for cell in table[name].cells()]
        columns[name] = column_from_cells(CANDIDATES[name], cells)
    faults = tuple(map(_blocking, faults))
    read = blocking_rows(table, faults)
    asked = asked_of(Table(table.schema, columns, table.origin), desk.census, read)
    found = screened(asked.sites, desk, stopping=(Verdict.BROKEN,), faulty=asked.faulty)
    broken = tuple(
        Candidate(each.id or str(each.place), "", None, closed=Closed.FAULTY)
        for each in asked.faulty
    )
    found = _fitting(found, demand, desk.census)
    content = json.dumps(sorted(columns_of(table).items()), ensure_ascii=False)
    return replace(
        found,
        source=Source.FILE,
        all=(*found.all, *broken),
        faults=tuple(dict.fromkeys((*faults, *asked.faults))),
        fingerprint=hashlib.sha256(content.encode()).hexdigest(),
    )


def _blocking(each: Fault) -> Fault:
    """A fault as it counts for candidates: without its kind nobody can say whether one fits."""
    field = field_of(CANDIDATES, each.place.column)
    kind = each.kind == "unknown_choice" and field is not None and field.name == "kind"
    return replace(each, kind="required_choice") if kind else each


def applicants_of(found: Round, demand: Demand, desk: Desk) -> Candidates:
    """The applicants of a round; those who apply for something else are closed."""
    placed = [each for each in found.applications if each.site is not None]
    faulty = tuple(
        Faulty(each.id, side=each.side, services=each.services, district=each.district)
        for each in found.applications
        if each.site is None
    )
    sites = [each.site for each in placed if each.site is not None]
    checked = screened(sites, desk, stopping=(Verdict.BROKEN,), faulty=faulty)
    checked = _fitting(checked, demand, desk.census)
    broken = [
        Candidate(each.id, each.name, None, closed=Closed.FAULTY)
        for each in found.applications
        if each.site is None
    ]
    own = (each for application in found.applications for each in application.faults)
    return replace(
        checked,
        source=Source.ROUND,
        all=(*checked.all, *broken),
        faults=(*found.faults, *own),
        fingerprint=round_fingerprint(found),
    )


def _fitting(found: Candidates, demand: Demand, census: Census) -> Candidates:
    """The candidates, those closed that are of another kind or service, or stand already."""
    standing = _standing(census, demand)
    made = tuple(
        replace(each, closed=_not_asked(each, demand, standing) or each.closed)
        for each in found.all
    )
    closed = np.array([each.closed is not None for each in made], np.bool_)
    return replace(found, all=made, apart=found.apart[~closed[found.apart].any(axis=1)])


def _standing(census: Census, demand: Demand) -> frozenset[str]:
    sure, _ = members_of(census, demand.circle)
    codes = census.tables["institutions"]["code"].take(np.flatnonzero(sure)).cells()
    return frozenset(map(str, codes))


def _not_asked(each: Candidate, demand: Demand, standing: frozenset[str]) -> Closed | None:
    site = each.site
    if site is None:
        return Closed.FAULTY
    side = Side.PHARMACY if demand.served.kind == PHARMACY else Side.MEDICAL
    service = demand.served.service
    if site.side is not side or (service and service not in site.services):
        return Closed.OTHER_SERVICE
    if site.institution in standing and not site.moved:
        return Closed.SERVES_ALREADY
    return None


# ---------------------------------------------------------------- spacing


def screened(
    sites: Sequence[Site],
    desk: Desk,
    *,
    stopping: tuple[Verdict, ...],
    faulty: Sequence[Faulty] = (),
) -> Candidates:
    """Sites as candidates: each beside those that stand, and who is too near whom of the others.

    ``stopping``: the verdicts that close one. A pair that may be too near counts as one that is.
    """
    found = [
        (bound, meet(sites, desk.stock, bound.terms, faulty=faulty))
        for bound in desk.rules
        if bound.terms
    ]
    made = []
    for at, site in enumerate(sites):
        answers = tuple(near.alone[at] for _, near in found)
        verdict = worst(each.verdict for each in answers)
        closed = _CLOSED[verdict] if verdict in stopping else None
        made.append(Candidate(site.id, site.name, site, "", verdict, answers, closed))
    closed_rows = {at for at, each in enumerate(made) if each.closed is not None}
    pairs = {
        (min(one, other), max(one, other))
        for bound, near in found
        if bound.terms and _parts(bound.terms)
        for one, its in near.bearing.items()
        for other in its
    }
    kept = sorted(pair for pair in pairs if not closed_rows & set(pair))
    return Candidates(
        source=Source.SPOTS,
        all=tuple(made),
        apart=np.array(kept, np.int64).reshape(-1, 2),
        unclear=tuple(_unclear(desk)),
        loose=tuple(bound.rule.rule for bound, _ in found if not _parts(bound.terms)),
    )


def _parts(terms: Terms | None) -> bool:
    """Whether a rule keeps two new ones of one round apart, whoever else stands there."""
    return terms is not None and not terms.allowed and terms.same_round is not SameRound.BOTH


def _unclear(desk: Desk) -> Iterator[str]:
    yield from (bound.rule.rule for bound in desk.rules if not bound.terms)


_CLOSED = {Verdict.BROKEN: Closed.BLOCKED, Verdict.MEASURE_ON_SITE: Closed.TO_MEASURE}
