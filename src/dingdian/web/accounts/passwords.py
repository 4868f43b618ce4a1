"""What a password must have beside its length."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_KINDS = (str.islower, str.isupper, str.isdigit, lambda letter: not letter.isalnum())
_WANTED = 3


class KindsOfLetters:
    """Three of: small letters, capitals, digits, other signs."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse a password of fewer kinds.

        Raises:
            ValidationError: it has fewer.
        """
        del user
        if sum(any(map(kind, password)) for kind in _KINDS) < _WANTED:
            raise ValidationError(self.get_help_text(), code="few_kinds")

    def get_help_text(self) -> str:
        """What is wanted, in a sentence."""
        return _("At least three of: small letters, capitals, digits, other signs.")
