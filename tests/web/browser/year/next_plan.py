"""The plan of the next year gives the place that was set free, and says where it is from."""

from tests.web.browser.year.planning import places, run
from tests.web.browser.year.town import HERE, PLACES, YEAR

TITLE = f"{YEAR + 1}年度定点医药机构工作计划"


def play(story):
    """One place from the one released, whole, by SY-16; the fund of the year draws no red line."""
    run(story, YEAR + 1, TITLE, papers=False)
    planner, version = story.people.planner, story.kept["version"]
    planner.go(f"{version}/figures/limit.sy_outpatient_new_places.{HERE}")
    assert planner.text(".derived b") == "1家", planner.text(".derived")
    planner.sees("SY-16", f"{YEAR}年释放量").picture("13-limit")
    planner.go(f"{version}/figures/released_{PLACES}.{HERE}")
    assert planner.text(".derived b") == "1家", planner.text(".derived")
    planner.sees("台账中的行", story.town.leaver["name"]).picture("13-released")
    planner.go(f"{version}?sheet=quotas").picture("13-quotas")
    assert places(planner) == "1", places(planner)
