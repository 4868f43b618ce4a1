"""Institutions of the ledger, in the national platform's field names, and their histories."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router, Schema

from dingdian.core.lifecycle.entry import Entry
from dingdian.core.spacing.stock import PHARMACY_KIND
from dingdian.web import bureau, persons
from dingdian.web.api import words
from dingdian.web.api.authentication import user_with
from dingdian.web.api.problems import ALWAYS, OF_ONE
from dingdian.web.ledger import listing, refreshing
from dingdian.web.ledger.looking import PERSONS
from dingdian.web.ledger.models import Case, Institution
from dingdian.web.rights import Right

router = Router(tags=["institutions"])
#: The platform's codes of the two kinds of institutions.
MEDICAL_TYPE, PHARMACY_TYPE = "1", "2"


class InstitutionOut(Schema):
    """An institution; ``null`` is not known.

    Names that the national platform has are its own: ``fixmedins_type`` is 1 for a medical
    institution and 2 for a pharmacy, ``admdvs`` the region of any level and ``insuplc_admdvs`` the
    county-level one, ``lnt`` and ``lat`` are in CGCS2000.
    """

    fixmedins_code: str
    fixmedins_name: str
    fixmedins_type: str | None
    uscc: str | None
    hosp_lv: str | None
    admdvs: str | None
    insuplc_admdvs: str | None
    addr: str | None
    lnt: float | None
    lat: float | None
    kind: str | None
    type: str | None
    ownership: str | None
    standing: str | None
    designated: bool
    services: list[str]
    pharmacy_grade: str | None
    designated_since: dt.date | None
    agreement_through: dt.date | None
    trial_through: dt.date | None
    beds: int | None
    stage: str | None


class PictureOut(Schema):
    """What the answer was made from: the ledger on a day; ``fresh``: it has not moved on since."""

    day: dt.date
    entries: int
    fresh: bool


class Institutions(Schema):
    """A page of institutions by code; ``next`` is the ``after`` of the next page."""

    items: list[InstitutionOut]
    next: str | None
    picture: PictureOut | None


class EntryOut(Schema):
    """An entry of a case: what happened, when it held, when it was recorded, and by whom."""

    seq: int
    case: str
    move: str
    source: str
    target: str
    held_on: dt.date
    known_at: dt.datetime
    by: str
    role: str
    clauses: list[str]
    reason: str
    documents: list[str]
    facts: dict[str, str]
    remarks: list[str]


class History(Schema):
    """The entries of all cases of an institution in their order."""

    fixmedins_code: str
    entries: list[EntryOut]


class Filters(Schema):
    """What the list is limited to; ``q`` is a part of the name or the beginning of the code."""

    q: words.Text = ""
    district: words.Text = ""
    kind: words.Kind | None = None
    hosp_lv: words.Level | None = None
    standing: words.Standing | None = None
    service: words.Service | None = None
    designated: bool | None = None
    after: words.After = ""
    limit: words.Limit = 50


@router.get(
    "",
    response={200: Institutions, **ALWAYS},
    operation_id="list_institutions",
    summary="Institutions",
)
def index(request: HttpRequest, filters: Query[Filters]) -> dict[str, Any]:
    """Institutions of the user's districts, by code."""
    found = _filtered(listing.visible(user_with(request, Right.SEE_LEDGER)), filters)
    rows = list(found.order_by("code")[: filters.limit + 1])
    more = len(rows) > filters.limit
    shown = rows[: filters.limit]
    picture = refreshing.shown_picture(request.user.username)
    return {
        "items": [_plain(each) for each in shown],
        "next": shown[-1].code if more else None,
        "picture": picture or None,
    }


def _filtered(rows: QuerySet[Institution], given: Filters) -> QuerySet[Institution]:
    exact = {
        "district": given.district,
        "kind": given.kind,
        "level": given.hosp_lv,
        "standing": given.standing,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if given.service:
        rows = rows.filter(services__contains=f" {given.service} ")
    if given.designated is not None:
        rows = rows.filter(designated=given.designated)
    if given.q:
        rows = rows.filter(Q(name__contains=given.q) | Q(code__startswith=given.q))
    return rows.filter(code__gt=given.after) if given.after else rows


def _plain(row: Institution) -> dict[str, Any]:
    pharmacy = PHARMACY_TYPE if row.kind == PHARMACY_KIND else MEDICAL_TYPE
    return {
        "fixmedins_code": row.code,
        "fixmedins_name": row.name,
        "fixmedins_type": pharmacy if row.kind else None,
        "uscc": row.uscc or None,
        "hosp_lv": row.level or None,
        "admdvs": row.region or None,
        "insuplc_admdvs": row.district or None,
        "addr": row.address or None,
        "lnt": row.lon,
        "lat": row.lat,
        "kind": row.kind or None,
        "type": row.type or None,
        "ownership": row.ownership or None,
        "standing": row.standing or None,
        "designated": row.designated,
        "services": row.services.split(),
        "pharmacy_grade": row.pharmacy_grade or None,
        "designated_since": row.designated_since,
        "agreement_through": row.agreement_through,
        "trial_through": row.trial_through,
        "beds": row.beds,
        "stage": row.stage or None,
    }


OfOne = Annotated[words.Code, Path(...)]


@router.get(
    "/{code}",
    response={200: InstitutionOut, **OF_ONE},
    operation_id="get_institution",
    summary="One institution",
)
def one(request: HttpRequest, code: OfOne) -> dict[str, Any]:
    """One institution of the user's districts."""
    return _plain(_one(request, code))


def _one(request: HttpRequest, code: str) -> Institution:
    found: Institution = get_object_or_404(
        listing.visible(user_with(request, Right.SEE_LEDGER)), pk=code
    )
    return found


@router.get(
    "/{code}/history",
    response={200: History, **OF_ONE},
    operation_id="get_history",
    summary="History of an institution",
)
def history(request: HttpRequest, code: OfOne) -> dict[str, Any]:
    """The entries of all its cases; facts that name a person are masked where the user's are."""
    found = _one(request, code)
    ledger = bureau.desk().ledger
    cases = Case.objects.filter(institution=found.code).values_list("case", flat=True)
    entries = [each for case in cases for each in ledger.entries(case)]
    entries.sort(key=lambda each: each.seq)
    told = [_entry(request, found, each) for each in entries]
    return {"fixmedins_code": found.code, "entries": told}


def _entry(request: HttpRequest, of: Institution, entry: Entry) -> dict[str, Any]:
    facts = {
        name: persons.shown(request.user, value, PERSONS[name], of.district)
        if name in PERSONS
        else value
        for name, value in entry.facts.items()
    }
    names = (name for name in EntryOut.model_fields if name != "facts")
    return {**{name: getattr(entry, name) for name in names}, "facts": facts}
