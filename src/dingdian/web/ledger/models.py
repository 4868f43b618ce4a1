"""What lists and maps of institutions read: a picture of the ledger on a day, made from it anew.

Nothing is decided from these tables, and nothing is lost with them: ``refreshing`` makes them from
the last census kept and the moves since. ``Picture`` says what they were made from.
"""

from __future__ import annotations

from django.db import models


class Picture(models.Model):
    """What the picture was made from: one row.

    ``day`` is the day of the picture, ``entries`` the number of entries of the ledger,
    ``census_known_at`` the moment from which its census was known, ``census`` the fingerprint.
    """

    day = models.DateField()
    entries = models.BigIntegerField()
    census_known_at = models.DateTimeField()
    census = models.CharField(max_length=64)
    taken_on = models.DateField()
    invented = models.BooleanField()
    made_at = models.DateTimeField()


class Region(models.Model):
    """A region of the picture; ``district`` is its county-level code, empty above that level."""

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=80)
    level = models.CharField(max_length=20)
    parent = models.CharField(max_length=20, blank=True)
    district = models.CharField(max_length=20, blank=True)
    position = models.IntegerField()

    class Meta:
        ordering = ("position",)


class Institution(models.Model):
    """An institution of the picture.

    Choices hold identifiers of the vocabulary; empty text is unknown, and so is ``None``.
    ``services`` is ``" inpatient outpatient_pooling "``, with blanks around each. ``designated``:
    its standing counts as stock. ``lon`` and ``lat`` are in CGCS2000. ``case`` is its live case in
    the ledger, ``stage`` where that stands. ``beds`` are open beds of all classes.
    """

    code = models.CharField(max_length=30, primary_key=True)
    name = models.CharField(max_length=200)
    uscc = models.CharField(max_length=30, blank=True)
    kind = models.CharField(max_length=40)
    level = models.CharField(max_length=20, blank=True)
    type = models.CharField(max_length=30, blank=True)
    ownership = models.CharField(max_length=20, blank=True)
    region = models.CharField(max_length=20, blank=True)
    district = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=300, blank=True)
    standing = models.CharField(max_length=20, blank=True)
    designated = models.BooleanField(default=False)
    services = models.CharField(max_length=300, blank=True)
    pharmacy_grade = models.CharField(max_length=20, blank=True)
    designated_since = models.DateField(null=True)
    agreement_through = models.DateField(null=True)
    trial_through = models.DateField(null=True)
    beds = models.IntegerField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    case = models.CharField(max_length=60, blank=True)
    stage = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ("code",)
        indexes = (
            models.Index(fields=("district", "code"), name="institution_district"),
            models.Index(fields=("name",), name="institution_name"),
            models.Index(fields=("kind", "code"), name="institution_kind"),
            models.Index(fields=("standing", "code"), name="institution_standing"),
            models.Index(fields=("agreement_through",), name="institution_through"),
        )


class DueLine(models.Model):
    """Something that is due, overdue or coming: as ``core.lifecycle.due`` says it on the day."""

    case = models.CharField(max_length=60)
    institution = models.CharField(max_length=30, blank=True)
    name = models.CharField(max_length=200)
    district = models.CharField(max_length=20, blank=True)
    stage = models.CharField(max_length=30)
    urgency = models.CharField(max_length=20)
    last = models.DateField(null=True)
    who = models.CharField(max_length=20)
    does = models.CharField(max_length=60)
    rule = models.CharField(max_length=80)
    clause = models.CharField(max_length=40, blank=True)
    provisional = models.BooleanField(default=False)

    class Meta:
        ordering = ("last", "case")
        indexes = (models.Index(fields=("who", "urgency", "last"), name="due_who"),)
