"""Answers about sites in words, on a map, in a workbook."""

import io
import re
from fractions import Fraction
from string import Formatter

import openpyxl
import pytest

from dingdian.actions.check_round import round_of
from dingdian.actions.check_site import check_site
from dingdian.core.spacing.verdict import Effect, Verdict
from dingdian.reports.sites.plain import circle, round_json, site_geojson, site_json, written
from dingdian.reports.sites.text import round_lines, site_lines
from dingdian.reports.sites.words import EFFECTS, PHRASES, VERDICTS
from dingdian.reports.sites.workbook import round_workbook
from tests.actions.test_check_site import ask, book, desk
from tests.spots import LAT, LON, SURVEY, apart, institution, north, site

HAN = re.compile(r"[\u3400-\u9fff]")


@pytest.fixture(scope="module")
def report():
    here = desk(
        institution("a", north(500), name="A"),
        institution("b", north(900), name="B"),
        institution("c", north(805), name="C", position_error_m=Fraction(50)),
        institution("d", north(300), name="D", standing=None),
        institution("e", None, name="E"),
        surveys=[SURVEY],
    )
    return check_site(here, ask(), reach_mm=2_000_000)


def test_both_languages_have_the_same_fields():
    for code, text in PHRASES.items():
        zh, en = (
            {field for _, field, _, _ in Formatter().parse(said) if field}
            for said in (text.zh, text.en)
        )
        assert zh == en, code
        assert not HAN.search(text.en), code


def test_every_verdict_and_effect_has_words():
    assert set(VERDICTS) == set(Verdict)
    assert set(EFFECTS) == set(Effect)


def test_the_text_says_who_blocks_what_is_to_measure_and_what_is_not_known(report):
    text = "\n".join(site_lines(report, "zh"))

    assert "[阻] 500.000 米  a A" in text
    assert "[阻] 790.500 米  b B" in text
    assert "实测记录 S1：2026-01-05，Zhang，R-1；坐标计算 900.000 米" in text
    assert "[待测] 805.000 米  c C" in text
    assert "[不明] 300.000 米  d D" in text
    assert "没有可用坐标、未能量距的同类机构：e" in text
    assert "2,000 米以内的居民点（有坐标的）都不行" in text
    assert "市界以外的机构台账没有" in text


def test_a_district_whose_reach_is_an_estimate_is_named(report):
    assert report.basis.estimated == ("east",)
    assert any("没有边界而有无坐标机构的区县：" in line for line in site_lines(report, "zh"))
    assert not any("没有边界而有" in line for line in site_lines(check_site(desk(), ask()), "zh"))


def test_english_is_english(report):
    named = "\n".join(site_lines(report, "en"))

    assert not HAN.search(named)
    assert "[blocks] 500.000 m  a A" in named


def test_an_unclear_rule_names_its_reading():
    text = "\n".join(site_lines(check_site(desk(shelf=book(spacing_rim=None)), ask()), "zh"))

    assert "口径未定：15分钟医保服务圈间距（SY-09）" in text
    assert "spacing_rim" in text


def test_json_is_the_same_twice_and_holds_no_word_of_the_program(report):
    assert written(site_json(report)) == written(site_json(report))
    assert site_json(report)["rules"][0]["near"][0]["why"] == {
        "code": "spacing_neighbour_unsure",
        "details": {},
    }


@pytest.mark.parametrize("lat", [18.2, 41.8, 53.5])
@pytest.mark.parametrize("radius", [400_000, 800_000, 5_000_000])
def test_the_corners_of_a_circle_stand_at_the_radius(lat, radius):
    ring = circle(LON, lat, radius)["coordinates"][0]

    assert ring[0] == ring[-1]
    assert len(ring) == 65
    assert all(abs(apart((LON, lat), tuple(corner)) - radius) <= 2 for corner in ring)


def test_the_map_has_every_neighbour_that_has_a_place(report):
    features = site_geojson(report)["features"]
    roles = [each["properties"]["role"] for each in features]

    assert roles.count("site") == roles.count("circle") == 1
    assert roles.count("blocker") == 2
    assert roles.count("neighbour") == 2
    assert features[0]["geometry"]["coordinates"] == [LON, LAT]


def test_a_round_in_words_says_what_is_proved():
    two = north(500)
    here = round_of(desk(), [site(id="a", rank=1), site(id="b", lon=two[0], lat=two[1], rank=2)])
    grid = [
        site(id=str(n), lon=LON + 0.007 * (n % 4), lat=LAT + 0.005 * (n // 4), rank=n + 1)
        for n in range(16)
    ]
    cut = round_of(desk(), grid, nodes=0)

    assert any("最多 1 件（已证明）" in line for line in round_lines(here, "zh"))
    assert any("申请 2 件：不符合 1、符合 1" in line for line in round_lines(here, "zh"))
    assert any("proved" in line for line in round_lines(cut, "en"))
    assert round_json(here)["rounds"][0]["largest"]["members"] == ("a",)
    assert round_workbook(here, "zh") == round_workbook(here, "zh")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "'a", "沈阳市"])
def test_text_in_a_workbook_is_text_with_its_own_characters(text):
    report = round_of(desk(), [site(id="a", name=text, rank=1)])

    cell = openpyxl.load_workbook(io.BytesIO(round_workbook(report, "zh")))["结论"]["B2"]

    assert (cell.value, cell.data_type) == (text, "s")
