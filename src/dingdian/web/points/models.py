"""What is on record about persons: handed in by one person, counted once another confirmed it.

What a person's points come to is never kept: ``core.assessment.points`` counts it for a day.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stand(models.TextChoices):
    """What became of what was handed in."""

    WAITING = "waiting", pgettext_lazy("points", "waits to be confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("points", "confirmed")
    RETURNED = "returned", pgettext_lazy("points", "sent back")
    WITHDRAWN = "withdrawn", pgettext_lazy("points", "withdrawn")


class Batch(models.Model):
    """What was handed in at once: by form, or as the file ``name`` with its SHA-256.

    ``district`` is that of all its lines; empty where they lie in several.
    """

    name = models.CharField(max_length=160, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    district = models.CharField(max_length=20, blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=Stand, default=Stand.WAITING)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ("-id",)


class Kind(models.TextChoices):
    """What a line says; the first three are tables of the contract of assessments."""

    EVENT = "points_events", _("points given")
    PAUSE = "points_pauses", _("pause decided")
    REPAIR = "points_repairs", _("points repaired")
    WITHDRAWAL = "withdrawal", _("points withdrawn")


class Line(models.Model):
    """One line about a person.

    ``number`` is that of the entry of points, which a withdrawal names again; ``day`` the day of
    the decision, the repair or the withdrawal. ``points`` of an entry, ``months`` of a pause;
    ``None``: the line is of another kind. ``document`` is the decision, of a repair the activity.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=20, choices=Kind)
    person = models.CharField(max_length=60)
    name = models.TextField(blank=True)
    institution = models.CharField(max_length=40, blank=True)
    district = models.CharField(max_length=20, blank=True)
    number = models.CharField(max_length=60, blank=True)
    day = models.DateField()
    points = models.IntegerField(null=True)
    months = models.IntegerField(null=True)
    responsibility = models.CharField(max_length=20, blank=True)
    document = models.TextField(blank=True)

    class Meta:
        ordering = ("day", "id")
        indexes = (models.Index(fields=("person",), name="points_person"),)
