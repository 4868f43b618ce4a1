"""The quality report: groups, rows, and the ledger's own sheets with the cells marked."""

import openpyxl
import pytest

from dingdian.actions.check_census import check
from dingdian.actions.record_plan import _group
from dingdian.core.census.faults import KINDS
from dingdian.core.errors import Fault, Place
from dingdian.core.quality import FIRST, grouped, told
from dingdian.core.record import QualityRecord
from dingdian.reports.quality import TITLES, quality_rows, summary
from dingdian.reports.quality_workbook import COLOURS, write_quality_workbook
from dingdian.storage.census_files import raw_sheets, read_census
from dingdian.storage.workbook_write import write_workbook
from tests.ledgers import CODES, SOUND, kinds, ledger, read


def dirty(folder):
    """A census with a blocking fault, warnings and notes in known cells."""
    beds = f"institution,bed_class,approved,open\n{CODES[0]},普通,-5,５０\n{CODES[0]},透析,多,1\n"
    ledger(folder, beds=beds)
    reading = read_census(folder)
    return reading, (*reading.faults, *check(reading.census))


def test_groups_are_by_severity_then_kind_and_count_every_cell():
    place = Place("a.xlsx", "床位", 2, "核定床位")
    faults = [Fault("normalised", place, (("value", "５"), ("read", "5")))]
    faults += [
        Fault("negative", Place("a.xlsx", "床位", n, "x"), (("value", n),)) for n in range(9)
    ]
    groups = grouped(faults)
    counts = [(group.kind, len(group.faults)) for group in groups]
    assert counts == [("negative", 1), ("negative", 8), ("normalised", 1)]
    assert groups[1].rows("en") == "rows 1, 2, 3, 4, 5 …"
    assert groups[1].rows("zh") == "第1、2、3、4、5行 …"
    assert sum(len(g.faults) for g in groups) == len(faults)


@pytest.mark.parametrize(
    ("n", "shown"), [(1, "第1行"), (FIRST, "第1、2、3、4、5行"), (FIRST + 1, "第1、2、3、4、5行 …")]
)
def test_the_first_rows_are_shown_and_more_is_said(n, shown):
    faults = [Fault("empty_required", Place("a", "b", row, "c")) for row in range(1, n + 1)]
    assert grouped(faults)[0].rows("zh") == shown


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_row_has_every_column_in_both_languages(tmp_path, lang):
    _, faults = dirty(tmp_path)
    rows = quality_rows(faults, lang)
    assert {len(row) for row in rows} == {len(TITLES)}
    assert all(row[1] and row[5] for row in rows)
    assert not any("{" in cell for row in rows for cell in row)


def test_the_summary_says_whether_a_plan_can_be_made(tmp_path):
    _, faults = dirty(tmp_path)
    assert summary(faults, "en").startswith("1 blocking, 1 warning, 1 note")
    assert "no plan" in summary(faults, "en")
    assert summary((), "zh") == "阻断 0，警告 0，提示 0：可以测算"


def test_offending_cells_are_coloured_and_commented(tmp_path):
    reading, faults = dirty(tmp_path / "in")
    path = tmp_path / "q.xlsx"
    write_quality_workbook(
        path, faults, sheets=raw_sheets(tmp_path / "in"), headings=reading.headings
    )
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:2] == ["质量报告", "全部问题"]
    beds = book["beds"]
    colours = {"C2": "BLOCKING", "D2": "NOTE", "C3": "WARNING"}
    from dingdian.core.errors import Severity

    for cell, severity in colours.items():
        rgb = COLOURS[Severity[severity]].removeprefix("#")
        assert beds[cell].fill.fgColor.rgb == f"FF{rgb}"
        assert beds[cell].comment is not None
    assert beds["A2"].fill.fgColor.rgb != f"FF{COLOURS[Severity.BLOCKING].removeprefix('#')}"
    assert beds["C2"].value == "-5"


def test_the_report_has_a_line_for_every_fault(tmp_path):
    reading, faults = dirty(tmp_path / "in")
    write_quality_workbook(tmp_path / "q.xlsx", faults, headings=reading.headings, lang="en")
    book = openpyxl.load_workbook(tmp_path / "q.xlsx")
    assert book["all faults"].max_row == len(faults) + 1


def test_a_mended_report_can_be_read_as_the_ledger(tmp_path):
    census = read(tmp_path / "in").census
    rows = {name: [t.row(at) for at in range(len(t))] for name, t in census.tables.items()}
    write_workbook(rows, tmp_path / "a.xlsx")
    write_quality_workbook(tmp_path / "q.xlsx", (), sheets=raw_sheets(tmp_path / "a.xlsx"))
    assert read_census(tmp_path / "q.xlsx").faults == ()


def test_equal_faults_give_equal_bytes(tmp_path):
    _, faults = dirty(tmp_path / "in")
    for name in ("a.xlsx", "b.xlsx"):
        write_quality_workbook(tmp_path / name, faults, sheets=raw_sheets(tmp_path / "in"))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_two_sheets_of_one_name_are_both_kept(tmp_path):
    ledger(tmp_path)
    (tmp_path / "床位.csv").write_text(SOUND["beds"], "utf-8")
    reading = read_census(tmp_path)
    assert not kinds(reading.faults)
    write_quality_workbook(tmp_path / "q.xlsx", (), sheets=[*raw_sheets(tmp_path)] * 2)
    names = openpyxl.load_workbook(tmp_path / "q.xlsx").sheetnames
    assert {"beds", "beds2"} <= set(names)


def one_line(faults, kind, lang="zh"):
    """The sentences of the groups of a kind."""
    return [row[1] for row in quality_rows(faults, lang) if row[6] == kind]


def test_every_missing_column_is_named(tmp_path):
    faults = read(tmp_path, populations="year,x\n2024,1\n2025,2\n").faults
    assert one_line(faults, "no_headings") == [
        "没有找到表头行（前 3 行中没有一行含两个以上已知列名）"
    ]
    institutions = "code,name,address\nH21010200001,甲医院,a\n"
    faults = read(tmp_path, institutions=institutions, beds=None).faults
    said = one_line(faults, "missing_column", "en")
    assert said == [
        f"the required column {name} is missing" for name in ("kind", "region", "standing")
    ]


@pytest.mark.parametrize("heading", ["机构名秤", "名秤"])  # the second too short to resemble it
def test_a_misspelt_heading_and_the_column_that_it_leaves_out_name_each_other(tmp_path, heading):
    head = f"医保机构代码,{heading},机构类别,区划代码,定点状态\n"
    row = "H21010200001,甲医院,综合医院,210102,正常\n"
    faults = read(tmp_path, institutions=head + row, beds=None).faults
    assert one_line(faults, "missing_column") == [
        f"缺少必需的列“机构名称”（name）；“{heading}”像是它"
    ]
    assert one_line(faults, "missing_column", "en") == [
        f"the required column name is missing; “{heading}” looks like it"
    ]
    assert one_line(faults, "unknown_column") == [
        f"列“{heading}”不在数据规范中，未读取；像是“机构名称”，表中缺少这一列"
    ]


def test_a_heading_that_resembles_nothing_is_not_taken_for_what_is_missing(tmp_path):
    head = "医保机构代码,电话,机构类别,区划代码,定点状态\n"
    row = "H21010200001,024-1,综合医院,210102,正常\n"
    faults = read(tmp_path, institutions=head + row, beds=None).faults
    assert one_line(faults, "missing_column") == ["缺少必需的列“机构名称”（name）"]
    assert one_line(faults, "unknown_column") == ["列“电话”不在数据规范中，未读取"]


def unknown_words(tmp_path, *words):
    head = "code,name,kind,region,standing,level\n"
    rows = "".join(f"x{at},甲{at},医院,210102,正常,{word}\n" for at, word in enumerate(words))
    return read(tmp_path, institutions=head + rows, beds=None).faults


def test_different_unknown_words_are_listed_with_their_number(tmp_path):
    faults = unknown_words(tmp_path, "甲", "乙", "丙", "丁", "甲", "戊")
    assert one_line(faults, "unknown_choice") == ["“甲、乙、丙 等5种”不在可选项中，读作未知"]
    assert one_line(faults, "unknown_choice", "en") == [
        "“甲, 乙, 丙 and 2 more” is not among the choices; read as unknown"
    ]
    faults = unknown_words(tmp_path, "甲", "乙")
    assert one_line(faults, "unknown_choice") == ["“甲、乙”不在可选项中，读作未知"]


def test_what_is_read_for_each_is_listed_in_the_same_order():
    place = Place("a.xlsx", "床位", 2, "核定床位")
    faults = [
        Fault("normalised", place, (("value", odd), ("read", plain)))
        for odd, plain in (("５", "5"), ("６", "6"))
    ]
    assert one_line(faults, "normalised")[0].startswith("“５、６”按“5、6”读取")


def test_cases_that_differ_in_too_much_for_one_sentence_are_counted():
    its = [(f"{n}区", n, n * 9, n * 3) for n in range(1, 4)]
    names = ("value", "insured", "resident", "percent")
    faults = [
        Fault(
            "insured_over_resident",
            Place("a", "b", 2, "c"),
            (*zip(names, each, strict=True), ("name", "x")),
        )
        for each in its
    ]
    assert one_line(faults, "insured_over_resident")[0].endswith("（等3种情形）")
    assert one_line(faults, "insured_over_resident", "en")[0].endswith("(and 2 other cases)")


def test_example_rows_of_all_sheets_are_one_group():
    faults = [Fault("example_row", Place("a.xlsx", name, 2)) for name in "甲乙丙丁"]
    (row,) = quality_rows(faults)
    assert row[2:5] == ("甲、乙、丙 … (4)", "4", "第2行")


def test_a_cell_is_reported_once_with_its_choices(tmp_path):
    faults = read(tmp_path, beds=SOUND["beds"].replace("普通", "VIP")).faults
    assert kinds(faults) == {"required_choice": 1}
    (row,) = quality_rows(faults)
    assert row[1] == "必填项“VIP”不在可选项中"
    assert "老年护理" in row[5]


def test_an_unread_column_names_the_nearest_heading(tmp_path):
    faults = read(tmp_path, beds=SOUND["beds"].replace("contracted", "医保床位数目")).faults
    assert one_line(faults, "unknown_column") == [
        "列“医保床位数目”不在数据规范中，未读取；像是“医保床位”，表中缺少这一列"
    ]
    faults = read(tmp_path, beds=SOUND["beds"].replace("contracted", "院长电话")).faults
    assert one_line(faults, "unknown_column") == ["列“院长电话”不在数据规范中，未读取"]


def test_a_plan_tells_every_case_of_a_group():
    place = Place("a.xlsx", "机构", 2, "等级")
    faults = [
        Fault("unknown_choice", place, (("value", w), ("choices", "一级"))) for w in "甲乙丙丁"
    ]
    kept = QualityRecord.model_validate(_group(grouped(faults)[0]))
    assert [case["value"] for case in kept.cases] == ["甲", "乙", "丙"]
    what = told(KINDS[kept.kind].what, kept.cases, kept.distinct, "zh")
    assert what == "“甲、乙、丙 等4种”不在可选项中，读作未知"


def test_a_unit_is_named_in_the_language_of_the_reader(tmp_path):
    populations = SOUND["populations"].replace("resident,", "常住人口（万人）,", 1)
    faults = read(tmp_path, populations=populations).faults
    assert "规范要求的“人”" in one_line(faults, "heading_unit")[0]
    assert "not in person" in one_line(faults, "heading_unit", "en")[0]


def test_a_detail_in_which_only_a_later_case_differs_is_not_told_of_all():
    def outside(value, district):
        told = {"value": value, "district": district, "found_zh": "", "found_en": ""}
        return Fault("coordinate_outside_district", Place("a", "b", 2, "c"), tuple(told.items()))

    faults = [
        outside("1", "甲区"),
        outside("2", "甲区"),
        outside("3", "甲区"),
        outside("4", "甲区"),
    ]
    assert "不在所属的 甲区 内" in one_line(faults, "coordinate_outside_district")[0]
    faults.append(outside("5", "乙区"))
    (said,) = one_line(faults, "coordinate_outside_district")
    assert "1、2、3、5 等5种" in said
    assert "甲区、甲区、甲区、乙区 等5种" in said
