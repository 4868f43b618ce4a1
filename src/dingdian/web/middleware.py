"""What surrounds every page: telling what went wrong, and guarding who may see it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from dingdian.web import errors

Answer = Callable[[HttpRequest], HttpResponse]
_log = logging.getLogger("dingdian.web")
#: Pages that somebody sees who has yet to change a password or to set up a second factor.
_PASSWORD = "accounts:password"  # noqa: S105 -- the name of a page
_BEFORE = frozenset({"accounts:sign_out", "accounts:second_factor", "language"})
#: A session is renewed at most once in so many seconds.
_RENEWED = 60


class telling:  # noqa: N801 -- named in the settings as what it does
    """One line of log a request, and a page for everything that goes wrong."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; its time and status in the log."""
        began = time.monotonic()
        response = errors.bad_request(request) if _unreadable(request) else self.answer(request)
        if request.path != "/health" and not request.path.startswith("/static/"):
            user = getattr(request, "user", None)
            more = {
                "path": request.path,
                "status": response.status_code,
                "seconds": round(time.monotonic() - began, 4),
                "user": getattr(user, "username", ""),
            }
            _log.info("%s %s", request.method, request.path, extra=more)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of an error of ours or of the database; others are Django's."""
        return errors.page_of(request, error)


def _unreadable(request: HttpRequest) -> bool:
    """Whether the address holds a sign (NUL) that no name has and no database keeps.

    The API tells that itself, as its description says.
    """
    if request.path.startswith("/api/"):
        return False
    return "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", "")


class speaking:  # noqa: N801
    """Chinese, or the language of the switch: what a browser prefers is not asked."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer in its language."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.answer(request)
        response.headers.setdefault("Content-Language", language)
        return response


class guarding:  # noqa: N801
    """No view is reached by whom it is not for; one that says nothing of itself is for nobody."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; the session of somebody who works is renewed."""
        response = self.answer(request)
        session = getattr(request, "session", None)
        if session is not None and "_auth_user_id" in session and not session.modified:
            seen = session.get("seen", 0)
            if time.time() - seen > _RENEWED:
                session["seen"] = int(time.time())
                session.save()
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Nothing where the visitor may see the view, else where to go first.

        Raises:
            PermissionDenied: they may not see it.
        """
        del args, kwargs
        needs = getattr(view, "needs", None)
        if needs is None:
            raise PermissionDenied("a view without rights")
        if not needs:
            return None
        user = request.user
        if not user.is_authenticated:
            return to_sign_in(request)
        if (before := _first(request)) is not None:
            return before
        if not any(user.may(right) for right in needs):
            raise PermissionDenied
        return None


def _first(request: HttpRequest) -> HttpResponse | None:
    """Where somebody must go before anything else: who has a second factor shows it first."""
    match = request.resolver_match
    if match is None or match.view_name in _BEFORE:
        return None
    from django.conf import settings

    user = request.user
    verified = user.is_verified()
    if user.factor_since and not verified:
        return _to_second_factor(request)
    if match.view_name == _PASSWORD:
        return None
    if user.must_change:
        return redirect(_PASSWORD)
    return None if verified or not settings.CONFIG.second_factor else _to_second_factor(request)


def _to_second_factor(request: HttpRequest) -> HttpResponse:
    there = reverse("accounts:second_factor")
    back = request.get_full_path() if request.method == "GET" else "/"
    return redirect(there if back == "/" else f"{there}?{urlencode({'next': back})}")


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the page of sign-in and back here after; a part of a page sends the whole page there."""
    from django.contrib.auth.views import redirect_to_login
    from django_htmx.http import HttpResponseClientRedirect

    answer = redirect_to_login(request.get_full_path())
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(answer.url)
    return answer
