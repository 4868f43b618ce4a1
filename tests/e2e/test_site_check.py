"""``dingdian site-check`` as a user runs it: one site, a round, bad input."""

import csv
import json

import openpyxl
import pytest
from shapely.geometry import shape

POINT = ("123.43", "41.80")
ASK = ("--crs", "CGCS2000", "--service", "门诊统筹")
BASE = ("--policy", "shenyang", "--on", "2026-03-01")
HEADS = (
    "申请编号",
    "名称",
    "机构类别",
    "经度",
    "纬度",
    "坐标系",
    "服务类型",
    "排序",
    "坐标误差（米）",
)
pytestmark = [pytest.mark.slow, pytest.mark.clause("SY-09")]


@pytest.fixture(scope="module")
def ask(dingdian, sy_ledger):
    def asked(*words):
        return dingdian("site-check", *words, "--census", sy_ledger, *BASE)

    return asked


@pytest.fixture(scope="module")
def answer(ask):
    ended = ask(*POINT, *ASK, "--nearest", 5000, "--json")
    assert ended.code == 0, ended.err
    return json.loads(ended.out)


@pytest.fixture
def applicants(tmp_path):
    def written(*rows, heads=HEADS, name="申请.csv", encoding="utf-8-sig"):
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows([heads, *rows])
        return path

    return written


# ---------------------------------------------------------------- one site


def test_the_answer_names_who_blocks_how_far_and_by_which_clause(ask, answer):
    ended = ask(*POINT, *ASK)

    assert ended.code == 0
    blockers = [near for near in answer["rules"][0]["near"] if "blocks" in near["effects"].values()]
    assert answer["verdict"] == "broken"
    assert len(blockers) >= 2
    assert "不符合：15分钟医保服务圈间距（SY-09），800 米（含本数）" in ended.out
    for near in blockers:
        assert near["code"] in ended.out
        assert f"{near['distance_mm'] / 1000:.3f} 米" in ended.out
        assert near["distance_mm"] <= 800_000


def test_the_answer_is_dated_non_binding_and_says_what_it_was_made_from(ask, answer):
    ended = ask(*POINT, *ASK)

    assert "【测算】" in ended.out
    assert "适用 2026-03-01 的规则；台账截止 2025-12-31" in ended.out
    assert "不是行政决定" in ended.out
    assert answer["fingerprints"]["census"][:12] in ended.out
    assert answer["fingerprints"]["shelf"][:12] in ended.out
    assert (answer["binding"], answer["marks"]["simulation"]) == (False, True)


def test_in_english(ask):
    ended = ask(*POINT, *ASK, "--lang", "en")

    assert "broken: Spacing of the 15-minute circle (SY-09), 800 m" in ended.out
    assert "no decision and no promise" in ended.out


def test_the_nearest_places_are_localities_where_it_may_nearest_first(ask, answer):
    places = answer["places"]

    assert places
    distances = [each["distance_mm"] for each in places]
    assert distances == sorted(distances)
    assert distances[-1] <= 5_000_000
    for each in places[:2]:
        there = ask(repr(each["lon"]), repr(each["lat"]), *ASK, "--json")
        assert json.loads(there.out)["verdict"] == "kept"


def test_where_it_may_stand_no_other_place_is_looked_for(ask, answer):
    spot = answer["places"][0]
    ended = ask(repr(spot["lon"]), repr(spot["lat"]), *ASK, "--nearest", 5000)

    assert "符合：" in ended.out
    assert "居民点" not in ended.out


def test_the_system_moves_the_point(ask, answer):
    shifted = json.loads(ask(*POINT, "--crs", "GCJ-02", *ASK[2:], "--json").out)

    assert abs(shifted["site"]["lon"] - 123.43) > 0.004
    assert shifted["rules"][0]["near"] != answer["rules"][0]["near"]


def test_the_point_as_stated_is_kept_beside_the_converted_one(ask):
    words = (*POINT, "--crs", "GCJ-02", *ASK[2:])

    stated = json.loads(ask(*words, "--json").out)["site"]["stated"]

    x, y = map(float, POINT)
    assert stated == {"x": x, "y": y, "crs": "gcj02"}
    assert f"由 {x}, {y} GCJ-02 换算" in ask(*words).out


def test_a_pharmacy_meets_pharmacies(ask):
    ended = ask(*POINT, *ASK, "--kind", "pharmacy", "--json")

    near = json.loads(ended.out)["rules"][0]["near"]
    assert {each["kind"] for each in near} == {"retail_pharmacy"}


def test_an_error_of_the_point_may_ask_for_a_measurement(ask, answer):
    wide = json.loads(ask(*POINT, *ASK, "--error", "5000", "--json").out)

    effects = {e for near in wide["rules"][0]["near"] for e in near["effects"].values()}
    assert wide["verdict"] in ("measure_on_site", "undefined")
    assert "measure_on_site" in effects
    assert "blocks" not in effects


@pytest.mark.clause("SY-24")
@pytest.mark.parametrize("flag", ["高校内设医疗机构", "integrated village clinic"])
def test_one_that_the_plan_does_not_limit_says_so_by_its_flag(ask, flag):
    found = json.loads(ask(*POINT, *ASK, "--flag", flag, "--json").out)

    assert (found["verdict"], found["rules"][0]["why"]["code"]) == ("not_bound", "spacing_exempt")
    other = json.loads(ask(*POINT, *ASK, "--flag", "重点建设项目", "--json").out)
    assert other["verdict"] == "broken"


def test_one_that_stands_already_is_not_new_and_one_that_moves_is(ask, answer):
    code = answer["rules"][0]["near"][0]["code"]

    stands = json.loads(ask(*POINT, *ASK, "--code", code, "--json").out)
    moves = json.loads(ask(*POINT, *ASK, "--code", code, "--moved", "--json").out)

    assert (stands["verdict"], stands["rules"][0]["why"]["code"]) == (
        "not_bound",
        "spacing_not_new",
    )
    assert moves["verdict"] == "broken"
    assert code not in [near["code"] for near in moves["rules"][0]["near"]]


def test_the_map_shows_the_site_its_circle_and_who_blocks(ask, answer, tmp_path):
    path = tmp_path / "a.geojson"
    assert ask(*POINT, *ASK, "--geojson", path).code == 0

    found = json.loads(path.read_text("utf-8"))["features"]
    by_role = {each["properties"]["role"]: each for each in found}
    circle = shape(by_role["circle"]["geometry"])
    assert len(circle.exterior.coords) == 65
    for each in found:
        if each["properties"]["role"] == "blocker":
            assert circle.buffer(1e-5).contains(shape(each["geometry"]))
    again = ask(*POINT, *ASK, "--geojson", path)
    assert again.code == 7


def test_a_place_without_a_spacing_rule_says_so(dingdian, dx_ledger):
    words = ("--crs", "CGCS2000", "--service", "门诊统筹", "--census", dx_ledger)
    ended = dingdian("site-check", "124.12", "50.42", *words, "--policy", "daxinganling")

    assert ended.code == 0
    assert "当日没有有效的间距规定" in ended.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("41.80", "123.43", *ASK), "写反"),
        (("0", "0", *ASK), "坐标为零"),
        (("123°25′48″", "41°48′", *ASK), "123.430000"),
        (("123.43", "41.80", "--crs", "火星系", *ASK[2:]), "不是已知的坐标系"),
        (("123.43", "41.80", "--crs", "EPSG:4550", *ASK[2:]), "不可能是所写坐标系中的点"),
        (("2.35", "48.85", *ASK), "不在中国境内"),
        (("-123.43", "41.80", *ASK), "不在中国境内"),
        (("nan", "41.80", *ASK), "缺少坐标"),
        (("116.40", "39.90", *ASK), "不在本地任何区县"),
        ((*POINT, *ASK[:2], "--service", "牙科"), "没有“牙科”这项服务类型"),
        ((*POINT, *ASK, "--kind", "商店"), "没有“商店”这类机构"),
        ((*POINT, *ASK, "--flag", "好"), "没有“好”这个标志"),
        ((*POINT, *ASK, "--code", "H999"), "没有代码为“H999”的机构"),
        ((*POINT, *ASK, "--moved"), "没有写已有的代码"),
        ((*POINT, *ASK, "--ownership", "外国"), "“办医性质”没有“外国”这个词"),
    ],
)
def test_a_point_that_cannot_be_is_refused_with_its_cure(ask, words, said):
    ended = ask(*words)

    assert ended.code == 3
    assert said in ended.err
    assert "→" in ended.err
    assert ended.out == ""


@pytest.mark.parametrize(
    "words", [POINT, (*POINT, "--crs", "CGCS2000"), ASK, (*POINT, *ASK, "--error", "-1"), ("a",)]
)
def test_half_a_question_is_a_wrong_command_line(ask, words):
    assert ask(*words).code == 2


def test_a_day_outside_the_plan_and_another_city_are_refused(dingdian, sy_ledger):
    words = ("site-check", *POINT, *ASK, "--census", sy_ledger)

    assert dingdian(*words, "--policy", "shenyang", "--on", "2028-01-01").code == 6
    assert dingdian(*words, "--policy", "daxinganling", "--on", "2026-01-01").code == 5


# ---------------------------------------------------------------- a round


@pytest.fixture(scope="module")
def open_place(answer):
    """A place where nothing stands near, from the answer about another."""
    return answer["places"][0]["lon"], answer["places"][0]["lat"]


def test_a_round_from_file_to_file(ask, applicants, open_place, tmp_path):
    lon, lat = open_place
    file = applicants(
        ("SQ1", "甲诊所", "诊所", lon, lat, "CGCS2000", "门诊统筹", 2, 0),
        ("SQ2", '=HYPERLINK("x")', "诊所", lon, lat + 0.002, "国家2000", "门诊统筹", 1, 0),
        ("SQ3", "丙诊所", "诊所", *POINT, "CGCS2000", "门诊统筹、住院", 3, 0),
    )
    out = tmp_path / "answers.xlsx"

    ended = ask("--file", file, "--out", out)

    assert ended.code == 0, ended.err
    book = openpyxl.load_workbook(out)
    head, *rows = book["结论"].iter_rows(values_only=True)
    found = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert [found[each]["结论"] for each in ("SQ1", "SQ2", "SQ3")] == ["不符合", "符合", "不符合"]
    assert found["SQ1"]["阻挡机构"] == "SQ2"
    assert 200 < found["SQ1"]["最近距离（米）"] < 250
    assert found["SQ2"]["名称"] == '=HYPERLINK("x")'
    assert found["SQ1"]["条款"] == "SY-09"
    assert "恰好等于间距算不算在内？" in found["SQ1"]["口径"]
    pairs = list(book["申请之间"].iter_rows(min_row=2, values_only=True))
    assert [(row[1], row[2]) for row in pairs] == [("SQ1", "SQ2")]
    notes = [row[0] for row in book["说明"].iter_rows(values_only=True)]
    assert any("测算" in note for note in notes)
    assert any("最多 1 件（已证明）" in note for note in notes)
    assert any("不是行政决定" in note for note in notes)


def test_the_same_round_in_another_order_and_language_says_the_same(ask, applicants, open_place):
    lon, lat = open_place
    rows = [
        ("SQ1", "甲", "诊所", lon, lat, "CGCS2000", "门诊统筹", 2, 0),
        ("SQ2", "乙", "诊所", lon, lat + 0.002, "CGCS2000", "门诊统筹", 1, 0),
    ]
    heads = ("application id", "name", "kind", "longitude", "latitude", "crs", "services", "rank", "position_error_m")  # fmt: skip  # noqa: E501
    english = [(*row[:2], "clinic", *row[3:6], "outpatient_pooling", *row[7:]) for row in rows]

    first = ask("--file", applicants(*rows, encoding="gb18030"), "--json")
    second = ask("--file", applicants(*english[::-1], heads=heads, name="b.csv"), "--json")

    found = [json.loads(each.out) for each in (first, second)]
    verdicts = [
        {each["site"]["id"]: each["verdict"] for each in one["applicants"]} for one in found
    ]
    assert verdicts[0] == verdicts[1] == {"SQ1": "broken", "SQ2": "kept"}
    assert found[0]["rounds"][0]["largest"]["proved"] is True


def test_services_as_columns(ask, applicants, open_place):
    heads = ("申请编号", "机构类别", "经度", "纬度", "坐标系", "门诊统筹", "住院")
    file = applicants(("SQ1", "医院", *open_place, "CGCS2000", "是", "否"), heads=heads)

    found = json.loads(ask("--file", file, "--json").out)

    assert found["applicants"][0]["site"]["services"] == ["outpatient_pooling"]


def test_every_fault_of_a_file_is_told_at_once(ask, applicants, tmp_path):
    file = applicants(
        ("SQ1", "甲", "诊所", "41.80", "123.43", "CGCS2000", "门诊统筹", 1, 0),
        ("SQ1", "乙", "诊所", *POINT, "CGCS2000", "牙科", 2, 0),
        ("SQ3", "丙", "诊所", "", "", "CGCS2000", "门诊统筹", 3, 0),
        ("SQ4", "丁", "诊所", *POINT, "", "门诊统筹", 4, 0),
        ("SQ5", "戊", "诊所", *POINT, "CGCS2000", "", 5, 0),
    )
    out = tmp_path / "answers.xlsx"

    ended = ask("--file", file, "--out", out)

    assert ended.code == 3
    for said in ("写反", "牙科", "缺少坐标", "没有写明坐标系", "没有写服务类型", "SQ1"):
        assert said in ended.err
    assert "申请.csv" in ended.err
    assert not out.exists()


def test_sound_rows_are_answered_beside_faulty_ones(ask, applicants, answer, tmp_path):
    near, far = ((each["lon"], each["lat"]) for each in (answer["places"][0], answer["places"][-1]))
    file = applicants(
        ("SQ1", "甲", "诊所", "", "", "CGCS2000", "门诊统筹", 2, 0),
        ("SQ2", "乙", "诊所", *near, "CGCS2000", "门诊统筹", 1, 0),
        ("SQ3", "丙", "诊所", *far, "CGCS2000", "门诊统筹", 3, 0),
        ("SQ4", "丁", "商店", *POINT, "CGCS2000", "门诊统筹", 4, 0),
        ("SQ5", "戊", "诊所", *POINT, "CGCS2000", "门诊统筹", 5, 0),
    )
    out = tmp_path / "answers.xlsx"

    ended = ask("--file", file, "--out", out)
    found = json.loads(ask("--file", file, "--json").out)

    assert ended.code == 8
    assert "申请.csv:经度:2" in ended.err
    assert "→" in ended.err
    assert "有错、没有判断的申请 2 件：SQ1（申请.csv:2）、SQ4（申请.csv:5）" in ended.out
    verdicts = {each["site"]["id"]: each["verdict"] for each in found["applicants"]}
    assert verdicts == {"SQ2": "kept", "SQ3": "undefined", "SQ5": "broken"}
    assert [each["place"] for each in found["faulty"]] == ["申请.csv:2", "申请.csv:5"]
    third = found["applicants"][1]["rules"][0]
    assert third["why"] == {"code": "spacing_faulty", "details": {"n": "1"}}
    assert [each["id"] for each in third["faulty"]] == ["SQ1"]
    book = openpyxl.load_workbook(out)
    listed = list(book["有错的行"].iter_rows(min_row=2, values_only=True))
    assert [row[:3] for row in listed] == [("申请.csv", 2, "经度"), ("申请.csv", 5, "机构类别")]
    assert all(row[4] for row in listed)


def test_a_row_whose_region_is_not_where_its_point_lies_is_answered_and_named(
    ask, applicants, answer, tmp_path
):
    lon, lat = answer["places"][0]["lon"], answer["places"][0]["lat"]
    heads = (*HEADS, "所属区划代码")
    file = applicants(
        ("SQ1", "甲", "诊所", lon, lat, "CGCS2000", "门诊统筹", 1, 0, "210181"),
        ("SQ2", "乙", "诊所", lon, lat, "CGCS2000", "个人账户", 2, 0, "999999"),
        ("SQ3", "丙", "诊所", "", "", "CGCS2000", "门诊统筹", 3, 0, "210181"),
        heads=heads,
    )
    out = tmp_path / "answers.xlsx"

    ended = ask("--file", file, "--out", out)

    assert ended.code == 8
    assert "申请.csv:所属区划代码:2: 所写区划在新民市，坐标却落在" in ended.err
    assert "区划表中没有“999999”" in ended.err
    book = openpyxl.load_workbook(out)
    listed = list(book["有错的行"].iter_rows(min_row=2, values_only=True))
    assert [(row[1], row[2], row[5]) for row in listed] == [
        (2, "所属区划代码", "是"),
        (3, "所属区划代码", "是"),
        (4, "经度", "否"),
    ]
    assert book["结论"].max_row == 3


def test_a_column_that_is_missing_and_a_file_that_is_not_there(ask, applicants, tmp_path):
    file = applicants(("SQ1", "诊所", *POINT), heads=("申请编号", "机构类别", "经度", "纬度"))

    missing = ask("--file", file, "--json")

    assert (missing.code, "坐标系" in missing.err) == (3, True)
    assert ask("--file", tmp_path / "none.csv", "--json").code == 3
    assert ask("--file", applicants(), "--json").code == 3
    assert ask("--file", file).code == 2


@pytest.mark.parametrize(
    "words",
    [
        ("--flag", "key_project"),
        ("--nearest", "5000"),
        ("--error", "0"),
        ("--kind", "clinic"),
        ("--code", "H1"),
        ("--moved",),
        ("--geojson", "a.geojson"),
    ],
)
def test_what_a_round_would_not_use_is_refused_by_name(ask, applicants, words):
    ended = ask(*words, "--file", applicants(), "--json")

    assert ended.code == 2
    assert f"{words[0]} 不能与 --file 同用" in ended.err


def test_a_point_beside_a_file_and_a_workbook_of_one_site_are_refused(ask, applicants, tmp_path):
    beside = ask(*POINT, *ASK, "--file", applicants(), "--json")
    alone = ask(*POINT, *ASK, "--out", tmp_path / "answers.xlsx")

    assert (beside.code, "LON、LAT、--crs、--service" in beside.err) == (2, True)
    assert (alone.code, alone.out, "--out 只与 --file 同用" in alone.err) == (2, "", True)
