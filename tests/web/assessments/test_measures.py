"""What follows an assessment: hearing, appeal, four eyes, deposit, entry in the ledger, letter."""

import datetime as dt

import pytest
from django.urls import reverse

from dingdian.core.lifecycle.state import in_effect
from dingdian.web import bureau
from dingdian.web.assessments.models import Appeal, Campaign, Hearing, Measure, Result, Version
from dingdian.web.inbox.models import Message
from dingdian.web.letters.models import Letter
from dingdian.web.rights import Role
from tests.web.assessments.conftest import YEAR
from tests.web.conftest import DISTRICT, ELSEWHERE


@pytest.fixture
def leader(signed_in):
    return signed_in(Role.LEADER)


@pytest.fixture
def again(supervisor, work):
    """Assesses the scores again with what was recorded."""

    def make():
        answer = supervisor.post(f"/assessments/{YEAR}/again", {"remark": "登记以后"})
        work()
        found = Version.objects.get(pk=int(answer["Location"].rpartition("/")[2]))
        assert found.state == "assessed", found.groups
        return found

    return make


@pytest.fixture
def own(signed_in, user, assessed):
    """A client of an institution that is out of the bottom and has points; its code and result."""
    result = Result.objects.filter(version=assessed, bottom="out", points__gt=0).first()
    user(Role.INSTITUTION).grants.update(holder=result.code)
    return signed_in(Role.INSTITUTION), result


def unheard(version):
    """One in the bottom that nobody has heard."""
    inside = Result.objects.filter(version=version, bottom="in")
    return next(e for e in inside if all(s["heard_on"] is None for s in e.record["steps"]))


def state_of(version, code, step="interview"):
    result = Result.objects.get(version=version, code=code)
    return next(each["state"] for each in result.record["steps"] if each["step"] == step)


def hear(client, code, **said):
    told = {"notified_on": "2026-02-11", "heard_on": "2026-02-20", "record": "记录1号"} | said
    return client.post(f"/assessments/{YEAR}/hearing/{code}", told)


def test_from_the_hearing_to_the_entry_in_the_names_of_two(
    supervisor, leader, assessed, again, work, signed_in
):
    one = unheard(assessed)
    assert state_of(assessed, one.code) == "lacking"
    ask = f"/assessments/{YEAR}/step/{one.code}"
    supervisor.post(ask, {"step": "interview", "minute": "纪要1号"})
    assert not Measure.objects.exists()  # nobody was heard yet
    assert hear(supervisor, one.code).status_code == 302
    heard = again()
    assert heard.day == dt.date(2026, 2, 20)  # of the last thing that was recorded
    assert state_of(heard, one.code) == "proposed"
    supervisor.post(ask, {"step": "interview", "minute": "纪要1号"})
    measure = Measure.objects.get()
    at = f"/assessments/measures/{measure.pk}"
    assert supervisor.post(at, {"decision": "confirm"}).status_code == 422  # not oneself
    assert "约谈" in leader.get(at).content.decode()
    assert "2025年度考核：有 1 项待复核" in leader.get("/tasks").content.decode()
    assert leader.post(at, {"decision": "confirm"}).status_code == 302
    assert leader.post(at, {"decision": "confirm"}).status_code == 422  # once only
    confirmed = again()
    assert state_of(confirmed, one.code) == "confirmed"
    page = supervisor.get(f"/assessments/versions/{confirmed.pk}/entry").content.decode()
    assert "年度考核" in page
    assert supervisor.post(f"/assessments/versions/{heard.pk}/entry").status_code == 422
    assert supervisor.post(f"/assessments/versions/{confirmed.pk}/entry").status_code == 302
    entry = Measure.objects.get(kind="entry")
    leader.post(f"/assessments/measures/{entry.pk}", {"decision": "confirm"})
    work()
    confirmed.refresh_from_db()
    assert confirmed.entered["entries"] > confirmed.counts["scored"] * 9 // 10
    entries = in_effect(tuple(bureau.desk().ledger.entries(_case_of(one.code))))
    assert [each.move for each in entries][-2:] == ["assess", "interview"]
    assert entries[-1].by == f"{Role.SUPERVISOR}+{Role.LEADER}"
    assert entries[-1].documents[1:] == ("纪要1号", "示例第四十五条")
    note = bureau.journal().of_act("assessment.enter")[-1]
    assert note.facts["entries"] == str(confirmed.entered["entries"])
    _letter_is_made(signed_in, confirmed, entries[-2])
    _entered_again_is_a_correction(supervisor, leader, again, work, one)


def _case_of(code):
    from dingdian.web.ledger.models import Institution

    return Institution.objects.get(code=code).case


def _letter_is_made(signed_in, version, entry):
    """The clerk of its agency makes the letter of the result."""
    from dingdian.web.accounts.models import Grant

    Grant.objects.filter(user__username=Role.CLERK).update(region="")
    clerk = signed_in(Role.CLERK)
    answer = clerk.post(reverse("letters:make", args=[entry.case, entry.seq, "assessment"]))
    assert answer.status_code == 302, answer.content.decode()[-800:]
    letter = Letter.objects.get(entry=entry.seq)
    page = clerk.get(f"/letters/{letter.pk}/page").content.decode()
    assert str(version.campaign.year) in page
    assert "第四十五条" in page


def _entered_again_is_a_correction(supervisor, leader, again, work, one):
    """Another version enters what is new of it, and says what it corrects."""
    hear(supervisor, one.code, notified_on="2026-02-21", heard_on="2026-02-22", record="记录2号")
    anew = again()
    supervisor.post(f"/assessments/versions/{anew.pk}/entry")
    entry = Measure.objects.get(kind="entry", state="waiting")
    leader.post(f"/assessments/measures/{entry.pk}", {"decision": "confirm"})
    work()
    anew.refresh_from_db()
    entries = in_effect(tuple(bureau.desk().ledger.entries(_case_of(one.code))))
    assert [each.move for each in entries].count("interview") == 1  # the step is there already
    if anew.entered["entries"]:
        assert "assessed_anew" in {each["kind"] for each in anew.entered["groups"]}
    assert supervisor.post(f"/assessments/versions/{anew.pk}/entry").status_code == 422


def test_a_hearing_has_its_days_in_order_and_its_record(supervisor, assessed):
    code = unheard(assessed).code
    for wrong in (
        {"heard_on": "2026-02-10"},
        {"record": ""},
        {"notified_on": "2999-01-01"},
        {"heard_on": "", "waived": "on", "record": ""},
    ):
        hear(supervisor, code, **wrong)
        assert not Hearing.objects.exists(), wrong
    hear(supervisor, code, heard_on="", record="")
    hear(supervisor, code, waived="on")  # the same notice: now it is known how it went
    found = Hearing.objects.get()
    assert (found.waived, found.record) == (True, "记录1号")
    hear(supervisor, code, record="记录9号")
    assert Hearing.objects.get().record == "记录1号"  # what was held is not overwritten


def test_what_was_typed_of_a_hearing_stays_where_a_day_is_wrong(supervisor, assessed):
    code = unheard(assessed).code
    answer = hear(supervisor, code, heard_on="2026-02-10", said="我单位已整改" * 200)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "我单位已整改" * 200 in page
    assert 'value="2026-02-11"' in page
    assert "<details open><summary>登记陈述申辩" in page


def test_what_was_typed_of_an_answer_stays_where_the_points_are_too_many(
    supervisor, own, assessed, campaign
):
    client, result = own
    supervisor.post(f"/assessments/{YEAR}/show")
    lines = result.record["score"]["lines"]
    one, two = [each["item"] for each in lines if each["given"] is not None][:2]
    for item in (one, two):
        client.post(f"/my/scores/{YEAR}/{result.code}", {"item": item, "reason": "检查记录有误"})
    decide = f"/assessments/appeals/{Appeal.objects.get(item=two).pk}"
    for points in ("999", "wrong"):
        answer = supervisor.post(decide, {"new_points": points, "answer": "经核实太多"})
        assert answer.status_code == 422
        assert answer.content.decode().count("经核实太多") == 1  # in the form of this appeal alone


def test_an_institution_is_told_of_its_hearing(supervisor, own, assessed, user):
    client, result = own
    inbox = user(Role.INSTITUTION).inbox
    hear(supervisor, result.code, heard_on="", record="")
    assert inbox.first().address == "/my/"  # its scores are not shown yet
    assert "2025年度考核：已于2026-02-11告知" in client.get("/inbox/").content.decode()
    supervisor.post(f"/assessments/{YEAR}/show")
    hear(supervisor, result.code, said="已说明情况")
    assert inbox.first().kind == "hearing_held"
    page = client.get(inbox.first().address).content.decode()
    assert "记录1号" in page
    assert "已说明情况" in page
    other = Result.objects.filter(version=assessed).exclude(code=result.code).first()
    hear(supervisor, other.code, notified_on="2026-02-12", waived="on")
    assert not inbox.filter(kind="hearing_waived").exists()


def test_an_institution_sees_its_own_scores_and_appeals_within_the_term(
    supervisor, own, assessed, again, campaign
):
    client, result = own
    at = f"/my/scores/{YEAR}/{result.code}"
    assert client.get(at).status_code == 404  # not shown yet
    supervisor.post(f"/assessments/{YEAR}/show")
    page = client.get(at).content.decode()
    assert "日常" in page
    assert "/assessments/" not in page  # nothing leads into the office
    assert "/policy/" not in page
    assert at in client.get("/my/").content.decode()
    other = Result.objects.filter(version=assessed).exclude(code=result.code).first()
    assert client.get(f"/my/scores/{YEAR}/{other.code}").status_code == 404
    line = next(e for e in result.record["score"]["lines"] if e["given"] not in (None, e["full"]))
    said = {"item": line["item"], "reason": "检查记录有误"}
    assert client.post(at, said).status_code == 302
    address = f"/assessments/versions/{assessed.pk}/of/{result.code}"
    assert Message.objects.get(user__username="supervisor", kind="appealed").address == address
    assert supervisor.get(address).status_code == 200
    assert client.post(at, said).status_code == 422  # one at a time
    assert client.post(at, {"item": "nothing", "reason": "x"}).status_code == 422
    made = Appeal.objects.get()
    opened = again()
    assert "appeal_open" in str(Result.objects.get(version=opened, code=result.code).record)
    decide = f"/assessments/appeals/{made.pk}"
    supervisor.post(decide, {"new_points": "999", "answer": "太多"})
    made.refresh_from_db()
    assert made.decided_on is None  # over the full points
    supervisor.post(decide, {"new_points": line["full"], "answer": "经核实，予以更正"})
    upheld = again()
    now = Result.objects.get(version=upheld, code=result.code)
    assert now.points > result.points
    assert "经核实，予以更正" in client.get(at).content.decode()
    compared = supervisor.get(f"/assessments/versions/{upheld.pk}/compare?with={assessed.pk}")
    assert result.name in compared.content.decode()
    Campaign.objects.update(appeals_through=dt.date(2020, 1, 1))
    assert client.post(at, {**said, "item": line["item"]}).status_code == 422
    assert "2020-01-01" in client.post(at, said).content.decode()


def test_a_deposit_is_settled_by_the_share_of_the_grade(supervisor, leader, assessed):
    found = Result.objects.filter(version=assessed)
    one = next(each for each in found if each.record["deposit"] == "9/10")
    at = f"/assessments/{YEAR}/deposit/{one.code}"
    said = {"held": "1234.55", "settled_on": "2026-02-12", "reference": "付1号"}
    supervisor.post(at, said)
    made = Measure.objects.get()
    assert made.facts["returned"] == "1111.10"  # 1111.095, half up
    assert "1,111.10" in leader.get(f"/assessments/measures/{made.pk}").content.decode()
    leader.post(f"/assessments/measures/{made.pk}", {"decision": "send_back"})
    made.refresh_from_db()
    assert made.state == "waiting"  # without a reason it is not sent back
    leader.post(f"/assessments/measures/{made.pk}", {"decision": "confirm"})
    supervisor.post(at, said)
    assert Measure.objects.count() == 1  # settled once
    nobody = next(each for each in found if each.record["deposit"] is None)
    supervisor.post(f"/assessments/{YEAR}/deposit/{nobody.code}", said)
    assert Measure.objects.count() == 1  # without a grade the share is not known


def test_who_runs_it_in_one_district_records_nothing_of_another(signed_in, user, assessed):
    user(Role.SUPERVISOR).grants.update(region=DISTRICT)
    client = signed_in(Role.SUPERVISOR)
    theirs = Result.objects.filter(version=assessed, district=ELSEWHERE).first()
    assert hear(client, theirs.code).status_code == 404
    assert not Hearing.objects.exists()
    assert client.get(f"/assessments/versions/{assessed.pk}/entry").status_code == 403


def test_what_was_changed_on_the_disk_is_not_entered(supervisor, leader, assessed, work):
    supervisor.post(f"/assessments/versions/{assessed.pk}/entry")
    entry = Measure.objects.get()
    path = assessed.made_place / "assessment.json"
    path.write_bytes(path.read_bytes().replace(assessed.result.encode(), b"0" * 64))
    leader.post(f"/assessments/measures/{entry.pk}", {"decision": "confirm"})
    work()
    assessed.refresh_from_db()
    assert assessed.entered == {}
