"""An issued plan held against what has come since: targets, what was reached, the difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dingdian.actions.compare_outcomes import Part
from dingdian.core.census.vocabulary import CHOICES
from dingdian.core.dossier.steps import cited
from dingdian.web import bureau, clock
from dingdian.web.jobs.models import Job, State
from dingdian.web.ledger.listing import within
from dingdian.web.ledger.models import Case
from dingdian.web.ledger.words import term
from dingdian.web.plans.models import Plan, Version
from dingdian.web.procedure import counting, dossiers, outcomes
from dingdian.web.procedure.flowing import Flow
from dingdian.web.procedure.models import Counted
from dingdian.web.procedure.outcomes import Found, Number
from dingdian.web.procedure.views import head_of, plan_of
from dingdian.web.rights import Right, needs
from dingdian.web.templatetags.showing import day

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

#: Rows of the ledger on a page, and so many later versions are offered.
ROWS, LATER = 50, 20
#: The readings that say when a plan is held against outcomes.
READINGS = ("review_period",)


class SpanForm(forms.Form):
    """The span to be counted."""

    since = forms.DateField(label=gettext_lazy("From"), widget=forms.DateInput({"type": "date"}))
    through = forms.DateField(
        label=gettext_lazy("Through"), widget=forms.DateInput({"type": "date"})
    )

    def clean(self) -> dict[str, Any]:
        """A span that the ledger covers, and that has begun."""
        found: dict[str, Any] = super().clean() or {}
        since, through = found.get("since"), found.get("through")
        opened = bureau.desk().ledger.mark.opened_on
        if since is not None and since < opened:
            self.add_error("since", _("The ledger begins on %(day)s.") % {"day": day(opened)})
        if through is not None and through > clock.today():
            self.add_error("through", _("This day is still to come."))
        if since is not None and through is not None and since > through:
            self.add_error("through", _("It lies before the first day."))
        return found


@needs(Right.SEE_PLANS)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The tables of an issued plan as they were counted last, and asking for a count."""
    plan = plan_of(request.user, pk)
    state = dossiers.state_of_plan(plan)
    context: dict[str, Any] = head_of(plan, state, "outcomes")
    issued, issue = plan.issued_version, state.valid.get("issue")
    if issued is None or issue is None:
        return render(request, "procedure/outcomes.html", context)
    review = state.valid.get("open_review")
    since = (review and review.day("span_since")) or issue.day("since") or clock.today()
    through = (review and review.day("span_through")) or max(since, clock.today())
    form = SpanForm(request.POST or None, initial={"since": since, "through": through})
    if request.method == "POST" and form.is_valid():
        _ask(request.user, plan, issued, (form.cleaned_data["since"], form.cleaned_data["through"]))
        return redirect("procedure:outcomes", pk)
    versions = list(
        Version.objects.visible_to(request.user)
        .filter(what_if=False, made_at__gt=issued.made_at)
        .select_related("plan")
        .order_by("-made_at")[:LATER]
    )
    later = next((v for v in versions if str(v.pk) == request.GET.get("now")), None)
    later = later or (versions[0] if versions else None)
    context |= {
        "form": form,
        **_job(request.user, issued),
        "versions": versions,
        "later": later,
        "measures": list(outcomes.measures(issued, later)),
        **_counted(request, plan, issued),
    }
    return render(request, "procedure/outcomes.html", context)


def _ask(user: User, plan: Plan, issued: Version, span: counting.Span) -> None:
    with transaction.atomic():
        counting.ask_for(issued, span, user.username)
        since, through = span
        bureau.note(user, plan.subject, "outcomes.count", since=since, through=through)


def _job(user: User, issued: Version) -> dict[str, Any]:
    """The count under way, or the last one where it came to nothing; shown to who asked."""
    last = Job.objects.filter(kind=counting.KIND, about=counting.about(issued)).first()
    if last is None or last.state == State.DONE:
        return {"job": None}
    return {"job": last, "sees_job": last.by == user.username or user.may(Right.SEE_JOBS)}


def _counted(request: HttpRequest, plan: Plan, issued: Version) -> dict[str, Any]:
    """The count that the address names, else the newest, with those beside it."""
    kept = list(issued.counted.all())
    chosen = next((c for c in kept if str(c.pk) == request.GET.get("count")), None)
    counted = chosen or (kept[0] if kept else None)
    if counted is None:
        return {"counted": None}
    found = Found.of(plan, counted)
    return {
        "counted": counted,
        "fresh": counting.is_fresh(counted),
        "kept": kept,
        "places": list(found.places()),
        "columns": outcomes.COLUMNS.values(),
        "books": list(found.books()),
        "flow": Flow.of(found, request.user),
    }


@needs(Right.SEE_PLANS)
def derivation(request: HttpRequest, pk: int, count_pk: int, part: str) -> HttpResponse:
    """How a number of the tables was made: formula, rows of the ledger, clause and reading."""
    plan = plan_of(request.user, pk)
    counted = get_object_or_404(Counted, pk=count_pk, version=plan.issued_version_id)
    found = Found.of(plan, counted)
    record, words = found.issued.record, found.issued.words
    of = Number(part, request.GET.get("resource", ""), request.GET.get("scope", ""))
    known = part in outcomes.COLUMNS and of.resource in CHOICES["resource"]
    if not known or (of.scope and of.scope not in record.scopes):
        raise Http404
    span = {"since": day(counted.since), "through": day(counted.through)}
    clauses, basis = cited("open_review", dossiers.policy().clauses.values())
    context = {
        **head_of(plan, dossiers.state_of_plan(plan), "outcomes"),
        "counted": counted,
        "fresh": counting.is_fresh(counted),
        "column": outcomes.COLUMNS[part],
        "name": term("resource", of.resource),
        "scope": words.scope(of.scope or found.whole),
        "value": found.value(of),
        "unit": found.unit(of.resource),
        "classes": found.classes(of.resource),
        "target": _target(found, of),
        "clauses": clauses,
        "basis": basis.say(bureau.lang()) if basis else "",
        "readings": {name: words.reading(name) for name in READINGS if name in record.readings},
    }
    if part == outcomes.AFTER:
        context["inputs"] = list(_inputs(found, of))
    else:
        context |= {"formula": outcomes.FORMULAS[part] % span, **_rows(request, found, of)}
    return render(request, "procedure/outcome.html", context)


def _inputs(found: Found, of: Number) -> Iterator[tuple[Any, str, int]]:
    """What stands after is worked out from: words, address and number of each."""
    for part in Part:
        each = replace(of, part=part)
        yield outcomes.COLUMNS[part], found.address(each), found.value(each)


def _target(found: Found, of: Number) -> dict[str, Any] | None:
    """The quota of the plan for what was taken up; ``None`` where the plan has none."""
    if of.part != Part.TAKEN:
        return None
    wanted = of.resource, of.scope or found.whole
    rows = (e for e in found.places() if (e["row"].resource, e["row"].scope) == wanted)
    return next(rows, None)


def _rows(request: HttpRequest, found: Found, of: Number) -> dict[str, Any]:
    """The rows behind a number, as far as the visitor sees the ledger of their districts."""
    rows = found.rows(of)
    seen = within(rows, request.user.districts(Right.SEE_LEDGER))
    listed = Paginator(seen, ROWS).get_page(request.GET.get("page"))
    cases = Case.objects.filter(case__in=[each.case for each in listed])
    names, words = dict(cases.values_list("case", "name")), found.issued.words
    return {
        "page": listed,
        "hidden": rows.count() - listed.paginator.count,
        "rows": [
            {
                "row": each,
                "name": names.get(each.case) or each.case,
                "district": words.scope(each.district) if each.district else "",
                "cause": term("release_cause", each.cause) if of.part == Part.RELEASED else "",
                "bed_class": term("bed_class", each.bed_class) if each.bed_class else "",
            }
            for each in listed
        ],
    }
