"""The smallest set of rules that cannot hold together, and how near one could come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from dingdian.core.solving import Limits, Sense, Status, solve
from dingdian.core.transfer.model import model_of
from dingdian.core.transfer.question import Measure, Question, Rule


@dataclass(frozen=True, slots=True)
class Clash:
    """Rules that nothing keeps together, none of which can be left out.

    ``smallest``: it is proved that no set of fewer rules clashes; without it the limits ended the
    search first. ``reached``: for each measure that one of the rules holds, the least it can come
    to under the others; missing where the limits ended before that was known, or nothing bounds it.
    """

    rules: tuple[Rule, ...]
    smallest: bool
    reached: Mapping[Measure, int] = field(default_factory=dict)


def smallest_clash(question: Question, limits: Limits) -> Clash | None:
    """The smallest set of rules of ``question`` that clash; ``None`` where none is found to.

    Of the rules that some transfer keeps the others are a set that every clash has to share a rule
    with. A smallest set that shares one with each such set known is tried: if nothing keeps it, it
    is the answer, and no smaller one exists; else what keeps it, and as many more as possible,
    gives another such set. (Implicit hitting sets, exact while the limits suffice.)
    """
    asked = _Asked(question, limits)
    every = question.rules()
    others: list[frozenset[Rule]] = []
    while (tried := _smallest_sharing(every, others)) is not None:
        if asked.kept(tried) is False:
            rules = tuple(rule for rule in every if rule in tried)
            return Clash(rules, not asked.unsure, _reached(asked, rules))
        kept = set(tried)
        for rule in every:
            if rule not in kept and asked.kept(frozenset((*kept, rule))) is not False:
                kept.add(rule)
        if len(kept) == len(every):
            return None
        others.append(frozenset(every) - kept)
    return None


def _smallest_sharing(
    every: Sequence[Rule], others: Iterable[frozenset[Rule]]
) -> frozenset[Rule] | None:
    """The first smallest set that shares a rule with each of ``others``.

    >>> two = (frozenset((Rule.TOTAL, Rule.POOLS)), frozenset((Rule.POOLS, Rule.TAKERS)))
    >>> _smallest_sharing((Rule.TOTAL, Rule.POOLS, Rule.TAKERS), two)
    frozenset({<Rule.POOLS: 'pools'>})
    """
    known = list(others)
    for size in range(len(every) + 1):
        for chosen in map(frozenset, combinations(every, size)):
            if all(chosen & each for each in known):
                return chosen
    return None


class _Asked:
    """Whether rules can hold together; what the limits left open counts as if they could."""

    def __init__(self, question: Question, limits: Limits) -> None:
        self.question, self.limits = question, limits
        self.unsure = False
        self.known: dict[frozenset[Rule], bool | None] = {}

    def kept(self, rules: frozenset[Rule]) -> bool | None:
        """Whether something keeps them all; ``None`` where the limits ended first."""
        if rules not in self.known:
            self.known[rules] = self._kept(rules)
        return self.known[rules]

    def _kept(self, rules: frozenset[Rule]) -> bool | None:
        model = model_of(self.question, rules)
        nothing = model.programme.goal("kept", Sense.LEAST, model.give, 0 * model.give)
        found = solve(model.programme, nothing, self.limits).status
        if found is Status.UNKNOWN:
            self.unsure = True
            return None
        return found is not Status.INFEASIBLE

    def least(self, measure: Measure, rules: frozenset[Rule]) -> int | None:
        """The least that a measure comes to under rules; ``None`` where that is not proved."""
        model = model_of(self.question, rules)
        found = solve(model.programme, model.aim(measure), self.limits)
        return found.goals[0].value if found.status is Status.OPTIMAL else None


def _reached(asked: _Asked, rules: Sequence[Rule]) -> Mapping[Measure, int]:
    found = {}
    for rule in rules:
        if (measure := rule.measure) is not None:
            least = asked.least(measure, frozenset(rules) - {rule})
            if least is not None:
                found[measure] = least
    return found
