"""Plans, their versions, and what a version found: quotas, figures with derivations, findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router, Schema

from dingdian.core.record import (
    ClauseRecord,
    Exact,
    FigureRecord,
    FindingRecord,
    Marks,
    MeasureRecord,
    PlaceRecord,
    PrintsRecord,
    QuotaRecord,
    ReadingRecord,
    Record,
    ScopeRecord,
)
from dingdian.web.accounts.models import User
from dingdian.web.api import words
from dingdian.web.api.authentication import user_with
from dingdian.web.api.problems import ALWAYS, OF_ONE
from dingdian.web.plans.models import Plan, Version
from dingdian.web.rights import Right

router = Router(tags=["plans"])
figures_router = Router(tags=["plans"])


class VersionLine(Schema):
    """A version in the list of its plan."""

    number: int
    what_if: bool
    made_at: dt.datetime
    result: str
    remark: str


class PlanOut(Schema):
    """A plan (``resource_plan``) or the work plan of a year, with its versions, the last first."""

    id: int
    kind: str
    year: int
    title: str
    stage: str
    created_at: dt.datetime
    issued_version: int | None
    versions: list[VersionLine]


class Plans(Schema):
    """A page of plans, the last first; ``next`` is the ``before`` of the next page."""

    items: list[PlanOut]
    next: int | None


class VersionOut(Schema):
    """A version: of which place, year and days, from which ledger and shelf, and its areas."""

    plan: int
    number: int
    what_if: bool
    made_at: dt.datetime
    engine: str
    year: int
    stock_day: dt.date
    place: PlaceRecord
    marks: Marks
    fingerprints: PrintsRecord
    scopes: dict[str, ScopeRecord]
    measures: dict[str, MeasureRecord]


class KeyedFigure(FigureRecord):
    """A number with the key under which others name it."""

    key: str


class Figures(Schema):
    """A page of figures by key; ``next`` is the ``after`` of the next page."""

    items: list[KeyedFigure]
    next: str | None


class PlacesOut(QuotaRecord):
    """New places of a resource in an area; ``places`` is the exact number, null where none is."""

    places: Exact | None = None


class Derivation(Schema):
    """A figure and every figure that it rests on, with the clauses and readings that they cite."""

    key: str
    plan: int
    version: int
    figures: dict[str, FigureRecord]
    clauses: dict[str, ClauseRecord]
    readings: dict[str, ReadingRecord]


class Page(Schema):
    """Which plans."""

    year: Annotated[int, words.Field(ge=1900, le=2999)] | None = None
    before: words.Number | None = None
    limit: words.Limit = 50


class FigureFilters(Schema):
    """Which figures: of a measure, of an area."""

    measure: words.Text = ""
    scope: words.Text = ""
    after: words.After = ""
    limit: words.Limit = 200


class Which(Schema):
    """Of which plan and version; without them the last one made that is no what-if."""

    plan: words.Number | None = None
    version: words.Number | None = None


Id = Annotated[words.Number, Path(...)]


@router.get("", response={200: Plans, **ALWAYS}, operation_id="list_plans", summary="Plans")
def index(request: HttpRequest, page: Query[Page]) -> dict[str, Any]:
    """Plans, the last first."""
    user = user_with(request, Right.SEE_PLANS)
    found = _seen(user).order_by("-pk")
    if page.year is not None:
        found = found.filter(year=page.year)
    if page.before is not None:
        found = found.filter(pk__lt=page.before)
    rows = list(found[: page.limit + 1])
    shown = rows[: page.limit]
    more = len(rows) > page.limit
    return {"items": [_plan(each) for each in shown], "next": shown[-1].pk if more else None}


def _seen(user: User) -> QuerySet[Plan]:
    """The plans that somebody sees, each with the versions that they see."""
    versions = Version.objects.visible_to(user).defer("manifest", "asked")
    seen = Plan.objects.visible_to(user).select_related("issued_version")
    return seen.prefetch_related(Prefetch("versions", versions))


def _plan(plan: Plan) -> dict[str, Any]:
    issued = plan.issued_version
    names = ("id", "kind", "year", "title", "stage", "created_at")
    return {
        **{name: getattr(plan, name) for name in names},
        "issued_version": issued.number if issued else None,
        "versions": list(plan.versions.all()),
    }


@router.get("/{id}", response={200: PlanOut, **OF_ONE}, operation_id="get_plan", summary="One plan")
def one(request: HttpRequest, id: Id) -> dict[str, Any]:
    """One plan."""
    user = user_with(request, Right.SEE_PLANS)
    return _plan(get_object_or_404(_seen(user), pk=id))


def _version(request: HttpRequest, plan: int, number: int) -> Version:
    user = user_with(request, Right.SEE_PLANS)
    found: Version = get_object_or_404(
        Version.objects.visible_to(user), plan_id=plan, number=number
    )
    return found


@router.get(
    "/{id}/versions/{number}",
    response={200: VersionOut, **OF_ONE},
    operation_id="get_version",
    summary="One version of a plan",
)
def version(request: HttpRequest, id: Id, number: Id) -> dict[str, Any]:
    """One version of a plan: what it was made from, its areas and measures."""
    found = _version(request, id, number)
    record = found.record()
    own = ("number", "what_if", "made_at", "engine")
    kept = ("year", "stock_day", "place", "marks", "fingerprints", "scopes", "measures")
    return {
        "plan": found.plan_id,
        **{name: getattr(found, name) for name in own},
        **{name: getattr(record, name) for name in kept},
    }


@router.get(
    "/{id}/versions/{number}/quotas",
    response={200: list[PlacesOut], **OF_ONE},
    operation_id="list_quotas",
    summary="New places",
)
def quotas(request: HttpRequest, id: Id, number: Id) -> list[PlacesOut]:
    """Next year's new places by resource and area."""
    record = _version(request, id, number).record()
    return [_places(record, each) for each in record.quotas]


def _places(record: Record, quota: QuotaRecord) -> PlacesOut:
    found = record.figures.get(quota.key) if quota.key else None
    value = found.value if found is not None else None
    return PlacesOut(**dict(quota), places=value if isinstance(value, str) else None)


@router.get(
    "/{id}/versions/{number}/findings",
    response={200: list[FindingRecord], **OF_ONE},
    operation_id="list_findings",
    summary="Findings",
)
def findings(request: HttpRequest, id: Id, number: Id) -> list[FindingRecord]:
    """What every rule says about every area."""
    return list(_version(request, id, number).record().findings)


@router.get(
    "/{id}/versions/{number}/figures",
    response={200: Figures, **OF_ONE},
    operation_id="list_figures",
    summary="Figures",
)
def figures(
    request: HttpRequest,
    id: Id,
    number: Id,
    filters: Query[FigureFilters],
) -> dict[str, Any]:
    """The numbers of a version by key."""
    record = _version(request, id, number).record()
    keys = sorted(
        key
        for key, each in record.figures.items()
        if key > filters.after
        and filters.measure in ("", each.measure)
        and filters.scope in ("", each.scope)
    )
    shown = keys[: filters.limit]
    items = [KeyedFigure(**dict(record.figures[key]), key=key) for key in shown]
    return {"items": items, "next": shown[-1] if len(keys) > filters.limit else None}


@figures_router.get(
    "/{key}",
    response={200: Derivation, **OF_ONE},
    operation_id="get_figure",
    summary="A figure with its derivation",
)
def figure(
    request: HttpRequest, key: Annotated[words.Code, Path(...)], which: Query[Which]
) -> dict[str, Any]:
    """A figure with its derivation, down to clauses and to selections of the ledger."""
    user = user_with(request, Right.SEE_PLANS)
    found = _chosen(user, which)
    record = found.record()
    if key not in record.figures:
        raise Http404
    tree = {name: record.figures[name] for name in _rests_on(record, key)}
    cited = {name for each in tree.values() for name in each.clauses}
    read = {name for each in tree.values() for name in each.readings}
    return {
        "key": key,
        "plan": found.plan_id,
        "version": found.number,
        "figures": tree,
        "clauses": {name: each for name, each in record.clauses.items() if name in cited},
        "readings": {name: each for name, each in record.readings.items() if name in read},
    }


def _chosen(user: User, which: Which) -> Version:
    found = Version.objects.visible_to(user).order_by("-made_at", "-pk")
    found = found.filter(plan_id=which.plan) if which.plan else found
    found = found.filter(number=which.version) if which.version else found.filter(what_if=False)
    version = found.first()
    if version is None:
        raise Http404
    return version


def _rests_on(record: Record, key: str) -> Iterator[str]:
    """The keys of a figure and of all that it rests on, each once, itself first."""
    seen, left = {key}, [key]
    while left:
        at = left.pop()
        yield at
        for _, name in record.figures[at].inputs:
            if name not in seen and name in record.figures:
                seen.add(name)
                left.append(name)
