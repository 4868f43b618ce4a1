"""What cells can give together: exactly what their institutions can, each above its minimum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from dingdian.core.transfer.question import Holder

#: District, level, some of their pools, and how many beds of these can be given at most.
Room = tuple[str, str, tuple[str, ...], int]


def rooms_of(holders: Iterable[Holder]) -> Iterator[Room]:
    """For each district and level, and each set of its pools, how many beds can be given.

    An institution gives of its pools what it has, and in all what stands above its minimum. Cells
    can give together exactly what keeps every such limit on the sums of their institutions (sums
    of polymatroids are one, whole numbers included); limits that follow from those of single pools
    are left out. ``holders`` are those that may be touched.

    >>> from dingdian.core.transfer.question import Holder
    >>> list(rooms_of([Holder("a", "d", "primary", {"x": 3, "y": 2}, least=1)]))
    [('d', 'primary', ('x',), 3), ('d', 'primary', ('y',), 2), ('d', 'primary', ('x', 'y'), 4)]
    """
    groups: dict[tuple[str, str], list[Holder]] = {}
    for each in holders:
        groups.setdefault((each.district, each.level), []).append(each)
    for (district, level), its in sorted(groups.items()):
        pools = sorted({pool for each in its for pool in each.beds})
        if not pools:
            continue
        sets = [one for size in range(1, len(pools) + 1) for one in combinations(pools, size)]
        chosen = np.array([[pool in one for one in sets] for pool in pools], np.int64)
        beds = np.array([[each.beds.get(pool, 0) for pool in pools] for each in its], np.int64)
        room = np.array([[each.room] for each in its], np.int64)
        most = np.minimum(beds @ chosen, room).sum(axis=0).tolist()
        alone = dict(zip(pools, most, strict=False))
        for one, n in zip(sets, most, strict=True):
            if len(one) == 1 or n < sum(alone[pool] for pool in one):
                yield district, level, one, n
