"""plan.json: the published shape, the same bytes, and every number to be recomputed from it."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from dingdian.actions.recompute_figures import recompute_figures
from dingdian.core.digits import natural, rounded
from dingdian.core.errors import RequestError
from dingdian.core.record import Record
from dingdian.reports.plan_json import read_record, write_record
from dingdian.reports.record_schema import PLAN, reference_page, schema_text
from tests.reports.plans import CITIES, GOLDEN, sample_record, small

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


@pytest.fixture(params=(*CITIES, "small"))
def record(request: pytest.FixtureRequest) -> Record:
    return small() if request.param == "small" else sample_record(request.param)


def test_a_record_reads_back_as_itself_and_gives_the_same_bytes(record: Record) -> None:
    content = write_record(record)
    assert read_record(content) == record
    assert write_record(read_record(content)) == content


def test_the_bytes_are_json_with_one_line_a_figure(record: Record) -> None:
    content = write_record(record).decode()
    assert set(json.loads(content)["figures"]) == set(record.figures)
    lines = [line for line in content.splitlines() if line.startswith('"') and '"formula"' in line]
    assert len(lines) == len(record.figures)


def test_the_small_plan_is_in_the_published_form() -> None:
    assert write_record(small()) == (GOLDEN / "small_plan.json").read_bytes()


def test_every_number_follows_from_the_file_alone(record: Record) -> None:
    assert recompute_figures(record) == ()


def test_a_changed_number_is_found(record: Record) -> None:
    key, figure = next((k, f) for k, f in record.figures.items() if f.formula == "ratio")
    forged = figure.model_copy(update={"value": "1/7"})
    figures = {**record.figures, key: forged}
    found = recompute_figures(record.model_copy(update={"figures": figures}))
    assert key in {each.key for each in found}


def test_the_printed_decimal_is_the_exact_value_rounded_half_up(record: Record) -> None:
    for key, figure in record.figures.items():
        value = figure.number
        if value is None:
            assert figure.decimal == "", key
            continue
        shown = value * 100 if figure.unit == "share" else value
        places = len(figure.decimal.partition(".")[2])
        assert figure.decimal in (rounded(shown, places), natural(shown)), key


def test_everything_that_is_cited_stands_in_the_file(record: Record) -> None:
    for key, figure in record.figures.items():
        assert {each for _, each in figure.inputs} <= set(record.figures), key
        assert set(figure.clauses) <= set(record.clauses), key
        assert not figure.scope or figure.scope in record.scopes, key
    for finding in record.findings:
        assert {each for _, each in finding.numbers} <= set(record.figures)
        assert set(finding.clauses) <= set(record.clauses)
        assert finding.rule in record.rules
    for clause in record.clauses.values():
        assert clause.document in record.documents


def test_undefined_numbers_say_why(record: Record) -> None:
    for key, figure in record.figures.items():
        assert (figure.value is None) == (figure.why is not None), key


@pytest.mark.clause("DX-39")
def test_the_schema_and_its_page_are_published() -> None:
    assert (REFERENCE / "plan-1.schema.json").read_text(encoding="utf-8") == schema_text(PLAN)
    assert (REFERENCE / "plan-json.md").read_text(encoding="utf-8") == reference_page(PLAN)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "plan_unreadable"),
        (b"\xff\xfe", "plan_unreadable"),
        (b'{"version": "1"}', "plan_unreadable"),
        (write_record(small()).replace(b'"version": "1"', b'"version": "2"'), "plan_version"),
        (write_record(small()).replace(b'"17"', b'"17,5"'), "plan_unreadable"),
        (write_record(small()).replace(b'"engine"', b'"engines"'), "plan_unreadable"),
    ],
)
def test_what_is_no_plan_is_refused(content: bytes, kind: str) -> None:
    with pytest.raises(RequestError) as caught:
        read_record(content, file="a/plan.json")
    (fault,) = caught.value.faults
    assert (fault.kind, fault.place.file) == (kind, "a/plan.json")


def test_a_float_is_marked_as_such(record: Record) -> None:
    for figure in record.figures.values():
        assert isinstance(figure.number, (Fraction, float, type(None)))
        assert isinstance(figure.number, float) <= (
            figure.formula in ("theil", "theil_within", "share")
        )
