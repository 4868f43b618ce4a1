"""Transfers for the tests of reports: a tiny city under the policy of Shenyang, and a sample."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping

import shapely
from shapely.geometry import mapping

from dingdian.actions.move_beds import Asked, BedMoves, move_beds
from dingdian.actions.record_transfer import record_transfer
from dingdian.core.census import TABLES, make_census, table_from_rows
from dingdian.core.solving import Limits
from dingdian.core.transfer.wish import Wish
from dingdian.core.transfer_record import TransferRecord
from dingdian.storage.policy_yaml import shelf_for
from tests.city import Rows, n, rows
from tests.reports.plans import sample_census

YEAR = 2026
shelf = functools.cache(shelf_for)
#: Minimum sizes that leave the tiny city something to move.
SIZES = {"tertiary": 200, "secondary": 50, "primary": 20}


def small(
    wish: Wish | None = None,
    *,
    limits: Limits | None = None,
    change: Callable[[Rows], None] = lambda _rows: None,
    outlines: Mapping[str, shapely.Polygon] | None = None,
) -> BedMoves:
    """The beds of ``tests.city``, whose need is 3 per 1,000, by the rules of Shenyang."""
    its = rows()
    its["benchmarks"].append({"benchmark": "insurer_needed_beds", "value": n(3)})
    change(its)
    book, place = shelf("shenyang")
    asked = Asked(place, YEAR, wish or Wish(minimum=SIZES), limits or Limits(), as_if=True)
    tables = {name: table_from_rows(TABLES[name], own) for name, own in its.items()}
    shapes = {
        code: {**mapping(shape), "crs": "wgs84", "schematic": True}
        for code, shape in (outlines or {}).items()
    }
    return move_beds(make_census(tables, shapes), book, asked)


def recorded(made: BedMoves) -> TransferRecord:
    return record_transfer(made, engine="test")


@functools.cache
def sample(city: str) -> BedMoves:
    """The transfer of a sample."""
    book, place = shelf(city)
    return move_beds(sample_census(city), book, Asked(place, YEAR))
