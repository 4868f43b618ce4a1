"""The programme of a transfer: what each cell gives and takes, under the rules that are to hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dingdian.core.solving import Aim, Programme, Sense
from dingdian.core.transfer.question import Cell, Measure, Question, Rule, Structure

Integers = NDArray[np.int64]
#: ``UNEVEN`` counts beds per so many people.
PER = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A programme with its goals; ``give`` and ``take`` are its variables, one for each cell.

    ``still`` is the solution in which nothing moves: it keeps every rule but those that hold a
    measure, which it may break.
    """

    programme: Programme
    cells: tuple[Cell, ...]
    give: Integers
    take: Integers
    weights: Mapping[Measure, Integers]
    still: Integers

    def aim(self, measure: Measure) -> Aim:
        """The goal of least of a measure."""
        of = self.weights[measure]
        return self.programme.goal(measure, Sense.LEAST, of, np.ones(len(of), np.int64))

    def change(self, solution: Integers) -> Mapping[Cell, int]:
        """What each cell gains (or loses, below 0); cells that stay as they are are left out."""
        net = (solution[self.take] - solution[self.give]).tolist()
        return {cell: n for cell, n in zip(self.cells, net, strict=True) if n}


def model_of(question: Question, rules: Set[Rule]) -> Model:
    """The programme in which only ``rules`` hold; every measure that the question has is there."""
    return _Builder(question, frozenset(rules)).model()


class _Builder:
    """Puts one programme together."""

    def __init__(self, question: Question, rules: frozenset[Rule]) -> None:
        self.question, self.rules = question, rules
        self.programme, self.cells = Programme(), question.grid
        self.at = {cell: number for number, cell in enumerate(self.cells)}
        self.every = sorted({*self.cells, *question.now})
        self.size = max(1, sum(question.now.values()))
        movable = question.movable
        self.give = self._each(movable.get(cell, 0) for cell in self.cells)
        self.take = self._each(self._most_taken(movable.get(cell, 0)) for cell in self.cells)
        self.weights: dict[Measure, Integers] = {}
        self.still: dict[int, int] = {}  # variables that are not 0 where nothing moves

    def model(self) -> Model:
        """Every variable, then every row, then the model."""
        self._balance()
        if Rule.MINIMUM in self.rules:
            self._minimums()
        if Rule.STEADY in self.rules:
            self._steady()
        self._measures()
        self._held()
        still = np.zeros(len(self.programme.low), np.int64)
        still[list(self.still)] = list(self.still.values())
        return Model(self.programme, self.cells, self.give, self.take, self.weights, still)

    # -- what has to hold -----------------------------------------------------

    def _balance(self) -> None:
        """A pool takes what it gives, but for new beds and beds of other pools, where allowed."""
        pools = sorted({cell.pool for cell in self.cells})
        free = 0 if Rule.TOTAL in self.rules else self.size
        fresh = self.programme.variables(len(pools), low=-free, high=free)
        free = 0 if Rule.POOLS in self.rules else self.size
        crossing = self.programme.variables(len(pools), low=-free, high=free)
        for number, pool in enumerate(pools):
            its = [self.at[cell] for cell in self.cells if cell.pool == pool]
            of = [*self.take[its], *self.give[its], fresh[number], crossing[number]]
            signs = [1] * len(its) + [-1] * len(its) + [-1, -1]
            self.programme.row(of, signs, least=0, most=0)
        if pools:
            self.programme.row(crossing, least=0, most=0)

    def _each(self, most: Iterable[int]) -> Integers:
        """A variable for each cell, from 0 to its own most."""
        made = [self.programme.variables(1, low=0, high=high) for high in most]
        return np.concatenate([np.zeros(0, np.int64), *made])

    def _most_taken(self, beds: int) -> int:
        """What a cell of so many beds may take: where there are none, where growth is limited."""
        if Rule.TAKERS in self.rules and not beds:
            return 0
        growth = self.question.growth
        return self.size if growth is None or Rule.GROWTH not in self.rules else int(growth * beds)

    def _minimums(self) -> None:
        """No cell gives more than its institutions can above their minimums."""
        for cells, most in self.question.rooms:
            self.programme.row(self.give[[self.at[cell] for cell in cells]], most=most)

    def _steady(self) -> None:
        """A district whose beds or people are unknown has as many beds after as before."""
        for district in sorted(self.question.steady):
            of, signs, _ = self._beds(cell for cell in self.cells if cell.district == district)
            if of:
                self.programme.row(of, signs, least=0, most=0)

    def _beds(self, cells: Iterable[Cell]) -> tuple[list[int], list[int], int]:
        """The beds of some cells after the transfer: variables, signs, and what is there now."""
        its = list(cells)
        numbers = [self.at[cell] for cell in its if cell in self.at]
        of = [*self.take[numbers].tolist(), *self.give[numbers].tolist()]
        now = sum(self.question.now.get(cell, 0) for cell in its)
        return of, [1] * len(numbers) + [-1] * len(numbers), now

    # -- what is measured -----------------------------------------------------

    def _measures(self) -> None:
        self.weights[Measure.MOVED] = self.give
        self.weights[Measure.LEAVING] = self._leaving()
        if self.question.structure is not None:
            self.weights[Measure.STRUCTURE] = self._structure(self.question.structure)
        if self.question.has(Measure.TARGETS):
            short, over = self._targets()
            self.weights[Measure.SHORTAGE], self.weights[Measure.EXCESS] = short, over
            self.weights[Measure.TARGETS] = np.concatenate([short, over])
            self.weights[Measure.UNEVEN] = self._uneven(short, over)

    def _leaving(self) -> Integers:
        """For each district and pool, how many more it gives than it takes."""
        groups: dict[tuple[str, str], list[Cell]] = {}
        for cell in self.cells:
            groups.setdefault((cell.district, cell.pool), []).append(cell)
        leaving = self.programme.variables(len(groups), low=0, high=self.size)
        for number, its in enumerate(groups.values()):
            of, signs, _ = self._beds(its)
            self.programme.row([leaving[number], *of], [1, *signs], least=0)
        return leaving

    def _structure(self, asked: Structure) -> Integers:
        """Whole beds that each part lacks to its share p/q: q short + q own > p all - q."""
        pairs = [(scope, part) for scope in asked.scopes for part in asked.shares]
        lacking = self.programme.variables(len(pairs), low=0, high=self.size)
        for number, (scope, part) in enumerate(pairs):
            share = asked.shares[part]
            p, q = share.numerator, share.denominator
            own, signs, now = self._beds(self._part(asked, scope, asked.levels[part]))
            of, every, whole = self._beds(self._part(asked, scope, asked.every_level))
            weights = [q, *(q * sign for sign in signs), *(-p * sign for sign in every)]
            self._joined([lacking[number], *own, *of], weights, least=p * whole - q * now - q + 1)
            self.still[int(lacking[number])] = max(0, p * whole // q - now)
        return lacking

    def _part(self, asked: Structure, scope: str, levels: frozenset[str]) -> Iterator[Cell]:
        districts, counted = asked.scopes[scope], self.question.counted
        for cell in self.every:
            if cell.district in districts and cell.level in levels and cell.pool in counted:
                yield cell

    def _joined(self, variables: list[int], coefficients: list[int], *, least: int) -> None:
        """A row in which a variable may be named more than once."""
        sums: dict[int, int] = {}
        for variable, coefficient in zip(variables, coefficients, strict=True):
            sums[int(variable)] = sums.get(int(variable), 0) + coefficient
        kept = {variable: n for variable, n in sums.items() if n}
        self.programme.row(list(kept), list(kept.values()), least=least)

    def _targets(self) -> tuple[Integers, Integers]:
        """For each district with a target, the beds that it lacks and those it has above it."""
        targets = dict(sorted(self.question.targets.items()))
        high = self.size + max(targets.values())
        short = self.programme.variables(len(targets), low=0, high=high)
        over = self.programme.variables(len(targets), low=0, high=high)
        for number, (district, target) in enumerate(targets.items()):
            its = (cell for cell in self.every if cell.district == district)
            of, signs, now = self._beds(cell for cell in its if cell.pool in self.question.counted)
            self.programme.row([short[number], *of], [1, *signs], least=target - now)
            back = [-sign for sign in signs]
            self.programme.row([over[number], *of], [1, *back], least=now - target)
            self.still[int(short[number])] = max(0, target - now)
            self.still[int(over[number])] = max(0, now - target)
        return short, over

    def _uneven(self, short: Integers, over: Integers) -> Integers:
        """The worst district: so many beds per ``PER`` people that none is further away."""
        targets, people = sorted(self.question.targets), self.question.people
        high = PER * (self.size + max(self.question.targets.values()))
        worst = self.programme.variables(1, low=0, high=high)
        still = 0
        for number, district in enumerate(targets):
            for apart in (short[number], over[number]):
                self.programme.row([worst[0], apart], [people[district], -PER], least=0)
                still = max(still, -(-PER * self.still[int(apart)] // people[district]))
        self.still[int(worst[0])] = still
        return worst

    def _held(self) -> None:
        for measure, most in self.question.held.items():
            if Rule.holding(measure) in self.rules:
                self.programme.row(self.weights[measure], most=most)
