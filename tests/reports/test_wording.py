"""Wording: every code has its sentence in both languages, every name a name."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from dingdian.core.errors import Text
from dingdian.core.findings import State
from dingdian.core.formulas import FORMULAS
from dingdian.core.indicators import MEASURES
from dingdian.core.policy.model import Rank, Standing
from dingdian.core.record import ReasonRecord, Record
from dingdian.core.rules import SHAPES
from dingdian.core.rules.red_line import Consequence
from dingdian.reports.wording import LANGUAGES, Words, grouped
from dingdian.reports.words import codes, headings, labels, page, phrases, sentences, topics
from dingdian.reports.words.charts import CHARTS
from tests.reports.plans import CITIES, sample_record, small

SOURCE = Path(__file__).parents[2] / "src" / "dingdian"
HAN = re.compile(r"[\u4e00-\u9fff]")
#: Codes that are chosen before ``reason`` is called.
CHOSEN = {"red_line_on", "red_line_off", "red_line_unknown", "not_located", "off_streets"}
CHOSEN |= {f"circle_{how}" for how in ("straight", "path", "walking", "driving")}


def codes_used() -> set[str]:
    """Every code that the source gives to ``reason`` or ``UndefinedError``."""
    found = set(CHOSEN)
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for call in re.finditer(r"\b(?:reason|UndefinedError)\(\s*(f?\"[^)]*)", text):
            said = call[1].split(", ")[0]
            if said.startswith('f"stated_'):
                found |= {
                    f"stated_{family}" for family in SHAPES if f"stated_{family}" in codes.SENTENCES
                }
            else:
                found |= set(re.findall(r'"([a-z_]+)"', said))
    return found


def test_every_code_of_the_source_has_a_sentence() -> None:
    used = codes_used()
    assert len(used) > 20
    assert used - set(codes.SENTENCES) == set()


def test_no_sentence_stands_for_a_code_that_nothing_gives() -> None:
    assert set(codes.SENTENCES) - codes_used() == set()
    assert set(codes.SHORT) <= set(codes.SENTENCES)


@pytest.mark.parametrize(
    "table",
    [
        codes.SENTENCES,
        codes.SHORT,
        *codes.CODES.values(),
        labels.STATES,
        labels.MADE,
        labels.TESTS,
        headings.NOTES,
        headings.TITLES,
        phrases.EXPLAIN,
        page.PHRASES,
        {code: text for code, (_, text) in sentences.SENTENCES.items()},
        {code: text for code, (text, _) in CHARTS.items()},
        {code: text for code, (_, text) in CHARTS.items()},
    ],
)
def test_both_languages_have_the_same_fields(table: dict[str, Text]) -> None:
    for code, text in table.items():
        zh, en = (
            {field for _, field, _, _ in Formatter().parse(said) if field}
            for said in (text.zh, text.en)
        )
        assert zh == en, code
        assert not HAN.search(text.en), code


def test_the_tables_of_words_cover_what_they_are_about() -> None:
    assert set(labels.STATES) == set(State)
    assert set(labels.FAMILIES) == set(SHAPES)
    assert set(labels.STANDINGS) == {each.value for each in Standing}
    assert set(labels.RANKS) == {each.value for each in Rank}
    assert set(codes.CODES["consequence"]) == {each.value for each in Consequence}
    assert set(phrases.MANY) == {name for name, each in FORMULAS.items() if each.many}
    assert {group for group, _ in sentences.SENTENCES.values()} == set(sentences.GROUPS)


def test_topics_name_measures_and_sheets_that_exist() -> None:
    for topic in topics.TOPICS:
        assert set(topic.measures) <= set(MEASURES), topic.id
        assert topic.sheet in headings.SHEETS
        assert topic.id in headings.TITLES


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ({}, "合计90）"),
        ({"first": ""}, "合计90）"),
        ({"first": "P1 甲; P2 乙"}, "，首先是：P1 甲、P2 乙"),
    ],
)
def test_a_reason_of_unknown_rows_names_the_first_where_it_has_them(first, said) -> None:
    details = {"unsure": "3", "known": "4", "part": "90", **first}
    told = Words(small(), "zh").why(ReasonRecord(code="rows_unknown", details=details))

    assert told.endswith(said)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("city", CITIES)
def test_everything_in_a_plan_has_a_name(city: str, lang: str) -> None:
    record = sample_record(city)
    words = Words(record, lang)
    own = _own_words(record)
    for figure in record.figures.values():
        name = words.measure(figure.measure)
        assert name != figure.measure
        assert lang == "zh" or not HAN.search(_without(name, own)), name
        if figure.why:
            assert words.why(figure.why) != figure.why.code
            assert "{" not in words.why(figure.why)
        for role, _ in figure.inputs:
            assert not re.fullmatch(r"[a-z]+_[a-z_]+", words.role(role)), role
    for finding in record.findings:
        for role, _ in finding.numbers:
            assert not re.fullmatch(r"[a-z]+_[a-z_]+", words.role(role)), role


def _own_words(record: Record) -> list[str]:
    """The words of the ledger and the shelf that have one language only."""
    names = {each.zh for each in record.scopes.values()}
    groups = {role.split("·")[-1] for f in record.figures.values() for role, _ in f.inputs}
    parts = {figure.measure.split(".")[-1] for figure in record.figures.values()}
    return sorted(names | groups | parts, key=len, reverse=True)


def _without(text: str, words: list[str]) -> str:
    for each in words:
        text = text.replace(each, "")
    return text


def test_numbers_as_they_are_printed() -> None:
    words = Words(small())
    figures = small().figures
    assert words.quantity(figures["insured.100"]) == "20,000人"
    assert words.quantity(figures["pharmacies_per_10k_insured.100"]) == "8.50家/万参保人"
    assert words.number(figures["share_beds_tertiary.100"]) == "75%"
    assert words.number(figures["contracted_beds.100"]) == "无法计算"
    assert Words(small(), "en").number(figures["contracted_beds.100"]) == "undefined"
    assert grouped("-0.50") == "−0.50"


def test_an_unknown_identifier_is_shown_rather_than_nothing() -> None:
    words = Words(small())
    assert words.measure("no_such") == "no_such"
    assert words.scope("999") == "999"
    assert words.reading("no_such") == "no_such"


@pytest.mark.parametrize("city", CITIES)
def test_every_detail_of_a_figure_is_called_something(city: str) -> None:
    found = {name for f in sample_record(city).figures.values() for name in f.detail}
    assert found <= set(phrases.DETAILS)
