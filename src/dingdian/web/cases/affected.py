"""Open applications under a changed policy: who keeps which rules, and what is new on a day."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from dingdian.actions.list_affected import Affected, list_affected
from dingdian.actions.show_case import Reached
from dingdian.core.lifecycle.stages import OPEN
from dingdian.reports.lists import Head, list_csv, list_workbook
from dingdian.reports.lives.words import Speech
from dingdian.web import bureau, clock
from dingdian.web.ledger import listing, refreshing, words
from dingdian.web.ledger.models import Case, Region
from dingdian.web.ledger.views import FORMATS, as_file
from dingdian.web.rights import Right, needs
from dingdian.wiring import institutions

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

#: Cases of a page, and so many days of change are offered.
ROWS, DAYS = 50, 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: the day whose policy is held against, and one rule or all."""

    then: dt.date
    rule: str

    @classmethod
    def of(cls, request: HttpRequest) -> Asked:
        """Where no day is given, the next on which a rule changes; today where none is known."""
        changes = (each for each in bureau.desk().terms.changes if each > clock.today())
        then = next(changes, clock.today())
        with contextlib.suppress(ValueError):
            then = dt.date.fromisoformat(request.GET.get("on", ""))
        return cls(then, request.GET.get("rule", "")[:100])


@needs(Right.SEE_LEDGER)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The open applications of one's districts that a policy of a day would meet."""
    asked = Asked.of(request)
    every = _found(request.user, Right.SEE_LEDGER, asked.then)
    found = [each for each in every if _of_rule(each, asked.rule)]
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    terms, speech = bureau.desk().terms, _speech(asked)
    counted = Counter(reached.rule for each in every for reached in each.reached)
    reading = terms.policy(asked.then).readings.get("rules_of_day")
    context = {
        "asked": asked,
        "page": page,
        "rows": _rows(page.object_list, asked),
        "rules": [(rule, speech.rule(rule), n) for rule, n in sorted(counted.items())],
        "days": [each for each in terms.changes if each > clock.today()][:DAYS],
        "n_open": _open(request.user, Right.SEE_LEDGER).count(),
        "reading": words.pick(
            reading.options.get(reading.chosen or "", ""),
            reading.options_en.get(reading.chosen or "", ""),
        )
        if reading
        else "",
        "may_export": request.user.may(Right.EXPORT_LEDGER),
        "picture": refreshing.shown_picture(request.user.username),
    }
    return render(request, "cases/affected.html", context)


@needs(Right.EXPORT_LEDGER)
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The same as a file, a row for each case and rule; who took it along stands in the journal."""
    if form not in FORMATS:
        raise Http404
    asked = Asked.of(request)
    found = _found(request.user, Right.EXPORT_LEDGER, asked.then)
    rows = [
        [row["case"], row["name"], row["district"], row["stage"], row["rules_day"], *each]
        for row in _rows([each for each in found if _of_rule(each, asked.rule)], asked)
        for each in row["reached"]
    ]
    titles = (
        _("Case"),
        _("Name"),
        pgettext("cases", "District"),
        pgettext("cases", "Stage"),
        _("Keeps the rules of"),
        _("Rule"),
        _("Clause until now"),
        _("Clause then"),
    )
    heads = [Head(each) for each in titles]
    content = (
        list_csv(heads, rows, fields=False)
        if form == "csv"
        else list_workbook(_("Affected"), heads, rows, fields=False, day=clock.today())
    )
    with transaction.atomic():
        said = f"affected on={asked.then} rule={asked.rule}"
        bureau.note(request.user, "ledger", "ledger.export", form=form, filter=said, rows=len(rows))
    return as_file(content, f"affected-{asked.then}.{form}", FORMATS[form])


def _open(user: User, right: Right) -> Any:
    return listing.within(Case.objects.filter(stage__in=list(OPEN)), user.districts(right))


def _found(user: User, right: Right, then: dt.date) -> list[Affected]:
    """In the order of their cases; the ledger is asked for all of them together."""
    names = list(_open(user, right).order_by("case").values_list("case", flat=True))
    desk = bureau.desk()
    states = institutions.look_states(desk, names)
    found = list_affected(states, desk.terms, clock.today(), then)
    return sorted(found, key=lambda each: each.state.case)


def _of_rule(affected: Affected, rule: str) -> bool:
    return not rule or any(each.rule == rule for each in affected.reached)


def _rows(found: Sequence[Affected], asked: Asked) -> list[dict[str, Any]]:
    names = [each.state.case for each in found]
    districts = dict(Case.objects.filter(case__in=names).values_list("case", "district"))
    regions = dict(Region.objects.values_list("code", "name"))
    speech = _speech(asked)
    return [
        {
            "case": each.state.case,
            "name": each.state.about.get("name") or each.state.case,
            "district": regions.get(districts.get(each.state.case, ""), "—"),
            "stage": words.stage(each.state.stage),
            "rules_day": each.rules_day,
            "reached": list(_reached(each.reached, asked, speech)),
        }
        for each in found
    ]


def _reached(
    reached: Iterable[Reached], asked: Asked, speech: Speech
) -> Iterable[tuple[str, str, str]]:
    """The rules with the clause until now and then; of the one rule where one is asked for."""
    for each in reached:
        if asked.rule in ("", each.rule):
            yield speech.rule(each.rule), each.was or "—", each.now or "—"


def _speech(asked: Asked) -> Speech:
    return Speech(bureau.lang(), bureau.desk().terms, asked.then)
