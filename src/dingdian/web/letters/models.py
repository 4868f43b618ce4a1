"""The register of letters, and the receipts of their service.

What a letter says is worked out from its entry of the ledger; that it was made, served or voided
is said by the notes of the journal, one with every change of a row. No row is ever deleted.
"""

from __future__ import annotations

from pathlib import Path

from django.db import models

from dingdian.core.lifecycle import letters as core
from dingdian.web.papers import Paper as KeptPaper
from dingdian.web.papers import path_of


class Letter(models.Model):
    """A letter: ``n`` is its place in its ``series``, which is the number with ``{n}`` left open.

    ``entry`` is the number of the entry that it tells of, ``kind`` one of the notices, ``day`` the
    day that it bears, ``sha256`` the fingerprint of its Word file. ``runs``: it names days that
    count from its receipt. ``last`` is the number of the last note about it. ``name`` and
    ``district`` are those of its case when it was made. ``office``: agency or bureau, whichever
    recorded the entry; its people serve the letter.
    """

    case = models.TextField()
    entry = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    series = models.CharField(max_length=200)
    n = models.IntegerField()
    number = models.CharField(max_length=220)
    name = models.TextField(blank=True)
    district = models.TextField(blank=True)
    day = models.DateField()
    sha256 = models.CharField(max_length=64)
    office = models.CharField(max_length=20)
    runs = models.BooleanField()
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    served_on = models.DateField(null=True)
    served_way = models.CharField(max_length=20, blank=True)
    served_by = models.CharField(max_length=60, blank=True)
    void_at = models.DateTimeField(null=True)
    void_by = models.CharField(max_length=60, blank=True)
    void_reason = models.TextField(blank=True)
    last = models.BigIntegerField()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("series", "n"), name="letter_number_once"),
            models.UniqueConstraint(
                fields=("entry", "kind"),
                condition=models.Q(void_at=None),
                name="letter_of_entry_once",
            ),
        )
        indexes = (
            models.Index(fields=("case", "entry"), name="letter_case"),
            models.Index(fields=("district", "served_on"), name="letter_district"),
        )

    @property
    def subject(self) -> str:
        """As the journal calls it."""
        return f"letter:{self.number}"

    @property
    def path(self) -> Path:
        """Where its Word file lies."""
        return path_of(self.sha256, "docx")

    @property
    def core(self) -> core.Letter:
        """The letter as the core knows it."""
        return core.Letter(self.number, self.day, self.served_on, self.void_at is not None)


class Receipt(KeptPaper):
    """A receipt of service (送达回证), a slip of the post, a picture of the announcement."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="receipts")
    note = models.BigIntegerField()
