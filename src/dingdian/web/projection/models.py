"""Years ahead that were tried: a folder that ``wiring.projection`` wrote whole, and what for."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models

from dingdian.core.errors import RequestError, fault
from dingdian.storage.manifest import file_digest
from dingdian.web.plans.models import Plan


def projection_folder() -> Path:
    """Where the folders lie."""
    return Path(settings.CONFIG.data) / "projection"


class Projected(models.Model):
    """The years after a plan under scenarios, to the end of ``through``.

    ``asked`` is what it can be projected from again, ``manifest`` the SHA-256 of each file,
    ``result`` the fingerprint of what came out.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="projected")
    through = models.PositiveIntegerField()
    folder = models.CharField(max_length=40, unique=True)
    asked = models.JSONField(default=dict)
    manifest = models.JSONField(default=dict)
    result = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    by = models.CharField(max_length=60)

    class Meta:
        ordering = ("-id",)

    @property
    def subject(self) -> str:
        """What the journal calls it."""
        return f"projection:{self.pk}"

    def held(self, name: str) -> Path:
        """A file as it was written.

        Raises:
            RequestError: it is gone, or is not what was written.
        """
        path = projection_folder() / self.folder / name
        if file_digest(path) != self.manifest.get(name):
            raise RequestError((fault("version_changed", name=name),))
        return path
