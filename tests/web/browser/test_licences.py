"""A file of licences is held against the ledger and worked off, in a real browser."""

import pytest

from tests.web.browser.looking import fits

pytestmark = pytest.mark.browser
CODES = {"zh": "zh-hans", "en": "en"}
ROWS = (
    "统一社会信用代码,证照类别,证照编号,名称,地址,有效期至,状态\n"
    "91232701XX0000780X,药品经营许可证,DA1,示例药店,示例街2号,2020-12-31,有效\n"
)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_file_is_handed_in_and_a_finding_is_settled(enter, picture, language):
    page = enter("clerk", CODES[language])
    page.goto("/licences/")
    page.click("summary")
    picture(page, "licences", language)
    fits(page)
    file = {"name": "清单.csv", "mimeType": "text/csv", "buffer": ROWS.encode()}
    page.set_input_files("#id_file", files=[file])
    page.click("main form button.main")
    page.locator("input[name=finding]").first.check()
    page.fill("#id_remark", "已函询市场监管局")
    picture(page, "licences-found", language)
    fits(page)
    page.click("section.record button.main")
    page.locator(".told.success").wait_for()
    page.goto("/licences/")
    picture(page, "licences-files", language)
    fits(page)
    assert page.faults == []
