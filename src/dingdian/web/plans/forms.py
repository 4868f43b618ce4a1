"""Forms of this area."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dingdian.core.period import first_day
from dingdian.web import clock
from dingdian.web.papers import FilesInput, ManyFiles
from dingdian.web.plans import making
from dingdian.web.plans.models import Advice, Call, Overlay, Plan, PlanKind, Submission, Version
from dingdian.web.streets.network import AlongField, chosen, offer

FIRST_YEAR, LAST_YEAR = 2000, 2099


def day_input() -> forms.DateInput:
    """A field of a day, with the calendar of the browser."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PlanForm(forms.ModelForm):
    """A new plan, before it has a version; one that amends another is drawn up from that one."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=PlanKind.choices,
        help_text=_(
            "The resource plan sets numbers, principles and standards; the work plan of a year "
            "carries it out, from the numbers of the plan and what the counties ask for."
        ),
    )
    year = forms.IntegerField(
        label=_("Year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text=_(
            "It rests on the stock of 31 December of the year before: a plan of next year can be "
            "run from that day on."
        ),
    )
    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("As it stands on the cover.")
    )

    class Meta:
        """Its table."""

        model = Plan
        fields = ("kind", "year", "title")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if self.initial.get("year") is None:
            self.initial["year"] = clock.today().year
        self.initial.setdefault("kind", PlanKind.RESOURCE_PLAN)


class RunForm(forms.Form):
    """What a version is made from."""

    year = forms.IntegerField(
        label=_("Plan year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text=_("The stock is that of 31 December of the year before."),
    )
    as_of = forms.DateField(
        label=_("Ledger as of"),
        widget=day_input(),
        help_text=_("The census is rebuilt from the ledger as it stood on this day."),
    )
    day = forms.DateField(
        label=_("Rules of"),
        widget=day_input(),
        help_text=_("The day whose rules hold; 1 January of the year unless another is chosen."),
    )
    last_year = forms.ModelChoiceField(
        label=_("Compare with"),
        queryset=Version.objects.none(),
        required=False,
        empty_label=_("no earlier plan"),
        help_text=_("A version of an earlier year: the papers then show what changed."),
    )
    overlay = forms.ModelChoiceField(
        label=_("What-if changes"),
        queryset=Overlay.objects.none(),
        required=False,
        empty_label=_("none: the ledger as it is"),
        help_text=_("The result is then marked as assumed and can never be issued."),
    )
    submissions = forms.BooleanField(
        label=_("Submissions of the counties"),
        required=False,
        initial=True,
        help_text=_("Take in what was submitted for the year and accepted."),
    )
    by = AlongField()
    advice = forms.ModelMultipleChoiceField(
        label=_("Advice"),
        queryset=Advice.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Kept and shown with the version; no number changes by it. The run refuses what was "
            "worked out with another ledger or policy shelf."
        ),
    )
    papers = forms.BooleanField(
        label=_("Word and PDF"),
        required=False,
        initial=True,
        help_text=_("Write the papers; without them a run is faster."),
    )
    templates = forms.ChoiceField(label=_("Templates of the papers"), required=False)
    lang = forms.ChoiceField(
        label=_("Language of the documents"), choices=(("zh", _("Chinese")), ("en", _("English")))
    )
    remark = forms.CharField(
        label=_("Remark"),
        max_length=200,
        required=False,
        help_text=_("What distinguishes this version, for the list."),
    )

    def __init__(self, plan: Plan, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.plan = plan
        self.fields["year"].disabled = True
        self.initial |= {
            "year": plan.year,
            "as_of": making.census_day(plan.year),
            "day": first_day(plan.year),
            "lang": "zh",
        } | self.initial
        earlier = Version.objects.filter(what_if=False, plan__year__lt=plan.year)
        of_last = self.fields["last_year"]
        of_last.queryset = earlier.select_related("plan").order_by("-made_at")
        mine = Overlay.objects.filter(plan__in=[plan]) | Overlay.objects.filter(plan=None)
        self.fields["overlay"].queryset = mine
        given = self.fields["advice"]
        given.queryset = plan.advice.order_by("-pk")
        given.label_from_instance = lambda each: f"{each.title} · {each.name}"
        if not given.queryset.exists():
            del self.fields["advice"]
        offer(self, "by")
        self.fields["templates"].choices = [("", _("as they come with the program")), *_sets()]

    def clean_as_of(self) -> dt.date:
        """No day that is still to come."""
        found: dt.date = self.cleaned_data["as_of"]
        if found > clock.today():
            raise forms.ValidationError(_("This day is still to come."))
        return found

    def clean_overlay(self) -> Overlay | None:
        """Changes without any would make a what-if of the ledger as it is."""
        found: Overlay | None = self.cleaned_data["overlay"]
        if found is not None and not found.changes:
            raise forms.ValidationError(_("It has no changes yet."))
        return found

    def given(self) -> dict[str, Any]:
        """What the work is asked with, as plain data."""
        found = self.cleaned_data
        return {
            "year": found["year"],
            "as_of": found["as_of"].isoformat(),
            "day": found["day"].isoformat(),
            "last_year": found["last_year"].pk if found["last_year"] else None,
            "overlay": found["overlay"].pk if found["overlay"] else None,
            "submissions": found["submissions"],
            "streets": chosen(found.get("by", "")),
            "advice": [each.pk for each in found.get("advice", ())],
            "papers": found["papers"],
            "templates": found["templates"],
            "lang": found["lang"],
            "remark": found["remark"],
        }


def _sets() -> list[tuple[str, str]]:
    """The bureau's own sets of templates: folders beside the data."""
    folder = making.templates_folder()
    if not folder.is_dir():
        return []
    names = sorted(each.name for each in folder.iterdir() if each.is_dir())
    return [(each, each) for each in names if not each.startswith(".")]


class AdviceForm(forms.Form):
    """Files that the command line wrote."""

    files = ManyFiles(
        label=_("Files"),
        widget=FilesInput({"multiple": True, "accept": ".json"}),
        help_text=_("retention.json, siting.json or transfer.json; several may be chosen."),
    )


class OverlayForm(forms.ModelForm):
    """The name of what-if changes."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("What is tried, for example fewer residents."),
    )

    class Meta:
        """Its table."""

        model = Overlay
        fields = ("name",)


class SubmissionForm(forms.ModelForm):
    """What a county branch asks for."""

    region = forms.ChoiceField(label=_("District"))
    resource = forms.ChoiceField(label=_("Resource"))
    asked = forms.IntegerField(
        label=_("Asked for"),
        min_value=0,
        max_value=1_000_000,
        help_text=_(
            "New places or beds of the year, in whole numbers; 0 says that none are needed."
        ),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why so many: need, stock, what was left."),
    )
    document = forms.CharField(
        label=_("Document"),
        max_length=200,
        required=False,
        help_text=_("Number of the paper in which the district asks, if there is one."),
    )

    class Meta:
        """Its table."""

        model = Submission
        fields = ("region", "resource", "asked", "reason", "document")

    def __init__(
        self,
        *args: Any,
        regions: list[tuple[str, str]],
        resources: list[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.fields["region"].choices = regions
        self.fields["resource"].choices = resources


class CallForm(forms.ModelForm):
    """The call to the county branches: until when, and what they must know."""

    through = forms.DateField(label=_("Last day"), widget=day_input())
    note = forms.CharField(label=_("Note to the counties"), max_length=200, required=False)

    class Meta:
        """Its table."""

        model = Call
        fields = ("through", "note")
