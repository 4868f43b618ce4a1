"""The plan: the whole answer for one place and year, as one frozen value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from dingdian.core.census import Census
from dingdian.core.findings import Finding, Quota
from dingdian.core.policy import Policy
from dingdian.core.workings import Figure, Measure


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """SHA-256 (hex) of what a plan was made from and of what came out.

    The code version stands beside them and is part of none.
    """

    census: str
    shelf: str
    result: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan for ``year``: stock on ``stock_day``, rules of ``policy.day``.

    ``figures`` holds every number by key, in the order made; ``findings`` are in the order
    of the shelf, ``quotas`` by resource and district. ``scopes`` are the areas of the
    tables: whole area, zones, districts. ``as_if`` marks a what-if under another city's policy.
    """

    year: int
    stock_day: dt.date
    census: Census
    policy: Policy
    measures: Mapping[str, Measure]
    figures: Mapping[str, Figure]
    findings: tuple[Finding, ...]
    quotas: tuple[Quota, ...]
    scopes: tuple[str, ...]
    as_if: bool
    fingerprints: Fingerprints

    @property
    def simulation(self) -> bool:
        """Whether every output must carry 测算: unissued text, what-if, or invented census."""
        return self.policy.simulation or self.as_if or self.census.invented
