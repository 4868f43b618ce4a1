"""What the plan of the year says of new places, beside the sites that were chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dingdian.actions.choose_sites import SitingReport
from dingdian.actions.plan_places import PlanPlaces
from dingdian.core.admission.places import Left
from dingdian.core.errors import Text
from dingdian.reports.siting.words import SitingSpeech

SEMICOLON = Text("；", "; ")


def plan_lines(report: SitingReport, speech: SitingSpeech) -> Iterator[str]:
    """Each stock's places by district with the rules that set them, and what goes beyond."""
    plan = report.places
    if plan is None:
        return
    if not plan.by_stock:
        yield speech.tell("plan_silent", year=plan.year, service=speech.served(report))
    for stock in plan.by_stock:
        yield _stock(plan, stock, speech)
    if report.beyond:
        parts = (
            speech.tell(
                "beyond_one",
                area=speech.region(each.scope),
                chosen=f"{each.chosen:,}",
                most=f"{each.most:,}",
                service=speech.stock(each.resource),
            )
            for each in report.beyond
        )
        yield speech.tell("beyond", told=speech.pick(SEMICOLON).join(parts))


def _stock(plan: PlanPlaces, stock: str, speech: SitingSpeech) -> str:
    areas = plan.by_stock[stock]
    whole, districts = areas.get(plan.root), _districts(plan, areas, speech)
    told = {
        "year": plan.year,
        "service": speech.stock(stock),
        "rules": speech.join(map(speech.cited, plan.rules(stock))),
        "districts": speech.tell("of_districts", told=districts) if districts else "",
    }
    if whole is None or (whole.amount is None and whole.why is None):
        return speech.tell("plan_districts" if districts else "plan_unnumbered", **told)
    if whole.amount is None:
        return speech.tell("plan_unknown", why=speech.why(whole.why), **told)
    if not whole.amount:
        return speech.tell("plan_none", **told)
    return speech.tell("plan_most", n=f"{int(whole.amount):,}", **told)


def _districts(plan: PlanPlaces, areas: Mapping[str, Left], speech: SitingSpeech) -> str:
    """The places by district; empty where no district has a number."""
    own = {scope: left for scope, left in areas.items() if scope != plan.root}
    told = [
        speech.tell("pair", name=speech.region(scope), n=number_of(left, speech))
        for scope, left in own.items()
        if left.amount is not None or left.why
    ]
    if told and len(told) < len(own):
        told.append(speech.tell("rest_unnumbered"))
    return speech.join(told)


def number_of(left: Left | None, speech: SitingSpeech) -> str:
    """Places as a number; — where no rule gives one, or why it is unknown."""
    if left is None or (left.amount is None and left.why is None):
        return "—"
    return speech.why(left.why) if left.amount is None else f"{int(left.amount):,}"
