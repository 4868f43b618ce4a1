"""The question as the ledger answers it: who is there, who may go, whom each serves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from dingdian.actions.weigh_demand import demand_of
from dingdian.core.assessment.record import AssessmentRecord
from dingdian.core.census import Census, tally
from dingdian.core.census.counties import counties_of
from dingdian.core.circles import Points, Sites
from dingdian.core.indicators.circles import Drawn, drawn
from dingdian.core.indicators.covered import INSURED_COLUMN, RESIDENT, TABLE, gives_insured
from dingdian.core.retention.question import UNSCORED, Integers, Least, Mask, Question
from dingdian.core.rules.facts import Facts
from dingdian.core.rules.minimum import held as held_units
from dingdian.core.siting import Reach
from dingdian.core.workings import Reason, Workings, reason

#: The stock whose service circle is drawn around pharmacies, whatever service is capped.
CIRCLE_OF, DESIGNATION = "pharmacies", "pharmacies"


@dataclass(frozen=True, slots=True, eq=False)
class Stock:
    """The institutions of a capped stock, and what the ledger says of them.

    ``rows``: their rows in the ledger, shape (n,); every other array is in that order. ``held`` are
    those who may not be proposed: ``running`` (their agreement runs beyond the last year) or
    ``nowhere`` (they have no position, or their district no locality, so nobody knows whom they
    serve). ``leaving``: ``exits`` (not to be renewed, as the assessment says) or those who went by
    a cap before; ``later``: of the exits those who are running. ``reach``: localities within the
    circle; empty where ``no_circle`` says why. ``unlocated``: localities without position, who are
    left out, or without people, who weigh nothing. ``districts``: codes by number, the last one
    empty for those of no county.
    """

    rows: Integers
    codes: tuple[str, ...]
    exits: Mask
    before: Mask
    running: Mask
    nowhere: Mask
    dual_channel: Mask
    district: Integers
    districts: tuple[str, ...]
    minimums: tuple[Least, ...]
    reach: Reach
    localities: Integers
    unlocated: int
    no_circle: Reason | None
    circle: Drawn | None

    @property
    def leaving(self) -> Mask:
        """Those whose exit comes first, all by the end of the last year."""
        found: Mask = (self.exits & ~self.running) | self.before
        return found

    @property
    def later(self) -> Mask:
        """Those not to be renewed who are there all the same until after the last year."""
        found: Mask = self.exits & self.running & ~self.before
        return found

    @property
    def held(self) -> Mask:
        """Those who may not be proposed."""
        found: Mask = (self.running | self.nowhere) & ~self.leaving
        return found

    def question(
        self, cap: int, points: Integers, *, caps: Mapping[int, int], hold: bool
    ) -> Question:
        """What is asked for a cap; ``hold``: whether no locality may lose its last one."""
        return Question(
            cap=cap,
            leaving=self.leaving,
            held=self.held,
            reach=self.reach,
            points=points,
            dual_channel=self.dual_channel,
            district=self.district,
            minimums=self.minimums,
            caps=dict(caps),
            hold_localities=hold,
        )


def stock_of(
    facts: Facts,
    resource: str,
    *,
    exits: frozenset[str],
    gone: Collection[int],
    by: dt.date,
) -> Stock | Reason:
    """The stock of a resource, or why it is not known.

    ``exits``: codes whose exit comes first; ``gone``: rows that went by a cap before; ``by``: the
    last day by whose end an agreement may end.
    """
    census = facts.workings.census
    found = _rows(facts.workings, resource)
    if isinstance(found, Reason):
        return found
    column = census.column("institutions", "code")
    codes = tuple(str(column.cell(int(row))) for row in found)
    ends = _ends(census)
    county, names = counties_of(census, "institutions")
    circle = drawn(facts.workings, CIRCLE_OF)
    reach, localities, unlocated = _reach(facts.workings, found, circle)
    if not len(localities) and not isinstance(circle, Reason):
        return reason("table_empty", table=TABLE)
    there = census.positions("institutions").known[found] & _peopled(census, found, localities)
    return Stock(
        rows=found,
        codes=codes,
        exits=np.array([code in exits for code in codes], bool),
        before=np.isin(found, list(gone)),
        running=np.array([code in ends and ends[code] > by for code in codes], bool),
        nowhere=~there,
        dual_channel=np.isin(found, _known_rows(facts.workings, "dual_channel_pharmacies")),
        district=np.where(county[found] < 0, len(names), county[found]).astype(np.int64),
        districts=(*names, ""),
        minimums=tuple(_minimums(facts, found)) if resource == DESIGNATION else (),
        reach=reach,
        localities=localities,
        unlocated=unlocated,
        no_circle=circle if isinstance(circle, Reason) else None,
        circle=circle if isinstance(circle, Drawn) else None,
    )


def _rows(workings: Workings, resource: str) -> Integers | Reason:
    """The rows of a stock; the reason where somebody may or may not belong to it."""
    figure = workings.figure(resource, workings.census.tree.root)
    if figure.exact is None or figure.selection is None:
        return figure.why or reason("retention_no_stock")
    return tally(workings.census, figure.selection).rows


def _known_rows(workings: Workings, measure: str) -> Integers:
    """The rows that surely belong to a measure."""
    figure = workings.figure(measure, workings.census.tree.root)
    if figure.selection is None:
        return np.zeros(0, np.int64)
    return tally(workings.census, figure.selection).rows


def _minimums(facts: Facts, rows: Integers) -> Iterator[Least]:
    """The minimums that are required and about pharmacies, unit by unit."""
    at = {int(row): place for place, row in enumerate(rows)}
    for rule in facts.in_family("minimum"):
        if rule.rule.strength != "required" or not rule.rule.measure.startswith("pharmacies"):
            continue
        for district in facts.tree.districts:
            for unit, counted in held_units(rule, facts, district).items():
                figure = facts.figure(rule.rule.measure, counted)
                if figure.selection is None:
                    continue
                its = tally(facts.workings.census, figure.selection).rows
                own = np.array([at[int(row)] for row in its if int(row) in at], np.int64)
                if len(own):
                    yield Least(f"{rule.rule.rule}.{unit}", own, int(rule.value[0]))


def _reach(
    workings: Workings, rows: Integers, circle: Drawn | Reason
) -> tuple[Reach, Integers, int]:
    """Who stands within the circle of each locality; its rows; of how many something is unknown.

    People count as coverage counts them; a locality whose people are not known weighs nothing, but
    may not lose its last one either.
    """
    census = workings.census
    here, there = census.positions(TABLE), census.positions("institutions")
    people = census.column(TABLE, INSURED_COLUMN if gives_insured(census) else RESIDENT)
    unknown = int((~here.known | ~people.known).sum())
    points = np.flatnonzero(here.known)
    if isinstance(circle, Reason) or not len(points):
        none = np.zeros(0, np.int64)
        return Reach(none, np.zeros(1, np.int64), none, len(rows)), none, unknown
    located = np.flatnonzero(there.known[rows])
    sites = Sites.of(Points(there.lon[rows[located]], there.lat[rows[located]]))
    near = sites.neighbours(
        Points(here.lon[points], here.lat[points]), circle.circle.radius_mm, rim=circle.circle.rim
    )
    anybody = bool(people.known.any()) and int(people.values.sum(where=people.known)) > 0
    weights = demand_of(workings, CIRCLE_OF).people[points] if anybody else np.zeros(len(points))
    reached = located[near.sites.astype(np.int64)]
    starts = near.starts.astype(np.int64)
    return Reach(weights.astype(np.int64), starts, reached, len(rows)), points, unknown


def _peopled(census: Census, rows: Integers, localities: Integers) -> Mask:
    """Whether the district of each has any locality that is weighed; true where nothing is."""
    if not len(localities):
        return np.ones(len(rows), bool)
    (own, _), (at, _) = (counties_of(census, table) for table in ("institutions", TABLE))
    found: Mask = np.isin(own[rows], np.unique(at[localities]))
    return found


def _ends(census: Census) -> dict[str, dt.date]:
    """The last day of each agreement that is known, by code."""
    table = census.tables["agreements"]
    pairs = zip(table["institution"].cells(), table["through"].cells(), strict=True)
    return {str(code): day for code, day in pairs if isinstance(day, dt.date)}


def earliest_ends(census: Census, stock: Stock) -> dict[int, dt.date]:
    """The last day of the agreement of each of a stock, where it is known, by place in it."""
    ends = _ends(census)
    return {at: ends[code] for at, code in enumerate(stock.codes) if code in ends}


def points_of(
    census: Census, stock: Stock, assessment: AssessmentRecord | None, year: int
) -> Integers:
    """Points in thousandths: of the assessment, else of the latest year before ``year`` kept."""
    if assessment is not None:
        given = {
            each.code: Fraction(each.score.total)
            for each in assessment.assessed
            if each.score is not None and each.score.total is not None
        }
    else:
        given = _past(census, year)
    return np.array(
        [int(given[code] * 1000) if code in given else UNSCORED for code in stock.codes], np.int64
    )


def _past(census: Census, year: int) -> dict[str, Fraction]:
    """The points of the latest year before ``year`` that the ledger keeps scores of."""
    table = census.tables["past_scores"]
    kept = [
        (int(of), str(code), points)
        for code, of, points in zip(
            *(table[name].cells() for name in ("institution", "year", "points")), strict=True
        )
        if isinstance(of, Fraction) and isinstance(points, Fraction) and of < year
    ]
    latest = max((of for of, _, _ in kept), default=0)
    return {code: points for of, code, points in kept if of == latest}
