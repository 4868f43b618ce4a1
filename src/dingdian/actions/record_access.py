"""Record access: plain data with everything it cites, the shape of access.json."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from math import isnan

import numpy as np

from dingdian.actions.measure_access import MAIN, AccessReport, Floats, Scope, per
from dingdian.actions.record_shelf import Plain, shelf_parts
from dingdian.core.access.choices import CIRCLE, REACH
from dingdian.core.access_record import VERSION, AccessRecord
from dingdian.core.digits import float_text, value_text
from dingdian.core.indicators.covered import INSURED_COLUMN, RESIDENT, TABLE
from dingdian.core.record import StreetsRecord


def record_access(
    report: AccessReport, *, engine: str, streets: StreetsRecord | None = None
) -> AccessRecord:
    """The record; ``engine`` is the version of the code that measured, ``streets`` along what.

    The same access gives an equal record. Its fingerprint leaves the engine out.
    """
    desk = report.desk
    basis, census = desk.basis, desk.census
    card = basis.policy.place
    plain: Plain = {
        "catchment": _catchment(report),
        "stock": _stock(report),
        "people": _people(report),
        "areas": [_area(report, each) for each in report.scopes],
        "providers": list(_providers(report)),
        "places": _places(report),
    }
    return AccessRecord.model_validate(
        {
            "version": VERSION,
            "engine": engine,
            "binding": False,
            "place": {
                "id": card.place,
                "zh": card.title,
                "en": card.title_en,
                "region_code": card.region_code,
                "plan": card.plan or "",
                "city": census.about.get("city") or census.tree.names[census.tree.root],
            },
            "year": basis.day.year,
            "stock_day": report.demand.circle.day,
            "policy_day": basis.day,
            "marks": {
                "simulation": basis.simulation or bool(census.overlay),
                "as_if": basis.as_if,
                "invented": basis.invented,
                "overlaid": bool(census.overlay),
            },
            "fingerprints": {
                "census": basis.census,
                "shelf": basis.shelf,
                "result": _fingerprint(plain),
            },
            "scopes": dict(_scopes(report)),
            "streets": streets,
            **plain,
            **shelf_parts(basis.policy),
        }
    )


def _fingerprint(content: Plain) -> str:
    told = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def _scopes(report: AccessReport) -> Iterator[tuple[str, Plain]]:
    """The whole area and its districts."""
    tree, card = report.desk.census.tree, report.desk.basis.policy.place
    name = tree.names.get(tree.root, tree.root)
    english = name if report.desk.basis.as_if else card.title_en
    yield tree.root, {"zh": name, "en": english, "level": "whole", "shown": True}
    for code in tree.districts:
        zh = tree.names.get(code, code)
        yield code, {"zh": zh, "en": zh, "level": "county", "shown": True}


def _catchment(report: AccessReport) -> Plain:
    ground, drawn = report.ground, report.demand.drawn
    policy = report.desk.basis.policy
    return {
        "reach_mm": ground.reach_mm,
        "rim_inside": drawn.circle.rim,
        "measured": ground.by or "straight",
        "along": drawn.along,
        "rule": drawn.rule.rule.rule,
        "clauses": list(drawn.rule.rule.clauses),
        "is_circle": REACH not in ground.asked and policy.choice(REACH) == CIRCLE,
        "decay": ground.decay,
        "capacity": ground.capacity,
        "asked": list(ground.asked),
        "readings": list(ground.readings),
    }


def _stock(report: AccessReport) -> Plain:
    own = report.providers
    return {
        "stock": report.question.of,
        "unit": "bed" if own.beds else "institution",
        "per": per(report),
        "providers": len(own.rows),
        "capacity": _number(float(own.capacity.sum())),
        "without_capacity": int(np.count_nonzero(~own.known)),
        "without_position": own.unlocated,
        "unsure": own.unsure,
    }


def _people(report: AccessReport) -> Plain:
    demand = report.demand
    every = np.ones(len(demand.people), np.bool_)
    return {
        "who": "insured" if demand.insured else "residents",
        "localities": len(every),
        "people": value_text(demand.count(every)),
        "without_people": demand.unknown,
        "without_position": int(np.count_nonzero(~demand.located)),
        "people_without_position": value_text(demand.count(~demand.located)),
    }


def _area(report: AccessReport, each: Scope) -> Plain:
    many = per(report)
    return {
        "area": each.scope,
        "people": value_text(each.people),
        "providers": each.providers,
        "capacity": _number(each.capacity),
        "none": value_text(each.none),
        "means": {name: _number(score * many) for name, score in each.means.items()},
        "tenths": [_number(score * many) for score in each.tenths],
        "at_most": value_text(each.at_most),
        "at_least": value_text(each.at_least),
        "no_way": value_text(each.no_way),
    }


def _providers(report: AccessReport) -> Iterator[Plain]:
    census, own = report.desk.census, report.providers
    code, name = (census.column("institutions", column) for column in ("code", "name"))
    region = census.column("institutions", "region")
    found, many = report.scores[MAIN], per(report)
    for at, row in enumerate(own.rows.tolist()):
        where = region.cell(row)
        yield {
            "code": str(code.cell(row)),
            "name": str(name.cell(row) or ""),
            "district": (census.tree.county_of(str(where)) if where else None) or "",
            "lon": round(float(own.points.lon[at]), 7),
            "lat": round(float(own.points.lat[at]), 7),
            "capacity": _number(float(own.capacity[at])) if own.known[at] else None,
            "load": _number(float(found.load[at])),
            "ratio": None if found.unshared[at] else _number(float(found.ratios[at]) * many),
        }


def _places(report: AccessReport) -> Plain:
    census, demand, many = report.desk.census, report.demand, per(report)
    code = census.column(TABLE, "code").cells()
    known = census.column(TABLE, INSURED_COLUMN if demand.insured else RESIDENT).known
    districts = (*demand.districts, "")
    people = np.where(known[report.rows], report.people, np.nan)
    return {
        "code": [str(code[row]) for row in report.rows.tolist()],
        "district": [districts[at] for at in demand.district[report.rows].tolist()],
        "lon": [round(each, 7) for each in demand.points.lon.tolist()],
        "lat": [round(each, 7) for each in demand.points.lat.tolist()],
        "people": _numbers(people),
        "nearest_mm": [None if isnan(each) else int(each) for each in report.nearest_mm.tolist()],
        "reached": _numbers(report.reached),
        **{name: _numbers(found.scores * many) for name, found in report.scores.items()},
        "at_most": np.flatnonzero(report.at_most).tolist(),
        "at_least": np.flatnonzero(report.at_least).tolist(),
        "no_way": np.flatnonzero(report.no_way).tolist(),
    }


def _numbers(values: Floats) -> list[float | None]:
    return [None if isnan(each) else _number(each) for each in values.tolist()]


def _number(value: float) -> float:
    """The last bits of a float differ between machines: they are left out."""
    return float(float_text(value))
