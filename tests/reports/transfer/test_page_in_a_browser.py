"""map.html of a transfer of beds in Chromium without a network: it opens, draws and answers."""

from pathlib import Path

import pytest
import shapely

from dingdian.reports.transfer.page import write_page
from tests.reports.transfers import recorded, small

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium here"),
]
#: Beds go from the one in the middle to those on its left and right.
BOXES = {
    "9101": shapely.box(122, 41, 122.5, 41.4),
    "9102": shapely.box(122.5, 41, 123, 41.4),
    "9103": shapely.box(123, 41, 123.5, 41.4),
}
sync_api = pytest.importorskip("playwright.sync_api")


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as play:
        words = ["--no-sandbox", "--disable-gpu"]
        made = play.chromium.launch(executable_path=str(CHROMIUM), args=words)
        yield made
        made.close()


@pytest.fixture(params=["zh", "en"])
def page(browser, tmp_path, request):
    made = small(outlines=BOXES)
    path = tmp_path / "map.html"
    path.write_bytes(write_page(recorded(made), made.census, request.param))
    opened, noticed = browser.new_page(offline=True), []
    opened.on("console", lambda message: noticed.append(message.text))
    opened.on("pageerror", lambda error: noticed.append(str(error)))
    opened.goto(path.as_uri())
    opened.wait_for_selector("body[data-ready=yes]", timeout=10_000)
    yield opened
    opened.close()
    assert noticed == []


def picture(page):
    return page.evaluate("() => document.getElementById('sheet').toDataURL()")


def redrawn(page, before):
    """Waits until the map is another picture; fails where it stays the same."""
    page.wait_for_function(
        "(before) => document.getElementById('sheet').toDataURL() !== before", arg=before
    )


def test_a_district_is_chosen_and_only_its_moves_are_listed(page):
    every = page.locator("#moves tbody tr").count()
    before = picture(page)
    page.select_option("#district", "0")
    redrawn(page, before)

    name = page.locator("#district option:checked").inner_text()
    rows = page.locator("#moves tbody tr").all_inner_texts()
    assert 0 < len(rows) < every
    assert all(name in row for row in rows)
    assert page.locator("#facts h2").inner_text() == name


def test_another_shading_draws_the_map_anew_and_its_legend_with_it(page):
    before, legend = picture(page), page.locator("#legend").inner_text()
    page.select_option("#view", "2")
    redrawn(page, before)

    assert page.locator("#legend").inner_text() != legend


def test_the_keyboard_tells_of_a_district_and_lets_it_go(page):
    button = page.locator("#districts tbody tr button").nth(2)
    button.press("Enter")
    assert page.locator("#facts h2").inner_text() == button.inner_text()

    page.click("#whole")
    page.locator("#map").focus()
    page.keyboard.press("Enter")
    middle = page.locator("#districts tbody tr button").nth(1).inner_text()
    assert page.locator("#facts h2").inner_text() == middle
    assert page.locator("#moves tbody tr").count() == 2
    page.keyboard.press("Escape")
    assert page.locator("#facts dl").count() == 0


def test_a_click_on_the_map_tells_of_the_district_there(page):
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    middle = page.locator("#districts tbody tr button").nth(1).inner_text()
    assert page.locator("#facts h2").inner_text() == middle
    assert page.locator("#hint").inner_text().startswith(middle)


def test_on_a_phone_nothing_is_cut_off(page):
    page.set_viewport_size({"width": 375, "height": 667})
    page.select_option("#district", "0")
    page.wait_for_timeout(200)

    wide = page.evaluate(
        "() => [...document.querySelectorAll('body *')].filter((each) => {"
        "  const box = each.getBoundingClientRect();"
        "  return !each.closest('#map, .skip') && box.width && box.right > innerWidth + 1;"
        "}).map((each) => each.outerHTML.slice(0, 80))"
    )
    assert wide == []
