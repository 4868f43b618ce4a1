"""The form of a window."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dingdian.web.ledger import listing, words
from dingdian.web.rights import Right
from dingdian.web.signs import FitField

_DAY = forms.DateInput({"type": "date"})


class WindowForm(forms.Form):
    """Days, kinds, services and district of a window, and what it rests on."""

    opens = forms.DateField(label=pgettext_lazy("intake", "First day"), widget=_DAY)
    closes = forms.DateField(
        label=pgettext_lazy("intake", "Last day"),
        widget=_DAY,
        help_text=gettext_lazy("Both days belong to it. To close it early, today is the earliest."),
    )
    kinds = forms.MultipleChoiceField(
        label=pgettext_lazy("intake", "Kinds"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: all."),
    )
    services = forms.MultipleChoiceField(
        label=pgettext_lazy("intake", "Services"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: all."),
    )
    district = forms.ChoiceField(label=pgettext_lazy("intake", "District"), required=False)
    basis = FitField(
        label=pgettext_lazy("intake", "Rests on"),
        max_length=300,
        help_text=gettext_lazy("The work plan or the notice that sets it; of a change its reason."),
    )

    def __init__(self, *args: Any, user: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        regions = [(e.code, e.name) for e in listing.districts_of(user, Right.MOVE_CASES)]
        if user.districts(Right.MOVE_CASES) is None:
            regions = [("", _("the whole place")), *regions]
        self.fields["district"].required = user.districts(Right.MOVE_CASES) is not None
        self.fields["district"].choices = regions
        self.fields["kinds"].choices = words.terms_of("kind")
        self.fields["services"].choices = words.terms_of("service")
