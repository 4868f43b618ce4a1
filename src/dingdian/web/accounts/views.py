"""Signing in and out, one's own page and password."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from dingdian.web.bureau import note
from dingdian.web.rights import Right, needs, open_to_all

sign_in = open_to_all(
    auth.LoginView.as_view(template_name="accounts/sign_in.html", redirect_authenticated_user=True)
)
sign_out = needs(Right.SIGNED_IN)(auth.LogoutView.as_view(next_page="accounts:sign_in"))


@needs(Right.SIGNED_IN)
def me(request: HttpRequest) -> HttpResponse:
    """Who I am here, and what I may do."""
    return render(request, "accounts/me.html")


@sensitive_post_parameters()
@needs(Right.SIGNED_IN)
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.save(commit=False)
        user.must_change = False
        user.save()
        update_session_auth_hash(request, user)
        note(user, f"user:{user.username}", "user.password")
        messages.success(request, _("Your password is changed."))
        return redirect("desk:home")
    return render(request, "accounts/password.html", {"form": form})


def locked_out(request: HttpRequest, credentials: dict[str, Any], *_args: Any) -> HttpResponse:
    """What somebody sees who guessed too often."""
    del credentials
    return render(request, "accounts/locked.html", status=429)
