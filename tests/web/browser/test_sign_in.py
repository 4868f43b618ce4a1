"""Signing in, in a real browser."""

import pytest

pytestmark = pytest.mark.browser


def test_the_planner_signs_in_and_out(enter, picture):
    page = enter("planner")
    assert page.locator("h1").inner_text() == "总览"
    assert page.faults == []
    picture(page, "overview")
    page.click("text=退出")
    assert page.locator("h1").inner_text() == "登录"
    picture(page, "sign-in")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
