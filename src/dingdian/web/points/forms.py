"""Forms of this area: points, a pause, a repair, a withdrawal, a file."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from dingdian.web.assessments.forms import day_field, not_to_come
from dingdian.web.ledger import words
from dingdian.web.points.models import Kind, Line
from dingdian.web.signs import FitField


def _person() -> FitField:
    return FitField(
        label=_("Code of the person"),
        max_length=60,
        help_text=_("The national code of the person, as the platform has it."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )


class EventForm(forms.Form):
    """Points given to a person for an act."""

    number = FitField(label=_("Number of the entry"), max_length=60)
    person = _person()
    name = FitField(label=_("Name of the person"), max_length=60, required=False)
    institution = FitField(label=_("Code of the institution"), max_length=40)
    day = day_field(_("Points given on"), validators=[not_to_come])
    points = forms.IntegerField(label=_("Points"), min_value=1, max_value=12)
    responsibility = forms.ChoiceField(label=_("Responsibility"), required=False)
    document = FitField(label=_("Decision"), max_length=200)
    kind = Kind.EVENT

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.fields["responsibility"].choices = [("", "—"), *words.terms_of("responsibility")]


class PauseForm(forms.Form):
    """A decision that pauses the qualification of a person."""

    person = _person()
    day = day_field(_("First day of the pause"), validators=[not_to_come])
    months = forms.IntegerField(label=_("Months of the pause"), min_value=1, max_value=12)
    document = FitField(label=_("Decision"), max_length=200)
    kind = Kind.PAUSE


class RepairForm(forms.Form):
    """An activity that takes points off."""

    person = _person()
    day = day_field(_("Day of the activity"), validators=[not_to_come])
    document = FitField(label=_("Activity"), max_length=200)
    kind = Kind.REPAIR


class WithdrawalForm(forms.Form):
    """An entry of points that was withdrawn."""

    person = _person()
    number = FitField(label=_("Number of the entry"), max_length=60)
    day = day_field(_("Withdrawn on"), validators=[not_to_come])
    document = FitField(label=_("Decision"), max_length=200)
    kind = Kind.WITHDRAWAL


class FileForm(forms.Form):
    """A workbook of points."""

    file = forms.FileField(
        label=_("Workbook of points"),
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
        help_text=_("The tables of points of an assessment's workbook, or one of them as csv."),
    )


#: Kind of line -> its form.
FORMS: dict[str, type[forms.Form]] = {
    "event": EventForm,
    "pause": PauseForm,
    "repair": RepairForm,
    "withdrawal": WithdrawalForm,
}


def line_of(form: forms.Form) -> Line:
    """The line that a valid form states."""
    return Line(kind=form.kind, **form.cleaned_data)
