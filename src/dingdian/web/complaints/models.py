"""Complaints (投诉举报) and findings of third parties, with what came of them."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import pgettext_lazy

from dingdian.core.supervision.complaints import Status
from dingdian.web.papers import Paper as KeptPaper
from dingdian.web.public.receipts import receipt_of


class Source(models.TextChoices):
    """How it came, or whose finding it is."""

    SITE = "site", pgettext_lazy("complaint", "public site")
    TELEPHONE = "telephone", pgettext_lazy("complaint", "telephone")
    LETTER = "letter", pgettext_lazy("complaint", "letter")
    VISIT = "visit", pgettext_lazy("complaint", "visit")
    REFERRAL = "referral", pgettext_lazy("complaint", "referred by another body")
    AUDIT = "audit", pgettext_lazy("complaint", "audit")
    INSPECTION = "inspection", pgettext_lazy("complaint", "unannounced inspection")
    THIRD_PARTY = "third_party", pgettext_lazy("complaint", "evaluation by a third party")


#: Sources that are no complaint of a person but a finding: they come with a paper.
FINDINGS = (Source.AUDIT, Source.INSPECTION, Source.THIRD_PARTY)


class Outcome(models.TextChoices):
    """What the investigation found."""

    FOUNDED = "founded", pgettext_lazy("complaint", "founded")
    PARTLY = "partly", pgettext_lazy("complaint", "partly founded")
    UNFOUNDED = "unfounded", pgettext_lazy("complaint", "not founded")
    UNPROVEN = "unproven", pgettext_lazy("complaint", "could not be proven")


class Complaint(models.Model):
    """A complaint or a finding about an institution.

    ``told`` is the institution in the words of whoever complains, ``institution`` its code once it
    is known (empty: not). ``received_on`` is the day on which the bureau had it: terms run from it.
    ``handler`` is the name of sign-in of who handles it, empty: nobody yet. ``finding`` stays
    inside; ``answer`` goes to the public site. ``case`` and ``entry`` name the move of the ledger
    that followed on it, ``year`` the assessed year that it is to count in; ``None``: none. Name and
    contact are blanked in time.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    source = models.CharField(max_length=20, choices=Source)
    told = models.CharField(max_length=200, blank=True)
    institution = models.TextField(blank=True)
    district = models.TextField(blank=True)
    happened = models.CharField(max_length=100, blank=True)
    text = models.TextField()
    name = models.CharField(max_length=60, blank=True)
    contact = models.CharField(max_length=100, blank=True)
    sent_at = models.DateTimeField(null=True)
    received_on = models.DateField()
    entered_by = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=20, default=Status.RECEIVED.value)
    since = models.DateField()
    handler = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    finding = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    case = models.TextField(blank=True)
    entry = models.BigIntegerField(null=True)
    year = models.IntegerField(null=True)

    class Meta:
        ordering = ("received_on", "id")
        indexes = (
            models.Index(fields=("status", "district"), name="complaint_status"),
            models.Index(fields=("institution",), name="complaint_institution"),
        )

    @property
    def receipt(self) -> str:
        """The number by which its author finds the answer."""
        return receipt_of(self.public_id)


class Paper(KeptPaper):
    """A paper that went with it: the report of an audit, a letter, a picture."""

    of = models.ForeignKey(Complaint, models.PROTECT, related_name="papers")
