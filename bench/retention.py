"""Which stay under a cap: gaps of every ordered goal, on the sample and where coverage binds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.cities import ledger
from bench.claims import Line
from dingdian.actions.evaluate_plan import evaluate_plan
from dingdian.actions.retained_stock import points_of, stock_of
from dingdian.core.circles import Points, Sites
from dingdian.core.period import last_day
from dingdian.core.retention import Aspect, Least, Question, Tier, choose
from dingdian.core.rules import Facts
from dingdian.core.siting import Reach
from dingdian.core.solving import Limits
from dingdian.core.workings import Reason, Workings
from dingdian.storage.census_files import read_census
from dingdian.storage.policy_yaml import shelf_for

#: The orders of the shelf that hold localities, and one that lets them lose their last one.
ORDERS: dict[str, tuple[Tier, ...]] = {
    "score first": tuple(((each, 1),) for each in Aspect if each is not Aspect.COVERED),
    "people first": tuple(
        ((each, 1),)
        for each in (
            Aspect.COVERED_TWICE,
            Aspect.SCORE,
            Aspect.DUAL_CHANNEL,
            Aspect.EVEN_SPREAD,
        )
    ),
    "localities weighed": (
        ((Aspect.COVERED, 1),),
        *(((each, 1),) for each in Aspect if each is not Aspect.COVERED),
    ),
}
SECONDS, GAP = 60, 0.5
PHARMACIES, CELLS, KILOMETRES, REACH_MM = 5_000, 60_000, 50, 800_000


def retention(below: Path) -> Iterator[Line]:
    """85 % of pharmacies and 60 % of prescription transfer on the sample; both where it binds."""
    for name, of, share in (
        ("Shenyang sample, 85 % of pharmacies", "pharmacies", 0.85),
        ("Shenyang sample, 60 % of prescription transfer", "prescription_transfer_pharmacies", 0.6),
    ):
        yield from _told(name, sample(below, of, share))
    unscored = sample(below, "pharmacies", 0.85, scored=False)
    yield from _told("Shenyang sample as it comes, nobody scored, 85 % of pharmacies", unscored)
    for share in (0.85, 0.6):
        yield from _told(f"5,000 in 50 km, where coverage binds, {share:.0%}", bound(share))


def sample(below: Path, resource: str, share: float, *, scored: bool = True) -> Question:
    """The question that the sample city asks of a stock; ``scored``: with points drawn at random.

    As it comes nobody is scored, and points tell nobody apart.
    """
    census = read_census(ledger("shenyang", below)).census
    if census is None:
        raise RuntimeError("the sample cannot be read")
    book, place = shelf_for("shenyang")
    plan = evaluate_plan(census, book, place=place, year=2026)
    workings = Workings(
        census=census, policy=plan.policy, measures=plan.measures, stock_day=plan.stock_day
    )
    facts = Facts(workings, 2026)
    found = stock_of(facts, resource, exits=frozenset(), gone=frozenset(), by=last_day(2027))
    if isinstance(found, Reason):
        raise TypeError(found.code)
    points = points_of(census, found, None, 2026)
    rng = np.random.default_rng(5)
    if scored:
        points = np.where(points < 0, rng.integers(60_000, 100_001, len(points)), points)
    return found.question(int(len(points) * share), points, caps={}, hold=True)


def bound(share: float) -> Question:
    """A city drawn at random whose localities have four pharmacies in the circle on average.

    Townships of 50 have to keep two each, 5 % of agreements run on, 2 % leave first.
    """
    rng = np.random.default_rng(1)
    degrees = KILOMETRES / 111.0
    drawn = [rng.uniform(0, degrees, (size, 2)) for size in (PHARMACIES, CELLS)]
    there, here = (Points(123 + each[:, 0] / 0.7431, 42 + each[:, 1]) for each in drawn)
    near = Sites.of(there).neighbours(here, REACH_MM, rim=True)
    reach = Reach(
        rng.integers(1, 300, CELLS),
        near.starts.astype(np.int64),
        near.sites.astype(np.int64),
        PHARMACIES,
    )
    leaving = rng.random(PHARMACIES) < 0.02
    asked = Question(
        cap=int(PHARMACIES * share),
        leaving=leaving,
        held=(rng.random(PHARMACIES) < 0.05) & ~leaving,
        reach=reach,
        points=rng.integers(60_000, 100_001, PHARMACIES),
        dual_channel=rng.random(PHARMACIES) < 0.06,
        district=rng.integers(0, 13, PHARMACIES),
    )
    town = rng.integers(0, PHARMACIES // 50, PHARMACIES)
    towns = (Least(str(at), np.flatnonzero(town == at), 2) for at in range(PHARMACIES // 50))
    return replace(asked, minimums=tuple(towns))


def _told(name: str, asked: Question) -> Iterator[Line]:
    for order, tiers in ORDERS.items():
        hold = Aspect.COVERED not in {aspect for tier in tiers for aspect, _ in tier}
        started = time.perf_counter()
        end = started + SECONDS
        limits = Limits(halted=lambda end=end: time.perf_counter() >= end)  # type: ignore[misc]
        made = choose(replace(asked, hold_localities=hold), limits, tiers)
        seconds = time.perf_counter() - started
        gaps = [100 * float(goal.gap) for goal in made.answer.goals if goal.gap is not None]
        whole = len(gaps) == len(tiers)
        told = f"{made.answer.status}, {len(gaps)} of {len(tiers)} goals, {seconds:.1f} s"
        if made.answer.status == "infeasible":
            yield Line(f"{name}: {order}", told)
            continue
        widest = max(gaps) if whole else float("inf")
        yield Line(f"{name}: {order}, widest gap", told, "", widest, GAP, "%")
        yield Line("  seconds", f"{seconds:.1f} s", "", seconds, SECONDS, "s")
