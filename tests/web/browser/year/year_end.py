"""The fund of the year that ended comes in: the ledger of its last day, filled in and handed in."""

import openpyxl

from tests.web.browser.year.importing import hand_in
from tests.web.browser.year.people import LONG
from tests.web.browser.year.town import YEAR

FUND = "基金"
#: Columns of the sheet of the fund, and what stands in them.
_YEAR, _ENTRY, _FORECAST_ON = "年份**", "性质**", "预测日期"


def play(story):
    """What came in and went out in the year, month by month, and the forecast of the next one."""
    story.on(YEAR + 1, 1, 5)
    planner, path = story.people.planner, story.folder / "年末台账.xlsx"
    planner.go("/imports/new").fill(day=f"{YEAR}-12-31").press("生成工作簿")
    link = planner.page.locator("a[href$='/ledger.xlsx']")
    link.wait_for(timeout=LONG)
    planner.picture("12-written").sees(f"{YEAR}年12月31日")
    with planner.page.expect_download() as loading:
        link.click()
    loading.value.save_as(path)
    _fill_in(path)
    hand_in(story, path, f"{YEAR}年基金决算、{YEAR + 1}年预测", "12")


def _fill_in(path):
    """The year came out as it was forecast, and the next one is forecast alike."""
    book = openpyxl.load_workbook(path)
    sheet = book[FUND]
    heads = [cell.value for cell in sheet[1]]
    rows = [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(2, values_only=True)]
    forecast = [row for row in rows if row[_YEAR] == YEAR and row[_ENTRY] == "预测"]
    assert forecast, rows[:1]
    came = [{**row, _ENTRY: "实际", _FORECAST_ON: None} for row in forecast]
    comes = [{**row, _YEAR: YEAR + 1, _FORECAST_ON: f"{YEAR}-12-15"} for row in forecast]
    for row in (*came, *comes):
        sheet.append(list(row.values()))
    book.save(path)
