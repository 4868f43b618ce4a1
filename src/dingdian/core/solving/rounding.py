"""Rows that whole numbers keep and a fractional answer does not: sums of rows, rounded.

A sum of rows, each taken a part of once, holds for whatever the rows hold for. Where its
coefficients are rounded in favour of the answer (down on a variable's low bound, up on its high
one), the sum of whole numbers is whole, and its side may be rounded too (Chvátal, "Edmonds
polytopes and a hierarchy of combinatorial problems", 1973). Which parts: those by which the
simplex arrived at a fraction (Gomory, 1958), as far as they are halves, thirds, ... sixtieths. All
is counted in whole numbers: such a row holds without trust in floats.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from dingdian.core.solving.programme import Integers, Programme

Floats = NDArray[np.float64]

#: Parts that are tried, and how near a float has to be to one.
PARTS, NEAR = np.arange(2, 61), 1e-6
#: So many fractions are looked at, sums of so many entries and more are left, and a row has to cut
#: off so much of its length.
LOOKED_AT, DENSE, DEEP = 400, 30_000, 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class Rounded:
    """A row: a sum that is at most ``most``."""

    variables: Integers
    coefficients: Integers
    most: int


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """A programme with its fractional answer ``found``.

    ``turned``: 1 where a row is full, -1 where it is at its least, 0 where at neither; ``sides``:
    how much a row that is full, so turned, may be at most.
    """

    starts: Integers
    columns: Integers
    by: Integers
    turned: Integers
    sides: Integers
    low: Integers
    high: Integers
    found: Floats


def rounded(programme: Programme, highs: highspy.Highs) -> Iterator[Rounded]:
    """Rows that the answer of the linear programme in ``highs`` breaks, each once."""
    answer = highs.getSolution()
    rows = _rows(programme, np.array(answer.col_value), np.array(answer.row_value))
    apart = abs(rows.found - np.rint(rows.found)) > NEAR
    if not apart.any():
        return  # nor may HiGHS have a basis then: asked for one it would crash
    basic = np.asarray(highs.getBasicVariables()[1])  # type: ignore[attr-defined]
    fractions = np.flatnonzero((basic >= 0) & apart[np.maximum(basic, 0)])
    seen: set[bytes] = set()
    done: set[int] = set()  # variables of a row found, whose fractions are mostly of one kind
    for at in fractions[:LOOKED_AT].tolist():
        if int(basic[at]) in done:
            continue
        prices = np.asarray(highs.getBasisInverseRow(at)[1])  # type: ignore[attr-defined]
        used = np.flatnonzero(abs(prices) > NEAR)
        for way in (1, -1):
            parts = _parts(way * prices[used] * np.where(rows.turned[used], rows.turned[used], 1))
            if parts is None:
                continue
            row = _summed(rows, used[parts[0] > 0], parts[0][parts[0] > 0], parts[1])
            if row is None:
                continue
            done.update(row.variables.tolist())
            if (key := row.variables.tobytes() + row.coefficients.tobytes()) not in seen:
                seen.add(key)
                yield row
            break


def _rows(programme: Programme, found: Floats, sums: Floats) -> _Rows:
    full, least = (
        np.array([side is not None and abs(side - each) < NEAR for side, each in pairs], bool)
        for pairs in (
            zip(programme.most, sums, strict=True),
            zip(programme.least, sums, strict=True),
        )
    )
    turned = np.where(full, 1, np.where(least, -1, 0))
    _, columns, by = programme.entries()
    low, high = np.array(programme.low), np.array(programme.high)
    starts = np.array(programme.starts)
    return _Rows(
        starts, columns, by, turned, turned * np.rint(sums).astype(np.int64), low, high, found
    )


def _parts(prices: Floats) -> tuple[Integers, int] | None:
    """What is left of the prices beyond whole ones, as whole numbers of the fewest parts."""
    left = prices - np.floor(prices + NEAR)
    parts = left * PARTS[:, None]
    near = abs(parts - np.rint(parts)).max(axis=1, initial=0) < NEAR
    if not near.any():
        return None
    fewest = int(near.argmax())
    return np.rint(parts[fewest]).astype(np.int64), int(PARTS[fewest])


def _summed(rows: _Rows, used: Integers, times: Integers, parts: int) -> Rounded | None:
    """The sum of some rows, each ``times`` over ``parts``, rounded; ``None`` where it is no use."""
    lengths = rows.starts[used + 1] - rows.starts[used]
    size = int(lengths.sum())
    if not size or size > DENSE or not rows.turned[used].all():
        return None
    at = np.repeat(rows.starts[used] - np.cumsum(lengths) + lengths, lengths) + np.arange(size)
    columns, back = np.unique(rows.columns[at], return_inverse=True)
    total = np.zeros(len(columns), np.int64)
    np.add.at(total, back.reshape(-1), rows.by[at] * np.repeat(times * rows.turned[used], lengths))
    low, high, found = rows.low[columns], rows.high[columns], rows.found[columns]
    down = total // parts
    up = (high - found < found - low) & (total % parts != 0)
    by = np.where(low == high, 0, down + up)
    most = int(times @ rows.sides[used])
    most += int((by * parts - total) @ np.where(up, high, low))
    most //= parts
    kept = by != 0
    deep = float(by[kept] @ found[kept]) - most
    if not kept.any() or deep < DEEP * float(np.sqrt((by[kept] ** 2).sum())):
        return None
    return Rounded(columns[kept], by[kept], most)
