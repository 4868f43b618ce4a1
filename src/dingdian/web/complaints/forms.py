"""What is filled in about complaints."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dingdian.core.lifecycle.entry import Entry
from dingdian.reports.lives.words import Speech
from dingdian.web import clock
from dingdian.web.complaints.models import Outcome, Source
from dingdian.web.ledger import listing
from dingdian.web.ledger.models import Institution
from dingdian.web.papers import FilesInput, ManyFiles
from dingdian.web.rights import Right
from dingdian.web.signs import FitField

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

_LONG = 4000
_NOTHING = [("", "—")]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class NewForm(forms.Form):
    """A complaint that came by telephone, letter or visit, or a finding with its paper."""

    source = forms.ChoiceField(
        label=pgettext_lazy("complaint", "How it came"),
        choices=[*_NOTHING, *(each for each in Source.choices if each[0] != Source.SITE)],
    )
    received_on = forms.DateField(
        label=gettext_lazy("Received on"), widget=forms.DateInput({"type": "date"})
    )
    institution = forms.CharField(
        label=gettext_lazy("Code of the institution"), required=False, max_length=30
    )
    told = FitField(
        label=gettext_lazy("Institution as it was named"), required=False, max_length=200
    )
    district = forms.ChoiceField(
        label=pgettext_lazy("complaint", "District"),
        required=False,
        help_text=gettext_lazy("Where a code is given, it is that of the institution."),
    )
    happened = FitField(label=gettext_lazy("When it happened"), required=False, max_length=100)
    text = FitField(label=gettext_lazy("What is said"), max_length=_LONG, widget=_area(6))
    name = FitField(label=pgettext_lazy("complaint", "Name"), required=False, max_length=60)
    contact = FitField(
        label=pgettext_lazy("complaint", "Contact"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Confidential: only who may see persons sees it."),
    )
    papers = ManyFiles(
        label=gettext_lazy("Papers"),
        required=False,
        widget=FilesInput({"multiple": True}),
        help_text=gettext_lazy("PDF, Word, OFD or a picture. A finding needs one."),
    )

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        self.user = user
        regions = listing.districts_of(user, Right.HANDLE_COMPLAINTS)
        self.fields["district"].choices = [*_NOTHING, *((e.code, e.name) for e in regions)]

    def clean_received_on(self) -> dt.date:
        """No day that is yet to come."""
        day: dt.date = self.cleaned_data["received_on"]
        if day > clock.today():
            raise forms.ValidationError(_("That day is yet to come."))
        return day

    def clean(self) -> dict[str, Any]:
        """The institution is one of one's districts; without a code its name and district."""
        given: dict[str, Any] = super().clean() or {}
        if code := given.get("institution", "").strip():
            seen = listing.visible(self.user, Right.HANDLE_COMPLAINTS)
            found = seen.filter(code=code).first()
            if found is None:
                self.add_error(
                    "institution", _("There is no institution of this code in your districts.")
                )
            else:
                given |= {"institution": found.code, "district": found.district}
        elif not given.get("told"):
            self.add_error("told", _("Name the institution, or give its code."))
        elif not given.get("district") and self.fields["district"].choices[1:]:
            self.add_error("district", _("Say in which district it is."))
        return given

    def said(self) -> dict[str, Any]:
        """What is kept."""
        return {name: value for name, value in self.cleaned_data.items() if name != "papers"}


class AssignForm(forms.Form):
    """Who handles it."""

    handler = forms.ChoiceField(label=pgettext_lazy("complaint", "Handled by"), required=False)

    def __init__(self, *args: Any, users: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["handler"].choices = [*_NOTHING, *users]


class InvestigateForm(forms.Form):
    """What was found."""

    outcome = forms.ChoiceField(
        label=pgettext_lazy("complaint", "Outcome"), choices=[*_NOTHING, *Outcome.choices]
    )
    finding = FitField(
        label=pgettext_lazy("complaint", "What was found"),
        max_length=_LONG,
        widget=_area(5),
        help_text=gettext_lazy("It stays inside the bureau."),
    )


class AnswerForm(forms.Form):
    """The answer to whoever complained."""

    answer = FitField(
        label=pgettext_lazy("complaint", "Answer"),
        max_length=2000,
        widget=_area(5),
        help_text=gettext_lazy(
            "The next edition carries it to the public site; only who has the receipt number "
            "finds it. No names, no telephone."
        ),
    )


class LinkForm(forms.Form):
    """The institution, and what followed in the ledger."""

    institution = forms.CharField(
        label=gettext_lazy("Code of the institution"), required=False, max_length=30
    )
    entry = forms.TypedChoiceField(
        label=gettext_lazy("Move that followed"), required=False, coerce=int, empty_value=None
    )
    year = forms.IntegerField(
        label=gettext_lazy("Counts in the assessment of"),
        required=False,
        min_value=2000,
        max_value=2100,
    )

    def __init__(
        self,
        *args: Any,
        district: str,
        entries: list[Entry],
        speech: Speech,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.district = district
        said = [
            (each.seq, f"{each.held_on} {speech.move(each.move)} ({each.seq})") for each in entries
        ]
        self.fields["entry"].choices = [*_NOTHING, *said]

    def clean_institution(self) -> str:
        """An institution of the district of the complaint."""
        code = self.cleaned_data["institution"].strip()
        if code and not Institution.objects.filter(code=code, district=self.district).exists():
            raise forms.ValidationError(_("There is no institution of this code in the district."))
        return code
