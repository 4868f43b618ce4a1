"""An objection to a public notice: from the site to the ledger, by a person, and back."""

import dataclasses
import datetime as dt
import json
import uuid
import zipfile

import pytest
from django.test import Client

from dingdian.storage.signed_files import Header, TrustedKey, open_signed, write_signed
from dingdian.web import bureau, clock
from dingdian.web.inbox.models import Message
from dingdian.web.objections.models import Objection
from dingdian.web.public import limits, receipts
from dingdian.web.public.models import PublicNotice, PublicReply, Received, Said, TakenSaid
from dingdian.web.rights import Role
from tests.web.conftest import DISTRICT, ELSEWHERE
from tests.web.noticing import do, under_notice

pytestmark = pytest.mark.django_db

REASON = "该店的执业药师不在岗。<script>alert(1)</script>"


def objecting(**other):
    given = {"reason": REASON, "name": "李四", "contact": "13800000001", "once": uuid.uuid4()}
    return given | {"website": ""} | other


def sent(visitor, notice, **other):
    answer = visitor.post(f"/notices/{notice}", objecting(**other))
    assert answer.status_code == 302, answer.content.decode()
    shown = visitor.get(answer["Location"])
    return shown.context["number"]


def answered(client, objection, **given):
    return client.post(f"/objections/{objection.pk}/answer", given)


def test_the_whole_way_from_the_notice_to_the_answer(both, published, visitor, signed_in):
    entry = under_notice()
    both.install(both.edition())
    notice = PublicNotice.objects.get()
    about = (notice.name, notice.kind, notice.district)
    assert about == ("待公示药店", "retail_pharmacy", DISTRICT)
    assert notice.outcome == "open"
    assert "待公示药店" in visitor.get("/").content.decode()
    assert "张三" not in visitor.get(f"/notices/notice-{entry.seq}").content.decode()
    number = sent(visitor, notice.public_id)
    both.take_in(both.export())
    found = Objection.objects.get()
    assert (found.case, found.published, found.in_time) == ("N-1", entry.seq, True)
    assert found.receipt == number
    assert Message.objects.filter(kind="objection", user__username="clerk").count() == 1
    clerk = signed_in(Role.CLERK)
    assert "/objections/" in clerk.get("/tasks").content.decode()
    page = clerk.get(f"/objections/{found.pk}").content.decode()
    assert "13800000001" in page
    assert "<script>alert" not in page
    before = len(list(bureau.desk().ledger.entries("N-1")))
    early = answered(clerk, found, outcome="dismissed", said="核查不属实")
    assert early.status_code == 422
    said = {"said": "执业药师不在岗"}
    assert clerk.post(f"/objections/{found.pk}/record", said).status_code == 302
    entries = list(bureau.desk().ledger.entries("N-1"))
    assert len(entries) == before + 1
    assert (entries[-1].move, entries[-1].documents) == ("object", (number,))
    found.refresh_from_db()
    assert found.entry == entries[-1].seq
    assert clerk.post(f"/objections/{found.pk}/record", said).status_code == 422
    assert answered(clerk, found, outcome="inadmissible", said="不予受理").status_code == 422
    assert answered(clerk, found, outcome="upheld", said="成立").status_code == 422
    do("N-1", "dismiss_objection", clock.today(), outcome="核查不属实")
    assert answered(clerk, found, outcome="dismissed", said="经核查不属实").status_code == 302
    assert answered(clerk, found, outcome="dismissed", said="再答").status_code == 422
    both.install(both.edition())
    assert (Said.objects.get().content, Said.objects.get().private) == ({}, {})
    page = visitor.post("/receipt", {"number": number.lower().replace("-", " ")})
    assert "经核查不属实" in page.content.decode()
    acts = [each.act for each in bureau.journal().notes(f"objection:{found.pk}")]
    assert sorted(acts) == ["objection.answer", "objection.receive", "objection.record"]


def test_the_edition_knows_no_receipt_and_no_person(both, published, visitor):
    entry = under_notice()
    both.install(both.edition())
    number = sent(visitor, f"notice-{entry.seq}")
    both.take_in(both.export())
    path = both.edition()
    with both.at("bureau"):
        signed = open_signed(path, "edition", TrustedKey(both.keys["bureau"].private.public_key()))
        content = b"\n".join(signed.read(name) for name in signed.parts)
    for secret in (number, receipts.plain(number), "李四", "13800000001", "张三", "不在岗"):
        assert secret.encode() not in content
    assert receipts.digest(number).encode() in content


def test_after_the_last_day_the_form_is_closed_with_the_reason(both, published, visitor):
    under_notice(ago=30)
    both.install(both.edition())
    notice = PublicNotice.objects.get()
    assert notice.closes < clock.today()
    assert visitor.get(f"/notices/{notice.pk}").context["form"] is None
    refused = visitor.post(f"/notices/{notice.pk}", objecting())
    assert refused.status_code == 409
    assert "本次公示的最后一日" in refused.content.decode()
    assert not Said.objects.exists()


@pytest.mark.parametrize(("left", "status"), [(0, 302), (-1, 409)])
def test_the_last_day_belongs_to_the_notice(both, published, visitor, left, status):
    under_notice()
    both.install(both.edition())
    PublicNotice.objects.update(closes=clock.today() + dt.timedelta(left))
    notice = PublicNotice.objects.get()
    assert visitor.post(f"/notices/{notice.pk}", objecting()).status_code == status


def test_what_came_of_a_notice_is_shown(both, published, visitor):
    under_notice(ago=30)
    do("N-1", "close_notice", clock.today() - dt.timedelta(2))
    both.install(both.edition())
    notice = PublicNotice.objects.get()
    assert (notice.outcome, notice.settled_on) == ("closed", clock.today() - dt.timedelta(2))
    assert "协商签订协议" in visitor.get(f"/notices/{notice.pk}").content.decode()


def test_a_notice_that_was_annulled_goes(both, published):
    entry = under_notice()
    both.install(both.edition())
    assert PublicNotice.objects.count() == 1
    do("N-1", "annul", clock.today(), entry=str(entry.seq))
    both.install(both.edition())
    assert not PublicNotice.objects.exists()


def test_an_objection_that_came_when_the_notice_was_closed_is_answered_not_recorded(
    both, published, visitor, signed_in
):
    entry = under_notice(ago=30)
    both.install(both.edition())
    PublicNotice.objects.update(closes=clock.today())
    sent(visitor, f"notice-{entry.seq}")
    do("N-1", "close_notice", clock.today())
    both.take_in(both.export())
    found, clerk = Objection.objects.get(), signed_in(Role.CLERK)
    assert found.in_time is False
    refused = clerk.post(f"/objections/{found.pk}/record", {"said": "迟到"})
    assert refused.status_code == 422
    assert answered(clerk, found, outcome="inadmissible", said="公示期满后提出").status_code == 302


def test_a_second_objection_joins_the_review_that_runs(both, published, visitor, signed_in):
    entry = under_notice()
    both.install(both.edition())
    for _ in range(2):
        sent(visitor, f"notice-{entry.seq}")
    both.take_in(both.export())
    clerk = signed_in(Role.CLERK)
    for each in Objection.objects.all():
        assert clerk.post(f"/objections/{each.pk}/record", {"said": "一"}).status_code == 302
    assert len({each.entry for each in Objection.objects.all()}) == 1
    moves = [each.move for each in bureau.desk().ledger.entries("N-1")]
    assert moves.count("object") == 1


def test_a_notice_that_nobody_knows_is_kept_and_only_answered(both, published, visitor, signed_in):
    under_notice()
    both.install(both.edition())
    PublicNotice.objects.update(public_id="notice-999999")
    sent(visitor, "notice-999999")
    both.take_in(both.export())
    found = Objection.objects.get()
    assert (found.case, found.district, found.in_time) == ("", "", None)
    assert signed_in(Role.CLERK).get(f"/objections/{found.pk}").status_code == 404


def test_contacts_are_masked_and_other_districts_find_nothing(both, published, visitor, signed_in):
    entry = under_notice(district=ELSEWHERE)
    both.install(both.edition())
    sent(visitor, f"notice-{entry.seq}")
    both.take_in(both.export())
    found = Objection.objects.get()
    planner = signed_in(Role.PLANNER).get(f"/objections/{found.pk}").content.decode()
    assert "13800000001" not in planner
    assert "李四" not in planner
    for address in ("", "/record", "/answer"):
        clerk = signed_in(Role.CLERK)
        ask = clerk.post if address else clerk.get
        assert ask(f"/objections/{found.pk}{address}", {}).status_code == 404


def test_sent_twice_it_is_kept_once_and_too_often_it_is_not(both, published, visitor, monkeypatch):
    entry = under_notice()
    both.install(both.edition())
    given = objecting()
    for _ in range(2):
        assert visitor.post(f"/notices/notice-{entry.seq}", given).status_code == 302
    assert Said.objects.count() == 1
    monkeypatch.setattr(limits, "SAID", limits.Limit("said", 3600, of_session=2, of_address=30))
    answers = [visitor.post(f"/notices/notice-{entry.seq}", objecting()).status_code for _ in "ab"]
    assert answers == [302, 429]


@pytest.mark.parametrize(
    "other", [{"reason": "x" * 2001}, {"reason": "短"}, {"website": "x"}, {"reason": "a\x0bbcdefg"}]
)
def test_odd_text_is_refused_with_the_reason(both, published, visitor, other):
    entry = under_notice()
    both.install(both.edition())
    answer = visitor.post(f"/notices/notice-{entry.seq}", objecting(**other))
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert not Said.objects.exists()


def test_a_receipt_of_another_is_not_shown(both, published, visitor):
    entry = under_notice()
    both.install(both.edition())
    sent(visitor, f"notice-{entry.seq}")
    visitor.client = Client()
    assert visitor.get(f"/receipt/{Said.objects.get().public_id}").status_code == 404


def test_a_slip_in_a_receipt_is_told(both, published, visitor):
    number = receipts.receipt_of(uuid.uuid4())
    other = "3" if number[0] != "3" else "4"
    assert visitor.post("/receipt", {"number": other + number[1:]}).status_code == 422
    unknown = visitor.post("/receipt", {"number": number})
    assert unknown.status_code == 200
    assert "尚无记载" in unknown.content.decode()


def told(**other):
    given = {
        "public_id": str(uuid.uuid4()),
        "kind": "objection",
        "about": "notice-1",
        "content": {"reason": "好"},
        "private": {"name": "", "contact": ""},
        "received_at": "2026-11-20T09:00:00+08:00",
    }
    return given | other


@pytest.mark.parametrize(
    "changed",
    [
        {"content": {"reason": "x" * 2001}},
        {"content": {"reason": "x", "more": "y"}},
        {"content": {"reason": 7}},
        {"private": {"name": "n" * 61, "contact": ""}},
        {"kind": "decree"},
        {"about": "x" * 81},
        {"public_id": "7"},
        {"received_at": "2026-11-20T09:00:00"},
        {"content": {"reason": "a\x0bb"}},
        {"content": []},
    ],
)
def test_a_part_that_is_not_as_it_must_be_refuses_the_whole_file(both, tmp_path, changed):
    path = tmp_path / "c.zip"
    content = json.dumps([told(), told(**changed)]).encode()
    header = Header("comments", 1, clock.now().isoformat(), "2026-11-20", "daxinganling")
    parts = {"comments.json": b"[]", "said.json": content}
    write_signed(path, header, parts, both.keys["public"])
    found = both.take_in(path)
    assert (found.state, found.faults[0][0]) == ("refused", "exchange_contents")
    assert not Objection.objects.exists()
    assert not TakenSaid.objects.exists()


def test_a_forged_an_edited_and_a_replayed_file_are_refused(both, published, visitor, tmp_path):
    entry = under_notice()
    both.install(both.edition())
    sent(visitor, f"notice-{entry.seq}")
    path = both.export()
    signed = open_signed(path, "comments", TrustedKey(both.keys["public"].private.public_key()))
    forged = tmp_path / "forged.zip"
    parts = {name: signed.read(name) for name in signed.parts}
    write_signed(forged, dataclasses.replace(signed.header), parts, both.keys["bureau"])
    assert both.take_in(forged).faults[0][0] == "exchange_signature"
    edited = tmp_path / "edited.zip"
    edited.write_bytes(path.read_bytes())
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(edited, "w") as copy:
        for name in whole.namelist():
            said = whole.read(name)
            copy.writestr(name, said.replace("不在岗".encode(), "都在岗".encode()))
    assert both.take_in(edited).faults[0][0] == "exchange_changed"
    assert not Objection.objects.exists()
    assert both.take_in(path).said_fresh == 1
    assert both.take_in(path).faults[0][0] == "exchange_older"
    assert both.take_in(both.export()).said_fresh == 0
    assert Objection.objects.count() == 1
    assert Received.objects.filter(state="taken").count() == 2


def test_an_edition_of_the_release_before_is_still_shown(both, published, tmp_path):
    under_notice()
    both.install(both.edition())
    signed = open_signed(
        both.edition(), "edition", TrustedKey(both.keys["bureau"].private.public_key())
    )
    newer = ("notices.json", "replies.json")
    parts = {name: signed.read(name) for name in signed.parts if name not in newer}
    path = tmp_path / "old.zip"
    write_signed(path, dataclasses.replace(signed.header, number=9), parts, both.keys["bureau"])
    assert both.install(path).number == 9
    assert not PublicNotice.objects.exists()
    assert not PublicReply.objects.exists()


def test_in_a_rehearsal_an_objection_came_on_its_day(settings):
    day = dt.date(2026, 3, 4)
    found = Objection(received_at=clock.now(), through=day)
    assert found.in_time is False
    settings.CONFIG = dataclasses.replace(settings.CONFIG, rehearsal_day=day)
    assert found.in_time is True
    settings.CONFIG = dataclasses.replace(settings.CONFIG, rehearsal_day=day + dt.timedelta(1))
    assert found.in_time is False
