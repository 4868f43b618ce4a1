"""Supervision on both sides: an objection, a complaint and a survey, written and handled."""

import re

import pytest

from tests.web.browser.test_public import office

pytestmark = pytest.mark.browser


def carried(served, enter, tmp_path):
    """What the public site has, taken in by the planner on a page."""
    file = tmp_path / "said.zip"
    office(served.folder / "public" / "dingdian.toml", "export-comments", "--out", str(file))
    planner = enter("planner")
    planner.goto("/exchange/")
    planner.set_input_files("#id_file", file)
    planner.get_by_role("button", name="接收").click()
    planner.wait_for_selector(".told.success")
    return planner


def test_the_public_speaks_and_the_bureau_handles_it(served, enter, picture, tmp_path):
    supervisor = enter("supervisor")
    supervisor.goto("/surveys/")
    supervisor.locator("tbody tr th a").first.click()
    picture(supervisor, "survey")
    supervisor.locator("tbody tr th a").first.click()
    assert "36" in supervisor.locator("dl.facts").inner_text()
    picture(supervisor, "survey-institution")
    link = supervisor.locator("dl.facts a").first.get_attribute("href")
    assert link.startswith(served.public)

    visitor = enter("", public=True)
    visitor.goto("/notices/")
    visitor.get_by_role("link", name="示例待公示药店").click()
    visitor.fill("#id_reason", "在浏览器中提出的异议。")
    picture(visitor, "public-notice")
    visitor.get_by_role("button", name="提交意见").click()
    number = visitor.locator(".number").inner_text()
    assert re.fullmatch(r"([0-9A-Z]{4}-){3}[0-9A-Z]{4}", number)

    visitor.goto("/complain")
    visitor.fill("#id_institution", "示例路口药店")
    visitor.select_option("#id_district", index=1)
    visitor.fill("#id_text", "在浏览器中写的投诉。")
    picture(visitor, "public-complain")
    visitor.get_by_role("button", name="提交意见").click()
    visitor.wait_for_selector(".number")

    visitor.goto(link)
    for each in visitor.locator("select").all():
        if (each.get_attribute("name") or "").startswith("q-"):
            each.select_option("4")
    picture(visitor, "public-survey")
    visitor.get_by_role("button", name="提交意见").click()
    visitor.wait_for_url("**/survey/thanks")

    planner = carried(served, enter, tmp_path)
    clerk = enter("clerk")
    clerk.goto("/objections/")
    row = clerk.locator("tr", has_text=number)
    assert row.count() == 1
    row.locator("a").first.click()
    picture(clerk, "objection")
    clerk.locator("form[action$='record'] textarea").fill("营业面积与公示不符")
    clerk.get_by_role("button", name="登记异议").click()
    clerk.wait_for_selector(".told.success")
    supervisor.goto("/complaints/")
    assert supervisor.locator("tbody tr").count() >= 2
    picture(supervisor, "complaints")
    supervisor.locator("tbody tr th a").first.click()
    picture(supervisor, "complaint")
    for page in (supervisor, visitor, planner, clerk):
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert not page.faults
