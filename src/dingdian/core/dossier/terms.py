"""Limits of the way of a plan that neither plan states.

DX-16 says that the public is widely consulted, and not for how long; DX-38 says that the plan is
reviewed in due time. What stands here is taken from general rules on administrative decisions
**from memory, not read**; a bureau that holds the texts gives its own terms. The period of review
is a reading on the shelf (``review_period``).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Terms:
    """The limits.

    ``consultation_days``: how many days a consultation is open at least, both ends counted
    (重大行政决策程序暂行条例: as a rule not fewer than 30). ``filing_days``: within how many days
    after the issue the plan is filed (common in provincial rules: 15). ``attendance``: more than
    so many in a hundred of the members sit in the deliberation. ``work_plan_consulted``: whether
    the work plan of a year must be consulted too; DX-16 speaks of the plan, so it need not.
    ``review_years``: years between issue or last review and the next one.
    """

    consultation_days: int = 30
    filing_days: int = 15
    attendance: int = 50
    work_plan_consulted: bool = False
    review_years: int = 2


TERMS = Terms()
