"""A choice of sites as plain data: siting.json, and GeoJSON for a map. Codes, never words."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from dingdian.actions.choose_sites import SitingReport
from dingdian.actions.gather_candidates import Candidate
from dingdian.actions.measure_sites import Brings, Scope, Way
from dingdian.core.census import members_of
from dingdian.core.digits import natural, value_text
from dingdian.core.fingerprint import content_mark
from dingdian.core.siting_record import VERSION, SitingRecord
from dingdian.core.solving import Goal
from dingdian.reports.sites.plain import circle

FILE, MAP = "siting.json", "siting.geojson"
#: So many localities that nobody reaches are named; the map has them all.
NAMED = 200

Plain = dict[str, Any]


def siting_json(report: SitingReport, *, engine: str, seconds: float | None) -> Plain:
    """Everything that was asked, found and rests on what. Exact people as ``7`` or ``7/3``.

    ``seconds`` is the clock that was set, ``None`` for none. The fingerprint of the result covers
    all but the engine and the effort, the other fingerprints among it; the mark of the content
    covers the whole file. What is given back has the published shape: ``SitingRecord``.
    """
    basis, policy = report.desk.basis, report.desk.basis.policy
    readings = _readings(report)
    told: Plain = {
        "version": VERSION,
        "binding": False,
        "place": policy.place.place,
        "region": report.desk.census.tree.root,
        "marks": {
            "simulation": basis.simulation,
            "invented": basis.invented,
            "as_if": basis.as_if,
        },
        "days": {
            "rules": basis.day.isoformat(),
            "stock": report.demand.circle.day,
            "census": basis.taken_on.isoformat() if basis.taken_on else None,
        },
        "question": _question(report, seconds),
        "circle": _circle(report),
        "spacing": [_rule(report, at) for at in range(len(report.desk.rules))],
        "readings": {name: policy.choice(name) for name in readings},
        "demand": _demand(report),
        "plan": _plan(report),
        "answer": _answer(report),
        "chosen": [_chosen(report, at) for at in range(len(report.chosen))],
        "coverage": [_scope(each) for each in report.effect.scopes],
        "way": {
            "before": _way(report.effect.way_before),
            "after": _way(report.effect.way_after),
        },
        "candidates": _candidates(report),
        "not_reachable": _lost(report),
    }
    if report.streets is not None:
        told["streets"] = report.streets.model_dump(mode="json", exclude_defaults=True)
    prints = {"census": basis.census, "shelf": basis.shelf}
    if report.candidates.fingerprint:
        prints["candidates"] = report.candidates.fingerprint
    result = hashlib.sha256(_text({**told, **prints}).encode()).hexdigest()
    effort = report.answer.effort
    whole: Plain = {
        **told,
        "effort": {"nodes": effort.nodes, "rounds": effort.rounds, "steps": effort.steps},
        "fingerprints": {**prints, "result": result},
        "engine": engine,
    }
    prints = {**whole["fingerprints"], "content": content_mark(whole)}
    sealed = {**whole, "fingerprints": prints}
    SitingRecord.model_validate_json(_text(sealed))  # never written in another shape
    return sealed


def written(plain: Plain) -> str:
    """Plain data as text, one part a line: the same data, the same text."""
    parts = [f"{json.dumps(name)}: {_lines(value)}" for name, value in plain.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(value: object) -> str:
    if isinstance(value, list | tuple) and value:
        return "[\n" + ",\n".join(map(_text, value)) + "\n]"
    return _text(value)


_text = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def _readings(report: SitingReport) -> list[str]:
    """The readings that the answer rests on, of circle, people and spacing."""
    own = [name for each in report.desk.rules for name in each.rule.readings]
    return list(dict.fromkeys((*report.demand.readings, *own)))


def _question(report: SitingReport, seconds: float | None) -> Plain:
    asked, limits = report.question, report.limits
    return {
        "stock": asked.of,
        "model": asked.model.value,
        "places": asked.places,
        "room": asked.room,
        "goals": [each.name for each in report.goals],
        "quotas": dict(asked.quotas),
        "plan": asked.plan and {"year": asked.plan.year, "result": asked.plan.result},
        "priorities": dict(asked.priorities),
        "source": report.candidates.source.value,
        "spots": asked.spots,
        "spots_apart_mm": asked.apart_mm,
        "new": {"kind": report.new.kind, "services": list(report.new.services)},
        "limits": {"nodes": limits.nodes, "rounds": limits.rounds, "seconds": seconds},
    }


def _circle(report: SitingReport) -> Plain:
    drawn = report.demand.drawn
    return {
        "radius_mm": drawn.circle.radius_mm,
        "rim_inside": drawn.circle.rim,
        "along": drawn.along,
        "measured": drawn.measured,
        "rule": drawn.rule.rule.rule,
        "clauses": list(drawn.rule.rule.clauses),
        "standings": list(drawn.circle.standings),
    }


def _rule(report: SitingReport, at: int) -> Plain:
    bound = report.desk.rules[at]
    return {
        "rule": bound.rule.rule,
        "clauses": list(bound.rule.clauses),
        "radii_mm": dict(bound.terms.radii_mm) if bound.terms else None,
        "why": bound.why.code if bound.why else None,
        "parts_new_ones": bound.terms is not None
        and bound.rule.rule not in report.candidates.loose,
    }


def _demand(report: SitingReport) -> Plain:
    demand = report.demand
    every = np.ones(len(demand.people), np.bool_)
    return {
        "who": "insured" if demand.insured else "residents",
        "localities": len(demand.people),
        "people": value_text(demand.count(every)),
        "without_position": int(np.count_nonzero(~demand.located)),
        "without_people": demand.unknown,
        "perhaps_reached": {
            "localities": int(np.count_nonzero(demand.maybe)),
            "people": value_text(demand.count(demand.maybe)),
        },
        "rounded": demand.rounded,
    }


def _plan(report: SitingReport) -> Plain | None:
    """What the plan says of new ones, and where more were chosen than it hands out."""
    plan = report.places
    if plan is None:
        return None
    return {
        "year": plan.year,
        "result": plan.result,
        "places": [
            {
                "stock": stock,
                "scope": scope,
                "number": None if left.amount is None else value_text(left.amount),
                "rules": list(left.binding),
                "why": left.why.code if left.why else None,
            }
            for stock, areas in plan.by_stock.items()
            for scope, left in areas.items()
        ],
        "beyond": [
            {"stock": each.resource, "scope": each.scope, "chosen": each.chosen, "most": each.most}
            for each in report.beyond
        ],
    }


def _answer(report: SitingReport) -> Plain:
    answer = report.answer
    return {
        "status": answer.status.value,
        "ending": answer.ending.value,
        "rests_on_clock": answer.by_clock,
        "goals": [_goal(each) for each in report.goals],
        "clashes": [
            {"reason": each.reason.value, "about": list(each.about)} for each in report.clashes
        ],
    }


def _goal(goal: Goal) -> Plain:
    return {
        "name": str(goal.name),
        "sense": goal.sense.value,
        "value": goal.value,
        "bound": goal.bound,
        "gap": None if goal.gap is None else value_text(goal.gap),
        "proof": goal.proof.value,
    }


def _candidate(each: Candidate) -> Plain:
    site = each.site
    return {
        "id": each.id,
        "name": each.name,
        "region": each.region or None,
        "district": (site.district or None) if site else None,
        "lon": round(site.lon, 7) if site else None,
        "lat": round(site.lat, 7) if site else None,
        "verdict": each.verdict.value,
    }


def _brings(brings: Brings) -> Plain:
    return {
        "newly": value_text(brings.newly),
        "alone": value_text(brings.alone),
        "nearest": value_text(brings.nearest),
        "localities": list(brings.codes),
    }


def _chosen(report: SitingReport, at: int) -> Plain:
    allotted = report.allotted[at] if report.allotted else None
    told = {**_candidate(report.sites[at]), **_brings(report.effect.each[at])}
    return {"rank": at + 1, **told, "allotted": allotted}


def _scope(each: Scope) -> Plain:
    names = ("people", "before", "after", "twice_before", "twice_after")
    told = {name: value_text(getattr(each, name)) for name in names}
    return {"scope": each.scope or None, **told, "sites": each.sites}


def _way(way: Way) -> Plain:
    return {"mean_mm": way.mean_mm, "longest_mm": way.longest_mm, "longest_at": way.longest_at}


def _candidates(report: SitingReport) -> Plain:
    found = report.candidates
    closed = [each for each in found.all if each.closed is not None]
    counts = Counter(each.closed for each in closed)
    return {
        "open": len(found.open),
        "closed": {each.value: n for each, n in counts.items() if each},
        "left_out": found.left_out,
        "too_near_pairs": len(found.apart),
        "unclear_rules": list(found.unclear),
        "rules_that_part_no_new_ones": list(found.loose),
        "why": [
            {
                **_candidate(each),
                "closed": each.closed.value if each.closed else None,
                "blockers": [
                    {"code": code, "distance_mm": distance} for code, distance in each.blockers
                ],
            }
            for each in closed
        ],
        "others": [
            _candidate(found.all[row])
            for row in found.open.tolist()
            if row not in set(report.chosen)
        ],
    }


def _lost(report: SitingReport) -> Plain:
    demand, lost = report.demand, report.lost
    mask = np.zeros(len(demand.people), np.bool_)
    mask[lost] = True
    order = lost[np.lexsort((lost, -demand.people[lost]))][:NAMED]
    census = report.desk.census
    code, region = (census.column("localities", name) for name in ("code", "region"))
    return {
        "localities": len(lost),
        "people": value_text(demand.count(mask)),
        "largest": [
            {
                "code": str(code.cell(row) or ""),
                "region": region.cell(row),
                "people": natural(Fraction(int(demand.people[row]))),
            }
            for row in order.tolist()
        ],
    }


# ---------------------------------------------------------------- a map


def siting_geojson(report: SitingReport, fingerprints: Mapping[str, str]) -> str:
    """The chosen sites with their circles, all candidates, who stands, and who was not reached.

    One line a feature, in CGCS2000 (GeoJSON's WGS84); ``role`` says what each is.
    """
    demand = report.demand
    features: list[Plain] = []
    for at, (each, brings) in enumerate(zip(report.sites, report.effect.each, strict=True), 1):
        told = {**_candidate(each), **_brings(brings), "rank": at}
        if each.site is not None:
            shape = circle(each.site.lon, each.site.lat, demand.circle.radius_mm)
            radius = demand.circle.radius_mm
            own = {"role": "circle", "id": each.id, "rank": at, "radius_mm": radius}
            features += [_feature(_place(each), {"role": "chosen", **told}), _feature(shape, own)]
    chosen = set(report.chosen)
    for row, each in enumerate(report.candidates.all):
        if row not in chosen:
            closed = each.closed.value if each.closed else None
            told = {"role": "candidate", **_candidate(each), "closed": closed}
            features.append(_feature(_place(each), told))
    features += _standing(report)
    features += _unreached(report)
    about = {"binding": False, "stock": report.question.of, "fingerprints": dict(fingerprints)}
    lines = ",\n".join(map(_text, features))
    return f'{{"type":"FeatureCollection","about":{_text(about)},"features":[\n{lines}\n]}}\n'


def _place(each: Candidate) -> Plain | None:
    return None if each.site is None else _point(each.site.lon, each.site.lat)


def _standing(report: SitingReport) -> list[Plain]:
    """The institutions that serve already and have a position."""
    census = report.desk.census
    places = census.positions("institutions")
    rows = np.flatnonzero(members_of(census, report.demand.circle)[0] & places.known)
    code, name = (census.column("institutions", column) for column in ("code", "name"))
    return [
        _feature(
            _point(float(places.lon[row]), float(places.lat[row])),
            {"role": "standing", "code": code.cell(row), "name": name.cell(row)},
        )
        for row in rows.tolist()
    ]


def _unreached(report: SitingReport) -> list[Plain]:
    """The localities with people that nobody reached before, and whether somebody does now."""
    census, demand = report.desk.census, report.demand
    places = census.positions("localities")
    rows = np.flatnonzero((demand.people > 0) & (demand.times == 0) & places.known)
    code = census.column("localities", "code")
    return [
        _feature(
            _point(float(places.lon[row]), float(places.lat[row])),
            {
                "role": "reached_now" if report.effect.after[row] else "not_reached",
                "code": code.cell(row),
                "people": int(demand.people[row]),
            },
        )
        for row in rows.tolist()
    ]


def _feature(geometry: Plain | None, properties: Plain) -> Plain:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _point(lon: float, lat: float) -> Plain:
    return {"type": "Point", "coordinates": [round(lon, 7), round(lat, 7)]}
