"""What is in force on a day: validity, layers, precedence, repeal."""
# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

import pytest

from dingdian.core.errors import NotInForceError, RequestError
from dingdian.core.policy import (
    Document,
    PlaceCard,
    PolicyBook,
    Rank,
    Reading,
    Rule,
    Standing,
)
from dingdian.core.policy.book import PRECEDENCE, Layer
from dingdian.core.policy.model import calendar_day, exact_number
from dingdian.core.rules import SHAPES
from dingdian.storage.policy_yaml import shelf_for

DAY = dt.date(2025, 6, 1)


def clock(rule: str, *values: tuple[str, str | None], local: str = "stricter") -> Rule:
    dated = [
        {"since": since, "value": value, "clause": "EX-1", "checked_on": "2026-11-21"}
        for since, value in values
    ]
    return SHAPES["clock"].model_validate(
        {
            "rule": rule,
            "family": "clock",
            "title": "时限",
            "title_en": "limit",
            "clauses": ["EX-1"],
            "local": local,
            "means": "within",
            "who": "agency",
            "begins": "a",
            "ends": "b",
            "unit": "day",
            "values": dated,
        }
    )


def reading(name: str, chosen: str | None) -> Reading:
    return Reading.model_validate(
        {
            "reading": name,
            "question": "问",
            "question_en": "q",
            "options": {"a": "甲", "b": "乙"},
            "options_en": {"a": "one", "b": "other"},
            "chosen": chosen,
            "why": "因",
            "why_en": "because",
            "by": "人",
            "by_en": "one",
            "decided_on": "2026-11-21",
        }
    )


def document(**changed: object) -> Document:
    given = {
        "id": "ex",
        "title": "示例规划",
        "title_en": "Example plan",
        "issuer": "示例市",
        "issuer_en": "Example",
        "rank": "municipal",
        "standing": "issued",
        "since": "2025-01-01",
        "through": "2027-12-31",
    }
    return Document.model_validate(given | changed)


def layer(name: str, *layers: str, plan: str | None = None) -> Layer:
    card = PlaceCard(
        place=name, title=name, title_en=name, region_code="1", plan=plan, layers=(*layers, name)
    )
    return Layer(card)


def book(higher: Layer, lower: Layer, plan: Document | None = None) -> PolicyBook:
    documents = {plan.id: plan} if plan else {}
    return PolicyBook(MappingProxyType({"national": higher, "city": lower}), documents)


def two(higher: Rule, lower: Rule) -> PolicyBook:
    return book(
        replace(layer("national"), rules=(higher,)),
        replace(layer("city", "national"), rules=(lower,)),
    )


# ---------------------------------------------------------------- validity


@pytest.mark.parametrize(
    ("place", "day", "valid"),
    [
        pytest.param("shenyang", "2024-12-31", False, marks=pytest.mark.clause("SY-30")),
        pytest.param("shenyang", "2025-01-01", True, marks=pytest.mark.clause("SY-30")),
        pytest.param("shenyang", "2027-12-31", True, marks=pytest.mark.clause("SY-30")),
        pytest.param("shenyang", "2028-01-01", False, marks=pytest.mark.clause("SY-30")),
        pytest.param("daxinganling", "2025-12-31", False, marks=pytest.mark.clause("DX-41")),
        pytest.param("daxinganling", "2026-01-01", True, marks=pytest.mark.clause("DX-41")),
        pytest.param("daxinganling", "2030-01-01", True, marks=pytest.mark.clause("DX-41")),
        pytest.param("daxinganling", "2030-06-30", True, marks=pytest.mark.clause("DX-41")),
        pytest.param("daxinganling", "2030-07-01", False, marks=pytest.mark.clause("DX-41")),
    ],
)
def test_a_plan_holds_through_its_last_day(place: str, day: str, valid: bool) -> None:
    shelf, _ = shelf_for(place)
    on = dt.date.fromisoformat(day)
    if valid:
        assert shelf.on(place, on).day == on
        return
    with pytest.raises(NotInForceError) as refused:
        shelf.on(place, on)
    (found,) = refused.value.faults
    assert found.kind == "outside_validity"
    assert found.fields["day"] == day


def test_a_place_without_a_plan_has_no_bounds() -> None:
    shelf, _ = shelf_for("national")
    assert shelf.on("national", dt.date(1999, 1, 1)).plan is None


def test_an_unknown_place_is_told_which_are_known() -> None:
    shelf, _ = shelf_for("shenyang")
    with pytest.raises(RequestError) as refused:
        shelf.on("daxinganling", DAY)
    assert refused.value.faults[0].fields == {"name": "daxinganling", "known": "national, shenyang"}


@pytest.mark.parametrize(
    ("standing", "simulation"), [("issued", False), ("draft", True), ("official_reading", True)]
)
def test_only_an_issued_plan_is_no_simulation(standing: str, simulation: bool) -> None:
    plan = document(standing=standing)
    policy = book(layer("national"), layer("city", "national", plan="ex"), plan).on("city", DAY)
    assert policy.simulation is simulation


@pytest.mark.clause("SY-30", "DX-41")
def test_both_shipped_plans_are_simulations() -> None:
    for place, standing in (
        ("shenyang", Standing.OFFICIAL_READING),
        ("daxinganling", Standing.DRAFT),
    ):
        policy = shelf_for(place)[0].on(place, dt.date(2026, 1, 1))
        assert policy.plan is not None
        assert (policy.plan.standing, policy.simulation) == (standing, True)


# ---------------------------------------------------------------- precedence


def test_the_precedence_table_covers_every_word() -> None:
    words = Rule.model_fields["local"].annotation.__args__  # type: ignore[union-attr]
    assert set(PRECEDENCE) == set(words)


@pytest.mark.parametrize(
    ("local", "national", "city", "holds", "from_layer"),
    [
        ("fixed", "90", "35", 90, "national"),
        ("fixed", "90", "120", 90, "national"),
        ("replace", "90", "120", 120, "city"),
        ("replace", "90", "35", 35, "city"),
        ("stricter", "90", "35", 35, "city"),
        ("stricter", "90", "120", 90, "national"),
        ("stricter", "90", "90", 90, "city"),
        ("stricter", "90", None, 90, "national"),
        ("fixed", None, "35", 35, "city"),
        ("stricter", None, "35", 35, "city"),
    ],
)
@pytest.mark.clause("DX-41")
def test_which_of_two_layers_holds(
    *, local: str, national: str | None, city: str | None, holds: int, from_layer: str
) -> None:
    shelf = two(
        clock("limit", ("2021-02-01", national), local=local), clock("limit", ("2025-01-01", city))
    )
    found = shelf.on("city", DAY).rules["limit"]
    assert (found.value, found.layer) == (Fraction(holds), from_layer)


def test_the_displaced_layer_is_named() -> None:
    shelf = two(clock("limit", ("2021-02-01", "90")), clock("limit", ("2025-01-01", "35")))
    assert shelf.on("city", DAY).rules["limit"].over == ("national",)


def test_a_city_rule_not_begun_leaves_the_national_one() -> None:
    shelf = two(clock("limit", ("2021-02-01", "90")), clock("limit", ("2025-06-02", "35")))
    assert shelf.on("city", DAY).rules["limit"].value == 90
    assert shelf.on("city", dt.date(2025, 6, 2)).rules["limit"].value == 35


def test_a_repealed_value_is_in_force_as_nothing() -> None:
    rule = clock("limit", ("2021-02-01", "90"), ("2024-07-01", None))
    shelf = book(replace(layer("national"), rules=(rule,)), layer("city", "national"))
    before = shelf.on("city", dt.date(2024, 6, 30)).rules["limit"]
    after = shelf.on("city", dt.date(2024, 7, 1)).rules["limit"]
    assert (before.value, after.value) == (90, None)
    assert after.dated is not None
    assert after.dated.clause == "EX-1"


def test_nothing_is_in_force_before_the_first_day() -> None:
    rule = clock("limit", ("2021-02-01", "90"))
    shelf = book(replace(layer("national"), rules=(rule,)), layer("city", "national"))
    assert shelf.on("city", dt.date(2021, 1, 31)).rules["limit"].dated is None
    assert shelf.on("city", dt.date(2021, 2, 1)).rules["limit"].value == 90


def test_a_city_reading_replaces_the_national_one() -> None:
    shelf = book(
        replace(layer("national"), readings=(reading("r", "a"), reading("s", None))),
        replace(layer("city", "national"), readings=(reading("r", "b"),)),
    )
    policy = shelf.on("city", DAY)
    assert (policy.choice("r"), policy.choice("s"), policy.choice("none")) == ("b", None, None)
    assert shelf.on("national", DAY).choice("r") == "a"


def test_the_ranks_stand_highest_first() -> None:
    assert [each.value for each in Rank][0::5] == ["law", "municipal"]


# ---------------------------------------------------------------- numbers and days


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("85%", Fraction(17, 20)),
        ("0.85", Fraction(17, 20)),
        ("17/20", Fraction(17, 20)),
        ("1,000", Fraction(1000)),
        ("1,000,000.5", Fraction(2000001, 2)),
        ("-0.01", Fraction(-1, 100)),
        ("0.1%", Fraction(1, 1000)),
        (" 7 ", Fraction(7)),
        (3, Fraction(3)),
    ],
)
def test_exact_numbers(text: object, exact: Fraction) -> None:
    assert exact_number(text) == exact


@pytest.mark.parametrize(
    "text", ["1e3", ".5", "1.", "1,00", "1,,000", "1/0", "½", "８５", "nan", "", "85 %", True, 0.5, None]
)  # fmt: skip
def test_what_is_no_exact_number(text: object) -> None:
    with pytest.raises(ValueError, match="not an exact number"):
        exact_number(text)


@pytest.mark.parametrize(
    "text", ["2024-7-1", "2024-02-30", "2024-13-01", "20240701", "2024/07/01", "2024-07-01T08:00", "２０２４-07-01", 20240701, None]
)  # fmt: skip
def test_what_is_no_day(text: object) -> None:
    with pytest.raises(ValueError, match="not a day"):
        calendar_day(text)
    assert calendar_day("2024-02-29") == dt.date(2024, 2, 29)


def test_limits_in_different_units_are_not_compared_the_place_s_own_holds() -> None:
    """35 days against 3 months: the number alone says nothing."""
    months = clock("limit", ("2021-02-01", "3")).model_copy(update={"unit": "month"})
    shelf = two(months, clock("limit", ("2025-01-01", "35")))
    found = shelf.on("city", DAY).rules["limit"]
    assert (found.value, found.layer) == (35, "city")
