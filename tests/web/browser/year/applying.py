"""A clinic applies on its own screen, is asked once for what is missing, and is accepted."""

from tests.web.browser.year.story import record


def play(story):
    """The application, the one notice, the supplement, the acceptance with its letter."""
    story.on(2025, 2, 17)
    newcomer, clerk = story.people.newcomer, story.people.clerk
    newcomer.go("/my/").picture("05-before").press("申请定点")
    newcomer.fill(services=["personal_account", "outpatient_pooling"])
    newcomer.page.locator("main input[type=file]").first.set_input_files(story.scan("申请表"))
    newcomer.picture("05-form").send().sees("申请表.pdf").picture("05-applied")
    case = story.kept["case"] = newcomer.page.url.rpartition("/my/cases/")[2].split("?")[0]

    record(clerk, case, "request_supplement", missing="医师执业证书复印件")
    newcomer.page.reload()
    newcomer.sees("医师执业证书复印件").picture("05-asked")
    newcomer.page.click(".moves a[href$='/supplement/record']")
    newcomer.page.locator("main input[type=file]").nth(1).set_input_files(story.scan("执业证书"))
    newcomer.send().sees_done().sees("执业证书.pdf")

    record(clerk, case, "accept").sees("评估中").picture("05-accepted")
    letter(story, case, "acceptance", "05-letter")
    clerk.sees("医保受理〔2025〕1号")
    newcomer.go("/my/").sees("受理").picture("05-letter-received")


def letter(story, case, kind, picture):
    """The clerk makes the letter of the last entry of a kind, and records its service."""
    clerk = story.people.clerk
    clerk.go(f"/cases/of/{case}")
    clerk.page.click(f"main a.button[href$='/{kind}']")
    clerk.page.frame_locator("iframe.letter").locator("h1").first.wait_for()
    clerk.send().sees_done()
    clerk.page.locator("main section [name=by]").fill("王磊")
    clerk.page.click("main section button.main")
    clerk.page.locator(".tag.good").first.wait_for()
    clerk.page.frame_locator("iframe.letter").locator("h1").first.wait_for()
    clerk.picture(picture)
