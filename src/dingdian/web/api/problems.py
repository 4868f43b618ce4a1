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
    api.add_exception_handler(ValidationError, lambda _, error: _answer(api, _, 422, _lines(error)))
    api.add_exception_handler(Http404, lambda request, _: _answer(api, request, 404, [_GONE]))
    api.add_exception_handler(
        HttpError, lambda request, error: _answer(api, request, error.status_code, [str(error)])
    )
    api.add_exception_handler(
        DingdianError,
        lambda request, error: _answer(api, request, errors.status_of(error), _told(error)),
    )


_GONE = "there is none, or it is not for the districts of this token's user"


def _lines(error: ValidationError) -> list[str]:
    return [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors]


def _told(error: DingdianError) -> list[str]:
    return [" · ".join(filter(None, line)) for line in errors.fault_lines(error)]


def _answer(api: NinjaAPI, request: HttpRequest, status: int, detail: list[str]) -> HttpResponse:
    return api.create_response(request, {"detail": detail}, status=status)
