"""The exchange with the public site: pages of the bureau."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from dingdian.core.errors import DingdianError, Fault, Place
from dingdian.storage.exchange_keys import own_key, trusted_key
from dingdian.web import bureau
from dingdian.web.errors import fault_lines
from dingdian.web.jobs import running
from dingdian.web.jobs.models import Job
from dingdian.web.public import making, taking_in, where
from dingdian.web.public.handlers import KIND
from dingdian.web.public.models import Edition, Received, TakenComment
from dingdian.web.rights import Right, needs

_ROWS = 50


class FileForm(forms.Form):
    """A file that was brought from the public site."""

    file = forms.FileField(
        label=gettext_lazy("File of comments"),
        help_text=gettext_lazy("comments-000001.zip, as the public site wrote it."),
        widget=forms.FileInput({"accept": ".zip"}),
    )


@needs(Right.EXCHANGE)
def index(request: HttpRequest) -> HttpResponse:
    """Editions that went out, files that came in, and the keys of both sides."""
    return _page(request, FileForm())


def _page(request: HttpRequest, form: FileForm, status: int = 200) -> HttpResponse:
    received = Paginator(Received.objects.all(), _ROWS).get_page(request.GET.get("page"))
    for each in received:
        each.lines = fault_lines_of(each.faults)
    own, trusted = _keys()
    context = {
        "form": form,
        "editions": Edition.objects.all()[:_ROWS],
        "page": received,
        "job": Job.objects.filter(kind=KIND).first(),
        "held": TakenComment.objects.filter(held__isnull=False).count(),
        "own": own,
        "trusted": trusted,
    }
    return render(request, "exchange/list.html", context, status=status)


def _keys() -> tuple[str, str]:
    """What both keys are known by; empty where there is none."""
    trusted = trusted_key(where.exchange())
    return own_key(where.exchange()).id, trusted.id if trusted else ""


def fault_lines_of(faults: list[Any]) -> list[tuple[str, str, str]]:
    """The faults of a file that was refused, as pages of errors show them."""
    found = tuple(Fault(kind, Place(), tuple(details.items())) for kind, details in faults)
    return fault_lines(DingdianError(found))


@needs(Right.EXCHANGE)
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Ask for the next edition."""
    running.ask(KIND, KIND, by=request.user.username)
    bureau.note(request.user, "exchange", "edition.ask")
    return redirect("exchange:list")


@needs(Right.EXCHANGE)
def download(request: HttpRequest, number: int) -> HttpResponse:
    """The file of an edition.

    Raises:
        Http404: there is none, or its file is gone.
    """
    edition = get_object_or_404(Edition, number=number)
    path = making.file_of(edition)
    if not path.is_file():
        raise Http404
    bureau.note(request.user, f"edition:{number}", "edition.download", sha256=edition.sha256)
    return FileResponse(path.open("rb"), as_attachment=True, filename=edition.file_name)


@needs(Right.EXCHANGE)
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take in, or refuse, a file of comments."""
    form = FileForm(request.POST, request.FILES)
    if getattr(request, "too_large", False):
        form.add_error("file", _("The file is too large."))
    if not form.is_valid():
        return _page(request, form, 422)
    file: UploadedFile = form.cleaned_data["file"]
    name = Path(file.name or "comments.zip").name
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / name
        with copy.open("wb") as whole:
            whole.writelines(file.chunks())
        received = taking_in.take_in(copy, name=name, by=request.user)
    if received.state == Received.State.REFUSED:
        messages.error(request, _("The file was refused. Nothing was taken in."))
    else:
        told = ngettext(
            "%(n)d comment taken in, %(fresh)d of them new.",
            "%(n)d comments taken in, %(fresh)d of them new.",
            received.comments,
        )
        messages.success(request, told % {"n": received.comments, "fresh": received.fresh})
        if received.said:
            told = ngettext(
                "%(n)d objection, complaint or answer taken in, %(fresh)d of them new.",
                "%(n)d objections, complaints and answers taken in, %(fresh)d of them new.",
                received.said,
            )
            messages.success(request, told % {"n": received.said, "fresh": received.said_fresh})
    return redirect("exchange:list")


@needs(Right.EXCHANGE)
def key(request: HttpRequest) -> HttpResponse:
    """The bureau's public key, to be brought to the public site."""
    del request
    pem = own_key(where.exchange()).public_pem
    response = HttpResponse(pem, content_type="application/x-pem-file")
    response["Content-Disposition"] = 'attachment; filename="bureau-public-key.pem"'
    return response
