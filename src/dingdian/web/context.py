"""What every page knows: who is here, where they may go, which day it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dingdian.web import clock
from dingdian.web.bureau import lang
from dingdian.web.rights import Right


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the navigation: its view, its words, and the rights of which one shows it."""

    view: str
    words: Promise
    rights: tuple[Right, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Entries that belong together; ``words`` head them where there are other sections too."""

    words: Promise | str
    entries: tuple[Entry, ...]


#: The navigation: what is everybody's own, then the work in its order, then the system.
NAVIGATION = (
    Section(
        "",
        (
            Entry("desk:home", _("Overview"), (Right.IN_OFFICE,)),
            Entry("desk:tasks", _("My tasks"), (Right.IN_OFFICE,)),
            Entry("portal:home", _("My institution"), (Right.OWN_CASES,)),
            Entry("evaluations:list", _("My evaluations"), (Right.EVALUATE,)),
        ),
    ),
    Section(
        pgettext_lazy("section", "Planning"),
        (
            Entry("imports:list", _("Imports"), (Right.IMPORT,)),
            Entry("ledger:list", _("Institutions"), (Right.SEE_LEDGER,)),
            Entry("maps:map", _("Map"), (Right.CHECK_SITE,)),
            Entry("streets:list", _("Street network"), (Right.RUN_PLAN,)),
            Entry("shelf:policy", _("Policy shelf"), (Right.SEE_SHELF,)),
            Entry("plans:list", _("Plans"), (Right.SEE_PLANS,)),
            Entry("access:list", _("Access to services"), (Right.RUN_PLAN,)),
            Entry("projection:list", _("The years ahead"), (Right.RUN_PLAN,)),
        ),
    ),
    Section(
        pgettext_lazy("section", "Admission and agreements"),
        (
            Entry("cases:list", _("Cases"), (Right.SEE_LEDGER,)),
            Entry("intake:list", _("Application windows"), (Right.SEE_LEDGER,)),
            Entry("rounds:list", _("Rounds"), (Right.SEE_LEDGER,)),
            Entry("panels:list", _("Expert evaluation"), (Right.SEE_PANELS,)),
            Entry("letters:list", _("Letters"), (Right.SEE_LEDGER,)),
            Entry("national:list", _("National platform"), (Right.SEE_LEDGER,)),
            Entry("licences:list", _("Licences"), (Right.SEE_LEDGER,)),
        ),
    ),
    Section(
        pgettext_lazy("section", "Supervision"),
        (
            Entry("objections:list", _("Objections"), (Right.SEE_LEDGER,)),
            Entry("complaints:list", _("Complaints"), (Right.HANDLE_COMPLAINTS,)),
            Entry("surveys:list", _("Surveys"), (Right.RUN_SURVEYS,)),
            Entry(
                "assessments:list",
                _("Yearly assessment"),
                (Right.RUN_ASSESSMENT, Right.CONFIRM_ASSESSMENT),
            ),
            Entry(
                "points:list",
                _("Points of persons"),
                (Right.RUN_ASSESSMENT, Right.CONFIRM_ASSESSMENT),
            ),
        ),
    ),
    Section(
        pgettext_lazy("section", "System"),
        (
            Entry("exchange:list", _("Public site"), (Right.EXCHANGE,)),
            Entry("jobs:list", _("Long work"), (Right.SEE_JOBS,)),
            Entry("accounts:users", _("Users"), (Right.MANAGE_USERS, Right.GRANT_ROLES)),
            Entry("audit:journal", _("Journal"), (Right.READ_JOURNAL,)),
        ),
    ),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """The names that templates use."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "lang": lang(),
        "today": clock.today(),
        "config": settings.CONFIG,
        "is_bureau": settings.IS_BUREAU,
        "base": "web/base.html" if settings.IS_BUREAU else "public/base.html",
        "navigation": list(_shown(request)) if signed_in else [],
        "me": user if signed_in else None,
        "unread": user.inbox.filter(read_at=None).count() if user and signed_in else 0,
        "in_office": bool(user and signed_in and user.may(Right.IN_OFFICE)),
    }


def _shown(request: HttpRequest) -> Iterator[dict[str, Any]]:
    for section in NAVIGATION:
        entries = [_entry(request, each) for each in section.entries if _may(request, each)]
        if entries:
            yield {"words": section.words, "entries": entries}


def _may(request: HttpRequest, entry: Entry) -> bool:
    return any(request.user.may(right) for right in entry.rights)


def _entry(request: HttpRequest, entry: Entry) -> dict[str, Any]:
    match = request.resolver_match
    area = entry.view.partition(":")[0]
    here, name = (match.namespace, match.view_name) if match else ("", "")
    current = name == entry.view if area == "desk" else here == area
    return {"address": reverse(entry.view), "words": entry.words, "current": current}
