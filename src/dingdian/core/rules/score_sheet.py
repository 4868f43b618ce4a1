"""Family ``score_sheet``: what a yearly assessment scores, its grades, and the deposit."""

from __future__ import annotations

import itertools
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from dingdian.core.policy import Dated, Number, Rule, Said, Shape
from dingdian.core.policy.model import Identifier


def _whole(text: object) -> object:
    return int(text) if isinstance(text, str) and text.isdigit() else text


#: A whole number of points, months or years.
Whole = Annotated[int, BeforeValidator(_whole), Field(ge=0, le=100)]


def inconsistent(zh: str, en: str) -> PydanticCustomError:
    """That the parts of a value do not fit one another: a fault ``shelf_inconsistent``."""
    return PydanticCustomError("shelf_inconsistent", "{what_en}", {"what_zh": zh, "what_en": en})


class SheetPart(StrEnum):
    """Scored through the year (日常), or once at its end (年终)."""

    DAILY = "daily"
    YEAR_END = "year_end"


class Source(StrEnum):
    """Where the points of an item come from."""

    AGENCY_RECORD = "agency_record"
    SYSTEM_DATA = "system_data"
    SURVEY = "survey"
    THIRD_PARTY = "third_party"


class Move(StrEnum):
    """What an assessment may propose of an agreement, by the name of the life-cycle move."""

    RENEW = "renew"
    DO_NOT_RENEW = "do_not_renew"
    INTERVIEW = "interview"
    ORDER_RECTIFICATION = "order_rectification"
    CLOSE_SERVICE = "close_service"
    SUSPEND_IMPOSED = "suspend_imposed"
    UPGRADE_GRADE = "upgrade_grade"
    DOWNGRADE_GRADE = "downgrade_grade"


class SheetItem(Said):
    """One item: ``full`` is its most points.

    ``most_deducted``: so many points at most are taken off, however few are given. ``kinds``,
    ``levels`` and ``service`` say to whom it applies; empty means to all. ``at_least_answers``:
    a survey with fewer answers gives no points at all.
    """

    item: Identifier
    part: SheetPart
    full: Number
    source: Source
    most_deducted: Number | None = None
    kinds: tuple[Identifier, ...] = ()
    levels: tuple[Identifier, ...] = ()
    service: Identifier | Literal[""] = ""
    at_least_answers: Number | None = None

    @property
    def least(self) -> Fraction:
        """The fewest points that it counts."""
        return Fraction(0) if self.most_deducted is None else self.full - self.most_deducted

    @model_validator(mode="after")
    def _most_fits_full(self) -> SheetItem:
        if self.full <= 0 or not 0 <= (self.most_deducted or Fraction(0)) <= self.full:
            raise inconsistent(
                f"“{self.item}”的满分须大于0，扣分上限不超过满分",
                f"{self.item}: full is above 0, and most_deducted no more than full",
            )
        return self


class OneVote(Said):
    """A finding (一票否决) that overrides the points: ``zero`` points, or the ``lowest_grade``."""

    item: Identifier
    consequence: Literal["zero", "lowest_grade"]


class Bonus(Said):
    """Points that may be added to the hundred, up to ``full``."""

    item: Identifier
    full: Number


class Grade(Said):
    """A grade: from ``at_least`` points on, what of the deposit returns, what is proposed."""

    grade: Identifier
    at_least: Number
    deposit: Number | None = None
    moves: tuple[Move, ...] = ()


class PerPoint(Shape):
    """The deposit (质量保证金) by points: whole from ``full_from``, less for each below."""

    full_from: Number
    per_point: Number


class Sheet(Shape):
    """A score sheet. ``parts``: the weight of each part; they sum to 1.

    ``grades`` stand best first: their order is data. ``service_floor``: a service type whose
    own items reach a smaller share of their full points is proposed to be closed.
    ``trial_mark``: the points from which a trial is passed.
    """

    parts: Annotated[dict[SheetPart, Number], Field(min_length=1)]
    items: Annotated[tuple[SheetItem, ...], Field(min_length=1)]
    one_vote: tuple[OneVote, ...] = ()
    bonus: tuple[Bonus, ...] = ()
    bonus_cap: Number = Fraction(0)
    grades: Annotated[tuple[Grade, ...], Field(min_length=1)]
    deposit_per_point: PerPoint | None = None
    service_floor: Number | None = None
    trial_mark: Number | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> Sheet:
        named = [each.item for each in self.items]
        named += [each.item for each in self.one_vote]
        named += [each.item for each in self.bonus]
        limits = [grade.at_least for grade in self.grades]
        falling = all(high > low for high, low in itertools.pairwise(limits))
        if sum(self.parts.values()) != 1:
            raise inconsistent("各部分的权重之和须为100%", "the weights of the parts sum to 100%")
        if not {each.part for each in self.items} <= set(self.parts):
            raise inconsistent(
                "每个项目所在的部分都要有权重", "the part of every item has a weight"
            )
        if len(set(named)) != len(named):
            raise inconsistent("每个项目的标识只用一次", "every item has an identifier of its own")
        if not falling or limits[-1] != 0:
            raise inconsistent(
                "等次从高到低排列，最后一个从0分起",
                "grades stand best first, the last of them from 0 on",
            )
        return self


class ScoreSheetRule(Rule):
    """The sheet by which those of ``about`` are scored.

    The reading ``use`` says whether it is used at all: no text of a plan gives a sheet.
    """

    family: Literal["score_sheet"]
    about: Annotated[tuple[Literal["medical_institutions", "pharmacies"], ...], Field(min_length=1)]
    use: Identifier
    values: tuple[Dated[Sheet], ...]
