"""map.html of who is proposed to stay, in Chromium without a network: draws, filters, tells."""

from pathlib import Path

import pytest

from dingdian.reports.retention.fates import close_calls
from dingdian.reports.retention.page import write_page
from tests.street import city, made

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium here"),
]
sync_api = pytest.importorskip("playwright.sync_api")


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as play:
        words = ["--no-sandbox", "--disable-gpu"]
        made_ = play.chromium.launch(executable_path=str(CHROMIUM), args=words)
        yield made_
        made_.close()


@pytest.fixture(params=["zh", "en"])
def page(browser, tmp_path, request):
    seen = city()
    path = tmp_path / "map.html"
    path.write_bytes(write_page(made(seen, keep={"pharmacies": 3}), seen, request.param))
    opened, noticed = browser.new_page(offline=True), []
    opened.on("console", lambda message: noticed.append(message.text))
    opened.on("pageerror", lambda error: noticed.append(str(error)))
    opened.goto(path.as_uri())
    opened.wait_for_selector("body[data-ready=yes]", timeout=10_000)
    yield opened
    opened.close()
    assert noticed == []


@pytest.mark.clause("SY-07")
def test_it_lists_what_happens_and_tells_who_still_serves(page):
    """P3 and P1 would go; P2 and P5 still serve the 30 people of P3."""
    rows = page.locator("#list tbody tr")
    assert rows.count() == 5

    page.select_option("#fate", "goes")
    assert rows.count() == 2
    page.locator("#list button", has_text="P3").click()
    told = page.locator("#facts").inner_text()
    assert "P2药房" in told
    assert "P5药房" in told
    page.fill("#search", "p1")
    assert rows.count() == 1


def test_the_keyboard_tells_of_the_nearest_to_the_middle(page):
    page.locator("#map").focus()
    page.keyboard.press("Enter")

    assert page.locator("#facts dl").count() == 1


def test_it_fits_a_phone(page):
    page.set_viewport_size({"width": 360, "height": 700})

    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360


def test_close_calls_are_the_tenth_that_is_least_worse_and_never_none():
    cap = made(keep={"pharmacies": 3}).caps[0]
    best = max(each.exchange.differences for each in cap.going if each.exchange)

    assert close_calls(cap) == {
        each.code for each in cap.going if each.exchange and each.exchange.differences == best
    }
