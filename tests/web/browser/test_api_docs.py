"""The description of the interface for programs as a page, under our policy of contents."""

import pytest

pytestmark = pytest.mark.browser


def test_the_description_is_read_without_a_network(enter, picture):
    page = enter("planner", "en")
    page.faults.clear()
    asked = []
    page.on("request", lambda each: asked.append(each.url))
    page.goto("/api/v1/docs")
    page.wait_for_selector(".opblock")
    assert page.locator(".opblock").count() == 12
    assert all(each.startswith((page.url.partition("/api")[0], "data:")) for each in asked)
    picture(page, "api_docs", "en")
    assert page.faults == []
