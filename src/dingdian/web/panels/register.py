"""The register as the core knows it, and whose experts somebody sees and keeps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from dingdian.core.errors import Text
from dingdian.core.panel import experts
from dingdian.core.policy import Policy
from dingdian.web import bureau, clock
from dingdian.web.panels.models import Expert
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User


def policy(day: dt.date | None = None) -> Policy:
    """What the shelf says on a day, today where none is given."""
    return bureau.desk().terms.policy(day or clock.today())


def _said(name: str, of: Policy) -> dict[str, Text]:
    """Fields or grounds of every panel rule in force, by identifier."""
    key = name.removesuffix("s")
    return {
        getattr(each, key): Text(each.text, each.text_en)
        for rule in of.rules.values()
        if rule.rule.family == "panel" and rule.value is not None
        for each in getattr(rule.value, name)
    }


def fields() -> Mapping[str, Text]:
    """The fields of experts on the shelf today, in words."""
    return _said("fields", policy())


def grounds() -> Mapping[str, Text]:
    """The grounds to keep away on the shelf today, in words."""
    return _said("grounds", policy())


def everybody(year: int) -> tuple[experts.Expert, ...]:
    """The whole register, with the cases that each was drawn for in a year."""
    drawn = Count("seats", filter=Q(seats__drawn_on__year=year, seats__recused_on=None))
    rows = Expert.objects.annotate(cases=drawn).prefetch_related("relations")
    return tuple(core_of(each, each.cases) for each in rows)


def core_of(row: Expert, cases: int | None = None) -> experts.Expert:
    """An expert as the core knows them."""
    return experts.Expert(
        id=row.code,
        name=row.name,
        field=row.field,
        employer=row.employer,
        since=row.since,
        through=row.through,
        relations=tuple(
            experts.Relation(each.ground, each.institution, each.ended)
            for each in row.relations.all()
        ),
        districts=frozenset(row.districts),
        id_number=row.id_number,
        cases=cases,
    )


def visible(user: User) -> list[Expert]:
    """The experts that somebody sees: who evaluates in one of their districts."""
    districts = user.districts(Right.SEE_PANELS)
    rows = Expert.objects.select_related("user").prefetch_related("relations")
    return [e for e in rows if districts is None or not e.districts or districts & {*e.districts}]


def may_keep(user: User, districts: Iterable[str]) -> bool:
    """Whether somebody may keep an expert of these districts; none: of the whole place."""
    mine, its = user.districts(Right.MANAGE_PANELS), frozenset(districts)
    return mine is None or (bool(its) and its <= mine)
