"""A choice of sites in words, as JSON, as a workbook and on a map."""

import io
import json
import re
from dataclasses import replace
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dingdian.actions.choose_sites import Model
from dingdian.actions.gather_candidates import Closed, Source
from dingdian.actions.plan_places import PlanPlaces
from dingdian.core.admission.places import Left
from dingdian.core.errors import RequestError, Text
from dingdian.core.fingerprint import content_mark
from dingdian.core.siting import Reason, Wish
from dingdian.core.solving import Ending, Limits, Proof, Status
from dingdian.core.workings import reason
from dingdian.reports.siting import words
from dingdian.reports.siting.page import write_page
from dingdian.reports.siting.plain import siting_geojson, siting_json, written
from dingdian.reports.siting.text import siting_lines
from dingdian.reports.siting.workbook import siting_workbook
from tests.choosing import ROW, STOCK, ask, city, home, institution, point

ODD = '=HYPERLINK("http://x","甲")<script>alert(1)</script>&'
FIELDS = re.compile(r"{(\w+)")
LANGUAGES = ("zh", "en")
TABLES = [words.MODELS, words.SOURCES, words.CLOSED, words.STATUSES, words.ENDINGS, words.PROOFS]
TABLES += [words.CLASHES, words.GOALS, words.UNITS, words.TELL, words.SHOWN]


@pytest.fixture(scope="module")
def report():
    """Two sites among six homes, one of an odd name, beside an institution; one home is far."""
    homes = [*ROW, home("odd", point(0, 9000), 70, name=ODD)]
    world = city(homes, [institution("i", point(0, 0))])
    return ask(world, places=2, quotas={"west": 1}, wishes=(Wish.COVERED, Wish.COVERED_TWICE))


def told(report, lang, seconds=None):
    return list(siting_lines(report, lang, result="0" * 64, seconds=seconds))


def plain(report):
    return siting_json(report, engine="1", seconds=None)


# ---------------------------------------------------------------- words


@pytest.mark.parametrize("table", TABLES)
def test_both_languages_have_the_same_fields(table):
    for text in table.values():
        assert set(FIELDS.findall(text.zh)) == set(FIELDS.findall(text.en))


@pytest.mark.parametrize(
    ("table", "every"),
    [
        (words.MODELS, Model),
        (words.SOURCES, Source),
        (words.CLOSED, Closed),
        (words.STATUSES, Status),
        (words.ENDINGS, Ending),
        (words.PROOFS, Proof),
        (words.CLASHES, Reason),
    ],
)
def test_every_code_has_words(table, every):
    assert set(table) == set(every)


def test_the_text_says_what_changes_how_good_it_is_and_that_it_is_advice(report):
    said = "\n".join(told(report, "zh"))

    whole = report.effect.scopes[0]
    assert "结果：选出 2 处。已证明最优" in said
    assert f"{words.people(whole.before)} → {words.people(whole.after)} 人" in said
    assert "新覆盖人口" in said
    assert "15分钟医保服务圈" in said
    assert "仅供决策参考" in said
    assert "区县名额（新增）：west 1" in said


def test_english_is_english(report):
    said = "\n".join(told(report, "en")).replace(ODD, "")

    assert re.findall("[\u4e00-\u9fff]+", said) == []
    assert "Advice for a human decision" in said


@pytest.mark.parametrize(
    ("limits", "fields", "zh", "en"),
    [
        (Limits(nodes=0, rounds=0), {}, "至多还可多", "more could be had"),
        (Limits(halted=lambda: True), {}, "由时钟停止（9 秒）", "ended by the clock (9 s)"),
        (Limits(), {"model": Model.SET, "places": 1}, "新增家数不够：至多 1 家", "too few places"),
        (Limits(), {"spots": 0}, "没有可选的候选点", "no candidate is open"),
        (Limits(), {"model": Model.CENTRE}, "最远路程", "longest way"),
        (Limits(), {"model": Model.MEDIAN, "priorities": {"west": 3}}, "（加权）", "(weighted)"),
    ],
)
def test_limits_clocks_and_clashes_are_said_in_words(limits, fields, zh, en):
    many = [home(f"m{x}{y}", point(700 * x, 700 * y), 11 + 7 * x + 3 * y) for x in range(6) for y in range(6)]  # fmt: skip  # noqa: E501
    report = ask(city(many), limits=limits, **{"places": 3, **fields})

    assert zh in "\n".join(told(report, "zh", seconds=9))
    assert en in "\n".join(told(report, "en", seconds=9))


questions = st.fixed_dictionaries(
    {
        "model": st.sampled_from(Model),
        "places": st.integers(0, 3),
        "wishes": st.permutations(Wish).flatmap(
            lambda each: st.integers(1, 3).map(lambda n: tuple(each[:n]))
        ),
        "quotas": st.dictionaries(st.sampled_from(["east", "west"]), st.integers(0, 2)),
        "priorities": st.dictionaries(st.sampled_from(["east", "town", "村"]), st.integers(0, 9)),
        "spots": st.integers(0, 6),
        "apart_mm": st.sampled_from([0, 700_000]),
        "kind": st.sampled_from(["clinic", "hospital"]),
        "room": st.sampled_from([None, 0, 2]),
    }
)
amounts = st.sampled_from([None, Fraction(0), Fraction(3), Fraction("2.5"), Fraction("0.001")])
lives = st.lists(
    st.tuples(st.integers(0, 9), amounts, st.sampled_from(["east", "west", "town", None])),
    min_size=1,
    max_size=6,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questions, lives, st.booleans(), st.sampled_from([Limits(), Limits(nodes=0, rounds=0)]))
def test_whatever_is_asked_is_said_everywhere(question, lives, stands, limits):
    homes = [
        home(f"h{at}", point(500 * x, 0) if x else (None, None), people, region)
        for at, (x, people, region) in enumerate(lives)
    ]
    world = city(homes, [institution("i", point(1200, 0))] if stands else [])
    if not any((people or 0) * 2 >= 1 for _, people, _ in lives):
        with pytest.raises(RequestError):
            ask(world, limits=limits, **question)
        return
    report = ask(world, limits=limits, **question)

    for lang in LANGUAGES:
        assert told(report, lang)
        assert siting_workbook(report, lang, result="", engine="1", seconds=None)
    assert write_page(report, "en", result="", seconds=None)
    assert json.loads(written(plain(report)))["answer"]["status"] in tuple(Status)
    assert json.loads(siting_geojson(report, {}))["type"] == "FeatureCollection"


@pytest.mark.clause("SY-07")
def test_places_of_the_plan_stand_beside_the_answer_and_what_goes_beyond(report):
    rule = next(each.rule.rule for each in report.desk.rules)
    areas = {"210100": Left(Fraction(3), binding=(rule,)), "east": Left(Fraction(1))}
    plan = PlanPlaces(2026, "f" * 64, "210100", {STOCK: areas})

    said = "\n".join(told(replace(report, places=plan), "zh"))
    none = replace(plan, by_stock={STOCK: {"210100": Left(Fraction(0), binding=(rule,))}})

    assert "2026 年度规划：新增门诊统筹医疗机构至多 3 家（" in said
    assert "SY-09）；east 1" in said
    assert "超出规划：east选 2 家，门诊统筹医疗机构至多 1 家" in said
    assert "规划：不新增门诊统筹医疗机构（" in "\n".join(told(replace(report, places=none), "zh"))
    assert "没有数字" in "\n".join(
        told(replace(report, places=replace(plan, by_stock={STOCK: {"210100": Left(None)}})), "zh")
    )


@pytest.mark.parametrize(
    ("lang", "stamps"), [("zh", ("测算", "假设测算")), ("en", ("Simulation", "What-if"))]
)
def test_the_map_bears_the_marks_of_what_it_is_apart(report, lang, stamps):
    """Draft, sample and what-if are told each by itself, as on the maps of retain and move-beds."""
    as_if = replace(report.desk.basis, as_if=True, simulation=True)
    asked = replace(report, desk=replace(report.desk, basis=as_if))
    page = write_page(asked, lang, result="0" * 64, seconds=None).decode()

    head = page.partition("<script")[0]
    assert [f"<b>{each}</b>" in head for each in stamps] == [True, True]
    assert "或数据为示例、假设" not in head


@pytest.mark.parametrize(("room", "says"), [(9, True), (300, False)])
def test_a_room_that_no_locality_fits_whole_is_told(room, says):
    found = ask(city(ROW), model=Model.COVER, places=1, room=room)

    assert any("没有一个居民点能整个分到一家" in line for line in told(found, "zh")) is says


@pytest.mark.parametrize("lang", LANGUAGES)
def test_unknown_places_name_what_they_need_and_set_no_limit(report, lang):
    """Seven figures are needed, of which no key is shown; of the east the number is known."""
    figures = {f"quota_{STOCK}.d{n}": (f"quota_{STOCK}", "west") for n in range(7)}
    names = {STOCK: Text("门诊统筹医疗机构", "institutions of outpatient pooling")}
    why = reason("input_undefined", keys=", ".join(figures))
    unknown = Left(None, why=why)
    areas = {"210100": unknown, "east": Left(Fraction(1)), "west": unknown}
    plan = PlanPlaces(2026, "f" * 64, "210100", {STOCK: areas}, figures, names)
    asked = replace(report, places=plan, question=replace(report.question, plan=plan))

    said = "\n".join(told(asked, lang))
    book = siting_workbook(asked, lang, result="0" * 64, engine="1", seconds=None)
    sheets = openpyxl.load_workbook(io.BytesIO(book)).worksheets
    cells = [str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert "quota_" not in said
    assert not any("quota_" in cell for cell in cells)
    name = {
        "zh": "west门诊统筹医疗机构：2026年新增数量",
        "en": "institutions of outpatient pooling: new places of 2026, west",
    }[lang]
    assert name in said
    assert {"zh": "等7项", "en": "and 2 more"}[lang] in said
    limits = {"zh": "在这里不构成限制：", "en": "set no limit here: "}[lang]
    line = next(each for each in told(asked, lang) if limits in each)
    assert "west" in line.split(limits)[1]
    assert "east" not in line


def test_where_room_is_limited_who_is_sent_is_told_apart_from_who_is_near():
    world = city(ROW, [institution("i", point(0, 0))])
    found = ask(world, model=Model.MEDIAN, places=1, room=300)
    said = "\n".join(told(found, "zh"))

    assert found.allotted == (300,)
    assert "分派：新增各家共分到 300 人，其余 1,200 人仍到现有机构；到所分机构平均" in said
    assert "以下按服务圈和最近一家计，不看分到哪家：" in said
    assert "分到 300 人；圈内新覆盖" in said
    assert "到最近一家的路程合计" not in said


def test_a_quota_of_nought_is_the_reason_and_not_the_people():
    quotas = {"east": 0, "west": 0}
    said = "\n".join(told(ask(city(ROW), places=2, quotas=quotas), "zh"))

    assert "没有选出地点：没有新增名额（--quota）" in said
    assert "所有人已被覆盖" not in said


def test_a_reading_is_told_by_its_question_and_not_by_its_key(report):
    said = "\n".join(told(report, "zh"))

    assert "  恰好等于间距算不算在内？ 算在内，须大于间距" in said
    assert "spacing_rim" not in said


# ---------------------------------------------------------------- JSON and map data


def test_json_is_the_same_twice_and_says_what_it_rests_on(report):
    found = plain(report)

    assert written(found) == written(plain(report))
    assert json.loads(written(found)) == json.loads(json.dumps(found))
    assert found["binding"] is False
    assert set(found["fingerprints"]) == {"census", "shelf", "result", "content"}
    assert content_mark(json.loads(written(found))) == found["fingerprints"]["content"]
    assert found["circle"]["clauses"] == ["SY-09"]
    assert found["readings"]["stock_suspended"] == "counts"
    assert found["answer"]["rests_on_clock"] is False
    assert [each["id"] for each in found["chosen"]] == [each.id for each in report.sites]


def test_the_fingerprint_is_of_the_answer_and_not_of_the_engine(report):
    one, other = plain(report), siting_json(report, engine="2", seconds=None)
    clocked = siting_json(report, engine="1", seconds=5.0)

    assert one["fingerprints"]["result"] == other["fingerprints"]["result"]
    assert one["fingerprints"]["content"] != other["fingerprints"]["content"]
    assert one["fingerprints"]["result"] != clocked["fingerprints"]["result"]


def test_the_map_has_the_chosen_their_circles_who_stands_and_who_was_not_reached(report):
    features = json.loads(siting_geojson(report, {}))["features"]
    roles = [each["properties"]["role"] for each in features]

    assert roles.count("chosen") == roles.count("circle") == len(report.chosen)
    assert roles.count("standing") == 1
    newly = [each["properties"]["code"] for each in features if each["properties"]["role"] == "reached_now"]  # fmt: skip  # noqa: E501
    assert sorted(newly) == sorted({code for each in report.effect.each for code in each.codes})


# ---------------------------------------------------------------- workbook and page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_has_every_site_and_district_and_no_formula(report, lang):
    content = siting_workbook(report, lang, result="0" * 64, engine="1", seconds=None)
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]

    assert len(book.sheetnames) == 7
    above, notes = 5, 2
    assert book.worksheets[1].max_row == above + len(report.chosen) + notes
    assert book.worksheets[3].max_row == above + len(report.effect.scopes)
    assert any(cell.value == ODD for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert content == siting_workbook(report, lang, result="0" * 64, engine="1", seconds=None)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sheet_says_what_it_is_and_can_be_read_and_printed(report, lang):
    content = siting_workbook(report, lang, result="f" * 64, engine="1", seconds=None)

    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        assert sheet["A1"].value.endswith(sheet.title)
        assert {"zh": "测算", "en": "simulation"}[lang] in sheet["A3"].value.lower()
        assert sheet.freeze_panes is not None
        assert sheet.oddFooter.right.text == "f" * 16
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_numbers_are_numbers_with_their_digits_and_units_in_the_headings(report):
    content = siting_workbook(report, "zh", result="", engine="1", seconds=None)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["各区县前后"]
    heads = [cell.value for cell in sheet[5]]
    people, share = (sheet.cell(6, 1 + heads.index(each)) for each in ("人口\n（人）", "覆盖率"))
    whole = report.effect.scopes[0]

    assert people.value == whole.people
    assert (share.value, share.number_format) == (
        pytest.approx(float(whole.before / whole.people), abs=5e-5),
        "0.00%",
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_asks_for_nothing_and_runs_no_name(report, lang):
    page = write_page(report, lang, result="0" * 64, seconds=None).decode()

    assert page.count("<script") == 2
    assert "<script>alert" not in page
    assert re.findall(r'(?:src|href)="(?!#)', page.partition("<script")[0]) == []
    assert "default-src 'none'" in page


def test_nothing_chosen_leaves_a_page_and_a_workbook(report):
    world = city([home("a", point(0, 0), 5)], [institution("i", point(100, 0))])
    none = ask(world, places=1)

    assert b'id="chosen"' in write_page(none, "zh", result="", seconds=None)
    assert siting_workbook(replace(none, chosen=()), "zh", result="", engine="1", seconds=None)
