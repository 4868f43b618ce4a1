"""Places of the issued work plan on screen: who comes after the last one is told (DX-34)."""

import re
from dataclasses import replace

import pytest

from dingdian.web.ledger import refreshing
from dingdian.web.procedure import places
from tests.web.cases.conftest import application
from tests.web.cases.test_recording import entries, record
from tests.web.conftest import DISTRICT, ELSEWHERE
from tests.web.procedures import make_plan


@pytest.fixture
def issued(folder):
    """Issues a work plan of a year with the numbers of the sample's plan."""

    def make(year=2026, **more):
        plan = make_plan(folder, kind="work_plan", title=f"{year}年工作计划", **more)
        plan.year, plan.stage, plan.issued_version = year, "issued", plan.versions.get()
        plan.save()
        return plan

    return make


@pytest.fixture
def qualified(clerk):
    """Leads a new application of a pharmacy to where a place is given; its address."""

    def make(name, **more):
        address = clerk.post("/cases/new", application(name=name, **more))["Location"]
        for move, day in (("accept", "2026-03-10"), ("pass_evaluation", "2026-03-20")):
            assert record(clerk, address, move, held_on=day).status_code == 302
        return address

    return make


@pytest.mark.clause("DX-25")
def test_the_last_place_of_a_district_goes_once_and_the_next_clerk_is_told(
    clerk, issued, qualified, settings
):
    settings.CONFIG = replace(settings.CONFIG, four_eyes=False)
    issued()
    first, second = qualified("甲药房"), qualified("乙药房")
    assert record(clerk, first, "allot", held_on="2026-03-23").status_code == 302
    for move in ("allot", "publish"):
        told = record(clerk, second, move, held_on="2026-03-23")
        words = told.content.decode()
        assert told.status_code == 422
        for part in ("零售药店名额1", "2026年工作计划", "DX-25", first.removeprefix("/cases/of/")):
            assert part in words
    assert [each.move for each in entries(second)][-1] == "pass_evaluation"
    assert record(clerk, first, "publish", held_on="2026-03-24").status_code == 302
    withdrawn = {"held_on": "2026-03-25", "outcome": "距离有误"}
    assert record(clerk, first, "object", **withdrawn).status_code == 302
    ground = {"held_on": "2026-03-26", "ground": "距离不足"}
    assert record(clerk, first, "uphold_objection", **ground).status_code == 302
    assert record(clerk, second, "publish", held_on="2026-03-26").status_code == 302


@pytest.mark.clause("DX-26")
def test_real_need_that_was_decided_exceeds_the_number_with_its_document(clerk, issued, qualified):
    issued()
    first, second = qualified("甲药房"), qualified("乙药房")
    record(clerk, first, "allot", held_on="2026-03-23")
    form = clerk.get(f"{second}/allot/record").content.decode()
    assert 'name="exception"' in form
    asked = {"held_on": "2026-03-23", "exception": "dx_remote_places"}
    assert asked["exception"] in form
    assert record(clerk, second, "allot", **asked).status_code == 422
    told = record(clerk, second, "allot", documents="会议纪要〔2026〕3号", **asked)
    assert told.status_code == 302
    assert entries(second)[-1].remarks == ("places_exceeded_by_decision",)
    assert "例外决定" in clerk.get(second).content.decode()


def test_a_year_without_an_issued_plan_is_noted_and_not_taken_for_none(clerk, issued, qualified):
    issued(2027)
    first = qualified("甲药房")
    assert record(clerk, first, "allot", held_on="2026-03-23").status_code == 302
    assert entries(first)[-1].remarks == ("plan_of_year_not_issued",)
    assert "没有印发" in clerk.get(first).content.decode()


def test_of_an_amended_plan_the_newer_one_counts_and_a_draft_does_not(clerk, issued, folder):
    old, new = issued(), issued()
    old.stage = "superseded"
    old.save()
    make_plan(folder, kind="work_plan", title="草案")
    found = places.of_years()
    assert list(found) == [2026]
    assert {each.clauses for each in found[2026].given if each.scope == DISTRICT} == {
        ("DX-25", "DX-22")
    }
    new.stage = "superseded"
    new.save()
    assert places.of_years() == {}


@pytest.mark.clause("DX-34")
def test_who_has_the_places_of_the_year_and_what_is_left_stands_on_a_page(
    clerk, issued, qualified, signed_in
):
    assert "没有印发" in clerk.get("/cases/places").content.decode()
    issued()
    first = qualified("甲药房")
    case = first.removeprefix("/cases/of/")
    page = clerk.get("/cases/places?year=2026").content.decode()
    assert "DX-25" in page
    assert case not in page
    assert "/cases/places" in clerk.get(f"{first}/allot/record").content.decode()
    assert "/cases/places" not in clerk.get(f"{first}/withdraw/record").content.decode()
    record(clerk, first, "allot", held_on="2026-03-23")
    refreshing.refresh()
    page = clerk.get("/cases/places?year=2026").content.decode()
    row = page[page.index("加格达奇区") :]
    row = row[: row.index("</tr>")]
    assert list(re.findall(r'<td class="n">([^<]*)', row)) == ["1", "1", "0"]
    assert case in row
    assert "2026" in clerk.get("/cases/places?year=1900").content.decode()


def test_the_cases_of_another_district_are_counted_and_not_named(clerk, issued, qualified, user):
    from django.test import Client

    from dingdian.web.accounts.models import Grant, User

    issued()
    first = qualified("甲药房")
    record(clerk, first, "allot", held_on="2026-03-23")
    refreshing.refresh()
    other = User.objects.create(username="other", name="另一人", must_change=False)
    Grant.objects.create(user=other, role="clerk", region=ELSEWHERE, granted_by="test")
    client = Client()
    client.force_login(other, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/cases/places?year=2026").content.decode()
    assert first.removeprefix("/cases/of/") not in page
    assert "另1件" in page or "1 more" in page
