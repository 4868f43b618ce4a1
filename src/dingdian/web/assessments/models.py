"""Campaigns of the yearly assessment: one a year, with versions of its scores and their results.

A version is never changed: what is corrected or recorded later makes another one. Each has a folder
with the evidence that ``dingdian assess`` writes, and its results as rows to look at.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Campaign(models.Model):
    """The assessment of a year; ``appeals_through``: the last day on which one may appeal.

    ``shown_at``: since when institutions see their own scores; ``None``: not yet.
    """

    year = models.IntegerField(unique=True)
    appeals_through = models.DateField(null=True)
    opened_by = models.CharField(max_length=60)
    opened_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-year",)

    @property
    def subject(self) -> str:
        """What long work and the journal call it."""
        return f"assessment:{self.year}"

    @property
    def current(self) -> Version | None:
        """The last version that was assessed."""
        found: Version | None = self.versions.filter(state=State.ASSESSED).last()
        return found


class State(models.TextChoices):
    """How far a version of the scores has come."""

    WAITING = "waiting", _("is being assessed")
    REFUSED = "refused", _("refused")
    ASSESSED = "assessed", _("assessed")


class Version(models.Model):
    """A version of the scores of a campaign.

    ``files`` are ``{"name", "bytes", "sha256"}`` of what was uploaded; none where ``base`` names
    the version whose scores are assessed again with what was recorded since. ``groups`` are its
    faults (see ``quality``). ``limits``: group -> the exact highest score that is in its bottom and
    the lowest that is out (``core.assessment.closeness``). ``head`` is the record without its
    institutions, ``result`` and ``census`` its fingerprints; ``counts`` how many came to what.
    ``entered``: by whom, when and with how many entries it was entered in the ledger, and what was
    odd; empty: it was not.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    base = models.ForeignKey("self", models.PROTECT, null=True)
    folder = models.CharField(max_length=40, unique=True)
    files = models.JSONField(default=list)
    remark = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    blocking = models.IntegerField(default=0)
    warnings = models.IntegerField(default=0)
    notes = models.IntegerField(default=0)
    groups = models.JSONField(default=list)
    day = models.DateField(null=True)
    census = models.CharField(max_length=64, blank=True)
    result = models.CharField(max_length=64, blank=True)
    head = models.JSONField(default=dict)
    limits = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    entered = models.JSONField(default=dict)

    class Meta:
        ordering = ("campaign", "number")
        constraints = (
            models.UniqueConstraint(fields=("campaign", "number"), name="assessment_version_once"),
        )

    @property
    def place(self) -> Path:
        """Its folder."""
        return Path(settings.MEDIA_ROOT) / self.folder

    @property
    def files_place(self) -> Path:
        """Where the files lie as they were uploaded, until they were read."""
        return self.place / "files"

    @property
    def given_place(self) -> Path:
        """Where the tables of the upload lie as they were read, without points of persons."""
        return self.place / "given"

    @property
    def made_place(self) -> Path:
        """Where the folder lies that ``dingdian assess`` would have written."""
        return self.place / "made"

    @property
    def names(self) -> str:
        """What was uploaded."""
        return "、".join(each["name"] for each in self.files)


class Result(models.Model):
    """What an institution came to in a version.

    ``points``, ``margin``: in ten-thousandths, cut, to sort by; the exact numbers stand in
    ``record``, which is its part of the record. ``None``: not known.
    """

    version = models.ForeignKey(Version, models.CASCADE, related_name="results")
    code = models.CharField(max_length=40)
    name = models.TextField(blank=True)
    district = models.CharField(max_length=20, blank=True)
    side = models.CharField(max_length=30, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    points = models.BigIntegerField(null=True)
    grade = models.CharField(max_length=20, blank=True)
    group = models.TextField(blank=True)
    bottom = models.CharField(max_length=12, blank=True)
    rank = models.IntegerField(null=True)
    margin = models.BigIntegerField(null=True)
    votes = models.IntegerField(default=0)
    renewal = models.CharField(max_length=16)
    record = models.JSONField()

    class Meta:
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(fields=("version", "code"), name="assessment_result_once"),
        )
        indexes = (
            models.Index(fields=("version", "district"), name="assessment_district"),
            models.Index(fields=("version", "bottom"), name="assessment_bottom"),
        )


class Hearing(models.Model):
    """That an institution was told of what may follow, and heard: before any step for a rank.

    ``heard_on``: the day on which it was heard or waived it; ``None``: not yet. ``record`` is the
    number of the record, ``said`` what it came to.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="hearings")
    code = models.CharField(max_length=40)
    district = models.CharField(max_length=20, blank=True)
    notified_on = models.DateField()
    heard_on = models.DateField(null=True)
    waived = models.BooleanField(default=False)
    record = models.CharField(max_length=120, blank=True)
    said = models.TextField(blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ("notified_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "code", "notified_on"), name="assessment_hearing_once"
            ),
        )


class Appeal(models.Model):
    """An appeal of an institution against the points of an item, and its answer.

    ``new_points``: exact, as text; empty where the points stay. ``version`` is the one whose points
    it is against.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="appeals")
    version = models.ForeignKey(Version, models.PROTECT)
    code = models.CharField(max_length=40)
    district = models.CharField(max_length=20, blank=True)
    item = models.CharField(max_length=60)
    reason = models.TextField()
    filed_on = models.DateField()
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    decided_on = models.DateField(null=True)
    new_points = models.CharField(max_length=40, blank=True)
    answer = models.TextField(blank=True)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "code", "item"),
                condition=models.Q(decided_on=None),
                name="assessment_appeal_open_once",
            ),
        )


class Kind(models.TextChoices):
    """What one person asks for and another confirms."""

    STEP = "step", _("step of the ladder")
    DEPOSIT = "deposit", _("settlement of the deposit")
    ENTRY = "entry", _("entry in the ledger")


class Stand(models.TextChoices):
    """What became of it."""

    WAITING = "waiting", _("waits to be confirmed")
    CONFIRMED = "confirmed", _("confirmed")
    RETURNED = "returned", _("sent back")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Measure(models.Model):
    """Something that follows, asked for by one person and confirmed by another (四眼).

    ``version`` is what it rests on. ``step`` is a step of the ladder; ``facts`` hold the minute of
    a step; what was held, its share and what is returned of a deposit, in yuan as text.
    ``decided_on`` is the day of the confirmation. A confirmed step counts from the next version on.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="measures")
    version = models.ForeignKey(Version, models.PROTECT)
    kind = models.CharField(max_length=10, choices=Kind)
    code = models.CharField(max_length=40, blank=True)
    name = models.TextField(blank=True)
    district = models.CharField(max_length=20, blank=True)
    step = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=Stand, default=Stand.WAITING)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_on = models.DateField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "kind", "code", "step"),
                condition=models.Q(state="waiting"),
                name="assessment_measure_waits_once",
            ),
        )
