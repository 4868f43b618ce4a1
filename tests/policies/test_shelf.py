"""The shipped shelf itself: every clause, every doubt, every reading, every case."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import pytest

from dingdian.core.indicators import MEASURES
from dingdian.core.policy import PolicyBook, Reading, Rule
from dingdian.core.policy.cases import Case
from dingdian.core.policy.model import DOUBTS
from dingdian.core.rules import SHAPES
from dingdian.storage.policy_references import citations
from dingdian.storage.policy_yaml import read_cases, read_shelf, shipped, shipped_places

#: Families whose engine is here; the others name the step in which theirs comes.
PLANNING = {
    "assessment", "bottom_rank", "grade_moves", "panel", "person_points", "score_sheet",
    "benchmark", "checklist", "coverage", "eligibility", "evaluation", "exemption", "freeze",
    "minimum", "pool", "priority", "ranking", "red_line", "release_quota", "report", "resources",
    "scope", "spacing", "stock_cap", "structure", "survey", "yearly_places",
}  # fmt: skip

#: Families that decide about one institution, held by tests/core/lifecycle and assessment: no
#: plan has a finding of them, so that they have no worked cases.
OF_ONE = {
    "assessment", "bottom_rank", "clock", "grade_moves", "person_points", "score_sheet",
    "service_gate",
}  # fmt: skip

#: Purposes of checklists that are asked of one institution under its agreement.
OF_A_LIFE = {"suspension", "termination"}

#: Readings that the program asks for by name, with their options.
CONSULTED = {
    "rounding": {"down", "up", "half_up"},
    "release_kinds": {"terminations_only", "all_exits", "all_with_reductions"},
    "release_area": {"district", "city_pool"},
    "stock_suspended": {"counts", "does_not_count"},
    "bed_basis": {"contracted", "open", "approved"},
    "bed_population": {"resident", "insured"},
    "agglomeration_institutions": {"outpatient_pooling_institutions", "medical_institutions"},
    "agglomeration_population": {"resident", "insured"},
    "red_line_start": {"evidence", "decision"},
    "red_line_fund": {"any", "all", "employee_pool", "resident_pool", "sum"},
    "reserve_fund": {"any", "all", "employee_pool", "resident_pool", "sum"},
    "exempt_from_red_line": {"yes", "no"},
    "minimum_upper": {"ignore", "show"},
    "grade_order": {"c_or_better_with_a_best", "c_or_better_with_c_best", "exactly_c"},
    "larger_than_left": {"refuse", "partial", "carry_over"},
    "need_model": {"proposed", "adopted_number_only"},
    "elderly_age": {"aged_60", "aged_65"},
}
CONSULTED_SHENYANG = {
    "scope_combination": {"stricter", "both", "zone_only", "district_only"},
    "whole_scope": {"each_zone", "zones_together"},
    "separate_pools": {"own_releases", "same_share", "outside"},
    "separate_pools_in_ratio": {"inside", "outside"},
    "stock_cap_meaning": {"adjusted_stock", "adjusted_quantity"},
    "stock_cap_base": {"year_before_plan", "first_plan_year"},
    "stock_cap_districts": {"shared_by_stock", "city_only"},
    "freeze_room": {"released", "zero_net"},
}
CONSULTED_DAXINGANLING = {
    "designated_total": {"stock_at_plan_start", "stock_last_year"},
    "places_share": {"shortage_first", "own_release", "by_demand"},
    "minimum_precedence": {"real_need_first", "minimum_first"},
    "county_units": {"all_seven", "county_and_city_only"},
    "village_minimum": {"every_village", "covered_by_township"},
}


@pytest.fixture(scope="module")
def book() -> PolicyBook:
    return read_shelf(shipped())


@pytest.fixture(scope="module")
def cases() -> dict[str, tuple[Case, ...]]:
    return read_cases(shipped())


def rules_of(book: PolicyBook) -> list[tuple[str, Rule]]:
    return [(name, rule) for name, layer in book.layers.items() for rule in layer.rules]


def test_the_shelf_has_three_places() -> None:
    assert shipped_places() == ["daxinganling", "national", "shenyang"]


@pytest.mark.parametrize(
    ("place", "prefix", "last"), [("daxinganling", "DX", 46), ("shenyang", "SY", 31)]
)
def test_every_clause_of_the_two_plans_is_there(
    book: PolicyBook, place: str, prefix: str, last: int
) -> None:
    found = [clause.id for clause in book.layers[place].clauses]
    assert found == [f"{prefix}-{number:02d}" for number in range(1, last + 1)]


def test_every_clause_is_cited_or_says_why_not(book: PolicyBook) -> None:
    items = [
        each
        for layer in book.layers.values()
        for each in (*layer.rules, *layer.readings, *layer.benchmarks)
    ]
    cited = {clause for each in items for clause in citations(each)}
    for layer in book.layers.values():
        for clause in layer.clauses:
            assert (clause.id in cited) != bool(clause.no_rule), clause.id


def test_every_clause_quotes_both_languages(book: PolicyBook) -> None:
    for layer in book.layers.values():
        for clause in layer.clauses:
            assert len(clause.text) > 5, clause.id
            assert clause.text_en.isascii() or "²" in clause.text_en or "’" in clause.text_en
            assert clause.document in book.documents


def test_every_doubt_has_a_reading(book: PolicyBook) -> None:
    found = {n for layer in book.layers.values() for r in layer.readings for n in r.doubts}
    assert found == set(range(1, DOUBTS + 1))


def test_every_reading_is_chosen_and_says_why_by_whom_and_what_it_moves(book: PolicyBook) -> None:
    for layer in book.layers.values():
        for reading in layer.readings:
            assert reading.chosen in reading.options, reading.reading
            assert reading.why
            assert "医保局" in reading.by, reading.reading
            assert reading.moves, reading.reading
            assert reading.decided_on >= dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("shenyang", CONSULTED | CONSULTED_SHENYANG),
        ("daxinganling", CONSULTED | CONSULTED_DAXINGANLING),
    ],
)
def test_the_readings_that_the_program_asks_for_are_there(
    book: PolicyBook, place: str, wanted: dict[str, set[str]]
) -> None:
    readings = book.on(place, dt.date(2026, 1, 1)).readings
    found = {name: set(readings[name].options) for name in wanted}
    assert found == wanted


@pytest.mark.parametrize("place", ["shenyang", "daxinganling"])
def test_every_measure_finds_the_reading_it_is_chosen_by(book: PolicyBook, place: str) -> None:
    readings = book.on(place, dt.date(2026, 1, 1)).readings
    for measure in MEASURES.values():
        if name := getattr(measure.recipe, "reading", None):
            options = {option for option, _ in measure.recipe.options}  # type: ignore[attr-defined]
            assert set(readings[name].options) == options, measure.id


def test_a_city_chooses_otherwise_than_the_nation(book: PolicyBook) -> None:
    day = dt.date(2026, 1, 1)
    assert book.on("shenyang", day).choice("exempt_from_red_line") == "no"
    assert book.on("daxinganling", day).choice("exempt_from_red_line") == "yes"
    assert book.on("shenyang", day).choice("release_kinds") == "all_with_reductions"
    assert book.on("daxinganling", day).choice("release_kinds") == "terminations_only"


def test_the_need_model_has_numbers_with_ranges(book: PolicyBook) -> None:
    readings = book.on("shenyang", dt.date(2026, 1, 1)).readings
    use, back = readings["need_target_use"], readings["need_return_share"]
    assert [str(each) for each in (use.number, use.low, use.high)] == ["17/20", "17/20", "93/100"]
    assert [str(each) for each in (back.number, back.low, back.high)] == ["0", "0", "1/2"]


def test_every_family_stands_on_the_shelf(book: PolicyBook) -> None:
    assert {rule.family for _, rule in rules_of(book)} == set(SHAPES)


def test_every_rule_of_a_later_family_names_its_step(book: PolicyBook) -> None:
    for _, rule in rules_of(book):
        if rule.family == "duty":  # some of them are carried out already
            continue
        later = rule.family not in PLANNING | OF_ONE
        assert bool(getattr(rule, "step", "")) is later, rule.rule


def test_every_rule_rests_on_readings_of_its_own_layers(book: PolicyBook) -> None:
    day = dt.date(2026, 1, 1)
    for name, layer in book.layers.items():
        readings = book.on(name, day).readings
        for rule in layer.rules:
            assert set(rule.readings) <= set(readings), rule.rule


def test_every_reading_moves_something_that_is_there(book: PolicyBook) -> None:
    rules = {rule.rule for _, rule in rules_of(book)}
    for name, layer in book.layers.items():
        for reading in layer.readings:
            named = {each for each in reading.moves if each.startswith(("sy_", "dx_"))}
            assert named <= rules, (name, reading.reading)


def test_every_planning_rule_has_cases_on_both_sides(
    book: PolicyBook, cases: dict[str, tuple[Case, ...]]
) -> None:
    states: dict[str, set[str]] = defaultdict(set)
    days: dict[str, set[dt.date]] = defaultdict(set)
    for found in cases.values():
        for case in found:
            states[case.rule].add(case.expect.state)
            days[case.rule].add(case.day)
    for _, rule in rules_of(book):
        of_one = rule.family in OF_ONE or getattr(rule, "purpose", "") in OF_A_LIFE
        if of_one or getattr(rule, "step", ""):
            continue
        first = rule.values[0].since
        assert len(states[rule.rule]) >= 2, rule.rule
        assert min(days[rule.rule]) < first <= max(days[rule.rule]), rule.rule


def test_limits_have_cases_below_on_and_above(cases: dict[str, tuple[Case, ...]]) -> None:
    by_rule: dict[str, set[str]] = defaultdict(set)
    for found in cases.values():
        for case in found:
            by_rule[case.rule].add(case.expect.state)
    for rule in (
        "sy_beds_against_plans", "sy_bed_levels_6_2_2", "sy_bed_freeze", "sy_fund_red_line",
        "sy_inpatient_new_places", "sy_outpatient_new_places", "sy_pharmacy_stock_cap",
        "sy_prescription_transfer_cap", "dx_red_line_a", "dx_red_line_b", "dx_beds_against_mean",
        "dx_pharmacies_against_mean", "dx_grade_c_main_urban", "dx_grade_c_village",
    ):  # fmt: skip
        assert {"kept", "broken", "not_in_force"} <= by_rule[rule], rule


def test_no_two_cases_of_a_rule_have_one_name(cases: dict[str, tuple[Case, ...]]) -> None:
    for found in cases.values():
        names = [(case.rule, case.name) for case in found]
        assert len(names) == len(set(names))


@pytest.mark.clause("SY-06", "SY-12", "SY-15", "SY-16", "SY-19", "SY-24", "SY-28", "DX-11", "DX-18")
def test_in_principle_is_kept(book: PolicyBook) -> None:
    marked = {c for _, rule in rules_of(book) if rule.principle for c in rule.clauses}
    wanted = {"SY-06", "SY-12", "SY-15", "SY-16", "SY-19", "SY-24", "SY-28", "DX-11", "DX-18"}
    assert wanted <= marked


def test_what_is_from_memory_is_marked(book: PolicyBook) -> None:
    marks = {clause.id: clause.mark for clause in book.layers["national"].clauses}
    assert {marks[each] for each in ("O2-07", "O2-12", "O3-06", "O3-11", "O3-40")} == {"memory"}
    assert {marks[each] for each in ("O2-08", "O2-10", "N14-01", "N14-04")} == {"number_open"}


def test_a_national_clause_says_against_which_text_it_was_checked_or_is_marked(
    book: PolicyBook,
) -> None:
    for clause in book.layers["national"].clauses:
        checked = bool(clause.checked) and clause.checked_on is not None
        assert checked == (clause.mark == "verified"), clause.id


def one(book: PolicyBook, rule: str) -> Rule:
    return next(each for _, each in rules_of(book) if each.rule == rule)


@pytest.mark.clause("SY-06")
def test_the_freeze_holds_for_three_years(book: PolicyBook) -> None:
    value = one(book, "sy_bed_freeze").values[0].value
    assert (value.base_year, value.through) == ("2024", dt.date(2027, 12, 31))


@pytest.mark.clause("SY-12", "SY-13")
def test_half_of_the_released_beds_and_otherwise_no_number(book: PolicyBook) -> None:
    value = one(book, "sy_inpatient_new_places").values[0].value
    assert (str(value.met), value.otherwise) == ("1/2", None)
    assert (value.clauses_met, value.clauses_otherwise) == (("SY-12",), ("SY-13",))


@pytest.mark.clause("SY-15", "SY-16")
def test_half_or_all_of_the_released_places(book: PolicyBook) -> None:
    value = one(book, "sy_outpatient_new_places").values[0].value
    assert (str(value.met), str(value.otherwise)) == ("1/2", "1")
    assert (value.clauses_met, value.clauses_otherwise) == (("SY-15",), ("SY-16",))


@pytest.mark.clause("SY-03", "SY-07", "SY-08", "SY-09", "SY-14")
def test_the_numbers_of_shenyang(book: PolicyBook) -> None:
    value = {rule.rule: rule.values[0].value for _, rule in rules_of(book)}
    assert str(value["sy_pharmacy_stock_cap"]) == "17/20"
    assert str(value["sy_prescription_transfer_cap"]) == "3/5"
    assert value["sy_spacing_800"] == 800
    assert [str(each) for each in value["sy_bed_levels_6_2_2"].values()] == ["3/5", "1/5", "1/5"]
    apart = ("dialysis", "rehabilitation", "psychiatric", "tcm", "dental_chair")
    assert value["sy_separate_beds"] == apart


@pytest.mark.clause("MOH94-01", "MOH94-02", "MOH94-03")
def test_the_least_beds_of_a_level_are_borrowed_from_memory(book: PolicyBook) -> None:
    levels = ("tertiary", "secondary", "primary")
    readings = book.on("shenyang", dt.date(2026, 1, 1)).readings
    found = [readings[f"minimum_size_{level}"] for level in levels]
    assert [each.number for each in found] == [500, 100, 20]
    assert {each.mark for each in found} == {"memory"}


@pytest.mark.clause("SY-23")
def test_only_public_community_health_centres_go_first(book: PolicyBook) -> None:
    group = one(book, "sy_priority").values[0].value
    assert group.public_kinds == ("community_health_centre",)
    assert group.kinds == ()


@pytest.mark.clause("DX-27", "DX-28", "DX-29", "DX-30")
def test_the_minimums_of_daxinganling(book: PolicyBook) -> None:
    found = {
        rule.rule: (rule.unit, rule.strength, *map(int, rule.values[0].value))  # type: ignore[attr-defined]
        for _, rule in rules_of(book)
        if rule.family == "minimum"
    }
    assert found == {
        "dx_grade_c_main_urban": ("main_urban_area", "required", 2, 3),
        "dx_grade_c_township": ("township", "required", 1, 2),
        "dx_grade_c_community": ("community", "required", 1, 2),
        "dx_grade_c_village": ("village", "required", 1, 1),
        "dx_dual_channel": ("county", "encouraged", 1, 1),
    }


@pytest.mark.clause("DX-11", "DX-31", "SY-28")
def test_three_red_lines_with_their_own_triggers_and_consequences(book: PolicyBook) -> None:
    found = {
        rule.rule: (rule.values[0].value.consequence.value, len(rule.values[0].value.triggers))
        for _, rule in rules_of(book)
        if rule.family == "red_line"
    }
    assert found == {
        "dx_red_line_a": ("steady", 4),
        "dx_red_line_b": ("cap_total", 4),
        "sy_fund_red_line": ("pause", 3),
    }


def test_readings_name_clauses_of_their_own_place(book: PolicyBook) -> None:
    def foreign(reading: Reading, prefix: str) -> bool:
        return any(not clause.startswith(prefix) for clause in reading.clauses)

    for place, prefix in (("shenyang", "SY-"), ("daxinganling", "DX-")):
        wrong = [r.reading for r in book.layers[place].readings if foreign(r, prefix)]
        assert wrong == []


@pytest.mark.clause("O2-06", "O3-05", "O2-12", "O3-11")
def test_every_item_of_a_checklist_says_how_it_is_decided(book: PolicyBook) -> None:
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for _, rule in rules_of(book):
        if rule.family == "checklist":
            for item in (each for dated in rule.values for each in dated.value):
                found[rule.purpose][item.by].add(item.item)  # type: ignore[attr-defined]
    assert {purpose: set(ways) for purpose, ways in found.items()} == {
        "condition": {"fact", "months_since_opened", "beds_from"},
        "material": {"material"},
        "refusal": {"present", "record"},
        "suspension": {"present"},
        "termination": {"present"},
    }
    assert found["condition"]["months_since_opened"] == {"months_running"}
    assert found["condition"]["beds_from"] == {"insurance_department"}
    assert found["refusal"]["record"] == {
        "unserved_penalty",
        "fraud_within_3_years",
        "illegal_termination_within_3_years",
        "breach_termination_within_1_year",
        "person_caused_termination_within_5_years",
        "dishonest_persons_list",
    }


@pytest.mark.clause("O2-12", "O3-11")
def test_the_years_of_the_bars_and_what_ends_them(book: PolicyBook) -> None:
    for rule in ("medical_refusal_bars", "pharmacy_refusal_bars"):
        bars = {each.item: each for each in one(book, rule).values[0].value}
        years = {name: int(each.at_least) for name, each in bars.items() if each.at_least}
        assert years == {
            "fraud_within_3_years": 3,
            "illegal_termination_within_3_years": 3,
            "breach_termination_within_1_year": 1,
            "person_caused_termination_within_5_years": 5,
        }
        assert {name for name, each in bars.items() if each.until_met} == {
            "unserved_penalty",
            "illegal_termination_within_3_years",
            "breach_termination_within_1_year",
        }
        assert {name for name, each in bars.items() if each.tied_by == "person"} == {
            "person_caused_termination_within_5_years",
            "dishonest_persons_list",
        }


def test_only_open_items_are_optional(book: PolicyBook) -> None:
    items = [
        item
        for _, rule in rules_of(book)
        if rule.family == "checklist"
        for dated in rule.values
        for item in dated.value
    ]
    assert {item.item for item in items if item.optional} == {
        "other_conditions",
        "other_materials",
        "other_legal_bar",
    }


@pytest.mark.clause("O2-04", "O2-05", "O2-09", "O3-04", "O3-08")
def test_who_may_apply_what_is_evaluated_and_in_which_order(book: PolicyBook) -> None:
    may = one(book, "who_may_apply").values[0].value
    assert len(may.kinds) == 14
    assert "clinic" not in may.services["inpatient"]
    assert may.services["prescription_transfer"] == ("retail_pharmacy",)
    parts = one(book, "evaluation_parts").values[0].value.parts
    assert {part: len(items) for part, items in parts.items()} == {
        "qualitative": 9,
        "quantitative": 0,
    }
    orders = one(book, "order_of_applicants").values[0].value
    readings = {r.reading: r for r in book.layers["national"].readings}
    assert set(orders) == set(readings["tie_break"].options)
    assert all(order[0] == "merit" for order in orders.values())
    assert orders[readings["tie_break"].chosen or ""][-1] == "lottery"
