"""Family ``clock``: a time limit between two events of a life, with what it means and for whom.

What the events are, and how a limit is reckoned, stands in ``core.lifecycle``.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dingdian.core.policy import Dated, Number, Rule
from dingdian.core.policy.model import Identifier

#: ``within``: the second event comes at most so long after the first. ``not_before``: it may not
#: come until so long has passed. ``ends``: what the first event began ends by itself then.
#: ``ahead``: the first event comes at least so long before the day set for the second.
Means = Literal["within", "not_before", "ends", "ahead"]
Unit = Literal["working_day", "day", "month", "year"]
Side = Literal["medical_institutions", "pharmacies"]


class ClockRule(Rule):
    """A time limit: how many units from which event to which.

    ``who`` must act by it. ``pauses`` are events from which it stands still until what they
    await has come. ``about``: whose clock it is; ``everybody_if`` names readings and the option
    of each under which it is everybody's. ``counts_first_day``: the day of the first event is the
    first of the period (a term that begins with a day); else the next one is (民法典 Article
    201). ``number_from`` names a reading whose number holds instead of the value, where the text
    gives none.
    """

    family: Literal["clock"]
    means: Means
    begins: Identifier
    ends: Identifier
    unit: Unit
    who: Literal["institution", "agency", "evaluator", "bureau"]
    pauses: tuple[Identifier, ...] = ()
    about: tuple[Side, ...] = ("medical_institutions", "pharmacies")
    everybody_if: dict[Identifier, Identifier] = Field(default_factory=dict)
    counts_first_day: bool = False
    number_from: Identifier | None = None
    values: tuple[Dated[Number], ...]
