"""Service of letters: day, way, bearer and receipt; days that count from it; voiding."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dingdian.web import bureau, clock
from dingdian.web.letters.making import letters_of
from dingdian.web.letters.models import Letter, Receipt
from dingdian.web.rights import Role
from tests.web.letters.conftest import letter_address, record
from tests.web.procedures import PDF


@pytest.fixture
def letter(clerk, accepted):
    """The letter of a refusal by the agency, made today."""
    record(clerk, accepted, "refuse", ground="超出规划")
    clerk.post(letter_address(accepted, "refusal"))
    return Letter.objects.get()


def serve(client, letter, **given):
    last = Letter.objects.get(pk=letter.pk).last
    said = {"seen": last, "day": clock.today().isoformat(), "way": "direct", "by": "王某"}
    return client.post(f"/letters/{letter.pk}/serve", said | given)


def test_service_is_recorded_with_its_receipt_and_days_run_from_the_next_day(clerk, letter):
    assert "1 份文书待送达" in clerk.get("/tasks").content.decode()
    assert letters_of(letter.case) == []
    receipt = SimpleUploadedFile("送达回证.pdf", PDF)
    assert serve(clerk, letter, papers=[receipt]).status_code == 302
    letter.refresh_from_db()
    assert (letter.served_on, letter.served_way) == (clock.today(), "direct")
    assert letters_of(letter.case) == [letter]
    page = clerk.get(f"/letters/{letter.pk}").content.decode()
    after = clock.today() + dt.timedelta(1)
    assert f"{after.year}年{after.month}月{after.day}日" in page
    assert "直接送达" in page
    assert "王某" in page
    kept = Receipt.objects.get()
    note = bureau.journal().of_act("letter.serve")[-1]
    assert (kept.note, letter.last) == (note.seq, note.seq)
    assert kept.sha256 in note.facts["papers"]
    saved = clerk.get(f"/letters/receipt/{kept.pk}")
    assert b"".join(saved.streaming_content) == PDF
    assert "待送达" not in clerk.get("/tasks").content.decode()


def test_a_letter_waits_for_the_office_that_issued_it(clerk, letter, signed_in, user):
    """The agency's is no task of the bureau's, whose people see it in the register all the same."""
    supervisor = signed_in(Role.SUPERVISOR)
    assert "文书待送达" not in supervisor.get("/tasks").content.decode()
    assert letter.number not in supervisor.get("/letters/").content.decode()
    assert letter.number in supervisor.get("/letters/?standing=to_serve").content.decode()
    assert letter.number in clerk.get("/letters/").content.decode()
    Letter.objects.update(office="bureau")
    assert "1 份文书待送达" in supervisor.get("/tasks").content.decode()
    assert letter.number in supervisor.get("/letters/?standing=mine").content.decode()
    assert "文书待送达" not in clerk.get("/tasks").content.decode()
    user(Role.CLERK).grants.create(role=Role.LEADER, granted_by="test")  # who holds both
    assert "1 份文书待送达" in clerk.get("/tasks").content.decode()
    assert letter.number in clerk.get("/letters/").content.decode()


def test_letters_that_were_made_before_get_their_office_of_the_entry(letter):
    from importlib import import_module

    from django.apps import apps

    Letter.objects.update(office="")
    import_module("dingdian.web.letters.migrations.0002_office").say_office(apps, None)
    assert Letter.objects.get().office == "agency"


def test_an_acceptance_names_no_days_that_run_from_its_service(clerk, accepted):
    clerk.post(letter_address(accepted))
    letter = Letter.objects.get()
    assert serve(clerk, letter).status_code == 302
    assert "期限起算日" not in clerk.get(f"/letters/{letter.pk}").content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"day": lambda: clock.today() - dt.timedelta(1)}, "早于文书日期"),
        ({"day": lambda: clock.today() + dt.timedelta(1)}, "还没有到"),
    ],
)
def test_a_day_before_the_letter_or_ahead_is_refused(clerk, letter, given, said):
    refused = serve(clerk, letter, day=given["day"]().isoformat())
    assert refused.status_code == 422
    assert said in refused.content.decode()
    letter.refresh_from_db()
    assert letter.served_on is None


@pytest.mark.parametrize("odd", [{"way": "pigeon"}, {"by": ""}, {"day": "gestern"}, {"seen": "x"}])
def test_garbage_is_refused_with_its_field(clerk, letter, odd):
    assert serve(clerk, letter, **odd).status_code == 422
    assert bureau.journal().of_act("letter.serve") == []


def test_a_service_is_corrected_with_a_reason_only(clerk, letter):
    serve(clerk, letter)
    assert serve(clerk, letter, way="post").status_code == 422
    assert serve(clerk, letter, way="post", reason="回证为邮寄").status_code == 302
    letter.refresh_from_db()
    assert letter.served_way == "post"
    assert len(bureau.journal().of_act("letter.serve")) == 2


def test_who_saw_an_older_state_is_told_so(clerk, letter):
    stale = letter.last
    serve(clerk, letter)
    refused = clerk.post(f"/letters/{letter.pk}/void", {"seen": stale, "reason": "错"})
    assert refused.status_code == 422
    assert "已被办理过" in refused.content.decode()


def test_a_void_letter_is_neither_served_nor_shown_to_the_institution(clerk, letter):
    serve(clerk, letter)
    letter.refresh_from_db()
    address = f"/letters/{letter.pk}/void"
    assert clerk.post(address, {"seen": letter.last, "reason": ""}).status_code == 422
    assert clerk.post(address, {"seen": letter.last, "reason": "文号用错"}).status_code == 302
    assert letters_of(letter.case) == []
    assert serve(clerk, letter, reason="再送").status_code == 422
    letter.refresh_from_db()
    assert clerk.post(address, {"seen": letter.last, "reason": "又"}).status_code == 422
    assert "文号用错" in clerk.get(f"/letters/{letter.pk}").content.decode()
    assert letter.number in clerk.get("/letters/?standing=void").content.decode()
    assert letter.number not in clerk.get("/letters/?standing=served").content.decode()


@pytest.mark.parametrize("role", [Role.PLANNER, Role.COUNTY, Role.LEGAL])
def test_others_record_nothing(signed_in, letter, role):
    client = signed_in(role)
    assert serve(client, letter).status_code == 403
    assert client.post(f"/letters/{letter.pk}/void", {"reason": "x"}).status_code == 403


def test_the_institution_is_told_where_its_letter_is(clerk, letter, user, signed_in):
    from dingdian.web.cases.finding import find

    holder = user(Role.INSTITUTION).grants.get()
    holder.holder = find(letter.case).codes[1]
    holder.save()
    assert serve(clerk, letter).status_code == 302
    told = signed_in(Role.INSTITUTION).get("/inbox/").content.decode()
    assert f"文书 {letter.number} 已送达" in told
    assert not user(Role.CLERK).inbox.exists()
