"""The forms of service and of voiding."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dingdian.core.lifecycle.letters import WAYS, Way
from dingdian.web import bureau
from dingdian.web.letters.serving import Service
from dingdian.web.papers import TYPES, FilesInput, ManyFiles
from dingdian.web.signs import FitField

_LONGEST_LINE, _LONGEST = 60, 1000


class ServiceForm(forms.Form):
    """Day, way, bearer, receipts; the reason where a service is corrected."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    day = forms.DateField(
        label=_("Served on"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("By announcement: the day on which it counts as served."),
    )
    way = forms.ChoiceField(label=_("Way of service"))
    by = FitField(label=_("Served by"), max_length=_LONGEST_LINE)
    papers = ManyFiles(
        label=_("Receipts"),
        required=False,
        widget=FilesInput({"multiple": True, "accept": ",".join(f".{e}" for e in TYPES)}),
        help_text=_("The signed receipt or the slip of the post: pdf, docx, jpg, png or ofd."),
    )

    def __init__(self, *args: Any, corrects: bool, day: dt.date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["day"].initial = day
        self.fields["way"].choices = [(str(w), said.say(bureau.lang())) for w, said in WAYS.items()]
        if corrects:
            self.fields["reason"] = FitField(
                label=_("Why it is corrected"),
                max_length=_LONGEST,
                widget=forms.Textarea({"rows": 2}),
            )

    def service(self) -> Service:
        """What was filled in."""
        given = self.cleaned_data
        return Service(given["day"], Way(given["way"]), given["by"], given.get("reason", ""))


class VoidForm(forms.Form):
    """The reason for which a letter is void."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = FitField(
        label=_("Reason"),
        max_length=_LONGEST,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("The number stays used; another letter may be made of the same entry."),
    )
