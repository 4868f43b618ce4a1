"""Every screen that a role can reach by links, in both languages: looked over by axe-core.

From the first page every link of the same site is followed once a view. Each screen must answer,
say nothing in the console, not scroll sideways, have a title, one heading and its language, and
show axe-core nothing serious. A picture of each is kept as test output. What another role has seen
before, element for element of its kind, is neither drawn nor asked of axe-core again.
"""

from collections import defaultdict
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.urls import Resolver404, get_resolver
from playwright.sync_api import Error

pytestmark = pytest.mark.browser

#: Those first whose pictures stand in the guides (``tools/pictures.py``).
ROLES = (
    "clerk",
    "evaluator",
    "assessor",
    "supervisor",
    "planner",
    "leader",
    "legal",
    "county",
    "institution",
    "applicant",
    "sysadmin",
    "secadmin",
    "auditor",
)
#: Views that hand out a file or leave: not screens.
NOT_SCREENS = ("download", "export", "file", "paper", "sign_out", "template", "zip", "workbook")
GRAVE = ("serious", "critical")
#: What kinds of elements a page holds.
KINDS = """() => [...new Set([...document.querySelectorAll("body *")].map(
    (each) => [each.tagName, each.className, each.type, each.name].join(" ")))]"""


def view_of(address, urlconf):
    """The name of the view behind an address; ``None`` where it is no screen of ours."""
    parts = urlsplit(address)
    try:
        match = get_resolver(urlconf).resolve(parts.path)
    except Resolver404:
        return None
    name = match.view_name or ""
    short = name.rpartition(":")[2]
    return None if not name or any(word in short for word in NOT_SCREENS) else name


def crawl(page, start, urlconf, look):
    """Visit one address of every view that is reached by links from ``start``."""
    seen, ahead = {}, [start]
    while ahead:
        address = ahead.pop(0)
        view = view_of(address, urlconf)
        if view is None or view in seen:
            continue
        seen[view] = address
        page.faults.clear()
        try:
            answer = page.goto(address)
        except Error as error:
            if "Download is starting" not in str(error):
                raise
            continue  # a file, not a screen
        if "attachment" in (answer.headers.get("content-disposition") or ""):
            continue
        if not (answer.headers.get("content-type") or "").startswith("text/html"):
            continue
        look(view, answer)
        links = page.eval_on_selector_all(
            "a[href]", "all => all.map((a) => a.hasAttribute('download') ? '' : a.href)"
        )
        host = urlsplit(start).netloc
        for link in links:
            found = urljoin(address, link)
            if link and urlsplit(found).netloc == host:
                ahead.append(found.partition("#")[0])
    return seen


@pytest.fixture(scope="module")
def shown():
    """The kinds of elements that axe-core has seen, by view, language and width."""
    return defaultdict(set)


def look_over(page, axe, picture, name, language, *, shown, found):
    """What is wrong with a screen goes into ``found``."""

    def look(view, answer):
        where = f"{name} {view} {page.url} [{language}]"
        before = shown[view, language, page.viewport_size["width"]]
        new = set(page.evaluate(KINDS)) - before
        if new:
            before |= new
            page.wait_for_timeout(150)
        if answer.status != 200:
            found.append(f"{where}: status {answer.status}")
        found.extend(f"{where}: console: {each}" for each in page.faults)
        if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
            found.append(f"{where}: scrolls sideways")
        if page.locator("h1").count() != 1 or not page.locator("h1").inner_text().strip():
            found.append(f"{where}: not one heading")
        if not page.title().strip(" ·").partition("·")[0].strip():
            found.append(f"{where}: no title")
        wanted = "zh-CN" if language.startswith("zh") else "en"
        if page.get_attribute("html", "lang") != wanted:
            found.append(f"{where}: not in its language")
        if new:
            found.extend(
                f"{where}: axe {each['impact']} {each['id']}: {each['nodes'][0]['html'][:160]}"
                for each in axe.run(page).response["violations"]
                if each["impact"] in GRAVE
            )
            picture(page, f"{name}-{view.replace(':', '-')}", language[:2])

    return look


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("role", ROLES)
def test_every_screen_of_a_role(enter, picture, served, shown, role, language):
    from axe_playwright_python.sync_playwright import Axe

    page, found = enter(role, language), []
    look = look_over(page, Axe(), picture, role, language, shown=shown, found=found)
    seen = crawl(page, f"{served.address}/", settings.ROOT_URLCONF, look)
    assert found == []
    assert seen.keys() & {"desk:home", "portal:home"}


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1366, 768), (390, 844)], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_screen_of_the_public(enter, picture, served, shown, language, size):
    from axe_playwright_python.sync_playwright import Axe

    page, found = enter("", language, size, public=True), []
    name = "public" if size[0] > 800 else "phone"
    look = look_over(page, Axe(), picture, name, language, shown=shown, found=found)
    seen = crawl(page, f"{served.public}/", "dingdian.web.public.urls", look)
    assert found == []
    assert len(seen) > 4
