"""Satisfaction surveys (满意度调查): one for a year, a code for each institution, the answers."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import pgettext_lazy


class Survey(models.Model):
    """A survey; both days of its window belong to it. ``district`` is empty: of the whole place.

    What it asks is kept as the shelf had it when it was made: ``items`` are ``{"item", "text",
    "text_en"}``, ``score`` is an option of the reading ``survey_score``, ``gives`` the item of the
    score sheet, ``rule``, ``clause`` and ``shelf`` say where that comes from. One that was closed
    early has its last day in ``through``, the day that was planned in ``planned``, and ``why``.
    """

    public_id = models.UUIDField(unique=True)
    title = models.CharField(max_length=120)
    year = models.IntegerField()
    district = models.TextField(blank=True)
    since = models.DateField()
    through = models.DateField()
    items = models.JSONField()
    scale = models.IntegerField()
    at_least = models.IntegerField()
    score = models.CharField(max_length=40)
    gives = models.CharField(max_length=80)
    rule = models.CharField(max_length=80)
    clause = models.CharField(max_length=40)
    shelf = models.CharField(max_length=64)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    planned = models.DateField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ("-through", "-id")


class Code(models.Model):
    """The code of an institution in a survey, with which the public opens its form."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="codes")
    code = models.CharField(max_length=16, unique=True)
    institution = models.TextField()
    name = models.TextField()

    class Meta:
        ordering = ("institution",)
        constraints = (
            models.UniqueConstraint(fields=("survey", "institution"), name="survey_code_once"),
        )


class Refusal(StrEnum):
    """Why an answer that came does not count."""

    UNKNOWN_CODE = "unknown_code"
    OTHER_SURVEY = "other_survey"
    OUTSIDE = "outside"
    MARKS = "marks"


#: Why an answer does not count -> its words.
REFUSALS = (
    (Refusal.UNKNOWN_CODE.value, pgettext_lazy("survey", "no survey has its code")),
    (Refusal.OTHER_SURVEY.value, pgettext_lazy("survey", "its code is of another survey")),
    (Refusal.OUTSIDE.value, pgettext_lazy("survey", "it came outside the days of the survey")),
    (Refusal.MARKS.value, pgettext_lazy("survey", "its marks do not fit the questions")),
)


class Answer(models.Model):
    """An answer that came: it counts where ``refused`` is empty.

    ``survey`` is the one that it says it is of, ``None`` where that is unknown; ``of`` its code.
    """

    public_id = models.UUIDField(unique=True)
    survey = models.ForeignKey(Survey, models.PROTECT, null=True, related_name="answers")
    of = models.ForeignKey(Code, models.PROTECT, null=True, related_name="answers")
    marks = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    received_at = models.DateTimeField()
    refused = models.CharField(max_length=20, choices=REFUSALS, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("survey", "refused"), name="survey_answers"),)
