"""The list for the national platform in a real browser: a change of an address is confirmed."""

import pytest

from tests.web.browser.looking import fits

pytestmark = pytest.mark.browser
CODES = {"zh": "zh-hans", "en": "en"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_change_is_listed_and_confirmed(enter, picture, language):
    page = enter("clerk", CODES[language])
    page.goto("/cases/?phase=agreement")
    page.locator("tbody th a").nth({"zh": 0, "en": 1}[language]).click()
    page.click("a[href$='/change_information/record']")
    page.check("input[name=changed][value=address]")
    page.fill("#id_approved_on", "2026-01-12")
    page.fill("#id_address", "示例大街8号")
    page.click("main button.main")
    page.locator(".told.success").wait_for()
    page.goto("/national/")
    page.locator("input[name=change]").first.check()
    page.fill("#id_reference", "平台-2026-15")
    picture(page, "platform", language)
    fits(page)
    page.click("section.record button.main")
    page.locator(".told.success").wait_for()
    page.goto("/national/?standing=done")
    picture(page, "platform-done", language)
    fits(page)
    page.locator("a[href$='/reopen']").first.click()
    picture(page, "platform-reopen", language)
    fits(page)
    assert page.faults == []
