"""An answer about a site laid out for a page: every part in words, in both languages."""

import re
from fractions import Fraction

import pytest

from dingdian.actions.check_site import check_site
from dingdian.core.spacing.verdict import Effect, Verdict
from dingdian.reports.sites.answer import EFFECT_TONES, MEANINGS, TONES, answer_words
from dingdian.reports.sites.words import near_metres
from tests.actions.test_check_site import ask, book, desk
from tests.spots import SURVEY, institution, north

HAN = re.compile(r"[\u3400-\u9fff]")


@pytest.fixture(scope="module")
def report():
    here = desk(
        institution("a", north(500), name="A"),
        institution("b", north(900), name="B"),
        institution("c", north(805), name="C", position_error_m=Fraction(50)),
        institution("e", None, name="E"),
        surveys=[SURVEY],
    )
    return check_site(here, ask(), reach_mm=2_000_000)


def test_every_verdict_and_effect_is_coloured_and_meant():
    assert set(TONES) == set(MEANINGS) == set(Verdict)
    assert set(EFFECT_TONES) == set(Effect)


@pytest.mark.clause("SY-09")
def test_who_blocks_what_is_to_measure_and_what_is_not_known(report):
    found = answer_words(report, "zh")
    assert (found["verdict"], found["tone"]) == ("不符合", "bad")
    (rule,) = found["rules"]
    assert rule["limit"] == "800 米（含本数）内同类服务至多 0 家"
    assert rule["clauses"] == ["SY-09"]
    told = [(each["code"], each["metres"], each["effect"]) for each in rule["near"]]
    assert told == [("a", "500.000", "阻"), ("b", "790.500", "阻"), ("c", "805.000", "待测")]
    assert [each["rounded"] for each in rule["near"]] == ["500", "791", "805"]
    assert rule["near"][1]["surveys"] == ["实测记录 S1：2026-01-05，Zhang，R-1；坐标计算 900 米"]
    assert rule["unplaced"] == ["e"]
    assert found["looked"].startswith("2,000 米以内")
    assert any(each.startswith("恰好等于间距算不算在内？") for each in found["readings"])
    assert "不是行政决定" in found["non_binding"]
    assert report.basis.census[:12] in found["made"]


def test_english_is_english(report):
    assert not HAN.search(str(answer_words(report, "en")))


def test_an_unclear_rule_says_why():
    found = answer_words(check_site(desk(shelf=book(spacing_rim=None)), ask()), "zh")
    (rule,) = found["rules"]
    assert (rule["verdict"], rule["limit"]) == ("口径未定", "")
    assert "spacing_rim" in rule["why"]


def test_nobody_near(report):
    found = answer_words(check_site(desk(), ask()), "zh")
    assert (found["verdict"], found["tone"], found["looked"]) == ("符合", "good", "")
    assert found["rules"][0]["near"] == []


@pytest.mark.parametrize(
    ("distance", "said"),
    [
        (798_999, "799"),
        (799_000, "799"),
        (799_001, "799.001"),  # so near the limit the verdict stands on it
        (800_000, "800.000"),
        (800_001, "800.001"),
        (800_999, "800.999"),
        (801_000, "801"),
        (801_500, "802"),
    ],
)
def test_a_distance_is_exact_where_a_verdict_stands_on_it(distance, said):
    assert near_metres(distance, 800_000) == said
