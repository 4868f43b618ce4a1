"""Record a projection: plain data with everything it cites, the shape of projection.json."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import numpy as np

from dingdian.actions.record_plan import marks_of, place_of, scope_of
from dingdian.actions.record_shelf import Plain, plain_reason, shelf_parts
from dingdian.core.plan import Plan
from dingdian.core.projection import Cohorts, Projection, Scenario, spread
from dingdian.core.projection.draws import Whole
from dingdian.core.projection_record import VERSION, ProjectionRecord

#: Ages that are told beside all of them, where a group begins with them.
OLD = (60, 65, 80)


def record_projection(
    plan: Plan,
    scenarios: Sequence[Scenario],
    found: Mapping[str, Projection],
    *,
    runs: int,
    seed: int,
    engine: str,
    cohorts: Cohorts | None = None,
) -> ProjectionRecord:
    """The record; ``engine`` is the version of the code that projected.

    The same projection gives an equal record. Its fingerprint leaves the engine out.
    """
    ages = cohorts.firsts if cohorts else ()
    told = [_scenario(plan, each, found[each.name], ages) for each in scenarios]
    years = next(iter(found.values())).years
    plain: Plain = {
        "through": years[-1],
        "runs": runs,
        "seed": seed,
        "ages": list(ages),
        "scenarios": told,
    }
    return ProjectionRecord.model_validate(
        {
            "version": VERSION,
            "engine": engine,
            "binding": False,
            "place": place_of(plan),
            "year": plan.year,
            "stock_day": plan.stock_day,
            "policy_day": plan.policy.day,
            "marks": marks_of(plan) | {"simulation": True},
            "fingerprints": {
                "census": plan.fingerprints.census,
                "shelf": plan.fingerprints.shelf,
                "result": _fingerprint(plain),
            },
            "scopes": {at: scope_of(plan, at) for at in _areas(plan)},
            **plain,
            **shelf_parts(plan.policy),
        }
    )


def _fingerprint(content: Plain) -> str:
    told = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def _areas(plan: Plan) -> tuple[str, ...]:
    tree = plan.census.tree
    return (tree.root, *tree.districts)


def _scenario(plan: Plan, of: Scenario, found: Projection, ages: Sequence[int]) -> Plain:
    return {
        "name": of.name,
        "assumed": _assumed(of),
        "series": list(_series(plan, found, ages)),
        "lines": [
            {"year": e.year, "rule": e.rule, "trigger": e.trigger, "met": e.met}
            | {"unknown": e.unknown}
            for e in found.lines
        ],
        "binding": [
            {"year": year, "resource": resource, "area": area, "rule": rule, "runs": runs}
            for (year, resource, area, rule), runs in found.binding.items()
        ],
        "held": {name: plain_reason(why) for name, why in found.held.items()},
    }


def _assumed(of: Scenario) -> Plain:
    vital = of.vital
    told: Plain = {
        "exits": {side: _texts(causes) for side, causes in of.exits.items()},
        "trial_failure": str(of.trial_failure),
        "leavers": {f"{year} {code}": cause for (year, code), cause in of.leavers.items()},
        "changes": {f"{year} {code}": dict(less) for (year, code), less in of.changes.items()},
        "entrants": [
            {
                "name": each.name,
                "side": each.side,
                "amounts": dict(each.amounts),
                "applications": _texts(each.applications),
                "stated": {f"{year} {at}": n for (year, at), n in each.stated.items()},
                "trial_years": each.trial_years,
                "exempt": each.exempt,
            }
            for each in of.entrants
        ],
        "insured_growth": _texts(of.insured_growth),
        "fund_growth": of.fund
        and {"income": str(of.fund.income), "spending": str(of.fund.spending)},
    }
    if vital is not None:
        rates = {"survival": vital.survival, "births": vital.births, "migration": vital.migration}
        told |= {name: list(map(str, its)) for name, its in rates.items()}
    return told


def _texts(shares: Mapping[str, Fraction]) -> dict[str, str]:
    return {name: str(each) for name, each in shares.items()}


def _series(plan: Plan, found: Projection, ages: Sequence[int]) -> Iterator[Plain]:
    """Every number of the whole area, then of each district."""
    today, now = found.today, found.years[0]
    for at, stock in enumerate(today.stocks):
        yield from _by_area(plan, ("stock", stock), now, found.stocks[..., at])
        yield from _by_area(plan, ("released", stock), now, found.released[..., at])
    for name, people in found.people.items():
        yield from _by_area(plan, ("people", name), now, people)
    if found.cohorts is not None:
        for age in OLD:
            if age in ages:
                older = found.cohorts[..., ages.index(age) :].sum(axis=3)
                yield from _by_area(plan, ("age", str(age)), now, older)
    root = plan.census.tree.root
    for fund, states in found.funds.items():
        for part in ("income", "spending", "balance"):
            by_year = np.stack([getattr(each, part) for each in states], axis=1)
            yield _line((part, fund), root, now, by_year)
    for resource, places in found.places.items():
        yield _line(("places", resource), root, now + 1, found.whole[resource])
        yield from _by_district(plan, ("places", resource), now + 1, places)
    for kind, entries in (("admitted", found.admitted), ("refused", found.refused)):
        for entrant, many in entries.items():
            yield from _by_area(plan, (kind, entrant), now + 1, many)


def _by_area(plan: Plan, of: tuple[str, str], first: int, values: Whole) -> Iterator[Plain]:
    """The whole area and every district; values have the axes runs, years, districts."""
    yield _line(of, plan.census.tree.root, first, values.sum(axis=2))
    yield from _by_district(plan, of, first, values)


def _by_district(plan: Plan, of: tuple[str, str], first: int, values: Whole) -> Iterator[Plain]:
    for at, district in enumerate(plan.census.tree.districts):
        yield _line(of, district, first, values[..., at])


def _line(of: tuple[str, str], area: str, first: int, values: Whole) -> Plain:
    """The spread over the runs; none in a year in which some run has no number."""
    kind, name = of
    numberless = [kind == "places" and bool(each < 0) for each in values.min(axis=0)]
    told = spread(values)._asdict()
    return {"kind": kind, "name": name, "area": area, "first": first} | {
        part: [None if bare else int(n) for n, bare in zip(its, numberless, strict=True)]
        for part, its in told.items()
    }
