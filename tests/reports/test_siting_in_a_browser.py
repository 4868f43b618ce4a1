"""map.html of a choice of sites in Chromium without a network: it opens, draws and answers."""

from pathlib import Path

import pytest

from dingdian.reports.siting.page import write_page
from tests.choosing import ROW, ask, city, home, institution, point

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium here"),
]
sync_api = pytest.importorskip("playwright.sync_api")
ODD = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as play:
        words = ["--no-sandbox", "--disable-gpu"]
        made = play.chromium.launch(executable_path=str(CHROMIUM), args=words)
        yield made
        made.close()


@pytest.fixture(params=["zh", "en"])
def page(browser, tmp_path, request):
    homes = [*ROW, home("odd", point(0, 9000), 70, name=ODD)]
    report = ask(city(homes, [institution("i", point(0, 0))]), places=2)
    path = tmp_path / "map.html"
    path.write_bytes(write_page(report, request.param, result="0" * 64, seconds=None))
    opened, noticed = browser.new_page(offline=True), []
    opened.on("console", lambda message: noticed.append(message.text))
    opened.on("pageerror", lambda error: noticed.append(str(error)))
    opened.goto(path.as_uri())
    opened.wait_for_selector("body[data-ready=yes]", timeout=10_000)
    yield opened
    opened.close()
    assert noticed == []


def test_it_draws_and_lists_the_chosen_and_runs_no_name(page):
    rows = page.locator("#chosen tbody tr")

    assert rows.count() == 2
    assert ODD in page.locator("#chosen").inner_text()
    assert page.locator("#chosen img").count() == 0
    inked = page.evaluate(
        "() => document.getElementById('sheet').getContext('2d')"
        ".getImageData(0, 0, 400, 400).data.some((each) => each > 0)"
    )
    assert inked


def test_a_site_of_the_list_is_brought_into_the_middle(page):
    drawn = page.evaluate("() => document.body.dataset.drawn")
    page.locator("#chosen tbody tr button").first.click()

    page.wait_for_function(f"() => document.body.dataset.drawn !== '{drawn}'")
    page.check("#others")
    page.click("#whole")


def test_on_a_phone_nothing_is_cut_off(page):
    page.set_viewport_size({"width": 375, "height": 667})
    page.wait_for_timeout(200)

    wide = page.evaluate(
        "() => [...document.querySelectorAll('body *')].filter((each) => {"
        "  const box = each.getBoundingClientRect();"
        "  return !each.closest('#map, .skip') && box.width && box.right > innerWidth + 1;"
        "}).map((each) => each.outerHTML.slice(0, 80))"
    )
    assert wide == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_what_a_touch_is_answered_stands_within_the_map(page):
    page.set_viewport_size({"width": 375, "height": 667})
    page.locator("#chosen tbody tr button").first.click()
    page.locator("#map").scroll_into_view_if_needed()
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    hint = page.locator("#hint").bounding_box()
    assert hint["x"] >= box["x"]
    assert hint["x"] + hint["width"] <= box["x"] + box["width"] + 1
