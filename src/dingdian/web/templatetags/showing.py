"""How days, numbers and addresses are shown on every page."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join

from dingdian.core.digits import rounded
from dingdian.core.lifecycle.entry import SHANGHAI
from dingdian.reports.wording import grouped, long_day
from dingdian.web.bureau import lang
from dingdian.web.persons import shown

register = template.Library()


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """2026年1月5日, or 5 January 2026; — where there is none."""
    if value is None or value == "":
        return "—"
    if isinstance(value, dt.datetime):
        value = value.astimezone(SHANGHAI).date()
    return long_day(value, lang())


@register.filter
def moment(value: dt.datetime | None) -> str:
    """2026年1月5日 09:30; — where there is none."""
    if not value:
        return "—"
    here = value.astimezone(SHANGHAI)
    return f"{long_day(here.date(), lang())} {here:%H:%M}"


@register.filter
def number(value: float | Fraction | None, decimals: int = 0) -> str:
    """A number with thousands separators; — where it is not known."""
    if value is None or value == "":
        return "—"
    return grouped(rounded(Fraction(value), int(decimals)))


@register.filter
def at(mapping: Any, key: Any) -> Any:
    """The value of a mapping under a key; empty where there is none."""
    return mapping.get(key, "")


@register.filter
def beside(these: Any, those: Any) -> list[tuple[Any, Any]]:
    """Things in pairs with those at the same place: ``{{ row.cells|beside:table.columns }}``."""
    return list(zip(these, those, strict=True))


@register.filter
def said(value: Any, name: str) -> Any:
    """A text of the shelf in the language of the page: ``{{ clause|said:"text" }}``."""
    english = getattr(value, f"{name}_en", "") if lang() == "en" else ""
    return english or getattr(value, name)


@register.filter
def text(value: Any) -> str:
    """A ``Text`` of the program in the language of the page."""
    return value.say(lang()) if value else ""


@register.simple_tag(takes_context=True)
def person(context: template.Context, value: str | None, how: str, district: str = "") -> str:
    """Personal data as the visitor may see it: ``{% person head "name" district %}``."""
    return shown(context.get("me"), value, how, district) or "—"


@register.simple_tag(takes_context=True)
def who(context: template.Context, username: str) -> str:
    """A member of staff by name, the name of sign-in beside it on pointing; two of ``a+b``.

    Who is not (or no longer) a user keeps the name that was written down; — for nobody.
    The names are read once a page.
    """
    from dingdian.web.accounts.models import User

    request = context["request"]
    if not hasattr(request, "names_of_staff"):
        request.names_of_staff = dict(User.objects.values_list("username", "name"))
    return format_html_join("、", "{}", ((_who(request, each),) for each in username.split("+")))


def _who(request: Any, username: str) -> str:
    name = request.names_of_staff.get(username)
    if not name:
        return username or "—"
    return format_html('<span title="{}">{}</span>', username, name)


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changed: Any) -> str:
    """This page's query with some parts changed: filters stay in the address; none drops one."""
    parts = context["request"].GET.copy()
    for name, value in changed.items():
        if value in (None, ""):
            parts.pop(name, None)
        else:
            parts[name] = str(value)
    return f"?{parts.urlencode()}"
