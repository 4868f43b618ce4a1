"""What a census may show to anybody, and no more than a check of a site needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import numpy as np

from dingdian.core.census import Census, make_census
from dingdian.core.census.table import Rows, Table, unknown_column
from dingdian.core.census.vocabulary import SERVICES
from dingdian.core.spacing.stock import stock_on

#: The facts about a census that stay; who made it does not.
ABOUT = frozenset({"city", "region_code", "taken_on", "invented", "map_approval"})
_POINT = ("lon", "lat", "crs")
_ENDS = tuple(f"{end}_{name}" for end in ("from", "to") for name in ("code", "lon", "lat"))
#: The columns of each table that stay. Nothing here says anything of a person.
COLUMNS = {
    "institutions": (
        "code",
        "name",
        "kind",
        "region",
        *_POINT,
        "position_error_m",
        "standing",
        "designated_since",
        "designated_until",
        *(f"{name}{end}" for name in SERVICES for end in ("", "_since", "_until")),
    ),
    "localities": ("code", "name", "region", "kind", *_POINT),
    "surveys": ("number", *_ENDS, "crs", "service", "distance_m", "measured_on", "signed"),
}


def reduce_census(census: Census, day: dt.date) -> Census:
    """The census with the institutions that stand on a day, and what spacing asks of them.

    A check of a site on that day answers the same on it, except that surveys lose who measured
    and in which document, and that a district without outline reaches no farther than its
    localities and the institutions that stand.
    """
    tables = census.tables
    about = tables["about"]
    signed = [row for row, yes in enumerate(tables["surveys"]["signed"].cells()) if yes is True]
    kept = {
        "about": _cut(about, np.flatnonzero(about["item"].among(ABOUT))),
        "regions": _cut(tables["regions"], np.arange(len(tables["regions"]))),
        "institutions": _of("institutions", census, np.sort(stock_on(census, day).rows)),
        "localities": _of("localities", census, np.arange(len(tables["localities"]))),
        "surveys": _of("surveys", census, np.array(signed, np.int64)),
    }
    return make_census(kept, census.boundaries)


def _of(name: str, census: Census, rows: Rows) -> Table:
    return _cut(census.tables[name], rows, COLUMNS[name])


def _cut(table: Table, rows: Rows, keep: Iterable[str] | None = None) -> Table:
    """Rows of a table with some columns known; where they came from is not told."""
    names = frozenset(table.columns if keep is None else keep)
    columns = {
        name: column.take(rows) if name in names else unknown_column(column.field, len(rows))
        for name, column in table.columns.items()
    }
    return Table(table.schema, columns, ("",) * len(rows))
