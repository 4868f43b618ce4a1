"""The plan: the whole answer for one place and year, as one frozen value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from dingdian.core.census import Census
from dingdian.core.census.canonical import fingerprint as census_fingerprint
from dingdian.core.errors import Fault
from dingdian.core.findings import Finding, Quota
from dingdian.core.fingerprint import result_fingerprint
from dingdian.core.indicators import measures_of, scopes_of
from dingdian.core.indicators.gaps import Gap, gaps, unserved_totals
from dingdian.core.period import last_day
from dingdian.core.policy import Policy
from dingdian.core.quotas import quotas
from dingdian.core.rules import Facts, decide
from dingdian.core.workings import Figure, Measure, Workings


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
    ``gaps`` are the largest localities that nobody serves, ``gap_totals`` how many there are in
    all of each stock. ``faults`` are what the check of
    the census found: shown, and part of no fingerprint.
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
    gaps: tuple[Gap, ...] = ()
    gap_totals: Mapping[str, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    @property
    def simulation(self) -> bool:
        """Whether every output must carry 测算: unissued text, what-if, or invented census."""
        what_if = self.as_if or bool(self.census.overlay)
        return self.policy.simulation or what_if or self.census.invented


def make_plan(
    census: Census,
    policy: Policy,
    *,
    year: int,
    shelf: str,
    as_if: bool = False,
    faults: Sequence[Fault] = (),
    progress: Callable[[str], None] = lambda _stage: None,
) -> Plan:
    """The plan for ``year`` of a checked census under the policy of a day.

    The stock is that of the last day of the year before. ``shelf`` is the fingerprint of the
    shelf; ``progress`` is told the stages ``measures``, ``rules``, ``quotas``, ``fingerprints``.
    """
    stock_day = last_day(year - 1)
    measures = measures_of(census)
    workings = Workings(census=census, policy=policy, measures=measures, stock_day=stock_day)
    tree = census.tree
    scopes = (tree.root, *tree.zone_scopes, *tree.districts)
    progress("measures")
    for name, measure in measures.items():
        for scope in scopes_of(measure, tree):
            workings.figure(name, scope)
    progress("rules")
    facts = Facts(workings, year)
    outcomes = [decide(rule, facts) for rule in policy.rules.values()]
    progress("quotas")
    places = quotas(facts, outcomes)
    findings = tuple(finding for outcome in outcomes for finding in outcome.findings)
    progress("fingerprints")
    marks = Fingerprints(
        census=census_fingerprint(census),
        shelf=shelf,
        result=result_fingerprint(workings.figures, findings, places),
    )
    return Plan(
        year=year,
        stock_day=stock_day,
        census=census,
        policy=policy,
        measures=measures,
        figures=MappingProxyType(workings.figures),
        findings=findings,
        quotas=places,
        scopes=scopes,
        as_if=as_if,
        fingerprints=marks,
        gaps=gaps(workings),
        gap_totals=unserved_totals(workings),
        faults=tuple(faults),
    )
