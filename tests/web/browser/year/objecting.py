"""The result is put up for the public; somebody objects; the objection is looked into."""

from tests.web.browser.year.story import record
from tests.web.browser.year.town import HERE_NAME

WHY = "听说这家诊所没有药师，请核查。"
ANSWER = "经现场核查：药师在岗，证件齐全。"


def play(story):
    """The notice takes the one place of the year; the objection does not hold; the notice ends."""
    clerk, case = story.people.clerk, story.kept["case"]
    record(clerk, case, "publish").sees("公示中")
    clerk.go("/cases/places")
    line = (
        clerk.page.locator("main tbody tr").filter(has_text=HERE_NAME).filter(has_text="门诊统筹")
    )
    assert case in line.inner_text()
    clerk.picture("07-place-taken")
    receipt = _object(story)

    story.on(2025, 3, 5)
    story.carry_back()
    _look_into(story)
    clerk.go(f"/cases/of/{case}").page.click(".moves a[href$='/close_notice/record']")
    clerk.send().is_refused("2025").picture("07-too-early")
    story.people.newcomer.go(f"/my/cases/{case}").sees("异议不成立").picture("07-told")

    story.on(2025, 3, 12)
    record(clerk, case, "close_notice").sees("协商谈判")
    citizen = story.edition("07-edition")
    citizen.go("/receipt").fill(number=receipt).send().sees(ANSWER).picture("07-public-answer")


def _object(story):
    """Somebody reads the notice on the public site and objects; the number of the receipt."""
    citizen = story.edition("07-edition-of-the-notice")
    citizen.go("/notices/").picture("07-public-notices")
    citizen.press(story.town.newcomer["name"]).fill(reason=WHY).picture("07-public-notice")
    citizen.press("提交意见").sees("回执编号").picture("07-receipt")
    return citizen.text(".number")


def _look_into(story):
    """The clerk records the objection, dismisses it on the page of the case, and answers it."""
    clerk, case = story.people.clerk, story.kept["case"]
    clerk.go("/objections/").press(story.town.newcomer["name"]).sees(WHY)
    clerk.picture("07-objection")
    clerk.fill(said="反映诊所没有药师").press("登记异议").sees_done()
    at = clerk.page.url
    record(clerk, case, "dismiss_objection", outcome=ANSWER).sees("公示中")
    clerk.go(at).fill(outcome="dismissed", said=ANSWER).press("提交答复").sees_done()
    clerk.picture("07-objection-answered")
