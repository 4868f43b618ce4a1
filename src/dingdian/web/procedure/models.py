"""Consultations and their comments, the papers that go with a step, and what outcomes were counted.

Where a plan stands is said by its notes in the journal alone (``core.dossier``). What stands here
is what the notes cannot hold: what people wrote, and files.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from dingdian.web.papers import Paper as KeptPaper
from dingdian.web.plans.models import Plan, Version


class ConsultationState(models.TextChoices):
    """Where a consultation stands; one that was begun anew is dropped."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    ANSWERED = "answered", _("answered")
    DROPPED = "dropped", _("begun anew")


class CommentKind(models.TextChoices):
    """As whom somebody comments: those whom DX-16 names, and others."""

    INSTITUTION = "institution", _("institution")
    INSURED = "insured", _("insured person")
    EXPERT = "expert", _("expert")
    OTHER = "other", _("other")


class Outcome(models.TextChoices):
    """What became of a comment."""

    ADOPTED = "adopted", _("adopted")
    PARTLY = "partly", _("partly adopted")
    NOT_ADOPTED = "not_adopted", _("not adopted")


class Source(models.TextChoices):
    """How a comment came in."""

    SITE = "site", _("public site")
    LETTER = "letter", _("letter or meeting")


def _public_id() -> str:
    return uuid.uuid4().hex


class Consultation(models.Model):
    """A public consultation on a version of a plan, from ``opened_on`` through ``through``.

    ``public_id`` is how the public site calls it. ``documents`` are the files of the version's
    folder that are shown, by their path in it. ``text`` is what is told beside them.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="consultations")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=32, unique=True, default=_public_id)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    opened_on = models.DateField()
    through = models.DateField()
    documents = models.JSONField(default=list)
    state = models.CharField(
        max_length=10, choices=ConsultationState, default=ConsultationState.OPEN
    )

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.title


class Comment(models.Model):
    """What somebody wrote to a consultation, and what was answered.

    ``name`` and ``contact`` are personal: masked by right, the contact blanked after its days.
    ``entered_by`` is who typed a letter in; empty for one of the public site.
    """

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="comments")
    public_id = models.CharField(max_length=36, unique=True)
    name = models.CharField(max_length=100, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=20, choices=CommentKind, default=CommentKind.OTHER)
    text = models.TextField()
    received_at = models.DateTimeField()
    source = models.CharField(max_length=10, choices=Source, default=Source.SITE)
    entered_by = models.CharField(max_length=60, blank=True)
    answer = models.TextField(blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("received_at", "id")
        indexes = (models.Index(fields=("consultation", "outcome"), name="comment_outcome"),)


class Paper(KeptPaper):
    """A paper that goes with a step: an opinion, minutes, a receipt.

    ``note`` is the number of the step's note.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="papers")
    note = models.BigIntegerField()


class Counted(models.Model):
    """What the ledger says of a span, counted once for an issued version.

    ``day`` is the day on which it was counted; ``entries`` and ``head`` are the end of the ledger's
    chain then, ``census_known_at`` the moment at which the census that gives the districts was
    kept (``None``: there was none).
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="counted")
    since = models.DateField()
    through = models.DateField()
    day = models.DateField()
    entries = models.BigIntegerField()
    head = models.CharField(max_length=64)
    census_known_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    by = models.CharField(max_length=60)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("version", "since", "through"), name="counted_once"),
        )


class CountedRow(models.Model):
    """One row of the ledger behind the numbers of a count: ``actions.compare_outcomes.Line``."""

    counted = models.ForeignKey(Counted, models.CASCADE, related_name="rows")
    part = models.CharField(max_length=10)
    resource = models.CharField(max_length=60)
    bed_class = models.CharField(max_length=40, blank=True)
    district = models.CharField(max_length=20, blank=True)
    case = models.TextField()
    amount = models.IntegerField()
    seq = models.BigIntegerField(default=0)
    day = models.DateField(null=True)
    cause = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ("district", "case", "seq", "id")
        indexes = (
            models.Index(fields=("counted", "part", "resource", "bed_class"), name="counted_row"),
        )
