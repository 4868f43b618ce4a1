"""What is blanked of this area when its time is over; lots and results are made of codes alone."""

from __future__ import annotations

import datetime as dt

from dingdian.core.panel.state import OVER, Stage
from dingdian.web.panels.models import Expert, Panel, Person, Relation
from dingdian.web.persons import blank_after

#: Panels that still work: of those everything is needed.
_OPEN = [each.value for each in Stage if each not in OVER]


@blank_after("panel_experts")
def panel_experts(before: dt.datetime) -> int:
    """Names, numbers, employers and relations of experts who left the register; codes stay."""
    left = Expert.objects.filter(through__lt=before.date()).exclude(name="")
    old = left.exclude(seats__panel__stage__in=_OPEN)
    keys = list(old.values_list("pk", flat=True))
    Relation.objects.filter(expert__in=keys).delete()
    return Expert.objects.filter(pk__in=keys).update(name="", id_number="", employer=None)


@blank_after("panel_people")
def panel_people(before: dt.datetime) -> int:
    """People of an applicant that were stated for a draw: rows of nothing else, so they go."""
    late = Panel.objects.filter(drawn_on__gte=before.date()) | Panel.objects.filter(stage__in=_OPEN)
    drawn = Panel.objects.values("case")
    old = Person.objects.filter(case__in=drawn).exclude(case__in=late.values("case"))
    return old.delete()[0]
