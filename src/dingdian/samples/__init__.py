"""Invented cities to try the program with: seeded, and saying of themselves that they are."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.samples.dx import daxinganling
from dingdian.samples.sample import Maker, Sample
from dingdian.samples.sy import shenyang

#: Name of a sample -> what makes it from a seed.
SAMPLES: Mapping[str, Maker] = MappingProxyType(
    {"daxinganling": daxinganling, "shenyang": shenyang}
)

__all__ = ["SAMPLES", "Maker", "Sample", "daxinganling", "shenyang"]
