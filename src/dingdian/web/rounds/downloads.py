"""Files to take along: the template, marked cells, the decision, and letters without numbers."""

from __future__ import annotations

import tempfile
from pathlib import Path

from csp.decorators import csp_exempt
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from dingdian.web import bureau
from dingdian.web.jobs.running import ask
from dingdian.web.letters.views import POLICY
from dingdian.web.plans.documents import POLICY as PAGE_POLICY
from dingdian.web.plans.documents import TYPES
from dingdian.web.rights import Right, needs
from dingdian.web.rounds import access, lettering, reading
from dingdian.web.rounds.results import one_of
from dingdian.wiring import ledgers

#: File of a decision -> what it is saved as.
FILES = {
    "decisions.xlsx": gettext_lazy("decisions"),
    "decisions.html": gettext_lazy("decisions"),
    "decisions.json": gettext_lazy("decisions"),
}


@needs(Right.MOVE_CASES)
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """An empty round to fill in, with the items of the policy of this place."""
    del request
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "round.xlsx"
        ledgers.write_round_template(path, policy=settings.CONFIG.policy, lang=bureau.lang())
        answer = HttpResponse(path.read_bytes(), content_type=TYPES[".xlsx"])
    return _attached(answer, _("round-template") + ".xlsx")


@needs(Right.SEE_LEDGER)
@require_safe
def marked(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The workbook with marked cells."""
    row = access.seen(request.user, pk)
    if not access.whole(request.user, row) or not row.marked.is_file():
        raise Http404
    bureau.note(request.user, row.subject, "round.file", file="quality.xlsx")
    answer = FileResponse(row.marked.open("rb"), content_type=TYPES[".xlsx"])
    return _attached(answer, _("round-quality") + f"-{row.pk}.xlsx")


@needs(Right.SEE_LEDGER)
@csp_exempt()
@xframe_options_sameorigin
@require_safe
def file(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """A file of the decision, as it was written; the page is opened, everything else is saved."""
    row = access.decided(request.user, pk)
    if name == lettering.ARCHIVE:
        path = row.letters
    elif name in FILES:
        path = reading.held_file(row, name)
    else:
        raise Http404
    if not access.whole(request.user, row) or not path.is_file():
        raise Http404
    page = path.suffix == ".html" and "save" not in request.GET
    if not page:
        bureau.note(request.user, row.subject, "round.file", file=name, number=row.number)
    kind = TYPES.get(path.suffix, "application/zip")
    answer = FileResponse(path.open("rb"), content_type=kind)
    answer["Content-Security-Policy"] = PAGE_POLICY if page else "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-cache"
    if page:
        return answer
    what = _("letters") if name == lettering.ARCHIVE else str(FILES[name])
    return _attached(answer, f"{what}-{row.pk}-{row.number}{path.suffix}")


@needs(Right.MOVE_CASES)
def specimens(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the letters of all applicants, without numbers, as one archive."""
    row = access.decided(request.user, pk)
    if not access.may(request.user, row, Right.MOVE_CASES):
        raise PermissionDenied
    if request.method == "POST":
        given = {"pk": row.pk, "number": row.number}
        ask(lettering.SPECIMENS, row.subject, by=request.user.username, **given)
    return redirect("rounds:one", pk)


@needs(Right.MOVE_CASES)
@csp_exempt()
@xframe_options_sameorigin
@require_safe
def letter(request: HttpRequest, pk: int, application: str, form: str) -> HttpResponse:
    """The letter of an applicant without a number, as a page or a Word file."""
    row = access.decided(request.user, pk)
    found = reading.shown(row)
    decision = one_of(found, request.user, application)
    if not request.user.may(Right.MOVE_CASES, decision.district) or form not in lettering.FORMS:
        raise Http404
    name, content = lettering.specimen(found.record, decision, form)
    answer = HttpResponse(content, content_type=TYPES[f".{form}"])
    answer["Content-Security-Policy"] = POLICY
    answer["Cache-Control"] = "private, no-cache"
    return answer if form == "html" else _attached(answer, name)


def _attached(answer: HttpResponseBase, name: str) -> HttpResponseBase:
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer
