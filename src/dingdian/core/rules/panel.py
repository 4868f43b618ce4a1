"""Family ``panel``: of which fields the experts of an evaluation are, and who keeps away."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from dingdian.core.policy import Dated, Number, Rule, Said, Shape
from dingdian.core.policy.model import Identifier
from dingdian.core.rules.score_sheet import Whole, inconsistent


class Specialty(Said):
    """A field of expertise (专业), and how many members of a panel are of it at least."""

    field: Identifier
    at_least: Whole = 1


class Ground(Said):
    """A relation between an expert and an applicant for which the expert keeps away (回避)."""

    ground: Identifier


class Scored(Said):
    """An item that a panel scores; ``full`` is its most points."""

    item: Identifier
    about: tuple[Identifier, ...]
    full: Annotated[Number, Field(gt=0)]


class Panel(Shape):
    """Who sits in a panel.

    ``scored`` are proposed items of the part with scores: they stand where the rules of family
    ``evaluation`` name none, and the reading ``panel_sheet_use`` takes them.
    """

    fields: Annotated[tuple[Specialty, ...], Field(min_length=1)]
    grounds: Annotated[tuple[Ground, ...], Field(min_length=1)]
    scored: tuple[Scored, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Panel:
        for names in (
            [each.field for each in self.fields],
            [each.ground for each in self.grounds],
            [each.item for each in self.scored],
        ):
            if len(set(names)) != len(names):
                raise inconsistent(
                    "每个专业、情形和项目的标识只用一次",
                    "every field, ground and item has an identifier of its own",
                )
        return self


class PanelRule(Rule):
    """Of whom the evaluation of those of ``about`` is made. Numbers are readings (``panel_…``)."""

    family: Literal["panel"]
    about: Annotated[tuple[Literal["medical_institutions", "pharmacies"], ...], Field(min_length=1)]
    values: tuple[Dated[Panel], ...]
