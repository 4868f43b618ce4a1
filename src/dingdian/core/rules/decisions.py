"""Recorded decisions about red lines: which trigger each is about, and which lifting ends which.

A decision is about one trigger, of the line whose clause it names or of every line. A lifting
ends the decision that it names, or without a name all that stand about its trigger; other
circumstances (等情形) are triggers of their own, so an unnamed lifting ends one only where no
second one stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from dingdian.core.census import Census, Selection, Test, Where
from dingdian.core.census.places import place_of
from dingdian.core.errors import Fault, fault
from dingdian.core.policy import Policy
from dingdian.core.rules.facts import Facts
from dingdian.core.workings import Figure, Reason, reason

TABLE = "red_line_decisions"
#: The trigger of circumstances that the text does not list.
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Decision:
    """A row of the ledger; ``clause`` and ``lifts`` are empty where it names none."""

    number: str
    decision: str
    decided_on: dt.date
    clause: str
    lifts: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Matter:
    """A decision that set a line, with the one that lifted it; one of them may be missing.

    A lifting without a setting is about evidence that acted by itself.
    """

    started: Decision | None
    lifted: Decision | None = None

    @property
    def last(self) -> Decision:
        """The decision that holds now.

        Raises:
            ValueError: the matter is empty.
        """
        found = self.lifted or self.started
        if found is None:
            raise ValueError("a matter is of one decision at least")
        return found


def matters(facts: Facts, trigger: str, clauses: Collection[str]) -> tuple[Matter, ...]:
    """The decisions about a trigger of the line with these clauses, up to the day, in pairs.

    Those that stand come last, in the order they were set; before them the lifted ones, in
    the order they were lifted.
    """
    open_ones: list[Matter] = []
    closed: list[Matter] = []
    for each in _about(facts, trigger, clauses):
        if each.decision == "set":
            open_ones.append(Matter(each))
            continue
        ends = _ended_by(each, open_ones, alone=trigger == OTHER)
        closed += [replace(matter, lifted=each) for matter in ends] or [Matter(None, each)]
        open_ones = [matter for matter in open_ones if matter not in ends]
    return (*closed, *open_ones)


def _ended_by(lift: Decision, standing: list[Matter], *, alone: bool) -> list[Matter]:
    """The standing matters that a lifting ends; ``alone``: without a name one at most."""
    if lift.lifts:
        return [each for each in standing if each.started and each.started.number == lift.lifts]
    return [] if alone and len(standing) > 1 else list(standing)


def _about(facts: Facts, trigger: str, clauses: Collection[str]) -> list[Decision]:
    table = facts.workings.census.tables[TABLE]
    found = [
        Decision(
            str(row["number"]),
            str(row["decision"]),
            row["decided_on"],
            str(row["clause"] or ""),
            str(row["lifts"] or ""),
            str(row["evidence"] or ""),
        )
        for row in map(table.row, range(len(table)))
        if row["trigger"] == trigger
        and isinstance(row["decided_on"], dt.date)
        and row["decided_on"] <= facts.day
        and (row["clause"] is None or row["clause"] in clauses)
    ]
    return sorted(found, key=lambda each: (each.decided_on, each.decision != "set", each.number))


def decisions_of_no_line(census: Census, policy: Policy) -> Iterator[Fault]:
    """Decisions about a clause or trigger that no red line in force has: nothing comes of them."""
    lines = [
        (frozenset(each.rule.clauses), frozenset((*each.value.triggers, OTHER)))
        for each in policy.rules.values()
        if each.rule.family == "red_line" and each.value is not None
    ]
    table = census.tables[TABLE]
    for at, row in enumerate(map(table.row, range(len(table)))):
        clause, trigger = row["clause"], row["trigger"]
        if not any(clause in (None, *its) and trigger in known for its, known in lines):
            place = place_of(table, at, "trigger" if clause is None else "clause")
            yield fault("decision_of_no_line", place, value=row["number"])


def cited(facts: Facts, name: str, trigger: str, found: tuple[Matter, ...]) -> Figure:
    """The decisions of these matters as a count of ledger rows, so that they can be followed."""
    both = [each for matter in found for each in (matter.started, matter.lifted) if each]
    numbers = tuple(dict.fromkeys(each.number for each in both))
    where = (Where("trigger", Test.IS, (trigger,)), Where("number", Test.IS, numbers))
    return facts.workings.select(
        f"decisions.{name}", facts.root, Selection(TABLE, where), unit="place"
    )


def told(trigger: str, matter: Matter | None) -> Reason:
    """A trigger with the decisions about it."""
    if matter is None:
        return reason("trigger", trigger=trigger)
    started, lifted = matter.started, matter.lifted
    ground = {"ground": started.evidence} if trigger == OTHER and started else {}
    if started and lifted:
        return reason(
            "trigger_lifted",
            trigger=trigger,
            **ground,
            number=started.number,
            decided_on=started.decided_on.isoformat(),
            lift=lifted.number,
            lifted_on=lifted.decided_on.isoformat(),
        )
    return reason(
        "trigger_decided",
        trigger=trigger,
        **ground,
        number=matter.last.number,
        decision=matter.last.decision,
        decided_on=matter.last.decided_on.isoformat(),
    )
