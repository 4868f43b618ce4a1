"""An institution applies, is asked for more, answers and follows its case, in a real browser."""

import pytest

from tests.web.browser.looking import fits
from tests.web.procedures import PDF

pytestmark = pytest.mark.browser
CODES = {"zh": "zh-hans", "en": "en"}


def _scan(name):
    return {"name": name, "mimeType": "application/pdf", "buffer": PDF}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_institution_applies_and_answers_a_supplement_notice(enter, picture, language):
    page, clerk = enter("applicant", CODES[language]), enter("clerk", CODES[language])
    picture(page, "portal-before", language)
    page.click("main a.button.main")
    page.check("input[name=services][value=personal_account]")
    page.set_input_files("#id_material__application_form", files=[_scan("申请表.pdf")])
    picture(page, "portal-apply", language)
    fits(page)
    page.click("main button.main")
    page.locator(".materials").wait_for()
    assert page.locator(".materials a").inner_text() == "申请表.pdf"
    picture(page, "portal-applied", language)
    fits(page)
    case = page.url.rpartition("/my/cases/")[2]
    clerk.goto(f"/cases/of/{case}/request_supplement/record")
    clerk.fill("#id_missing", "执业药师证书复印件")
    clerk.click("main button.main")
    clerk.locator(".told.success").wait_for()
    page.reload()
    assert "执业药师证书复印件" in page.locator(".told.warning").inner_text()
    picture(page, "portal-asked", language)
    fits(page)
    page.click("a[href$='/supplement/record']")
    page.set_input_files("#id_material__pharmacist_certificates", files=[_scan("药师证.pdf")])
    picture(page, "portal-supplement", language)
    fits(page)
    page.click("main button.main")
    page.locator(".told.success").wait_for()
    assert page.locator(".materials a").all_inner_texts() == ["申请表.pdf", "药师证.pdf"]
    page.goto("/my/")
    picture(page, "portal-home", language)
    fits(page)
    page.click(f"a[href='/my/cases/{case}']")
    page.click("a[href$='/withdraw/record']")  # the next language applies anew
    page.click("main button.main")
    page.locator(".told.success").wait_for()
    assert page.faults == []


def test_a_wrong_file_is_refused_on_the_page(enter):
    page = enter("institution")
    page.click("td.code a")
    page.click("a[href$='/request_renewal/record']")
    wrong = {"name": "x.pdf", "mimeType": "application/pdf", "buffer": b"MZ"}
    page.set_input_files("#id_papers", files=[wrong])
    page.click("main button.main")
    assert "x.pdf" in page.locator(".fault").inner_text()
    assert page.locator("#id_papers").is_visible()
