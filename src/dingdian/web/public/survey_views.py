"""A satisfaction survey: the form of an institution's code, kept once a visitor."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from dingdian.web import clock
from dingdian.web.bureau import lang
from dingdian.web.public import keeping, receipts
from dingdian.web.public.models import PublicCode
from dingdian.web.public.pages import page
from dingdian.web.public.said_forms import SaidForm
from dingdian.web.public.speaking import FIELDS
from dingdian.web.public.spoken import Kind
from dingdian.web.rights import open_to_all
from dingdian.web.signs import FitField


class CodeForm(forms.Form):
    """The code of an institution in a survey."""

    code = forms.CharField(
        label=gettext_lazy("Code of the survey"),
        max_length=30,
        help_text=gettext_lazy("It stands on the poster in the institution."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        """The code without dashes; one with a slip of the pen is refused at once."""
        code = receipts.plain(self.cleaned_data["code"])
        if not receipts.is_sound(code, receipts.CODE):
            raise forms.ValidationError(
                _("This is no code of a survey: compare it sign by sign with the poster.")
            )
        return code


class SurveyForm(SaidForm):
    """The questions of a survey, each with its marks, and a free text."""

    text = FitField(
        label=gettext_lazy("Anything else (optional)"),
        required=False,
        max_length=FIELDS[Kind.ANSWER].content["text"],
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("No names, no telephone: for a complaint use its own form."),
    )

    def __init__(self, *args: Any, found: PublicCode, code: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.code, self.questions = code, found.survey.items
        scale = found.survey.scale
        marks = [(str(each), str(each)) for each in range(1, scale + 1)]
        ends = _("1 is the worst, %(scale)d the best.") % {"scale": scale}
        for each in self.questions:
            self.fields[f"q-{each['item']}"] = forms.ChoiceField(
                label=each["text"] if lang() == "zh" else each["text_en"],
                choices=[("", "—"), *marks],
                help_text=ends,
            )
        self.order_fields([f"q-{each['item']}" for each in self.questions])

    def content(self) -> dict[str, str]:
        """The code, the marks, the text."""
        given = self.cleaned_data
        marks = (f"{each['item']}:{given['q-' + each['item']]}" for each in self.questions)
        return {"code": self.code, "marks": " ".join(marks), "text": given["text"]}


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Typing the code of an institution."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return redirect("public:survey", code=receipts.grouped(form.cleaned_data["code"]))
    return page(request, "survey_code", 422 if request.method == "POST" else 200, form=form)


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, code: str) -> HttpResponse:
    """The form of a code, or why there is none."""
    plain = receipts.plain(code[:40])
    if not receipts.is_sound(plain, receipts.CODE):
        why = _("This is no code of a survey: compare it sign by sign with the poster.")
        return page(request, "survey", 404, told=why)
    rows = PublicCode.objects.select_related("survey")
    found = rows.filter(digest=receipts.digest(plain)).first()
    if found is None:
        why = _("The edition shown here knows no survey with this code.")
        return page(request, "survey", 404, told=why)
    if why := _closed(found):
        return page(request, "survey", 410, found=found, told=why)
    if request.method != "POST":
        return page(request, "survey", found=found, form=SurveyForm(found=found, code=plain))
    form = SurveyForm(request.POST, found=found, code=plain)
    if not form.is_valid():
        return page(request, "survey", 422, found=found, form=form)
    return _kept(request, found, form)


def _closed(found: PublicCode) -> str:
    """Why a survey takes no answer; empty where it does."""
    today = clock.today()
    if found.survey.through < today:
        return _("This survey is over: its last day was before today. Nothing is kept.")
    if found.survey.since > today:
        return _("This survey has not begun yet. Nothing is kept.")
    return ""


def _kept(request: HttpRequest, found: PublicCode, form: SurveyForm) -> HttpResponse:
    """Keep an answer: one for a code and visitor."""
    if request.session.session_key is None:
        request.session.create()
    said = f"{request.session.session_key} {found.digest}"
    once = hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()
    taken = _("You have answered for this institution already. Nothing more was kept.")
    about = found.survey.public_id
    try:
        keeping.keep(request, Kind.ANSWER, about, form, once=once, taken=taken)
    except keeping.RefusedError as refused:
        return page(request, "survey", refused.status, found=found, form=form, told=refused.why)
    return redirect("public:surveyed")


@open_to_all
def surveyed(request: HttpRequest) -> HttpResponse:
    """That an answer was kept."""
    return page(request, "surveyed")
