"""Access that was measured: a folder that ``wiring.access`` wrote whole, and what was asked."""

from __future__ import annotations

from django.db import models

from dingdian.core.indicators.circles import SERVED
from dingdian.web.answers import Answer
from dingdian.web.bureau import lang
from dingdian.web.plans.models import Plan
from dingdian.web.streets.network import along_words


class Measured(Answer):
    """Access to a stock (``core.indicators.circles.SERVED``), measured for a plan."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="measured")
    stock = models.CharField(max_length=60)

    @property
    def service(self) -> str:
        """To whom access was measured, in the language of the page."""
        found = SERVED[self.stock]
        return found.zh if lang() == "zh" else found.en

    @property
    def along(self) -> str:
        """Along what distances were measured, in words."""
        return along_words(self.asked.get("streets"))
