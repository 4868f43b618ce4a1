"""Years ahead that were tried: a folder that ``wiring.projection`` wrote whole, and what for."""

from __future__ import annotations

from django.db import models

from dingdian.web.answers import Answer
from dingdian.web.plans.models import Plan


class Projected(Answer):
    """The years after a plan under scenarios, to the end of ``through``."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="projected")
    through = models.PositiveIntegerField()
