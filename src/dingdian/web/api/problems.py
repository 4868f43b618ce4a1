"""What is answered where something is wrong: one form for every status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Schema
from ninja.errors import HttpError, ValidationError

from dingdian.core.errors import DingdianError
from dingdian.web import errors

if TYPE_CHECKING:
    from ninja import NinjaAPI


class Problem(Schema):
    """What is wrong, each in a sentence."""

    detail: list[str]


#: Status -> the form of its body, for operations that name no object and for those that do.
ALWAYS: dict[int, Any] = dict.fromkeys((400, 401, 403, 422, 429, 503), Problem)
OF_ONE: dict[int, Any] = ALWAYS | {404: Problem}


def register(api: NinjaAPI) -> None:
    """Let ``api`` answer in this form."""

    def told(request: HttpRequest, error: Any) -> HttpResponse:
        status, detail = told_as(error)
        return api.create_response(request, {"detail": detail}, status=status)

    for family in (ValidationError, Http404, HttpError, DingdianError):
        api.add_exception_handler(family, told)


def told_as(error: Exception) -> tuple[int, list[str]]:
    """The status and the sentences of what went wrong.

    >>> told_as(HttpError(403, "no right"))
    (403, ['no right'])
    """
    if isinstance(error, ValidationError):
        return 422, [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors]
    if isinstance(error, HttpError):
        return error.status_code, [str(error)]
    if isinstance(error, DingdianError):
        lines = errors.fault_lines(error)
        return errors.status_of(error), [" · ".join(filter(None, line)) for line in lines]
    return 404, [_GONE]


_GONE = "there is none, or it is not for the districts of this token's user"
