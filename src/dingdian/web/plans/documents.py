"""The document set of a version: listed, and handed out as it was written or not at all."""

from __future__ import annotations

import re
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from csp.decorators import csp_exempt
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin

from dingdian.core.census.personal import TABLES_OF_PERSONS
from dingdian.reports.words import answers
from dingdian.web import bureau
from dingdian.web.accounts.models import User
from dingdian.web.plans.models import Version
from dingdian.web.plans.reading import held
from dingdian.web.rights import Right, needs
from dingdian.wiring.plans import ADVICE

#: File -> what it is called. Papers are listed by their stem.
NAMES = {
    "plan.html": gettext_lazy("The plan on one page"),
    "map.html": gettext_lazy("The map"),
    "plan.xlsx": gettext_lazy("The tables as a workbook, with formulas"),
    "papers/resource_plan": gettext_lazy("Resource plan, for issue"),
    "papers/work_plan": gettext_lazy("Work plan of the year, for issue"),
    "papers/short": gettext_lazy("Short version"),
    "papers/numbers": gettext_lazy("Numbers printed in the papers, with their keys"),
    "plan.json": gettext_lazy("The plan as data"),
    "maps/institutions": gettext_lazy("Institutions as a map layer"),
    "maps/coverage": gettext_lazy("Coverage as a map layer"),
    "maps/unserved": gettext_lazy("Unserved localities as a map layer"),
}
#: Pages of the reports: they carry their own policy with the fingerprints of their scripts.
PAGES = frozenset({"plan.html", "map.html"})
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: The copies that a version was made from: the whole ledger, for those who may take it along.
COPIES = ("census/", "policy/", "last_year/")
#: A page of the reports runs apart from this site: without its cookies, forms or addresses.
POLICY = (
    "sandbox allow-scripts allow-modals allow-popups; default-src 'none'; "
    "script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def called(name: str) -> str:
    """What a file of a version is called; its name where it has no other."""
    return _called(name) or name


def _called(name: str) -> str:
    stem = name.rpartition(".")[0]
    folder, _slash, file = stem.partition("/")
    number, _dash, kind = file.partition("-")
    if folder == ADVICE and kind in answers.KINDS:
        what = answers.KINDS[kind].say(bureau.lang())
        return _("Advice {n}: {what}").format(n=number, what=what)
    return str(NAMES.get(name) or NAMES.get(stem) or "")


def documents_of(version: Version, user: User) -> dict[str, Any]:
    """The documents of a version by what they are, and whether its files are as they were."""
    rows: dict[str, list[tuple[str, str]]] = {}
    for name in _order(version):
        stem, _dot, kind = name.rpartition(".")
        rows.setdefault(name if name in NAMES else stem, []).append((name, kind))
    return {
        "documents": [(_called(files[0][0]) or what, files) for what, files in rows.items()],
        "pages": PAGES,
        "copies": may_take_copies(user),
        "changed": version.changed_files(),
        "files": len(version.manifest),
    }


def may_take_copies(user: User) -> bool:
    """Whether somebody may take the copy of the whole ledger along."""
    return user.districts(Right.EXPORT_LEDGER) is None


def _tells_of_persons(name: str) -> bool:
    """Whether a file is the copy of a table that has columns of personal data."""
    folder, _slash, file = name.rpartition("/")
    return folder.endswith("census") and file.partition(".")[0] in TABLES_OF_PERSONS


def _left_out(version: Version, user: User) -> list[str]:
    """The copies that somebody may not take along, who may take the others."""
    if user.districts(Right.SEE_PERSONS) is None:
        return []
    return [each for each in sorted(version.manifest) if _tells_of_persons(each)]


def _order(version: Version) -> list[str]:
    order = {name: at for at, name in enumerate(NAMES)}
    names = [each for each in version.manifest if not each.startswith(COPIES)]
    return sorted(names, key=lambda n: (order.get(n, order.get(n.rpartition(".")[0], 99)), n))


@needs(Right.SEE_PLANS)
@csp_exempt()
@xframe_options_sameorigin
def one(request: HttpRequest, pk: int, name: str) -> FileResponse:
    """One file, as it was written; pages are opened, everything else is saved."""
    seen = Version.objects.visible_to(request.user).select_related("plan")
    version = get_object_or_404(seen, pk=pk)
    copied = name.startswith(COPIES)
    if name not in version.manifest or (copied and not may_take_copies(request.user)):
        raise Http404
    if name in _left_out(version, request.user):
        raise Http404
    path = held(version, name)
    page = name in PAGES and "save" not in request.GET
    if not page:
        said = {"number": version.number, "file": name}
        bureau.note(request.user, version.plan.subject, "plan.file", **said)
    return sent(path, saved_as(version, name), page=page)


def sent(path: Path, filename: str, *, page: bool) -> FileResponse:
    """A file that was written here: a page runs apart from this site, everything else is saved."""
    answer = FileResponse(
        path.open("rb"),
        as_attachment=not page,
        filename=filename,
        content_type=TYPES.get(path.suffix, "application/octet-stream"),
    )
    answer["Content-Security-Policy"] = POLICY if page else "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-cache"
    return answer


@needs(Right.EXPORT_LEDGER)
def evidence(request: HttpRequest, pk: int) -> FileResponse:
    """What the version was made from, in one archive: the copies of ledger and shelf, plan.json.

    For who sees no persons the tables that tell of them are left out, and named in a list.
    """
    if not may_take_copies(request.user):
        raise Http404
    version = get_object_or_404(Version.objects.select_related("plan"), pk=pk)
    left_out = _left_out(version, request.user)
    content = tempfile.TemporaryFile()  # noqa: SIM115 -- the answer closes it
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(version.manifest):
            if name not in left_out and (name.startswith(COPIES) or name == "plan.json"):
                archive.write(held(version, name), name)
        if left_out:
            archive.writestr("left_out.txt", "\n".join(left_out) + "\n")
    content.seek(0)
    subject = version.plan.subject
    bureau.note(request.user, subject, "plan.evidence", number=version.number)
    return FileResponse(content, as_attachment=True, filename=saved_as(version, "evidence.zip"))


def saved_as(version: Version, name: str) -> str:
    """The name under which a file is saved: plan, version and what it is."""
    _stem, dot, kind = name.rpartition(".")
    what = _called(name) or _("Evidence")
    number = _("version {n}").format(n=version.number)
    parts = [version.plan.title, number, what]
    if version.what_if:
        parts.insert(0, _("what-if"))
    return _NOT_IN_NAMES.sub("_", "-".join(parts)) + dot + kind
