"""The plan of the year: the counties say what they need, the planner runs the numbers."""

from tests.web.browser.year.people import LONG
from tests.web.browser.year.town import HERE, HERE_NAME, PLACES, YEAR

TITLE = f"{YEAR}年度定点医药机构工作计划"


def play(story):
    """A call, a submission, a run; the place that was released last year is a place of this one."""
    planner, county = story.people.planner, story.people.county
    planner.go(f"/plans/submissions/call?year={YEAR}").fill(through="2025-01-31").send()
    county.go(f"/plans/submissions/new?year={YEAR}&resource={PLACES}")
    county.fill(asked=2, reason="两个乡镇没有门诊统筹诊所").send().press("提交")
    county.sees("两个乡镇没有门诊统筹诊所").picture("02-submission")
    planner.page.goto(county.page.url)
    planner.fill(answer="同意纳入测算").press("采纳")

    plan = run(story, YEAR, TITLE, papers=story.first)
    planner.picture("02-version")
    story.kept["plan"] = plan
    planner.go(f"{story.kept['version']}?sheet=quotas").picture("02-quotas")
    assert places(planner) == "1"
    planner.go(f"{story.kept['version']}/figures/released_{PLACES}.{HERE}")
    planner.sees("台账中的行", "医疗机构").picture("02-released")


def run(story, year, title, *, papers):
    """Draw up the work plan of a year and run it; its number. The address is kept as version."""
    planner = story.people.planner
    planner.go("/plans/new").fill(kind="work_plan", year=year, title=title).send()
    plan = planner.page.url.rstrip("/").rpartition("/")[2]
    planner.press("测算").fill(papers=papers).send()
    planner.page.locator("td a:has-text('第 1 版')").wait_for(timeout=LONG)
    planner.press("第 1 版")
    story.kept["version"] = planner.page.url.split("?")[0].replace(story.office.bureau.url, "")
    return plan


def places(planner):
    """How many places of outpatient pooling the table of quotas gives the district."""
    heads = planner.page.locator("#t-quotas thead th, main thead th").all_inner_texts()
    at = next(n for n, each in enumerate(heads) if each.startswith("门诊统筹"))
    line = planner.page.locator("main tbody tr").filter(has_text=HERE_NAME).first
    return line.locator("th, td").nth(at).inner_text().strip()
