"""A case: one application with everything that a condition may ask about it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from dingdian.core.admission.application import Application, Recorded
from dingdian.core.admission.decision import Condition, Met, Stage
from dingdian.core.census.vocabulary import CHAIR_CLASSES
from dingdian.core.indicators.ledger import pool_classes
from dingdian.core.policy import InForce, Policy, Rule
from dingdian.core.spacing.terms import Side
from dingdian.core.workings import Reason, reason

#: Side of an applicant -> what the rules call those that they are about.
ABOUT = {Side.MEDICAL: "medical_institutions", Side.PHARMACY: "pharmacies"}


@dataclass(frozen=True, slots=True)
class Found:
    """What an item came to, before it is put beside its clause."""

    met: Met
    value: Fraction | dt.date | None = None
    threshold: Fraction | dt.date | None = None
    unit: str = ""
    sources: tuple[str, ...] = ()
    why: Reason | None = None
    change: Reason | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """What every condition of a rule cites.

    ``unchecked``: the clause that it rests on, or its number, is not held against the text yet, so
    that it refuses nobody.
    """

    clauses: tuple[str, ...]
    unchecked: bool


class Rules:
    """The rules of a policy as cases ask for them: by family, with what each cites."""

    def __init__(self, policy: Policy) -> None:
        """Rules without a value on the day, and those that a reading sets aside, are left out."""
        self.policy = policy
        #: Bed classes whose places are counted apart.
        self.apart = frozenset((*pool_classes(policy), *CHAIR_CLASSES))
        self._of: dict[str, list[InForce[Any]]] = defaultdict(list)
        self._cited: dict[tuple[str, Side], Cited] = {}
        for found in policy.rules.values():
            aside = any(policy.choice(n) == o for n, o in found.rule.unless.items())
            if found.value is not None and not aside:
                self._of[found.rule.family].append(found)
            for side in Side:
                clauses = clauses_for(policy, found, side)
                first = policy.clauses.get(clauses[0])
                unchecked = first is not None and first.mark != "verified"
                self._cited[found.rule.rule, side] = Cited(clauses, unchecked)

    def of(self, family: str) -> Sequence[InForce[Any]]:
        """The rules of a family in force, in the order of the layers: national ones first."""
        return self._of.get(family, ())

    def cited(self, in_force: InForce[Any], side: Side) -> Cited:
        """What the conditions of a rule cite for an applicant of a side."""
        return self._cited[in_force.rule.rule, side]


@dataclass(frozen=True, slots=True)
class Case:
    """One application on the day whose rules hold for it.

    ``decided_on`` is the day of the decision; ``day`` may be earlier, by the reading
    ``rules_of_day``. ``records`` is ``None`` where nobody looked into the records of the bureau;
    ``papers``: whether the round says at all which papers were handed in.
    """

    application: Application
    book: Rules
    day: dt.date
    decided_on: dt.date
    records: tuple[Recorded, ...] | None
    papers: bool = True

    @property
    def policy(self) -> Policy:
        """The policy of the case's day."""
        return self.book.policy

    def rules(self, family: str) -> Sequence[InForce[Any]]:
        """The rules of a family in force, in the order of the layers: national ones first."""
        return self.book.of(family)

    def condition(
        self, stage: Stage, in_force: InForce[Any], found: Found, *, item: str = ""
    ) -> Condition:
        """A condition of a rule, with its clauses and readings.

        One that would refuse on a clause that nobody has checked against its text is unclear:
        no refusal rests on it (reading ``national_memory_clauses``).
        """
        rule: Rule = in_force.rule
        cited = self.book.cited(in_force, self.application.side)
        met, why = found.met, found.why
        if met is Met.FAILED and stage not in _NO_REFUSAL and cited.unchecked:
            met, why = Met.UNCLEAR, reason("clause_unchecked", clause=cited.clauses[0])
        return Condition(
            stage=stage,
            rule=rule.rule,
            met=met,
            item=item,
            clauses=cited.clauses,
            value=found.value,
            threshold=found.threshold,
            shortfall=_shortfall(found),
            unit=found.unit,
            sources=found.sources,
            readings=rule.readings,
            principle=rule.principle,
            why=why,
            change=found.change,
        )


#: Stages that ask for something or put off, and refuse nobody.
_NO_REFUSAL = frozenset({Stage.MATERIALS, Stage.RED_LINE, Stage.PLACES})


def _shortfall(found: Found) -> Fraction | None:
    """How much a failed number is short of what is asked."""
    value, threshold = found.value, found.threshold
    if found.met is Met.FAILED and isinstance(value, Fraction) and isinstance(threshold, Fraction):
        return threshold - value if value < threshold else None
    return None


def clauses_of(in_force: InForce[Any]) -> tuple[str, ...]:
    """The clauses of a rule, that of the value in force first."""
    own = (in_force.dated.clause,) if in_force.dated else ()
    return tuple(dict.fromkeys((*own, *in_force.rule.clauses)))


def clauses_for(policy: Policy, in_force: InForce[Any], side: Side) -> tuple[str, ...]:
    """Those of them that are about a side; all, where none of them is.

    A rule about both sides carries a clause of the order for each.
    """
    every = clauses_of(in_force)
    kept = [each for each in every if _is_about(policy, each, side)]
    return tuple(kept) or every


def _is_about(policy: Policy, name: str, side: Side) -> bool:
    clause = policy.clauses.get(name)
    document = policy.documents.get(clause.document) if clause else None
    return document is None or not document.about or ABOUT[side] in document.about
