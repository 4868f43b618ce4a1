"""Answers of long work about a plan: a folder that was written whole, and what was asked."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.db import models

from dingdian.core.errors import RequestError, fault
from dingdian.storage.manifest import file_digest
from dingdian.web.jobs.models import Job, State


class Answer(models.Model):
    """A folder that a worker wrote.

    ``asked`` is what it can be made from again, ``manifest`` the SHA-256 of each file, ``result``
    the fingerprint of what came out. The label of its app names its work, its subject in the
    journal and where its folders lie.
    """

    folder = models.CharField(max_length=40, unique=True)
    asked = models.JSONField(default=dict)
    manifest = models.JSONField(default=dict)
    result = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    by = models.CharField(max_length=60)

    class Meta:
        """Newest first; no table of its own."""

        abstract = True
        ordering = ("-id",)

    @classmethod
    def root(cls) -> Path:
        """Where the folders lie."""
        return Path(settings.CONFIG.data) / cls._meta.app_label

    @property
    def subject(self) -> str:
        """What the journal calls it."""
        return f"{self._meta.app_label}:{self.pk}"

    def held(self, name: str) -> Path:
        """A file as it was written.

        Raises:
            RequestError: it is gone, or is not what was written.
        """
        path = self.root() / self.folder / name
        if file_digest(path) != self.manifest.get(name):
            raise RequestError((fault("version_changed", name=name),))
        return path

    @classmethod
    def sweep(cls) -> None:
        """Remove what was left by work that died."""
        cls.root().mkdir(parents=True, exist_ok=True)
        running = Job.objects.filter(kind=cls._meta.app_label, state=State.RUNNING)
        kept = {f"j{pk}-{attempts}" for pk, attempts in running.values_list("pk", "attempts")}
        kept |= set(cls._default_manager.values_list("folder", flat=True))
        for each in cls.root().iterdir():
            if each.name.lstrip(".").split("-")[0][:1] == "j" and each.name not in kept:
                shutil.rmtree(each, ignore_errors=True)
