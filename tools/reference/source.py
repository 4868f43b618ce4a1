"""What the pages are made from: the shelf, its worked cases, and the clauses that tests name."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dingdian.core.indicators import MEASURES
from dingdian.core.policy import Benchmark, Clause, PolicyBook, Reading, Rule
from dingdian.core.policy.book import Layer
from dingdian.storage.policy_yaml import read_cases, read_shelf, shipped

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Source:
    """The shelf; rule -> the names of its worked cases; clause -> the tests that name it."""

    book: PolicyBook
    cases: Mapping[str, tuple[str, ...]]
    tests: Mapping[str, tuple[str, ...]]

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The folders of the shelf: the national one first, then by name."""
        names = sorted(self.book.layers, key=lambda name: (name != "national", name))
        return tuple(self.book.layers[name] for name in names)

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """Every rule by id."""
        return {rule.rule: rule for layer in self.layers for rule in layer.rules}

    @cached_property
    def uses(self) -> Mapping[str, Uses]:
        """Clause -> everything of the program that carries it out."""
        found: dict[str, Uses] = defaultdict(Uses.none)
        for layer in self.layers:
            for rule in layer.rules:
                for clause in clauses_of(rule):
                    found[clause] = found[clause].with_rule(rule)
            for benchmark in layer.benchmarks:
                for clause in benchmark.clauses:
                    found[clause] = found[clause].with_benchmark(benchmark)
            for reading in layer.readings:
                for clause in reading.clauses:
                    found[clause] = found[clause].with_reading(reading)
        for measure in MEASURES.values():
            for clause in measure.clauses:
                found[clause] = found[clause].with_measure(measure.id)
        return found

    def shown_by(self, clause: Clause) -> tuple[str, ...]:
        """The tests that name a clause, then the worked cases of its rules (``rule: 3 cases``)."""
        rules = (rule.rule for rule in self.uses[clause.id].rules)
        worked = [(rule, len(self.cases[rule])) for rule in rules if rule in self.cases]
        told = [f"{rule}: {n} worked case{'s' if n > 1 else ''}" for rule, n in worked]
        return (*self.tests.get(clause.id, ()), *told)


@dataclass(frozen=True, slots=True)
class Uses:
    """What carries out a clause: rules, benchmarks, readings and measures."""

    rules: tuple[Rule, ...]
    benchmarks: tuple[Benchmark, ...]
    readings: tuple[Reading, ...]
    measures: tuple[str, ...]

    @staticmethod
    def none() -> Uses:
        """Nothing."""
        return Uses((), (), (), ())

    def with_rule(self, rule: Rule) -> Uses:
        """These and a rule."""
        return Uses((*self.rules, rule), self.benchmarks, self.readings, self.measures)

    def with_benchmark(self, benchmark: Benchmark) -> Uses:
        """These and a benchmark."""
        return Uses(self.rules, (*self.benchmarks, benchmark), self.readings, self.measures)

    def with_reading(self, reading: Reading) -> Uses:
        """These and a reading."""
        return Uses(self.rules, self.benchmarks, (*self.readings, reading), self.measures)

    def with_measure(self, measure: str) -> Uses:
        """These and a measure."""
        return Uses(self.rules, self.benchmarks, self.readings, (*self.measures, measure))


def clauses_of(rule: Rule) -> tuple[str, ...]:
    """The clauses of a rule and of its dated values, each once."""
    return tuple(dict.fromkeys((*rule.clauses, *(each.clause for each in rule.values))))


def step_of(rule: Rule) -> str:
    """The step in which the engine of a rule comes; empty when it is here."""
    return str(getattr(rule, "step", ""))


def shipped_source() -> Source:
    """The shelf that comes with the package, and the tests of this working tree."""
    cases = read_cases(shipped()).values()
    names: dict[str, list[str]] = defaultdict(list)
    for case in (each for several in cases for each in several):
        names[case.rule].append(case.name)
    worked = {rule: tuple(each) for rule, each in names.items()}
    return Source(read_shelf(shipped()), worked, named_clauses(ROOT / "tests"))


def named_clauses(tests: Path) -> dict[str, tuple[str, ...]]:
    """Clause -> the tests that name it with ``@pytest.mark.clause``, as ``path::test``.

    The files are parsed, not run. A mark on a class, on a parameter or on a whole module
    (``pytestmark``) counts as well.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(tests.rglob("test_*.py")):
        where = path.relative_to(tests.parent).as_posix()
        for name, clause in _marks(ast.parse(path.read_text("utf-8"))):
            found[clause].append(f"{where}::{name}" if name else where)
    return {clause: tuple(dict.fromkeys(names)) for clause, names in found.items()}


def _marks(module: ast.Module) -> Iterator[tuple[str, str]]:
    """Pairs of test (empty: the whole module) and clause."""
    for node in module.body:
        if isinstance(node, ast.Assign) and _is_pytestmark(node):
            yield from (("", clause) for clause in _clauses_in(node.value))
        elif isinstance(node, ast.ClassDef):
            yield from (
                (node.name, clause) for each in node.decorator_list for clause in _clauses_in(each)
            )
            yield from _functions(node.body, f"{node.name}::")
    yield from _functions(module.body, "")


def _functions(body: list[ast.stmt], prefix: str) -> Iterator[tuple[str, str]]:
    for node in body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            for decorator in node.decorator_list:
                yield from ((prefix + node.name, clause) for clause in _clauses_in(decorator))


def _is_pytestmark(node: ast.Assign) -> bool:
    return any(isinstance(each, ast.Name) and each.id == "pytestmark" for each in node.targets)


def _clauses_in(node: ast.expr) -> Iterator[str]:
    """The ids in every ``pytest.mark.clause(…)`` inside an expression."""
    for each in ast.walk(node):
        if isinstance(each, ast.Call) and ast.unparse(each.func) == "pytest.mark.clause":
            yield from (str(arg.value) for arg in each.args if isinstance(arg, ast.Constant))
