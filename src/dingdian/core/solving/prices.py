"""What prices of rows prove: a bound in whole numbers, and how far an answer can stray from it.

Weak duality. Every row has a price, what one more of its sum is worth to the goal; what a variable
is worth beyond the prices of its rows is its reduced worth. No answer is worth more than the rows'
sides at their prices and the variables' better bounds at their reduced worths together, whatever
the prices. So they may come from floating point: they are rounded to parts of one, and the bound is
counted. An answer that has to be worth nearly as much can stray from those sides and bounds only
as far as its prices and reduced worths allow (Dantzig, Fulkerson and Johnson, 1954).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dingdian.core.solving.programme import Aim, Integers, Programme

#: Prices are in parts of one, at the finest in 2^30; products of whole numbers stay below 2^61.
FINEST, ROOM = 30, 61


@dataclass(frozen=True, slots=True, eq=False)
class Priced:
    """What prices prove of a goal.

    ``limit``: no answer is worth more, in parts of ``scale``; without the constant of the goal, and
    the negative for a goal of least. ``prices``: of the rows there were, ``reduced``: the reduced
    worth of each variable, both in the same parts.
    """

    aim: Aim
    limit: int
    scale: int
    prices: Integers
    reduced: Integers

    @property
    def bound(self) -> int:
        """The value of the goal that no answer can beat."""
        return self.aim.constant + self.aim.way * (self.limit // self.scale)

    def narrowed(self, programme: Programme, value: int) -> Programme:
        """The programme with only room for answers of this value or better; some worse may stay.

        ``programme``: the one that was priced, or the same with more rows.
        """
        room = self.limit - self.scale * self.aim.way * (value - self.aim.constant)
        own = programme.copy()
        if not 0 <= room < 1 << ROOM:
            return own  # a value that beats the bound, or one that leaves room for everything
        for row in np.flatnonzero(self.prices).tolist():
            apart = room // abs(int(self.prices[row]))
            least, most = own.least[row], own.most[row]
            if self.prices[row] > 0 and most is not None:
                own.least[row] = most - apart if least is None else max(least, most - apart)
            elif self.prices[row] < 0 and least is not None:
                own.most[row] = least + apart if most is None else min(most, least + apart)
        low, high = np.array(own.low), np.array(own.high)
        far = np.where(self.reduced == 0, high - low, room // np.maximum(abs(self.reduced), 1))
        own.low = np.where(self.reduced > 0, np.maximum(low, high - far), low).tolist()
        own.high = np.where(self.reduced < 0, np.minimum(high, low + far), high).tolist()
        return own


def priced(programme: Programme, aim: Aim, prices: NDArray[np.float64]) -> Priced | None:
    """What prices of the rows prove; ``None`` where whole numbers of 64 bits cannot count it.

    ``prices``: what one more of the sum of a row adds to the value of the goal.

    >>> from dingdian.core.solving import Programme, Sense
    >>> shop = Programme()
    >>> take = shop.variables(2, low=0, high=1)
    >>> shop.row(take, [2, 3], most=4)
    0
    >>> proved = priced(shop, shop.goal("worth", Sense.MOST, take, [4, 3]), np.array([1.0]))
    >>> proved.bound, (proved.reduced // proved.scale).tolist()
    (6, [2, 0])
    >>> only = proved.narrowed(shop, 5)  # without the first it is worth 4 at most
    >>> only.low, only.high, only.least, only.most
    ([1, 0], [1, 1], [3], [4])
    """
    least, most = _sides(programme.least), _sides(programme.most)
    prices = prices * aim.way
    prices[np.isnan(np.where(prices > 0, most, least)) | ~np.isfinite(prices)] = 0
    sides = np.where(prices == 0, 0, np.where(prices > 0, most, least))
    low, high = np.array(programme.low), np.array(programme.high)
    rows, columns, by = programme.entries()
    heavy = np.bincount(columns, abs(prices[rows] * by), minlength=len(low)) + abs(aim.weights)
    widest = np.maximum(np.maximum(abs(low), abs(high)), 1)
    beyond = max((heavy * widest).max(initial=1), abs(prices * sides).max(initial=1))
    parts = min(FINEST, ROOM - 1 - math.ceil(math.log2(beyond)))
    if parts < 0:
        return None
    scale = 1 << parts
    whole = np.rint(prices * scale).astype(np.int64)
    reduced: Integers = aim.way * aim.weights * scale
    np.subtract.at(reduced, columns, whole[rows] * by)
    limit = sum((whole * sides.astype(np.int64)).tolist())
    limit += sum(np.maximum(reduced * low, reduced * high).tolist())
    return Priced(aim, limit, scale, whole, reduced)


def _sides(sides: list[int | None]) -> NDArray[np.float64]:
    return np.array([math.nan if side is None else side for side in sides], float)
