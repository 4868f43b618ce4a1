"""Objections to public notices (异议), as they came from the public site.

Nothing in the ledger is changed by one that comes: a person records it on its page.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import pgettext_lazy

from dingdian.web import clock
from dingdian.web.public.receipts import receipt_of


class Outcome(models.TextChoices):
    """How an objection was answered."""

    UPHELD = "upheld", pgettext_lazy("objection", "upheld")
    DISMISSED = "dismissed", pgettext_lazy("objection", "dismissed")
    INADMISSIBLE = "inadmissible", pgettext_lazy("objection", "not admissible")


class Objection(models.Model):
    """An objection to the notice of a case.

    ``published`` is the number of the entry that published it, ``through`` the last day of the
    notice, ``None`` where it names no notice that is known (``case`` is then empty). ``entry`` is
    the number of the move by which it stands in the ledger; ``None`` until a person recorded it.
    ``outcome`` is empty until it is answered. Name and contact are blanked in time.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    notice = models.CharField(max_length=80)
    case = models.TextField(blank=True)
    published = models.BigIntegerField(null=True)
    institution = models.TextField(blank=True)
    district = models.TextField(blank=True)
    through = models.DateField(null=True)
    reason = models.TextField()
    name = models.CharField(max_length=60, blank=True)
    contact = models.CharField(max_length=100, blank=True)
    received_at = models.DateTimeField()
    taken_at = models.DateTimeField()
    entry = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("-received_at", "-id")
        indexes = (models.Index(fields=("outcome", "district"), name="objection_open"),)

    @property
    def receipt(self) -> str:
        """The number by which its author finds the answer."""
        return receipt_of(self.public_id)

    @property
    def in_time(self) -> bool | None:
        """Whether it came by the last day of the notice; ``None`` where that is not known."""
        if self.through is None:
            return None
        return clock.day_of(self.received_at) <= self.through
