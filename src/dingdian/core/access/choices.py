"""Readings that access rests on, and the options that are acted on."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.access.decay import Decay, GaussianToRim, Steps

REACH, DECAY, CAPACITY = "access_reach", "access_decay", "access_capacity"
CIRCLE, METRES = "circle", "metres"
EVEN, THIRDS, BELL = "even", "thirds", "bell"
CONTRACTED, OPEN, EACH = "contracted", "open", "each"
OPTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {REACH: (CIRCLE, METRES), DECAY: (EVEN, THIRDS, BELL), CAPACITY: (CONTRACTED, OPEN, EACH)}
)
#: The weights of three equal steps (Luo and Qi 2009, for 10, 20 and 30 minutes).
THREE = (1.0, 0.68, 0.22)


def decay_of(option: str, reach: int) -> Decay:
    """The decay that an option of ``access_decay`` means for what is within ``reach``.

    >>> decay_of("thirds", 900)
    Steps(edges=(300.0, 600.0, 900), weights_of=(1.0, 0.68, 0.22))
    """
    if option == THIRDS:
        return Steps((reach / 3, 2 * reach / 3, reach), THREE)
    return GaussianToRim(reach) if option == BELL else Steps((reach,), (1.0,))
