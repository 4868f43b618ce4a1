"""Papers that go with a step, and documents of a version."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dingdian.web import bureau
from dingdian.web.rights import Role
from tests.web.procedures import BEGUN, PDF, data, take


def docx(*members):
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for member in members or ("word/document.xml",):
            archive.writestr(member, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PDF, "pdf"), ("a.exe", PDF, "pdf"), ("a.docx", docx(), "docx"),
        ("a.ofd", docx("OFD.xml"), "ofd"), ("a.png", b"\x89PNG\r\n\x1a\n0000", "png"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "jpg"), ("a.pdf", b"<html>", ""), ("a.pdf", b"", ""),
        ("a.docx", docx("evil.txt"), ""), ("a.docx", b"PK\x03\x04broken", ""),
        ("a.pdf", b"MZ\x90", ""), ("a.docx", docx("word/document.xml", "word/vbaProject.bin"), ""),
    ],
)  # fmt: skip
def test_a_paper_is_known_by_its_content(name, content, kind):
    from dingdian.web.papers import kind_of

    del name
    assert kind_of(io.BytesIO(content)) == kind


def test_papers_are_kept_by_fingerprint_and_only_saved(plan, signed_in, walk, settings):
    from dataclasses import replace

    walk("fair_review")
    settings.CONFIG = replace(settings.CONFIG, rehearsal_day=BEGUN + dt.timedelta(40))
    client = signed_in(Role.LEGAL)
    given = data("fair_review", bureau.journal().notes(plan.subject)[-1].seq)
    address = f"/procedure/{plan.pk}/step/fair_review/"
    wrong = SimpleUploadedFile("意见.pdf", b"<script>", "application/pdf")
    assert client.post(address, {**given, "papers": [wrong]}).status_code == 422
    assert plan.papers.count() == 0
    files = [SimpleUploadedFile("../审查 意见.PDF", PDF), SimpleUploadedFile("b.pdf", PDF)]
    assert client.post(address, {**given, "papers": files}).status_code == 302
    first, second = plan.papers.all()
    assert first.name == "审查 意见.pdf"
    assert first.sha256 == second.sha256
    assert first.sha256 in bureau.journal().notes(plan.subject)[-1].facts["papers"]
    answer = client.get(f"/procedure/{plan.pk}/papers/{first.pk}")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == PDF
    first.path.write_bytes(b"%PDF-other")
    assert client.get(f"/procedure/{plan.pk}/papers/{first.pk}").status_code == 422
    assert client.get(f"/procedure/{plan.pk + 1}/papers/{first.pk}").status_code == 404


def test_attachments_that_are_too_large_are_refused(plan, signed_in, walk, settings):
    from dataclasses import replace

    walk("fair_review")
    settings.CONFIG = replace(settings.CONFIG, upload_limit_mb=1)
    big = SimpleUploadedFile("大.pdf", PDF + b"0" * (1024 * 1024))
    given = data("fair_review", bureau.journal().notes(plan.subject)[-1].seq)
    address = f"/procedure/{plan.pk}/step/fair_review/"
    answer = signed_in(Role.LEGAL).post(address, {**given, "papers": [big]})
    assert answer.status_code == 413
    assert "超过 1 MB" in answer.content.decode()
    assert plan.papers.count() == 0


def test_documents_of_a_version_are_saved_as_they_were_written(plan, signed_in):
    client = signed_in(Role.LEADER)
    address = f"/procedure/{plan.pk}/documents/1/papers/resource_plan.docx"
    assert b"".join(client.get(address).streaming_content) == b"PK draft"
    for name in ("plan.json", "../../secret-key", "census/about.csv", "nothing.pdf"):
        assert client.get(f"/procedure/{plan.pk}/documents/1/{name}").status_code == 404
    (plan.versions.get().path / "papers" / "resource_plan.docx").write_bytes(b"PK other")
    assert client.get(address).status_code == 422


def test_papers_of_reviews_stay_with_those_who_act(plan, user, walk, signed_in):
    from dingdian.web.papers import keep

    walk("fair_review")
    take(plan, user, "fair_review", BEGUN, papers=keep([SimpleUploadedFile("审查.pdf", PDF)]))
    address = f"/procedure/{plan.pk}/papers/{plan.papers.get().pk}"
    for role in (Role.PLANNER, Role.LEGAL, Role.LEADER):
        assert b"".join(signed_in(role).get(address).streaming_content) == PDF
    for role in (Role.COUNTY, Role.CLERK):
        assert signed_in(role).get(address).status_code == 404
        page = signed_in(role).get(f"/procedure/{plan.pk}/")
        assert page.status_code == 200
        assert address not in page.content.decode()
