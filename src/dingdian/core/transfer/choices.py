"""Readings that decide how beds could move, and the options that are acted on."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

#: Level -> the reading whose number is the size that its institutions keep.
SIZES: Mapping[str, str] = MappingProxyType(
    {level: f"minimum_size_{level}" for level in ("tertiary", "secondary", "primary")}
)
STANDARD, UNTOUCHED = "standard", "untouched"
OPTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    dict.fromkeys(SIZES.values(), (STANDARD, UNTOUCHED))
)
