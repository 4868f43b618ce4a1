"""The agreement ends and is not renewed: patients are handed over, the platform is told."""

from tests.web.browser.year.applying import letter
from tests.web.browser.year.story import record
from tests.web.browser.year.town import YEAR


def play(story):
    """The day after the last one; what the ending sets free stands in the case."""
    story.on(YEAR, 12, 16)
    clerk, case = story.people.clerk, story.kept["leaving"]
    record(clerk, case, "expire").sees("到期终止").picture("11-expired")
    letter(story, case, "expiry", "11-letter")
    clerk.go(f"/cases/of/{case}/handover")
    clerk.fill(
        inpatients=0,
        dialysis=0,
        chronic=14,
        others=3,
        receiver="法库县中心医院",
        by=f"{YEAR}-12-31",
    )
    clerk.send().sees_done().picture("11-handover")
    clerk.go("/national/?q=" + story.town.leaver["code"]).picture("11-platform")
    boxes = clerk.page.locator("input[name=change]")
    for n in range(boxes.count()):
        boxes.nth(n).check()
    clerk.fill(reference="平台-2025-1216").send().sees_done()
    story.people.leaver.go("/my/").sees("到期终止").picture("11-told")
    story.people.leaver.go(f"/my/cases/{case}").sees("2024年12月16日 – 2025年12月15日")
