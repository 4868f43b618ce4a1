"""How many have to stay at the least: what each rule needs, all together, and each district."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from dingdian.core.retention.model import build, cells_of
from dingdian.core.retention.question import Integers, Mask, Question
from dingdian.core.solving import Answer, Limits, Sense, solve


class Rule(StrEnum):
    """What may ask that institutions stay: agreements that run on, minimums, localities.

    ``DISTRICT``: all rules in one district, whoever stays elsewhere.
    """

    HELD = "held"
    MINIMUMS = "minimums"
    LOCALITIES = "localities"
    TOGETHER = "together"
    DISTRICT = "district"


@dataclass(frozen=True, slots=True, eq=False)
class Need:
    """The fewest that have to stay by a rule; ``answer.goals[0]`` has value and bound.

    ``district``: the number of the district whose institutions are counted; ``None``: all are.
    """

    rule: Rule
    answer: Answer[Integers]
    district: int | None = None


def needs(question: Question, limits: Limits) -> Iterator[Need]:
    """What each rule needs alone, and all together, whatever the caps are.

    Where the bound of them together is above the cap, the rules and the cap cannot all be kept. A
    district with a cap of its own is asked what the rules need in it, everybody elsewhere staying:
    where that is more than its cap, the rules and that cap cannot both be kept.
    """
    nobody = np.zeros(question.stock, bool)
    free = replace(question, held=nobody, minimums=(), hold_localities=False, caps={})
    yield Need(Rule.HELD, _fewest(replace(free, held=question.held), limits))
    yield Need(Rule.MINIMUMS, _fewest(replace(free, minimums=question.minimums), limits))
    if question.hold_localities:
        yield Need(Rule.LOCALITIES, _fewest(replace(free, hold_localities=True), limits))
    uncapped = replace(question, caps={})
    yield Need(Rule.TOGETHER, _fewest(uncapped, limits))
    for district in question.caps:
        within = question.district == district
        alone = replace(uncapped, held=question.held | (~within & ~question.leaving))
        yield Need(Rule.DISTRICT, _fewest(alone, limits, within=within), district)


def _fewest(question: Question, limits: Limits, *, within: Mask | None = None) -> Answer[Integers]:
    """The fewest that have to stay, of those ``within`` where it is given."""
    cells = cells_of(question)
    built = build(question, (), cells, np.ones(len(cells), bool), any_number=True)
    counted = np.ones(question.stock, np.int64) if within is None else within.astype(np.int64)
    aim = built.programme.goal("institutions", Sense.LEAST, built.take, counted)
    return solve(built.programme, aim, limits, start=(~question.leaving).astype(np.int64))
