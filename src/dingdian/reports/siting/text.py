"""A choice of sites as lines of text: the result first, then what it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from dingdian.actions.choose_sites import Model, SitingReport
from dingdian.actions.gather_candidates import Source
from dingdian.core.spacing.verdict import Verdict
from dingdian.reports.siting.plan import plan_lines
from dingdian.reports.siting.words import (
    CLOSED,
    PROOFS,
    SOURCES,
    STATUSES,
    SitingSpeech,
    people,
    share,
    speech_of,
    whole,
    whole_metres,
)
from dingdian.reports.streets import distance_lines

#: So many chosen sites are listed on a terminal; the workbook has them all.
LISTED = 50
_FINE = (Verdict.KEPT, Verdict.NOT_BOUND)


def siting_lines(
    report: SitingReport, lang: str, *, result: str, seconds: float | None
) -> Iterator[str]:
    """The whole answer; ``result`` is its fingerprint, ``seconds`` the clock that was set."""
    speech = speech_of(report, lang)
    if report.desk.basis.simulation:
        yield speech.say("simulation")
    yield title(report, speech)
    yield from question_lines(report, speech)
    yield ""
    yield from result_lines(report, speech, seconds)
    yield ""
    yield from chosen_lines(report, speech)
    yield ""
    yield from basis_lines(report, speech, result)


def title(report: SitingReport, speech: SitingSpeech) -> str:
    """The title of the answer."""
    root = report.desk.census.tree.root
    return speech.tell("title", place=speech.region(root), service=speech.served(report))


def question_lines(report: SitingReport, speech: SitingSpeech) -> Iterator[str]:
    """What was asked: goal, places, quotas, priorities."""
    asked = report.question
    words = {
        "model": speech.model(report),
        "source": speech.pick(SOURCES[report.candidates.source]),
    }
    if asked.places is None:
        yield speech.tell("asked_open", **words)
    else:
        yield speech.tell("asked", places=f"{asked.places:,}", **words)
    if asked.room is not None:
        yield speech.tell("room", n=f"{asked.room:,}")
    if asked.quotas:
        pairs = ((speech.region(code), n) for code, n in asked.quotas.items())
        yield speech.tell("quotas", told=_pairs(pairs, speech))
    if asked.plan is not None:
        yield speech.tell("plan", year=asked.plan.year, plan=asked.plan.result[:12])
    if asked.priorities:
        names = report.desk.census.tree.names
        told = (
            (names[each] if each in names else speech.term("region_level", each), f"×{weight}")
            for each, weight in asked.priorities.items()
        )
        yield speech.tell("priorities", told=_pairs(told, speech))


def _pairs(pairs: Iterator[tuple[str, object]], speech: SitingSpeech) -> str:
    return speech.join(speech.tell("pair", name=name, n=n) for name, n in pairs)


def result_lines(
    report: SitingReport, speech: SitingSpeech, seconds: float | None
) -> Iterator[str]:
    """How good the answer is, and what it changes."""
    answer = report.answer
    words = {
        "status": speech.pick(STATUSES[answer.status]),
        "ending": speech.ending(report, seconds),
    }
    if answer.solution is None:
        yield speech.tell("none", **words)
    else:
        yield speech.tell("result", n=len(report.chosen), **words)
    for clash in report.clashes:
        yield speech.tell("clash", why=speech.clash(clash, report))
    goals = (each for each in report.goals if each.name != "unreached" or each.bound != 0)
    for at, goal in enumerate(goals, 1):
        yield speech.tell(
            "goal",
            at=at,
            name=speech.goal(goal, report),
            value="—" if goal.value is None else f"{goal.value:,}",
            unit=speech.unit(goal, goal.value),
            gap=speech.gap(goal),
            proof=speech.pick(PROOFS[goal.proof]),
        )
    if answer.solution is not None:
        yield from sending_lines(report, speech)
        yield from effect_lines(report, speech)
    yield from plan_lines(report, speech)


def sending_lines(report: SitingReport, speech: SitingSpeech) -> Iterator[str]:
    """Where room is limited: who is sent where, which is not what circles count."""
    if report.question.room is None:
        return
    goals = {each.name: each.value or 0 for each in report.goals}
    demand, new = report.demand, sum(report.allotted)
    if "distance" in goals:
        served = int(demand.people[demand.located].sum()) - goals.get("unreached", 0)
        mean = f"{(2 * goals['distance'] + served) // (2 * served):,}" if served else "—"
        yield speech.tell("sending", new=f"{new:,}", rest=f"{served - new:,}", mean=mean)
    least = _least_people(report)
    if least is not None and least > report.question.room:
        yield speech.tell("room_small", room=f"{report.question.room:,}", least=f"{least:,}")
    if unused := report.allotted.count(0):
        yield speech.tell("room_unused", n=f"{unused:,}")
    yield speech.tell("by_circles")


def _least_people(report: SitingReport) -> int | None:
    """The fewest people of a locality that somebody may be sent from; none where there is none."""
    demand = report.demand
    rows = (demand.people > 0) & demand.located
    if report.question.model in (Model.COVER, Model.SET):
        rows &= demand.times == 0
    return int(demand.people[rows].min()) if rows.any() else None


def effect_lines(report: SitingReport, speech: SitingSpeech) -> Iterator[str]:
    """Coverage and ways before and after."""
    all_of_them, effect = report.effect.scopes[0], report.effect
    yield speech.tell(
        "coverage",
        before=share(all_of_them.before, all_of_them.people),
        after=share(all_of_them.after, all_of_them.people),
        people_before=people(all_of_them.before),
        people_after=people(all_of_them.after),
        more=people(all_of_them.after - all_of_them.before),
    )
    yield speech.tell(
        "twice",
        before=share(all_of_them.twice_before, all_of_them.people),
        after=share(all_of_them.twice_after, all_of_them.people),
    )
    yield speech.tell(
        "way",
        measured=speech.tell(report.demand.drawn.measured),
        mean_before=whole(effect.way_before.mean_mm),
        mean_after=whole(effect.way_after.mean_mm),
        longest_before=whole(effect.way_before.longest_mm),
        longest_after=whole(effect.way_after.longest_mm),
        at=effect.way_after.longest_at or "—",
    )


def chosen_lines(report: SitingReport, speech: SitingSpeech) -> Iterator[str]:
    """The chosen sites, each with whom it reaches; and whom none can reach."""
    if report.no_place and not report.chosen:
        zero = report.question.places == 0
        yield speech.tell("no_place", source=speech.source(report, places=zero))
        return
    if not len(report.candidates.open):
        shut = 0 in report.question.quotas.values()
        yield speech.tell("no_candidates_quota" if shut else "no_candidates")
    elif report.answer.solution is not None:
        yield speech.tell("chosen" if report.chosen else "nobody")
    by_way = report.question.model in (Model.MEDIAN, Model.CENTRE)
    phrase = "sent" if report.allotted else "near" if by_way else "site"
    pairs = zip(report.sites, report.effect.each, strict=True)
    for at, (each, brings) in enumerate(list(pairs)[:LISTED], 1):
        if each.site is None:
            continue
        doubt = each.verdict not in _FINE
        yield speech.tell(
            phrase,
            at=at,
            name=f"{each.id} {each.name}".strip(),
            where=speech.where(each),
            lon=each.site.lon,
            lat=each.site.lat,
            newly=people(brings.newly),
            alone=people(brings.alone),
            nearest=people(brings.nearest),
            allotted=f"{report.allotted[at - 1]:,}" if report.allotted else "",
            verdict=speech.tell("doubt", verdict=speech.verdict(each.verdict)) if doubt else "",
        )
    if len(report.chosen) > LISTED:
        yield f"  … +{len(report.chosen) - LISTED}"
    places = report.question.places
    if report.chosen and places is not None and len(report.chosen) < places:
        yield speech.tell("unused", n=f"{places - len(report.chosen):,}")
    if len(report.lost):
        mask = np.zeros(len(report.demand.people), np.bool_)
        mask[report.lost] = True
        told = people(report.demand.count(mask))
        yield speech.tell("lost", n=f"{len(report.lost):,}", people=told)


def basis_lines(report: SitingReport, speech: SitingSpeech, result: str) -> Iterator[str]:
    """People, circle, candidates, spacing, readings, days, fingerprints; and that it is advice."""
    yield from demand_lines(report, speech)
    yield from candidate_lines(report, speech)
    names = [*report.demand.readings, *(n for r in report.desk.rules for n in r.rule.readings)]
    yield speech.tell("readings")
    yield from (f"  {speech.reading(name)}" for name in dict.fromkeys(names))
    basis = report.desk.basis
    yield speech.tell(
        "days",
        stock=report.demand.circle.day,
        rules=basis.day.isoformat(),
        taken=basis.taken_on.isoformat() if basis.taken_on else "—",
    )
    yield speech.tell(
        "prints", census=basis.census[:12], shelf=basis.shelf[:12], result=result[:12]
    )
    yield speech.tell("advice")


def demand_lines(report: SitingReport, speech: SitingSpeech) -> Iterator[str]:
    """Who is counted, and within what circle."""
    demand = report.demand
    rule = demand.drawn.rule.rule
    yield speech.tell(
        "people",
        who=speech.tell("insured" if demand.insured else "residents"),
        people=people(report.effect.scopes[0].people),
        localities=f"{len(demand.people):,}",
    )
    if demand.unknown:
        yield speech.tell("unknown", n=f"{demand.unknown:,}")
    if demand.rounded:
        yield speech.tell("rounded")
    if demand.maybe.any():
        told = people(demand.count(demand.maybe))
        yield speech.tell("maybe", n=f"{int(demand.maybe.sum()):,}", people=told)
    yield speech.tell(
        "circle",
        metres=whole_metres(demand.circle.radius_mm),
        rim=speech.rim(demand.circle.rim),
        title=speech.title(rule.rule),
        clauses=", ".join(rule.clauses),
        measured=speech.tell(demand.drawn.measured),
        path=speech.tell("path") if demand.drawn.aside == "path" else "",
    )
    if report.streets is not None:
        yield from distance_lines(report.streets, speech.lang)


def candidate_lines(report: SitingReport, speech: SitingSpeech) -> Iterator[str]:
    """Who might have been chosen, and by what rules some might not."""
    found, rules = report.candidates, report.desk.rules
    counts = Counter(each.closed for each in found.all if each.closed)
    why = speech.join(
        speech.tell("pair", name=speech.pick(CLOSED[each]), n=n) for each, n in counts.items()
    )
    yield speech.tell(
        "candidates",
        open=f"{len(found.open):,}",
        closed=f"{sum(counts.values()):,}",
        why=f"（{why}）" if why and speech.lang == "zh" else f" ({why})" if why else "",
    )
    if found.source is Source.SPOTS and found.left_out and not report.no_place:
        yield speech.tell(
            "left_out",
            n=f"{found.left_out:,}",
            spots=f"{report.question.spots:,}",
            metres=whole_metres(report.question.apart_mm),
        )
    shut = [code for code, most in report.question.quotas.items() if not most]
    if shut and found.source is Source.SPOTS and not report.no_place:
        told = speech.join(map(speech.region, shut))
        yield speech.tell("quota_shut", told=told)
    if rules:
        yield speech.tell(
            "spacing_own" if found.source is Source.ROUND else "spacing",
            kind=speech.term("kind", report.new.kind),
            services=speech.terms("service", report.new.services),
            rules=speech.join(speech.cited(each.rule.rule) for each in rules),
        )
    else:
        yield speech.tell("no_spacing")
    for phrase, names in (("unclear", found.unclear), ("loose", found.loose)):
        if names:
            yield speech.tell(phrase, rules=speech.join(map(speech.title, names)))
