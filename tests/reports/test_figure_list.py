"""The list of figures: with names and values, and found by the words of their names."""

from __future__ import annotations

from dingdian.actions.explain_figure import CensusLedger, explain_figure
from dingdian.reports.explain_text import explain_text
from dingdian.reports.figure_list import figure_lines, named
from tests.reports.plans import sample_census, sample_record, small


def test_every_figure_has_its_name_and_value_under_its_measure() -> None:
    record = small()
    lines = list(figure_lines(record, record.figures))
    assert "# 定点零售药店数" in lines
    assert "  pharmacies.101  东区定点零售药店数  10家" in lines
    assert len([each for each in lines if not each.startswith("#")]) == len(record.figures)
    assert "# designated pharmacies" in figure_lines(record, record.figures, "en")


def test_figures_are_found_by_their_names() -> None:
    record = sample_record("shenyang")
    assert "pharmacies.210103" in named(record, "沈河")
    assert "pharmacies.210103" in named(record, "定点零售药店")
    assert named(record, "沈河区 定点零售药店数") == ("pharmacies.210103",)
    assert "pharmacies.210100" in named(record, "designated pharmacies Shenyang")
    assert named(record, "没有这个数") == ()


def test_rows_of_the_ledger_are_said_in_words() -> None:
    record, ledger = sample_record("daxinganling"), CensusLedger(sample_census("daxinganling"))
    key = "fund_income_last_year_employee_pool.actual.232700"
    text = explain_text(record, explain_figure(record, key, ledger=ledger, first=1))
    assert "├─ 职工统筹基金：61,398,305.09（" in text
    assert "employee_pool " not in text


def test_a_sum_shows_its_numbers_and_a_long_one_does_not() -> None:
    record = small()
    assert "各项之和：1 + 1" in explain_text(record, explain_figure(record, "quota_pharmacies.100"))
    shenyang = sample_record("shenyang")
    key = next(
        key for key, f in shenyang.figures.items() if f.formula == "sum" and len(f.inputs) > 12
    )
    assert "各项之和：Σ" in explain_text(shenyang, explain_figure(shenyang, key))
