"""What is asked about access."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dingdian.core.access.choices import OPTIONS
from dingdian.core.indicators.circles import SERVED
from dingdian.reports.access.words import CAPACITIES, DECAYS
from dingdian.web.bureau import lang
from dingdian.web.plans import making
from dingdian.web.plans.models import Plan
from dingdian.web.streets.network import AlongField, chosen, offer

_READINGS = {"access_decay": DECAYS, "access_capacity": CAPACITIES}


def _stocks() -> list[tuple[str, str]]:
    return [(id, each.zh if lang() == "zh" else each.en) for id, each in SERVED.items()]


def _options(reading: str) -> list[tuple[str, Any]]:
    words = _READINGS[reading]
    said = [(each, words[each].say(lang())) for each in OPTIONS[reading]]
    return [("", _("by the reading")), *said]


class AccessForm(forms.Form):
    """For which plan, to whom, along what; and what stands in for a reading."""

    plan = forms.ModelChoiceField(
        label=_("Plan"),
        queryset=Plan.objects.order_by("-year", "-pk"),
        help_text=_("Its year says whose stock and rules hold."),
    )
    stock = forms.ChoiceField(label=_("Access to"), choices=_stocks)
    by = AlongField()
    metres = forms.IntegerField(
        label=_("Within reach (m)"),
        required=False,
        min_value=1,
        max_value=200_000,
        help_text=_("Empty: by the reading, the circle of the policy unless it says otherwise."),
    )
    decay = forms.ChoiceField(
        label=_("How a distance counts"), required=False, choices=lambda: _options("access_decay")
    )
    capacity = forms.ChoiceField(
        label=_("Capacity"), required=False, choices=lambda: _options("access_capacity")
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "by")

    def given(self) -> dict[str, Any]:
        """What the work is asked with, as plain data."""
        found = self.cleaned_data
        plan = found["plan"]
        return {
            "plan": plan.pk,
            "year": plan.year,
            "as_of": making.census_day(plan.year).isoformat(),
            "submissions": True,
            "stock": found["stock"],
            "streets": chosen(found.get("by", "")),
            "reach_mm": found["metres"] * 1000 if found["metres"] else None,
            "decay": found["decay"],
            "capacity": found["capacity"],
            "lang": lang(),
        }
