"""What a reading moves: plans under two of its options, held against one another.

A plan's results are the findings of its rules, its quotas, and its figures. What a reading
moves by itself has to be named under ``moves``: a rule (with the figures it asks for and
makes), a measure or a resource. All that is computed from what moved follows. A figure that
no rule asks for need not be named where it cites the reading.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from fractions import Fraction

from dingdian.actions.evaluate_plan import evaluate_plan
from dingdian.core.census import Census
from dingdian.core.findings import Limit
from dingdian.core.plan import Plan
from dingdian.core.workings import Figure
from dingdian.storage.policy_yaml import shelf_for


def plan_under(
    place: str, census: Census, choices: Mapping[str, str], numbers: Mapping[str, Fraction]
) -> Plan:
    """The plan of a census under a place's policy, some readings chosen or numbered otherwise."""
    book, _ = shelf_for(place)
    layers = {
        name: dataclasses.replace(
            layer,
            readings=tuple(
                each.model_copy(
                    update={
                        "chosen": choices.get(each.reading, each.chosen),
                        "number": numbers.get(each.reading, each.number),
                    }
                )
                for each in layer.readings
            ),
        )
        for name, layer in book.layers.items()
    }
    book = dataclasses.replace(book, layers=layers)
    return evaluate_plan(census, book, place=place, year=2026, as_if=True)


def _value(plan: Plan, key: str) -> object:
    figure = plan.figures.get(key)
    return figure and figure.value


def changed_figures(one: Plan, other: Plan) -> set[str]:
    """The keys whose number differs in two plans that both have it."""
    keys = one.figures.keys() & other.figures.keys()
    return {key for key in keys if _value(one, key) != _value(other, key)}


def changed_rules(one: Plan, other: Plan) -> set[str]:
    """The rules whose findings differ in what they say or count."""
    return {rule for rule in one.policy.rules if _said(one, rule) != _said(other, rule)}


def _said(plan: Plan, rule: str) -> list[object]:
    own = [each for each in plan.findings if each.rule == rule]
    numbers = [[(role, _value(plan, key)) for role, key in each.numbers] for each in own]
    return [(e.scope, e.state, e.note, its) for e, its in zip(own, numbers, strict=True)]


def changed_quotas(one: Plan, other: Plan) -> set[str]:
    """The resources of which another number is handed out somewhere."""

    def handed_out(plan: Plan) -> dict[tuple[str, str], object]:
        return {(q.resource, q.scope): q.key and _value(plan, q.key) for q in plan.quotas}

    before, after = handed_out(one), handed_out(other)
    return {at[0] for at in before.keys() | after.keys() if before.get(at) != after.get(at)}


def _limits(plans: tuple[Plan, Plan], resource: str) -> list[Limit]:
    return [each for p in plans for q in p.quotas if q.resource == resource for each in q.limits]


def names_of(plans: tuple[Plan, Plan], key: str) -> set[str]:
    """The measure of a figure, and the rules and resources it belongs to."""
    measure = plans[0].figures[key].measure
    found = {measure, *measure.split(".")}
    for resource in {quota.resource for quota in plans[0].quotas}:
        if measure in {f"{part}_{resource}" for part in ("quota", "quota_own", "quota_limit")}:
            found |= {resource, *(limit.rule for limit in _limits(plans, resource))}
    return found


def asked(plan: Plan, rule: str) -> set[str]:
    """The measures that a rule shows or rests on."""
    keys = {key for each in plan.findings if each.rule == rule for _, key in each.numbers}
    keys |= {limit.key for quota in plan.quotas for limit in quota.limits if limit.rule == rule}
    inputs = {below for key in keys for _, below in plan.figures[key].inputs}
    return {plan.figures[key].measure for key in keys | inputs}


def _set_by(plan: Plan, rule: str) -> set[object]:
    """The limits that a rule sets."""
    limits = {each for quota in plan.quotas for each in quota.limits if each.rule == rule}
    return {(each.resource, each.scope, _value(plan, each.key)) for each in limits}


def moved(one: Plan, other: Plan) -> set[str]:
    """The names of everything that differs: measures, rules, resources."""
    found = changed_rules(one, other) | changed_quotas(one, other)
    found |= {rule for rule in one.policy.rules if _set_by(one, rule) != _set_by(other, rule)}
    for key in changed_figures(one, other):
        found |= names_of((one, other), key)
    return found


def _rests_on(figure: Figure) -> set[str]:
    """The figures that one is computed from, or was applied after weighing."""
    weighed = figure.because.compared if figure.because else ()
    ends = {end for each in weighed for end in (each.left, each.right)}
    return ends | {key for _, key in figure.inputs}


def unnamed(one: Plan, other: Plan, reading: str, moves: set[str]) -> set[str]:
    """What the reading moves by itself and does not name."""
    plans, changed = (one, other), changed_figures(one, other)
    measures = {one.figures[key].measure for key in changed}
    of_rules = {rule: asked(one, rule) | asked(other, rule) for rule in one.policy.rules}
    named = moves.union(*(its for rule, its in of_rules.items() if rule in moves))
    results = set().union(*of_rules.values())
    found = set()
    for key in changed:
        figure = one.figures[key]
        follows = {each for p in plans for each in _rests_on(p.figures[key])} & changed
        cites = reading in figure.readings and figure.measure not in results
        if not follows and not cites and not names_of(plans, key) & named:
            found.add(figure.measure)
    found |= {rule for rule in changed_rules(one, other) - moves if not of_rules[rule] & measures}
    for resource in changed_quotas(one, other) - moves:
        limits = _limits(plans, resource)
        if not {each.rule for each in limits} & moves and not {e.key for e in limits} & changed:
            found.add(resource)
    return found
