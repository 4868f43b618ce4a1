"""The exchange on both sides, and what the public site shows.

Each installation has all of these tables and fills those of its side only: ``Edition``,
``Received``, ``TakenComment`` and ``TakenSaid`` the bureau, the others the public site.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from dingdian.web.public.spoken import (  # models of this app as well
    PublicCode,
    PublicNotice,
    PublicReply,
    PublicSurvey,
    Said,
    TakenSaid,
)


class Edition(models.Model):
    """An edition that the bureau made for the public site.

    ``counts`` is how many institutions, plans and consultations it has, ``sha256`` the digest of
    its file.
    """

    number = models.PositiveIntegerField(unique=True)
    day = models.DateField()
    made_at = models.DateTimeField()
    by = models.CharField(max_length=60, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ("-number",)

    @property
    def file_name(self) -> str:
        """The name of its file."""
        return f"edition-{self.number:06d}.zip"


class Received(models.Model):
    """A file that was brought to the bureau: taken in, or refused with its faults.

    ``installed`` is the edition that the public site showed when it made the file; ``fresh`` how
    many of its comments had not come before. ``said`` and ``said_fresh`` count what came besides.
    """

    class State(models.TextChoices):
        """What became of it."""

        TAKEN = "taken", _("taken in")
        REFUSED = "refused", _("refused")

    name = models.CharField(max_length=200)
    number = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State)
    at = models.DateTimeField()
    by = models.CharField(max_length=60, blank=True)
    comments = models.IntegerField(default=0)
    fresh = models.IntegerField(default=0)
    said = models.IntegerField(default=0)
    said_fresh = models.IntegerField(default=0)
    installed = models.IntegerField(default=0)
    faults = models.JSONField(default=list)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("number",), condition=models.Q(state="taken"), name="taken_once"
            ),
        )


class TakenComment(models.Model):
    """That a comment has come: what makes taking it in twice harmless.

    ``held`` is the comment itself only while its consultation cannot take it.
    """

    public_id = models.UUIDField(unique=True)
    consultation = models.CharField(max_length=60)
    received = models.ForeignKey(Received, models.CASCADE)
    held = models.JSONField(null=True)

    class Meta:
        indexes = (models.Index(fields=("consultation",), name="taken_consultation"),)


class Installed(models.Model):
    """An edition that the public site has taken; the one with the greatest number is shown.

    ``folder`` is where its files lie, below the folder of editions.
    """

    number = models.PositiveIntegerField(unique=True)
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    day = models.DateField()
    installed_at = models.DateTimeField()
    folder = models.CharField(max_length=60)
    about = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ("-number",)


class PublicRegion(models.Model):
    """A region of the edition shown; ``district`` is its county-level code, empty above that."""

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=80)
    level = models.CharField(max_length=20)
    district = models.CharField(max_length=20, blank=True)
    position = models.IntegerField()

    class Meta:
        ordering = ("position",)
        indexes = (models.Index(fields=("level", "position"), name="public_region_level"),)


class PublicInstitution(models.Model):
    """A designated institution of the edition shown. ``services`` has blanks around each."""

    code = models.CharField(max_length=30, primary_key=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    level = models.CharField(max_length=20, blank=True)
    services = models.CharField(max_length=300, blank=True)
    district = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=300, blank=True)
    standing = models.CharField(max_length=20)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)

    class Meta:
        ordering = ("code",)
        indexes = (
            models.Index(fields=("district", "code"), name="public_institution_district"),
            models.Index(fields=("kind", "code"), name="public_institution_kind"),
        )


class PublicLocality(models.Model):
    """A locality by whose place somebody may ask whether an institution may stand there."""

    code = models.CharField(max_length=30, primary_key=True)
    name = models.CharField(max_length=120)
    district = models.CharField(max_length=20, blank=True)
    region = models.CharField(max_length=20, blank=True)
    lon = models.FloatField()
    lat = models.FloatField()

    class Meta:
        ordering = ("name", "code")
        indexes = (models.Index(fields=("district", "name"), name="public_locality_district"),)


class PublicPlan(models.Model):
    """An issued plan of the edition shown.

    ``papers``: title, name, file, size and SHA-256 each. ``stage`` is one of ``core.dossier``,
    ``since`` and ``through`` say when it holds.
    """

    public_id = models.CharField(max_length=60, primary_key=True)
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=80, blank=True)
    year = models.IntegerField()
    issued_on = models.DateField()
    fingerprint = models.CharField(max_length=64)
    stage = models.CharField(max_length=20)
    since = models.DateField(null=True)
    through = models.DateField(null=True)
    papers = models.JSONField(default=list)

    class Meta:
        ordering = ("-issued_on", "public_id")


class PublicConsultation(models.Model):
    """A consultation of the edition shown; ``papers`` as of a plan.

    ``answers`` are ``{"id", "kind", "outcome", "answer"}``: what became of each comment.
    """

    public_id = models.CharField(max_length=60, primary_key=True)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    opens = models.DateField()
    closes = models.DateField()
    fingerprint = models.CharField(max_length=64, blank=True)
    papers = models.JSONField(default=list)
    answers = models.JSONField(default=list)

    class Meta:
        ordering = ("-closes", "public_id")


class Sent(models.Model):
    """A file of comments that the public site made for the bureau.

    Its row is there before the file: a number is never used twice.
    """

    number = models.PositiveIntegerField(unique=True)
    made_at = models.DateTimeField()
    comments = models.IntegerField()
    said = models.IntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)


class Comment(models.Model):
    """What somebody said to a consultation.

    ``exported_in`` is the first file that carried it, empty before; until the bureau's receipt
    has come (``receipted``) every file carries it again. Then name and contact are blanked.
    """

    class Kind(models.TextChoices):
        """As what somebody speaks."""

        INSURED = "insured", _("an insured person")
        INSTITUTION = "institution", _("a medical institution or pharmacy")
        EXPERT = "expert", _("an expert")
        OTHER = "other", _("another person or body")

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    consultation = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=60, blank=True)
    contact = models.CharField(max_length=100, blank=True)
    text = models.TextField()
    received_at = models.DateTimeField()
    exported_in = models.PositiveIntegerField(null=True)
    receipted = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(fields=("receipted", "id"), name="comment_receipted"),
            models.Index(fields=("received_at",), name="comment_received"),
        )

    @property
    def number(self) -> str:
        """What its author may ask by."""
        return number_of(self.public_id)


def number_of(public_id: uuid.UUID) -> str:
    """The first eight letters of an id, in two groups.

    >>> number_of(uuid.UUID("3f2a91bc-0000-4000-8000-000000000000"))
    '3F2A-91BC'
    """
    text = public_id.hex[:8].upper()
    return f"{text[:4]}-{text[4:]}"


class Knock(models.Model):
    """How often somebody did something in a slot of time; who it is stands here as a digest."""

    who = models.CharField(max_length=64)
    act = models.CharField(max_length=20)
    slot = models.BigIntegerField()
    times = models.IntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("who", "act", "slot"), name="knock_once"),)
        indexes = (models.Index(fields=("slot",), name="knock_slot"),)


__all__ = [
    "Comment",
    "Edition",
    "Installed",
    "Knock",
    "PublicCode",
    "PublicConsultation",
    "PublicInstitution",
    "PublicLocality",
    "PublicNotice",
    "PublicPlan",
    "PublicRegion",
    "PublicReply",
    "PublicSurvey",
    "Received",
    "Said",
    "Sent",
    "TakenComment",
    "TakenSaid",
    "number_of",
]
