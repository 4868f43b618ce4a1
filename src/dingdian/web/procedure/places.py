"""What the issued work plans give, for whoever takes a place of a year."""

from __future__ import annotations

from dingdian.actions.offer_places import offer_places
from dingdian.core.dossier.stages import IN_FORCE
from dingdian.core.lifecycle.places import YearPlan
from dingdian.web.ledger.models import Region
from dingdian.web.plans.models import Plan, PlanKind
from dingdian.web.procedure import dossiers


def in_force() -> list[Plan]:
    """The work plan in force of each year; of several the one that was drawn up last."""
    found = Plan.objects.filter(
        kind=PlanKind.WORK_PLAN, stage__in=IN_FORCE, issued_version__isnull=False
    )
    rows = found.select_related("issued_version").order_by("pk")
    return list({each.year: each for each in rows}.values())


def of_years() -> dict[int, YearPlan]:
    """What the work plan in force of each year gives.

    Raises:
        RequestError: the files of one are not what was issued.
    """
    plans = in_force()
    if not plans:
        return {}
    districts = dict(Region.objects.exclude(district="").values_list("code", "district"))
    states = dossiers.states(plans)
    made = {}
    for plan in plans:
        assert plan.issued_version is not None  # noqa: S101 -- asked for
        number = states[plan.pk].facts("issue").get("document_number", "")
        name = " ".join(filter(None, (plan.title, number)))
        made[plan.year] = offer_places(plan.issued_version.record(), name, districts)
    return made
