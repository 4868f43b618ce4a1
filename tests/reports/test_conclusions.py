"""The conclusions of the two cities, sentence by sentence, as a reader of the plan meets them."""

from __future__ import annotations

import pytest

from dingdian.core.record import Record
from dingdian.reports.tables import conclusions, plan_tables
from dingdian.reports.wording import Lang, Words
from tests.reports.plans import CITIES, sample_record, small


def said(city: str, *needles: str, lang: Lang = "zh") -> str:
    """The only conclusion of a city in which all needles stand."""
    (found,) = [
        each
        for each in conclusions(sample_record(city), lang)
        if all(needle in each for needle in needles)
    ]
    return found


def headings(record: Record, sheet: str) -> str:
    """The titles and headings of a sheet on one line."""
    found = [table for table in plan_tables(record) if table.sheet == sheet]
    return " ".join([*(t.title for t in found), *(c.title for t in found for c in t.columns)])


def test_two_stocks_of_beds_have_two_names() -> None:
    record = sample_record("shenyang")
    assert "定点医疗机构医保床位数68,913张" in conclusions(record)[0]
    (details,) = [table for table in plan_tables(record) if table.id == "quota_details"]
    stocks = {row.cells[0].text: row.cells[2].text for row in reversed(details.rows)}
    assert stocks["医保床位（单独管理类别除外）"] == "57,136"
    assert "医保床位（单独管理类别除外）" in headings(record, "quotas")
    assert "医保床位（单独管理类别除外）全域至多" in said("shenyang", "全域至多")


def test_the_room_of_a_freeze_says_what_is_kept_free() -> None:
    assert "余量1,119张，其中210张留给单独管理床位" in said("shenyang", "余量")
    assert "kept free for beds managed apart" in said("shenyang", "room 1,119", lang="en")


def test_a_cap_says_what_it_was_made_of() -> None:
    assert "上限4,232家（2024年末4,979家×85%），超出785家" in said("shenyang", "存量85%：")
    assert "上限70,032张（2024年末的数）" in said("shenyang", "余量")


def test_bases_of_districts_and_of_a_freeze_stand_in_the_table() -> None:
    (table,) = [t for t in plan_tables(sample_record("shenyang")) if t.id == "stock_limits"]
    rows = {
        (row.cells[0].text, row.cells[1].text): [c.text for c in row.cells] for row in table.rows
    }
    assert rows["定点零售药店不高于现有存量85%", "和平区"][2:5] == ["457", "455", "387"]
    assert rows["三年内不增加医保床位总数", "沈阳市"][2:5] == ["68,913", "70,032", "70,032"]


def test_a_limit_that_no_district_shares_is_not_said_to_leave_them_free() -> None:
    assert "至多2家" in said("daxinganling", "未分配到区县")
    assert "；其余区县没有数字，须在全域总量之内" in said("shenyang", "全域至多")
    assert "只受前置条件约束" not in said("daxinganling", "新增定点医疗机构")


def test_headings_name_their_years() -> None:
    record = sample_record("shenyang")
    assert "2026年新增数量" in headings(record, "quotas")
    details = headings(record, "quota_details")
    for wanted in ("2025年末现有", "2025年释放量", "2026年新增数量", "2026年申报"):
        assert wanted in details
    words = Words(record)
    assert words.measure("released_pharmacies") == "定点零售药店：2025年释放量"
    assert (
        Words(record, "en").measure("asked_pharmacies") == "designated pharmacies: asked for 2026"
    )


@pytest.mark.slow
def test_no_table_and_no_conclusion_speaks_of_other_years_or_words() -> None:
    for city in CITIES:
        record = sample_record(city)
        shown = [
            table
            for table in plan_tables(record)
            if table.sheet not in ("readings", "sources", "coverage")
        ]
        cells = [c.text for t in shown for row in t.rows for c in row.cells]
        notes = [note for t in shown for note in t.notes]
        titles = [headings(record, t.sheet) for t in shown]
        for text in (*cells, *notes, *titles, *conclusions(record)):
            for word in ("次年", "当年释放", "名额", "床位使用率", "普查表"):
                assert word not in text, text


def test_a_mean_is_exceeded_or_not_and_never_broken() -> None:
    (table,) = [
        t
        for t in plan_tables(sample_record("daxinganling"))
        if "beds" in t.id and t.sheet == "benchmarks"
    ]
    states = {c.text for row in table.rows for c in row.cells if c.tone in ("kept", "broken")}
    assert states <= {"高于", "不高于"}


def test_an_excess_below_zero_is_said_without_a_minus() -> None:
    record = small()
    low = {"value": "-58/25", "decimal": "-2.32"}
    key = next(k for k in record.figures if k.startswith("excess.") and "mean" in k)
    figures = {**record.figures, key: record.figures[key].model_copy(update=low)}
    made = record.model_copy(update={"figures": figures})
    (sentence,) = [each for each in conclusions(made) if "全国均值" in each]
    assert "低2.32" in sentence
    assert "−" not in sentence


def test_conclusions_say_what_the_readings_chose() -> None:
    for city in CITIES:
        text = "\n".join(conclusions(sample_record(city)))
        assert "每千人口床位数（开放床位÷常住人口）" in text
        assert "口径所定" not in text
    english = said("daxinganling", "8.85", "2024", lang="en")
    assert "beds (open beds) per 1,000 people (residents)" in english
    assert "by the reading" not in english


def test_a_red_line_says_its_state_first_and_its_title_once() -> None:
    assert said("shenyang", "基金红线") == "基金红线未触发（触发时暂停新增）。"
    assert said("daxinganling", "红线（一）已") == (
        "红线（一）已触发：总量平衡、稳慎新增；情形：床位利用率不达标（55.81%，要求85%）。"
    )
    assert said("daxinganling", "红线（二）") == "红线（二）未触发（触发时不能超出定点数量）。"
    english = said("shenyang", "Fund red line", lang="en")
    assert english == "Fund red line: not triggered (if it were: new designations paused)."


def test_what_nobody_submitted_is_said_so_and_is_no_data_note() -> None:
    tables = {table.id: table for table in plan_tables(sample_record("daxinganling"))}
    asked = {row.cells[-2].text for row in tables["quota_details"].rows}
    assert "未申报" in asked
    assert not any("没有申报" in note for note in tables["quota_details"].notes)
    assert not any("没有申报" in row.cells[-1].text for row in tables["data_notes"].rows)


@pytest.mark.clause("DX-04", "DX-07", "DX-09")
def test_where_a_text_contradicts_itself_both_numbers_stand_side_by_side() -> None:
    said = [each for each in conclusions(sample_record("daxinganling")) if "并列：" in each]

    assert len(said) == 2
    for numbers, sentence in zip((("8.85", "8.74"), ("57家", "274家")), said, strict=True):
        assert all(number in sentence for number in numbers)
