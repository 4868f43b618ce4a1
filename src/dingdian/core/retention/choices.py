"""Readings that decide who is proposed to go, and the options that are acted on."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

#: In what order aspects are weighed; a rule of family ``stock_cap`` gives tiers for each option.
ORDER = "retention_order"
OPTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {ORDER: ("score_first", "coverage_first", "even_first", "localities_weighed")}
)
