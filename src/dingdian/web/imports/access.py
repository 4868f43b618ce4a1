"""Who may import: whoever has the right in the whole place; a part of a ledger is none."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from dingdian.web.imports.models import Import
from dingdian.web.jobs.models import Job
from dingdian.web.rights import Right, needs

View = Callable[..., HttpResponseBase]


def importers(view: View) -> View:
    """Mark a view as one for who may import in the whole place."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **more: Any) -> HttpResponseBase:
        if request.user.districts(Right.IMPORT) is not None:
            raise PermissionDenied
        return view(request, *args, **more)

    return needs(Right.IMPORT)(guarded)


def found(pk: int) -> Import:
    """The import of a number, or the page that there is none."""
    row: Import = get_object_or_404(Import, pk=pk)
    return row


def last_job(row: Import, *kinds: str) -> Job | None:
    """The long work of some kinds that was asked for last."""
    return Job.objects.filter(about=row.subject, kind__in=kinds).order_by("-pk").first()


def wizard(row: Import, current: int, **more: Any) -> dict[str, Any]:
    """What every step of the wizard shows."""
    return {"row": row, "current": current, **more}
