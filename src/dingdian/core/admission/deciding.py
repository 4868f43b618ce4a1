"""Deciding a round: every applicant through every stage, in the order of the ranking."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from dingdian.core.admission.application import Application
from dingdian.core.admission.bars import bare
from dingdian.core.admission.case import Case
from dingdian.core.admission.checklists import checked
from dingdian.core.admission.decision import (
    Condition,
    Decision,
    Met,
    Outcome,
    Standing,
    outcome_of,
)
from dingdian.core.admission.entry import AreaClass, RedLine, area, intake, red_line
from dingdian.core.admission.evaluation import evaluated
from dingdian.core.admission.exceptions import recorded, with_exceptions
from dingdian.core.admission.exemption import Exempted, exempted
from dingdian.core.admission.places import Ledger, Want, reached, wants
from dingdian.core.admission.ranking import ranked
from dingdian.core.admission.room import Ahead, Ground, Room, room, stands
from dingdian.core.policy import InForce

#: Outcomes of an applicant's own conditions with which it keeps its place in the ranking.
_RUNNING = frozenset(
    {Outcome.PROPOSED, Outcome.NEEDS_FACTS, Outcome.NEEDS_SURVEY, Outcome.NEEDS_READING}
)
#: Outcomes that leave it open whether an applicant will stand and take places.
_OPEN = frozenset(
    {Outcome.NEEDS_FACTS, Outcome.NEEDS_SURVEY, Outcome.NEEDS_READING, Outcome.WAITING}
)


@dataclass(frozen=True, slots=True)
class Bench:
    """All that a round is decided on, besides the applications.

    ``handing_out``: the rule that says what the year hands out; ``resources`` what that is.
    ``red_lines`` gives those of a case's day, ``class_of`` the class of the area of a site,
    ``standing`` the services that an institution of the census has on the day. ``grounds`` are
    the spacing rules with the applicants of this round in them.
    """

    handing_out: InForce[Any] | None
    resources: frozenset[str]
    red_lines: Callable[[Case], tuple[RedLine, ...]]
    class_of: Callable[[Case], AreaClass]
    standing: Callable[[Application], frozenset[str]]
    grounds: tuple[Ground, ...]
    seed: str


@dataclass(frozen=True, slots=True)
class Own:
    """What an applicant comes to by itself, before anybody else is looked at.

    ``outcome``: of its own conditions, with its recorded exceptions.
    """

    conditions: tuple[Condition, ...]
    outcome: Outcome
    merit: Fraction | None
    free: Exempted | None
    wants: tuple[Want, ...]

    @property
    def runs(self) -> bool:
        """Whether it keeps its place in the ranking: evaluated, complete, not refused."""
        return self.merit is not None and self.outcome in _RUNNING


def decide(cases: Sequence[Case], bench: Bench, ledger: Ledger) -> tuple[Decision, ...]:
    """A decision for every case, in the order given; the ledger holds what is left after it.

    Neither the order in which the cases are given nor their names decide anything.

    Raises:
        ValueError: two cases have the same application id.
    """
    if len({each.application.id for each in cases}) != len(cases):
        raise ValueError("two applications of a round have the same id")
    twice = _twice(cases)
    owns = [_own(case, bench, twice.get(at, "")) for at, case in enumerate(cases)]
    merits = {at: own.merit for at, own in enumerate(owns) if own.merit is not None and own.runs}
    standings = ranked(cases, merits, bench.seed)
    walk = _Walk(cases, owns, bench, ledger, standings)
    for _, group in itertools.groupby(sorted(standings, key=walk.order), key=walk.order):
        walk.go(list(group))
    return tuple(walk.done.get(at) or walk.beside(at) for at in range(len(cases)))


@dataclass(slots=True)
class _Walk:
    """The walk down the ranking, side by side: what is decided so far, and what it leaves.

    ``sure``: those admitted; ``perhaps``: those whose cases are open.
    """

    cases: Sequence[Case]
    owns: Sequence[Own]
    bench: Bench
    ledger: Ledger
    standings: Mapping[int, Standing]
    sure: set[int] = field(default_factory=set)
    perhaps: set[int] = field(default_factory=set)
    done: dict[int, Decision] = field(default_factory=dict)

    def order(self, at: int) -> tuple[str, int]:
        """The side and rank of an applicant: those with the same are decided together."""
        return self.cases[at].application.side.value, self.standings[at].rank

    def go(self, members: Sequence[int]) -> None:
        """Decide those of one rank, each as if the others went before it, perhaps."""
        made = {at: self._at(at, frozenset(members)) for at in members}
        for at, (decision, found) in made.items():
            self._settle(at, replace(decision, standing=self.standings[at]), found)

    def beside(self, at: int) -> Decision:
        """The decision of one that does not run: it takes nothing and stands in nobody's way."""
        return replace(self._at(at, frozenset())[0], takes=())

    def _at(self, at: int, members: frozenset[int]) -> tuple[Decision, Room | None]:
        """One applicant held against those before it and those it is tied with."""
        case, own, bench = self.cases[at], self.owns[at], self.bench
        ahead = self._ahead(at, members - {at})
        conditions = [*own.conditions, *stands(case, at, bench.grounds, ahead)]
        found = None
        if bench.handing_out is not None:
            found = room(
                case,
                own.wants,
                self.ledger,
                free=own.free,
                ahead=ahead,
                handing_out=bench.handing_out,
            )
            conditions += found.conditions
        outcome = outcome_of(conditions)
        records = recorded(case, conditions)
        excepted = with_exceptions(case, conditions, records)
        admitted = (excepted or outcome) is Outcome.PROPOSED
        decision = Decision(
            application=case.application.id,
            outcome=outcome,
            conditions=tuple(conditions),
            day=case.day,
            takes=found.takes if found and admitted else (),
            exceptions=records,
            excepted=excepted,
        )
        return decision, found

    def _ahead(self, at: int, peers: frozenset[int]) -> Ahead:
        """Who goes before an applicant, surely or perhaps.

        No ranking orders the two sides, so that one of the other side goes before perhaps, unless
        it surely stands nowhere.
        """
        runs = at in self.standings
        side = self.cases[at].application.side
        others = {
            each
            for each in (self.standings if runs else ())
            if self.cases[each].application.side is not side
            and (each not in self.done or each in self.sure | self.perhaps)
        }
        perhaps = frozenset((self.perhaps | peers | others) - {at})
        unplaced = (self.cases[each].application for each in perhaps)
        return Ahead(
            sure=frozenset(self.sure - others - {at}),
            perhaps=perhaps,
            candidates=frozenset(self.standings.keys() - {at}),
            faulty=frozenset(each.id for each in unplaced if each.site is None),
            held=self._held(peers),
        )

    def _held(self, peers: Iterable[int]) -> Mapping[tuple[str, str], Fraction | None]:
        """How much of each resource some applicants want, by district and in all."""
        held: dict[tuple[str, str], Fraction | None] = {}
        for at in peers:
            district = self.cases[at].application.district
            for want in self.owns[at].wants:
                for scope in dict.fromkeys((district, self.ledger.root)):
                    before = held.get((want.resource, scope), Fraction(0))
                    more = None if before is None or want.amount is None else before + want.amount
                    held[want.resource, scope] = more
        return held

    def _settle(self, at: int, decision: Decision, found: Room | None) -> None:
        """Write a decision down: what it takes, or what it holds while it is open."""
        self.done[at] = decision
        district = self.cases[at].application.district
        if decision.final is Outcome.PROPOSED:
            self.sure.add(at)
            for take in decision.takes:
                self.ledger.take(take.resource, take.scope, take.amount)
        elif decision.final in _OPEN and not _surely_waits(decision):
            self.perhaps.add(at)
            free = {c.item for c in decision.conditions if c.met is Met.FREE}
            for want in self.owns[at].wants:
                if want.resource not in free:
                    self.ledger.hold(want.resource, district, want.amount)
        if decision.final in _OPEN:
            for resource in found.kept_back if found else ():
                self.ledger.hold(resource, district, None)


def _surely_waits(decision: Decision) -> bool:
    """Waiting because something failed for certain, so that it takes nothing this time."""
    return any(each.met is Met.FAILED for each in decision.conditions)


def _own(case: Case, bench: Bench, twice: str) -> Own:
    free = exempted(case)
    standing = bench.standing(case.application)
    wanted = wants(case, bench.resources, standing=standing)
    reach = reached(case, wanted, standing=standing)
    found = evaluated(case)
    conditions = (
        *intake(case, twice),
        *checked(case),
        *area(case, bench.class_of),
        *red_line(case, bench.red_lines(case), reach, free),
        *found.conditions,
    )
    excepted = with_exceptions(case, conditions, recorded(case, conditions))
    return Own(conditions, excepted or outcome_of(conditions), found.merit, free, wanted)


def _twice(cases: Sequence[Case]) -> dict[int, str]:
    """Later applications of an institution that applies twice -> the id of the first one."""
    seen: dict[tuple[str, ...], int] = {}
    later: dict[int, str] = {}
    order = sorted(range(len(cases)), key=lambda at: _first_come(cases[at].application))
    for at in order:
        for key in _who(cases[at].application):
            first = seen.setdefault(key, at)
            if first != at:
                later[at] = cases[first].application.id
    return later


def _first_come(application: Application) -> tuple[dt.date, str]:
    return application.applied_on or dt.date.max, application.id


def _who(application: Application) -> Iterator[tuple[str, ...]]:
    """What tells an institution: its code; its credit code with its name, as clinics may share."""
    if bare(application.institution):
        yield ("code", bare(application.institution))
    if bare(application.uscc):
        yield ("uscc", bare(application.uscc), bare(application.name))


__all__ = ["Bench", "Decision", "Own", "decide"]
