"""Forms by which visitors say something besides comments; their lengths are of ``speaking``."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dingdian.web.public import receipts
from dingdian.web.public.forms import counties
from dingdian.web.public.models import PublicInstitution
from dingdian.web.public.speaking import FIELDS
from dingdian.web.public.spoken import Kind
from dingdian.web.signs import FitField

LEAST = 5


class SaidForm(forms.Form):
    """What all of them have. ``once``: sent twice is kept once; ``website``: for programs only."""

    website = forms.CharField(label=_("Leave this empty"), required=False)
    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        more["initial"] = {"once": uuid.uuid4(), **more.get("initial", {})}
        super().__init__(*args, **more)
        self.fields["website"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}

    def clean_website(self) -> str:
        """What people do not see stays empty."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("This field must stay empty."))
        return ""

    def shown(self) -> list[Any]:
        """The fields that people fill in."""
        return [each for each in self.visible_fields() if each.name != "website"]

    def content(self) -> dict[str, str]:
        """What is said, without what is of a person."""
        raise NotImplementedError

    def private(self) -> dict[str, str]:
        """What is of a person."""
        return {}


class _PersonForm(SaidForm):
    """With a name and a contact, both optional."""

    name = FitField(
        label=_("Name (optional)"),
        required=False,
        max_length=60,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    contact = FitField(label=_("Telephone or e-mail (optional)"), required=False, max_length=100)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["contact"].help_text = _(
            "Only to ask back. Name and contact are never published; all that you write is deleted "
            "here once the bureau has it, name and contact after %(days)s days at the latest."
        ) % {"days": settings.CONFIG.personal_days}

    def private(self) -> dict[str, str]:
        """Name and contact."""
        return {name: self.cleaned_data[name] for name in ("name", "contact")}


class ObjectionForm(_PersonForm):
    """An objection to a public notice."""

    reason = FitField(
        label=_("What you object to, and why"),
        min_length=LEAST,
        max_length=FIELDS[Kind.OBJECTION].content["reason"],
        widget=forms.Textarea({"rows": 8}),
    )
    field_order = ("reason", "name", "contact")

    def content(self) -> dict[str, str]:
        """The reason."""
        return {"reason": self.cleaned_data["reason"]}


class ReceiptForm(forms.Form):
    """A number under which something was sent."""

    number = forms.CharField(
        label=_("Receipt number"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_number(self) -> str:
        """The number without dashes; one with a slip of the pen is refused at once."""
        number = receipts.plain(self.cleaned_data["number"])
        if not receipts.is_sound(number, receipts.RECEIPT):
            raise forms.ValidationError(
                _("This is no receipt number of this site: compare it sign by sign.")
            )
        return number


class ComplaintForm(_PersonForm):
    """A complaint about an institution."""

    institution = FitField(
        label=_("Which institution"),
        max_length=FIELDS[Kind.COMPLAINT].content["institution"],
        help_text=_("Its name as it stands at the door, and its address."),
    )
    code = forms.CharField(label=_("Its code, where you know it"), required=False, max_length=30)
    district = forms.ChoiceField(
        label=_("District"), choices=lambda: [("", _("choose")), *counties()]
    )
    happened = FitField(
        label=pgettext_lazy("complaint", "When"),
        required=False,
        max_length=FIELDS[Kind.COMPLAINT].content["happened"],
    )
    text = FitField(
        label=pgettext_lazy("complaint", "What happened"),
        min_length=LEAST,
        max_length=FIELDS[Kind.COMPLAINT].content["text"],
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Say what shows it: receipts, records, pictures. Keep them for the bureau."),
    )
    field_order = ("institution", "code", "district", "happened", "text", "name", "contact")

    def clean_code(self) -> str:
        """A code that the edition shown has, or none."""
        code: str = self.cleaned_data["code"].strip()
        if code and not PublicInstitution.objects.filter(code=code).exists():
            raise forms.ValidationError(
                _("The list has no institution of this code. Leave it empty if you are not sure.")
            )
        return code

    def content(self) -> dict[str, str]:
        """All but the code, and name and contact."""
        return {name: self.cleaned_data[name] for name in FIELDS[Kind.COMPLAINT].content}
