"""An institution applies, follows its case, answers a supplement notice: nobody else's is reached.

令2 art. 7, 8 (O2-07, O2-08), 令3 art. 6 (O3-06).
"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dingdian.web import clock
from dingdian.web.cases.models import Paper
from dingdian.web.ledger import refreshing
from dingdian.web.rights import Role
from tests.web.conftest import DISTRICT
from tests.web.portal.conftest import APPLICANT, application, decide, entries, scan, send


@pytest.mark.clause("O3-06")
def test_an_application_is_recorded_today_in_the_name_of_the_institution(applicant, applied):
    (found,) = entries(applied)
    assert (found.move, found.role, found.by) == ("apply", "institution", "institution")
    assert found.held_on == clock.today()
    assert found.facts["uscc"] == APPLICANT
    assert found.case.startswith(f"{DISTRICT}-")


def test_nobody_applies_in_another_name_or_on_another_day(applicant):
    other = application(uscc="91350100M000100Y43", institution="P1", held_on="2020-01-01")
    (found,) = entries(applicant.post("/my/apply", other)["Location"])
    assert found.facts["uscc"] == APPLICANT
    assert "institution" not in found.facts
    assert found.held_on == clock.today()
    assert applicant.get("/my/apply?for=91350100M000100Y43").status_code == 404


def test_the_way_is_told_without_names_of_the_office(applicant, applied, signed_in, user):
    clerk = signed_in(Role.CLERK)
    papers = [SimpleUploadedFile("内部意见.pdf", scan().read())]
    decide(clerk, applied, "request_supplement", missing="经营场所平面图", papers=papers)
    page = applicant.get(applied).content.decode()
    assert "一次性告知补充材料" in page
    assert "经营场所平面图" in page
    assert "经办机构" in page
    assert user(Role.CLERK).name not in page
    assert "内部意见" not in page
    refreshing.refresh()
    home = applicant.get("/my/").content.decode()
    assert applied in home
    assert "待补正" in home
    assert home.count("一次性告知补充材料") == 1  # the letter


@pytest.mark.clause("O2-08")
def test_a_supplement_notice_is_answered_with_what_was_asked_for_in_sight(
    applicant, applied, signed_in
):
    clerk = signed_in(Role.CLERK)
    assert send(applicant, applied, "supplement").status_code == 404  # nothing was asked for
    decide(clerk, applied, "request_supplement", missing="药师证")
    assert "已登记“一次性告知补充材料”" in applicant.get("/inbox/").content.decode()
    form = applicant.get(f"{applied}/supplement/record").content.decode()
    assert "药师证" in form
    given = {"material__pharmacist_certificates": [scan("药师证.pdf")], "reason": "补交"}
    assert send(applicant, applied, "supplement", **given).status_code == 302
    assert entries(applied)[-1].target == "applied"
    paper = Paper.objects.get(item="pharmacist_certificates")
    answer = applicant.get(f"/my/paper/{paper.pk}")
    assert answer["Content-Disposition"].startswith("attachment")
    list(answer.streaming_content)
    assert "您被要求" not in applicant.get(applied).content.decode()


def test_papers_of_the_office_are_not_handed_out(applicant, applied, signed_in):
    decide(signed_in(Role.CLERK), applied, "accept", papers=[scan("受理审查表.pdf")])
    paper = Paper.objects.get()
    assert applicant.get(f"/my/paper/{paper.pk}").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.pdf", b"<html>", "不是 pdf"),
        ("a.exe", b"MZ" + b"0" * 90, "不是 pdf"),
        ("a.pdf", b"", "空"),
    ],
)
def test_a_wrong_attachment_is_refused_with_the_reason(applicant, settings, name, content, told):
    wrong = application(material__application_form=[SimpleUploadedFile(name, content)])
    answer = applicant.post("/my/apply", wrong)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Paper.objects.exists()
    assert list((settings.CONFIG.data / "uploads").iterdir()) == []


def test_a_huge_attachment_is_refused_with_the_limit(applicant, settings):
    from dataclasses import replace

    settings.CONFIG = replace(settings.CONFIG, upload_limit_mb=1)
    answer = applicant.post("/my/apply", application(papers=[scan(more=b"0" * (1 << 20))]))
    assert answer.status_code == 413
    assert "1 MB" in answer.content.decode()
    fits = applicant.post("/my/apply", application(papers=[scan(more=b"0" * (1 << 19))]))
    assert fits.status_code == 302


def test_too_many_attachments_are_refused_with_the_number(applicant):
    many = [scan(f"{n}.pdf") for n in range(51)]
    answer = applicant.post("/my/apply", application(papers=many))
    assert answer.status_code == 422
    assert "最多 50 个" in answer.content.decode()
    flood = [scan(f"{n}.pdf") for n in range(101)]
    answer = applicant.post("/my/apply", application(papers=flood))
    assert answer.status_code == 400
    assert "文件太多" in answer.content.decode()


@pytest.mark.parametrize(
    "odd", [{"kind": "castle"}, {"name": ""}, {"region": "999999"}, {"seen": "x"}, {"lon": "东"}]
)
def test_garbage_is_refused_and_nothing_is_recorded(applicant, odd):
    from dingdian.storage.db.models import Entry

    before = Entry.objects.count()
    assert applicant.post("/my/apply", application(**odd)).status_code == 422
    assert Entry.objects.count() == before


def test_an_application_may_be_withdrawn_once(applicant, applied):
    assert send(applicant, applied, "withdraw", reason="暂不申请").status_code == 302
    assert send(applicant, applied, "withdraw").status_code == 404
    assert [each.move for each in entries(applied)] == ["apply", "withdraw"]


@pytest.mark.parametrize("move", ["accept", "annul", "request_supplement", "sign", "no_move"])
def test_moves_of_the_office_are_not_the_institutions(applicant, applied, move):
    assert send(applicant, applied, move, missing="x", entry="1").status_code == 404
    assert len(entries(applied)) == 1
