"""A clerk makes the letter of an acceptance, serves it and makes it void, in a real browser."""

import pytest

from tests.web.browser.looking import fits

pytestmark = pytest.mark.browser
CODES = {"zh": "zh-hans", "en": "en"}


def record(page):
    page.click("main .record button.main")
    page.locator(".told.success").wait_for()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_letter_is_made_served_and_voided(enter, picture, language):
    page = enter("clerk", CODES[language])
    page.goto("/cases/new?kind=retail_pharmacy")
    page.fill("#id_name", "惠民大药房")
    page.select_option("#id_region", index=1)
    page.check("input[name=services][value=personal_account]")
    record(page)
    page.click("a[href$='/accept/record']")
    record(page)
    picture(page, "case-letters", language)
    fits(page)
    page.click("a.button[href$='/acceptance']")
    page.frame_locator("iframe.letter").locator("h1").wait_for()
    picture(page, "letter-preview", language)
    fits(page)
    page.click("main .form-acts button.main")
    page.locator(".told.success").wait_for()
    page.frame_locator("iframe.letter").locator("h1").wait_for()
    page.fill("#id_by", "王某")
    picture(page, "letter-made", language)
    fits(page)
    page.click("main section button.main")
    page.locator(".tag.good").wait_for()
    picture(page, "letter-served", language)
    fits(page)
    page.goto("/letters/?standing=served")
    picture(page, "letters", language)
    fits(page)
    page.click("main th a")
    page.click("summary")
    page.fill("details #id_reason", "受送达人名称有误")
    page.click("details button")
    page.locator("h1 .tag.warn").wait_for()
    picture(page, "letter-void", language)
    fits(page)
    assert page.faults == []
