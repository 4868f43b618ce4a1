"""The page of an institution: the whole history, any day, as known at any moment, masked."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dingdian.actions.rebuild_census import rebuild_census
from dingdian.core.census import make_census
from dingdian.core.census.table import table_from_rows
from dingdian.core.lifecycle.moving import Asked
from dingdian.web import bureau, clock
from dingdian.web.ledger import refreshing
from dingdian.web.ledger.models import Case, Institution
from dingdian.web.rights import Role
from dingdian.wiring import institutions, lives
from tests.web.conftest import DISTRICT


@pytest.fixture
def hospital(db):
    return Institution.objects.filter(district=DISTRICT, stage="in_force", beds__gt=0).first()


def moved(case, move, day=None, role="agency", **facts):
    asked = Asked(case, move, day or clock.today(), clock.now(), "李某", role, facts=facts)
    lives.move(bureau.desk(), asked)


def page(client, row, **asked):
    return client.get(f"/institutions/of/{row.code}", asked)


def test_every_institution_is_told_as_the_rebuilt_census_has_it(db):
    desk, today = bureau.desk(), clock.today()
    table = rebuild_census(desk.ledger, desk.terms, today).tables["institutions"]
    for at in range(0, len(table), 7):
        row = table.row(at)
        shown = institutions.look(desk, str(row["code"]), today, None).shown
        assert shown.facts == row
        assert shown.origin == table.origin[at]


def test_after_moves_it_is_still_told_as_the_rebuilt_census_has_it(hospital):
    today = clock.today()
    pharmacy = Institution.objects.filter(kind="retail_pharmacy", stage="in_force").first()
    moved(hospital.case, "change_beds", role="bureau", beds="general=3;tcm=2")
    moved(hospital.case, "close_service", service=hospital.services.split()[0])
    moved(pharmacy.case, "suspend_imposed", cause="great_risk_found")
    desk = bureau.desk()
    census = rebuild_census(desk.ledger, desk.terms, today)
    for code in (hospital.code, pharmacy.code):
        shown = institutions.look(desk, code, today, None).shown
        for table, key in (("institutions", "code"), ("beds", "institution")):
            found = census.tables[table]
            wanted = [found.row(at) for at, of in enumerate(found[key].cells()) if of == code]
            assert (list(shown.beds) if table == "beds" else [shown.facts]) == wanted
        found = census.tables["agreements"]
        assert [shown.agreement] == [
            found.row(at) for at, of in enumerate(found["institution"].cells()) if of == code
        ]
    assert shown.facts["standing"] == "suspended" != shown.kept["standing"]


def test_the_page_has_facts_with_their_origin_beds_services_and_the_opening_entry(
    signed_in, hospital
):
    text = page(signed_in(Role.PLANNER), hospital).content.decode()
    origin = institutions.look(bureau.desk(), hospital.code, clock.today(), None).shown.origin
    for wanted in (
        hospital.name,
        hospital.uscc,
        origin,
        "期初登记",
        "住院",
        "分类床位",
        "首次列入",
    ):
        assert wanted in text


def test_a_move_stands_in_the_history_with_all_that_it_states(signed_in, hospital):
    moved(hospital.case, "change_beds", role="bureau", beds="general=7")
    text = page(signed_in(Role.PLANNER, "en"), hospital).content.decode()
    for wanted in ("change contracted beds", "general 7", "bureau", "李某"):
        assert wanted in text


def test_as_of_a_day_and_as_known_at_a_moment(signed_in, hospital):
    today = clock.today()
    moved(hospital.case, "close")
    client = signed_in(Role.PLANNER)
    now = page(client, hospital)
    before = page(client, hospital, on=str(today - dt.timedelta(1)))
    unknown = page(client, hospital, known=str(today - dt.timedelta(1)))
    assert now.context["cases"][0].stage == "关闭"
    assert before.context["cases"][0].stage == "正常"
    assert unknown.context["cases"] == []
    assert not unknown.context["found"]
    assert "当时台账中没有" in unknown.content.decode()


def test_a_day_that_is_none_is_today(signed_in, hospital):
    answer = page(signed_in(Role.PLANNER), hospital, on="2026-13-45", known="x")
    assert answer.status_code == 200
    assert answer.context["on"] == clock.today()


def test_a_later_census_shows_what_it_changed_and_what_was_before(signed_in, hospital):
    census = bureau.desk().ledger.census(dt.date.max)
    table = census.tables["institutions"]
    rows = [table.row(at) for at in range(len(table))]
    for row in rows:
        if row["code"] == hospital.code:
            row["address"] = "示例新址8号"
    about = census.tables["about"]
    told = [about.row(at) for at in range(len(about))]
    for row in told:
        if row["item"] == "taken_on":
            row["value"] = "2026-06-30"
    changed = make_census(
        {
            **census.tables,
            "institutions": replace(table_from_rows(table.schema, rows), origin=table.origin),
            "about": table_from_rows(about.schema, told),
        },
        census.boundaries,
    )
    bureau.desk().ledger.save_census(changed, clock.now())
    answer = page(signed_in(Role.PLANNER), hospital)
    newest, first = answer.context["history"]
    assert [(each.was, each.now) for each in newest.changes] == [(hospital.address, "示例新址8号")]
    assert newest.since == dt.date(2026, 6, 30)
    assert first.first


@pytest.mark.parametrize(("role", "sees"), [(Role.CLERK, True), (Role.PLANNER, False)])
def test_the_number_of_a_person_is_seen_by_whom_it_is_for(signed_in, hospital, role, sees):
    number = "232761199001011234"
    moved(hospital.case, "change_information", changed="legal_person",
          approved_on=str(clock.today()), person=number)  # fmt: skip
    text = page(signed_in(role), hospital).content.decode()
    assert (number in text) is sees
    assert ("232*************34" in text) is not sees


def test_an_applicant_without_a_code_has_a_page_of_its_case(signed_in):
    facts = {"name": "示例申请药店", "kind": "retail_pharmacy", "region": DISTRICT}
    moved("DX-7", "apply", role="institution", **facts)
    refreshing.refresh()
    assert Case.objects.get(case="DX-7").district == DISTRICT
    answer = signed_in(Role.COUNTY, "en").get("/cases/of/DX-7")
    text = answer.content.decode()
    assert "示例申请药店" in text
    assert "Possible now" in text
    assert answer.context["cases"][0].limits


def test_the_page_takes_few_queries_whatever_the_history(signed_in, hospital):
    client = signed_in(Role.PLANNER)
    page(client, hospital)
    with CaptureQueriesContext(connection) as one:
        page(client, hospital)
    for beds in range(1, 6):
        moved(hospital.case, "change_beds", role="bureau", beds=f"general={beds}")
    with CaptureQueriesContext(connection) as many:
        page(client, hospital)
    assert len(many) == len(one) < 15


def test_it_says_that_the_picture_is_being_made_anew(signed_in, hospital):
    moved(hospital.case, "close")
    text = signed_in(Role.PLANNER).get("/institutions/").content.decode()
    assert "清单正在更新" in text
