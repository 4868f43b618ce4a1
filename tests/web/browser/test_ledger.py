"""Institutions in a real browser: filters that push their address, columns, exports, history."""

import pytest

from tests.web.browser.looking import fits

pytestmark = pytest.mark.browser
CODES = {"zh": "zh-hans", "en": "en"}


def rows_of(page):
    return page.locator("#rows tbody tr")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_filters_change_the_rows_and_the_address_and_back_goes_back(enter, picture, language):
    page = enter("planner", CODES[language])
    page.goto("/institutions/")
    picture(page, "institutions", language)
    fits(page)
    before = page.locator(".list-head p").first.inner_text()
    page.select_option("#f-kind", "retail_pharmacy")
    page.wait_for_url("**/institutions/?*kind=retail_pharmacy*")
    page.wait_for_function(
        "before => document.querySelector('.list-head p').innerText !== before", arg=before
    )
    assert page.locator("main h1").count() == 1
    assert "level=" not in page.url
    page.go_back()
    page.wait_for_function(
        "before => document.querySelector('.list-head p').innerText === before", arg=before
    )
    fits(page)


def test_typing_a_name_looks_for_it_without_a_button(enter):
    page = enter("planner")
    page.goto("/institutions/")
    name = page.locator("#rows tbody th a").nth(3).inner_text()
    page.fill("#q", name)
    page.wait_for_function("() => document.querySelectorAll('#rows tbody tr').length < 50")
    assert page.locator("#rows tbody th a").first.inner_text().startswith(name)


def test_columns_are_chosen_and_remembered(enter, picture):
    page = enter("planner")
    page.goto("/institutions/")
    page.click("summary:has-text('选择列')")
    picture(page, "institutions-columns")
    page.check("input[name=columns][value=address]")
    page.locator("#rows thead th:has-text('地址')").wait_for()
    page.goto("/institutions/")
    assert page.locator("#rows thead th:has-text('地址')").count() == 1
    fits(page)


def test_the_list_works_without_script(served, chromium):
    context = chromium.new_context(base_url=served.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/account/sign-in")
    page.fill("#id_username", "county")
    page.fill("#id_password", served.passwords["county"])
    page.press("#id_password", "Enter")
    page.goto("/institutions/")
    page.select_option("#f-standing", "in_force")
    page.click("#filters button.main")
    assert "standing=in_force" in page.url
    assert rows_of(page).count() > 0
    page.click("#rows thead a >> nth=1")
    assert "sort=name" in page.url
    assert "standing=in_force" in page.url
    context.close()


def test_a_workbook_is_taken_along(enter):
    page = enter("clerk")
    page.goto("/institutions/?standing=in_force")
    with page.expect_download() as coming:
        page.click(".exports a >> nth=0")
    assert coming.value.suggested_filename.endswith(".xlsx")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_an_institution_and_its_days(enter, picture, language):
    page = enter("planner", CODES[language])
    page.goto("/institutions/?kind=hospital&sort=-contracted")
    page.click("#rows tbody th a >> nth=0")
    picture(page, "institution", language)
    fits(page)
    page.fill("#on", "2026-03-01")
    page.fill("#known", "2026-03-01")
    page.click(".as-of button")
    assert "known=2026-03-01" in page.url
    picture(page, "institution-then", language)
    fits(page)
    page.goto("/institutions/of/H00000000000")
    picture(page, "institution-missing", language)


def test_an_institution_prints_without_the_frame(enter, picture):
    page = enter("planner")
    page.goto("/institutions/?kind=hospital")
    page.click("#rows tbody th a >> nth=0")
    page.emulate_media(media="print")
    assert not page.locator("nav.side").is_visible()
    assert not page.locator("form.as-of").is_visible()
    picture(page, "institution-print")
