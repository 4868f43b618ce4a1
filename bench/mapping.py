"""map.html of a Shenyang-size city: how soon Chromium, without a GPU or a network, shows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from bench.cities import ledger
from bench.claims import Line
from dingdian.wiring import plans

CHROMIUM = Path("/usr/bin/chromium")
LIMIT = 2
#: Milliseconds from a click until the map is drawn anew.
DRAWN = """(view) => new Promise((tell) => {
  const started = performance.now(), before = document.body.dataset.drawn;
  document.querySelector(`[data-view=${view}]`).click();
  const wait = () => document.body.dataset.drawn !== before
    ? tell(performance.now() - started) : requestAnimationFrame(wait);
  wait();
})"""


def mapping(below: Path, times: int = 5) -> Iterator[Line]:
    """Opening the page, then two of its views; nothing where there is no Chromium."""
    if not CHROMIUM.exists():
        return
    out = below / "plan-with-map"
    asked = plans.PlanRequest(ledger("shenyang", below), "shenyang", 2026, papers=False)
    plans.write_plan(asked, out, force=True, progress=lambda _stage: None)
    page = out / plans.MAP_HTML
    with sync_playwright() as play:
        words = ["--no-sandbox", "--disable-gpu"]
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=words)
        runs = [_run(browser, page) for _ in range(times + 1)][1:]
        browser.close()
    size = page.stat().st_size / 2**20
    for at, what in enumerate(
        (f"map.html of Shenyang ({size:.1f} MiB): open", "  circles", "  people")
    ):
        took = median(run[at] for run in runs)
        yield Line(what, f"{took:.2f} s", "", took, LIMIT, "s")


def _run(browser: Browser, page: Path) -> tuple[float, ...]:
    """Seconds until the page is drawn and answers, and for each of two views after it."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, offline=True)
    shown = context.new_page()
    shown.goto(page.as_uri())
    shown.wait_for_selector("body[data-ready]")
    ready = shown.evaluate("performance.getEntriesByName('ready')[0].startTime")
    views = [shown.evaluate(DRAWN, view) for view in ("circles", "people")]
    context.close()
    return tuple(each / 1000 for each in (ready, *views))
