"""An import from the upload to its undoing, in real Chromium and both languages."""

import pytest

from dingdian.samples import SAMPLES
from dingdian.storage.workbook_write import write_workbook

pytestmark = pytest.mark.browser
LONG = 240_000
NAME = '示例医院<b onclick="x">改</b>'


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory):
    """A workbook that may be imported and one that may not, with odd names in both."""
    folder = tmp_path_factory.mktemp("books")
    tables = SAMPLES["daxinganling"](seed=1).tables
    its = tables["institutions"]
    for at, name in ((2, NAME), (5, '=HYPERLINK("http://x","y")')):
        its[at] = {**its[at], "name": name}
    first = next(row for row in its if row.get("standing") == "in_force")
    new = {**first, "code": "P23270100999", "name": "新增示例药房", "uscc": None}
    its.append(new | {"lon": None, "lat": None, "crs": None})
    for row in tables["populations"]:
        if row.get("resident"):
            row["resident"] //= 3
    write_workbook(tables, folder / "good.xlsx")
    its[3] = {**its[3], "region": "999999"}
    its[7] = {**its[7], "region": "999998"}
    write_workbook(tables, folder / "bad.xlsx")
    (folder / "picture.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 500)
    return folder


def fits(page):
    """The page does not scroll sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


class Wizard:
    """Somebody at the wizard, who keeps a picture of every page."""

    def __init__(self, page, picture, lang):
        self.page, self.picture, self.lang = page, picture, lang

    def keep(self, name):
        assert fits(self.page), name
        self.picture(self.page, f"imports-{name}", self.lang)

    def upload(self, path):
        self.page.goto("/imports/new")
        self.page.set_input_files("#files", path)
        self.page.locator("form[enctype] button").click()

    def refused(self, path):
        self.upload(path)
        self.page.wait_for_selector(".fault")
        self.keep("1-refused")
        # a server that refuses says so with its status, which Chromium notes in its console
        self.page.faults[:] = [each for each in self.page.faults if "422" not in each]

    def blocked(self, path):
        self.upload(path)
        self.page.wait_for_url("**/quality")
        self.page.wait_for_selector("tbody th a", timeout=LONG)
        self.keep("2-quality-blocked")
        self.page.locator("tbody th a").first.click()
        self.page.wait_for_selector("td.blocking")
        self.keep("2-marked")

    def previewed(self, path):
        page = self.page
        self.upload(path)
        page.wait_for_url("**/quality")
        page.wait_for_selector("form.told button.main", timeout=LONG)
        self.keep("2-quality")
        page.locator("form.told button.main").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/preview")
        page.wait_for_selector("table.changes", timeout=LONG)
        assert NAME in page.inner_text("table.changes")
        self.keep("3-preview")
        page.select_option("#table", "institutions")
        page.wait_for_url("**table=institutions**")
        self.keep("3-preview-filtered")
        return page.url.partition("/imports/")[2].partition("/")[0]

    def applied(self, number):
        page = self.page
        page.goto(f"/imports/{number}/apply")
        self.keep("4-apply")
        page.fill("#id_reason", "年度台账更新")
        page.check("#id_looked")
        page.locator("form .form-acts button.main").click()
        page.wait_for_selector("#undo_reason", timeout=LONG)
        self.keep("4-applied")

    def undone(self, number):
        page = self.page
        page.on("dialog", lambda dialog: dialog.accept())
        page.fill("#undo_reason", "传错了文件")
        page.locator(".form-acts button.grave").click()
        page.wait_for_selector("p.told:not(.success)", timeout=LONG)
        self.keep("4-undone")
        page.goto(f"/imports/{number}")
        self.keep("1-done")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_import_from_upload_to_undo(enter, picture, workbooks, language):
    page = enter("planner", language)
    wizard = Wizard(page, picture, language[:2])
    page.goto("/imports/new")
    wizard.keep("1-upload")
    wizard.refused(workbooks / "picture.xlsx")
    wizard.blocked(workbooks / "bad.xlsx")
    number = wizard.previewed(workbooks / "good.xlsx")
    wizard.applied(number)
    wizard.undone(number)
    page.goto("/imports/")
    wizard.keep("list")
    assert page.faults == []
