"""A file of licences on screen: held against the ledger, and what it finds worked off."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dingdian.storage.db.models import Entry
from dingdian.web import bureau
from dingdian.web.ledger.models import Institution
from dingdian.web.licences.models import Check, Finding
from dingdian.web.rights import Role
from tests.web.conftest import DISTRICT, ELSEWHERE

HEAD = "统一社会信用代码,证照类别,证照编号,名称,地址,有效期至,状态"


@pytest.fixture(autouse=True)
def _uploads_go(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CONFIG = replace(settings.CONFIG, data=tmp_path / "data")


@pytest.fixture
def clerk(signed_in):
    return signed_in(Role.CLERK)


def pharmacy(district=DISTRICT):
    rows = Institution.objects.filter(district=district, kind="retail_pharmacy", designated=True)
    return rows.exclude(uscc="").first()


def upload(client, *rows, name="清单.csv"):
    text = "\n".join((HEAD, *rows)).encode()
    return client.post("/licences/", {"file": SimpleUploadedFile(name, text)})


def row(one, **other):
    said = {
        "uscc": one.uscc, "kind": "药品经营许可证", "number": "DA1", "name": one.name,
        "address": one.address, "through": "2099-12-31", "status": "有效",
    }  # fmt: skip
    return ",".join((said | other).values())


def of(one):
    return {each.problem: each for each in Finding.objects.filter(institution=one.code)}


def test_a_file_is_held_against_the_ledger_and_changes_nothing_in_it(clerk):
    one, before = pharmacy(), Entry.objects.count()
    answer = upload(clerk, row(one, status="吊销", name="别的药房"))
    check = Check.objects.get()
    assert answer["Location"] == f"/licences/{check.pk}"
    assert (check.rows, check.strangers) == (1, 0)
    found = of(one)
    assert set(found) == {"invalid", "name"}
    assert (found["name"].ours, found["name"].theirs) == (one.name, "别的药房")
    assert "2" in found["name"].row
    assert "药品经营许可证、营业执照" in clerk.get("/licences/").content.decode()
    page = clerk.get(answer["Location"]).content.decode()
    assert "吊销" in page
    assert f"/cases/of/{one.case}" in page
    assert Entry.objects.count() == before
    note = bureau.journal().of_act("licences.check")[0]
    assert note.facts["sha256"] == check.sha256
    assert "项证照核对事项未办结" in clerk.get("/tasks").content.decode()


def test_who_is_not_in_the_file_is_missing_and_who_fits_is_not_told(clerk):
    one = pharmacy()
    upload(clerk, row(one))
    assert of(one) == {}
    others = Finding.objects.filter(problem="missing")
    assert others.exists()
    assert set(others.values_list("group", flat=True)) == {"drug"}


@pytest.mark.parametrize("rows", [(), ("91A,,,,,,",), ("91A,出生证,1,甲,,,有效",)])
def test_a_file_with_faults_is_refused_with_all_of_them(clerk, rows):
    answer = upload(clerk, *rows)
    assert answer.status_code == 422
    assert "没有接收" in answer.content.decode()
    assert not Check.objects.exists()


def test_what_is_no_table_is_refused(clerk):
    wrong = SimpleUploadedFile("a.xlsx", b"%PDF-1.4")
    assert clerk.post("/licences/", {"file": wrong}).status_code == 422
    assert clerk.post("/licences/", {}).status_code == 422


def test_findings_are_settled_with_a_remark_and_only_once(clerk):
    one = pharmacy()
    upload(clerk, row(one, through="2020-01-01"))
    finding = of(one)["expired"]
    address = f"/licences/{finding.of_id}/settle"
    assert clerk.post(address, {"finding": [finding.pk], "remark": ""}).status_code == 422
    assert clerk.post(address, {"remark": "已补证"}).status_code == 422
    given = {"finding": [finding.pk], "remark": "已补证"}
    assert clerk.post(address, given).status_code == 302
    assert clerk.post(address, given).status_code == 422
    finding.refresh_from_db()
    assert (finding.settled_by, finding.remark) == ("clerk", "已补证")
    note = bureau.journal().of_act("licences.settle")[0]
    assert (note.region, note.facts["reason"]) == (DISTRICT, "已补证")
    page = clerk.get(f"/licences/{finding.of_id}?settled=yes").content.decode()
    assert "已补证" in page


def test_another_district_s_findings_are_neither_shown_nor_settled(clerk):
    one = pharmacy(ELSEWHERE)
    upload(clerk, row(one, status="注销"))
    finding = of(one)["invalid"]
    assert one.name not in clerk.get(f"/licences/{finding.of_id}").content.decode()
    given = {"finding": [finding.pk], "remark": "x"}
    assert clerk.post(f"/licences/{finding.of_id}/settle", given).status_code == 422


@pytest.mark.parametrize("role", [Role.PLANNER, Role.COUNTY, Role.SUPERVISOR])
def test_others_hand_in_nothing(signed_in, role):
    client = signed_in(role)
    assert upload(client, "x").status_code == 403
    assert client.get("/licences/").status_code == 200
