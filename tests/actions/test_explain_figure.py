"""Explain: from a number down to ledger rows and clauses, in both languages."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from dingdian.actions.explain_figure import CensusLedger, explain_figure, find_keys
from dingdian.core.errors import RequestError
from dingdian.core.record import Record
from dingdian.reports.explain_text import explain_text
from dingdian.reports.wording import LANGUAGES, Lang
from tests.reports.plans import CITIES, sample_census, sample_record, small


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_derivation_reads_as_a_tree(lang: Lang, snapshot: SnapshotAssertion) -> None:
    record = small()
    for key in ("quota_pharmacies.100", "contracted_beds.100", "excess.mean.mean.100"):
        assert explain_text(record, explain_figure(record, key), lang) == snapshot(
            name=f"{key} {lang}"
        )


@pytest.mark.parametrize("city", CITIES)
def test_every_derivation_ends_in_the_ledger_a_text_or_a_reason(city: str) -> None:
    record = sample_record(city)
    for key in list(record.figures)[::37]:
        for each in explain_figure(record, key).walk():
            figure = each.figure
            leaf = not each.inputs and not each.repeated
            grounded = figure.selection or figure.clauses or figure.readings or figure.detail
            assert not leaf or grounded or figure.why or figure.formula == "given", each.key


@pytest.mark.clause("DX-04")
def test_the_rows_behind_a_count_are_those_of_the_ledger() -> None:
    record, ledger = sample_record("daxinganling"), CensusLedger(sample_census("daxinganling"))
    found = explain_figure(record, "pharmacies.232700", ledger=ledger, first=3)
    assert found.rows is not None
    assert (found.rows.count, found.rows.unsure, len(found.rows.first)) == (274, 0, 3)
    assert all(row.code.startswith("P") and row.origin for row in found.rows.first)
    assert "共274行" in explain_text(record, found)
    assert "271 more rows" in explain_text(record, found, "en")


def test_a_sum_tells_the_number_of_each_row() -> None:
    record, ledger = sample_record("daxinganling"), CensusLedger(sample_census("daxinganling"))
    found = explain_figure(record, "all_open_beds.232700", ledger=ledger, first=1000)
    assert found.rows is not None
    told = sum(int(row.value) for row in found.rows.first)
    assert str(told) == record.figures["all_open_beds.232700"].value


@pytest.mark.clause("SY-02")
def test_rows_that_leave_a_number_undefined_are_named_with_what_is_missing() -> None:
    record, ledger = sample_record("shenyang"), CensusLedger(sample_census("shenyang"))
    key = "pharmacies_graded_a.210102"
    found = explain_figure(record, key, ledger=ledger, first=2)
    why = record.figures[key].why
    assert found.rows is not None
    assert why is not None
    assert len(found.rows.doubtful) == 2
    assert all(row.code.startswith("P") and row.origin for row in found.rows.doubtful)
    assert {row.unknown for row in found.rows.doubtful} == {"pharmacy_grade"}
    first = found.rows.doubtful[0]
    assert why.details["first"].startswith(f"{first.code} {first.name}; ")
    assert f"不明：{first.code} {first.name}，" in explain_text(record, found)
    assert f"unsure: {first.code} {first.name}, " in explain_text(record, found, "en")
    assert f"……另{found.rows.unsure - 2}行不明" in explain_text(record, found)


def test_a_number_that_is_known_has_no_doubtful_row() -> None:
    record, ledger = sample_record("daxinganling"), CensusLedger(sample_census("daxinganling"))
    found = explain_figure(record, "pharmacies.232700", ledger=ledger)
    assert found.rows is not None
    assert found.rows.doubtful == ()


@pytest.mark.clause("SY-11", "SY-12")
def test_a_limit_says_why_its_share_applies() -> None:
    record = sample_record("shenyang")
    found = explain_figure(record, "limit.sy_inpatient_new_places.210103")
    weighed = {each.key for each in found.grounds}
    text = explain_text(record, found)

    for scope in ("zone-main_urban", "210103"):
        assert f"beds_per_1000.{scope}" in weighed
        assert f"benchmark.health_plan_beds.{scope}" in weighed
        measured = record.figures[f"beds_per_1000.{scope}"].decimal
        assert f"{measured}张/千人 > " in text
    assert "7.2张/千人：成立" in text
    assert "判断：高于" in text
    assert "judged: over" in explain_text(record, found, "en")
    assert found.figure.clauses == ("SY-12",)
    assert weighed <= {each.key for each in found.walk()}


@pytest.mark.clause("SY-15", "SY-16")
@pytest.mark.parametrize(("says", "clause"), [("over", "SY-15"), ("not_over", "SY-16")])
def test_a_limit_of_outpatient_places_cites_the_clause_of_its_branch(
    says: str, clause: str
) -> None:
    figures = sample_record("shenyang").figures
    limits = [f for key, f in figures.items() if key.startswith("limit.sy_outpatient_new_places.")]
    of_branch = [f for f in limits if f.because and f.because.says[0].code == says]

    assert of_branch
    assert {f.clauses for f in of_branch} == {(clause,)}


@pytest.mark.clause("DX-25")
def test_places_of_a_year_are_followed_down_to_shortages() -> None:
    record = sample_record("daxinganling")
    keys = [key for key in record.figures if key.startswith("places.")]
    districts = [key for key in keys if record.figures[key].scope != "232700"]
    derived = {
        each.figure.measure for key in districts for each in explain_figure(record, key).walk()
    }

    assert any(measure.startswith("shortage.") for measure in derived)
    assert any(measure.startswith("shortage_places.") for measure in derived)


def test_the_area_may_be_given_by_name() -> None:
    assert find_keys(small(), "pharmacies.东区") == ("pharmacies.101",)
    assert explain_figure(small(), "INSURED.西区").key == "insured.102"


def test_a_key_in_part_lists_what_it_fits() -> None:
    assert find_keys(small(), "limit.half") == ("limit.half.101", "limit.half.102")
    with pytest.raises(RequestError) as caught:
        explain_figure(small(), "limit.half")
    (fault,) = caught.value.faults
    assert (fault.kind, fault.fields["n"]) == ("ambiguous_key", 2)


def test_an_unknown_key_names_the_nearest() -> None:
    with pytest.raises(RequestError) as caught:
        explain_figure(small(), "pharmacy.100")
    (fault,) = caught.value.faults
    assert fault.kind == "unknown_key"
    assert "pharmacies.100" in str(fault.fields["nearest"])


def test_a_figure_is_unfolded_once() -> None:
    record: Record = sample_record("shenyang")
    derived = list(explain_figure(record, "hrad_minus_pad.210102").walk())
    unfolded = [each.key for each in derived if not each.repeated]
    assert len(unfolded) == len(set(unfolded))
    assert any(each.repeated for each in derived)
