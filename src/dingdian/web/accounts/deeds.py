"""What administrators do to users: each deed in one transaction with its note in the journal."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F

from dingdian.core.census.checks.identity import is_uscc
from dingdian.core.errors import RequestError, fault
from dingdian.web import clock
from dingdian.web.accounts import factors, locks
from dingdian.web.accounts.models import Grant, Token, User
from dingdian.web.bureau import note
from dingdian.web.ledger.models import Case, Institution
from dingdian.web.rights import (
    ADMINS,
    OF_A_DISTRICT,
    OF_A_HOLDER,
    ROLE_NAMES,
    Right,
    Role,
    clash,
)
from dingdian.web.setting_up import new_password


def subject(user: User) -> str:
    """What the journal calls a user."""
    return f"user:{user.username}"


def _not_oneself(by: User, user: User) -> None:
    if by.pk == user.pk:
        raise RequestError((fault("own_account"),))


def _not_the_last(user: User, roles: set[str]) -> None:
    """Refuse to leave an administrator's role without anybody; holds all of their grants."""
    admins = [str(each) for each in ADMINS]
    held = Grant.objects.select_for_update().filter(role__in=admins).order_by("pk")
    others = User.objects.filter(pk__in={g.user_id for g in held}, is_active=True)
    left = set(others.exclude(pk=user.pk).values_list("grants__role", flat=True))
    for role in sorted(roles & set(admins)):
        if role not in left:
            words = str(ROLE_NAMES[Role(role)])
            raise RequestError((fault("last_administrator", role=words),))


# -- the system administrator -----------------------------------------------------------


@transaction.atomic
def create(by: User, user: User) -> str:
    """Add a user; returns the password that they use once."""
    password = new_password()
    user.set_password(password)
    user.must_change = True
    user.save()
    note(by, subject(user), "user.create", name=user.name, office=user.office)
    return password


@transaction.atomic
def edit(by: User, user: User) -> None:
    """Keep another name or office of a user."""
    before = User.objects.select_for_update().get(pk=user.pk)
    changed = {
        key: f"{getattr(before, key)} → {getattr(user, key)}"
        for key in ("name", "office", "email")
        if getattr(before, key) != getattr(user, key)
    }
    if changed:
        user.save(update_fields=list(changed))
        note(by, subject(user), "user.edit", **changed)


@transaction.atomic
def set_active(by: User, user: User, active: bool) -> None:
    """Let a user sign in, or no longer: their sessions and tokens end at once.

    Raises:
        RequestError: it is one's own account, or that of the last administrator of a kind.
    """
    _not_oneself(by, user)
    if not active:
        _not_the_last(user, {str(each.role) for each in user.own})
    changed = User.objects.filter(pk=user.pk, is_active=not active)
    if changed.update(is_active=active, sessions=F("sessions") + 1):
        if not active:
            user.tokens.all().delete()
        note(by, subject(user), "user.reactivate" if active else "user.deactivate")


@transaction.atomic
def reset_password(by: User, user: User) -> str:
    """Give a user a password that they use once, which is returned; their sessions end.

    Raises:
        RequestError: it is one's own account.
    """
    _not_oneself(by, user)
    password = new_password()
    user.set_password(password)
    user.must_change = True
    user.save(update_fields=["password", "must_change"])
    locks.unlock(user.username)
    note(by, subject(user), "user.password_reset")
    return password


# -- the security administrator ---------------------------------------------------------


@transaction.atomic
def grant(by: User, user: User, role: Role, *, region: str = "", holder: str = "") -> None:
    """Give a user a role, in a district or for a holder where the role is one of such.

    Raises:
        RequestError: to oneself, twice, beside a role that it may not be held with, with a
            district or a holder too many or too few, or for a holder that cannot be one.
    """
    _not_oneself(by, user)
    User.objects.select_for_update().get(pk=user.pk)
    held = list(user.grants.values_list("role", "region", "holder"))
    if (role in OF_A_DISTRICT) != bool(region):
        raise RequestError((fault("role_without_district" if region else "role_needs_district"),))
    if (role in OF_A_HOLDER) != bool(holder):
        raise RequestError((fault("role_without_holder" if holder else "role_needs_holder"),))
    if holder and not _may_hold(holder):
        raise RequestError((fault("holder_unknown", holder=holder),))
    if (str(role), region, holder) in held:
        raise RequestError((fault("role_held"),))
    if clash([role, *(Role(name) for name, _, _ in held)]):
        raise RequestError((fault("role_clash"),))
    said = {"role": str(role), "region": region, "holder": holder}
    Grant.objects.create(user=user, granted_by=by.username, **said)
    note(by, subject(user), "role.grant", region=region, role=role, holder=holder)


def _may_hold(holder: str) -> bool:
    """Whether a code is an institution's of the ledger, or has the form of a legal person's."""
    known = Institution.objects.filter(code=holder), Case.objects.filter(institution=holder)
    return is_uscc(holder) or any(each.exists() for each in known)


@transaction.atomic
def withdraw(by: User, given: Grant) -> None:
    """Take a role back.

    Raises:
        RequestError: one's own, or that of the last administrator of a kind.
    """
    _not_oneself(by, given.user)
    _not_the_last(given.user, {given.role})
    note(
        by,
        subject(given.user),
        "role.withdraw",
        region=given.region,
        role=given.role,
        holder=given.holder,
    )
    given.delete()


@transaction.atomic
def reset_factor(by: User, user: User) -> None:
    """Forget the second factor of a user, who then sets up a new one; their sessions end.

    Raises:
        RequestError: it is one's own account.
    """
    _not_oneself(by, user)
    factors.forget(user)
    User.objects.filter(pk=user.pk).update(sessions=F("sessions") + 1)
    note(by, subject(user), "factor.reset")


@transaction.atomic
def unlock(by: User, user: User) -> None:
    """Let a user sign in again after wrong passwords.

    Raises:
        RequestError: it is one's own account.
    """
    _not_oneself(by, user)
    locks.unlock(user.username)
    note(by, subject(user), "user.unlock")


@transaction.atomic
def end_sessions(by: User, user: User) -> None:
    """End every session of a user, and the tokens of their programs."""
    user.tokens.all().delete()
    User.objects.filter(pk=user.pk).update(sessions=F("sessions") + 1)
    note(by, subject(user), "user.sessions_end")


@transaction.atomic
def issue_token(by: User, user: User, name: str, through: dt.date) -> None:
    """Allow a token for a program of a user, who collects it: nobody else ever sees it.

    Raises:
        RequestError: to oneself, or the user may not use the API.
    """
    _not_oneself(by, user)
    if not user.may(Right.USE_API):
        raise RequestError((fault("token_without_right"),))
    made = Token.objects.create(user=user, name=name, through=through)
    note(by, subject(user), "token.issue", token=made.pk, name=name, through=through)


@transaction.atomic
def collect_token(user: User, token: Token) -> str:
    """Make the token that was allowed to a user; it is returned and kept nowhere.

    Raises:
        RequestError: it was collected before, or its last day or that of collecting is over.
    """
    held = user.tokens.select_for_update().get(pk=token.pk)
    if held.digest is not None:
        raise RequestError((fault("token_collected"),))
    if not held.may_be_collected:
        raise RequestError((fault("token_lapsed"),))
    text, held.digest = Token.fresh()
    held.save(update_fields=["digest"])
    note(user, subject(user), "token.collect", token=held.pk, name=held.name)
    return text


@transaction.atomic
def withdraw_token(by: User, token: Token) -> None:
    """Make a token worthless."""
    note(by, subject(token.user), "token.withdraw", token=token.pk, name=token.name)
    token.delete()


def longest(day: dt.date | None = None) -> dt.date:
    """The last day that a token may hold through: a year from a day."""
    day = day or clock.today()
    return day + dt.timedelta(days=365)
