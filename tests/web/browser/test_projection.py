"""The years ahead in a real browser: scenarios handed in, projected, and looked at."""

import pytest

from tests.web.browser.looking import fits

pytestmark = [pytest.mark.browser, pytest.mark.clause("DX-41")]

SCENARIOS = """
scenarios:
  - name: 现状延续
  - name: 药店退出加快
    exits: {pharmacies: {closure: 5%}}
    fund: {income: 4%, spending: 7%}
"""


def test_the_years_ahead_are_projected_and_read(enter, picture):
    page = enter("planner", "zh-hans")
    page.goto("/projection/")
    page.select_option("#id_plan", index=1)
    page.fill("#id_through", "2027")
    page.fill("#id_runs", "20")
    file = {"name": "情景.yaml", "mimeType": "text/yaml", "buffer": SCENARIOS.encode()}
    page.set_input_files("#id_scenarios", files=[file])
    fits(page)
    page.click("main form button.main")
    page.locator("tbody th a").first.wait_for(timeout=60_000)
    picture(page, "projections", "zh")
    page.locator("tbody th a").first.click()
    assert "推演" in page.locator("h1").inner_text()
    assert "药店退出加快" in page.locator("main").inner_text()
    picture(page, "projection", "zh")
    fits(page)
    assert page.faults == []
