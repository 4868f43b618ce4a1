"""Rule families: one frozen shape and one pure engine each.

``decide`` is the only way in: it answers for rules that are not in force, whose readings
are open, or whose engine comes later, and hands the rest to the engine of the family.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from dingdian.core.findings import Outcome, State
from dingdian.core.policy import InForce, Rule
from dingdian.core.rules import (
    assessment,
    benchmark,
    bottom_rank,
    checklist,
    clock,
    coverage,
    eligibility,
    evaluation,
    freeze,
    grade_moves,
    later,
    minimum,
    panel,
    person_points,
    pool,
    ranking,
    red_line,
    release_quota,
    report,
    score_sheet,
    service_gate,
    spacing,
    stated,
    stock_cap,
    structure,
    survey,
    yearly_places,
)
from dingdian.core.rules.choices import unclear
from dingdian.core.rules.facts import Facts
from dingdian.core.workings import reason

Engine = Callable[[InForce[Any], Facts], Outcome]

#: Family -> its shape and its engine. The shelf may hold these families and no other.
FAMILIES: Mapping[str, tuple[type[Rule], Engine]] = MappingProxyType(
    {
        "assessment": (assessment.AssessmentRule, stated.decide),
        "benchmark": (benchmark.BenchmarkRule, benchmark.decide),
        "bottom_rank": (bottom_rank.BottomRankRule, stated.decide),
        "checklist": (checklist.ChecklistRule, checklist.decide),
        "clock": (clock.ClockRule, stated.decide),
        "coverage": (coverage.CoverageRule, coverage.decide),
        "duty": (later.DutyRule, later.decide),
        "eligibility": (eligibility.EligibilityRule, stated.decide),
        "evaluation": (evaluation.EvaluationRule, stated.decide),
        "exemption": (stated.ExemptionRule, stated.decide),
        "freeze": (freeze.FreezeRule, freeze.decide),
        "grade_moves": (grade_moves.GradeMovesRule, stated.decide),
        "minimum": (minimum.MinimumRule, minimum.decide),
        "panel": (panel.PanelRule, stated.decide),
        "person_points": (person_points.PersonPointsRule, stated.decide),
        "pool": (pool.PoolRule, pool.decide),
        "priority": (stated.PriorityRule, stated.decide),
        "ranking": (ranking.RankingRule, stated.decide),
        "red_line": (red_line.RedLineRule, red_line.decide),
        "release_quota": (release_quota.ReleaseQuotaRule, release_quota.decide),
        "report": (report.ReportRule, report.decide),
        "resources": (stated.ResourcesRule, stated.decide),
        "scope": (stated.ScopeRule, stated.decide),
        "score_sheet": (score_sheet.ScoreSheetRule, stated.decide),
        "service_gate": (service_gate.ServiceGateRule, stated.decide),
        "spacing": (spacing.SpacingRule, spacing.decide),
        "stock_cap": (stock_cap.StockCapRule, stock_cap.decide),
        "structure": (structure.StructureRule, structure.decide),
        "survey": (survey.SurveyRule, stated.decide),
        "yearly_places": (yearly_places.YearlyPlacesRule, yearly_places.decide),
    }
)

#: Family -> its shape, for the reader of the shelf.
SHAPES: Mapping[str, type[Rule]] = MappingProxyType(
    {family: shape for family, (shape, _) in FAMILIES.items()}
)


def decide(in_force: InForce[Any], facts: Facts) -> Outcome:
    """What a rule says on the day of ``facts``: findings, limits, and where no number is given."""
    if in_force.value is None:
        return Outcome((facts.finding(in_force, facts.root, State.NOT_IN_FORCE),))
    if facts.chosen(in_force.rule.unless):
        aside = reason("reading_sets_aside", reading=", ".join(in_force.rule.unless))
        return Outcome((facts.finding(in_force, facts.root, State.NOT_IN_FORCE, why=aside),))
    _, engine = FAMILIES[in_force.rule.family]
    if engine is not later.decide and (why := unclear(in_force.rule, facts.policy)):
        return Outcome((facts.finding(in_force, facts.root, State.UNCLEAR, why=why),))
    return engine(in_force, facts)


__all__ = ["FAMILIES", "SHAPES", "Facts", "decide"]
