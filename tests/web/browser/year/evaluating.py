"""Experts are drawn by lot, each fills in a sheet, and the clinic passes."""

import re

from dingdian.core.panel.contract import TABLES
from dingdian.storage.workbook_write import write_workbook
from tests.web.browser.year.story import record
from tests.web.browser.year.town import HERE

SEED = {"seed": "07 11 15 21 28 33+09", "source": "双色球2025024期", "published_on": "2025-03-02"}
#: Code -> field and user; who has none hands in a sheet of paper.
EXPERTS = {
    "ZJ-01": ("医疗保障", None),
    "ZJ-02": ("医药卫生", None),
    "ZJ-03": ("医药卫生", None),
    "ZJ-04": ("财务管理", "evaluator"),
    "ZJ-05": ("信息技术", None),
    "ZJ-06": ("医疗保障", None),
}


def play(story):
    """A register, a draw that anybody can make again, five sheets, one conclusion."""
    story.on(2025, 3, 3)
    clerk, evaluator, case = story.people.clerk, story.people.evaluator, story.kept["case"]
    _register(story)
    clerk.go(f"/panels/of/{case}/draw").fill(legal_person_name="何某", **SEED).send()
    clerk.sees("ZJ-04").picture("06-drawn")
    panel = clerk.page.url.split("?")[0]

    evaluator.go("/evaluations/").press(story.town.newcomer["name"]).picture("06-case-of-mine")
    _fill_in(evaluator).sees_done().picture("06-sheet")
    for at in clerk.page.locator("a[href*='/sheet/']").evaluate_all("all => all.map(a => a.href)"):
        _fill_in(clerk.go(at)).sees_done()
    clerk.go(f"{panel}/conclude").fill(concluded_on="2025-03-03").send().sees("合格")
    clerk.picture("06-concluded")
    clerk.go(f"{panel}/retrace").picture("06-made-again")
    record(clerk, case, "pass_evaluation").sees("评估合格", "经评估专家评估，结论为合格")
    clerk.picture("06-evaluated")


def _register(story):
    """The agency takes a file of experts in; one of them has a screen of their own."""
    rows = [
        {"code": code, "name": f"专家{code}", "field": field, "employer": "无", "user": user,
         "since": story.town.day(1, 1), "districts": HERE}
        for code, (field, user) in EXPERTS.items()
    ]  # fmt: skip
    path = story.folder / "专家库.xlsx"
    write_workbook({"experts": rows, "relations": []}, path, TABLES)
    clerk = story.people.clerk
    clerk.go("/panels/experts").fill(file=str(path)).send().sees_done()
    clerk.sees("ZJ-06").picture("06-register")


def _fill_in(person):
    """A whole sheet: every item passed, most of the points of every item that is scored."""
    page = person.page
    for each in page.locator("main input[type=radio][name^='item-'][value=yes]").all():
        each.check()
    for each in page.locator("main input[type=text][name^='item-']").all():
        label = page.locator(f"label[for='{each.get_attribute('id')}'] small").inner_text()
        full = int(re.search(r"\d+", label).group())
        each.fill(str(full * 9 // 10))
    return person.fill(evaluated_on="2025-03-03", opinion="材料齐全，现场合格").send()
