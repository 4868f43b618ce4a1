"""One's own second factor: set it up, show it after the password, and its recovery codes."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from dingdian.web.accounts import factors
from dingdian.web.accounts.forms import CodeForm
from dingdian.web.bureau import note
from dingdian.web.rights import Right, needs


@sensitive_post_parameters()
@never_cache
@needs(Right.SIGNED_IN)
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where somebody stands with their second factor: to set it up, to show it, or shown."""
    if factors.enrolled(request.user) is None:
        return _set_up(request)
    if not request.user.is_verified():
        return _show(request)
    left = factors.codes_left(request.user)
    return render(request, "accounts/factor.html", {"codes_left": left})


def _set_up(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not _waits(request, form):
        codes = factors.confirm(request, form.cleaned_data["code"])
        if codes is not None:
            return _codes(request, codes)
        form.add_error("code", _wrong())
    enrolment = factors.enrolment(factors.begun(request.user))
    context = {"form": form, "enrolment": enrolment}
    return render(request, "accounts/factor_set_up.html", context)


def _show(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not _waits(request, form):
        if factors.verify(request, form.cleaned_data["code"]):
            return redirect(_back(request))
        form.add_error("code", _wrong())
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    return render(request, "accounts/factor_show.html", context)


@never_cache
@needs(Right.SIGNED_IN)
@require_POST
def fresh_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes in place of those before."""
    if not request.user.is_verified():
        return redirect("accounts:second_factor")
    with transaction.atomic():
        codes = factors.fresh_codes(request.user)
        note(request.user, f"user:{request.user.username}", "factor.codes")
    return _codes(request, codes)


@needs(Right.SIGNED_IN)
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Go on without a second factor, where the installation does not ask for one."""
    if request.user.is_verified() and not settings.CONFIG.second_factor:
        with transaction.atomic():
            factors.forget(request.user)
            note(request.user, f"user:{request.user.username}", "factor.forget")
        messages.success(request, _("You sign in with your password alone from now on."))
        return redirect("accounts:me")
    return redirect("accounts:second_factor")


def _codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return render(request, "accounts/factor_codes.html", {"codes": codes})


def _wrong() -> str:
    return _("This code is wrong, too old, or was used before.")


def _waits(request: HttpRequest, form: CodeForm) -> bool:
    """Whether the next code is not looked at yet, which the form then says."""
    seconds = factors.wait(request.user)
    if seconds:
        said = ngettext(
            "Wait %(n)s second before the next code.",
            "Wait %(n)s seconds before the next code.",
            seconds,
        )
        form.add_error("code", said % {"n": seconds})
    return bool(seconds)


def _back(request: HttpRequest) -> str:
    back = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return back if here else "desk:home"
