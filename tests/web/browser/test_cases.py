"""A clerk leads an application on paper from its case to the evaluation, in a real browser."""

import pytest

from tests.web.browser.looking import fits

pytestmark = pytest.mark.browser
CODES = {"zh": "zh-hans", "en": "en"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_application_is_recorded_and_led_on(enter, picture, language):
    page = enter("clerk", CODES[language])
    page.goto("/cases/")
    picture(page, "cases", language)
    fits(page)
    page.click("a.button.main[href='/cases/new']")
    picture(page, "case-kinds", language)
    fits(page)
    page.click("a[href='?kind=retail_pharmacy']")
    page.fill("#id_name", "便民大药房")
    page.select_option("#id_region", index=1)
    page.check("input[name=services][value=personal_account]")
    picture(page, "case-new", language)
    fits(page)
    page.click("main button.main")
    page.locator(".moves").wait_for()
    picture(page, "case-applied", language)
    fits(page)
    page.click("a[href$='/request_supplement/record']")
    page.fill("#id_missing", "经营场所平面图")
    picture(page, "case-supplement", language)
    fits(page)
    page.click("main button.main")
    page.locator(".told.success").wait_for()
    picture(page, "case-supplementing", language)
    page.click("a[href$='/refuse_acceptance/record']")
    page.select_option("#id_ground", index=1)
    picture(page, "case-refusal", language)
    fits(page)
    assert page.faults == []
