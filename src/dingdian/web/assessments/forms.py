"""Forms of this area."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dingdian.web import clock
from dingdian.web.signs import FitField

_LONGEST = 500


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A field of a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


class OpenForm(forms.Form):
    """The year of a campaign, and until when one may appeal against its scores."""

    year = forms.IntegerField(label=_("Year assessed"), min_value=1950, max_value=2100)
    appeals_through = day_field(
        _("Appeals through"),
        required=False,
        help_text=_(
            "The last day on which an institution may appeal against its scores here; left empty,"
            " none may. No document of the shelf sets this term: the bureau does."
        ),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        more.setdefault("initial", {"year": clock.today().year - 1})
        super().__init__(*args, **more)


class RemarkForm(forms.Form):
    """Why another version is made."""

    remark = FitField(
        label=_("What is new"),
        max_length=_LONGEST,
        required=False,
        help_text=_("Why this version is made, for whoever compares it later."),
    )


def not_to_come(day: dt.date) -> None:
    """Refuse a day that is still to come.

    Raises:
        ValidationError: it is.
    """
    if day > clock.today():
        raise ValidationError(_("This day is still to come."))


class HearingForm(forms.Form):
    """That an institution was told, and when it was heard."""

    notified_on = day_field(_("Told on"), validators=[not_to_come])
    heard_on = day_field(
        _("Heard on"),
        required=False,
        validators=[not_to_come],
        help_text=_("The day on which it was heard or waived it; left empty: not yet."),
    )
    waived = forms.BooleanField(label=_("It waived the hearing"), required=False)
    record = FitField(label=_("Number of the record"), max_length=120, required=False)
    said = FitField(
        label=_("What it said"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """The days in their order; a hearing that was held has its record.

        Raises:
            ValidationError: they are not, or it has none.
        """
        found: dict[str, Any] = super().clean() or {}
        told, heard = found.get("notified_on"), found.get("heard_on")
        if told and heard and heard < told:
            self.add_error("heard_on", _("It cannot be heard before it was told."))
        if heard and not found.get("record"):
            self.add_error("record", _("A hearing that was held, or waived, has a record."))
        if found.get("waived") and not heard:
            self.add_error("heard_on", _("State the day on which it waived the hearing."))
        return found


class StepForm(forms.Form):
    """A step of the ladder that a second person is to confirm."""

    step = forms.CharField(widget=forms.HiddenInput)
    minute = FitField(label=_("Number of the minute"), max_length=120)


class DepositForm(forms.Form):
    """A deposit that is settled by the grade."""

    held = forms.DecimalField(
        label=_("Deposit held (yuan)"),
        min_value=Decimal(0),
        max_digits=16,
        decimal_places=2,
        help_text=_("What was kept back for this year: the ledger does not know it."),
    )
    settled_on = day_field(_("Settled on"), validators=[not_to_come])
    reference = FitField(label=_("Document of the payment"), max_length=120)


class AppealForm(forms.Form):
    """An appeal against the points of an item."""

    item = forms.ChoiceField(label=_("Item appealed against"))
    reason = FitField(
        label=_("Why the points are wrong"),
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, items: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["item"].choices = items


class AnswerForm(forms.Form):
    """What is decided of an appeal."""

    new_points = forms.DecimalField(
        label=_("New points"),
        required=False,
        min_value=Decimal(0),
        max_digits=10,
        decimal_places=3,
        help_text=_("Left empty: the points stay."),
    )
    answer = FitField(label=_("Answer"), max_length=4000, widget=forms.Textarea({"rows": 3}))
