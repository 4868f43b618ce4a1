"""Signing in and out, one's own page and password."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth
from django.contrib.auth.forms import PasswordChangeForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from dingdian.web.accounts import deeds, factors, lists, locks
from dingdian.web.accounts.forms import SignInForm
from dingdian.web.accounts.models import Token
from dingdian.web.accounts.user_views import held
from dingdian.web.bureau import note
from dingdian.web.rights import Right, needs, open_to_all
from dingdian.web.visitors import address_of

_sign_in = auth.LoginView.as_view(
    template_name="accounts/sign_in.html",
    authentication_form=SignInForm,
    redirect_authenticated_user=True,
)


@open_to_all
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in; not from an address that has guessed at too many names."""
    if request.method == "POST" and locks.guesses_from(address_of(request)).too_many:
        return render(request, "accounts/locked.html", {"address": True}, status=429)
    return _sign_in(request)


sign_out = needs(Right.SIGNED_IN)(auth.LogoutView.as_view(next_page="accounts:sign_in"))


@needs(Right.SIGNED_IN)
def me(request: HttpRequest) -> HttpResponse:
    """Who I am here, and what I may do."""
    user = request.user
    names = lists.district_names() if any(each.region for each in user.own) else {}
    context = {
        "held": held(user, names),
        "codes_left": factors.codes_left(user) if user.factor_since else 0,
        "tokens": user.tokens.order_by("through"),
    }
    return render(request, "accounts/me.html", context)


@never_cache
@needs(Right.SIGNED_IN)
@require_POST
def collect_token(request: HttpRequest, token: int) -> HttpResponse:
    """A token for a program of one's own, shown once."""
    user = request.user
    text = deeds.collect_token(user, get_object_or_404(Token, pk=token, user_id=user.pk))
    return render(request, "accounts/secret.html", {"who": user, "token": text})


@sensitive_post_parameters()
@needs(Right.SIGNED_IN)
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            user = form.save(commit=False)
            user.must_change = False
            user.save()
            note(user, f"user:{user.username}", "user.password")
        update_session_auth_hash(request, user)
        messages.success(request, _("Your password is changed."))
        return redirect("desk:home")
    return render(request, "accounts/password.html", {"form": form})


def locked_out(request: HttpRequest, credentials: dict[str, Any], *_args: Any) -> HttpResponse:
    """What somebody sees who guessed too often."""
    del credentials
    return render(request, "accounts/locked.html", status=429)
