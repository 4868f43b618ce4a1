"""May an institution stand here: the question that the map asks, for programs."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_UP, Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from dingdian.actions.check_site import Bound, SiteQuestion
from dingdian.web.api import words
from dingdian.web.api.authentication import user_with
from dingdian.web.api.problems import ALWAYS
from dingdian.web.maps import asking, desks
from dingdian.web.rights import Right

router = Router(tags=["site-check"])
_MOST = 20_000


def _millimetres(metres: float) -> Fraction:
    """Metres with as many decimals as the ledger keeps: an error may lie no further than stated."""
    return Fraction(Decimal(repr(metres)).quantize(Decimal("0.001"), ROUND_UP))


class Question(Schema):
    """A place and who would stand there.

    ``lnt`` and ``lat``: longitude and latitude, or easting and northing, in the system that
    ``crs`` names (CGCS2000, WGS84, GCJ-02, BD-09, or a grid such as EPSG:4550). ``error_m``:
    position error in metres, rounded up to the millimetre. ``fixmedins_code``: the code that it
    has in the ledger already. ``reach_m``: how far to look for other places, not at all without
    it. ``by``: say how far it is along the street network in force to those near, beside the
    answer. ``language``: say the answer in words, too.
    """

    lnt: words.Degrees
    lat: words.Degrees
    crs: words.Text = "CGCS2000"
    kind: words.Kind
    services: Annotated[list[words.Service], Field(min_length=1, max_length=9)]
    error_m: Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)] | None = None
    fixmedins_code: words.Text = ""
    moved: bool = False
    flags: Annotated[tuple[words.Flag, ...], Field(max_length=20)] = ()
    ownership: words.Ownership | None = None
    type: words.Specialty | None = None
    reach_m: Annotated[int, Field(ge=1, le=_MOST)] | None = None
    by: Literal["walking", "driving"] | None = None
    language: Literal["zh", "en"] | None = None

    def asked(self) -> SiteQuestion:
        """The question as the desk takes it."""
        error = self.error_m
        return SiteQuestion(
            x=repr(self.lnt),
            y=repr(self.lat),
            crs=self.crs,
            services=tuple(dict.fromkeys(self.services)),
            kind=self.kind,
            error_m=None if error is None else _millimetres(error),
            institution=self.fixmedins_code,
            moved=self.moved,
            flags=tuple(dict.fromkeys(self.flags)),
            ownership=self.ownership or "",
            type=self.type or "",
        )


class MadeFrom(Schema):
    """Of which day and how many entries of the ledger; ``behind``: it has moved on since."""

    day: dt.date
    entries: int
    made_at: dt.datetime
    behind: bool


class Answer(Schema):
    """The answer: dated, made from what it names, and binding nobody. Distances in millimetres.

    Its parts are those of ``dingdian site-check --json``; ``ways`` is null where none are
    asked for. ``words`` is the answer in the language asked for.
    """

    version: str
    binding: bool
    day: dt.date
    policy: str
    taken_on: dt.date | None
    fingerprints: dict[str, str]
    marks: dict[str, bool]
    estimated: list[str]
    site: dict[str, Any]
    verdict: str
    why: dict[str, Any] | None
    rules: list[dict[str, Any]]
    reach_mm: int | None
    places: list[dict[str, Any]]
    ways: dict[str, Any] | None
    made_from: MadeFrom
    words: dict[str, Any] | None


class RuleOut(Schema):
    """A rule of spacing in force today.

    ``radii_mm``: the distance by zone, under ``elsewhere`` that of every other zone. ``why``:
    what keeps it from being applied, a reading that is open.
    """

    rule: str
    title: str
    title_en: str
    clauses: list[str]
    readings: list[str]
    radii_mm: dict[str, int]
    rim_inside: bool | None
    allowed: int
    why: str | None


class Rules(Schema):
    """The rules of spacing of a day."""

    day: dt.date
    policy: str
    shelf: str
    rules: list[RuleOut]


@router.post(
    "",
    response={200: Answer, **ALWAYS},
    operation_id="check_site",
    summary="May an institution stand here?",
)
def check(request: HttpRequest, question: Question) -> dict[str, Any]:
    """Whether an institution may stand at a place, as far as spacing goes. It records nothing."""
    user = user_with(request, Right.CHECK_SITE)
    reach = None if question.reach_m is None else question.reach_m * 1000
    made, report = asking.ask(user, question.asked(), reach)
    ways, language = asking.ways(report, question.by or ""), question.language
    return {
        "ways": None,
        **asking.plain(report, ways),
        "made_from": _made(made),
        "words": asking.told(report, ways, language) if language else None,
    }


def _made(made: desks.Made) -> dict[str, Any]:
    key = made.key
    return {
        "day": key.day,
        "entries": key.entries,
        "made_at": made.made_at,
        "behind": made.behind,
    }


@router.get(
    "/rules",
    response={200: Rules, **ALWAYS},
    operation_id="list_site_rules",
    summary="Rules of spacing in force",
)
def rules(request: HttpRequest) -> dict[str, Any]:
    """The rules that ``POST /site-check`` holds a place against."""
    user_with(request, Right.CHECK_SITE)
    desk = desks.site_desk().desk
    basis = desk.basis
    return {
        "day": basis.day,
        "policy": basis.policy.place.place,
        "shelf": basis.shelf,
        "rules": [_rule(each) for each in desk.rules],
    }


def _rule(bound: Bound) -> dict[str, Any]:
    rule, terms = bound.rule, bound.terms
    return {
        "rule": rule.rule,
        "title": rule.title,
        "title_en": rule.title_en,
        "clauses": list(rule.clauses),
        "readings": list(rule.readings),
        "radii_mm": dict(terms.radii_mm) if terms else {},
        "rim_inside": terms.rim if terms else None,
        "allowed": rule.allowed,
        "why": bound.why.code if bound.why else None,
    }
