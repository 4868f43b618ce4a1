"""A ledger comes into the system: checked, looked through, applied."""

from tests.web.browser.year.people import LONG


def play(story):
    """The planner hands the workbook of the town in; the ledger opens a case for each agreement."""
    story.on(2025, 1, 6)
    its = story.town.tables["institutions"]
    path = story.folder / "台账.xlsx"
    story.town.write(path)
    hand_in(story, path, "2024年末台账", "01")
    opened = [r for r in its if r["standing"] not in ("undesignated", "closed")]
    said = story.people.planner.text("main dl.facts")
    assert f"{len(opened)} · 登记序号 1 至 {len(opened)}" in said

    clerk = story.people.clerk
    clerk.go("/institutions/").picture("01-ledger")
    clerk.go(f"/institutions/of/{story.town.leaver['code']}").sees(
        story.town.leaver["name"], "门诊统筹"
    )


def hand_in(story, path, reason, picture):
    """The wizard from the upload to the applied import."""
    planner = story.people.planner
    planner.go("/imports/new").fill(files=str(path)).send()
    planner.page.wait_for_url("**/quality")
    planner.page.locator("form.told button.main").wait_for(timeout=LONG)
    planner.sees("可以").picture(f"{picture}-checked")
    planner.page.click("form.told button.main")
    planner.page.locator("table.changes, .empty").first.wait_for(timeout=LONG)
    planner.picture(f"{picture}-preview")
    number = planner.page.url.split("/imports/")[1].split("/")[0]
    planner.go(f"/imports/{number}/apply").fill(reason=reason).send()
    planner.page.locator("dt:has-text('建立的协议件')").wait_for(timeout=LONG)
    planner.picture(f"{picture}-applied")
