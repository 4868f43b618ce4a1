"""Answers about sites that somebody kept: dated, numbered, binding nobody."""

from __future__ import annotations

from django.db import models

from dingdian.core.lifecycle.entry import SHANGHAI


class KeptAnswer(models.Model):
    """An answer as it was given: what was asked, and the answer as data and in words.

    ``question`` holds the fields of the form, ``answer`` what ``reports.sites.plain`` says,
    ``told`` the words in each language, so that the sheet can be printed as it was years later.
    ``district`` is empty where the site's is not known.
    """

    asked_at = models.DateTimeField()
    by = models.CharField(max_length=60)
    day = models.DateField()
    district = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=40)
    verdict = models.CharField(max_length=20)
    remark = models.CharField(max_length=200, blank=True)
    question = models.JSONField(default=dict)
    answer = models.JSONField(default=dict)
    told = models.JSONField(default=dict)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("district", "id"), name="kept_district"),)

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number that the sheet carries, such as YC-2026-000007."""
        return f"YC-{self.asked_at.astimezone(SHANGHAI):%Y}-{self.pk:06d}"
