"""Points of persons: handed in by form or file, confirmed by another, masked, counted, near."""

import datetime as dt
import io
from dataclasses import replace

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dingdian.web import bureau
from dingdian.web.ledger.models import Institution
from dingdian.web.points import showing
from dingdian.web.points.models import Batch, Line
from dingdian.web.rights import Role
from tests.web.conftest import DISTRICT, ELSEWHERE, holding

PERSON, NAME = "D232761000077", "示例医师甲"


@pytest.fixture(autouse=True)
def _uploads_go(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CONFIG = replace(settings.CONFIG, data=tmp_path / "data")


@pytest.fixture
def supervisor(signed_in):
    return signed_in(Role.SUPERVISOR)


@pytest.fixture
def leader(signed_in):
    return signed_in(Role.LEADER)


def today():
    from dingdian.web import clock

    return clock.today()


def event(client, number="J1", points=3, **other):
    said = {"number": number, "person": PERSON, "name": NAME, "institution": holding(DISTRICT)}
    said |= {"day": today().isoformat(), "points": points, "responsibility": "general"}
    return client.post("/points/new/event", said | {"document": "决定1号"} | other)


def confirmed(leader, answer):
    assert answer.status_code == 302, answer.content.decode()[-900:]
    assert leader.post(answer["Location"], {"decision": "confirm"}).status_code == 302


def only():
    return next(showing.standings(Line.objects.filter(batch__state="confirmed"), today()))


def test_points_count_when_another_person_has_confirmed_them(supervisor, leader):
    answer = event(supervisor)
    assert "暂无人员" in supervisor.get("/points/").content.decode()
    at = answer["Location"]
    assert supervisor.post(at, {"decision": "confirm"}).status_code == 422  # not oneself
    confirmed(leader, answer)
    assert leader.post(at, {"decision": "confirm"}).status_code == 422
    assert only().record.points == 3
    acts = [each.act for each in bureau.journal().notes("points")]
    assert acts == ["points.hand_in", "points.confirm"]


@pytest.mark.clause("N23-02")
def test_nine_make_a_pause_due_a_decision_pauses_and_twelve_end(supervisor, leader):
    confirmed(leader, event(supervisor, "J1", 6))
    found = only()
    assert (found.to_pause, found.to_end, found.near) == (3, 6, True)  # one act from the pause
    confirmed(leader, event(supervisor, "J2", 3))
    assert only().record.state == "pause_due"
    pause = {"person": PERSON, "day": today().isoformat(), "months": 3, "document": "停1号"}
    assert supervisor.post("/points/new/pause", pause | {"months": 7}).status_code == 422
    confirmed(leader, supervisor.post("/points/new/pause", pause))
    assert only().record.state == "paused"
    confirmed(leader, event(supervisor, "J3", 3))
    assert only().record.state == "ended"
    gone = {"person": PERSON, "number": "J3", "day": today().isoformat(), "document": "撤1号"}
    confirmed(leader, supervisor.post("/points/new/withdrawal", gone))
    assert (only().record.points, only().record.state) == (9, "paused")
    page = leader.get("/points/?near=yes").content.decode()
    assert "N23-02" in page
    assert "9" in page


def test_persons_are_masked_for_who_may_not_see_them(supervisor, leader):
    confirmed(leader, event(supervisor))
    pk = Line.objects.get().pk
    for address in ("/points/", f"/points/persons/{pk}"):
        assert NAME in supervisor.get(address).content.decode()
        masked = leader.get(address).content.decode()
        assert NAME not in masked
        assert PERSON not in masked
        assert "示****" in masked


def test_nothing_of_another_district_is_seen_or_handed_in(supervisor, leader, user, signed_in):
    answer = event(supervisor, institution=holding(ELSEWHERE))
    assert answer.status_code == 422
    assert "不在您负责的区县" in answer.content.decode()
    user(Role.SUPERVISOR).grants.update(region="")
    confirmed(leader, event(signed_in(Role.SUPERVISOR), institution=holding(ELSEWHERE)))
    user(Role.SUPERVISOR).grants.update(region=DISTRICT)
    client, line = signed_in(Role.SUPERVISOR), Line.objects.get()
    assert client.get(f"/points/persons/{line.pk}").status_code == 404
    assert client.get(f"/points/handed-in/{line.batch_id}").status_code == 404
    assert NAME not in client.get("/points/").content.decode()


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"institution": "H99999999999"}, "台账中没有机构"),
        ({"points": 13}, "12"),
        ({"day": "2999-01-01"}, "今天之后"),
        ({"number": ""}, "必填"),
    ],
)
def test_a_line_that_cannot_stand_is_refused_with_its_reason(supervisor, other, why):
    answer = event(supervisor, **other)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not Batch.objects.exists()


def test_a_number_stands_once_also_when_two_hand_it_in(supervisor, leader):
    first, second = event(supervisor), event(supervisor)
    confirmed(leader, first)
    assert leader.post(second["Location"], {"decision": "confirm"}).status_code == 422
    assert only().record.points == 3
    assert event(supervisor).status_code == 422


def test_the_sample_is_handed_in_as_a_file_and_stands_as_the_command_counts(
    user, signed_in, leader, sample_ledger
):
    from dingdian.wiring.assessments import points

    path = sample_ledger / "assessment" / "assessment.xlsx"
    wanted, _ = points(path, "daxinganling", today())
    user(Role.SUPERVISOR).grants.update(region="")
    client = signed_in(Role.SUPERVISOR)
    file = SimpleUploadedFile("记分.xlsx", path.read_bytes())
    confirmed(leader, client.post("/points/new/file", {"file": file}))
    found = {e.record.person: e.record for e in showing.persons(None, today())}
    assert len(found) == len(wanted.persons)
    for each in wanted.persons:
        made = found[each.person]
        assert (made.points, made.state, made.until) == (each.points, each.state, each.until)


def test_a_file_that_is_none_or_has_a_wrong_line_is_refused_whole(supervisor, sample_ledger):
    def hand_in(content, name="记分.xlsx"):
        return supervisor.post("/points/new/file", {"file": SimpleUploadedFile(name, content)})

    assert hand_in(b"%PDF-1.4").status_code == 422
    assert hand_in("甲,乙\n1,2\n".encode(), "a.csv").status_code == 422
    book = openpyxl.load_workbook(sample_ledger / "assessment" / "assessment.xlsx")
    book["人员记分"].append(["J99", "D1", "某", "H00000000000", dt.date(2025, 1, 1), 3])
    out = io.BytesIO()
    book.save(out)
    assert hand_in(out.getvalue()).status_code == 422
    assert not Batch.objects.exists()
    assert Institution.objects.exists()
