"""What a password must have: Django's own words for the length have no Chinese."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_KINDS = (str.islower, str.isupper, str.isdigit, lambda letter: not letter.isalnum())
_WANTED = 3
#: The least length of a password.
LEAST = 10


class Length:
    """At least ten signs."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse a shorter password.

        Raises:
            ValidationError: it is shorter.
        """
        del user
        if len(password) < LEAST:
            raise ValidationError(self.get_help_text(), code="password_too_short")

    def get_help_text(self) -> str:
        """What is wanted, in a sentence."""
        return _("At least %(n)s signs.") % {"n": LEAST}


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
