"""An issued plan held against what has come since: targets, what was reached, the difference."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dingdian.actions.balance_books import balance_books
from dingdian.actions.compare_outcomes import PlaceOutcome, compare_measures, compare_places
from dingdian.core.census.vocabulary import CHOICES
from dingdian.core.lifecycle.books import Account
from dingdian.core.lifecycle.reading import cases_by_id
from dingdian.reports.wording import Lang
from dingdian.web import bureau, clock
from dingdian.web.plans.models import Version
from dingdian.web.procedure import dossiers
from dingdian.web.procedure.views import head_of, plan_of
from dingdian.web.rights import Right, needs
from dingdian.web.templatetags.showing import day

Span = tuple[dt.date, dt.date]


class SpanForm(forms.Form):
    """The span, and the version whose measures are those of now."""

    since = forms.DateField(label=_("From"), widget=forms.DateInput({"type": "date"}))
    through = forms.DateField(label=_("Through"), widget=forms.DateInput({"type": "date"}))
    now = forms.ChoiceField(label=_("Measures now by version"), required=False)

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
@require_safe
def outcomes(request: HttpRequest, pk: int) -> HttpResponse:
    """The table of an issued plan: target, actual, difference."""
    plan = plan_of(request.user, pk)
    state = dossiers.state_of_plan(plan)
    context: dict[str, Any] = head_of(plan, state, "outcomes")
    issue = state.valid.get("issue")
    if plan.issued_version is None or issue is None:
        return render(request, "procedure/outcomes.html", context)
    versions = list(
        Version.objects.visible_to(request.user)
        .filter(what_if=False, made_at__gt=plan.issued_version.made_at)
        .select_related("plan")
        .order_by("-made_at")[:20]
    )
    review = state.valid.get("open_review")
    since = (review and review.day("span_since")) or issue.day("since") or clock.today()
    through = (review and review.day("span_through")) or max(since, clock.today())
    form = _form(request, versions, since, through)
    if form.is_valid():
        since, through = form.cleaned_data["since"], form.cleaned_data["through"]
    chosen = request.GET.get("now", "")
    fresh = next((v for v in versions if str(v.pk) == chosen), versions[0] if versions else None)
    context |= {
        "form": form,
        "span": (since, through),
        "fresh": fresh,
        **tables(plan.issued_version, fresh, (since, through)),
    }
    return render(request, "procedure/outcomes.html", context)


def _form(
    request: HttpRequest, versions: list[Version], since: dt.date, through: dt.date
) -> SpanForm:
    given = {"since": since.isoformat(), "through": through.isoformat(), **request.GET.dict()}
    form = SpanForm(given)
    choices = [(str(v.pk), f"{v.plan.title} · {v.number}") for v in versions]
    form.fields["now"].choices = choices or [("", "—")]
    return form


def tables(issued: Version, fresh: Version | None, span: Span) -> dict[str, Any]:
    """The three tables: places, measures, books."""
    record, lang = issued.record(), bureau.lang()
    places, accounts = counted(issued, span)
    measures = compare_measures(record, fresh.record()) if fresh else ()
    return {
        "places": [
            {
                "resource": getattr(record.resources[each.resource], lang),
                "scope": getattr(record.scopes[each.scope], lang),
                "target": each.target,
                "actual": each.actual,
                "difference": each.difference,
            }
            for each in places
        ],
        "measures": [
            {
                "name": getattr(record.benchmarks[each.benchmark], lang),
                "unit": record.benchmarks[each.benchmark].unit
                if lang == "zh"
                else record.benchmarks[each.benchmark].unit_en,
                "target": each.target,
                "then": each.then,
                "now": each.now,
                "difference": each.difference,
            }
            for each in measures
        ],
        "accounts": [
            {"name": resource_name(each, lang), "row": each}
            for each in accounts
            if each.before or each.after
        ],
    }


def counted(issued: Version, span: Span) -> tuple[tuple[PlaceOutcome, ...], tuple[Account, ...]]:
    """Places and books of a span; counted once while the ledger stays as it is."""
    return _counted(issued.pk, span, bureau.desk().ledger.head().entries)


@lru_cache(maxsize=8)
def _counted(
    pk: int, span: Span, entries: int
) -> tuple[tuple[PlaceOutcome, ...], tuple[Account, ...]]:
    del entries
    ledger = bureau.desk().ledger
    census = ledger.census(span[1])
    tree = census.tree if census is not None else None
    record = Version.objects.get(pk=pk).record()
    cases = list(cases_by_id(ledger.entries(), None).values())
    places = compare_places(
        record, cases, span, lambda code: (tree.county_of(code) if tree else "") or ""
    )
    return places, balance_books(ledger, *span)


def resource_name(account: Account, lang: Lang) -> str:
    """What an account counts, in words."""
    key = f"{account.resource}_{account.bed_class}" if account.bed_class else account.resource
    term = CHOICES["resource"][key]
    return term.zh if lang == "zh" else term.en
