"""Weigh demand: the people that coverage counts, where they live, and who serves them already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from dingdian.core.census import circle_counts
from dingdian.core.census.counties import counties_of
from dingdian.core.census.near import Circle, index_of
from dingdian.core.census.table import Mask
from dingdian.core.circles import Index, Points
from dingdian.core.errors import RequestError, fault
from dingdian.core.indicators.circles import SERVED, Drawn, Served, drawn
from dingdian.core.indicators.covered import (
    AS_IS,
    BASES,
    GRID_OPTIONS,
    GRID_READING,
    INSURED_COLUMN,
    RESIDENT,
    TABLE,
    gives_insured,
)
from dingdian.core.workings import Reason, Workings

if TYPE_CHECKING:
    from dingdian.core.streets import Network

Rows = npt.NDArray[np.int64]

#: Persons of the ledger are whole thousandths.
THOUSAND = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """The localities of a census, all of them in its order, as coverage by one stock counts them.

    ``exact``: people in thousandths as the ledger states them, 0 where it does not; ``factors``:
    by what a district's people are multiplied (the reading ``grid_disagreement``), one for each of
    ``districts`` and a last one for localities of none. ``people``: whole people after that,
    rounded half up. ``district``: index into ``districts``, -1 for none. ``located``: whether it
    has a position; ``points`` are those that have one, in order. ``times``: how many institutions
    surely stand within the circle; ``maybe``: nobody surely does, but somebody may. ``unknown``:
    how many localities have no number of people. ``network``: the streets of the census, if any.
    """

    served: Served
    drawn: Drawn
    insured: bool
    exact: Rows
    people: Rows
    factors: tuple[Fraction, ...]
    district: Rows
    districts: tuple[str, ...]
    located: Mask
    points: Points
    times: Rows
    maybe: Mask
    unknown: int
    network: Network | None = None

    def index(self, points: Points) -> Index:
        """The index over some sites, measured as the circle is."""
        return index_of(points, self.circle, self.network)

    @property
    def circle(self) -> Circle:
        """The circle within which somebody is served."""
        return self.drawn.circle

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings that the circle and the people rest on."""
        return tuple(dict.fromkeys((*self.drawn.readings, GRID_READING)))

    @property
    def rounded(self) -> bool:
        """Whether whole people are not what was counted."""
        whole = {Fraction(1)} >= set(self.factors)
        return not whole or bool((self.exact != self.people * THOUSAND).any())

    def count(self, rows: Mask) -> Fraction:
        """The people of some localities, exactly."""
        return sum(self.by_district(rows).values(), Fraction(0))

    def by_district(self, rows: Mask) -> Mapping[str, Fraction]:
        """The people of some localities by district, exactly; under "" those of none."""
        sums = np.zeros(len(self.factors), np.int64)
        np.add.at(sums, self.district[rows], self.exact[rows])
        pairs = zip((*self.districts, ""), sums.tolist(), self.factors, strict=True)
        return {code: Fraction(total, THOUSAND) * factor for code, total, factor in pairs}


def demand_of(workings: Workings, of: str) -> Demand:
    """The people who need institutions of a stock (a key of ``SERVED``).

    Raises:
        RequestError: the policy draws no circle, a reading that it rests on is open or refuses a
            district, or the ledger has no localities or nobody living in them.
    """
    found = drawn(workings, of)
    if isinstance(found, Reason):
        details = dict(found.details)
        reading = details.get("reading")
        kind = "siting_no_circle" if reading is None else "siting_reading"
        raise RequestError((fault(kind, service=SERVED[of].zh, reading=reading or ""),))
    census = workings.census
    if not len(census.tables[TABLE]):
        raise RequestError((fault("siting_no_localities"),))
    column = INSURED_COLUMN if gives_insured(census) else RESIDENT
    persons = census.column(TABLE, column)
    exact = np.where(persons.known, persons.values, 0).astype(np.int64)
    district, districts = counties_of(census, TABLE)
    factors = _factors(workings, BASES[column])
    here = census.positions(TABLE)
    counts = circle_counts(census, TABLE, found.circle)
    demand = Demand(
        served=SERVED[of],
        drawn=found,
        insured=column == INSURED_COLUMN,
        exact=exact,
        people=_whole(exact, factors, district),
        factors=factors,
        district=district,
        districts=districts,
        located=here.known,
        points=Points(here.lon[here.known], here.lat[here.known]),
        times=np.where(here.known, counts.least, 0),
        maybe=here.known & (counts.least == 0) & (counts.most > 0),
        unknown=int(np.count_nonzero(~persons.known)),
        network=census.network,
    )
    if not demand.people.any():
        raise RequestError((fault("siting_no_people"),))
    return demand


def _factors(workings: Workings, base: str) -> tuple[Fraction, ...]:
    """By what the people of each district are multiplied, and last those of no district."""
    how, districts = workings.choice(GRID_READING), workings.census.tree.districts
    if how not in GRID_OPTIONS:
        raise RequestError((fault("siting_reading", reading=GRID_READING),))
    if how == AS_IS:
        return (Fraction(1),) * (len(districts) + 1)
    if how == "rescaled":
        return (*(_rescaled(workings, base, each) for each in districts), Fraction(1))
    limit = workings.reading_number(GRID_READING, unit="share").exact
    shares = {each: workings.figure("located_share", each).exact for each in districts}
    refused = [
        fault("siting_grid_refused", region=workings.census.tree.names.get(code, code))
        for code, share in shares.items()
        if share is None or limit is None or abs(share - 1) > limit
    ]
    if refused:
        raise RequestError(tuple(refused))
    return (Fraction(1),) * (len(districts) + 1)


def _rescaled(workings: Workings, base: str, district: str) -> Fraction:
    there, held = (workings.figure(name, district).exact for name in (base, "located_persons"))
    if not held:
        return Fraction(1)  # nobody is multiplied
    if there is None:
        name = workings.census.tree.names.get(district, district)
        raise RequestError((fault("siting_grid_refused", region=name),))
    return there / held


def _whole(exact: Rows, factors: Sequence[Fraction], district: Rows) -> Rows:
    """Whole people, half up: of whole numbers that nothing multiplies, the very same."""
    people = np.zeros(len(exact), np.int64)
    for at, factor in enumerate(factors):
        rows = district == (at if at < len(factors) - 1 else -1)
        many = exact[rows].astype(object) * factor.numerator * 2 + THOUSAND * factor.denominator
        people[rows] = (many // (2 * THOUSAND * factor.denominator)).astype(np.int64)
    return people
