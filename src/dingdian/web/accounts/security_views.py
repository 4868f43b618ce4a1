"""What the security administrator does: roles, second factors, locks, tokens."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dingdian.core.errors import RequestError
from dingdian.web.accounts import deeds, lists
from dingdian.web.accounts.forms import GrantForm, TokenForm
from dingdian.web.accounts.models import Grant, Token, User
from dingdian.web.accounts.user_views import page_of
from dingdian.web.errors import fault_lines
from dingdian.web.rights import Right, Role, needs


@needs(Right.GRANT_ROLES)
@require_POST
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role."""
    user = get_object_or_404(User, pk=pk)
    form = GrantForm(request.POST, districts=sorted(lists.district_names().items()))
    if form.is_valid():
        given = form.cleaned_data
        try:
            where = {"region": given["region"], "holder": given["holder"]}
            deeds.grant(request.user, user, Role(given["role"]), **where)
        except RequestError as error:
            form.add_error(None, [f"{what} · {cure}" for _place, what, cure in fault_lines(error)])
        else:
            messages.success(request, _("The role is given."))
            return redirect("accounts:user", pk)
    return page_of(request, user, grant_form=form)


@needs(Right.GRANT_ROLES)
@require_POST
def withdraw(request: HttpRequest, pk: int, grant: int) -> HttpResponse:
    """Take a role back."""
    deeds.withdraw(request.user, get_object_or_404(Grant, pk=grant, user_id=pk))
    messages.success(request, _("The role is taken back."))
    return redirect("accounts:user", pk)


@needs(Right.GRANT_ROLES)
@require_POST
def reset_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a second factor."""
    deeds.reset_factor(request.user, get_object_or_404(User, pk=pk))
    messages.success(request, _("The user sets up a new second factor at the next sign-in."))
    return redirect("accounts:user", pk)


@needs(Right.GRANT_ROLES)
@require_POST
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget wrong passwords."""
    deeds.unlock(request.user, get_object_or_404(User, pk=pk))
    messages.success(request, _("The name is unlocked."))
    return redirect("accounts:user", pk)


@needs(Right.GRANT_ROLES)
@require_POST
def end_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """End all sessions."""
    deeds.end_sessions(request.user, get_object_or_404(User, pk=pk))
    messages.success(request, _("All sessions of the user are ended."))
    return redirect("accounts:user", pk)


@needs(Right.GRANT_ROLES)
@require_POST
def issue_token(request: HttpRequest, pk: int) -> HttpResponse:
    """Allow a token for a program, which its user collects."""
    user = get_object_or_404(User, pk=pk)
    form = TokenForm(request.POST)
    if not form.is_valid():
        return page_of(request, user, token_form=form)
    given = form.cleaned_data
    deeds.issue_token(request.user, user, given["name"], given["through"])
    messages.success(request, _("The token is allowed; its user collects it on their own page."))
    return redirect("accounts:user", pk)


@needs(Right.GRANT_ROLES)
@require_POST
def withdraw_token(request: HttpRequest, pk: int, token: int) -> HttpResponse:
    """Make a token worthless."""
    deeds.withdraw_token(request.user, get_object_or_404(Token, pk=token, user_id=pk))
    messages.success(request, _("The token no longer opens anything."))
    return redirect("accounts:user", pk)
