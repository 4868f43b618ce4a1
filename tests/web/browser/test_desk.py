"""Overview, tasks and search in a real browser, for every kind of user, in both languages."""

import pytest

pytestmark = pytest.mark.browser
CODES = {"zh": "zh-hans", "en": "en"}


def fits(page):
    """No sideways scrolling, and nothing in the console."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.faults == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("username", ["planner", "county", "legal", "evaluator", "sysadmin"])
def test_the_overview_of_each_kind_of_user(enter, picture, username, language):
    page = enter(username, CODES[language])
    page.goto("/")
    if username in ("planner", "county"):
        page.locator("[data-chart][data-drawn]").first.wait_for()
        drawn = page.locator("[data-chart]")
        assert page.locator("[data-chart][data-drawn]").count() == drawn.count() >= 2
        assert page.locator("[data-chart] canvas").count() == drawn.count()
    picture(page, f"overview-{username}", language)
    fits(page)


def test_a_tooltip_of_a_chart_meets_the_policy_of_the_page(enter):
    page = enter("planner")
    page.locator("[data-chart][data-drawn]").first.wait_for()
    page.locator("[data-chart]").last.hover()
    page.wait_for_timeout(300)
    assert page.faults == []


def test_a_measure_is_chosen_and_stays_in_the_address(enter, picture):
    page = enter("leader")
    chosen = page.locator("#measure option").nth(1).get_attribute("value")
    page.select_option("#measure", chosen)
    page.wait_for_url(f"**/?measure={chosen}")
    page.locator("[data-chart='chart-plan'][data-drawn]").wait_for()
    picture(page, "overview-measure")
    fits(page)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_tasks_fold_out_in_place(enter, picture, language):
    page = enter("planner", CODES[language])
    page.goto("/tasks")
    picture(page, "tasks-none", language)
    page.goto("/tasks?who=all")
    picture(page, "tasks", language)
    page.locator("table.groups tbody a").first.click()
    page.locator("#lines tbody tr").first.wait_for()
    assert "rule=" in page.url
    picture(page, "tasks-group", language)
    fits(page)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_search_from_the_field_at_the_top(enter, picture, language):
    page = enter("planner", CODES[language])
    page.keyboard.press("/")
    page.keyboard.type("医院")
    page.keyboard.press("Enter")
    page.locator("main table tbody tr").first.wait_for()
    assert page.evaluate(
        "getComputedStyle(document.getElementById('find')).color !== 'rgb(255, 255, 255)'"
    )
    picture(page, "search", language)
    code = page.locator("main td.code").first.inner_text()
    page.fill("#find", code)
    page.press("#find", "Enter")
    page.wait_for_url(f"**/institutions/of/{code}")
    page.goto("/search?q=zzzz")
    picture(page, "search-none", language)
    fits(page)
