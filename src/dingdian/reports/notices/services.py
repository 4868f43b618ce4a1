"""The annexes of an agreement: services by stage, beds by class, steps for the last by rank."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dingdian.core.census.vocabulary import BED_CLASSES, SERVICES
from dingdian.core.lifecycle.stages import STAGES, Stage
from dingdian.core.lifecycle.state import State
from dingdian.core.lifecycle.terms import Terms
from dingdian.core.rules.bottom_rank import BottomRankRule

#: End that is set -> the stage before it.
_STAGE_BEFORE = {"guidance_ended": Stage.GUIDANCE, "trial_ended": Stage.TRIAL}


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service of an agreement, in words whether it is open, and the clause that closes it."""

    name: str
    opened: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class BedRow:
    """Contracted beds of a class."""

    name: str
    n: int


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step for one in the bottom by rank: from which year in a row at the bottom on."""

    step: str
    text: str
    from_year: int


def stages_of(state: State) -> tuple[Stage, ...]:
    """The stages that an agreement goes through from where it stands, in their order."""
    ahead = (stage for event, stage in _STAGE_BEFORE.items() if event in state.scheduled)
    return tuple(dict.fromkeys((state.stage, *ahead, Stage.IN_FORCE)))


def service_rows(state: State, terms: Terms, day: dt.date) -> tuple[ServiceRow, ...]:
    """The services that an agreement covers, in the order of the vocabulary."""
    closed: dict[str, list[Stage]] = {}
    clauses: dict[str, tuple[str, bool]] = {}
    for stage in stages_of(state):
        for service, gate in terms.closed_services(replace(state, stage=stage), day).items():
            closed.setdefault(service, []).append(stage)
            clauses[service] = gate.dated.clause if gate.dated else "", gate.rule.principle
    return tuple(_row(each, closed.get(each, []), clauses.get(each)) for each in state.services)


def _row(service: str, closed: list[Stage], rule: tuple[str, bool] | None) -> ServiceRow:
    name = SERVICES[service].zh
    if rule is None:
        return ServiceRow(name, "开通")
    clause, principle = rule
    stages = "、".join(STAGES[each].name.zh for each in closed)
    said = f"{stages}期间" if not stages.endswith("期") else f"{stages}内"
    shut = "原则上不开通" if principle else "不开通"
    return ServiceRow(name, f"{said}{shut}，期满后开通", clause)


def bed_rows(state: State) -> tuple[BedRow, ...]:
    """Contracted beds by class, in the order of the vocabulary; a class without any left out."""
    return tuple(
        BedRow(term.zh, state.beds[name])
        for name, term in BED_CLASSES.items()
        if state.beds.get(name)
    )


def step_rows(terms: Terms, day: dt.date) -> tuple[StepRow, ...]:
    """The steps of the ladder in force, from the mildest on; none where its reading says so."""
    return tuple(_steps(terms, day))


def _steps(terms: Terms, day: dt.date) -> Iterator[StepRow]:
    for each in terms.policy(day).rules.values():
        rule = each.rule
        if not isinstance(rule, BottomRankRule) or each.value is None:
            continue
        if terms.choice(day, rule.use) == "proposed":
            for step in each.value.steps:
                yield StepRow(step.step, step.text, int(step.from_year))
