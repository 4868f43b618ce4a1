"""Files of licences that were held against the ledger, and what they say against whom.

Nothing in the ledger is changed by them: a move is recorded on the page of the case.
"""

from __future__ import annotations

from django.db import models


class Check(models.Model):
    """A file: ``rows`` licences; ``subjects`` have a row in it, ``strangers`` rows are of nobody.

    ``day`` is the day on which it was held against the ledger.
    """

    name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    day = models.DateField()
    rows = models.IntegerField()
    subjects = models.IntegerField()
    strangers = models.IntegerField()

    class Meta:
        ordering = ("-id",)


class Finding(models.Model):
    """A problem of an institution or applicant; ``row`` is where the file says so.

    ``ours`` and ``theirs`` are what ledger and file say, where they differ. ``settled_by`` is empty
    while it is open.
    """

    of = models.ForeignKey(Check, models.CASCADE, related_name="findings")
    problem = models.CharField(max_length=20)
    group = models.CharField(max_length=20, blank=True)
    case = models.TextField(blank=True)
    institution = models.TextField(blank=True)
    name = models.TextField(blank=True)
    district = models.TextField(blank=True)
    number = models.TextField(blank=True)
    row = models.TextField(blank=True)
    ours = models.TextField(blank=True)
    theirs = models.TextField(blank=True)
    settled_by = models.CharField(max_length=60, blank=True)
    settled_at = models.DateTimeField(null=True)
    remark = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("of", "settled_by", "district"), name="licence_open"),)
