"""Checking a shelf, and showing what is in force."""
# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from dingdian.actions.check_policy import KnownIds, check_policy, names_in
from dingdian.actions.show_policy import show_policy
from dingdian.core.errors import Fault, ShelfError
from dingdian.core.faults import KINDS
from dingdian.core.indicators import MEASURES
from dingdian.core.policy import PolicyBook, Rule, Standing
from dingdian.core.rules import SHAPES
from dingdian.storage.policy_yaml import read_shelf, shelf_for, shipped

KNOWN = KnownIds(measures=MEASURES, resources=MEASURES)


@pytest.fixture(scope="module")
def whole() -> PolicyBook:
    return read_shelf(shipped())


def test_the_shipped_shelf_names_only_what_exists(whole: PolicyBook) -> None:
    assert check_policy(lambda: whole, KNOWN) == ()


def test_a_shelf_that_cannot_be_read_gives_its_faults() -> None:
    refused = (Fault("shelf_empty_file"),)

    def read() -> PolicyBook:
        raise ShelfError(refused)

    assert check_policy(read, KNOWN) == refused


def test_faults_of_writing_and_of_names_are_told_in_one_list(tmp_path: Path) -> None:
    """A key that does not exist in one rule, a measure that does not exist in another."""
    shutil.copytree(str(shipped()), tmp_path / "shelf")
    file = tmp_path / "shelf" / "shenyang" / "census.yaml"
    text = file.read_text("utf-8")
    file.write_text(
        text.replace("growth_pharmacies", "growth_farmacies").replace(
            "    clauses: [SY-31]\n", "    clauses: [SY-31]\n    steps: 6\n"
        ),
        "utf-8",
    )
    found = check_policy(lambda: read_shelf(tmp_path / "shelf"), KNOWN)

    assert {"shelf_unknown_key", "shelf_unknown_measure"} <= {each.kind for each in found}


def changed(book: PolicyBook, rule: Rule) -> PolicyBook:
    layer = replace(book.layers["shenyang"], rules=(rule,))
    return replace(book, layers={"shenyang": layer})


BASE = {"rule": "x", "title": "题", "title_en": "t", "clauses": ["SY-01"]}


def dated(value: object) -> list[dict[str, object]]:
    return [{"since": "2025-01-01", "value": value, "clause": "SY-01", "checked_on": "2026-11-21"}]


CLOCK = {"family": "clock", "means": "within", "begins": "accepted", "ends": "evaluated", "unit": "month", "who": "agency", "values": dated("3")}  # fmt: skip
GATE = {"family": "service_gate", "about": ["medical_institutions"]}


@pytest.mark.parametrize(
    ("given", "kind", "at"),
    [
        ({"family": "report", "at": ["whole"], "values": dated(["growth_medcal"])}, "shelf_unknown_measure", "x.values[1].value"),
        ({"family": "resources", "values": dated(["pharmacy"])}, "shelf_unknown_resource", "x.values[1].value"),
        ({"family": "pool", "values": dated(["dialisys"])}, "shelf_unknown_term", "x.values[1].value"),
        ({"family": "scope", "values": dated({"urban": ["zone"]})}, "shelf_unknown_term", "x.values[1].value"),
        ({"family": "exemption", "lifts": ["quota"], "values": dated({"flags": ["key_projects"]})}, "shelf_unknown_term", "x.values[1].value"),
        ({"family": "priority", "mode": "tilt", "values": dated({"public_kinds": ["pharmacy"]})}, "shelf_unknown_term", "x.values[1].value"),
        ({"family": "stock_cap", "resource": "chemists", "base_year": "2024", "values": dated("85%")}, "shelf_unknown_resource", "x.resource"),
        ({"family": "minimum", "measure": "grade_c", "unit": "village", "strength": "required", "values": dated(["1", "1"])}, "shelf_unknown_measure", "x.measure"),
        ({"family": "release_quota", "resource": "pharmacies", "any_of": [{"measure": "beds", "comparison": "more_than"}], "values": dated({"met": "1", "otherwise": None})}, "shelf_unknown_measure", "x.any_of[1].measure"),
        (CLOCK | {"begins": "acepted"}, "shelf_unknown_term", "x.begins"),
        (CLOCK | {"ends": "evaluation"}, "shelf_unknown_term", "x.ends"),
        (CLOCK | {"pauses": ["materials_supplemented"]}, "shelf_unknown_term", "x.pauses[1]"),
        (GATE | {"values": dated({"stages": ["guidence"], "closed": ["out_of_area"]})}, "shelf_unknown_term", "x.values[1].value"),
        (GATE | {"values": dated({"stages": ["guidance"], "closed": ["remote"]})}, "shelf_unknown_term", "x.values[1].value"),
        ({"family": "assessment", "purpose": "yearly", "about": ["hospitals"], "values": dated({"a": {"text": "甲", "text_en": "A"}})}, "shelf_unknown_resource", "x.about[1]"),
    ],
)  # fmt: skip
def test_an_id_that_does_not_exist(
    whole: PolicyBook, given: dict[str, object], kind: str, at: str
) -> None:
    rule = SHAPES[str(given["family"])].model_validate(BASE | given)
    (found,) = check_policy(lambda: changed(whole, rule), KNOWN)
    assert (found.kind, found.place.file, found.place.sheet) == (kind, "shenyang", at)
    assert KINDS[kind].cure.say("zh", **found.fields)


def test_every_family_that_names_something_is_looked_through(whole: PolicyBook) -> None:
    silent = {
        rule.family
        for layer in whole.layers.values()
        for rule in layer.rules
        if not list(names_in(rule))
    }
    assert {"duty", "ranking"} <= silent
    assert not {"clock", "service_gate"} & silent


def test_every_clause_is_shown(whole: PolicyBook) -> None:
    rows = show_policy(whole, "shenyang", dt.date(2026, 1, 1))
    assert {f"SY-{n:02d}" for n in range(1, 32)} <= {row.clause for row in rows}
    assert [row.clause for row in rows] == sorted(row.clause for row in rows)


@pytest.mark.clause("SY-12")
def test_a_row_says_what_holds_and_on_what_ground(whole: PolicyBook) -> None:
    rows = show_policy(whole, "shenyang", dt.date(2026, 1, 1))
    (row,) = [each for each in rows if each.clause == "SY-12"]
    assert (row.rule, row.value, row.principle) == (
        "sy_inpatient_new_places",
        "满足时: 50%, 不满足时: —",
        True,
    )
    assert row.standing is Standing.OFFICIAL_READING
    assert "rounding" in {each.reading for each in row.readings}


def test_a_clause_without_a_rule_says_why(whole: PolicyBook) -> None:
    rows = show_policy(whole, "daxinganling", dt.date(2026, 1, 1))
    (row,) = [each for each in rows if each.clause == "DX-39"]
    assert (row.rule, bool(row.no_rule)) == ("", True)
    (cited,) = [each for each in rows if each.clause == "DX-41"]
    assert {each.reading for each in cited.readings} == {"dx_effective_from", "dx_text_name"}


def test_what_is_not_begun_has_no_value() -> None:
    book, place = shelf_for("national")
    rows = show_policy(book, place, dt.date(2021, 1, 31))
    assert {row.value for row in rows} == {None}
