"""Fields of text for what people write: a sign that no document may hold is refused."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dingdian.core.signs import is_fit


def only_fit(text: str) -> None:
    """Refuse a text with signs that no document may hold.

    Raises:
        ValidationError: it holds some.
    """
    if not is_fit(text):
        raise ValidationError(_("It holds signs that cannot be printed. Type the text anew."))


class FitField(forms.CharField):
    """A text that documents may hold."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.validators.append(only_fit)
