"""The plan of the next year gives the place anew that was set free, and says where it is from."""

from tests.web.browser.year.planning import places, run
from tests.web.browser.year.town import HERE, HERE_NAME, PLACES, YEAR

TITLE = f"{YEAR + 1}年度定点医药机构工作计划"


def play(story):
    """One place of outpatient pooling, from the one released, whole, by SY-16."""
    run(story, YEAR + 1, TITLE)
    planner = story.people.planner
    planner.go(f"{story.kept['version']}?sheet=quotas").picture("13-quotas")
    assert places(planner) == "1"
    line = planner.page.locator("main tbody tr").filter(has_text=HERE_NAME).first
    line.locator("a.num", has_text="1").first.click()
    planner.sees("SY-16").picture("13-derivation")
    planner.go(f"{story.kept['version']}/figures/released_{PLACES}.{HERE}")
    planner.sees("台账中的行").picture("13-released")
