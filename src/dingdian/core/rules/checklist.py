"""Family ``checklist``: conditions, materials and bars, each item decided on its own.

A plan only states them; an application is held against them case by case.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from dingdian.core.findings import Outcome, State
from dingdian.core.policy import Dated, InForce, Number, Rule, Said
from dingdian.core.policy.model import Identifier
from dingdian.core.rules import stated
from dingdian.core.rules.facts import Facts


class By(StrEnum):
    """How an item is decided for one application.

    ``FACT``: a fact that was checked says yes, and its amount reaches ``at_least``.
    ``MONTHS_SINCE_OPENED``: at least ``at_least`` months lie between opening and the day.
    ``BEDS_FROM``: asked for from ``at_least`` beds on, and then decided as ``FACT``.
    ``MATERIAL``: a paper that was handed in.
    ``PRESENT``: a fact that says yes bars.
    ``RECORD``: an entry of the bureau's records tied to the applicant bars, for ``at_least``
    years from the day it happened, or without end where there is no ``at_least``.
    """

    FACT = "fact"
    MONTHS_SINCE_OPENED = "months_since_opened"
    BEDS_FROM = "beds_from"
    MATERIAL = "material"
    PRESENT = "present"
    RECORD = "record"


Purpose = Literal["condition", "material", "refusal", "suspension", "termination"]

#: Purpose -> the ways in which its items may be decided.
WAYS: Mapping[str, frozenset[By]] = MappingProxyType(
    {
        "condition": frozenset({By.FACT, By.MONTHS_SINCE_OPENED, By.BEDS_FROM}),
        "material": frozenset({By.MATERIAL}),
        "refusal": frozenset({By.PRESENT, By.RECORD}),
        "suspension": frozenset({By.PRESENT}),
        "termination": frozenset({By.PRESENT}),
    }
)
#: What an application is held against; the others are of a life under an agreement.
OF_ADMISSION: frozenset[Purpose] = frozenset({"condition", "material", "refusal"})
#: Ways that need a number.
_NUMBERED = frozenset({By.MONTHS_SINCE_OPENED, By.BEDS_FROM})


class Item(Said):
    """One item of a checklist: an identifier, its wording, how it is decided, and a threshold.

    ``optional``: an open item (其他): it is decided only where a row speaks of it. ``tied_by``:
    whether an entry of the records bars the institution that it names, or whoever has one of
    its people. ``until_met``: it also bars until what was owed is fulfilled.
    """

    item: Identifier
    by: By
    at_least: Number | None = None
    optional: bool = False
    tied_by: Literal["institution", "person"] = "institution"
    until_met: bool = False

    @model_validator(mode="after")
    def _has_its_number(self) -> Item:
        if self.by in _NUMBERED and self.at_least is None:
            raise PydanticCustomError(
                "shelf_item_number", "{item} needs at_least", {"item": self.item, "by": self.by}
            )
        return self


class ChecklistRule(Rule):
    """Conditions, materials, refusal grounds, or causes of a suspension or termination.

    ``combine_by`` names the reading (either, both) by which one failed item is enough, or all
    are needed; without it one is enough. ``step`` is that of an engine still to come.
    """

    family: Literal["checklist"]
    step: Annotated[str, Field(pattern=r"^([2-9]|)$")] = ""
    purpose: Purpose
    about: tuple[Identifier, ...]
    combine_by: Identifier | None = None
    values: tuple[Dated[tuple[Item, ...]], ...]

    @model_validator(mode="after")
    def _items_fit_the_purpose(self) -> ChecklistRule:
        ways = WAYS[self.purpose]
        for item in (each for dated in self.values for each in dated.value or ()):
            if item.by not in ways:
                raise PydanticCustomError(
                    "shelf_item_way",
                    "{item} of a {purpose} cannot be decided by {by}",
                    {
                        "item": item.item,
                        "by": item.by,
                        "purpose": self.purpose,
                        "choices": ", ".join(sorted(ways)),
                    },
                )
        return self


def decide(in_force: InForce[ChecklistRule], facts: Facts) -> Outcome:
    """What is stated, for the whole area; an application is held against it case by case."""
    if in_force.rule.step:
        return Outcome((facts.finding(in_force, facts.root, State.NOT_IMPLEMENTED),))
    return stated.decide(in_force, facts)
