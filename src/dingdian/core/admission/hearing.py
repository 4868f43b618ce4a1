"""Hearing: a census, a plan and a policy made ready to decide the applications of a round."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from dingdian.core.admission.application import Application, Round
from dingdian.core.admission.case import Case, Rules
from dingdian.core.admission.deciding import Bench, decide
from dingdian.core.admission.decision import Decision, Met, Stage
from dingdian.core.admission.entry import AreaClass, RedLine, day_of
from dingdian.core.admission.places import Ledger
from dingdian.core.admission.room import Ground, key_of
from dingdian.core.census import Census, members_of, tally
from dingdian.core.census.counties import counties_of
from dingdian.core.census.near import densities_of
from dingdian.core.census.vocabulary import SERVICES
from dingdian.core.circles import Points, Sites
from dingdian.core.errors import NotInForceError
from dingdian.core.findings import Finding, State
from dingdian.core.indicators import MEASURES
from dingdian.core.indicators.circles import drawn, standard
from dingdian.core.indicators.covered import INSUFFICIENT, SATURATED, SUFFICIENT, UNSERVED
from dingdian.core.plan import Plan
from dingdian.core.policy import InForce, Policy
from dingdian.core.rules import Facts
from dingdian.core.rules import decide as decide_rule
from dingdian.core.rules.sites import spacing_terms
from dingdian.core.spacing.alternatives import alternatives
from dingdian.core.spacing.conflicts import meet
from dingdian.core.spacing.places import Faulty, Site
from dingdian.core.spacing.stock import Stock, stock_on
from dingdian.core.spacing.terms import Terms
from dingdian.core.workings import NAMED_ROWS, Reason, Workings, reason

#: Readings of a hearing -> the options that are acted on.
READINGS: Mapping[str, tuple[str, ...]] = {
    "rules_of_day": ("application_day", "acceptance_day", "decision_day"),
    "red_line_open_cases": ("yes", "no"),
}
_PHARMACIES = "pharmacies"
#: Spacing conditions for which another place is looked for.
_STOPPED = frozenset({Met.FAILED, Met.MEASURE})


@dataclass(frozen=True, slots=True)
class Spaced:
    """A spacing rule of a day: its terms, or why the text is unclear."""

    key: tuple[Any, ...]
    in_force: InForce[Any]
    terms: Terms | None
    why: Reason | None


@dataclass(frozen=True)
class Hearing:
    """What rounds are decided on: the plan of the year, and the policy by day.

    ``policy_on`` gives the policy of a day, and raises ``NotInForceError`` outside the plan's
    validity. ``decided_on`` is the day of the decision: its stock is the one that blocks.
    ``of_day`` is the census of that day where it is another than the plan's: places are then those
    of the plan, and who stands where, red lines and records are those of the day.
    """

    plan: Plan
    decided_on: dt.date
    policy_on: Callable[[dt.date], Policy]
    of_day: Census | None = None
    _lines: dict[dt.date, tuple[RedLine, ...]] = field(default_factory=dict, repr=False)
    _books: dict[dt.date, Rules] = field(default_factory=dict, repr=False)
    _terms: dict[int, tuple[Spaced, ...]] = field(default_factory=dict, repr=False)

    @property
    def census(self) -> Census:
        """What stands on the day of decision: its own census, else that of the plan."""
        return self.of_day or self.plan.census

    @cached_property
    def policy(self) -> Policy:
        """The policy of the day of decision."""
        return self.policy_on(self.decided_on)

    @cached_property
    def stock(self) -> Stock:
        """The institutions that stand on the day of decision."""
        return stock_on(self.census, self.decided_on)

    def cases(self, found: Round) -> list[Case]:
        """Every application of a round, with the rules of its own day."""
        looked = "records" in found.tables or self.census.length("records")
        records = found.records if looked else None
        papers = "materials" in found.tables
        return [self._case(each, records, papers=papers) for each in found.applications]

    def _case(self, application: Application, records: Any, *, papers: bool) -> Case:
        days = (application.applied_on, application.accepted_on)
        day = day_of(days, self.decided_on, self.policy.choice("rules_of_day"))
        try:
            book = self.book_on(day)
        except NotInForceError:  # before the plan began: it has no rules of its own for that day
            day, book = self.decided_on, self.book_on(self.decided_on)
        return Case(application, book, day, self.decided_on, records, papers)

    def book_on(self, day: dt.date) -> Rules:
        """The rules of a day.

        Raises:
            NotInForceError: the day lies outside the validity of the plan.
        """
        if day not in self._books:
            self._books[day] = Rules(self.policy_on(day))
        return self._books[day]

    def decide(self, found: Round) -> tuple[tuple[Decision, ...], Ledger]:
        """The decisions of a round in the order of its applications, and what is left after it."""
        cases = self.cases(found)
        ledger = self._ledger.opened(found.taken)
        return decide(cases, self.bench(cases, self._seed(found)), ledger), ledger

    @cached_property
    def _ledger(self) -> Ledger:
        """The quotas of the plan, before anything is handed out."""
        return Ledger.of(self.plan.quotas, self.plan.figures, root=self.census.tree.root)

    def _seed(self, found: Round) -> str:
        """The seed of the lottery; none where it was not published before the decision."""
        published = found.seed_published_on
        return found.seed if published is not None and published <= self.decided_on else ""

    def other_spot(self, case: Case, decision: Decision, reach_mm: int) -> Decision:
        """The decision with the nearest locality where the applicant might stand, as its change.

        Looked for within ``reach_mm`` and under all spacing rules of the case, against the stock
        only; the decision as it is where spacing does not stop it or nothing is near enough.
        """
        site = case.application.site
        stopped = any(c.stage is Stage.SPACING and c.met in _STOPPED for c in decision.conditions)
        if site is None or not stopped:
            return decision
        rules = [each.terms for each in self._spaced(case.policy) if each.terms]
        spot = next(iter(alternatives(site, self.stock, rules, reach_mm=reach_mm, most=1)), None)
        if spot is None:
            return decision
        metres = Fraction(spot.distance_mm, 1000)
        change = reason("change_other_spot", locality=spot.name or spot.locality, metres=metres)
        conditions = tuple(
            replace(c, change=change) if c.stage is Stage.SPACING and c.met in _STOPPED else c
            for c in decision.conditions
        )
        return replace(decision, conditions=conditions)

    # ---------------------------------------------------------------- what is asked of it

    def bench(self, cases: Sequence[Case], seed: str) -> Bench:
        """What a round is decided on."""
        handing_out = self._handing_out
        return Bench(
            handing_out=handing_out[0] if handing_out else None,
            resources=frozenset(each for rule in handing_out for each in rule.value),
            red_lines=self.red_lines,
            class_of=self.class_of,
            standing=self.standing,
            grounds=tuple(self._grounds(cases)),
            seed=seed,
        )

    @cached_property
    def _handing_out(self) -> Sequence[InForce[Any]]:
        """The rules that say what the year hands out."""
        return Rules(self.plan.policy).of("resources")

    def standing(self, application: Application) -> frozenset[str]:
        """The services that the applicant has in the census already; empty for a new one."""
        at = self.stock.at.get(application.institution) if application.institution else None
        if at is None:
            return frozenset()
        return frozenset(
            name for name, has in zip(SERVICES, self.stock.services.sure[at], strict=True) if has
        )

    def red_lines(self, case: Case) -> tuple[RedLine, ...]:
        """The red lines that a case meets, by the reading ``red_line_open_cases``."""
        late = case.policy.choice("red_line_open_cases") != "no"
        day = self.decided_on if late else case.day
        if day not in self._lines:
            self._lines[day] = tuple(self._red_lines(self.policy_on(day)))
        return self._lines[day]

    def _red_lines(self, policy: Policy) -> Iterator[RedLine]:
        workings = self._workings(policy)
        facts = Facts(workings, self.plan.year)
        for in_force in Rules(policy).of("red_line"):
            line, *triggers = decide_rule(in_force, facts).findings
            code = line.note.code if line.note else ""
            acts = {"red_line_on": True, "red_line_off": False}.get(code)
            consequence = in_force.value.consequence.value
            resources = frozenset(in_force.rule.resources)
            yield RedLine(in_force, acts, consequence, resources, _evidence(workings, triggers))

    def _workings(self, policy: Policy) -> Workings:
        return Workings(
            census=self.census, policy=policy, measures=MEASURES, stock_day=self.plan.stock_day
        )

    # ---------------------------------------------------------------- where it would stand

    def _grounds(self, cases: Sequence[Case]) -> Iterator[Ground]:
        """Every spacing rule of any case, with the applicants of the round in it."""
        placed = [at for at, each in enumerate(cases) if each.application.site is not None]
        sites = [_site(cases[at].application) for at in placed]
        lost = [_faulty(each.application) for each in cases if each.application.site is None]
        done: set[tuple[Any, ...]] = set()
        for policy in {id(each.policy): each.policy for each in cases}.values():
            for spaced in self._spaced(policy):
                if spaced.key in done:
                    continue
                done.add(spaced.key)
                terms = spaced.terms
                yield Ground(
                    key=spaced.key,
                    in_force=spaced.in_force,
                    terms=terms,
                    near=meet(sites, self.stock, terms, faulty=lost) if terms else None,
                    of={at: place for place, at in enumerate(placed)},
                    why=spaced.why,
                )

    def _spaced(self, policy: Policy) -> tuple[Spaced, ...]:
        """The spacing rules of a policy, each settled or unclear."""
        if id(policy) not in self._terms:
            self._terms[id(policy)] = tuple(
                Spaced(
                    key_of(policy.rules[rule.rule]),
                    policy.rules[rule.rule],
                    found if isinstance(found, Terms) else None,
                    None if isinstance(found, Terms) else found,
                )
                for rule, found in spacing_terms(policy)
            )
        return self._terms[id(policy)]

    @cached_property
    def _pharmacies(self) -> tuple[Any, ...] | Reason:
        """The circle and the standard of pharmacies, who is surely or perhaps one.

        Last, by district, how many have no known place: they may stand anywhere in it.
        """
        workings = self._workings(self.policy)
        circle = drawn(workings, _PHARMACIES)
        if isinstance(circle, Reason):
            return circle
        enough = standard(workings, _PHARMACIES)
        if isinstance(enough, Reason):
            return enough
        sure, maybe = members_of(self.census, circle.circle)
        there = self.census.positions("institutions")
        indexes = [
            Sites.of(Points(there.lon[rows], there.lat[rows]))
            for rows in (sure & there.known, maybe & ~sure & there.known)
        ]
        lost = (sure | maybe) & ~there.known
        return circle.circle, enough, *indexes, _by_district(self.census, lost)

    def class_of(self, case: Case) -> AreaClass:
        """The class of the area of a site, by the pharmacies within the circle around it."""
        site, found = case.application.site, self._pharmacies
        if isinstance(found, Reason):
            return AreaClass(None, why=found)
        if site is None:
            return AreaClass(None, why=reason("site_unknown"))
        circle, set_by, sure, maybe, unplaced = found
        density = densities_of(self.census).get(case.application.region or site.district, "")
        least = _count(sure, site, circle)
        most = least + _count(maybe, site, circle) + unplaced.get(site.district, 0)
        classes = {_class(n, set_by, density) for n in (least, most)}
        if len(classes) > 1 or not density:
            return AreaClass(None, least, why=reason("area_class_unsure"))
        return AreaClass(classes.pop(), least, Fraction(set_by.enough.get(density, 1)))


def _by_district(census: Census, lost: Any) -> Mapping[str, int]:
    """How many of some institutions may stand in each district; one of no district in any."""
    if not lost.any():
        return {}
    county, codes = counties_of(census, "institutions")
    found = Counter(county[lost].tolist())
    return {code: found[-1] + found[number] for number, code in enumerate(codes)}


def _evidence(workings: Workings, triggers: Sequence[Finding]) -> tuple[str, ...]:
    """The figures of the triggers that are met (of all where none is), and the rows they count."""
    met = [each for each in triggers if each.state is State.BROKEN] or triggers
    keys = dict.fromkeys(key for each in met for _, key in each.numbers)
    census, rows = workings.census, []
    for selection in (workings.figures[key].selection for key in keys):
        if selection is not None and not selection.total:
            found = tally(census, selection).rows.tolist()
            rows += [census.origin(selection.table, row) for row in found[:NAMED_ROWS]]
    return (*keys, *dict.fromkeys(rows))


def _count(sites: Sites, site: Site, circle: Any) -> int:
    rows, _ = sites.within(site.lon, site.lat, circle.radius_mm, rim=circle.rim)
    return int(np.size(rows))


def _class(count: int, set_by: Any, density: str) -> str:
    if count == 0:
        return UNSERVED
    if count < set_by.enough.get(density, 1):
        return INSUFFICIENT
    most = set_by.most.get(density)
    return SATURATED if most is not None and count > most else SUFFICIENT


def _site(application: Application) -> Site:
    if application.site is None:  # only placed ones are asked for
        raise ValueError(application.id)
    return application.site


def _faulty(application: Application) -> Faulty:
    return Faulty(
        application.id,
        side=application.side,
        services=application.services or None,
        district=application.district,
    )
