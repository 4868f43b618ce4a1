"""Pages of what went wrong: one table from families of errors to statuses."""

from __future__ import annotations

import logging
import sys

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.db import DatabaseError, DataError, InterfaceError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dingdian.core.errors import (
    CensusError,
    DingdianError,
    NotInForceError,
    OutputError,
    RequestError,
    ShelfError,
    fault,
)
from dingdian.web.bureau import lang

#: Faults that somebody meets on a page and whose cure in the core is a command: their cure there.
CURES = {
    "no_census_then": gettext_lazy("Import a ledger first (Imports in the menu)."),
    "template_syntax": gettext_lazy("Compare this paragraph with the template that is shipped."),
    "template_unknown_key": gettext_lazy(
        "Take a key that the page of all numbers of the version lists."
    ),
}
_log = logging.getLogger("dingdian.web")
STATUSES: dict[type[DingdianError], int] = {
    NotInForceError: 422,
    CensusError: 422,
    RequestError: 422,
    ShelfError: 500,
    OutputError: 507,
}
#: Faults of a request that are no fault of the visitor's.
_BUSY, _GONE = "ledger_busy", "ledger_unreachable"


def fault_lines(error: DingdianError) -> list[tuple[str, str, str]]:
    """Of every fault: where, what, and what to do."""
    from dingdian.core.faults import KINDS

    language = lang()
    return [
        (
            str(each.place),
            KINDS[each.kind].what.say(language, **each.fields),
            str(CURES.get(each.kind) or KINDS[each.kind].cure.say(language, **each.fields)),
        )
        for each in error.faults
    ]


def too_large_lines() -> list[tuple[str, str, str]]:
    """That an upload was larger than this installation takes, with what to do."""
    limit = settings.CONFIG.upload_limit_mb
    return fault_lines(RequestError((fault("paper_too_large", limit=limit),)))


def status_of(error: DingdianError) -> int:
    """The status that an error of ours answers with."""
    if any(each.kind in (_BUSY, _GONE) for each in error.faults):
        return 503
    return next((code for family, code in STATUSES.items() if isinstance(error, family)), 500)


def page_of(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """The page of an error: faults in one list, or that the database or the disk is not there."""
    if isinstance(error, DingdianError):
        status = status_of(error)
        if status >= 500:
            _log.error("%s", error)
        return answer(request, status, faults=fault_lines(error))
    if isinstance(error, DataError):  # a value that no column of the database can hold
        return answer(request, 400, why=_("The request cannot be read."))
    if isinstance(error, (DatabaseError, InterfaceError)):
        _log.error("database: %s", error, exc_info=error)
        return answer(request, 503, why=_("The database cannot be reached or written just now."))
    if isinstance(error, OSError):
        _log.error("disk: %s", error, exc_info=error)
        return answer(request, 507, why=_("A file cannot be written: the disk may be full."))
    return None


def answer(
    request: HttpRequest,
    status: int,
    *,
    why: str = "",
    faults: list[tuple[str, str, str]] | None = None,
) -> HttpResponse:
    """A page of its status that says what happened and what to do; JSON where the API asked."""
    if request.path.startswith("/api/"):
        told = [" · ".join(filter(None, each)) for each in faults or ()] or [why]
        return JsonResponse({"detail": told}, status=status)
    context = {"status": status, "why": why, "faults": faults or []}
    part = getattr(request, "htmx", False)
    if status >= 500 and not part:  # without a user, whom the database may not be there to tell
        bare = render_to_string("web/bare.html", {**context, "lang": lang()})
        return HttpResponse(bare, status=status)
    name = "web/error_part.html" if part else "web/error.html"
    response = (
        HttpResponse(render_to_string(name, context), status=status)
        if part
        else render(request, name, context, status=status)
    )
    if part:
        response["HX-Retarget"], response["HX-Reswap"] = "#told", "innerHTML"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    many = isinstance(exception, TooManyFilesSent)
    why = _("Too many files at once: hand in fewer.") if many else _("The request cannot be read.")
    return answer(request, 400, why=why)


def no_permission(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    del exception
    return answer(request, 403, why=_("Your roles do not open this page."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: also for what another district has, so that nothing is learnt by guessing."""
    del exception
    return answer(request, 404, why=_("There is no such page, or it is not for your districts."))


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or what the error under way is told as."""
    error = sys.exc_info()[1]
    if isinstance(error, Exception) and (told := page_of(request, error)) is not None:
        return told
    return answer(request, 500, why=_("Something went wrong in the program. It has been logged."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was too old, or came from elsewhere."""
    del reason
    return answer(
        request, 403, why=_("This form is too old or comes from elsewhere. Open the page again.")
    )
