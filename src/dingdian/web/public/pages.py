"""What every page of the public site knows: the edition that it shows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dingdian.web import errors
from dingdian.web.public.models import Installed


def page(request: HttpRequest, template: str, status: int = 200, **more: Any) -> HttpResponse:
    """A page of the public site."""
    edition = more.pop("edition", None) or shown()
    about = edition.about if edition else {}
    context = {"edition": edition, "about": about, **more}
    return render(request, f"public/{template}.html", context, status=status)


def shown() -> Installed | None:
    """The edition that the site shows; ``None`` before the first."""
    return Installed.objects.first()


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    del exception
    return errors.answer(request, 404, why=_("There is no such page, or what it showed has gone."))
