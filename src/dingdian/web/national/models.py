"""What is to be changed on the national platform: an index of the ledger, and what was confirmed.

Open rows can be made again from the entries (``gathering``); that one was made is said by a note
of the journal.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class Standing(models.TextChoices):
    """Where a change stands; one that later entries took back before it was made is dropped."""

    OPEN = "open", pgettext_lazy("platform", "to be made")
    DONE = "done", pgettext_lazy("platform", "made")
    DROPPED = "dropped", pgettext_lazy("platform", "taken back")


class Change(models.Model):
    """An item of a case whose value on the platform is to be another.

    ``old`` and ``new`` are in the spelling of the ledger. A case has at most one open change of an
    item: a later entry changes its ``new``. ``first`` is the number of the entry from which it is
    to be made, ``last`` of the one that it follows now, ``held_on`` the day of that. ``made_on``,
    ``made_by`` and ``reference`` tell that it was made.
    """

    case = models.TextField()
    name = models.TextField(blank=True)
    institution = models.TextField(blank=True)
    district = models.TextField(blank=True)
    item = models.CharField(max_length=40)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    held_on = models.DateField()
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.OPEN)
    made_on = models.DateField(null=True)
    made_by = models.CharField(max_length=60, blank=True)
    reference = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("held_on", "case", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("case", "item"),
                condition=models.Q(standing="open"),
                name="platform_open_once",
            ),
        )
        indexes = (models.Index(fields=("standing", "district"), name="platform_standing"),)

    @property
    def seen(self) -> str:
        """The change as a page showed it: another entry since makes it another."""
        return f"{self.pk}.{self.last}"


class Gathered(models.Model):
    """Up to which entry of the ledger changes were gathered: one row."""

    row = models.SmallIntegerField(primary_key=True, default=1)
    entries = models.BigIntegerField()
