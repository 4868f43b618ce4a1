"""Places of the issued work plans: how many there are, who took them, and what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dingdian.core.lifecycle.places import Used, used
from dingdian.web import bureau, clock
from dingdian.web.cases.listing import open_to
from dingdian.web.ledger import words
from dingdian.web.procedure import places
from dingdian.web.rights import Right, needs
from dingdian.wiring.places import taken

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

#: So many of the cases that took places are named in a row.
NAMED = 12


@needs(Right.SEE_LEDGER)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every number of a year's plan with what was taken of it; cases of one's own districts."""
    plans = places.of_years()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in plans else clock.today().year
    plan, desk = plans.get(year), bureau.desk()
    found = list(used(plan, taken(desk), desk.terms)) if plan else []
    context = {
        "plan": plan,
        "year": year,
        "years": sorted(plans),
        "rows": list(_rows(request.user, found)),
    }
    return render(request, "cases/left.html", context)


def _rows(user: User, found: Sequence[Used]) -> Iterator[dict[str, Any]]:
    every = {each.case for its in found for each in (*its.counted, *its.free)}
    seen = set(open_to(user, every))
    for each in found:
        given = each.given
        cases = dict.fromkeys(one.case for one in each.counted)
        named = [case for case in cases if case in seen][:NAMED]
        yield {
            "used": each,
            "scope": words.pick(given.scope_name.zh, given.scope_name.en),
            "resource": words.pick(given.name.zh, given.name.en),
            "free": sum(one.amount for one in each.free),
            "cases": named if given.scope else [],
            "more": len(cases) - len(named) if given.scope else 0,
        }
