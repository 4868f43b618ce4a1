"""Users, the roles granted to them, and the tokens of programs."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.timezone import localdate

from dingdian.web import clock
from dingdian.web.rights import ROLE_NAMES, Districts, Held, Right, Role, districts, holders

#: For so long after it was allowed a token may be collected.
COLLECT = dt.timedelta(days=7)


class Users(BaseUserManager):
    """Makes users; looked up by their name of sign-in."""

    def create(self, **facts: Any) -> User:
        """A user with a password; one without (``None``) cannot sign in yet."""
        password = facts.pop("password", None)
        user: User = self.model(**facts)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """The user of a name of sign-in."""
        return self.get(username=username)


class User(AbstractBaseUser):
    """Somebody who signs in. What they may do stands in their grants alone.

    ``must_change``: the password was given by somebody else. ``factor_since``: from when on they
    have a second factor; ``None``: none. ``sessions`` counts how often all sessions were ended:
    one that began under another number is over.
    """

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    office = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    must_change = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    factor_since = models.DateTimeField(null=True)
    sessions = models.PositiveIntegerField(default=0)

    objects = Users()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ("name",)

    class Meta:
        ordering = ("username",)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session of this user carries; a new password or number ends it."""
        salt = "dingdian.web.accounts.sessions"
        value = f"{self.sessions}:{self.password}"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()

    @property
    def own(self) -> tuple[Held, ...]:
        """The roles that were granted to the user."""
        return tuple(Held(Role(g.role), g.region, g.holder) for g in self.grants.all())

    @cached_property
    def held(self) -> tuple[Held, ...]:
        """The roles that the user holds now: their own, and those of whom they stand in for."""
        return (*self.own, *(each for leave in self.standing_in for each in leave.user.own))

    @cached_property
    def standing_in(self) -> list[Leave]:
        """The leaves of today during which the user stands in for somebody."""
        return list(Leave.running().filter(deputy=self).select_related("user"))

    def districts(self, right: Right) -> Districts:
        """Where a right of the user holds: ``None`` everywhere."""
        return districts(self.held, right)

    def holders(self, right: Right) -> frozenset[str]:
        """Whose own a right of the user is about: codes of institutions or of legal persons."""
        return holders(self.held, right)

    def may(self, right: Right, district: str | None = None) -> bool:
        """Whether the user has a right: anywhere or about anything, or in a district."""
        where = self.districts(right)
        if where is None:
            return True
        return district in where if district is not None else bool(where or self.holders(right))

    def may_without(self, other: str, right: Right, district: str) -> bool:
        """Whether the user has a right in a district by any role but those of one person.

        That person (a user name) is away, and the user stands in for them.
        """
        lent = (leave.user.own for leave in self.standing_in if leave.user.username != other)
        where = districts((*self.own, *(each for roles in lent for each in roles)), right)
        return where is None or district in where

    @property
    def role(self) -> str:
        """The role in which the user acts, as the journal has it."""
        return "+".join(sorted({each.role for each in self.held}))

    @property
    def roles_shown(self) -> str:
        """The roles in words."""
        return "、".join(dict.fromkeys(str(ROLE_NAMES[each.role]) for each in self.own))


class Grant(models.Model):
    """A role of a user: in a district (code) or the whole place (empty), or of a ``holder``."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=30)
    region = models.CharField(max_length=12, blank=True)
    holder = models.CharField(max_length=40, blank=True)
    granted_by = models.CharField(max_length=60)
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "role", "region", "holder"), name="grant_once"),
        )


class Leave(models.Model):
    """Days on which somebody is away and a deputy has their roles, beside their own.

    ``ended_on``: it was ended early, and no longer holds from that day on.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="leaves")
    deputy = models.ForeignKey(User, models.CASCADE, related_name="deputised")
    since = models.DateField()
    through = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ("-since", "-pk")

    @classmethod
    def running(cls) -> models.QuerySet[Leave]:
        """The leaves of today, of people who are still in use."""
        today = clock.today()
        found = cls.objects.filter(since__lte=today, through__gte=today, ended_on=None)
        return found.filter(user__is_active=True)


class Token(models.Model):
    """What a program of the bureau shows at the API: only its digest is kept.

    ``digest`` is ``None`` until its user has collected it: it opens nothing then.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True, null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    through = models.DateField()
    last_used_at = models.DateTimeField(null=True)

    @property
    def collect_by(self) -> dt.date:
        """The last day on which its user may collect it."""
        return min(self.through, localdate(self.created_at) + COLLECT)

    @property
    def may_be_collected(self) -> bool:
        """Whether it waits for its user, and today is not too late."""
        return self.digest is None and clock.today() <= self.collect_by

    @staticmethod
    def fresh() -> tuple[str, str]:
        """A new token and its digest."""
        text = f"dd_{secrets.token_urlsafe(32)}"
        return text, Token.digest_of(text)

    @staticmethod
    def digest_of(text: str) -> str:
        """SHA-256 of a token, which is long and random: no slow hash is needed."""
        return hashlib.sha256(text.encode()).hexdigest()
