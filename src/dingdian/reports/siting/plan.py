"""What the plan of the year says of new places, beside the sites that were chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dingdian.actions.choose_sites import SitingReport
from dingdian.actions.plan_places import PlanPlaces
from dingdian.core.admission.places import Left
from dingdian.core.errors import Text
from dingdian.core.workings import Reason, reason
from dingdian.reports.siting.words import SitingSpeech
from dingdian.reports.words.labels import MADE

SEMICOLON = Text("；", "; ")
_FIGURE = Text("{area}{measure}", "{measure}, {area}")
_MORE = Text("等{n}项", " and {more} more")
#: Measures that are named by what they are of.
_MADE = ("quota_limit", "quota_own", "quota")
#: So many figures that a number needs are named.
_NAMED = 5


def plan_lines(report: SitingReport, speech: SitingSpeech) -> Iterator[str]:
    """Each stock's places by district with the rules that set them, and what goes beyond."""
    plan = report.places
    if plan is None:
        return
    if not plan.by_stock:
        yield speech.tell("plan_silent", year=plan.year, service=speech.served(report))
    for stock in plan.by_stock:
        yield _stock(plan, stock, speech)
    if report.question.plan is not None and _unknown(plan):
        yield speech.tell("plan_unlimited", told=speech.join(map(speech.region, _unknown(plan))))
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


def _unknown(plan: PlanPlaces) -> list[str]:
    """The areas where the places of a stock are unknown and those of no other are known."""
    areas = [(scope, left) for its in plan.by_stock.values() for scope, left in its.items()]
    known = {scope for scope, left in areas if left.amount is not None}
    every = (scope for scope, left in areas if left.amount is None and left.why is not None)
    return [scope for scope in dict.fromkeys(every) if scope not in known]


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
        return speech.tell("plan_unknown", why=_why(plan, whole.why, speech), **told)
    if not whole.amount:
        return speech.tell("plan_none", **told)
    return speech.tell("plan_most", n=f"{int(whole.amount):,}", **told)


def _districts(plan: PlanPlaces, areas: Mapping[str, Left], speech: SitingSpeech) -> str:
    """The places by district; empty where no district has a number."""
    own = {scope: left for scope, left in areas.items() if scope != plan.root}
    told = [
        speech.tell("pair", name=speech.region(scope), n=number_of(plan, left, speech))
        for scope, left in own.items()
        if left.amount is not None or left.why
    ]
    if told and len(told) < len(own):
        told.append(speech.tell("rest_unnumbered"))
    return speech.join(told)


def number_of(plan: PlanPlaces, left: Left | None, speech: SitingSpeech) -> str:
    """Places as a number; — where no rule gives one, or why it is unknown."""
    if left is None or (left.amount is None and left.why is None):
        return "—"
    return _why(plan, left.why, speech) if left.amount is None else f"{int(left.amount):,}"


def _why(plan: PlanPlaces, why: Reason | None, speech: SitingSpeech) -> str:
    """Why a number is unknown: the figures that it needs by their names, the first five of many."""
    if why is None or "keys" not in dict(why.details):
        return speech.why(why)
    details = dict(why.details)
    keys = details["keys"].split(", ")
    named = speech.join(_figure(plan, key, speech) for key in keys[:_NAMED])
    if len(keys) > _NAMED:
        named += speech.pick(_MORE, n=len(keys), more=len(keys) - _NAMED)
    return speech.why(reason(why.code, **{**details, "keys": named}))


def _figure(plan: PlanPlaces, key: str, speech: SitingSpeech) -> str:
    """Measure and area of a figure; its key where neither register nor shelf names it."""
    if key not in plan.figures:
        return key
    measure, scope = plan.figures[key]
    return speech.pick(_FIGURE, area=speech.region(scope), measure=_measure(plan, measure, speech))


def _measure(plan: PlanPlaces, measure: str, speech: SitingSpeech) -> str:
    """The name of a measure: of the register, or made from a resource or a rule."""
    if measure in plan.names:
        return speech.pick(plan.names[measure])
    made = next((each for each in _MADE if measure.startswith(each + "_")), "")
    of = measure.removeprefix(made + "_")
    if made and of in plan.names:
        return speech.pick(MADE[made], of=speech.pick(plan.names[of]), year=plan.year)
    head, _, rest = measure.partition(".")
    rule = rest.partition(".")[0]
    if head in MADE and rule in speech.policy.rules:
        return speech.pick(MADE[head], of=speech.title(rule), year=plan.year)
    return measure
