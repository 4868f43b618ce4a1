"""The yearly assessment in a real browser: upload, result, hearing, confirmation, entry."""

import io

import openpyxl
import pytest

from tests.web.browser.looking import fits

pytestmark = pytest.mark.browser
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(served):
    """The sample's workbook as of the day that the sample rehearses."""
    path = served.folder / "ledger" / "assessment" / "assessment.xlsx"
    book = openpyxl.load_workbook(path)
    for row in book["考核"].iter_rows(min_row=2):
        if row[0].value in ("assessed_on", "考核日期"):
            row[1].value = "2026-01-15"
    for later in ("复核", "陈述申辩", "确认"):
        del book[later]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def assessed(page):
    """Wait on the page of a version until it was assessed."""
    page.locator("h1 .tag", has_text="已考核").wait_for(timeout=120_000)


def again(page):
    page.goto("/assessments/2025")
    page.fill("#again_remark", "登记以后重新考核")
    page.locator("form[action$='/again'] button").click()
    assessed(page)


def confirm(page):
    """The leader confirms what waits."""
    page.goto("/assessments/2025/measures")
    page.locator("main section").first.locator("tbody a").first.click()
    fits(page)
    page.locator("button[value=confirm]").click()
    page.locator(".told.success").wait_for()


def hand_in(page, served, picture):
    """A file that is none is refused; the corrected workbook is assessed as a new version."""
    page.goto("/assessments/2025")
    page.locator("tbody tr").first.wait_for()
    page.goto("/assessments/versions/1")
    assessed(page)
    page.goto("/assessments/2025")
    fits(page)
    picture(page, "assessment")
    bad = {"name": "别的.csv", "mimeType": "text/csv", "buffer": "甲,乙\n1,2\n".encode()}
    page.set_input_files("#files", files=[bad])
    page.locator("form[action$='/upload'] button").click()
    page.locator(".fault", has_text="没有考核成功").wait_for(timeout=60_000)
    fits(page)
    page.goto("/assessments/2025")
    good = {"name": "得分.xlsx", "mimeType": XLSX, "buffer": workbook(served)}
    page.set_input_files("#files", files=[good])
    page.fill("#remark", "更正后的得分")
    page.locator("form[action$='/upload'] button").click()
    assessed(page)
    fits(page)


def hear_and_confirm(page, leader, picture):
    """One of the last is heard, and a step is confirmed by the leader."""
    page.locator("a.button.main").click()  # the results
    page.select_option("#f-bottom", "in")
    page.locator("#filters button.main").click()
    fits(page)
    picture(page, "assessment-results")
    page.locator("tbody th a").first.click()
    fits(page)
    picture(page, "assessment-institution")
    at = page.url
    page.locator("summary", has_text="登记陈述申辩").click()
    page.fill("#hearing_notified_on", "2026-01-15")
    page.fill("#hearing_heard_on", "2026-01-15")
    page.fill("#hearing_record", "示例记录1号")
    page.locator("form[action*='/hearing/'] button.main").click()
    page.locator(".told.success").wait_for()
    again(page)
    version = page.url.rpartition("/")[2]
    code = at.rpartition("/")[2].partition("#")[0]
    page.goto(f"/assessments/versions/{version}/of/{code}")
    page.locator("summary", has_text="提请采取：约谈").click()
    page.fill("#interview_minute", "示例纪要1号")
    page.locator("form[action*='/step/'] button.main").first.click()
    page.locator(".told.success").wait_for()
    confirm(leader)
    again(page)


def test_from_the_upload_to_the_entry(enter, served, picture):
    page, leader = enter("assessor"), enter("leader")
    hand_in(page, served, picture)
    hear_and_confirm(page, leader, picture)
    version = page.url.rpartition("/")[2]
    page.goto(f"/assessments/versions/{version}/groups")
    fits(page)
    picture(page, "assessment-groups")
    page.goto(f"/assessments/versions/{version}/entry")
    fits(page)
    picture(page, "assessment-entry")
    page.locator("main form button.main").click()
    confirm(leader)
    page.goto(f"/assessments/versions/{version}/entry")
    page.locator(".told.success", has_text="已登入").wait_for(timeout=120_000)
    page.locator("progress").wait_for(state="detached")  # then the page is drawn anew
    page.wait_for_load_state("networkidle")
    fits(page)
    english = enter("assessor", "en")
    for address in (
        "/assessments/",
        "/assessments/2025",
        f"/assessments/versions/{version}/groups",
    ):
        english.goto(address)
        fits(english)
