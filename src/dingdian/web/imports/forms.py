"""The forms of the wizard."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dingdian.web import clock


class OfDay(forms.Form):
    """The day of which the ledger is written as a workbook: today where none is given."""

    day = forms.DateField(required=False)

    def clean_day(self) -> dt.date:
        """No day to come."""
        today = clock.today()
        found: dt.date = self.cleaned_data["day"] or today
        if found > today:
            raise forms.ValidationError(_("Choose a day that is not to come."))
        return found


class Reason(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept with every case that it opens, and in the journal."),
    )


class Undo(Reason):
    """Undoing an import."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["reason"].help_text = _("Kept with every annulment, and in the journal.")


class Apply(Reason):
    """Applying an import: the preview that was seen; where it is unusual, that it was looked at."""

    base = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, unusual: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if unusual:
            self.fields["looked"] = forms.BooleanField(
                label=_("Looked at"),
                help_text=_("I have looked at what is unusual, and it is right."),
            )
