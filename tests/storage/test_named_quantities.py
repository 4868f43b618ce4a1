"""Resources, measures of earlier years and benchmarks: Chinese words and identifiers alike."""
# ruff: noqa: E501 -- one row of a ledger a line

import pytest

from dingdian.core.census.canonical import columns_of
from dingdian.core.census.faults import stops
from dingdian.core.census.vocabulary import OWN_BENCHMARKS, PAST_MEASURES, RESOURCES
from dingdian.core.indicators import MEASURES
from dingdian.core.indicators.benchmarks import OWN_UNITS
from dingdian.storage.census_files import read_census
from dingdian.storage.workbook_write import write_workbook
from tests.city import BING, ROOT, n, rows
from tests.city_policy import workings
from tests.ledgers import kinds, places, read

RELEASES = "编号,所属区划代码,年份,原因,资源,床位类别,数量\n"
HISTORY = "所属区划代码,年份,指标,数量\n"
BENCHMARKS = "对标编号,数值\n"
SUBMISSIONS = "所属区划代码,规划年份,资源,申报数量\n"


def releases(word):
    return f"{RELEASES}R1,210102,2025,解除,{word},,1\n"


def history(word):
    return f"{HISTORY}210102,2024,{word},1\n"


def benchmarks(word):
    return f"{BENCHMARKS}{word},7\n"


def submissions(word):
    return f"{SUBMISSIONS}210102,2026,{word},1\n"


def cells(reading, table, column):
    return reading.census.tables[table][column].cells()


def test_every_resource_is_one_that_the_plan_counts_and_every_one_is_named():
    counted = {name.removeprefix("released_") for name in MEASURES if name.startswith("released_")}
    assert set(RESOURCES) == counted | {"dental_chairs"}


def test_every_measure_of_earlier_years_is_a_measure():
    assert set(PAST_MEASURES) <= set(MEASURES)


def test_every_benchmark_of_a_bureau_is_named():
    totals = {"designated_total_pharmacies", "designated_total_medical_institutions"}
    assert set(OWN_BENCHMARKS) == set(OWN_UNITS) | totals


@pytest.mark.parametrize(
    ("terms", "table", "column", "text"),
    [
        (RESOURCES, "releases", "resource", releases),
        (RESOURCES, "submissions", "resource", submissions),
        (PAST_MEASURES, "history", "measure", history),
        (OWN_BENCHMARKS, "benchmarks", "benchmark", benchmarks),
    ],
    ids=["releases", "submissions", "history", "benchmarks"],
)
def test_the_chinese_name_and_the_identifier_are_the_same_word(
    tmp_path, terms, table, column, text
):
    head = text("x").splitlines()[0]
    for at in (0, 1):
        lines = [
            text(word).splitlines()[1]
            for term in terms.values()
            for word in [(term.id, term.zh)[at]]
        ]
        body = "\n".join(line.replace("R1,", f"R{n},") for n, line in enumerate(lines))
        reading = read(tmp_path / str(at), **{table: f"{head}\n{body}\n"})
        assert not reading.faults
        assert cells(reading, table, column) == list(terms)


@pytest.mark.parametrize(
    ("word", "meant"),
    [("零售药店", "pharmacies"), ("医保床位：透析", "contracted_beds_dialysis"), ("透析医保床位", "contracted_beds_dialysis"), ("门诊统筹医疗机构", "outpatient_pooling_institutions"), ("口腔牙椅", "dental_chairs")],
)  # fmt: skip
def test_everyday_words_for_resources(tmp_path, word, meant):
    assert cells(read(tmp_path, releases=releases(word)), "releases", "resource") == [meant]


def test_an_unknown_resource_stops_releases_and_warns_in_submissions(tmp_path):
    released = read(tmp_path / "a", releases=releases("药店床位"))
    assert stops(released.faults)
    asked = read(tmp_path / "b", submissions=submissions("药店床位"))
    assert kinds(asked.faults) == {"unknown_choice": 1}
    assert not stops(asked.faults)
    assert "定点零售药店" in str(asked.faults[0].fields["choices"])


def test_a_submission_that_names_no_resource_is_warned_of(tmp_path):
    reading = read(tmp_path, submissions=submissions(""))
    assert kinds(reading.faults) == {"empty_wanted": 1}
    assert places(reading.faults, "empty_wanted") == ["submissions.csv:资源:2"]


def test_another_identifier_of_a_measure_is_kept_and_reported_and_other_words_stop(tmp_path):
    reading = read(tmp_path / "a", history=history("medical_private"))
    assert kinds(reading.faults) == {"unlisted_word": 1}
    assert cells(reading, "history", "measure") == ["medical_private"]
    assert stops(read(tmp_path / "b", history=history("药店床位")).faults)


@pytest.mark.parametrize("word", ["beds_of_our_own", "本市床位目标"])
def test_another_benchmark_is_kept_and_reported(tmp_path, word):
    reading = read(tmp_path, benchmarks=benchmarks(word))
    assert kinds(reading.faults) == {"unlisted_word": 1}
    assert "区域卫生规划千人床位数" in str(reading.faults[0].fields["choices"])
    assert cells(reading, "benchmarks", "benchmark") == [word]


def test_a_workbook_shows_words_and_the_canonical_copy_identifiers(tmp_path):
    census = read(
        tmp_path / "in", releases=releases("定点零售药店"), benchmarks=benchmarks("own_one")
    ).census
    assert columns_of(census.tables["releases"])["resource"] == ["pharmacies"]
    rows = {name: [t.row(at) for at in range(len(t))] for name, t in census.tables.items()}
    write_workbook(rows, tmp_path / "out.xlsx")
    again = read_census(tmp_path / "out.xlsx")
    assert cells(again, "releases", "resource") == ["pharmacies"]
    assert cells(again, "benchmarks", "benchmark") == ["own_one"]


def test_chairs_asked_for_by_either_name_are_counted():
    its = rows()
    for number, name in enumerate(("dental_chairs", "contracted_beds_dental_chair"), 1):
        its["submissions"].append(
            {"region": BING, "year": n(2026), "resource": name, "asked": n(number)}
        )
    assert workings(its).figure("asked_contracted_beds_dental_chair", ROOT).value == 3
