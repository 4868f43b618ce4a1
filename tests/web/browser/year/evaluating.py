"""The clinic is evaluated and passes."""

from tests.web.browser.year.story import record


def play(story):
    """The result of the evaluation stands in the case."""
    story.on(2025, 3, 3)
    clerk, case = story.people.clerk, story.kept["case"]
    record(clerk, case, "pass_evaluation", outcome="评估得分92分，合格").sees("评估合格")
    clerk.picture("06-evaluated")
