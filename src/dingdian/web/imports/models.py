"""Imports of the ledger: each a row, with its files in a folder of its own beside the database."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How far an import has come."""

    UPLOADED = "uploaded", _("uploaded")
    BLOCKED = "blocked", _("to be mended")
    CHECKED = "checked", _("checked")
    PREVIEWED = "previewed", _("previewed")
    APPLIED = "applied", _("applied")
    UNDONE = "undone", _("undone")
    DISCARDED = "discarded", _("discarded")


#: States in which an import has changed nothing yet and may be discarded.
BEFORE = (State.UPLOADED, State.BLOCKED, State.CHECKED, State.PREVIEWED)


class Import(models.Model):
    """One import.

    ``folder`` is the random name of its folder; ``files`` are ``{"name", "bytes", "sha256"}`` as
    they were stored. ``groups`` are its faults in groups (see ``quality``), ``rows`` all rows of
    its tables, ``fingerprint`` that of the census that was checked. ``base`` is the fingerprint of
    what the ledger had when it was previewed, ``preview`` the counts of that preview. ``before``,
    ``kept_at``, ``first`` and ``last`` are what undoing needs (``actions.apply_import.Applied``).
    """

    folder = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    files = models.JSONField(default=list)
    by = models.CharField(max_length=60)
    uploaded_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State, default=State.UPLOADED)
    # -- what the check found
    day = models.DateField(null=True)
    rows = models.IntegerField(null=True)
    tables = models.JSONField(default=dict)
    blocking = models.IntegerField(default=0)
    warnings = models.IntegerField(default=0)
    notes = models.IntegerField(default=0)
    groups = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=64, blank=True)
    # -- what the preview was made against
    base = models.CharField(max_length=64, blank=True)
    previewed_at = models.DateTimeField(null=True)
    preview = models.JSONField(default=dict)
    # -- what applying it came to
    reason = models.CharField(max_length=500, blank=True)
    applied_by = models.CharField(max_length=60, blank=True)
    applied_at = models.DateTimeField(null=True)
    before = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True)
    rows_kept = models.IntegerField(null=True)
    first = models.BigIntegerField(default=0)
    last = models.BigIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)  # undone or discarded

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("state", "id"), name="import_state"),)

    @property
    def subject(self) -> str:
        """What long work and the journal call it."""
        return f"import:{self.pk}"

    @property
    def place(self) -> Path:
        """Its folder."""
        return Path(settings.MEDIA_ROOT) / self.folder

    @property
    def files_place(self) -> Path:
        """Where the files lie as they were uploaded."""
        return self.place / "files"

    @property
    def copy_place(self) -> Path:
        """Where the canonical copy of what was read lies."""
        return self.place / "census"

    @property
    def lines_place(self) -> Path:
        """Where what the check found lies, line by line."""
        return self.place / "faults"

    @property
    def preview_place(self) -> Path:
        """Where the lines of the preview lie."""
        return self.place / "preview"

    @property
    def marked(self) -> Path:
        """The workbook with marked cells."""
        return self.place / "quality.xlsx"

    @property
    def may_be_discarded(self) -> bool:
        """Whether it has changed nothing yet."""
        return self.state in BEFORE

    @property
    def is_last_applied(self) -> bool:
        """Whether it is the import that was applied last and still stands."""
        if self.state != State.APPLIED:
            return False
        last = Import.objects.filter(state=State.APPLIED).order_by("applied_at", "pk").last()
        return last is not None and last.pk == self.pk

    @property
    def cases(self) -> int:
        """How many cases it opened."""
        return self.last - self.first + 1 if self.first else 0
