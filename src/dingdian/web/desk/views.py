"""The first page, tasks, search."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers

from dingdian.core.dossier.stages import ENDED, STAGES, Stage
from dingdian.reports.lives.words import Speech
from dingdian.reports.lives.workbook import due_workbook
from dingdian.web import bureau, clock
from dingdian.web.accounts.models import User
from dingdian.web.desk import finding, indicators, overview, waiting
from dingdian.web.imports.models import BEFORE, Import
from dingdian.web.ledger import listing, looking, refreshing
from dingdian.web.ledger.models import DueLine
from dingdian.web.ledger.views import FORMATS, as_file
from dingdian.web.plans.models import Plan
from dingdian.web.rights import ADMINS, Right, needs

#: Rows of a page of tasks; how many plans and imports the overview lists.
ROWS, SHOWN = 50, 5


@needs(Right.SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """The overview; administrators and institutions have first pages of their own."""
    user = request.user
    if user.may(Right.OWN_CASES):
        return redirect("portal:home")
    if any(held.role in ADMINS for held in user.held):
        return render(request, "desk/admin.html", {"roles": {h.role for h in user.held}})
    context: dict[str, Any] = {"others": waiting.others(user, clock.today())}
    if user.may(Right.SEE_LEDGER):
        context["picture"] = refreshing.shown_picture(user.username)
    if context.get("picture"):
        tallied = overview.tallies(user)
        standings = overview.by_standing(tallied)
        districts = overview.by_district(user, tallied)
        who, due = overview.due_by_urgency(user)
        context |= {
            "standings": standings,
            "districts": districts,
            "medical": sum(each.medical for each in districts),
            "pharmacies": sum(each.pharmacies for each in districts),
            "beds": sum(each.beds for each in districts),
            "unknown": sum(each.unknown for each in districts),
            "district_chart": overview.district_chart(districts),
            "standing_chart": overview.standing_chart(standings),
            "who": who,
            "due": due,
        }
    if user.may(Right.SEE_PLANS):
        version = indicators.latest(request.user)
        measure = request.GET.get("measure", "")
        districts_seen = user.districts(Right.SEE_PLANS)
        context |= {
            "plan_shown": version and indicators.shown(version, measure, districts_seen),
            "plans": _plans(request.user),
        }
    if user.may(Right.IMPORT):
        context["imports"] = list(Import.objects.filter(state__in=BEFORE)[:SHOWN])
    return render(request, "desk/home.html", context)


def _plans(user: User) -> list[tuple[Plan, str]]:
    """The plans under way, with the stage in words."""
    seen = Plan.objects.visible_to(user)
    found = seen.exclude(stage__in=[str(each) for each in ENDED])[:SHOWN]
    return [(each, STAGES[Stage(each.stage)].name.say(bureau.lang())) for each in found]


@needs(Right.IN_OFFICE)
def search(request: HttpRequest) -> HttpResponse:
    """Search by name or code; an exact code leads straight there."""
    text = request.GET.get("q", "").strip()[:100]
    if text and (there := finding.exact(request.user, text)):
        return redirect(there)
    found = finding.find(request.user, text) if text else None
    context = {"text": text, "found": found, "names": overview.names_of_districts()}
    return render(request, "desk/search.html", context)


@needs(Right.IN_OFFICE)
def tasks(request: HttpRequest) -> HttpResponse:
    """What waits for whoever signed in: limits in groups, those of a group by pages."""
    user, today = request.user, clock.today()
    asked = waiting.Asked.of(request)
    desk = bureau.desk()
    speech = Speech(bureau.lang(), desk.terms, today)
    page = None
    if asked.rule or asked.text:
        seen = waiting.visible(DueLine.objects.all(), user)
        page = Paginator(asked.group(asked.apply(seen, user)), ROWS).get_page(
            request.GET.get("page")
        )
        for each in page:
            each.said = looking.limit(waiting.due_of(each), today, speech)
    context = {
        "asked": asked,
        "page": page,
        "what": speech.rule(asked.rule) if asked.rule else "",
        "urgencies": waiting.urgencies(),
        "roles": waiting.roles(),
        "mine": [name for id, name in waiting.roles() if id in waiting.whose(user)],
        "districts": listing.districts_of(user),
        "names": overview.names_of_districts(),
        "may_open": user.may(Right.SEE_LEDGER),
        "may_export": user.may(Right.EXPORT_LEDGER),
    }
    only_lines = request.htmx and request.htmx.target == "lines"
    if not only_lines:
        groups = waiting.groups(waiting.counted(asked, user), speech)
        context |= {
            "groups": groups,
            "total": sum(each.total for each in groups),
            "everybody": waiting.how_many(user) if not groups else 0,
            "others": waiting.others(user, today),
            "picture": refreshing.shown_picture(user.username),
        }
    answer = render(request, "desk/lines.html" if only_lines else "desk/tasks.html", context)
    patch_vary_headers(answer, ("HX-Request",))
    return answer


@needs(Right.EXPORT_LEDGER)
def tasks_export(request: HttpRequest) -> HttpResponse:
    """The limits that the filters leave, as a workbook; noted in the journal."""
    asked, today = waiting.Asked.of(request), clock.today()
    own = listing.within(DueLine.objects.all(), request.user.districts(Right.EXPORT_LEDGER))
    found = [waiting.due_of(each) for each in asked.group(asked.apply(own, request.user))]
    speech = Speech(bureau.lang(), bureau.desk().terms, today)
    content = due_workbook(found, today, speech)
    with transaction.atomic():
        bureau.note(request.user, "tasks", "tasks.export", filter=asked.said(), rows=len(found))
    return as_file(content, f"due-{today}.xlsx", FORMATS["xlsx"])
