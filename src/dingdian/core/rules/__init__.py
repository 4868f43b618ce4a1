"""Rule families: one frozen shape and one pure engine each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.policy import Rule
from dingdian.core.rules import later, shapes

#: Family name -> its shape. The shelf may hold these families and no other.
SHAPES: Mapping[str, type[Rule]] = MappingProxyType(
    {
        "assessment": later.AssessmentRule,
        "benchmark": shapes.BenchmarkRule,
        "checklist": later.ChecklistRule,
        "clock": later.ClockRule,
        "coverage": later.CoverageRule,
        "duty": later.DutyRule,
        "exemption": shapes.ExemptionRule,
        "freeze": shapes.FreezeRule,
        "minimum": shapes.MinimumRule,
        "pool": shapes.PoolRule,
        "priority": shapes.PriorityRule,
        "red_line": shapes.RedLineRule,
        "release_quota": shapes.ReleaseQuotaRule,
        "report": shapes.ReportRule,
        "resources": shapes.ResourcesRule,
        "scope": shapes.ScopeRule,
        "spacing": later.SpacingRule,
        "stock_cap": shapes.StockCapRule,
        "structure": shapes.StructureRule,
        "yearly_places": shapes.YearlyPlacesRule,
    }
)
