"""The commands in English: what they print and write, with the faults of a ledger."""

import pytest

from tests.chinese import html_lines, strange_lines

LEDGERS = {"daxinganling": "dx_ledger", "shenyang": "sy_ledger"}


@pytest.mark.parametrize("city", LEDGERS)
def test_check_and_policy_check_are_english(city, dingdian, request, tmp_path):
    ledger = request.getfixturevalue(LEDGERS[city])
    checked = dingdian("check", ledger, "--policy", city, "--lang", "en")
    shelf = dingdian("policy", "check", city, "--lang", "en")

    assert (checked.code, shelf.code) == (0, 0)
    assert strange_lines(city, (checked.out + shelf.out).splitlines()) == []


def test_plan_is_english_to_the_last_data_note(dingdian, dx_ledger, tmp_path):
    asked = ("--policy", "daxinganling", "--year", 2026, "--lang", "en")
    ended = dingdian("plan", dx_ledger, *asked, "--no-papers", "--out", tmp_path / "plan")
    page = (tmp_path / "plan" / "plan.html").read_text("utf-8")

    assert "both kept" in page
    said = [*(ended.out + ended.err).splitlines(), *html_lines(page)]
    assert strange_lines("daxinganling", said) == []


@pytest.mark.clause("SY-09")
def test_site_check_is_english(dingdian, sy_ledger):
    asked = ("--policy", "shenyang", "--on", "2026-03-01", "--crs", "CGCS2000")
    site = ("123.43", "41.80", "--service", "门诊统筹", "--nearest", 5000)
    ended = dingdian("site-check", *site, "--census", sy_ledger, *asked, "--lang", "en")

    assert "[blocks]" in ended.out
    assert strange_lines("shenyang", ended.out.splitlines()) == []
