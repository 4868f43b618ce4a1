"""Users for their administrators: the list, one user, and what the system administrator does."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dingdian.web.accounts import deeds, lists
from dingdian.web.accounts.forms import GrantForm, NewUserForm, TokenForm, UserForm
from dingdian.web.accounts.locks import locked_names
from dingdian.web.accounts.models import User
from dingdian.web.rights import ROLE_NAMES, Right, Role, needs


@needs(Right.MANAGE_USERS, Right.GRANT_ROLES)
def users(request: HttpRequest) -> HttpResponse:
    """All users that the filters leave, by name of sign-in."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "state", "role")}
    found = lists.users(asked["q"], asked["state"], asked["role"])
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    names = lists.district_names()
    locked = locked_names(each.username for each in page)
    rows = [
        {"user": each, "roles": held(each, names), "locked": each.username in locked}
        for each in page
    ]
    roles = [(str(role), words) for role, words in ROLE_NAMES.items()]
    context = {"page": page, "rows": rows, "asked": asked, "roles": roles}
    context["manages"] = request.user.may(Right.MANAGE_USERS)
    return render(request, "accounts/users.html", context)


def held(user: User, names: dict[str, str]) -> list[dict[str, Any]]:
    """The roles of a user in words, with their district or the code of their institution."""
    return [
        {
            "grant": g,
            "role": ROLE_NAMES[Role(g.role)],
            "district": g.holder or names.get(g.region, g.region),
        }
        for g in sorted(user.grants.all(), key=lambda g: (g.role, g.region, g.holder))
    ]


@never_cache
@needs(Right.MANAGE_USERS)
def new(request: HttpRequest) -> HttpResponse:
    """Make a user; their password is shown once."""
    form = NewUserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.save(commit=False)
        password = deeds.create(request.user, user)
        return secret(request, user, password=password)
    return render(request, "accounts/user_new.html", {"form": form})


@needs(Right.MANAGE_USERS, Right.GRANT_ROLES)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One user."""
    return page_of(request, get_object_or_404(User, pk=pk))


def page_of(request: HttpRequest, user: User, **forms: Any) -> HttpResponse:
    """The page of a user with forms that were filled in wrongly, or fresh ones."""
    names = lists.district_names()
    districts = sorted(names.items())
    context = {
        "who": user,
        "oneself": user.pk == request.user.pk,
        "held": held(user, names),
        "locked": bool(locked_names([user.username])),
        "tokens": user.tokens.order_by("through"),
        "may_use_api": user.may(Right.USE_API),
        "manages": request.user.may(Right.MANAGE_USERS),
        "grants": request.user.may(Right.GRANT_ROLES),
        "form": UserForm(instance=user),
        "grant_form": GrantForm(districts=districts),
        "token_form": TokenForm(initial={"through": deeds.longest()}),
        **forms,
    }
    return render(request, "accounts/user.html", context, status=422 if forms else 200)


def secret(request: HttpRequest, user: User, password: str) -> HttpResponse:
    """A password for once, shown once."""
    return render(request, "accounts/secret.html", {"who": user, "password": password})


@needs(Right.MANAGE_USERS)
@require_POST
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name or office."""
    user = get_object_or_404(User, pk=pk)
    form = UserForm(request.POST, instance=user)
    if not form.is_valid():
        return page_of(request, get_object_or_404(User, pk=pk), form=form)
    deeds.edit(request.user, form.save(commit=False))
    messages.success(request, _("Kept."))
    return redirect("accounts:user", pk)


@needs(Right.MANAGE_USERS)
@require_POST
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """A user signs in no more."""
    deeds.set_active(request.user, get_object_or_404(User, pk=pk), False)
    messages.success(request, _("The user can no longer sign in."))
    return redirect("accounts:user", pk)


@needs(Right.MANAGE_USERS)
@require_POST
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """A user signs in again."""
    deeds.set_active(request.user, get_object_or_404(User, pk=pk), True)
    messages.success(request, _("The user can sign in again."))
    return redirect("accounts:user", pk)


@never_cache
@needs(Right.MANAGE_USERS)
@require_POST
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """A password to be used once: from the hand that can reset no second factor."""
    user = get_object_or_404(User, pk=pk)
    return secret(request, user, password=deeds.reset_password(request.user, user))
