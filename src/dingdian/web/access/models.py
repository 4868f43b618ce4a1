"""Access that was measured: a folder that ``wiring.access`` wrote whole, and what was asked."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models

from dingdian.core.errors import RequestError, fault
from dingdian.core.indicators.circles import SERVED
from dingdian.storage.manifest import file_digest
from dingdian.web.bureau import lang
from dingdian.web.plans.models import Plan
from dingdian.web.streets.network import along_words


def access_folder() -> Path:
    """Where the folders lie."""
    return Path(settings.CONFIG.data) / "access"


class Measured(models.Model):
    """Access to a stock (``core.indicators.circles.SERVED``), measured for a plan.

    ``asked`` is what it can be measured from again, ``manifest`` the SHA-256 of each file,
    ``result`` the fingerprint of what came out.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="measured")
    stock = models.CharField(max_length=60)
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
        return f"access:{self.pk}"

    @property
    def service(self) -> str:
        """To whom access was measured, in the language of the page."""
        found = SERVED[self.stock]
        return found.zh if lang() == "zh" else found.en

    @property
    def along(self) -> str:
        """Along what distances were measured, in words."""
        return along_words(self.asked.get("streets"))

    def held(self, name: str) -> Path:
        """A file as it was written.

        Raises:
            RequestError: it is gone, or is not what was written.
        """
        path = access_folder() / self.folder / name
        if file_digest(path) != self.manifest.get(name):
            raise RequestError((fault("version_changed", name=name),))
        return path
