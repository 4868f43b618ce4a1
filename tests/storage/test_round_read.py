"""A round on disk: the encodings and forms that a census may have, faults with place and cure."""

# ruff: noqa: E501 -- a table reads best with one row a line

import csv
import io

import pytest
import xlsxwriter

from dingdian.core.admission.rounds import round_of
from dingdian.core.errors import RequestError
from dingdian.core.faults import KINDS
from dingdian.storage.round_read import read_round
from tests.ledgers import kinds
from tests.spots import LAT, LON, ground

HEAD = "申请编号,机构名称,机构类别,经度,纬度,坐标系,服务类型,开业日期\n"
ROW = f"A1,示例诊所,诊所,{LON},{LAT},WGS84,门诊统筹,2025-01-05\n"
SOUND = {
    "批次": "项目,内容\n决定日期,2026/3/1\n抽签种子,8848\n种子公布日期,20260201\n",
    "申请": HEAD + ROW,
    "申请床位": "申请编号,床位类别,申请床位数\nA1,普通,20\n",
    "相关人员": "申请编号,身份,姓名,证件号码\nA1,法人,甲,210102199001010011\n",
    "核查事实": "申请编号,核查项目,是否,数量\nA1,physicians,,2\n",
}


def folder(path, encoding="utf-8", **replaced):
    for name, text in {**SOUND, **replaced}.items():
        if text is not None:
            (path / f"{name}.csv").write_bytes(text.encode(encoding))
    return path


def workbook(path, **replaced):
    book = xlsxwriter.Workbook(str(path))
    for name, text in {**SOUND, **replaced}.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(csv.reader(io.StringIO(text))):
            sheet.write_row(row, 0, cells)
    book.close()
    return path


def made(path, **more):
    read = read_round(path)
    return round_of(read.tables, ground(), faults=read.faults, **more)


def said(found):
    """Everything of a round but where its rows stand."""
    (only,) = found.applications
    people = [(each.role, each.name, each.id_number) for each in only.people]
    facts = {name: (each.yes, each.amount) for name, each in only.facts.items()}
    return (
        found.decided_on,
        found.seed,
        found.seed_published_on,
        only.id,
        only.kind,
        only.services,
        only.beds,
        people,
        facts,
        only.opened_on,
        only.faults,
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_a_folder_of_csv_in_any_usual_encoding_is_the_same_round(tmp_path, encoding):
    (tmp_path / "plain").mkdir()
    (tmp_path / "other").mkdir()

    assert said(made(folder(tmp_path / "other", encoding))) == said(
        made(folder(tmp_path / "plain"))
    )


def test_a_workbook_is_the_same_round(tmp_path):
    (tmp_path / "plain").mkdir()
    plain = made(folder(tmp_path / "plain"))
    found = made(workbook(tmp_path / "round.xlsx"))

    assert said(found) == said(plain)
    assert found.applications[0].origin == "round.xlsx 申请 2"
    assert found.applications[0].people[0].role == "legal_person"


def test_full_width_and_apostrophes_mean_what_they_say(tmp_path):
    row = f"Ａ１,示例诊所,诊所,{LON},{LAT},ＷＧＳ84,门诊统筹,２０２５-01-05\n"
    beds = "申请编号,床位类别,申请床位数\n'A1,普通,２０\n"
    found = made(folder(tmp_path, 申请=HEAD + row, 申请床位=beds))

    (only,) = found.applications
    assert (only.id, only.beds, str(only.opened_on)) == ("A1", {"general": 20}, "2025-01-05")
    assert kinds(only.faults) == {"normalised": 3}


def test_one_csv_of_applications_needs_no_name(tmp_path):
    (tmp_path / "第一批.csv").write_text(HEAD + ROW, "utf-8")

    found = made(tmp_path / "第一批.csv")

    assert [each.id for each in found.applications] == ["A1"]


@pytest.mark.parametrize(
    ("replaced", "kind", "place"),
    [
        ({"申请": HEAD + ROW.replace("2025-01-05", "去年")}, "not_a_day", "申请.csv:开业日期:2"),
        ({"申请": HEAD + ROW.replace("诊所,1", "商店,1")}, "required_choice", "申请.csv:机构类别:2"),
        ({"申请": HEAD + ROW.replace("WGS84", "某坐标系")}, "unknown_choice", "申请.csv:坐标系:2"),
        ({"申请": HEAD + ROW.replace("WGS84", "")}, "site_without_system", "申请.csv:经度:2"),
        ({"申请": HEAD + ROW.replace(f"{LON}", "")}, "site_without_coordinates", "申请.csv:经度:2"),
        ({"申请": HEAD + ROW.replace("门诊统筹", "牙科")}, "unknown_service", "申请.csv:服务类型:2"),
        ({"申请": HEAD + ROW.replace("门诊统筹", "")}, "site_without_service", "申请.csv:服务类型:2"),
        ({"申请床位": SOUND["申请床位"].replace("20", "二十")}, "not_a_number", "申请床位.csv:申请床位数:2"),
        ({"申请床位": SOUND["申请床位"].replace("20", "-1")}, "negative", "申请床位.csv:申请床位数:2"),
        ({"申请床位": SOUND["申请床位"].replace("普通", "大")}, "required_choice", "申请床位.csv:床位类别:2"),
        ({"核查事实": SOUND["核查事实"].replace(",,2", ",也许,2")}, "not_a_flag", "核查事实.csv:是否:2"),
    ],
)  # fmt: skip
def test_a_fault_of_a_row_is_told_with_its_place_and_stops_nobody(tmp_path, replaced, kind, place):
    other = ROW.replace("A1", "A2")
    table = replaced.get("申请", HEAD + ROW) + other
    found = made(folder(tmp_path, **{**replaced, "申请": table}))
    faulty, sound = found.applications

    assert kind in {each.kind for each in faulty.faults if str(each.place) == place}
    assert (sound.id, sound.faults, found.faults) == ("A2", (), ())
    assert sound.site is not None


def test_a_kind_that_nobody_knows_leaves_the_applicant_without_a_site(tmp_path):
    found = made(folder(tmp_path, 申请=HEAD + ROW.replace("诊所,1", "商店,1")))

    (only,) = found.applications
    assert (only.kind, only.site, only.services) == ("", None, ("outpatient_pooling",))


@pytest.mark.parametrize(
    ("replaced", "kind"),
    [
        ({"申请": None}, "round_without_applications"),
        ({"申请": HEAD}, "round_without_applications"),
        ({"申请": HEAD.replace("经度,", "")}, "missing_column"),
        ({"申请": HEAD + 2 * ROW}, "duplicate_key"),
        ({"申请": HEAD + ROW.replace("A1", "")}, "empty_required"),
        ({"核查事实": SOUND["核查事实"].replace("A1", "A7")}, "unknown_reference"),
        ({"核查事实": SOUND["核查事实"].replace("A1", "")}, "empty_required"),
    ],
)
def test_what_stops_a_round_is_told_with_its_cure(tmp_path, replaced, kind):
    with pytest.raises(RequestError) as stopped:
        made(folder(tmp_path, **replaced))

    found = [each for each in stopped.value.faults if each.kind == kind]
    assert found
    for each in found:
        for lang in ("zh", "en"):
            assert KINDS[kind].what.say(lang, **each.fields)
            assert KINDS[kind].cure.say(lang, **each.fields)


@pytest.mark.parametrize(
    ("replaced", "kind"),
    [
        ({"既往记录": "编号,情形,名称或姓名\nJ1,,甲\n"}, "empty_required"),
        (
            {"已用数量": "编号,所属区划代码,资源,数量\nY1,east,定点零售药店,-1\n"},
            "required_unreadable",
        ),
    ],
)
def test_what_cannot_be_read_and_may_touch_anybody_stops_a_round(tmp_path, replaced, kind):
    with pytest.raises(RequestError) as caught:
        made(folder(tmp_path, **replaced))
    assert kind in kinds(caught.value.faults)


def test_beds_of_no_known_class_and_scores_of_no_known_part_are_unknown(tmp_path):
    beds = SOUND["申请床位"] + "A1,月球,7\n"
    scores = "申请编号,部分,评估项目,得分,满分\nA1,定量,总分,80,100\nA1,定额,总分,5,100\n"
    (only,) = made(folder(tmp_path, 申请床位=beds, 评估=scores)).applications

    assert only.beds == {"general": 20, "": None}
    assert [each.score for each in only.scores] == [80, None]
    assert kinds(only.faults)["required_choice"] == 2


def test_faults_of_files_rows_and_ids_stop_a_round_in_one_list(tmp_path):
    people = SOUND["相关人员"].replace("身份,", "角,").replace("A1", "A8")
    with pytest.raises(RequestError) as stopped:
        made(folder(tmp_path, 申请=HEAD + 2 * ROW, 相关人员=people))

    assert kinds(stopped.value.faults) == {
        "missing_column": 1,
        "duplicate_key": 1,
        "unknown_reference": 1,
    }


def test_a_file_that_is_not_there_and_one_that_is_no_workbook(tmp_path):
    (tmp_path / "申请.xls").write_bytes(b"x")
    for path, kind in ((tmp_path / "no.xlsx", "no_file"), (tmp_path, "not_a_workbook")):
        with pytest.raises(RequestError) as stopped:
            made(path)
        assert kind in kinds(stopped.value.faults)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("项目,内容\n决定日期,明天\n", "round_item_not_a_day"),
        ("项目,内容\n主持人,甲\n", "unknown_item"),
    ],
)
def test_what_is_odd_about_the_round_itself_is_said_of_the_round(tmp_path, text, kind):
    found = made(folder(tmp_path, 批次=text))

    assert [(each.kind, each.place.row) for each in found.faults] == [(kind, 2)]
    assert found.decided_on is None


def test_a_sheet_of_another_name_is_named_with_a_guess(tmp_path):
    read = read_round(workbook(tmp_path / "round.xlsx", 附表=SOUND["核查事实"]))

    (found,) = [each for each in read.faults if each.kind == "unknown_sheet"]
    assert "核查事实" in found.fields["guess_zh"]
