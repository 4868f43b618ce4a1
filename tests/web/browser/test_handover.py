"""The hand-over of the patients of a case that closed, in a real browser."""

import pytest

from tests.web.browser.looking import fits

pytestmark = pytest.mark.browser
CODES = {"zh": "zh-hans", "en": "en"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_hand_over_of_a_closed_case_is_recorded(enter, picture, language):
    page = enter("clerk", CODES[language])
    page.goto("/cases/?phase=agreement")
    page.locator("tbody th a").nth({"zh": 2, "en": 3}[language]).click()
    page.click("a[href$='/close/record']")
    page.click("main button.main")
    page.locator(".told.success").wait_for()
    picture(page, "case-closed", language)
    fits(page)
    page.click("a[href$='/handover']")
    for kind, n in (("inpatients", 3), ("dialysis", 0), ("chronic", 20), ("others", 0)):
        page.fill(f"#id_{kind}", str(n))
    page.fill("#id_receiver", "示例医院")
    page.fill("#id_by", "2026-02-15")
    picture(page, "handover", language)
    fits(page)
    page.click("main form button.main")
    page.locator(".told.success").wait_for()
    page.goto("/cases/handovers")
    picture(page, "handovers", language)
    fits(page)
    page.goto("/tasks")
    picture(page, "tasks-clerk", language)
    fits(page)
    assert page.faults == []
