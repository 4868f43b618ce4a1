"""Every kind of fault that reading finds: a bad file -> its kind and its place."""
# ruff: noqa: E501 -- one case a line

import importlib
import sys

import polars as pl
import pytest

from dingdian.core.census.faults import KINDS, stops
from dingdian.core.errors import Severity
from tests.ledgers import CODES, SOUND, kinds, places, read

INSTITUTIONS = SOUND["institutions"]
BEDS = SOUND["beds"]


def beds(cell: str) -> str:
    return f"institution,bed_class,approved\n{CODES[0]},普通,{cell}\n"


def one(heading: str, cell: str) -> str:
    """One institution with one more column."""
    return f"code,name,kind,region,standing,{heading}\n{CODES[0]},甲医院,医院,210102,正常,{cell}\n"


CELLS = [
    # fault kind, table, its text, place
    ("empty_required", "institutions", INSTITUTIONS.replace("乙诊所", ""), "institutions.csv:name:3"),
    ("empty_required", "institutions", INSTITUTIONS.replace("乙诊所", "  "), "institutions.csv:name:3"),
    ("required_choice", "beds", BEDS.replace("普通", "VIP"), "beds.csv:bed_class:2"),
    ("required_unreadable", "populations", "region,year,resident\n210102,去年,1\n", "populations.csv:year:2"),
    ("empty_required", "beds", BEDS.replace("普通", "-"), "beds.csv:bed_class:2"),
    ("placeholder", "institutions", one("地址", "[]"), "institutions.csv:地址:2"),
    ("normalised", "beds", beds("５０"), "beds.csv:approved:2"),
    ("normalised", "beds", beds('"1,050"'), "beds.csv:approved:2"),
    ("normalised", "beds", beds("'50"), "beds.csv:approved:2"),
    ("code_from_number", "institutions", INSTITUTIONS.replace(",210103,", ",210103.0,"), "institutions.csv:region:3"),
    ("code_digits_lost", "institutions", one("uscc", "9.12E+17"), "institutions.csv:uscc:2"),
    ("formula_like_text", "institutions", INSTITUTIONS.replace("乙诊所", "=1+1"), "institutions.csv:name:3"),
    ("private_character", "institutions", INSTITUTIONS.replace("乙诊所", "\ue863诊所"), "institutions.csv:name:3"),
    ("not_a_number", "beds", beds("50张"), "beds.csv:approved:2"),
    ("not_a_number", "beds", beds('"10,50"'), "beds.csv:approved:2"),
    ("not_a_number", "beds", beds("1e3"), "beds.csv:approved:2"),
    ("magnitude_suffix", "beds", beds("1.2万"), "beds.csv:approved:2"),
    ("number_too_large", "beds", beds("9" * 19), "beds.csv:approved:2"),
    ("negative", "beds", beds("-5"), "beds.csv:approved:2"),
    ("not_whole", "beds", beds("50.5"), "beds.csv:approved:2"),
    ("too_many_decimals", "regions", SOUND["regions"].replace(",60\n", ",60.12345678\n"), "regions.csv:area_km2:3"),
    ("not_a_day", "institutions", one("开业日期", "2025-02-30"), "institutions.csv:开业日期:2"),
    ("not_a_day", "institutions", one("开业日期", "2025年"), "institutions.csv:开业日期:2"),
    ("serial_day", "institutions", one("开业日期", "45662"), "institutions.csv:开业日期:2"),
    ("unknown_choice", "institutions", one("等级", "特级"), "institutions.csv:等级:2"),
    ("several_choices", "institutions", one("类型", "综合医院|口腔医院"), "institutions.csv:类型:2"),
    ("choice_inside_text", "institutions", one("类型", "医疗保健服务;综合医院"), "institutions.csv:类型:2"),
    ("type_inside_kind", "institutions", one("地址", "a").replace(",医院,", ",综合医院,"), "institutions.csv:kind:2"),
    ("level_inside_type", "institutions", one("类型", "三级甲等医院"), "institutions.csv:类型:2"),
    ("not_a_flag", "institutions", one("住院", "部分"), "institutions.csv:住院:2"),
    ("not_a_degree", "institutions", one("经度", "东经"), "institutions.csv:经度:2"),
    ("region_by_name", "institutions", INSTITUTIONS.replace(",210103,", ",乙县,"), "institutions.csv:所属区划代码:3"),
    ("unknown_item", "about", SOUND["about"] + "colour,red\n", "about.csv:项目:4"),
    ("taken_on_not_a_day", "about", "item,value\ntaken_on,年底\n", "about.csv:内容:2"),
    ("title_rows", "beds", "示例市床位表,,\n" + BEDS, "beds.csv"),
    ("example_row", "beds", BEDS + "示例：H1,普通,1,1,1\n", "beds.csv:3"),
    ("unknown_column", "beds", BEDS.replace("open", "备用"), "beds.csv:备用:1"),
    ("two_line_headings", "beds", f"institution,bed_class,床位数,\n,,编制,医保\n{CODES[0]},普通,50,40\n", "beds.csv:2"),
    ("no_number_column", "beds", f"institution,bed_class,编制,实有\n{CODES[0]},普通,50,60\n", "beds.csv"),
    ("missing_column", "beds", BEDS.replace("bed_class", "类"), "beds.csv:1"),
    ("duplicate_column", "beds", BEDS.replace("open", "核定床位"), "beds.csv:核定床位:1"),
    ("heading_unit", "populations", SOUND["populations"].replace("resident,", "常住人口（万人）,", 1), "populations.csv:常住人口（万人）:1"),
    ("no_headings", "beds", "a,b\n1,2\n", "beds.csv"),
    ("wrong_encoding", "beds", b"\xff\xfe\xfd\x81\xff", "beds.csv"),
    ("wrong_encoding", "beds", b"institution,bed_class\n\0\0", "beds.csv"),
    ("unreadable_file", "beds", 'institution,bed_class\n"a,b\n', "beds.csv"),
    ("unknown_sheet", "sheet7", "code,name\na,b\n", "sheet7.csv"),
    ("missing_table", "regions", None, ""),
    ("empty_table", "populations", "region,year\n", ""),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "table", "text", "place"), CELLS)
def test_a_bad_table_gives_its_fault_and_place(tmp_path, kind, table, text, place):
    reading = read(tmp_path, **{table: text})
    assert place in places(reading.faults, kind)


def test_the_sound_census_has_no_fault(tmp_path):
    assert read(tmp_path).faults == ()


def test_malformed_cells_are_unknown_not_zero(tmp_path):
    reading = read(tmp_path, beds=beds("五十"))
    assert reading.census.tables["beds"]["approved"].cells() == [None]


def test_rounding_half_goes_to_even(tmp_path):
    regions = SOUND["regions"].replace(",60\n", ",60.0000005\n").replace(",40\n", ",40.0000015\n")
    area = read(tmp_path, regions=regions).census.tables["regions"]["area_km2"]
    assert [int(cell * 10**6) for cell in area.cells()[1:]] == [60_000_000, 40_000_002]


@pytest.mark.parametrize(
    ("text", "blocks"), [("0", False), ("-1", True), ("-0", False), ("1", False)]
)
def test_a_negative_number_stops_a_plan_and_zero_does_not(tmp_path, text, blocks):
    assert stops(read(tmp_path, beds=beds(text)).faults) is blocks


def test_fund_numbers_may_be_negative(tmp_path):
    fund = "fund,year,month,entry,balance\n职工统筹,2025,1,实际,-5.25\n"
    reading = read(tmp_path, fund=fund)
    assert not kinds(reading.faults)["negative"]
    assert str(reading.census.tables["fund"]["balance"].cell(0)) == "-21/4"


def test_all_faults_of_a_census_are_in_one_list(tmp_path):
    found = kinds(read(tmp_path, beds=beds("-5"), regions=None, about="x\n").faults)
    assert found["negative"] == found["missing_table"] == found["no_headings"] == 1


def test_a_missing_path_and_an_empty_folder_are_faults(tmp_path):
    from dingdian.storage.census_files import read_census

    (tmp_path / "empty").mkdir()
    assert kinds(read_census(tmp_path / "nothing").faults) == {"no_file": 1}
    reading = read_census(tmp_path / "empty")
    assert kinds(reading.faults) == {"no_table": 1}
    assert reading.census is None


def test_files_that_are_no_table_are_named(tmp_path):
    (tmp_path / "notes.docx").write_bytes(b"x")
    (tmp_path / "old.xls").write_bytes(b"x")
    (tmp_path / "broken.xlsx").write_bytes(b"PK nothing")
    (tmp_path / "secret.xlsx").write_bytes(b"\xd0\xcf\x11\xe0 locked")
    found = kinds(read(tmp_path).faults)
    assert found == {"unknown_file": 1, "not_a_workbook": 2, "unreadable_file": 1}


def test_an_empty_file_is_an_empty_table(tmp_path):
    assert places(read(tmp_path, regions="").faults, "empty_table") == [""]


def test_parquet_without_its_extra_is_named(tmp_path, monkeypatch):
    pl.DataFrame({"number": ["a"], "received_on": ["2025-01-05"]}).write_parquet(
        tmp_path / "letters.parquet"
    )
    assert not read(tmp_path).faults
    monkeypatch.setitem(sys.modules, "polars", None)
    assert kinds(read(tmp_path).faults) == {"extra_missing": 1}


def test_parquet_keeps_types(tmp_path):
    frame = pl.DataFrame({"number": ["a"], "received_on": ["2025-01-05"]})
    days = frame.with_columns(pl.col("received_on").str.to_date())
    days.write_parquet(tmp_path / "letters.parquet")
    table = read(tmp_path).census.tables["letters"]
    assert table["received_on"].cells()[0].isoformat() == "2025-01-05"
    assert table.origin == ("letters.parquet 2",)


def test_a_broken_parquet_file_is_a_fault(tmp_path):
    (tmp_path / "letters.parquet").write_bytes(b"PAR1")
    assert kinds(read(tmp_path).faults) == {"unreadable_file": 1}


def test_every_kind_of_fault_is_shown_by_a_test():
    others = [importlib.import_module(f"tests.{name}") for name in ("storage.test_workbooks", "storage.test_boundaries", "actions.test_check_census", "actions.test_check_coordinates", "actions.test_check_boundaries", "actions.test_check_grid", "actions.test_check_mixtures", "core.census.test_survey_faults")]  # fmt: skip
    shown = {kind for kind, *_ in CELLS} | {kind for each in others for kind in each.SHOWN}
    elsewhere = {
        "empty_wanted",
        "import_without_day",
        "import_of_a_coming_day",
        "import_of_another_place",
        "unlisted_word",
        "no_file",
        "no_table",
        "unknown_file",
        "extra_missing",
        "taken_on_another_day",
        "taken_on_before_stock_day",
        "taken_on_before_what_if",
        "lift_unmatched",
        "decision_of_no_line",
    }
    assert shown | elsewhere == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_sentences_have_the_same_fields_in_both_languages(kind):
    import string

    def fields(text):
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        return {name.removesuffix("_zh").removesuffix("_en") for name in names}

    its = KINDS[kind]
    assert isinstance(its.severity, Severity)
    assert fields(its.what.zh) >= fields(its.what.en) or fields(its.what.en) >= fields(its.what.zh)
    assert its.cure.zh
    assert its.cure.en
