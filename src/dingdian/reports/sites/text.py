"""An answer about a site, or a round, as lines of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dingdian.actions.check_round import RoundReport
from dingdian.actions.check_site import Basis, Bound, SiteReport
from dingdian.core.spacing.places import Site
from dingdian.core.spacing.verdict import Answer, Effect, Neighbour, Verdict
from dingdian.reports.sites.words import Speech, metres, whole_metres

_ORDER = tuple(Effect)


def site_lines(report: SiteReport, lang: str) -> Iterator[str]:
    """The answer to one question: the verdict first, then why, then what it was made from."""
    speech = Speech(lang, report.basis.policy, report.names)
    if report.basis.simulation:
        yield speech.say("simulation")
    yield from _site(report.site, speech)
    yield ""
    for bound, answer in zip(report.rules, report.answers, strict=True):
        yield from answer_lines(bound, answer, speech)
    if report.why is not None:
        yield speech.say("because", why=speech.why(report.why))
    if report.reach_mm is not None:
        yield from _spots(report, speech)
    yield ""
    yield from basis_lines(report.basis, report.rules, speech)


def _converted(site: Site, speech: Speech) -> str:
    """What the point was converted from, empty where it was stated as it is shown."""
    stated = site.stated
    if stated is None or (stated.x, stated.y) == (site.lon, site.lat):
        return ""
    crs = speech.term("crs", stated.crs)
    return speech.say("converted", x=repr(stated.x), y=repr(stated.y), crs=crs)


def _site(site: Site, speech: Speech) -> Iterator[str]:
    where = speech.say("stated", lon=site.lon, lat=site.lat)
    phrase = "in_district" if site.district else "district_unknown"
    known = speech.say(phrase, district=speech.region(site.district))
    yield f"{speech.say('site')} {where}{_converted(site, speech)}{known}"
    yield "  " + speech.say("kind", kind=speech.term("kind", site.kind))
    yield "  " + speech.say("services", services=speech.terms("service", site.services))
    if site.error_mm is not None:
        yield "  " + speech.say("error", metres=whole_metres(site.error_mm))


def answer_lines(bound: Bound, answer: Answer, speech: Speech) -> Iterator[str]:
    """What one rule says: the verdict, each service, who stands near, what is not known."""
    head = {
        "verdict": speech.verdict(answer.verdict),
        "title": speech.title(answer.rule),
        "clauses": ", ".join(bound.rule.clauses),
    }
    if bound.terms and answer.radius_mm is not None:
        rim = speech.say("rim" if bound.terms.rim else "no_rim")
        limit = {"metres": whole_metres(answer.radius_mm), "allowed": bound.terms.allowed}
        yield speech.say("rule", rim=rim, **limit, **head)
    else:
        yield speech.say("rule_bare", **head)
    if answer.why is not None:
        yield "  " + speech.say("because", why=speech.why(answer.why))
    for each in answer.services:
        counted = {"blocking": each.blocking, "doubtful": each.doubtful, "unsure": each.unsure}
        service = speech.term("service", each.service)
        yield "  " + speech.say(
            "service", service=service, verdict=speech.verdict(each.verdict), **counted
        )
    for near in answer.near:
        yield from near_lines(near, speech)
    if answer.unplaced:
        yield "  " + speech.say("unplaced", codes=speech.join(answer.unplaced))
    if answer.faulty:
        yield "  " + speech.say("faulty", rows=speech.faulty(answer.faulty))


def near_lines(near: Neighbour, speech: Speech) -> Iterator[str]:
    """One institution or applicant nearby, with the surveys that decided."""
    effect = min((each for _, each in near.effects), key=_ORDER.index)
    standing = speech.term("standing", near.standing) if near.standing else "—"
    where = speech.region(near.district)
    yield "    " + speech.say(
        "near",
        effect=speech.effect(effect),
        distance=metres(near.distance_mm),
        code=near.code,
        name=near.name,
        where=f"{where} " if where else "",
        standing=speech.say("applicant") if near.applicant else standing,
        services=speech.terms("service", near.services),
    )
    for survey in near.surveys:
        computed = "—" if near.computed_mm is None else metres(near.computed_mm)
        yield speech.say(
            "surveyed",
            number=survey.number,
            day=survey.measured_on.isoformat(),
            by=survey.by or "—",
            document=survey.document or "—",
            computed=computed,
        )


def _spots(report: SiteReport, speech: Speech) -> Iterator[str]:
    reach = whole_metres(report.reach_mm or 0)
    yield speech.say("spots" if report.spots else "no_spots", metres=reach)
    for spot in report.spots:
        yield "  " + speech.say(
            "spot",
            distance=metres(spot.distance_mm),
            locality=spot.locality,
            name=spot.name,
            region=speech.region(spot.region),
            lon=spot.lon,
            lat=spot.lat,
        )


def basis_lines(basis: Basis, rules: tuple[Bound, ...], speech: Speech) -> Iterator[str]:
    """The readings, the days, the fingerprints, and that it binds nobody."""
    readings = dict.fromkeys(name for each in rules for name in each.rule.readings)
    if readings:
        yield speech.say("readings")
        yield from (f"  {speech.reading(each)}" for each in readings)
        yield speech.say("border")
    if basis.estimated:
        districts = speech.join(map(speech.region, basis.estimated))
        yield speech.say("estimated", districts=districts)
    yield speech.say(
        "basis",
        day=basis.day.isoformat(),
        taken_on=basis.taken_on.isoformat() if basis.taken_on else "—",
        census=basis.census[:12],
        shelf=basis.shelf[:12],
    )
    yield speech.say("non_binding")


def round_lines(report: RoundReport, lang: str) -> Iterator[str]:
    """A round in short: how many of each verdict, the conflicts, the largest set."""
    speech = Speech(lang, report.basis.policy, report.names)
    if report.basis.simulation:
        yield speech.say("simulation")
    if report.faulty:
        rows = speech.faulty(report.faulty)
        yield speech.say("round_faulty", n=len(report.faulty), rows=rows)
    counts = Counter(each.verdict for each in report.applicants)
    counted = (f"{speech.verdict(each)} {counts[each]}" for each in Verdict if counts[each])
    yield speech.say("round", n=len(report.applicants), counted=speech.join(counted))
    for found in report.rounds:
        if found is None:
            continue
        most = found.largest
        yield speech.say("pairs", n=len(found.pairs))
        yield speech.say(
            "largest" if most.proved else "largest_open",
            title=speech.title(found.rule),
            n=len(most.members),
            bound=most.bound,
        )
    yield from basis_lines(report.basis, report.rules, speech)
