"""plan.html in Chromium: no network, nothing to scroll sideways, a picture that is not blank."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from dingdian.reports.plan_html import write_html
from dingdian.reports.wording import LANGUAGES, Lang
from tests.reports.odd import nothing_known, odd_names
from tests.reports.plans import CITIES, sample_record

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium here"),
]
sync_api = pytest.importorskip("playwright.sync_api")


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with sync_api.sync_playwright() as play:
        made = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield made
        made.close()


def opened(browser: object, path: Path, width: int = 1366) -> tuple[object, list[str]]:
    """The page in a context without a network, and everything that it asked for or said."""
    context = browser.new_context(viewport={"width": width, "height": 768}, offline=True)  # type: ignore[attr-defined]
    page, noticed = context.new_page(), []
    page.on("request", lambda request: noticed.append(request.url))
    page.on("console", lambda message: noticed.append(message.text))
    page.goto(path.as_uri())
    return page, noticed[1:]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("city", CITIES)
def test_the_page_fits_a_planners_screen(
    browser: object, city: str, lang: Lang, tmp_path: Path
) -> None:
    path = tmp_path / "plan.html"
    path.write_bytes(write_html(sample_record(city), lang))
    page, noticed = opened(browser, path)
    assert noticed == []
    width, room = page.evaluate(  # type: ignore[attr-defined]
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert width <= room
    picture = page.screenshot()  # type: ignore[attr-defined]
    assert len(picture) > 20_000
    keep = os.environ.get("DINGDIAN_PICTURES")
    if keep:
        (Path(keep) / f"{city}-{lang}.png").write_bytes(picture)


@pytest.mark.parametrize("city", CITIES)
def test_the_page_prints_on_a4(browser: object, city: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    path.write_bytes(write_html(sample_record(city)))
    page, noticed = opened(browser, path, width=1032)
    page.emulate_media(media="print")  # type: ignore[attr-defined]
    width = page.evaluate("document.documentElement.scrollWidth")  # type: ignore[attr-defined]
    assert width <= 1032
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert noticed == []


def test_a_derivation_opens_where_a_number_leads(browser: object, tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    path.write_bytes(write_html(sample_record("daxinganling")))
    page, _ = opened(browser, path)
    link = page.locator("#conclusions a.num").first  # type: ignore[attr-defined]
    key = link.get_attribute("data-key")
    link.click()
    assert page.locator(f"[id='d-{key}']").is_visible()  # type: ignore[attr-defined]


@pytest.mark.parametrize("make", [odd_names, nothing_known])
def test_odd_plans_show(browser: object, make: object, tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    path.write_bytes(write_html(make()))  # type: ignore[operator]
    page, noticed = opened(browser, path)
    assert noticed == []
    assert page.locator("h1").is_visible()  # type: ignore[attr-defined]
