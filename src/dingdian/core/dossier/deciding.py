"""Whether a step may be taken: the table first, then its facts, then the guards."""

from __future__ import annotations

from collections.abc import Iterator

from dingdian.core.dossier.facts import FACTS, fits
from dingdian.core.dossier.guards import Asked, guards
from dingdian.core.dossier.stages import STAGES, Kind
from dingdian.core.dossier.state import State, possible
from dingdian.core.dossier.steps import OFFICES, REPEATED, REPEATED_IF_SUBSTANTIAL, STEPS, Step
from dingdian.core.errors import Fault, fault


def decide(asked: Asked, state: State) -> tuple[Fault, ...]:
    """Everything that stands against a step; nothing: it may be taken."""
    step = STEPS.get(asked.step)
    if step is None:
        return (fault("step_unknown", step=asked.step, known=", ".join(STEPS)),)
    if found := (*_table(asked, state, step),):
        return found
    if found := (*_facts(asked, step),):
        return found
    return tuple(guards(asked, state))


def _table(asked: Asked, state: State, step: Step) -> Iterator[Fault]:
    name = step.name
    if state.stage not in step.sources.get(state.kind, ()):
        can = [STEPS[each].name for each in possible(state)]
        stage = STAGES[state.stage].name
        yield fault(
            "step_not_possible",
            step=name.en,
            step_zh=name.zh,
            stage=stage.en,
            stage_zh=stage.zh,
            possible=", ".join(each.en for each in can) or "nothing",
            possible_zh="、".join(each.zh for each in can) or "无",
        )
    if step.office not in asked.offices:
        office = OFFICES[step.office]
        yield fault(
            "step_not_theirs",
            step=name.en,
            step_zh=name.zh,
            office=office.en,
            office_zh=office.zh,
        )


def _facts(asked: Asked, step: Step) -> Iterator[Fault]:
    for name in step.needs:
        if not asked.facts.get(name, "").strip():
            words = FACTS[name].name
            yield fault("step_fact_missing", fact=words.en, fact_zh=words.zh)
    for name, text in asked.facts.items():
        if name not in (*step.needs, *step.may):
            yield fault("step_fact_unknown", fact=name, known=", ".join((*step.needs, *step.may)))
        elif text and not fits(name, text):
            words = FACTS[name].name
            yield fault("step_fact_wrong", fact=words.en, fact_zh=words.zh, value=text)


def repeated(kind: Kind, *, substantial: bool) -> tuple[str, ...]:
    """Which steps are taken again once another version is chosen, in the order of the table."""
    again = (*REPEATED, *(REPEATED_IF_SUBSTANTIAL if substantial else ()))
    return tuple(
        name
        for name in STEPS
        if name in again and name != "extend_consultation" and kind in STEPS[name].sources
    )
