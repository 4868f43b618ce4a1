"""The agreement is signed, by two of the office, and the year of trial begins."""

from tests.web.browser.year.applying import letter
from tests.web.browser.year.story import confirm, propose


def play(story):
    """Nobody confirms what they asked for; the clinic reads the days of its trial."""
    clerk, case = story.people.clerk, story.kept["case"]
    newcomer = story.town.newcomer
    propose(
        clerk, case, "sign", agreement="沈医协〔2025〕0301", institution=newcomer["code"],
        services=["personal_account", "outpatient_pooling"],
    )  # fmt: skip
    assert clerk.page.locator("button[value=confirm]").count() == 0
    clerk.picture("08-asked-for")
    confirm(story.people.second, newcomer["name"], "签订协议").sees("政策辅导期")
    story.people.second.picture("08-signed")
    letter(story, case, "agreement", "08-letter")
    told = story.people.newcomer.go("/my/").sees("沈医协〔2025〕0301")
    told.go(f"/my/cases/{case}").sees("政策辅导期", "2026年3月").picture("08-trial")
    clerk.go("/national/?q=" + newcomer["code"]).picture("08-platform")
    boxes = clerk.page.locator("input[name=change]")
    for n in range(boxes.count()):
        boxes.nth(n).check()
    clerk.fill(reference="平台-2025-0312").send().sees_done()
