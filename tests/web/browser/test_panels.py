"""A panel is drawn, scored, concluded and recorded in the case, in a real browser."""

import re

import pytest

from dingdian.web.demonstrating import TODAY
from tests.web.browser.looking import fits

pytestmark = pytest.mark.browser
CODES = {"zh": "zh-hans", "en": "en"}


def fill(page):
    """Everything passed, ten points for whatever is scored."""
    for each in page.locator("form.record input[value=yes]").all():
        each.check()
    for each in page.locator("form.record input[inputmode=decimal]").all():
        each.fill("15")
    for each in page.locator("form.record input[type=date]").all():  # of a sheet on paper
        each.fill(TODAY.isoformat())
    page.click("form.record button.main")
    page.locator(".told.success").wait_for()


def draw(clerk, picture, language):
    """The clerk takes an application in, accepts it and draws: the pages of case and panel."""
    clerk.goto("/cases/new?kind=retail_pharmacy")
    clerk.fill("#id_name", f"评估药房{language}")
    clerk.select_option("#id_region", index=1)
    clerk.check("input[name=services][value=personal_account]")
    clerk.click("main button.main")
    clerk.locator(".moves").wait_for()
    case = clerk.url
    clerk.click("a[href$='/accept/record']")
    clerk.click("main button.main")
    clerk.locator(".told.success").wait_for()
    clerk.click("a[href$='/draw']")
    clerk.fill("#id_legal_person_name", "某某人")
    clerk.fill("#id_seed", "01-02-03-04-05-06+07")
    clerk.fill("#id_source", "双色球 2026006期")
    picture(clerk, "panel-draw", language)
    fits(clerk)
    clerk.click("main button.main")
    clerk.locator(".told.success").wait_for()
    panel = clerk.url
    picture(clerk, "panel-drawn", language)
    fits(clerk)
    return case, panel


def conclude(clerk, panel, picture, language):
    """The clerk enters the sheets on paper, concludes, and makes it again from the notes."""
    clerk.goto(panel)
    papers = clerk.locator("a[href*='/sheet/']").evaluate_all("all => all.map((a) => a.href)")
    assert len(papers) == 4
    for each in papers:
        clerk.goto(each)
        fill(clerk)
    clerk.click("a[href$='/conclude']")
    clerk.click("main button.main")
    clerk.locator(".told.success").wait_for()
    picture(clerk, "panel-concluded", language)
    fits(clerk)
    clerk.click("a[href$='/retrace']")
    clerk.locator(".told.success").wait_for()
    picture(clerk, "panel-retraced", language)
    fits(clerk)
    clerk.goto("/panels/experts")
    picture(clerk, "experts", language)
    fits(clerk)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_case_is_drawn_for_scored_concluded_and_recorded(enter, picture, language):
    clerk = enter("clerk", CODES[language])
    case, panel = draw(clerk, picture, language)
    evaluator = enter("evaluator", CODES[language])
    evaluator.goto("/evaluations/")
    picture(evaluator, "evaluations", language)
    fits(evaluator)
    evaluator.get_by_role("link", name=f"评估药房{language}").click()
    picture(evaluator, "evaluation-sheet", language)
    fits(evaluator)
    fill(evaluator)
    assert evaluator.faults == []

    conclude(clerk, panel, picture, language)
    evaluator.reload()
    assert evaluator.locator("form.record").count() == 0
    clerk.goto(f"{case}/pass_evaluation/record")
    number = re.search(r"of/(.+)$", case).group(1)
    assert f"panel:{number}" in clerk.input_value("#id_documents")
    clerk.click("main button.main")
    clerk.locator(".told.success").wait_for()
    assert f"panel:{number}" in clerk.content()
    assert clerk.faults == []
