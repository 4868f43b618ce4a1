"""The forms of a confirmation and of taking one back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dingdian.web.signs import FitField

_LONGEST_LINE, _LONGEST = 120, 1000


class ConfirmForm(forms.Form):
    """When changes were made on the platform, and under which number."""

    day = forms.DateField(
        label=pgettext_lazy("platform", "Made on"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    reference = FitField(
        label=_("Reference"),
        required=False,
        max_length=_LONGEST_LINE,
        help_text=_("The number under which the platform took it, where it gives one."),
    )

    def __init__(self, *args: Any, day: dt.date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["day"].initial = day


class ReopenForm(forms.Form):
    """Why a confirmation is taken back."""

    reason = FitField(label=_("Reason"), max_length=_LONGEST, widget=forms.Textarea({"rows": 2}))
