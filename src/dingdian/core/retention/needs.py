"""How many have to stay at the least: what each rule needs alone, and all of them together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from dingdian.core.retention.model import build, cells_of
from dingdian.core.retention.question import Integers, Question
from dingdian.core.solving import Answer, Limits, Sense, solve


class Rule(StrEnum):
    """What may ask that institutions stay: agreements that run on, minimums, localities."""

    HELD = "held"
    MINIMUMS = "minimums"
    LOCALITIES = "localities"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True, eq=False)
class Need:
    """The fewest that have to stay by a rule; ``answer.goals[0]`` has value and bound."""

    rule: Rule
    answer: Answer[Integers]


def needs(question: Question, limits: Limits) -> Iterator[Need]:
    """What each rule needs alone, and all together, whatever the caps are.

    Where the bound of the last is above the cap, the rules and the cap cannot all be kept.
    """
    nobody = np.zeros(question.stock, bool)
    free = replace(question, held=nobody, minimums=(), hold_localities=False, caps={})
    yield Need(Rule.HELD, _fewest(replace(free, held=question.held), limits))
    yield Need(Rule.MINIMUMS, _fewest(replace(free, minimums=question.minimums), limits))
    if question.hold_localities:
        yield Need(Rule.LOCALITIES, _fewest(replace(free, hold_localities=True), limits))
    yield Need(Rule.TOGETHER, _fewest(replace(question, caps={}), limits))


def _fewest(question: Question, limits: Limits) -> Answer[Integers]:
    cells = cells_of(question)
    built = build(question, (), cells, np.ones(len(cells), bool), any_number=True)
    ones = np.ones(question.stock, np.int64)
    aim = built.programme.goal("institutions", Sense.LEAST, built.take, ones)
    return solve(built.programme, aim, limits, start=(~question.leaving).astype(np.int64))
