"""Who has which beds on the stock day: institutions with known beds, and those without."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from dingdian.core.census import Census, tally
from dingdian.core.census.vocabulary import CHAIR_CLASSES
from dingdian.core.indicators.ledger import (
    SUSPENDED_COUNTS,
    SUSPENDED_READING,
    Rows,
    pool_classes,
)
from dingdian.core.transfer.choices import SIZES, STANDARD
from dingdian.core.transfer.question import Holder
from dingdian.core.transfer.wish import Alike, Wish
from dingdian.core.workings import Workings

#: The pool of all classes that no rule manages apart.
GENERAL = "general_pool"
_BEDS = Rows("beds", total="contracted", through="institution.", designated=True)


class Unknown(StrEnum):
    """Why an institution is left out of a transfer altogether.

    ``BEDS``: the ledger has no contracted beds of it, or not of every class. ``STANDING``: it is
    not known whether it is designated. ``REGION``: it is not known in which district it lies.
    """

    BEDS = "beds"
    STANDING = "standing"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An institution that is neither taken from nor counted."""

    code: str
    district: str
    why: Unknown


@dataclass(frozen=True, slots=True)
class Stock:
    """The holders of beds in order of code, who is left out, and the chairs, which are no beds."""

    holders: tuple[Holder, ...]
    left_out: tuple[LeftOut, ...]
    chairs: int


def sizes_of(workings: Workings, wish: Wish) -> Mapping[str, int]:
    """Level -> the size that its institutions keep: the one asked for, else that of the shelf.

    A level that is missing is not touched: it was asked for so, or the shelf has no number.
    """
    found: dict[str, int | None] = {}
    for level, name in SIZES.items():
        reading = workings.policy.readings.get(name)
        if reading is not None and workings.choice(name) == STANDARD and reading.number is not None:
            found[level] = math.ceil(reading.number)
    found |= wish.minimum
    return MappingProxyType({level: n for level, n in found.items() if n is not None})


def stock_of(workings: Workings, wish: Wish, sizes: Mapping[str, int]) -> Stock:
    """The contracted beds of the designated institutions on the stock day.

    ``sizes``: level -> the size that its institutions keep; without one they are not touched.
    An institution of which a row is in doubt is left out with all of them.
    """
    census = workings.census
    counts = SUSPENDED_COUNTS.get(workings.choice(SUSPENDED_READING) or "", False)
    found = tally(census, _BEDS.selection(workings, census.tree.root, suspended=counts))
    codes = census.column("beds", "institution.code").cells()
    regions = census.column("beds", "institution.region").cells()
    levels = census.column("beds", "institution.level").cells()
    classes = census.column("beds", "bed_class").cells()
    beds = census.column("beds", "contracted").cells()
    left_out = {
        str(codes[row]): _left_out(census, row, str(codes[row]), regions[row])
        for row in found.doubtful.tolist()
    }
    chairs, holders = 0, dict[str, Holder]()
    pools = _pools(workings, wish)
    for row in found.rows.tolist():
        code, n, district = str(codes[row]), beds[row], census.tree.county_of(str(regions[row]))
        if code in left_out or not isinstance(n, Fraction):
            continue
        if classes[row] in CHAIR_CLASSES:
            chairs += int(n)
        elif district is None:
            left_out[code] = LeftOut(code, "", Unknown.REGION)
        else:
            level, pool = str(levels[row] or ""), pools.get(str(classes[row]), str(classes[row]))
            least = sizes.get(level)
            before = holders[code].beds if code in holders else {}
            its = {**before, pool: before.get(pool, 0) + int(n)}
            holders[code] = Holder(code, district, level, its, least)
    return Stock(
        tuple(holders[code] for code in sorted(holders)),
        tuple(left_out[code] for code in sorted(left_out)),
        chairs,
    )


def _left_out(census: Census, row: int, code: str, region: object) -> LeftOut:
    """Why a row in doubt is: its designation, else its beds."""
    district = census.tree.county_of(str(region)) if region is not None else None
    if district is None:
        return LeftOut(code, "", Unknown.REGION)
    standing = census.column("beds", "institution.standing")
    known = bool(standing.known[row])
    beds = census.column("beds", "contracted")
    why = Unknown.STANDING if not known or bool(beds.known[row]) else Unknown.BEDS
    return LeftOut(code, district, why)


def _pools(workings: Workings, wish: Wish) -> Mapping[str, str]:
    """Class -> the pool that it belongs to, where that is not its own."""
    if wish.alike is Alike.CLASS:
        return {}
    apart = frozenset(pool_classes(workings.policy))
    classes = {str(each) for each in workings.census.tables["beds"]["bed_class"].cells()}
    return dict.fromkeys(classes - apart, GENERAL)
