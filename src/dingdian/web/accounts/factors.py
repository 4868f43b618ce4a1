"""The second factor: a program that shows six digits every half minute, and codes on paper.

django-otp keeps the devices, refuses a code used before, and makes whoever guesses wait twice as
long each time.
"""

from __future__ import annotations

import base64
import io
import secrets
from dataclasses import dataclass

import segno
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django_otp import login, verify_token
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from dingdian.web.accounts.models import User
from dingdian.web.bureau import note

#: How many recovery codes there are, their letters (none that look alike), and how many letters.
CODES, LETTERS, LENGTH = 10, "23456789abcdefghjkmnpqrstuvwxyz", 12


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What somebody needs who sets up a second factor: a picture to scan, or letters to type."""

    picture: str
    letters: str


def enrolled(user: User) -> TOTPDevice | None:
    """The device that a user has confirmed; ``None``: they have no second factor."""
    found: TOTPDevice | None = TOTPDevice.objects.filter(user=user, confirmed=True).first()
    return found


def begun(user: User) -> TOTPDevice:
    """The device that a user is setting up: the same until it is confirmed."""
    found: TOTPDevice = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "totp"}
    )[0]
    return found


def enrolment(device: TOTPDevice) -> Enrolment:
    """What a device is set up with."""
    image = io.BytesIO()
    segno.make(device.config_url, error="m").save(image, kind="svg", scale=4, xmldecl=False)
    letters = base64.b32encode(device.bin_key).decode().rstrip("=")
    return Enrolment(
        "data:image/svg+xml;base64," + base64.b64encode(image.getvalue()).decode(),
        " ".join(letters[at : at + 4] for at in range(0, len(letters), 4)),
    )


def confirm(request: HttpRequest, code: str) -> list[str] | None:
    """Confirm the device under way with its first code: the recovery codes, or ``None``."""
    user = request.user
    with transaction.atomic():
        device = verify_token(user, begun(user).persistent_id, _plain(code))
        if device is None:
            return None
        device.confirmed = True
        device.save()
        user.factor_since = timezone.now()
        user.save(update_fields=["factor_since"])
        codes = fresh_codes(user)
        note(user, f"user:{user.username}", "factor.enrol")
    _verified(request, device)
    return codes


def fresh_codes(user: User) -> list[str]:
    """New recovery codes of a user; those that they had are worthless."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="codes")
    codes = ["".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(CODES)]
    for code in codes:
        device.token_set.create(token=code)
    return [f"{code[:4]}-{code[4:8]}-{code[8:]}" for code in codes]


def codes_left(user: User) -> int:
    """How many recovery codes a user has not used yet."""
    found: int = StaticDevice.objects.filter(user=user, token_set__isnull=False).count()
    return found


def verify(request: HttpRequest, code: str) -> bool:
    """Whether a code is right: six digits of the program, else a recovery code, used once."""
    user, plain = request.user, _plain(code)
    by_program = plain.isdigit() and len(plain) == 6
    device = enrolled(user) if by_program else StaticDevice.objects.filter(user=user).first()
    with transaction.atomic():
        found = verify_token(user, device.persistent_id, plain) if device else None
        act = "factor.verify" if by_program else "factor.recovery"
        note(user, f"user:{user.username}", act if found else "factor.failed")
    if found is None:
        return False
    _verified(request, found)
    return True


def wait(user: User) -> int:
    """How many seconds a user waits until the next code is looked at; 0: none."""
    longest = 0
    for kind in (TOTPDevice, StaticDevice):
        for device in kind.objects.filter(user=user):
            _, why = device.verify_is_allowed()
            if why and (until := why.get("locked_until")):
                longest = max(longest, int((until - timezone.now()).total_seconds()) + 1)
    return longest


def forget(user: User) -> None:
    """Forget every device and recovery code of a user."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    user.factor_since = None
    user.save(update_fields=["factor_since"])


def _plain(code: str) -> str:
    return "".join(letter for letter in code.lower() if letter.isalnum())


def _verified(request: HttpRequest, device: object) -> None:
    """The session goes on as one with a second factor, under a new key."""
    login(request, device)
    request.session.cycle_key()
