"""What people say besides comments: objections, complaints, answers of a survey.

``Said`` is a row of the public site, ``TakenSaid`` of the bureau; the others are of the edition
that the public site shows.
"""

from __future__ import annotations

import uuid
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """What somebody says."""

    OBJECTION = "objection"
    COMPLAINT = "complaint"
    ANSWER = "answer"


#: Kind -> its words.
KINDS = (
    (Kind.OBJECTION.value, _("objection to a public notice")),
    (Kind.COMPLAINT.value, _("complaint")),
    (Kind.ANSWER.value, _("answer to a survey")),
)


class Said(models.Model):
    """Something that somebody sent.

    ``about`` is the notice, the code of the institution or the survey that it is about.
    ``content`` and ``private`` (name and contact) hold the fields of its kind
    (``speaking.FIELDS``). It goes out with the comments, and under the same receipts; once the
    bureau has it both are emptied. ``once``: of what there may be one only, as a digest; empty:
    of nothing.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    kind = models.CharField(max_length=20, choices=KINDS)
    about = models.CharField(max_length=80, blank=True)
    content = models.JSONField(default=dict)
    private = models.JSONField(default=dict)
    once = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField()
    exported_in = models.PositiveIntegerField(null=True)
    receipted = models.BooleanField(default=False)

    class Meta:  # noqa: D106 -- of a model
        ordering = ("id",)
        indexes = (models.Index(fields=("receipted", "id"), name="said_receipted"),)
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "once"), condition=~models.Q(once=""), name="said_once"
            ),
        )


class TakenSaid(models.Model):
    """That something has come to the bureau: what makes taking it in twice harmless."""

    public_id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=20, choices=KINDS)
    received = models.ForeignKey("public.Received", models.CASCADE)


class PublicNotice(models.Model):
    """A case that is, or was, under public notice.

    Both days belong to its window. ``outcome`` is one of ``published.OUTCOMES``; ``settled_on`` the
    day of it, ``None`` while the notice is open.
    """

    public_id = models.CharField(max_length=60, primary_key=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40, blank=True)
    district = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=300, blank=True)
    opens = models.DateField()
    closes = models.DateField()
    outcome = models.CharField(max_length=20)
    settled_on = models.DateField(null=True)

    class Meta:  # noqa: D106 -- of a model
        ordering = ("-closes", "public_id")


class PublicReply(models.Model):
    """Where something that somebody sent stands, found by the digest of its receipt alone."""

    digest = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=20, choices=KINDS)
    status = models.CharField(max_length=20)
    day = models.DateField()
    answer = models.TextField(blank=True)


class PublicSurvey(models.Model):
    """A survey of the edition shown; both days belong to it. ``items`` as of the bureau's."""

    public_id = models.CharField(max_length=60, primary_key=True)
    title = models.CharField(max_length=120)
    since = models.DateField()
    through = models.DateField()
    items = models.JSONField()
    scale = models.IntegerField()


class PublicCode(models.Model):
    """A code of a survey, known by its digest, and the institution that it is about."""

    digest = models.CharField(max_length=64, primary_key=True)
    survey = models.ForeignKey(PublicSurvey, models.CASCADE)
    institution = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
