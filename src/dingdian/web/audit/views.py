"""The journal for the audit administrator: read it, export it, verify it, export its heads."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from dingdian.core.errors import Fault, RequestError, fault
from dingdian.core.journal import journal_mark
from dingdian.reports.journal_workbook import journal_workbook
from dingdian.web import bureau, clock
from dingdian.web.accounts.lists import district_names
from dingdian.web.audit import reading
from dingdian.web.audit.acts import FILTER, acts
from dingdian.web.audit.forms import HeadsForm
from dingdian.web.audit.handlers import JOURNAL, KIND, LEDGER
from dingdian.web.errors import fault_lines
from dingdian.web.jobs.models import Job
from dingdian.web.jobs.running import ask
from dingdian.web.rights import Right, needs
from dingdian.wiring import chains

#: So many notes go into one workbook.
MOST = 100_000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(Right.READ_JOURNAL)
def index(request: HttpRequest) -> HttpResponse:
    """The notes that the filters leave, the newest first."""
    filters = reading.Filters.of(request.GET)
    page = Paginator(reading.notes(filters), 50).get_page(request.GET.get("page"))
    names = district_names()
    context = {
        "page": page,
        "rows": list(reading.rows(page)),
        "filters": filters,
        "acts": sorted(acts().items()),
        "names": names,
        "districts": sorted(names.items()),
    }
    return render(request, "audit/journal.html", context)


@needs(Right.READ_JOURNAL)
def export(request: HttpRequest) -> HttpResponse:
    """The filtered journal as a workbook.

    Raises:
        RequestError: there are too many notes for one.
    """
    filters = reading.Filters.of(request.GET)
    found = reading.notes(filters)
    count = found.count()
    if count > MOST:
        raise RequestError((fault("too_many_rows", n=count, most=MOST),))
    titles = (
        _("No."),
        _("Moment"),
        _("Person"),
        _("In the role"),
        _("Act"),
        _("Code of the act"),
        _("Subject"),
        _("District"),
        _("Facts"),
    )
    rows = (_cells(row) for row in reading.rows(found.iterator(2000)))
    content = journal_workbook(_("Journal"), titles, rows)
    bureau.note(request.user, "journal", "audit.export", rows=count, **_asked(request))
    return _file(content, f"journal-{clock.today():%Y%m%d}.xlsx", _XLSX)


def _cells(row: reading.Row) -> tuple[object, ...]:
    facts = "; ".join(f"{name}: {value}" for name, value in row.facts)
    moment = f"{row.at:%Y-%m-%d %H:%M:%S}"
    who = (row.by, row.roles)
    return (row.seq, moment, *who, row.act_words, row.act, row.subject, row.region, facts)


def _asked(request: HttpRequest) -> dict[str, Any]:
    """The filters as facts of a note, under names that are not its own."""
    return {f"{FILTER}{name}": value for name, value in request.GET.items() if name != "page"}


@needs(Right.READ_JOURNAL)
def verification(request: HttpRequest) -> HttpResponse:
    """Ask for a verification of both chains; those before, and where the chains end now."""
    form = HeadsForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = HeadsForm(request.POST, request.FILES)
        if form.is_valid():
            by = request.user.username
            job = ask(KIND, f"chains:{by}"[:60], by=by, **form.cleaned_data["heads"])
            return redirect("audit:verified", job.pk)
    jobs = Job.objects.filter(kind=KIND)
    context = {
        "form": form,
        "page": Paginator(jobs, 20).get_page(request.GET.get("page")),
        "ledger_head": bureau.desk().ledger.head(),
        "journal_head": bureau.journal().head(),
    }
    return render(request, "audit/verification.html", context)


@needs(Right.READ_JOURNAL)
def verified(request: HttpRequest, pk: int) -> HttpResponse:
    """One verification: how far it is, and what it came to."""
    job = get_object_or_404(Job, pk=pk, kind=KIND)
    parts = []
    for name, title in ((LEDGER, _("Ledger of cases")), (JOURNAL, _("Journal"))):
        if name in job.result:
            found = job.result[name]
            faults = tuple(Fault(kind, details=tuple(d.items())) for kind, d in found["faults"])
            lines = fault_lines(RequestError(faults)) if faults else []
            more = found["count"] - len(lines)
            parts.append({"title": title, "found": found, "lines": lines, "more": more})
    return render(request, "audit/verified.html", {"job": job, "parts": parts})


@needs(Right.READ_JOURNAL)
def head(request: HttpRequest, chain: str) -> HttpResponse:
    """The end of a chain as a file, to be signed and kept elsewhere."""
    mark = bureau.desk().ledger.mark
    if chain == LEDGER:
        end = bureau.desk().ledger.head()
    elif chain == JOURNAL:
        mark, end = journal_mark(mark), bureau.journal().head()
    else:
        raise Http404
    content = chains.head_text(mark, end, clock.now())
    bureau.note(request.user, "chains", "audit.head", chain=chain, entries=end.entries)
    name = f"{chain}-head-{clock.now():%Y%m%d-%H%M%S}.json"
    return _file(content.encode(), name, "application/json")


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
