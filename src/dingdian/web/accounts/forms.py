"""Forms of users: signing in, a user, a role, a token, a code."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from dingdian.web import clock
from dingdian.web.accounts import deeds
from dingdian.web.accounts.models import User
from dingdian.web.rights import ROLE_NAMES, Role

_NAME = RegexValidator(
    r"^[a-z][a-z0-9._-]{1,39}$",
    _("Two to forty small letters, digits, dots and hyphens, a letter first."),
)


class SignInForm(AuthenticationForm):
    """Name of sign-in and password."""

    error_messages = {  # noqa: RUF012 -- Django's own shape
        "invalid_login": _("Name of sign-in or password is wrong, or the account is not in use."),
        "inactive": _("Name of sign-in or password is wrong, or the account is not in use."),
    }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["username"].label = _("Name of sign-in")
        self.fields["password"].label = _("Password")


class NewUserForm(forms.ModelForm):
    """A user to be made."""

    username = forms.CharField(
        label=_("Name of sign-in"),
        max_length=40,
        validators=[_NAME],
        help_text=_("Small letters, digits, dots and hyphens; it stays as it is."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    class Meta:
        """Its fields."""

        model = User
        fields = ("username", "name", "office")
        labels = {"name": _("Name of the person"), "office": _("Office")}  # noqa: RUF012
        help_texts = {"office": _("Department and post.")}  # noqa: RUF012

    def clean_username(self) -> str:
        """A name that nobody has yet.

        Raises:
            ValidationError: somebody has it.
        """
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username=username).exists():
            raise forms.ValidationError(_("Somebody has this name of sign-in already."))
        return username


class UserForm(forms.ModelForm):
    """Name and office of a user."""

    class Meta:
        """Its fields."""

        model = User
        fields = ("name", "office", "email")
        labels = {  # noqa: RUF012
            "name": _("Name of the person"),
            "office": _("Office"),
            "email": _("E-mail for messages"),
        }


class GrantForm(forms.Form):
    """A role, and the district or the institution where it is one of such."""

    role = forms.ChoiceField(label=_("Role"))
    region = forms.ChoiceField(
        label=_("District"),
        required=False,
        help_text=_("For the county branch, the clerk and the supervisor; else leave it empty."),
    )
    holder = forms.CharField(
        label=_("Code of the institution"),
        required=False,
        max_length=40,
        help_text=_(
            "For a user of an institution: its code, or of an applicant without one the unified"
            " social credit code; else leave it empty."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, districts: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["role"].choices = [(str(role), ROLE_NAMES[role]) for role in Role]
        self.fields["region"].choices = [("", _("the whole place")), *districts]


class TokenForm(forms.Form):
    """What a token is for, and through which day it holds."""

    name = forms.CharField(
        label=_("Program that uses it"),
        max_length=60,
        help_text=_("Which program uses it, and where."),
    )
    through = forms.DateField(
        label=_("Valid through"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last day on which it holds: a year from today at most."),
    )

    def clean_through(self) -> dt.date:
        """A day from today on, at most a year ahead.

        Raises:
            ValidationError: another day.
        """
        through: dt.date = self.cleaned_data["through"]
        if not clock.today() <= through <= deeds.longest():
            raise forms.ValidationError(_("Choose a day from today on, at most a year ahead."))
        return through


class CodeForm(forms.Form):
    """A code of the second factor."""

    code = forms.CharField(
        label=_("One-time code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "spellcheck": "false", "autofocus": True}
        ),
    )
