"""The annex tables and the conclusions, as text."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from dingdian.core.record import Record
from dingdian.reports.annex.indicators import sign_word
from dingdian.reports.grid import Table
from dingdian.reports.tables import conclusions, plan_tables
from dingdian.reports.wording import LANGUAGES, Lang, Words
from dingdian.reports.words.headings import SHEETS
from tests.reports.plans import CITIES, sample_record, small


def as_text(words: Words, table: Table) -> str:
    """A table as lines, every cell between bars."""
    figures = words.record.figures
    heads = [f"{column.title} {column.unit}".strip() for column in table.columns]
    lines = [f"# {table.sheet} · {table.title}", " | ".join(heads)]
    for row in table.rows:
        cells = [
            "; ".join(f"{label}={words.number(figures[key])}" for label, key in cell.parts)
            or cell.text + cell.mark
            for cell in row.cells
        ]
        lines.append(" | ".join(cells))
    return "\n".join([*lines, *table.notes])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_tables_of_a_small_plan(lang: Lang, snapshot: SnapshotAssertion) -> None:
    words = Words(small(), lang)
    said = "\n\n".join(as_text(words, table) for table in plan_tables(small(), lang))
    assert said == snapshot


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_conclusions_of_a_small_plan(lang: Lang, snapshot: SnapshotAssertion) -> None:
    assert "\n".join(conclusions(small(), lang)) == snapshot


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("city", CITIES)
def test_tables_are_rectangular_and_never_blank_where_a_number_belongs(
    city: str, lang: Lang
) -> None:
    record = sample_record(city)
    words = Words(record, lang)
    for table in plan_tables(record, lang):
        assert table.rows or table.id == "data_notes", table.id
        assert len({column.title for column in table.columns}) >= 2
        for row in table.rows:
            assert len(row.cells) == len(table.columns), table.id
            for cell in row.cells:
                if cell.key:
                    assert cell.text == words.number(record.figures[cell.key])
                    undefined = record.figures[cell.key].value is None
                    assert bool(cell.mark) == undefined
                    assert not undefined or any(cell.mark in note for note in table.notes)


@pytest.mark.parametrize("city", CITIES)
def test_the_sheets_that_a_plan_needs_are_there(city: str) -> None:
    sheets = {table.sheet for table in plan_tables(sample_record(city))}
    needed = {"quotas", "quota_details", "red_lines", "benchmarks", "equity", "pharmacies", "need"}
    needed |= {"findings", "coverage", "readings", "sources", "data_notes", "structure", "people"}
    assert needed <= sheets <= set(SHEETS)


@pytest.mark.parametrize("city", CITIES)
def test_every_clause_of_the_plan_is_carried_or_says_why_not(city: str) -> None:
    record = sample_record(city)
    (coverage,) = [t for t in plan_tables(record) if t.id == "coverage"]
    carried = {row.cells[0].text: row.cells[3].text for row in coverage.rows}
    assert set(carried) == set(record.clauses)
    assert "未承接" not in carried.values()


@pytest.mark.parametrize("city", CITIES)
def test_every_quota_stands_in_the_details(city: str) -> None:
    record = sample_record(city)
    (details,) = [t for t in plan_tables(record) if t.id == "quota_details"]
    assert len(details.rows) == len(record.quotas)


@pytest.mark.clause("SY-16")
def test_the_sign_of_a_difference_is_said_from_the_exact_number() -> None:
    record = _with_sign("0")
    assert sign_word(Words(record), "hrad_sign.101") == "相等"
    assert sign_word(Words(_with_sign("1")), "hrad_sign.101") == "正"
    assert sign_word(Words(_with_sign("-1"), "en"), "hrad_sign.101") == "negative"


def _with_sign(value: str) -> Record:
    record = small()
    made = record.figures["insured.101"].model_copy(update={"value": value})
    return record.model_copy(update={"figures": {"hrad_sign.101": made}})


@pytest.mark.clause("DX-10")
def test_outflow_stands_beside_the_bed_excess() -> None:
    record = sample_record("daxinganling")
    keys = {key for table in plan_tables(record) for key in table.keys}
    assert {"out_of_area_share.232700", "beds_per_1000.232700"} <= keys
