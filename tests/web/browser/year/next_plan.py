"""The plan of the next year finds the place that was set free, and says where it is from."""

from tests.web.browser.year.planning import places, run
from tests.web.browser.year.town import HERE, PLACES, YEAR

TITLE = f"{YEAR + 1}年度定点医药机构工作计划"


def play(story):
    """One place from the one released, whole, by SY-16; no number while a red line is unknown."""
    run(story, YEAR + 1, TITLE)
    look(story)


def look(story):
    """The limit that the release gives, the row that it comes from, and what is still unknown.

    Nobody entered the fund of the year that ended: whether the red line is met is not known, and
    the table says so in place of a number (unknown is not zero).
    """
    planner, version = story.people.planner, story.kept["version"]
    planner.go(f"{version}/figures/limit.sy_outpatient_new_places.{HERE}")
    assert planner.text(".derived b") == "1家", planner.text(".derived")
    planner.sees("SY-16", "2025年释放量").picture("13-limit")
    planner.go(f"{version}/figures/released_{PLACES}.{HERE}")
    assert planner.text(".derived b") == "1家", planner.text(".derived")
    planner.sees("台账中的行", story.town.leaver["name"]).picture("13-released")
    planner.go(f"{version}?sheet=quotas").sees("基金红线").picture("13-quotas")
    assert places(planner).startswith("无法计算"), places(planner)
