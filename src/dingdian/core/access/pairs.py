"""Who has whom within reach: pairs of a place with people and a provider, with their distance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from dingdian.core.circles import Neighbours, Points, Sites

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.integer[Any]]
Numbers = npt.NDArray[np.integer[Any] | np.floating[Any]]
Columns = tuple[Rows, Rows, Numbers]
#: Weights of pairs, shape (m,); ``None``: all that is within reach counts alike.
Weights = Floats | None
Keys = npt.NDArray[np.int64]

BITS = 63
NAMED = 5  # pairs that an error names before it only counts


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """``m`` pairs among ``demands`` places and ``supplies`` providers, in compressed rows.

    The providers within reach of place ``i`` are ``supply[starts[i]:starts[i + 1]]``, rising, at
    the distances ``far`` of the same shape (m,): 0 or more, of any one unit. ``starts`` has shape
    (demands + 1,). A pair that is missing is out of reach; a place or a provider may have none.
    Pairs stand in one order whatever order they were given in, so that every sum is the same.
    """

    starts: Rows
    supply: Rows
    far: Numbers
    supplies: int

    @classmethod
    def of(
        cls,
        demand: npt.ArrayLike,
        supply: npt.ArrayLike,
        far: npt.ArrayLike,
        *,
        demands: int,
        supplies: int,
    ) -> Pairs:
        """The pairs of three columns of one length, in any order.

        ``demand`` and ``supply`` are rows from 0, below ``demands`` and ``supplies``.

        Raises:
            ValueError: the columns differ in length; a row is no whole number or out of range; a
                distance is negative, infinite or not a number; a pair stands twice. Pairs at fault
                are named.
        """
        place, provider = _rows("demand", demand), _rows("supply", supply)
        columns = place, provider, np.asarray(far)
        if len({each.shape for each in columns}) != 1 or place.ndim != 1:
            shapes = ", ".join(str(each.shape) for each in columns)
            raise ValueError(f"demand, supply and far are columns of one length; found {shapes}")
        _refuse(columns, 0, demands - 1, f"demand is not in 0 … {demands - 1}")
        _refuse(columns, 1, supplies - 1, f"supply is not in 0 … {supplies - 1}")
        _refuse(columns, 2, np.finfo(float).max, "the distance is not 0 or more")
        supply_rows, distance = provider.astype(np.int64, copy=False), columns[2]
        rising = place[1:] == place[:-1]
        rising &= supply_rows[1:] > supply_rows[:-1]
        rising |= place[1:] > place[:-1]
        if not rising.all():
            place, supply_rows, distance = _in_order(place, supply_rows, distance)
        starts = np.searchsorted(place, np.arange(demands + 1, dtype=place.dtype))
        return cls(starts, supply_rows, distance, supplies)

    @classmethod
    def near(cls, found: Neighbours, supplies: int) -> Pairs:
        """The pairs of places with their neighbours among ``supplies`` providers.

        Whatever index found them, ``circles.Sites`` in straight lines or one along streets.
        """
        demands = len(found)
        place = np.repeat(np.arange(demands), np.diff(found.starts))
        far = found.distance_mm
        return cls.of(place, found.sites, far, demands=demands, supplies=supplies)

    def __len__(self) -> int:
        return len(self.supply)

    @property
    def demands(self) -> int:
        """How many places there are."""
        return len(self.starts) - 1

    def of_demand(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """A value of each place, given to its pairs: shape (m,)."""
        return np.repeat(values, np.diff(self.starts))

    def of_supply(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """A value of each provider, given to its pairs: shape (m,)."""
        return values[self.supply]

    def by_demand(self, values: Floats) -> Floats:
        """Values of pairs summed for each place, shape (demands,): 0 where it has none."""
        sums = np.zeros(self.demands)
        some = np.flatnonzero(np.diff(self.starts))
        if len(some):
            sums[some] = np.add.reduceat(values, self.starts[some])
        return sums

    def by_supply(self, values: Floats) -> Floats:
        """Values of pairs summed for each provider, shape (supplies,): 0 where it has none."""
        return np.bincount(self.supply, values, self.supplies).astype(np.float64, copy=False)


def straight(demand: Points, supply: Points, reach_mm: int, *, rim: bool) -> Pairs:
    """All pairs within ``reach_mm`` of each other in a straight line (``circles.distance_mm``).

    Distances are whole millimetres; ``rim`` says whether exactly ``reach_mm`` is within reach.

    >>> here = Points([123.40, 123.45], [41.8, 41.8])
    >>> straight(here, Points([123.41], [41.8]), 1_000_000, rim=True).far.tolist()
    [831097]
    """
    found = Sites.of(supply).neighbours(demand, reach_mm, rim=rim)
    return Pairs.near(found, len(supply))


def _rows(name: str, values: npt.ArrayLike) -> Rows:
    rows = np.asarray(values)
    if not len(rows):
        return rows.astype(np.int64)
    if rows.dtype.kind not in "iu":
        raise ValueError(f"{name} holds {rows.dtype}; whole numbers that name rows are expected")
    return rows


def _refuse(columns: Columns, column: int, most: float, why: str) -> None:
    """Stop where a column is not in 0 … most, naming the first pairs where it is not."""
    values = columns[column]
    if not len(values) or (values.min() >= 0 and values.max() <= most):
        return
    rows = np.flatnonzero(~((values >= 0) & (values <= most)))
    some = zip(*(each[rows[:NAMED]] for each in columns), strict=True)
    shown = ", ".join(f"({place}, {provider}, {far})" for place, provider, far in some)
    more = f" and {len(rows) - NAMED} more" if len(rows) > NAMED else ""
    raise ValueError(f"{why}: pair (demand, supply, far) {shown}{more}")


def _in_order(place: Rows, provider: Keys, values: Numbers) -> tuple[Rows, Keys, Numbers]:
    """The pairs by place, then provider, each once.

    Pair and row go into one number where both fit, which sorts five times as fast.

    Raises:
        ValueError: a pair stands twice.
    """
    bits, rows = int(provider.max()).bit_length(), len(place).bit_length()
    keys: Keys = place.astype(np.int64)
    keys <<= bits
    keys |= provider
    if int(keys.max()).bit_length() + rows > BITS:
        order = np.argsort(keys, kind="stable")
        keys, values = keys[order], values[order]
    else:
        keys <<= rows
        keys |= np.arange(len(keys))
        keys.sort()
        values = values[keys & ((1 << rows) - 1)]
        keys >>= rows
    place, provider = keys >> bits, keys & ((1 << bits) - 1)
    twice = np.flatnonzero(keys[1:] == keys[:-1])
    if len(twice):
        first = int(twice[0])
        raise ValueError(
            f"pair (demand, supply) ({place[first]}, {provider[first]}) stands more than once "
            f"({len(twice)} pairs too many); give each pair once"
        )
    return place, provider, values
