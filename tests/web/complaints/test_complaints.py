"""Complaints and findings at the bureau: typed in, led on step by step, kept to their district."""

import datetime as dt
import io
from dataclasses import replace

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dingdian.web import bureau, clock
from dingdian.web.complaints.models import Complaint, Paper
from dingdian.web.inbox.models import Message
from dingdian.web.ledger.models import Institution
from dingdian.web.rights import Role
from tests.web.conftest import DISTRICT, ELSEWHERE, holding
from tests.web.noticing import do

PDF = b"%PDF-1.4\nx"


@pytest.fixture(autouse=True)
def _uploads_go(tmp_path, settings):
    (tmp_path / "data" / "uploads").mkdir(parents=True)
    settings.CONFIG = replace(settings.CONFIG, data=tmp_path / "data")


@pytest.fixture
def supervisor(signed_in):
    return signed_in(Role.SUPERVISOR)


def given(**other):
    said = {
        "source": "telephone", "received_on": clock.today().isoformat(), "text": "多收费。",
        "institution": holding(), "name": "李四", "contact": "13800000001",
    }  # fmt: skip
    return said | other


def entered(client, **other):
    answer = client.post("/complaints/new", given(**other))
    assert answer.status_code == 302, answer.content.decode()
    return Complaint.objects.latest("pk")


def test_one_that_came_by_telephone_goes_its_whole_way(supervisor):
    made = entered(supervisor)
    address = f"/complaints/{made.pk}"
    assert (made.district, made.status) == (DISTRICT, "received")
    assert "13800000001" in supervisor.get(address).content.decode()
    assert "待决定是否受理的投诉举报1件" in supervisor.get("/tasks").content.decode()
    assert supervisor.post(f"{address}/step/answered", {"answer": "早"}).status_code == 422
    for status, said in (
        ("accepted", {}),
        ("investigated", {"outcome": "founded", "finding": "属实，多收费三次。"}),
        ("answered", {"answer": "已责令退还。"}),
    ):
        assert supervisor.post(f"{address}/step/{status}", said).status_code == 302
        assert supervisor.post(f"{address}/step/{status}", said).status_code == 422
    made.refresh_from_db()
    assert (made.status, made.outcome, made.answer) == ("answered", "founded", "已责令退还。")
    acts = [each.act for each in bureau.journal().notes(f"complaint:{made.pk}")]
    assert acts.count("complaint.step") == 3


def test_the_list_is_taken_along_without_persons_and_noted(supervisor):
    made = entered(supervisor)
    elsewhere = entered(supervisor, text="另一件")
    Complaint.objects.filter(pk=elsewhere.pk).update(district=ELSEWHERE)
    answer = supervisor.get("/complaints/export?status=every")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert len(rows) == 2
    assert made.receipt in rows[1]
    assert made.institution in rows[1]
    assert not any(secret in str(rows) for secret in ("李四", "13800000001", "多收费"))
    note = bureau.journal().of_act("complaint.export")[-1]
    assert note.facts == {"filter": "status=every", "rows": "1"}


def test_who_handles_it_and_what_followed_are_named(supervisor):
    made = entered(supervisor)
    case = Institution.objects.get(code=made.institution).case
    followed = do(case, "interview", clock.today())
    address = f"/complaints/{made.pk}"
    assert supervisor.post(f"{address}/assign", {"handler": "supervisor"}).status_code == 302
    assert supervisor.post(f"{address}/assign", {"handler": "planner"}).status_code == 422
    linked = {"institution": made.institution, "entry": followed.seq, "year": 2026}
    assert supervisor.post(f"{address}/link", linked).status_code == 302
    made.refresh_from_db()
    assert (made.handler, made.case, made.entry) == ("supervisor", case, followed.seq)
    assert made.year == 2026
    assert "约谈" in supervisor.get(address).content.decode()
    assert supervisor.post(f"{address}/link", linked | {"entry": 1}).status_code == 422
    other = linked | {"institution": holding(ELSEWHERE)}
    assert supervisor.post(f"{address}/link", other).status_code == 422


@pytest.mark.parametrize("source", ["audit", "inspection", "third_party"])
def test_a_finding_needs_its_paper(supervisor, source):
    refused = supervisor.post("/complaints/new", given(source=source))
    assert refused.status_code == 422
    assert not Complaint.objects.exists()
    wrong = SimpleUploadedFile("报告.pdf", b"<html>")
    assert (
        supervisor.post("/complaints/new", given(source=source, papers=[wrong])).status_code == 422
    )
    right = SimpleUploadedFile("../报告.PDF", PDF)
    made = entered(supervisor, source=source, papers=[right])
    paper = Paper.objects.get()
    assert paper.of == made
    answer = supervisor.get(f"/complaints/paper/{paper.pk}")
    assert b"".join(answer.streaming_content) == PDF
    paper.path.write_bytes(b"changed")
    assert supervisor.get(f"/complaints/paper/{paper.pk}").status_code == 422


@pytest.mark.parametrize(
    "other",
    [
        {"source": "site"},
        {"received_on": "2099-01-01"},
        {"text": ""},
        {"text": "x" * 4001},
        {"institution": "", "told": "某店"},
        {"institution": "", "district": DISTRICT},
        {"institution": "H99999999999"},
    ],
)
def test_what_is_missing_or_odd_is_told_and_nothing_is_kept(supervisor, other):
    answer = supervisor.post("/complaints/new", given(**other))
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert not Complaint.objects.exists()


def test_an_institution_of_another_district_is_not_found(supervisor):
    assert (
        supervisor.post("/complaints/new", given(institution=holding(ELSEWHERE))).status_code == 422
    )


def test_two_at_once_lead_it_on_once(supervisor):
    from dingdian.core.errors import RequestError
    from dingdian.core.supervision.complaints import Status
    from dingdian.web.accounts.models import User
    from dingdian.web.complaints import handling

    made = entered(supervisor)
    stale = Complaint.objects.get(pk=made.pk)
    user = User.objects.get(username="supervisor")
    handling.step(user, made, Status.ACCEPTED)
    with pytest.raises(RequestError) as error:
        handling.step(user, stale, Status.NOT_ACCEPTED, answer="不属医保")
    assert error.value.faults[0].kind == "complaint_moved"


def test_who_may_handle_them_is_told_without_what_it_says(supervisor):
    made = entered(supervisor)
    told = Message.objects.get(kind="complaint", user__username="supervisor")
    assert told.facts == {"receipt": made.receipt}
    assert not Message.objects.filter(kind="complaint", user__username="clerk").exists()


def test_contacts_are_blanked_in_time(supervisor):
    from dingdian.web.complaints.retention import complaint_contacts

    made = entered(supervisor)
    now = clock.now()
    assert complaint_contacts(now - dt.timedelta(1)) == 0
    assert complaint_contacts(now + dt.timedelta(1)) == 1
    made.refresh_from_db()
    assert (made.name, made.contact, made.text) == ("", "", "多收费。")
