"""What lists and maps of institutions read: a picture of the ledger on a day, made from it anew.

Nothing is decided from these tables, and nothing is lost with them: ``refreshing`` makes them from
the last census kept and the moves since. ``Picture`` says what they were made from.
"""

from __future__ import annotations

from django.db import models


class Picture(models.Model):
    """What the picture was made from: one row.

    ``day`` is the day of the picture, ``entries`` the number of entries of the ledger,
    ``census_known_at`` the moment from which its census was known, ``taken_on`` the day of that.
    """

    day = models.DateField()
    entries = models.BigIntegerField()
    census_known_at = models.DateTimeField()
    taken_on = models.DateField()
    invented = models.BooleanField()
    made_at = models.DateTimeField()


class Region(models.Model):
    """A region of the picture; ``district`` is its county-level code, empty above that level."""

    code = models.TextField(primary_key=True)
    name = models.TextField()
    level = models.CharField(max_length=40)
    parent = models.TextField(blank=True)
    district = models.TextField(blank=True)
    zone = models.CharField(max_length=40, blank=True)
    position = models.IntegerField()

    class Meta:
        ordering = ("position",)


class Institution(models.Model):
    """An institution of the picture.

    Choices hold identifiers of the vocabulary; empty text is unknown, and so is ``None``.
    ``services`` is ``" inpatient outpatient_pooling "``, with blanks around each. ``designated``:
    its standing is one of the designated. ``lon`` and ``lat`` are in CGCS2000. ``case`` is its
    live case in the ledger, else its last one, ``stage`` where that stands. ``beds`` are open
    beds of all classes, ``contracted`` those of the agreement; chairs are left out.
    """

    code = models.TextField(primary_key=True)
    name = models.TextField()
    uscc = models.TextField(blank=True)
    kind = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=40, blank=True)
    type = models.CharField(max_length=40, blank=True)
    ownership = models.CharField(max_length=40, blank=True)
    region = models.TextField(blank=True)
    district = models.TextField(blank=True)
    address = models.TextField(blank=True)
    standing = models.CharField(max_length=40, blank=True)
    standing_since = models.DateField(null=True)
    designated = models.BooleanField(default=False)
    services = models.CharField(max_length=400, blank=True)
    pharmacy_grade = models.CharField(max_length=40, blank=True)
    designated_since = models.DateField(null=True)
    agreement_through = models.DateField(null=True)
    trial_through = models.DateField(null=True)
    beds = models.IntegerField(null=True)
    contracted = models.IntegerField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    case = models.TextField(blank=True)
    stage = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("code",)
        indexes = (
            models.Index(fields=("district", "code"), name="institution_district"),
            models.Index(fields=("name",), name="institution_name"),
            models.Index(fields=("kind", "code"), name="institution_kind"),
            models.Index(fields=("standing", "code"), name="institution_standing"),
            models.Index(fields=("agreement_through",), name="institution_through"),
            models.Index(fields=("case",), name="institution_case"),
        )


class Case(models.Model):
    """A case of the ledger and where it stands: its institution's code is empty before it has one.

    ``last_seq`` is the number of its last entry.
    """

    case = models.TextField(primary_key=True)
    institution = models.TextField(blank=True)
    name = models.TextField(blank=True)
    uscc = models.TextField(blank=True)
    kind = models.CharField(max_length=40, blank=True)
    district = models.TextField(blank=True)
    stage = models.CharField(max_length=40)
    since = models.DateField()
    last_seq = models.BigIntegerField()

    class Meta:
        ordering = ("case",)
        indexes = (
            models.Index(fields=("institution",), name="case_institution"),
            models.Index(fields=("stage", "case"), name="case_stage"),
        )


class DueLine(models.Model):
    """Something that is due, overdue or coming: as ``core.lifecycle.due`` says it on the day.

    ``weight`` is the place of its urgency in the order of the core, the heaviest first.
    """

    weight = models.SmallIntegerField()
    case = models.TextField()
    institution = models.TextField(blank=True)
    name = models.TextField(blank=True)
    district = models.TextField(blank=True)
    stage = models.CharField(max_length=40)
    urgency = models.CharField(max_length=20)
    last = models.DateField(null=True)
    began = models.DateField(null=True)
    who = models.CharField(max_length=20)
    does = models.CharField(max_length=80)
    rule = models.CharField(max_length=120)
    clause = models.CharField(max_length=120, blank=True)
    provisional = models.BooleanField(default=False)
    principle = models.BooleanField(default=False)

    class Meta:
        ordering = ("weight", models.F("last").asc(nulls_last=True), "case", "rule")
        indexes = (
            models.Index(fields=("weight", "last", "case", "rule"), name="due_weight"),
            models.Index(fields=("rule", "does", "weight", "last"), name="due_rule"),
            models.Index(fields=("district", "weight", "last"), name="due_district"),
        )


class Tally(models.Model):
    """How many institutions of a kind and standing a district has, with their contracted beds.

    ``unknown``: of how many of them the contracted beds are not known; these are in no sum.
    """

    district = models.TextField(blank=True)
    kind = models.CharField(max_length=40, blank=True)
    standing = models.CharField(max_length=40, blank=True)
    designated = models.BooleanField()
    n = models.IntegerField()
    contracted = models.IntegerField()
    unknown = models.IntegerField(default=0)


class DueTally(models.Model):
    """How many limits of a rule and an urgency a district has, and the first of their days."""

    district = models.TextField(blank=True)
    who = models.CharField(max_length=20)
    rule = models.CharField(max_length=120)
    does = models.CharField(max_length=80)
    urgency = models.CharField(max_length=20)
    weight = models.SmallIntegerField()
    n = models.IntegerField()
    first = models.DateField(null=True)


class DayTally(models.Model):
    """How many limits of a rule end on a day in a district: also far ahead, for the calendar.

    ``day`` is the last day of the limits, as ``DueLine.last``.
    """

    day = models.DateField()
    district = models.TextField(blank=True)
    who = models.CharField(max_length=20)
    rule = models.CharField(max_length=120)
    does = models.CharField(max_length=80)
    n = models.IntegerField()

    class Meta:
        indexes = (models.Index(fields=("day", "who"), name="day_tally_day"),)
