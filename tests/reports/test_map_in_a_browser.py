"""map.html in Chromium without a network: it opens soon, answers, prints, and runs no name."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests import city
from tests.reports.odd import RARE
from tests.reports.plans import CITIES
from tests.reports.test_map_page import IMAGE, boxes, page, sample, tiny

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium here"),
]
sync_api = pytest.importorskip("playwright.sync_api")
VIEWS = ("districts", "institutions", "circles", "people")
#: Generous: a browser on a busy machine. The claim itself is measured in bench/.
SECONDS = 10


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as play:
        words = ["--no-sandbox", "--disable-gpu"]
        made = play.chromium.launch(executable_path=str(CHROMIUM), args=words)
        yield made
        made.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Open a page by its text; what it asks for or says must be nothing when the test ends."""
    noticed = []

    def go(text, width=1366, height=900):
        path = tmp_path / "map.html"
        path.write_text(text, "utf-8")
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
        shown = context.new_page()
        shown.on("request", lambda asked: asked.url == path.as_uri() or noticed.append(asked.url))
        shown.on("console", lambda said: noticed.append(said.text))
        shown.on("pageerror", lambda error: noticed.append(str(error)))
        shown.on("dialog", lambda dialog: noticed.append(dialog.message))
        shown.goto(path.as_uri())
        shown.wait_for_selector("body[data-ready]", timeout=1000 * SECONDS)
        return shown

    yield go
    assert noticed == []


def painted(shown):
    """How many different colours the sheet shows."""
    return shown.evaluate(
        """() => { const small = document.createElement("canvas"), [w, h] = [300, 200];
        [small.width, small.height] = [w, h];
        const own = small.getContext("2d", { willReadFrequently: true });
        own.drawImage(document.getElementById("sheet"), 0, 0, w, h);
        return new Set(new Uint32Array(own.getImageData(0, 0, w, h).data.buffer)).size; }"""
    )


def seen(shown, view):
    shown.click(f"[data-view={view}]")
    shown.wait_for_timeout(400)


@pytest.mark.parametrize(("place", "lang"), [("daxinganling", "en"), ("shenyang", "zh")])
def test_every_view_draws(opened, place, lang):
    shown = opened(page(place, lang))
    keep = os.environ.get("DINGDIAN_PICTURES")
    for view in VIEWS:
        seen(shown, view)
        assert painted(shown) > 20, view
        assert shown.locator("#legend li").count() > 0
        if keep:
            shown.screenshot(path=str(Path(keep) / f"map-{place}-{lang}-{view}.png"))


@pytest.mark.parametrize("place", CITIES)
def test_the_table_and_the_facts_say_what_the_record_says(opened, place):
    record = sample(place)[1]
    shown = opened(page(place))
    shown.click("#tables summary")
    shown.wait_for_selector("#tables-body table")
    rows = shown.locator("#tables-body table").first.locator("tbody tr")
    told = [row.locator("th, td").all_inner_texts() for row in rows.all()]
    decimals = {name: record.figures[key].decimal for name, _, key in told}
    assert {
        name: re.match(r"[−\d,.]+", text)[0].replace(",", "") for name, text, _ in told
    } == decimals

    rows.first.locator("button").click()
    keys = shown.locator("#facts code").all_inner_texts()
    assert len(keys) > 20
    assert set(keys) <= set(record.figures)


def test_search_finds_by_name_and_code_and_leads_to_the_place(opened):
    shown = opened(page("daxinganling"))
    shown.fill("#search", "h23276190001")
    assert shown.inner_text("#found-count") == "找到 1 个"
    shown.click("#found button")
    assert shown.inner_text("#facts h2") == "加格达奇区示例第1综合医院"
    assert "medical_institutions.232761" in shown.inner_text("#facts")
    shown.fill("#search", "没有这个名字")
    assert "没有找到" in shown.inner_text("#found-count")


def test_the_unserved_lead_to_the_nearest_institution(opened):
    shown = opened(page("shenyang"))
    seen(shown, "circles")
    shown.click("#tables summary")
    shown.wait_for_selector("#tables-body table")
    first = shown.locator("#tables-body table").last.locator("tbody tr").first
    gap = next(each for each in sample("shenyang")[1].gaps if each.of == "medical_institutions")
    assert first.locator("th").inner_text() == gap.name or gap.code
    assert gap.nearest_name in first.inner_text()
    first.locator("td button").last.click()
    assert shown.inner_text("#facts h2") == gap.nearest_name


def test_filters_narrow_what_is_drawn(opened):
    shown = opened(page("daxinganling"))
    seen(shown, "institutions")
    every = shown.inner_text("#legend .whole")
    shown.select_option("#kind", "hospital")
    fewer = shown.inner_text("#legend .whole")
    assert int(re.search(r"\d+", every)[0]) > int(re.search(r"\d+", fewer)[0]) > 0
    assert shown.locator("#circles").is_disabled()


def test_a_click_and_the_keyboard_tell_what_is_there(opened):
    shown = opened(page("daxinganling"))
    middle = shown.locator("#map").bounding_box()
    shown.mouse.click(middle["x"] + middle["width"] / 2, middle["y"] + middle["height"] / 2)
    clicked = shown.inner_text("#facts h2")
    assert clicked in {each.zh for each in sample("daxinganling")[1].scopes.values()}
    shown.reload()
    shown.wait_for_selector("body[data-ready]")
    shown.focus("#map")
    shown.keyboard.press("Enter")
    assert shown.inner_text("#facts h2") == clicked


@pytest.mark.parametrize(("paper", "width"), [("A4", 842), ("A3", 1191)])
def test_it_prints_on_one_page(opened, paper, width):
    shown = opened(page("daxinganling"))
    shown.select_option("#paper", paper)
    printed = shown.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    assert int(float(re.search(rb"/MediaBox\s*\[0 0 ([\d.]+)", printed)[1])) in (width - 1, width)


@pytest.mark.parametrize("width", [390, 1366])
def test_nothing_is_wider_than_the_window(opened, width):
    shown = opened(page("shenyang", "en"), width=width)
    assert shown.evaluate("document.documentElement.scrollWidth") <= width


def test_names_that_are_markup_are_shown_as_they_are_written(opened):
    rows = city.rows()
    for row in rows["regions"]:
        row["name"] = {city.JIA: RARE, city.YI: IMAGE}.get(row["code"], row["name"])
    for row in rows["institutions"]:
        row |= {"name": IMAGE, "lon": 123.2, "lat": 41.5, "crs": "wgs84"}
    shown = opened(tiny(boundaries=boxes(city.JIA, city.YI), **rows))
    seen(shown, "institutions")
    for text in (RARE, "onerror"):
        shown.fill("#search", text)
        shown.locator("#found button").first.click()
        assert text in shown.inner_text("#facts h2")
    assert shown.locator("img").count() == 0


def test_a_map_of_nothing_says_why(opened):
    shown = opened(tiny())
    assert shown.is_visible("#empty")
    shown.click("[data-view=districts]")
    shown.click("#tables summary")
    shown.wait_for_selector("#tables-body table")
    assert "beds_per_1000.9101" in shown.inner_text("#tables-body")
