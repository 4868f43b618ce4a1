"""Plans in a real browser: made, run, tried with other numbers, compared, asked for by a county."""

import pytest

from tests.web.browser.looking import fits

pytestmark = pytest.mark.browser
#: How long a run may take here, in milliseconds.
LONG = 420_000


@pytest.fixture(scope="module")
def kept():
    """What the first test leaves for the others: addresses."""
    return {}


def test_a_plan_is_made_run_and_read(enter, picture, kept):
    page = enter("planner")
    page.goto("/plans/new")
    picture(page, "plan-new")
    page.fill("#id_year", "2026")
    page.fill("#id_title", "2026年度医保定点医药机构资源配置规划")
    page.click("button:has-text('新建')")
    kept["plan"] = page.url
    page.click("a.button.main:has-text('测算')")
    picture(page, "plan-run")
    fits(page)
    page.fill("#id_as_of", "2026-01-01")
    page.fill("#id_remark", "初算")
    page.click("main button.main")
    page.locator("progress").wait_for()
    picture(page, "plan-running")
    page.locator("td a:has-text('第 1 版')").wait_for(timeout=LONG)
    picture(page, "plan")
    fits(page)
    page.click("td a:has-text('第 1 版')")
    kept["version"] = page.url
    picture(page, "plan-version")
    fits(page)
    page.locator("#t-quotas a.num").first.click()
    assert page.locator("h2:has-text('算式'), h2:has-text('台账中的行')").count()
    picture(page, "plan-figure")
    fits(page)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_part_of_a_version(enter, picture, kept, language):
    page = enter("planner", "zh-hans" if language == "zh" else "en")
    parts = ("", "findings_list", "charts", "quotas", "quota_details", "benchmarks", "documents")
    for part in parts:
        page.goto(f"{kept['version']}?sheet={part}")
        picture(page, f"plan-version-{part or 'conclusions'}", language)
        fits(page)
    page.goto(f"{kept['version']}/figures/?q=beds")
    picture(page, "plan-figures", language)
    page.goto(f"{kept['version']}/figures/beds_per_1000.232700")
    picture(page, "plan-figure-beds", language)
    fits(page)
    for name in (kept["plan"], f"{kept['plan']}/run", "/plans/", "/plans/submissions?year=2026"):
        page.goto(name)
        picture(page, f"plans-{name.rpartition('/')[2].partition('?')[0] or 'list'}", language)
        fits(page)


def test_the_map_of_a_version_works_apart_from_the_site(enter, picture, kept):
    page = enter("planner")
    page.goto(f"{kept['version']}/files/map.html")
    page.locator(".leaflet-container").wait_for()
    picture(page, "plan-map")
    assert page.faults == []
    page.goto(f"{kept['version']}/files/plan.html")
    assert page.locator("h1").count() == 1
    assert page.faults == []


def test_other_numbers_are_tried_and_compared(enter, picture, kept):
    page = enter("planner")
    page.goto(f"{kept['plan']}/overlays/new")
    page.fill("#id_name", "漠河市常住人口减少")
    page.click("main button.main")
    page.locator("#table").wait_for()
    page.wait_for_load_state()  # a choice sends itself only once the page's script runs
    page.select_option("#table", "populations")
    page.locator("#row-find").wait_for()
    page.fill("#row-find", "232701")
    page.press("#row-find", "Enter")
    page.locator(".chips a").first.wait_for()
    picture(page, "plan-overlay-rows")
    page.locator(".chips a").last.click()
    page.locator("#new-resident").wait_for()
    picture(page, "plan-overlay-cells")
    fits(page)
    page.fill("#new-resident", "50000")
    page.click("form:has(#new-resident) button.main")
    page.locator("td b:has-text('50,000')").wait_for()
    picture(page, "plan-overlay")
    page.click("a.button:has-text('用这组改动测算')")
    page.fill("#id_as_of", "2026-01-01")
    page.uncheck("#id_papers")
    page.click("main button.main")
    page.locator("td a:has-text('第 2 版')").wait_for(timeout=LONG)
    page.click("td a:has-text('第 2 版')")
    picture(page, "plan-version-what-if")
    page.goto(kept["plan"])
    page.click("button:has-text('对比所选两版')")
    for part in ("quotas", "findings", "figures"):
        page.goto(page.url.partition("&part")[0] + f"&part={part}")
        picture(page, f"plan-compare-{part}")
        fits(page)
    english = enter("planner", "en")
    english.goto(page.url.partition("&part")[0] + "&part=quotas")
    picture(english, "plan-compare-quotas", "en")
    fits(english)


def test_a_county_asks_and_the_planner_answers(enter, picture):
    planner = enter("planner")
    planner.goto("/plans/submissions/call?year=2026")
    planner.fill("#id_through", "2099-06-30")
    planner.click("main button.main")
    county = enter("county")
    county.goto("/plans/submissions?year=2026")
    picture(county, "submissions-county")
    fits(county)
    county.goto("/plans/submissions/new?year=2026&resource=pharmacies")
    county.fill("#id_asked", "2")
    county.fill("#id_reason", "两个社区没有药店")
    picture(county, "submission-new")
    county.click("main button.main")
    county.click("button:has-text('提交')")
    address = county.url
    planner.goto(address)
    planner.fill("#answer", "请附需求测算")
    picture(planner, "submission-answer")
    planner.click("button:has-text('退回')")
    county.goto(address)
    assert county.locator("text=请附需求测算").count()
    picture(county, "submission-returned")
    fits(county)
