"""Surveys: the list, making one, its codes and results."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import segno
from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from dingdian.core.errors import RequestError
from dingdian.core.supervision.surveys import survey_of
from dingdian.web import bureau, clock, errors
from dingdian.web.ledger import listing
from dingdian.web.ledger.models import Region
from dingdian.web.ledger.views import FORMATS, as_file
from dingdian.web.rights import Right, needs
from dingdian.web.signs import FitField
from dingdian.web.surveys import making, reading
from dingdian.web.surveys.models import REFUSALS, Code, Survey

_ROWS, _TEXTS, _LONGEST = 50, 200, 1000


class NewForm(forms.Form):
    """A survey for a year."""

    title = FitField(label=pgettext_lazy("survey", "Title"), max_length=120)
    year = forms.IntegerField(label=gettext_lazy("Assessed year"), min_value=2000, max_value=2100)
    district = forms.ChoiceField(label=pgettext_lazy("survey", "District"), required=False)
    since = forms.DateField(
        label=pgettext_lazy("survey", "First day"), widget=forms.DateInput({"type": "date"})
    )
    through = forms.DateField(
        label=pgettext_lazy("survey", "Last day"), widget=forms.DateInput({"type": "date"})
    )

    def __init__(self, *args: Any, user: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        regions = [(e.code, e.name) for e in listing.districts_of(user, Right.RUN_SURVEYS)]
        self.fields["district"].required = user.districts(Right.RUN_SURVEYS) is not None
        if not self.fields["district"].required:
            regions = [("", _("the whole place")), *regions]
        self.fields["district"].choices = regions

    def clean(self) -> dict[str, Any]:
        """It ends on a day to come, and not before it begins."""
        given: dict[str, Any] = super().clean() or {}
        since, through = given.get("since"), given.get("through")
        if since and through and through < since:
            self.add_error("through", _("It ends before it begins."))
        if through and through < clock.today():
            self.add_error("through", _("That day is over."))
        return given


@needs(Right.RUN_SURVEYS)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The surveys of one's districts."""
    counted = Count("answers", filter=Q(answers__refused=""), distinct=True)
    found = reading.visible(request.user)
    found = found.annotate(n=counted, institutions=Count("codes", distinct=True))
    found = found.order_by(*Survey._meta.ordering)  # counting drops the order of the table
    page = Paginator(found, _ROWS).get_page(request.GET.get("page"))
    return render(request, "surveys/list.html", {"page": page, "names": _names()})


def _names() -> dict[str, str]:
    return dict(Region.objects.filter(level="county").values_list("code", "name"))


@needs(Right.RUN_SURVEYS)
def new(request: HttpRequest) -> HttpResponse:
    """Making one."""
    today = clock.today()
    month = today + dt.timedelta(30)
    initial = {"year": today.year, "since": today, "through": month}
    given = (request.POST,) if request.method == "POST" else ()
    form = NewForm(*given, user=request.user, initial=initial)
    told: list[tuple[str, str, str]] = []
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = making.make(request.user, **form.cleaned_data)
            except RequestError as error:
                told, status = errors.fault_lines(error), errors.status_of(error)
            else:
                messages.success(request, _("Made. The next edition carries it out."))
                return redirect("surveys:one", made.pk)
    found = survey_of(bureau.desk().terms.policy(today))
    context = {"form": form, "told": told, "asked": found[1] if found else None}
    return render(request, "surveys/new.html", context, status=status)


def _found(request: HttpRequest, pk: int) -> Survey:
    """A survey of one's districts.

    Raises:
        Http404: there is none, or it is of another district.
    """
    found = reading.visible(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@needs(Right.RUN_SURVEYS)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A survey with its institutions, their codes and results."""
    return _page(request, _found(request, pk))


@needs(Right.RUN_SURVEYS)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close it before its last day, with the reason."""
    found = _found(request, pk)
    try:
        making.close(request.user, found, request.POST.get("why", "")[:_LONGEST])
    except RequestError as error:
        return _page(request, found, errors.fault_lines(error), errors.status_of(error))
    messages.success(request, _("Closed: today is its last day. The next edition carries it out."))
    return redirect("surveys:one", pk)


def _page(
    request: HttpRequest,
    found: Survey,
    told: list[tuple[str, str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    codes, text = found.codes.all(), request.GET.get("q", "").strip()[:100]
    if text:
        codes = codes.filter(Q(name__icontains=text) | Q(institution__istartswith=text))
    page = Paginator(codes, _ROWS).get_page(request.GET.get("page"))
    refused = found.answers.exclude(refused="").order_by()
    said = dict(REFUSALS)
    context = {
        "survey": found,
        "district_name": _names().get(found.district, ""),
        "page": page,
        "rows": list(reading.lines(found, page.object_list)),
        "text": text,
        "n": found.answers.filter(refused="").count(),
        "refused": [
            (said[each["refused"]], each["n"])
            for each in refused.values("refused").annotate(n=Count("pk")).order_by("refused")
        ],
        "over": found.through < clock.today(),
        "may_close": found.through > clock.today(),
        "told": told or [],
    }
    return render(request, "surveys/one.html", context, status=status)


@needs(Right.RUN_SURVEYS)
@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The results for an assessment workbook; noted in the journal."""
    found = _found(request, pk)
    content = reading.results_workbook(found, request.user.office or request.user.name)
    with transaction.atomic():
        bureau.note(
            request.user,
            f"survey:{pk}",
            "survey.export",
            region=found.district,
            rows=found.codes.count(),
        )
    return as_file(content, f"surveys-{found.year}-{pk}.xlsx", FORMATS["xlsx"])


def _code(request: HttpRequest, pk: int) -> Code:
    code = get_object_or_404(Code.objects.select_related("survey"), pk=pk)
    _found(request, code.survey_id)
    return code


@needs(Right.RUN_SURVEYS)
@require_safe
def institution(request: HttpRequest, pk: int) -> HttpResponse:
    """One institution of a survey: its link, the distribution of marks, what people wrote."""
    code = _code(request, pk)
    (line,) = reading.lines(code.survey, [code])
    counts = line.result.counts
    texts = code.answers.filter(survey=code.survey, refused="").exclude(text="")
    context = {
        "survey": code.survey,
        "line": line,
        "marks": range(1, code.survey.scale + 1),
        "questions": [(_said(each), counts[each["item"]]) for each in code.survey.items],
        "texts": texts.values_list("text", flat=True)[:_TEXTS],
    }
    return render(request, "surveys/institution.html", context)


def _said(item: dict[str, str]) -> str:
    """A question in the language of the page."""
    return item["text"] if bureau.lang() == "zh" else item["text_en"]


@needs(Right.RUN_SURVEYS)
@require_safe
def qr(request: HttpRequest, pk: int) -> HttpResponse:
    """The link of an institution as a picture for a poster.

    Raises:
        Http404: the configuration names no public site.
    """
    code = _code(request, pk)
    (line,) = reading.lines(code.survey, [code])
    if not line.link:
        raise Http404
    image = io.BytesIO()
    segno.make(line.link, error="m").save(image, kind="svg", scale=6)
    return HttpResponse(image.getvalue(), content_type="image/svg+xml")
