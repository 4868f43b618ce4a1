"""The list for the national platform: filled from the entries, confirmed, taken back, exported."""

import io

import openpyxl
import pytest

from dingdian.web import bureau, clock
from dingdian.web.national.gathering import gather
from dingdian.web.national.models import Change, Gathered, Standing
from dingdian.web.rights import Role
from tests.web.conftest import DISTRICT, ELSEWHERE
from tests.web.letters.conftest import _files_go, clerk, entries, record  # noqa: F401 -- fixtures

SIGNED = {
    "held_on": "2026-04-15", "agreement": "药-2026-1", "institution": "P23276100999",
    "services": ["personal_account"],
}  # fmt: skip
WAY = (
    ("accept", {"held_on": "2026-03-10"}),
    ("pass_evaluation", {"held_on": "2026-03-20"}),
    ("publish", {"held_on": "2026-03-23"}),
    ("close_notice", {"held_on": "2026-04-10"}),
    ("sign", SIGNED),
)


@pytest.fixture
def signed(clerk):  # noqa: F811 -- the fixture
    """The case of a pharmacy that signed."""
    from tests.web.cases.conftest import application

    case = clerk.post("/cases/new", application())["Location"].removeprefix("/cases/of/")
    for move, given in WAY:
        assert record(clerk, case, move, **given).status_code == 302
    return case


def of(case, **more):
    return {each.item: each for each in Change.objects.filter(case=case, **more)}


def confirm(client, changes, **given):
    said = {"day": clock.today().isoformat(), "reference": "", "change": [e.seen for e in changes]}
    return client.post("/national/confirm", said | given)


def test_a_signing_is_listed_with_every_item_and_the_fields_of_the_platform(clerk, signed):  # noqa: F811
    page = clerk.get("/national/").content.decode()
    found = of(signed)
    assert found["code"].new == "P23276100999"
    assert found["services"].new == "personal_account"
    assert {each.old for each in found.values()} == {""}
    assert {each.district for each in found.values()} == {DISTRICT}
    for said in ("试点大药房", "fixmedins_code", "fixmedins_name", "个人账户", "待办理"):
        assert said in page
    title = f"国家平台有 {len(found)} 项变更待办理"
    assert title in clerk.get("/tasks").content.decode()


def test_the_opening_load_asks_for_nothing_and_gathering_again_does_no_harm(signed):
    gather()
    before = list(Change.objects.values_list("pk", "last"))
    assert {each.case for each in Change.objects.all()} == {signed}
    Gathered.objects.update(entries=0)
    gather()
    assert list(Change.objects.values_list("pk", "last")) == before


def test_changes_are_confirmed_together_with_one_note_a_case(clerk, signed):  # noqa: F811
    gather()
    changes = list(Change.objects.filter(case=signed))
    answer = confirm(clerk, changes, reference="平台-77")
    assert answer.status_code == 302
    assert {each.standing for each in Change.objects.all()} == {Standing.DONE}
    (note,) = bureau.journal().notes(f"platform:{signed}")
    assert (note.act, note.by, note.region) == ("platform.confirm", "clerk", DISTRICT)
    assert note.facts["reference"] == "平台-77"
    assert set(note.facts["items"].split(";")) == set(of(signed))
    assert "平台-77" in clerk.get("/national/?standing=done").content.decode()
    assert "试点大药房" not in clerk.get("/national/").content.decode()


def test_each_of_several_is_confirmed_or_refused_with_its_reason(clerk, signed):  # noqa: F811
    gather()
    one, two, three, *_ = Change.objects.filter(case=signed)
    assert confirm(clerk, [one]).status_code == 302
    stale = two.seen
    Change.objects.filter(pk=two.pk).update(last=two.last + 1)
    answer = clerk.post(
        "/national/confirm", {"day": clock.today(), "change": [one.seen, stale, three.seen]}
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "已确认 1 项变更" in page
    assert "已有人确认于" in page
    assert "已不是所看到的那样" in page
    assert {e.pk for e in Change.objects.filter(standing=Standing.DONE)} == {one.pk, three.pk}
    again = confirm(clerk, Change.objects.filter(pk=three.pk))
    assert again.status_code == 422


def test_a_later_entry_changes_the_open_change_and_taking_it_back_drops_it(clerk, signed):  # noqa: F811
    gather()
    confirm(clerk, Change.objects.filter(case=signed))
    given = {"changed": ["name"], "approved_on": "2026-05-04", "held_on": "2026-05-06"}
    record(clerk, signed, "change_information", name="甲药房", **given)
    record(clerk, signed, "change_information", name="乙药房", **given)
    gather()
    change = of(signed, standing="open")["name"]
    assert (change.old, change.new) == ("试点大药房", "乙药房")
    stale = change.seen
    record(clerk, signed, "annul", entry=entries(signed)[-1].seq, reason="误登")
    gather()
    change.refresh_from_db()
    assert change.new == "甲药房"
    refused = clerk.post("/national/confirm", {"day": clock.today(), "change": [stale]})
    assert refused.status_code == 422
    record(clerk, signed, "annul", entry=change.first, reason="误登")
    gather()
    change.refresh_from_db()
    assert change.standing == Standing.DROPPED
    assert not of(signed, standing="open")


def test_a_confirmation_is_taken_back_with_a_reason_and_only_the_last(clerk, signed):  # noqa: F811
    gather()
    confirm(clerk, Change.objects.filter(case=signed))
    name = of(signed)["name"]
    address = f"/national/{name.pk}/reopen"
    assert clerk.post(address, {"reason": ""}).status_code == 422
    given = {"changed": ["name"], "approved_on": "2026-05-04", "held_on": "2026-05-06"}
    record(clerk, signed, "change_information", name="甲药房", **given)
    gather()
    assert clerk.post(address, {"reason": "没有办成"}).status_code == 422
    record(clerk, signed, "annul", entry=entries(signed)[-1].seq, reason="误登")
    gather()
    assert clerk.post(address, {"reason": "没有办成"}).status_code == 302
    name.refresh_from_db()
    assert (name.standing, name.made_on, name.reference) == (Standing.OPEN, None, "")
    assert bureau.journal().of_act("platform.reopen")[0].facts["reason"] == "没有办成"


@pytest.mark.parametrize(
    "odd", [{"day": "2999-01-01"}, {"day": "gestern"}, {"change": []}, {"change": ["x", "1.1"]}]
)
def test_what_cannot_be_confirmed_is_told_and_nothing_is(clerk, signed, odd):  # noqa: F811
    gather()
    assert confirm(clerk, Change.objects.filter(case=signed), **odd).status_code == 422
    assert not Change.objects.filter(standing=Standing.DONE).exists()
    assert bureau.journal().of_act("platform.confirm") == []


def test_another_district_s_change_is_neither_shown_nor_confirmed(clerk, signed):  # noqa: F811
    gather()
    Change.objects.update(district=ELSEWHERE)
    changes = list(Change.objects.all())
    assert "试点大药房" not in clerk.get("/national/").content.decode()
    assert confirm(clerk, changes).status_code == 422
    assert clerk.get(f"/national/{changes[0].pk}/reopen").status_code == 404


@pytest.mark.parametrize("role", [Role.PLANNER, Role.COUNTY, Role.SUPERVISOR])
def test_others_confirm_nothing(signed_in, signed, role):
    gather()
    client = signed_in(role)
    assert confirm(client, Change.objects.all()).status_code == 403
    assert client.get("/national/").status_code == 200


def test_the_list_is_taken_along_as_a_workbook_and_noted(clerk, signed):  # noqa: F811
    answer = clerk.get("/national/export?standing=open")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.values)
    assert rows[0][1:3] == ("医保机构代码", "机构名称")
    assert len(rows) == 1 + Change.objects.filter(case=signed).count()
    assert {row[2] for row in rows[1:]} == {"试点大药房"}
    note = bureau.journal().of_act("platform.export")[-1]
    assert note.facts == {"filter": "standing=open", "rows": str(len(rows) - 1)}
