"""Files to take along: the template, the ledger to edit, marked cells, the changes of a preview."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dingdian.core.census.difference import Change
from dingdian.reports.lists import Head, csv_lines
from dingdian.web import bureau, clock
from dingdian.web.imports import changes as kept
from dingdian.web.imports import tidying
from dingdian.web.imports.access import found, importers
from dingdian.web.imports.lines import Lines
from dingdian.wiring import ledgers

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NAMES: Mapping[str, Promise] = {
    "template": _("ledger-template.xlsx"),
    "ledger": _("ledger.xlsx"),
    "marked": _("quality.xlsx"),
    "changes": _("changes.csv"),
}
_CHANGES: Mapping[Change, Promise] = {
    Change.ADDED: _("added"),
    Change.GONE: _("gone"),
    Change.CHANGED: _("changed"),
}
_HEADS: tuple[Promise, ...] = (
    pgettext_lazy("change", "table"),
    pgettext_lazy("change", "change"),
    pgettext_lazy("change", "key"),
    pgettext_lazy("change", "name"),
    pgettext_lazy("change", "column"),
    pgettext_lazy("change", "old"),
    pgettext_lazy("change", "new"),
)


@importers
def template(request: HttpRequest) -> HttpResponse:
    """An empty ledger to fill in."""
    del request
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        ledgers.write_template(path, lang=bureau.lang())
        answer = HttpResponse(path.read_bytes(), content_type=_WORKBOOK)
    return _attached(answer, "template")


@importers
def ledger(request: HttpRequest) -> HttpResponseBase:
    """The ledger as a workbook, as it was written last."""
    answer = _file(tidying.workbook(), "ledger")
    bureau.note(request.user, "ledger:workbook", "ledger.workbook")
    return answer


@importers
def marked(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The workbook with marked cells."""
    row = found(pk)
    answer = _file(row.marked, "marked")
    bureau.note(request.user, row.subject, "import.marked", file=row.name)
    return answer


@importers
def changes(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The changes of a preview, one cell a line; what would run as a formula is kept from it."""
    row, lang = found(pk), bureau.lang()
    table, change = request.GET.get("table", ""), request.GET.get("change", "")
    counts = row.preview.get("counts", {})
    lines = Lines(kept.parts(row.preview_place, counts, table, change))
    if not row.previewed_at:
        raise Http404
    words = {change: str(each) for change, each in _CHANGES.items()}
    rows = (
        (
            kept.table_name(name, lang),
            words[Change(kind)],
            " · ".join(key),
            called,
            kept.column_name(name, column, lang),
            kept.cell(name, column, old, lang),
            kept.cell(name, column, new, lang),
        )
        for name, kind, key, called, cells in lines
        for column, old, new in cells
    )
    bureau.note(request.user, row.subject, "import.changes", file=row.name)
    content = csv_lines([Head(str(each)) for each in _HEADS], rows, fields=False)
    answer = StreamingHttpResponse(content, content_type="text/csv; charset=utf-8")
    return _attached(answer, "changes")


def _file(path: Path, what: str) -> HttpResponseBase:
    if not path.is_file():
        raise Http404
    answer = FileResponse(path.open("rb"), content_type=_WORKBOOK)
    return _attached(answer, what)


def _attached(answer: HttpResponseBase, what: str) -> HttpResponseBase:
    from django.utils.http import content_disposition_header

    stem, dot, ending = str(_NAMES[what]).rpartition(".")
    name = f"{stem}-{clock.today().isoformat()}{dot}{ending}"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer
