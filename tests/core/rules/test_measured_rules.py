"""Families benchmark, structure, report, the stated ones, and the ones whose engine comes later."""

import datetime as dt
from fractions import Fraction

import pytest

from dingdian.core.findings import State
from dingdian.core.rules import FAMILIES, decide
from dingdian.core.rules.compare import Comparison, all_hold, any_holds, holds
from dingdian.core.workings import Figure
from tests.worlds import ROOT, rule, world

LEVELS = ("tertiary", "secondary", "primary")


def figure(value):
    return Figure("k", "m", "", value, "index", "given")


@pytest.mark.parametrize(
    ("comparison", "below", "on", "above"),
    [
        (Comparison.AT_LEAST, False, True, True),
        (Comparison.AT_MOST, True, True, False),
        (Comparison.MORE_THAN, False, False, True),
        (Comparison.LESS_THAN, True, False, False),
    ],
)
def test_the_rim_is_part_of_the_word(comparison, below, on, above):
    limit, little = Fraction(1), Fraction(1, 10**9)
    found = [
        holds(comparison, figure(value), figure(limit))
        for value in (limit - little, limit, limit + little)
    ]

    assert found == [below, on, above]


def test_no_verdict_rests_on_a_float():
    with pytest.raises(TypeError):
        holds(Comparison.AT_MOST, figure(0.1), figure(Fraction(1)))


def test_unknown_is_neither_true_nor_false():
    assert any_holds([None, True]) is True
    assert any_holds([None, False]) is None
    assert all_hold([None, False]) is False
    assert all_hold([None, True]) is None
    assert holds(Comparison.AT_MOST, figure(None), figure(Fraction(1))) is None


@pytest.mark.clause("SY-02", "DX-07", "DX-08")
@pytest.mark.parametrize(
    ("beds", "state", "excess"),
    [("7.19", State.KEPT, "-0.01"), ("7.2", State.KEPT, "0"), ("7.21", State.BROKEN, "0.01")],
)
def test_a_measure_is_held_against_each_benchmark(beds, state, excess):
    against = rule(
        "benchmark",
        ["health_plan_beds"],
        measure="beds_per_1000",
        comparison="at_most",
        at=["whole"],
    )
    facts = world({f"beds_per_1000.{ROOT}": beds}, benchmarks={"health_plan_beds": "7.2"})

    finding = decide(against, facts).findings[0]

    assert finding.state is state
    assert facts.workings.figures[dict(finding.numbers)["excess"]].value == Fraction(excess)


@pytest.mark.clause("SY-02")
def test_without_a_benchmark_nothing_is_over():
    against = rule(
        "benchmark", ["nobody_set"], measure="beds_per_1000", comparison="at_most", at=["whole"]
    )

    finding = decide(against, world({f"beds_per_1000.{ROOT}": 9})).findings[0]

    assert (finding.state, finding.why.code) == (State.UNDEFINED, "no_benchmark")


@pytest.mark.clause("SY-03")
@pytest.mark.parametrize(
    ("reading", "beds", "state"),
    [
        ("gap_only", (600, 200, 200), State.NOTED),
        ("gap_only", (900, 50, 50), State.NOTED),
        ("gap_only", (0, 0, 0), State.UNDEFINED),
        ("exactly", (600, 200, 200), State.KEPT),
        ("exactly", (601, 200, 199), State.BROKEN),
        ("exactly", (0, 0, 0), State.UNDEFINED),
        ("within", (650, 175, 175), State.KEPT),
        ("within", (651, 175, 174), State.BROKEN),
        ("within", (550, 225, 225), State.KEPT),
        ("within", (549, 225, 226), State.BROKEN),
        ("within", (0, 0, 0), State.UNDEFINED),
    ],
)
def test_whether_a_structure_is_judged_is_a_reading_and_its_gaps_are_shown(reading, beds, state):
    shares = {
        f"contracted_beds_{level}": s
        for level, s in zip(LEVELS, ("60%", "20%", "20%"), strict=True)
    }
    structure = rule("structure", shares, at=["whole"])
    given = {f"contracted_beds_{at}.{ROOT}": n for at, n in zip(LEVELS, beds, strict=True)}
    facts = world(given, choices={"structure_verdict": reading})

    finding = decide(structure, facts).findings[0]

    assert finding.state is state
    gaps = [
        facts.workings.figures[k].value for role, k in finding.numbers if role.startswith("gap:")
    ]
    assert state is State.UNDEFINED or sum(gaps) == 0


@pytest.mark.clause("DX-10", "DX-15", "SY-31")
@pytest.mark.parametrize(("value", "state"), [(0, State.KEPT), (None, State.UNDEFINED)])
def test_a_measure_that_must_be_shown_and_cannot_be_is_named(value, state):
    report = rule("report", ["bed_use"], at=["whole"])

    finding = decide(report, world({f"bed_use.{ROOT}": value})).findings[0]

    assert finding.state is state
    assert (finding.why is None) is (state is State.KEPT)


@pytest.mark.clause("SY-23", "SY-24", "DX-19", "DX-32")
@pytest.mark.parametrize("family", ["exemption", "priority"])
def test_a_group_is_stated_with_how_many_it_touches(family):
    extra = {"exemption": {"lifts": ["quota"]}, "priority": {"mode": "tie_break"}}[family]
    group = {"flags": ["key_project"], "kinds": ["clinic"], "public_kinds": ["hospital"],
             "types": ["psychiatric"]}  # fmt: skip
    hospital = {"kind": "hospital", "standing": "in_force", "key_project": False, "region": ROOT}
    institutions = [
        {"code": str(at), **hospital, **own}
        for at, own in enumerate(
            (
                {"ownership": "public", "type": "psychiatric"},
                {"ownership": "private", "type": "general", "key_project": True},
                {"ownership": "public", "type": "general", "standing": "undesignated"},
                {"kind": "clinic", "standing": "undesignated", "key_project": True},
                {"kind": "clinic", "standing": "closed"},
            )
        )
    ]
    facts = world(institutions=institutions)
    (finding,) = decide(rule(family, group, **extra), facts).findings

    assert {r: facts.workings.figures[k].value for r, k in finding.numbers} == {
        "designated:key_project": 1, "undesignated:key_project": 1,
        "designated:clinic": 0, "undesignated:clinic": 1,
        "designated:hospital": 1, "undesignated:hospital": 1,
        "designated:psychiatric": 1, "undesignated:psychiatric": 0,
    }  # fmt: skip


@pytest.mark.parametrize("family", ["exemption", "priority", "scope", "resources"])
@pytest.mark.clause("SY-23", "SY-24", "DX-32", "DX-19")
def test_what_a_plan_only_states_is_noted(family):
    extra = {"exemption": {"lifts": ["quota"]}, "priority": {"mode": "tie_break"}}
    value = {
        "scope": {"county": ["district"]},
        "resources": ["pharmacies"],
    }.get(family, {"flags": ["key_project"]})

    finding = decide(rule(family, value, **extra.get(family, {})), world()).findings[0]

    assert finding.state is State.NOTED


def test_a_clause_whose_engine_comes_later_says_with_which_step():
    said = {"text": "公开征求意见", "text_en": "Consult the public"}
    finding = decide(rule("duty", said, step="6"), world()).findings[0]

    assert (finding.state, finding.step) == (State.NOT_IMPLEMENTED, "6")


def test_a_repealed_value_is_not_in_force_and_cites_its_clause():
    repealed = rule("duty", None, step="6")

    finding = decide(repealed, world(day=dt.date(2026, 1, 1))).findings[0]

    assert finding.state is State.NOT_IN_FORCE
    assert finding.clauses == ("X-1",)


def test_every_family_has_a_shape_and_an_engine():
    for family, (shape, engine) in FAMILIES.items():
        assert shape.model_fields["family"].annotation.__args__ == (family,)
        assert callable(engine)
