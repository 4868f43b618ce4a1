"""What rules say: findings, limits on what may be handed out, and quotas."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from dingdian.core.workings import Reason


class State(StrEnum):
    """What a rule says about an area on a day. A broken rule is a value, never an error."""

    KEPT = "kept"
    BROKEN = "broken"
    NOTED = "noted"  # an encouragement, a priority or an exemption: stated, not judged
    NOT_IN_FORCE = "not_in_force"
    UNCLEAR = "unclear"  # the text is unclear and the reading is open
    UNDEFINED = "undefined"  # a number it needs is unknown
    NOT_IMPLEMENTED = "not_implemented"  # the engine comes in a later step


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says about one scope on one day, and all that it rests on.

    ``numbers``: pairs of role and figure key. ``note`` is a code of ``reports.wording`` that
    says the finding in words. ``clauses`` are those in force for it; ``principle`` that the
    text says 原则上, so that an authorised person may decide otherwise, on record.
    """

    rule: str
    scope: str
    state: State
    day: dt.date
    clauses: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...] = ()
    readings: tuple[str, ...] = ()
    principle: bool = False
    why: Reason | None = None
    note: Reason | None = None
    step: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """An upper limit that a rule sets on the new places of a resource in a scope.

    ``key`` is the figure that holds it (its value may be undefined). Limits of the whole
    area bind the sum over the districts.
    """

    resource: str
    scope: str
    rule: str
    key: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything that one rule gives: findings, and limits where it sets any."""

    findings: tuple[Finding, ...]
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True)
class Quota:
    """Next year's new places of a resource in one scope.

    ``key`` is the figure of the quota, ``None`` where no rule gives a number and only the
    preconditions (前置条件) limit. ``limits`` are all limits weighed, ``binding`` the rules
    whose limit is the smallest. ``remainder`` is the key of what rounding left over;
    ``asked``, ``released`` and ``stock`` are the keys of the figures shown beside it.
    """

    resource: str
    scope: str
    key: str | None
    limits: tuple[Limit, ...]
    binding: tuple[str, ...]
    remainder: str | None
    asked: str
    released: str
    stock: str

    @property
    def unnumbered(self) -> bool:
        """Whether no rule gives a number."""
        return self.key is None
