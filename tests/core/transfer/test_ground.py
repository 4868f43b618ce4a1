"""What a transfer rests on: the beds, targets and rules of a tiny city."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from dingdian.core.policy.model import Reading
from dingdian.core.rules import Facts
from dingdian.core.rules.facts import ScopeKind
from dingdian.core.transfer import Cell, Holder, Measure, Rule
from dingdian.core.transfer.ground import Frozen, Ground, ground_of
from dingdian.core.transfer.stock import GENERAL, Unknown, sizes_of
from dingdian.core.transfer.wish import Alike, TargetKind, Wish
from tests.city import BING, DISTRICTS, JIA, ROOT, URBAN, YI, Rows, n, rows
from tests.city_policy import POOLS, policy, rule, workings

LEVELS = {
    "contracted_beds_tertiary": "60%",
    "contracted_beds_secondary": "20%",
    "contracted_beds_primary": "20%",
}
STRUCTURE = rule("levels", "structure", LEVELS, at=["whole"], clauses=["SY-03"])
NEED = rule(
    "need",
    "benchmark",
    ["insurer_needed_beds"],
    measure="contracted_beds_per_1000",
    comparison="at_most",
    at=["district"],
    clauses=["SY-04"],
)
FREEZE = rule(
    "freeze",
    "freeze",
    {"base_year": "2024", "through": "2027-12-31"},
    resource="contracted_beds",
    clauses=["SY-06"],
)
APART = rule("pools", "pool", POOLS)
BALANCE = rule("balance", "report", ["gini_population_medical"], at=["whole"], clauses=["DX-15"])
ALL = (APART, STRUCTURE, NEED, FREEZE)
FREE = Wish(minimum={"tertiary": 200, "secondary": 50, "primary": 20})


def ground(
    wish: Wish = FREE,
    *,
    rules: tuple[Any, ...] = ALL,
    change: Callable[[Rows], None] = lambda _rows: None,
    **choices: str | None,
) -> Ground:
    its = rows()
    change(its)
    chosen = {"freeze_base": "year_before_plan", "freeze_room": "zero_net", **choices}
    made = policy(choices=chosen, rules=rules)
    return ground_of(Facts(workings(its, made), 2026), wish)


def need(per_1000: str, region: str | None = None) -> Callable[[Rows], None]:
    def change(its: Rows) -> None:
        row = {"benchmark": "insurer_needed_beds", "value": n(per_1000), "region": region}
        its["benchmarks"].append(row)

    return change


def row(its: Rows, table: str, **key: object) -> dict[str, Any]:
    return next(r for r in its[table] if all(r.get(name) == word for name, word in key.items()))


@pytest.mark.clause("SY-14")
def test_the_stock_is_that_of_designated_institutions_by_class_without_chairs() -> None:
    found = ground()
    beds = {(h.code, h.district, h.level): dict(h.beds) for h in found.question.holders}
    assert beds == {
        ("H9101001", JIA, "tertiary"): {"general": 300, "dialysis": 20},
        ("H9101002", JIA, "secondary"): {"psychiatric": 100},
        ("H9102001", YI, "secondary"): {"general": 80, "rehabilitation": 20},
        ("H9102002", YI, "ungraded"): {"nursing": 20},
        ("H9103001", BING, "primary"): {"general": 60},
    }
    assert found.stock.chairs == 5
    assert found.left_out == ()


def test_a_level_without_a_minimum_is_not_touched() -> None:
    holders = {each.code: each for each in ground().question.holders}
    assert holders["H9101001"].least == 200
    assert holders["H9102002"].least is None
    levels = {cell.level for cell in ground().question.grid}
    assert levels == {"tertiary", "secondary", "primary"}


@pytest.mark.clause("SY-14")
def test_classes_that_no_rule_manages_apart_may_be_taken_as_one() -> None:
    found = ground(Wish(minimum=FREE.minimum, alike=Alike.POOL))
    pools = {pool for each in found.question.holders for pool in each.beds}
    assert pools == {GENERAL, "dialysis", "psychiatric", "rehabilitation"}


def test_an_institution_without_bed_rows_is_left_out_and_its_district_keeps_its_sum() -> None:
    def change(its: Rows) -> None:
        need("3")(its)
        its["beds"] = [each for each in its["beds"] if each["institution"] != "H9103001"]

    found = ground(change=change)
    (unknown,) = found.left_out
    assert (unknown.code, unknown.district, unknown.why) == ("H9103001", BING, Unknown.BEDS)
    assert found.question.steady == {BING}
    assert BING not in found.question.targets
    target = found.targets.districts[BING]
    assert target.why is not None
    assert target.why.code == "beds_unknown"


@pytest.mark.clause("SY-03")
def test_beds_that_are_unknown_are_no_part_of_a_structure() -> None:
    def change(its: Rows) -> None:
        its["beds"] = [each for each in its["beds"] if each["institution"] != "H9103001"]

    assert ground().question.structure is not None
    assert ground(change=change).question.structure is None
    by_district = Wish(minimum=FREE.minimum, structure_at=(ScopeKind.DISTRICT,))
    structure = ground(by_district, change=change).question.structure
    assert structure is not None
    assert set(structure.scopes) == {JIA, YI}


def test_a_district_with_unknown_beds_keeps_its_sum_even_without_any_target() -> None:
    def change(its: Rows) -> None:
        its["beds"] = [each for each in its["beds"] if each["institution"] != "H9103001"]

    wish = Wish(minimum=FREE.minimum, target=TargetKind.NONE)
    assert ground(wish, change=change).question.steady == {BING}


def test_one_class_that_is_unknown_leaves_the_whole_institution_out() -> None:
    def change(its: Rows) -> None:
        row(its, "beds", institution="H9101001", bed_class="dialysis")["contracted"] = None

    found = ground(change=change)
    assert [each.code for each in found.left_out] == ["H9101001"]
    assert "H9101001" not in {each.code for each in found.question.holders}


def test_one_whose_designation_is_unknown_is_left_out() -> None:
    def change(its: Rows) -> None:
        row(its, "institutions", code="H9101001")["standing"] = None

    (unknown,) = ground(change=change).left_out
    assert (unknown.code, unknown.why) == ("H9101001", Unknown.STANDING)


def test_one_that_lies_in_no_district_is_left_out() -> None:
    def change(its: Rows) -> None:
        row(its, "institutions", code="H9101001")["region"] = ROOT

    (unknown,) = ground(change=change).left_out
    assert (unknown.code, unknown.why) == ("H9101001", Unknown.REGION)


@pytest.mark.clause("SY-04")
def test_targets_are_the_policys_benchmark_in_whole_beds_halves_up() -> None:
    def change(its: Rows) -> None:
        need("3")(its)
        need("2.975", BING)(its)

    found = ground(change=change)
    assert found.targets.kind is TargetKind.NEED
    assert found.targets.benchmark == "insurer_needed_beds"
    assert found.question.targets == {JIA: 360, YI: 180, BING: 60}  # 59.5 in 丙县
    assert found.question.people == {JIA: 120_000, YI: 60_000, BING: 20_000}
    assert found.cited[Measure.TARGETS].clauses == ("SY-04",)


@pytest.mark.clause("DX-15")
def test_without_a_benchmark_the_mean_is_shared_out_to_the_last_bed() -> None:
    found = ground(rules=(APART, BALANCE))
    assert found.targets.kind is TargetKind.MEAN
    assert found.question.targets == {JIA: 360, YI: 180, BING: 60}
    assert sum(found.question.targets.values()) == 600
    assert found.cited[Measure.TARGETS].clauses == ("DX-15",)


def test_a_number_per_1000_may_be_given_and_targets_be_left_out() -> None:
    given = Wish(minimum=FREE.minimum, target=TargetKind.GIVEN, per_1000=Fraction(4))
    assert ground(given).question.targets == {JIA: 480, YI: 240, BING: 80}
    none = ground(Wish(minimum=FREE.minimum, target=TargetKind.NONE))
    assert (none.question.targets, none.question.steady) == ({}, frozenset())


@pytest.mark.parametrize(("people", "why"), [(n(0), "people_zero"), (None, None)])
def test_a_district_without_people_has_no_target_and_keeps_its_sum(
    people: Fraction | None, why: str | None
) -> None:
    def change(its: Rows) -> None:
        need("3")(its)
        for each in its["populations"]:
            if each["region"] == YI:
                each["resident"] = people

    found = ground(change=change)
    assert found.question.steady == {YI}
    assert set(found.question.targets) == {JIA, BING}
    target = found.targets.districts[YI]
    assert target.beds is None
    assert target.why is not None
    assert why in (None, target.why.code)


def test_nobody_has_people() -> None:
    def change(its: Rows) -> None:
        for each in its["populations"]:
            each["resident"] = n(0)

    found = ground(rules=(APART,), change=change)
    assert (found.question.targets, found.question.steady) == ({}, frozenset())
    assert not found.targets.given


def test_a_district_for_which_no_number_is_stated_keeps_its_sum() -> None:
    found = ground(change=need("3", JIA))
    assert found.question.targets == {JIA: 360}
    assert found.question.steady == {YI, BING}


@pytest.mark.clause("SY-03")
def test_the_structure_is_that_of_the_rule_in_the_areas_asked_for() -> None:
    wish = Wish(minimum=FREE.minimum, structure_at=(ScopeKind.WHOLE, ScopeKind.ZONE))
    structure = ground(wish).question.structure
    assert structure is not None
    fifth = Fraction(1, 5)
    assert structure.shares == {"tertiary": 3 * fifth, "secondary": fifth, "primary": fifth}
    assert structure.scopes[ROOT] == set(DISTRICTS)
    assert structure.scopes[URBAN] == {JIA, YI}
    assert structure.levels["primary"] == {"primary"}


def test_ungraded_beds_are_primary_where_the_reading_says_so() -> None:
    structure = ground(ungraded_beds="with_primary").question.structure
    assert structure is not None
    assert structure.levels["primary"] == {"primary", "ungraded"}


def test_classes_managed_apart_count_only_inside_the_ratio() -> None:
    assert ground().question.counted >= {"general", "dialysis", "psychiatric"}
    outside = ground(separate_pools_in_ratio="outside").question
    assert outside.counted == {"general", "nursing"}
    assert Cell(JIA, "tertiary", "dialysis") in outside.now


def test_without_a_rule_there_is_no_structure() -> None:
    assert ground(rules=(APART,)).question.structure is None


@pytest.mark.clause("SY-06")
def test_the_freeze_is_checked_and_cited() -> None:
    found = ground()
    assert found.frozen == Frozen(base=668, stock=600)
    assert found.cited[Rule.TOTAL].clauses == ("SY-06",)
    assert ground(rules=(APART,)).frozen is None
    assert ground(rules=(APART,)).cited[Rule.TOTAL].clauses == ()


@pytest.mark.clause("SY-06")
def test_a_freeze_whose_base_is_unknown_says_so() -> None:
    def change(its: Rows) -> None:
        its["history"] = []

    assert ground(change=change).frozen == Frozen(base=None, stock=600)


def test_a_freeze_whose_reading_is_open_is_in_force_and_cannot_be_checked() -> None:
    assert ground(freeze_room=None).frozen == Frozen(base=None, stock=None)


def test_use_is_of_the_year_of_the_stock() -> None:
    found = ground()
    assert found.use["H9102001"] == Fraction(20_000, 36_500)
    assert "H9102002" not in found.use


def test_suspended_institutions_count_by_the_reading() -> None:
    def change(its: Rows) -> None:
        row(its, "institutions", code="H9103001")["standing"] = "suspended"

    def codes(found: Ground) -> set[str]:
        return {each.code for each in found.question.holders}

    assert "H9103001" in codes(ground(change=change))
    assert "H9103001" not in codes(ground(change=change, stock_suspended="does_not_count"))


def test_a_holder_has_room_above_its_minimum_only() -> None:
    its = [Holder("a", JIA, "primary", {"general": 30, "tcm": 10}, least) for least in (35, 50)]
    assert [each.room for each in its] == [5, 0]


def size(number: str | None, chosen: str = "standard", level: str = "secondary") -> Reading:
    return Reading.model_validate(
        {
            "reading": f"minimum_size_{level}",
            "clauses": ["MOH94-02"],
            **dict.fromkeys(("question", "question_en", "why", "why_en", "by", "by_en"), "?"),
            "options": {"standard": "?", "untouched": "?"},
            "options_en": {"standard": "?", "untouched": "?"},
            "chosen": chosen,
            "number": number,
            "decided_on": "2026-11-30",
            "effect": "transfer",
        }
    )


def kept(wish: Wish, *readings: Reading) -> dict[str, int]:
    made = policy(choices={}, rules=())
    made = replace(made, readings={each.reading: each for each in readings})
    return dict(sizes_of(workings(rows(), made), wish))


def test_minimum_sizes_are_readings_of_the_shelf_unless_asked_for_otherwise() -> None:
    shelf = (size("100"), size("20", level="primary"))
    assert kept(Wish(), *shelf) == {"secondary": 100, "primary": 20}
    assert kept(Wish(minimum={"secondary": 80, "ungraded": 5}), *shelf) == {
        "secondary": 80,
        "primary": 20,
        "ungraded": 5,
    }
    assert kept(Wish(minimum={"secondary": None}), *shelf) == {"primary": 20}


def test_a_level_without_a_size_is_not_touched() -> None:
    assert kept(Wish()) == {}
    assert kept(Wish(), size("100", "untouched"), size(None, level="primary")) == {}


def test_a_size_of_the_shelf_is_cited_and_one_that_was_asked_for_is_not() -> None:
    made = policy(choices={}, rules=())
    made = replace(made, readings={"minimum_size_secondary": size("100")})
    facts = Facts(workings(rows(), made), 2026)
    own = ground_of(facts, Wish()).cited[Rule.MINIMUM]
    asked = ground_of(facts, Wish(minimum={"secondary": 9})).cited[Rule.MINIMUM]
    assert (own.clauses, own.readings) == (("MOH94-02",), ("minimum_size_secondary",))
    assert (asked.clauses, asked.readings) == ((), ())
