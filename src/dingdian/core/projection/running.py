"""Year by year: the rules leave places, who asks is let in, some leave, people and fund go on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from dingdian.core.errors import Fault, RequestError, fault
from dingdian.core.indicators.releases import STOCK_OF
from dingdian.core.policy import Policy
from dingdian.core.projection import fund, leaving, people
from dingdian.core.projection import scenario as assumed
from dingdian.core.projection.answer import Line, Projection
from dingdian.core.projection.draws import Draws, Whole
from dingdian.core.projection.moving import moved
from dingdian.core.projection.people import Cohorts
from dingdian.core.projection.ruling import NO_NUMBER, Ahead, Below, Ruling, ruled
from dingdian.core.projection.scenario import Entrant, Scenario
from dingdian.core.projection.state import Ground, RunsState, begun
from dingdian.core.projection.today import RESIDENT, Today


def project(
    today: Today,
    scenario: Scenario,
    policies: Mapping[int, Policy],
    *,
    through: int,
    runs: int,
    draws: Draws,
    cohorts: Cohorts | None = None,
    funds: Mapping[str, fund.FundYears] | None = None,
    progress: Callable[[int], None] = lambda _year: None,
) -> Projection:
    """The years after today, up to ``through``, ``runs`` times.

    ``policies`` has the rules of each year after the next, those of its first day; today's
    workings have those of the next. ``draws`` is begun by the
    caller from a seed that it records; two scenarios with the same seed can be held side by side.
    ``funds`` stand in for those of the ledger, such as a longer series.
    ``progress`` is told each year.

    Raises:
        RequestError: every fault of scenario, cohorts and funds, a year without rules, and what
            the scenario states against the rules.
    """
    ground = Ground(today, scenario, policies, cohorts, {**today.funds, **(funds or {})}, draws)
    faults = [*_faults(ground, through)]
    if faults:
        raise RequestError(tuple(faults))
    state, kept = begun(ground, runs), _Kept(ground)
    kept.note(state)
    for year in range(today.year + 1, through + 1):
        progress(year)
        before = dict(state.funds)
        state.funds = {
            name: fund.next_year(each, ground.funds[name], scenario.fund, draws)
            for name, each in state.funds.items()
        }
        rulings = _rulings(ground, state, before, year)
        kept.rule(year, rulings)
        faults += _enter(ground, state, rulings, kept=kept, year=year)
        leaving.leave(ground, state, year)
        _people(ground, state)
        kept.note(state)
    if faults:
        raise RequestError(tuple(faults))
    return kept.answer(runs, tuple(range(today.year, through + 1)))


def _faults(ground: Ground, through: int) -> list[Fault]:
    today, scenario = ground.today, ground.scenario
    found = [*assumed.faults_of(scenario, today)]
    found += fund.faults_of(ground.funds, stated=scenario.fund, year=today.year)
    years = range(today.year + 2, through + 1)
    without = [year for year in years if year not in ground.policies]
    if without:
        found.append(fault("projection_no_rules", year=without[0], last=without[0] - 1))
    if scenario.vital is not None:
        groups = 0 if ground.cohorts is None else len(ground.cohorts.firsts)
        vital = scenario.vital
        if {len(vital.survival), len(vital.births), len(vital.migration)} != {groups}:
            found.append(fault("projection_vital_groups", scenario=scenario.name, groups=groups))
    if ground.cohorts is not None:
        found += _cohorts_differ(today, ground.cohorts)
    return found


def _cohorts_differ(today: Today, cohorts: Cohorts) -> list[Fault]:
    residents = today.people.get(RESIDENT)
    if residents is None:
        why = today.unknown[RESIDENT]
        return [fault("projection_stock_unknown", measure=RESIDENT, why=why.code if why else "")]
    sums = cohorts.people.sum(axis=1).tolist()
    rows = zip(today.districts, sums, residents.tolist(), strict=True)
    return [
        fault("projection_cohort_sum", district=at, found=found, resident=resident)
        for at, found, resident in rows
        if found != resident
    ]


def _rulings(
    ground: Ground, state: RunsState, before: Mapping[str, fund.FundState], year: int
) -> list[Ruling]:
    """What the rules leave in each run; runs that stand alike are asked once.

    The first year's rules see today's ledger itself, so that its places are those of the plan.
    """
    today, runs = ground.today, len(state.standing)
    if year == today.year + 1:
        return [ruled(today.workings, year)] * runs
    policy, found = ground.policies[year], []
    seen: dict[bytes, Ruling] = {}
    below = Below(today.workings, moved(ground, state, before, run=0, year=year))
    for run in range(runs):
        mark = state.mark(run, before)
        if mark not in seen:
            given = moved(ground, state, before, run=run, year=year)
            seen[mark] = ruled(Ahead(below, policy, year=year - 1, moved=given), year)
        found.append(seen[mark])
    return found


def _enter(
    ground: Ground, state: RunsState, rulings: list[Ruling], *, kept: _Kept, year: int
) -> list[Fault]:
    """Let in who asks while places and beds last, one kind of entrant after the other."""
    left = np.stack([each.places for each in rulings])
    whole = np.stack([each.whole for each in rulings])
    column = {name: n for n, name in enumerate(rulings[0].resources)}
    faults: list[Fault] = []
    for kind in ground.scenario.entrants:
        takes = {
            column[resource]: amount
            for resource in column
            if (amount := kind.amounts.get(STOCK_OF.get(resource, resource), 0)) and not kind.exempt
        }
        stated = _by_district(ground, {at: n for (y, at), n in kind.stated.items() if y == year})
        expected = _by_district(ground, kind.applications)
        shape = left.shape[:2]
        asked = ground.draws.poisson(np.broadcast_to(expected, shape)) + stated.astype(np.int64)
        can = _can(left, takes, asked)
        let = np.minimum(asked, can)
        most = _can(whole, takes, let.sum(axis=1))
        let = shared_out(let, most)
        for resource, amount in takes.items():
            for places, taken in ((left, let), (whole, let.sum(axis=1))):
                numbered = places[..., resource] != NO_NUMBER
                places[..., resource] -= np.where(numbered, taken * amount, 0)
        faults += _against(ground, kind, year, stated=stated, let=let, rulings=rulings)
        state.enter(ground, kind, let, year)
        kept.enter(kind.name, let, asked - let)
    return faults


def _can(left: Whole, takes: Mapping[int, int], asked: Whole) -> Whole:
    """How many of those who ask find places of every resource that one takes.

    Where a number cannot be known nobody is let in: unknown is not free.
    """
    can = asked.copy()
    for resource, amount in takes.items():
        places = left[..., resource]
        room = np.where(places == NO_NUMBER, asked, np.maximum(places, 0) // amount)
        can = np.minimum(can, room)
    return can


def shared_out(let: Whole, most: Whole) -> Whole:
    """Those let in by district, where all together may be ``most`` (a number a run) at most.

    Shared by how many there are in each district (largest remainder, the first of equals).

    >>> shared_out(np.array([[3, 1, 1]]), np.array([3])).tolist()
    [[2, 1, 0]]
    """
    total = let.sum(axis=1)
    part, rest = np.divmod(let * most[:, None], np.maximum(total, 1)[:, None])
    spare = most - part.sum(axis=1)
    order = np.argsort(np.argsort(-rest, axis=1, kind="stable"), axis=1, kind="stable")
    return np.asarray(np.where((total > most)[:, None], part + (order < spare[:, None]), let))


def _by_district(
    ground: Ground, given: Mapping[str, Fraction] | Mapping[str, int]
) -> npt.NDArray[np.float64]:
    return np.array([float(given.get(at, 0)) for at in ground.today.districts])


def _against(
    ground: Ground,
    kind: Entrant,
    year: int,
    *,
    stated: npt.NDArray[np.float64],
    let: Whole,
    rulings: list[Ruling],
) -> list[Fault]:
    """Where no run leaves as many as the scenario states."""
    best = let.max(axis=0)
    found = []
    for n, at in enumerate(ground.today.districts):
        if best[n] < stated[n]:
            bound = {
                rule
                for each in rulings
                for resource in each.resources
                if STOCK_OF.get(resource, resource) in kind.amounts
                for area in (at, ground.today.workings.census.tree.root)
                for rule in each.binding.get((resource, area), ())
            }
            found.append(
                fault(
                    "projection_against_rule",
                    scenario=ground.scenario.name,
                    year=year,
                    district=at,
                    entrant=kind.name,
                    stated=int(stated[n]),
                    allowed=int(best[n]),
                    rules=", ".join(sorted(bound)),
                )
            )
    return found


def _people(ground: Ground, state: RunsState) -> None:
    """A year of people: cohorts first, then residents and insured, who follow them."""
    vital = ground.scenario.vital
    residents = state.people.get(RESIDENT)
    if ground.cohorts is not None and vital is not None and state.cohorts is not None:
        state.cohorts = people.next_year(state.cohorts, ground.cohorts, vital, ground.draws)
        after = state.cohorts.sum(axis=2)
    else:
        after = residents
    for name, before in state.people.items():
        if name == RESIDENT:
            continue
        follows = before
        if residents is not None and after is not None:
            follows = np.where(residents > 0, before * after // np.maximum(residents, 1), before)
        rate = ground.scenario.insured_growth.get(name)
        if rate is not None:
            follows = follows + follows * rate.numerator // rate.denominator
        state.people[name] = follows
    if after is not None:
        state.people[RESIDENT] = after


@dataclass
class _Kept:
    """What is kept of each year until the answer is made."""

    ground: Ground
    stocks: list[Whole] = field(default_factory=list)
    released: list[Whole] = field(default_factory=list)
    people: dict[str, list[Whole]] = field(default_factory=dict)
    cohorts: list[Whole] = field(default_factory=list)
    funds: dict[str, list[fund.FundState]] = field(default_factory=dict)
    places: dict[str, list[Whole]] = field(default_factory=dict)
    whole: dict[str, list[Whole]] = field(default_factory=dict)
    admitted: dict[str, list[Whole]] = field(default_factory=dict)
    refused: dict[str, list[Whole]] = field(default_factory=dict)
    binding: Counter[tuple[int, str, str, str]] = field(default_factory=Counter)
    lines: list[Line] = field(default_factory=list)

    def note(self, state: RunsState) -> None:
        """The state at a year's end."""
        self.stocks.append(state.stocks.copy())
        self.released.append(state.released.copy())
        for name, each in state.people.items():
            self.people.setdefault(name, []).append(each.copy())
        if state.cohorts is not None:
            self.cohorts.append(state.cohorts.copy())
        for name, own in state.funds.items():
            self.funds.setdefault(name, []).append(own)

    def rule(self, year: int, rulings: list[Ruling]) -> None:
        """What the rules of a year said."""
        for n, resource in enumerate(rulings[0].resources):
            self.places.setdefault(resource, []).append(
                np.stack([each.places[:, n] for each in rulings])
            )
            self.whole.setdefault(resource, []).append(
                np.stack([each.whole[n] for each in rulings])
            )
        for each in rulings:
            self.binding.update(
                (year, resource, at, rule)
                for (resource, at), rules in each.binding.items()
                for rule in rules
            )
        for rule, trigger in rulings[0].lines:
            said = [each.lines[rule, trigger] for each in rulings]
            self.lines.append(Line(year, rule, trigger, said.count(True), said.count(None)))

    def enter(self, kind: str, let: Whole, refused: Whole) -> None:
        """Who came in and who did not."""
        self.admitted.setdefault(kind, []).append(let)
        self.refused.setdefault(kind, []).append(refused)

    def answer(self, runs: int, years: tuple[int, ...]) -> Projection:
        """All years together."""

        def by_name(kept: Mapping[str, list[Whole]]) -> dict[str, Whole]:
            return {name: np.stack(each, axis=1) for name, each in kept.items()}

        return Projection(
            scenario=self.ground.scenario.name,
            today=self.ground.today,
            runs=runs,
            years=years,
            stocks=np.stack(self.stocks, axis=1),
            released=np.stack(self.released, axis=1),
            people=by_name(self.people),
            cohorts=np.stack(self.cohorts, axis=1) if self.cohorts else None,
            funds={name: tuple(each) for name, each in self.funds.items()},
            places=by_name(self.places),
            whole=by_name(self.whole),
            admitted=by_name(self.admitted),
            refused=by_name(self.refused),
            binding=dict(self.binding),
            lines=tuple(self.lines),
            held=self.ground.today.unknown,
        )
