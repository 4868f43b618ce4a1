"""A round is looked at, entered by two people and its letters are made, in a real browser."""

import pytest

from tests.web.browser.looking import fits

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("language", "code"), [("en", "en"), ("zh", "zh-hans")])
def test_a_round_is_looked_at(enter, picture, language, code):
    page = enter("clerk", code)
    page.goto("/rounds/")
    picture(page, "rounds", language)
    fits(page)
    page.click("tbody th a")
    picture(page, "round-result", language)
    fits(page)
    page.click("tbody th a")
    picture(page, "round-applicant", language)
    fits(page)
    page.goto("/rounds/new")
    picture(page, "round-upload", language)
    fits(page)
    assert page.faults == []


def test_garbage_is_refused_with_the_reason(enter, picture):
    page = enter("clerk", "zh-hans")
    page.goto("/rounds/new")
    file = {"name": "批次.xlsx", "mimeType": "text/csv", "buffer": b"%PDF-1.4"}
    page.set_input_files("#id_files", files=[file])
    page.click("main form button.main")
    assert "PDF" in page.locator("section.fault").inner_text()
    page.faults.clear()  # the browser writes down that the upload was answered with 422
    table = {"name": "a.csv", "mimeType": "text/csv", "buffer": "甲,乙\n1,2\n".encode()}
    page.set_input_files("#id_files", files=[table])
    page.click("main form button.main")
    page.locator("p.fault").wait_for(timeout=60_000)
    assert "没有申请" in page.locator("main").inner_text()
    picture(page, "round-blocked", "zh")
    fits(page)


def test_two_people_enter_a_round_and_its_letters_are_made(enter, picture):
    page = enter("clerk", "zh-hans")
    page.goto("/rounds/?state=decided")
    page.click("tbody th a")
    address = page.url
    page.click("text=重新决定")  # the ledger of its day may be another since
    page.locator("dd:has-text('第 2 次决定')").wait_for(timeout=60_000)
    page.click("text=登记入台账")
    assert not page.locator("div.fault").count(), page.locator("main").inner_text()
    picture(page, "round-enter", "zh")
    fits(page)
    page.click("main form button.main")
    if "待复核" in page.locator("h1").inner_text():
        leader = enter("leader", "zh-hans")
        leader.goto(address)
        picture(leader, "round-confirm", "zh")
        leader.click("button[value=confirm]")
        leader.locator("h1:has-text('已登记')").wait_for(timeout=60_000)
    page.goto(address)
    page.locator("h1:has-text('已登记')").wait_for(timeout=60_000)
    if page.locator("text=逐份编号制作").count():
        page.click("text=逐份编号制作")
        page.locator("text=各条登记的文书已制作").wait_for(timeout=60_000)
    picture(page, "round-entered", "zh")
    fits(page)


def test_several_cases_are_moved_together(enter, picture):
    page = enter("clerk", "zh-hans")
    page.goto("/cases/?phase=agreement")
    for at in range(2):
        page.locator("input[name=case]").nth(at).check()
    page.click("text=对勾选的件办理同一事项")
    picture(page, "cases-together", "zh")
    fits(page)
    page.select_option("#move", "interview")
    page.click("main form button.main")
    picture(page, "cases-together-form", "zh")
    fits(page)
    page.click("main form button.main")
    assert "2/2" in page.locator("h1").inner_text()
    fits(page)
