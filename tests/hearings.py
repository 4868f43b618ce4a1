"""Cases for tests of admission: a sound applicant under a policy of the shelf, and a small desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

from dingdian.core.admission.application import Application, Fact, Material, Person, Score
from dingdian.core.admission.case import ABOUT, Case, Rules
from dingdian.core.admission.deciding import Bench, decide
from dingdian.core.admission.decision import Condition, Decision, Stage
from dingdian.core.admission.entry import AreaClass, RedLine
from dingdian.core.admission.places import Ledger, Left
from dingdian.core.admission.room import Ground, key_of
from dingdian.core.policy import Policy, PolicyBook
from dingdian.core.rules.checklist import OF_ADMISSION, By
from dingdian.core.rules.sites import spacing_terms
from dingdian.core.spacing.conflicts import meet
from dingdian.core.spacing.places import Faulty, Site
from dingdian.core.spacing.stock import Stock, stock_on
from dingdian.core.spacing.terms import Side, Terms
from dingdian.storage.policy_yaml import read_shelf, shipped
from tests.spots import LAT, LON, ground

DECIDED = dt.date(2026, 3, 1)
ROOT = "city"


@cache
def book() -> PolicyBook:
    """The shipped shelf."""
    return read_shelf(shipped())


def policy(place: str = "shenyang", day: dt.date = DECIDED, **choices: str | None) -> Policy:
    """The policy of a place on a day, some readings chosen otherwise (``None``: left open)."""
    found = book().on(place, day)
    readings = dict(found.readings)
    for name, chosen in choices.items():
        readings[name] = readings[name].model_copy(update={"chosen": chosen})
    return replace(found, readings=readings)


def items(found: Policy, side: Side, *ways: By) -> list[Any]:
    """The items of the checklists of admission about a side that are decided in these ways."""
    return [
        item
        for rule in found.rules.values()
        if rule.rule.family == "checklist" and rule.value and rule.rule.purpose in OF_ADMISSION
        if ABOUT[side] in rule.rule.about
        for item in rule.value
        if item.by in ways
    ]


def sound(found: Policy, id: str = "A1", **changes: Any) -> Application:
    """An applicant of whom everything is known and in order; ``changes`` replace its fields."""
    side = changes.get("side", Side.MEDICAL)
    pharmacy = side is Side.PHARMACY
    kind = changes.get("kind", "retail_pharmacy" if pharmacy else "clinic")
    services = changes.get("services", ("personal_account",))
    district = changes.get("district", "east")
    lon, lat = changes.pop("at", (LON, LAT))
    flags = changes.get("flags", frozenset())
    ownership, kind_type = changes.get("ownership", "private"), changes.get("type", "")
    site = Site(
        id=id,
        lon=lon,
        lat=lat,
        services=services,
        side=side,
        kind=kind,
        error_mm=0,
        district=district,
        flags=flags,
        ownership=ownership,
        type=kind_type,
    )
    plain = Application(
        id=id,
        name=f"申请人{id}",
        origin=f"round.xlsx 申请 {id}",
        site=site,
        side=side,
        kind=kind,
        level="",
        type=kind_type,
        ownership=ownership,
        region=district,
        district=district,
        zone="",
        uscc=f"91210100{id}",
        institution="",
        moved=False,
        services=services,
        beds={},
        flags=flags,
        unknown_flags=frozenset(),
        applied_on=dt.date(2026, 1, 5),
        accepted_on=dt.date(2026, 1, 12),
        opened_on=dt.date(2025, 6, 1),
        people=(Person("legal_person", "张三", f"2101{id}"),),
        materials=tuple(paper(item.item) for item in items(found, side, By.MATERIAL)),
        facts={
            **{i.item: fact(i.item, amount=i.at_least) for i in items(found, side, By.FACT)},
            **{i.item: fact(i.item) for i in items(found, side, By.BEDS_FROM)},
            **{i.item: fact(i.item, yes=False) for i in items(found, side, By.PRESENT)},
        },
        scores=(*passed(found, side), scored(80)),
        exceptions=(),
        faults=(),
    )
    return replace(plain, **changes)


def paper(item: str, dated: dt.date | None = dt.date(2026, 1, 4)) -> Material:
    """A paper that was handed in."""
    return Material(item, dated, dated, f"材料 {item}")


def fact(item: str, *, yes: bool | None = True, amount: Fraction | int | None = None) -> Fact:
    """Something that was found out."""
    number = None if amount is None else Fraction(amount)
    return Fact(item, yes, number, dt.date(2026, 1, 20), "核查人", "现场", f"事实 {item}")


def scored(points: int | str, full: int = 100) -> Score:
    """The scored part of an evaluation."""
    day = dt.date(2026, 2, 10)
    return Score("quantitative", "total", None, Fraction(points), Fraction(full), day, "评估 量化")


def passed(found: Policy, side: Side) -> tuple[Score, ...]:
    """Every item of the part to be passed, passed."""
    day = dt.date(2026, 2, 10)
    return tuple(
        Score("qualitative", each.item, True, None, None, day, f"评估 {each.item}")
        for rule in found.rules.values()
        if rule.rule.family == "evaluation" and rule.value
        for each in rule.value.parts.get("qualitative", ())
        if ABOUT[side] in each.about
    )


def case(application: Application, found: Policy | None = None, **more: Any) -> Case:
    """A case decided on ``DECIDED``; the bureau's records are there and empty."""
    made = found or policy()
    fields = {"day": DECIDED, "decided_on": DECIDED, "records": (), **more}
    return Case(application, Rules(made), **fields)


def ledger(**left: int | None) -> Ledger:
    """What is left of each resource in district ``east``; ``None``: no number is given."""
    found = {
        (resource, "east"): Left(None if n is None else Fraction(n), f"quota_{resource}.east")
        for resource, n in left.items()
    }
    return Ledger(found, ROOT)


def bench(
    cases: Sequence[Case],
    *,
    stock: Stock | None = None,
    lines: tuple[RedLine, ...] = (),
    area: AreaClass | None = None,
    standing: Mapping[str, frozenset[str]] | None = None,
    seed: str = "",
) -> Bench:
    """A desk at which no red line acts and nobody stands nearby, unless said otherwise."""
    rules = cases[0].policy.rules.values()
    handing = [r for r in rules if r.rule.family == "resources" and r.value is not None]
    here = stock or stock_on(ground(), DECIDED)
    placed = [at for at, each in enumerate(cases) if each.application.site]
    sites = [s for each in cases if (s := each.application.site)]
    lost = [Faulty(c.application.id) for c in cases if not c.application.site]
    grounds = [
        Ground(
            key_of(cases[0].policy.rules[rule.rule]),
            cases[0].policy.rules[rule.rule],
            terms,
            meet(sites, here, terms, faulty=lost),
            {at: place for place, at in enumerate(placed)},
        )
        for rule, terms in spacing_terms(cases[0].policy)
        if isinstance(terms, Terms)
    ]
    return Bench(
        handing_out=handing[0] if handing else None,
        resources=frozenset(each for rule in handing for each in rule.value),
        red_lines=lambda _case: lines,
        class_of=lambda _case: area or AreaClass("unserved", 0, Fraction(1)),
        standing=lambda a: (standing or {}).get(a.institution, frozenset()),
        grounds=tuple(grounds),
        seed=seed,
    )


def decided(
    applications: Sequence[Application], found: Policy, left: Ledger | None = None, **more: Any
) -> dict[str, Decision]:
    """The decisions by application id."""
    records = more.pop("records", ())
    cases = [case(each, found, records=records) for each in applications]
    made = decide(cases, bench(cases, **more), left or ledger())
    return {each.application: each for each in made}


def one(
    application: Application, found: Policy, left: Ledger | None = None, **more: Any
) -> Decision:
    """The decision of a single applicant."""
    return decided([application], found, left, **more)[application.id]


def of(decision: Decision, stage: Stage, item: str = "") -> Condition:
    """The condition of a stage, and of an item where one is named."""
    found = [c for c in decision.conditions if c.stage is stage and item in ("", c.item)]
    assert found, (stage, item)
    return found[0]
