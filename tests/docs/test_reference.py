"""The generated pages, and the promise behind them: every clause is shown or comes later."""

import textwrap

import pytest

from tools.build_reference import PAGES, stale
from tools.reference.clauses import state
from tools.reference.source import named_clauses, shipped_source, step_of

PLANS = [*(f"DX-{n:02d}" for n in range(1, 47)), *(f"SY-{n:02d}" for n in range(1, 32))]


@pytest.fixture(scope="module")
def source():
    return shipped_source()


@pytest.fixture(scope="module")
def clauses(source):
    return {clause.id: clause for layer in source.layers for clause in layer.clauses}


def test_every_clause_of_both_plans_is_on_the_shelf(clauses):
    assert sorted(set(clauses) & set(PLANS)) == sorted(PLANS)


def test_every_clause_lives_somewhere_or_says_why_not(source, clauses):
    assert {c.id for c in clauses.values() if state(source.uses[c.id], c) == "nowhere"} == set()


def test_every_clause_is_named_by_a_test_or_its_engine_comes_later(source, clauses):
    def waits(clause):
        rules = source.uses[clause].rules
        return bool(rules) and all(step_of(rule) for rule in rules)

    unnamed = {each for each in clauses if each not in source.tests and not waits(each)}
    assert {each for each in unnamed if not clauses[each].no_rule} == set()


def test_no_test_names_a_clause_that_is_not_on_the_shelf(source, clauses):
    assert set(source.tests) <= set(clauses)


def test_a_page_names_every_thing_that_it_is_about(source):
    rules = PAGES["rules.md"](source)
    readings = PAGES["readings.md"](source)

    assert [rule for rule in source.rules if f"### {rule}\n" not in rules] == []
    assert [
        each.reading
        for layer in source.layers
        for each in layer.readings
        if f"### {each.reading}\n" not in readings
    ] == []


def test_stale_names_changed_missing_and_left_over_pages(tmp_path):
    pages = {"a.md": "a\n", "b.md": "b\n", "c.md": "c\n"}
    for name, text in {"a.md": "a\n", "b.md": "old\n", "z.md": "z\n"}.items():
        (tmp_path / name).write_text(text, "utf-8")

    assert stale(tmp_path, pages) == ["b.md", "c.md", "z.md"]


def test_marks_are_found_on_functions_classes_parameters_and_modules(tmp_path):
    tests = tmp_path / "tests"
    tests.mkdir()
    (tests / "test_a.py").write_text(
        textwrap.dedent(
            """
            import pytest
            pytestmark = pytest.mark.clause("A-1")

            @pytest.mark.clause("A-2", "A-3")
            def test_f(): ...

            @pytest.mark.clause("A-4")
            class TestC:
                @pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.clause("A-5"))])
                def test_g(self, x): ...

            @pytest.mark.clause("A-6")
            def not_a_test(): ...
            """
        ),
        "utf-8",
    )

    assert named_clauses(tests) == {
        "A-1": ("tests/test_a.py",),
        "A-2": ("tests/test_a.py::test_f",),
        "A-3": ("tests/test_a.py::test_f",),
        "A-4": ("tests/test_a.py::TestC",),
        "A-5": ("tests/test_a.py::TestC::test_g",),
    }
