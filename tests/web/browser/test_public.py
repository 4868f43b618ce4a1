"""The public site beside the bureau's system: read, asked and commented on, also on a phone."""

import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
import tomllib

import pytest
from playwright.sync_api import expect

from dingdian.storage.exchange_keys import TrustedKey, own_key
from dingdian.storage.signed_files import Header, open_signed, write_signed
from dingdian.web.demonstrating import TODAY

pytestmark = pytest.mark.browser

DESK, PHONE = (1366, 768), (390, 844)
DRAFT = "consultations/draft/01.pdf"


def office(config, *words):
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("DINGDIAN_CONFIG", "DJANGO"))
    }
    command = [sys.executable, "-m", "dingdian", "office", *words, "--config", str(config)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def papers(file, content, title, title_en, name):
    return [
        {
            "title": title,
            "title_en": title_en,
            "name": name,
            "file": file,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
    ]


def with_consultations(served, path):
    """The next edition, with an open and an answered consultation and a plan, as a bureau signs."""
    key = own_key(served.folder / "dingdian-data" / "exchange")
    made = served.folder / "dingdian-data" / "exchange" / "out" / "edition-000001.zip"
    found = open_signed(made, "edition", TrustedKey(key.private.public_key()))
    parts = {name: found.read(name) for name in found.parts}
    today, days = TODAY, dt.timedelta
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    draft = papers(DRAFT, pdf, "征求意见稿", "Draft", "征求意见稿.pdf")
    base = {"fingerprint": "5f" * 32, "papers": draft, "answers": []}
    answers = [
        {
            "id": f"{at}a2b3c4d-0000-4000-8000-000000000000",
            "kind": kind,
            "outcome": outcome,
            "answer": "已在第三章补充村级覆盖目标，并明确逐年安排。",
        }
        for at, (kind, outcome) in enumerate(
            [("insured", "adopted"), ("institution", "partly"), ("expert", "not_adopted")], 1
        )
    ]
    parts[DRAFT] = pdf
    parts["consultations.json"] = json.dumps(
        [
            base
            | {
                "id": "open1",
                "title": "大兴安岭地区定点医药机构资源规划（2026—2030年）征求意见",
                "text": "现公开征求社会各界意见。\n欢迎参保人、医药机构和专家提出意见建议。",
                "opens": str(today - days(3)),
                "closes": str(today + days(27)),
            },
            base
            | {
                "id": "closed1",
                "title": "2026年度工作计划征求意见",
                "text": "",
                "opens": str(today - days(60)),
                "closes": str(today - days(30)),
                "answers": answers,
            },
        ]
    ).encode()
    parts["plans.json"] = json.dumps(
        [
            {
                "id": "plan-1",
                "title": "大兴安岭地区定点医药机构资源规划（2021—2025年）",
                "number": "示医保发〔2021〕1号",
                "year": 2021,
                "issued_on": "2021-06-01",
                "fingerprint": "a7" * 32,
                "stage": "superseded",
                "since": "2021-07-01",
                "through": "2025-12-31",
                "papers": draft,
            }
        ]
    ).encode()
    told = found.header
    header = Header(told.kind, 50, told.made_at, told.day, told.place, dict(told.facts))
    write_signed(path, header, parts, key)


@pytest.fixture(scope="module")
def site(served, tmp_path_factory):
    """The address of the public site, once it shows an edition with consultations."""
    config = served.folder / "public" / "dingdian.toml"
    path = tmp_path_factory.mktemp("edition") / "edition.zip"
    with_consultations(served, path)
    office(config, "import-edition", str(path))
    address = tomllib.loads(config.read_text("utf-8"))["address"]
    return f"http://{address}"


@pytest.fixture
def visit(site, chromium):
    """Opens the public site in a language and a size."""
    contexts = []

    def opened(language="zh-hans", size=DESK):
        context = chromium.new_context(
            base_url=site,
            viewport={"width": size[0], "height": size[1]},
            has_touch=size == PHONE,
        )
        contexts.append(context)
        context.add_cookies([{"name": "dingdian-language", "value": language, "url": site}])
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda m: page.faults.append(m.text) if m.type == "error" else None)
        return page

    yield opened
    for context in contexts:
        context.close()


def fits(page):
    """Whether nothing of the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


PAGES = {
    "home": "/",
    "institutions": "/institutions/",
    "institutions-none": "/institutions/?q=没有这样的机构",
    "map": "/map",
    "check": "/check",
    "plans": "/plans/",
    "plan": "/plans/plan-1",
    "consultations": "/consultations/",
    "consultation-open": "/consultations/open1",
    "consultation-closed": "/consultations/closed1",
    "contact": "/contact",
    "not-found": "/nothing",
}


@pytest.mark.parametrize(("language", "lang"), [("zh-hans", "zh"), ("en", "en")])
@pytest.mark.parametrize(("where", "size"), [("desk", DESK), ("phone", PHONE)])
def test_every_page_fits_in_both_languages(visit, picture, language, lang, where, size):
    page = visit(language, size)
    for name, address in PAGES.items():
        page.goto(address)
        if name in ("map", "check"):
            page.wait_for_selector("body[data-drawn]")
        assert fits(page), f"{name} is wider than the window"
        assert page.locator("h1").inner_text().strip()
        picture(page, f"public-{name}-{where}", lang)
    expected = [fault for fault in page.faults if "404" not in fault]
    assert not expected


def test_an_institution_is_found_from_the_home_page(visit, picture):
    page = visit()
    page.goto("/")
    page.fill("#q", "药")
    page.press("#q", "Enter")
    page.wait_for_url("**/institutions/?q=*")
    first = page.locator("tbody tr th a").first
    name = first.inner_text()
    first.click()
    assert page.locator("h1").inner_text() == name
    picture(page, "public-institution")
    page.get_by_role("link", name="在地图上查看").click()
    page.wait_for_selector("body[data-drawn]")
    assert page.locator(".leaflet-popup").inner_text().startswith(name)
    assert "示意图" in page.content()
    assert "审图号" in page.content()
    assert not page.faults


def test_the_map_is_filtered_and_keeps_its_address(visit):
    page = visit()
    page.goto("/map")
    page.wait_for_selector("body[data-drawn]")
    every = int(page.get_attribute("body", "data-drawn"))
    page.select_option("#kind", "hospital")
    page.wait_for_selector(f"body:not([data-drawn='{every}'])")
    assert "kind=hospital" in page.url
    assert not page.faults


@pytest.mark.parametrize(("where", "size"), [("desk", DESK), ("phone", PHONE)])
def test_an_address_is_asked_by_the_list(visit, picture, where, size):
    page = visit(size=size)
    page.goto("/check")
    page.select_option("#id_district", index=1)
    page.wait_for_selector("#id_locality option:nth-child(2)", state="attached")
    page.select_option("#id_locality", index=1)
    page.select_option("#id_kind", "retail_pharmacy")
    page.get_by_label("门诊统筹", exact=True).check()
    page.get_by_role("button", name="查询").click()
    page.wait_for_selector("section.answer")
    assert "不是行政决定" in page.locator("section.answer").inner_text()
    assert "第50期" in page.locator("section.answer").inner_text()
    page.wait_for_selector("body[data-drawn]")
    assert fits(page)
    picture(page, f"public-answer-{where}")
    assert not page.faults


def test_an_address_is_asked_by_a_click_on_the_map(visit):
    page = visit("en")
    page.goto("/check")
    page.wait_for_selector("body[data-drawn]")
    page.locator("#map").click(position={"x": 240, "y": 150})
    assert float(page.input_value("#id_x")) > 100
    assert 40 < float(page.input_value("#id_y")) < 60
    page.select_option("#id_kind", "clinic")
    page.get_by_label("personal account").check()
    page.get_by_role("button", name="Check").click()
    page.wait_for_selector("section.answer, .fault")
    assert not [fault for fault in page.faults if "422" not in fault]


@pytest.mark.clause("DX-16")
@pytest.mark.parametrize(("where", "size"), [("desk", DESK), ("phone", PHONE)])
def test_a_comment_goes_from_the_site_to_the_bureau(
    served, visit, enter, picture, tmp_path, where, size
):
    """Written in a browser, carried as a signed file, taken in by the planner on a page."""
    page = visit(size=size)
    page.goto("/consultations/")
    page.get_by_role("link", name="资源规划").click()
    page.get_by_label("您的身份").select_option("insured")
    page.get_by_label("您的意见").fill(f"希望村里也有药店。<script>alert(1)</script> {where}")
    page.get_by_role("button", name="提交意见").click()
    page.wait_for_selector(".number")
    assert len(page.locator(".number").inner_text()) == 9
    assert fits(page)
    picture(page, f"public-thanks-{where}")
    file = tmp_path / "comments.zip"
    office(served.folder / "public" / "dingdian.toml", "export-comments", "--out", str(file))
    planner = enter("planner")
    planner.goto("/exchange/")
    planner.set_input_files("#id_file", file)
    planner.get_by_role("button", name="接收").click()
    planner.wait_for_selector(".told.success")
    planner.set_input_files("#id_file", file)
    planner.get_by_role("button", name="接收").click()
    planner.wait_for_selector(".told.error")
    assert planner.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    picture(planner, "exchange")
    assert not page.faults + planner.faults


def test_the_planner_makes_an_edition_that_the_site_shows(served, enter, picture, tmp_path):
    planner = enter("planner", "en")
    planner.goto("/exchange/")
    before = planner.locator("a[href*='/exchange/editions/']").count()
    planner.get_by_role("button", name="Make an edition").click()
    editions = planner.locator("a[href*='/exchange/editions/']")
    expect(editions).to_have_count(before + 1, timeout=60_000)
    picture(planner, "exchange", "en")
    with planner.expect_download() as loading:
        planner.locator("a[href*='/exchange/editions/']").first.click()
    path = tmp_path / "edition.zip"
    loading.value.save_as(path)
    key = own_key(served.folder / "dingdian-data" / "exchange")
    found = open_signed(path, "edition", TrustedKey(key.private.public_key()))
    assert found.header.number > 1
    assert not planner.faults
