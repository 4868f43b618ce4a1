"""The census: one frozen picture of a city on a day, columnar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from dingdian.core.census.positions import Positions, positions_of
from dingdian.core.census.regions import RegionTree
from dingdian.core.census.schema import TABLES
from dingdian.core.census.table import Column, Rows, Table, table_from_rows

if TYPE_CHECKING:
    from dingdian.core.census.outlines import Outlines
    from dingdian.core.streets import Network

Kept = TypeVar("Kept")

#: Kinds that have beds: without a row in ``beds`` (and not known to lack the inpatient
#: service) their beds are unknown, and so is every sum that they belong to.
BEDDED_KINDS = frozenset(
    {
        "hospital",
        "maternal_child_hospital",
        "disease_institute",
        "community_health_centre",
        "township_health_centre",
        "hospice",
        "nursing_home",
    }
)


@dataclass(frozen=True, eq=False)
class Census:
    """All tables of a census and the district boundaries that came with it.

    ``boundaries``: region code -> GeoJSON geometry as the file states it, with its
    coordinate system under the key ``crs`` and ``schematic`` true for 示意图. ``outlines``
    are the same in WGS84/CGCS2000. ``network``: the streets that circles are measured along
    where the text means a way; ``None`` where none are loaded, and all is measured straight.
    """

    tables: Mapping[str, Table]
    boundaries: Mapping[str, Mapping[str, Any]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    network: Network | None = None
    _cache: dict[Any, Any] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def tree(self) -> RegionTree:
        """The region tree."""
        return RegionTree.of(self.tables["regions"])

    @cached_property
    def about(self) -> Mapping[str, str]:
        """The facts of the ``about`` table by item."""
        table = self.tables["about"]
        pairs = zip(table["item"].cells(), table["value"].cells(), strict=True)
        return {str(item): str(value) for item, value in pairs if value is not None}

    @property
    def taken_on(self) -> dt.date | None:
        """The day that the census describes, ``None`` when it does not say."""
        text = self.about.get("taken_on")
        return dt.date.fromisoformat(text) if text else None

    @property
    def invented(self) -> bool:
        """Whether the census says of itself that its institutions are made up."""
        return self.about.get("invented") in ("是", "yes", "true", "1")

    @property
    def overlay(self) -> str:
        """The name of the what-if changes laid over it; empty for a census as it was told."""
        return self.about.get("overlay", "")

    def cached(self, key: Any, make: Callable[[], Kept]) -> Kept:
        """``make()``, computed once for this census: a census never changes."""
        if key not in self._cache:
            self._cache[key] = make()
        kept: Kept = self._cache[key]
        return kept

    def positions(self, table: str) -> Positions:
        """Where the rows of ``table`` (institutions, localities) stand, in WGS84/CGCS2000.

        Raises:
            KeyError: the table has no coordinates.
        """
        return self.cached((table, "positions"), lambda: positions_of(self.tables[table]))

    @cached_property
    def outlines(self) -> Outlines:
        """The boundaries in WGS84/CGCS2000, mended where needed."""
        from dingdian.core.census.outlines import outlines_of  # noqa: PLC0415 -- loads shapely

        return outlines_of(self.boundaries)

    def length(self, table: str) -> int:
        """The number of rows that selections on ``table`` see (unlisted beds included)."""
        return len(self.tables[table]) + (len(self.unlisted) if table == "beds" else 0)

    def below(self, codes: Iterable[str]) -> frozenset[str]:
        """The regions ``codes`` and everything below them."""
        return frozenset(each for code in codes for each in self.tree.descend(code))

    def column(self, table: str, name: str) -> Column:
        """A column as selections see it: ``name``, or ``institution.name`` through a reference.

        Raises:
            KeyError: no such column.
        """
        return self.cached((table, name), lambda: self._column(table, name))

    def _column(self, table: str, name: str) -> Column:
        if "." not in name:
            column = self.tables[table][name]
            if (table, name) == ("localities", "insured"):
                return self._insured_of_localities(column)
            if table != "beds":
                return column
            rows = np.arange(len(column) + len(self.unlisted))
            return column.take(np.where(rows < len(column), rows, -1))
        reference, target = name.split(".", 1)
        other = self.tables[table].schema[reference].refers.split(".")[0]
        rows = self.cached((table, reference, "rows"), lambda: self._referred(table, reference))
        return self.tables[other][target].take(rows)

    def _insured_of_localities(self, stated: Column) -> Column:
        """The insured of each locality: as stated, else the sum of both schemes."""
        schemes = [
            self.tables["localities"][f"insured_{each}"] for each in ("employee", "resident")
        ]
        both = schemes[0].known & schemes[1].known
        values = np.where(stated.known, stated.values, schemes[0].values + schemes[1].values)
        known = stated.known | both
        return Column(stated.field, np.where(known, values, 0), known)

    def _referred(self, table: str, reference: str) -> Rows:
        """For each row the row of the table it refers to; -1 where there is none."""
        other, key = self.tables[table].schema[reference].refers.split(".")
        at = {cell: row for row, cell in enumerate(self.tables[other][key].cells())}
        column = self.tables[table][reference]
        found = [-1 if cell is None else at.get(cell, -1) for cell in column.cells()]
        unlisted = self.unlisted.tolist() if table == "beds" else []
        return np.array([*found, *unlisted], np.int64)

    @cached_property
    def unlisted(self) -> Rows:
        """The institutions (rows) that should have beds and list none: their beds are unknown."""
        institutions = self.tables["institutions"]
        listed = frozenset(self.tables["beds"]["institution"].cells())
        kinds = institutions["kind"].cells()
        inpatient = institutions["inpatient"]
        no_beds = inpatient.known & (inpatient.values == 0)
        codes = institutions["code"].cells()
        return np.array(
            [
                row
                for row, (code, kind) in enumerate(zip(codes, kinds, strict=True))
                if kind in BEDDED_KINDS and code not in listed and not no_beds[row]
            ],
            np.int64,
        )

    @cached_property
    def main_urban_areas(self) -> frozenset[str]:
        """The regions that the ledger flags as main urban area (主城区)."""
        regions = self.tables["regions"]
        flag = regions["main_urban_area"]
        codes = regions["code"].cells()
        return frozenset(
            str(code)
            for code, known, yes in zip(codes, flag.known, flag.values, strict=True)
            if known and yes
        )

    @cached_property
    def sparse_areas(self) -> frozenset[str]:
        """The regions whose density class, or that of a region above, is sparse."""
        regions = self.tables["regions"]
        codes = regions["code"].cells()
        marked = regions["density"].cells()
        return self.below(
            str(code) for code, density in zip(codes, marked, strict=True) if density == "sparse"
        )

    def origin(self, table: str, row: int) -> str:
        """Where a row that a selection named came from."""
        own = self.tables[table]
        if row < len(own):
            return own.origin[row]
        return self.tables["institutions"].origin[int(self.unlisted[row - len(own)])]


def make_census(
    tables: Mapping[str, Table], boundaries: Mapping[str, Mapping[str, Any]] | None = None
) -> Census:
    """A census of the given tables; those that are absent are empty.

    >>> len(make_census({}).tables["fund"])
    0
    """
    return Census(
        MappingProxyType(
            {name: tables.get(name) or table_from_rows(s, ()) for name, s in TABLES.items()}
        ),
        MappingProxyType(dict(boundaries or {})),
    )


__all__ = ["BEDDED_KINDS", "Census", "make_census"]
