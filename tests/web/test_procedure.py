"""The way of a plan in the web system: steps, papers, comments, outcomes."""

import datetime as dt
import io
import re
import shutil
import uuid
from fractions import Fraction

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dingdian.core.dossier.stages import Stage
from dingdian.core.errors import RequestError
from dingdian.core.journal import journal_mark
from dingdian.core.lifecycle import chain
from dingdian.web import bureau, clock
from dingdian.web.rights import Role
from tests.dossiers import WAY
from tests.web.procedures import WHOSE, add_version, make_plan, stated, take

BEGUN = dt.date(2026, 2, 1)
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture(scope="session")
def folder(tmp_path_factory, sample_ledger):
    """A true plan of the sample, without its papers."""
    from dingdian.wiring.plans import PlanRequest, write_plan

    out = tmp_path_factory.mktemp("plan") / "plan"
    asked = PlanRequest(sample_ledger, "daxinganling", 2026, documents=False, papers=False)
    write_plan(asked, out, force=False, progress=lambda *_: None)
    for copy in ("census", "policy"):  # not needed here, and long to copy
        shutil.rmtree(out / copy)
    (out / "papers").mkdir()
    (out / "papers" / "resource_plan.docx").write_bytes(b"PK draft")
    return out


@pytest.fixture
def plan(db, folder, tmp_path, settings):
    from dataclasses import replace

    data = tmp_path / "data"
    for name in ("uploads", "plans"):
        (data / name).mkdir(parents=True)
    settings.CONFIG = replace(settings.CONFIG, data=data)
    return make_plan(folder)


@pytest.fixture
def walk(plan, user):
    """Takes the plan up to before a step."""

    def to(step, of=plan):
        for each in WAY[: WAY.index(step)]:
            take(of, user, each, BEGUN)
        return of

    return to


def kinds(call, *args, **more):
    with pytest.raises(RequestError) as caught:
        call(*args, **more)
    return [each.kind for each in caught.value.faults]


def data(step, seen=0, **changed):
    """A form as a browser sends it."""
    facts = stated(step, BEGUN, **changed)
    if "audiences" in facts:
        facts["audiences"] = facts["audiences"].split(";")
    return {"seen": seen, **facts}


# ---- the whole way


@pytest.mark.clause("DX-16", "DX-38", "DX-41")
def test_a_plan_goes_its_whole_way(plan, user):
    for step in WAY[:10]:
        take(plan, user, step, BEGUN)
    assert plan.stage == Stage.TO_AMEND
    assert plan.issued_version.number == 1
    issue = bureau.journal().notes(plan.subject)[6]
    assert issue.facts["fingerprint"] == plan.issued_version.result
    assert len(issue.facts["manifest"]) == 64
    assert issue.facts["census"] == plan.issued_version.census
    assert issue.role == "leader"


@pytest.mark.clause("DX-38")
def test_an_amending_plan_supersedes_at_its_issue(plan, user, walk, folder):
    from dingdian.web.procedure.advancing import amend
    from dingdian.web.procedure.dossiers import state_of_plan

    walk("begin_amendment")
    fresh = amend(plan, user(Role.PLANNER), title="修订稿", seen=state_of_plan(plan).last)
    assert fresh.amends == plan
    add_version(fresh, folder)
    for step in WAY[:6]:
        take(fresh, user, step, BEGUN)
        plan.refresh_from_db()
        assert plan.stage == Stage.TO_AMEND
    take(fresh, user, "issue", BEGUN)
    plan.refresh_from_db()
    assert (plan.stage, fresh.stage) == (Stage.SUPERSEDED, Stage.ISSUED)
    last = bureau.journal().notes(plan.subject)[-1]
    assert (last.act, last.facts["plan"]) == ("dossier.supersede", str(fresh.pk))


def test_of_two_at_once_the_second_is_told(plan, user, walk):
    walk("issue")
    take(plan, user, "issue", BEGUN, seen=6 + first_note(plan) - 1)
    assert kinds(take, plan, user, "issue", BEGUN, seen=6 + first_note(plan) - 1) == [
        "plan_moved_on"
    ]
    acts = [each.act for each in bureau.journal().notes(plan.subject)]
    assert acts.count("dossier.issue") == 1


def first_note(plan):
    return bureau.journal().notes(plan.subject)[0].seq


def test_an_error_in_the_middle_leaves_nothing(plan, user, walk):
    from django.db import transaction

    def cut_off():
        with transaction.atomic():
            take(plan, user, "open_consultation", BEGUN)
            raise OSError("power")

    with pytest.raises(OSError, match="power"):
        cut_off()
    plan.refresh_from_db()
    assert plan.stage == Stage.DRAFTING
    assert plan.consultations.count() == 0
    assert bureau.journal().notes(plan.subject) == []
    journal = bureau.journal()
    assert list(chain.breaks(journal_mark(journal.mark), journal.stored())) == []


def test_a_what_if_version_is_never_issued(plan, user, folder, walk):
    what_if = add_version(plan, folder, what_if=True)
    found = kinds(take, plan, user, "open_consultation", BEGUN, version=str(what_if.number))
    assert found == ["step_what_if"]
    walk("fair_review")
    found = kinds(
        take, plan, user, "change_version", BEGUN, version="2", day=BEGUN + dt.timedelta(33)
    )
    assert found == ["step_what_if"]


def test_a_changed_file_stops_the_issue_and_is_told_after_it(plan, user, walk, signed_in):
    walk("issue")
    path = plan.versions.get().path / "remark.txt"
    before = path.read_bytes()
    path.write_bytes(before + b"!")
    assert kinds(take, plan, user, "issue", BEGUN) == ["step_files_changed"]
    path.write_bytes(before)
    take(plan, user, "issue", BEGUN)
    page = signed_in(Role.PLANNER).get(f"/procedure/{plan.pk}/").content.decode()
    assert "与印发时不一致" not in page
    path.write_bytes(b"other")
    page = signed_in(Role.PLANNER).get(f"/procedure/{plan.pk}/").content.decode()
    assert "与印发时不一致" in page
    assert "remark.txt" in page


# ---- pages


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_of_every_stage_open(plan, user, signed_in, language):
    client = signed_in(Role.PLANNER, language)
    for step in ("", *WAY[:10]):
        if step:
            take(plan, user, step, BEGUN)
        for page in ("", "comments/", "outcomes/"):
            answer = client.get(f"/procedure/{plan.pk}/{page}")
            assert answer.status_code == 200
            assert "<h1>" in answer.content.decode()


def test_steps_are_taken_on_their_pages(plan, signed_in, settings):
    from dataclasses import replace

    clients = {role: signed_in(role) for role in (Role.PLANNER, Role.LEGAL, Role.LEADER)}
    seen = 0
    for step in WAY[:10]:
        given = data(step, seen)
        days = sorted(
            each for each in given.values() if re.fullmatch(r"\d{4}-\d\d-\d\d", str(each))
        )
        today = given.get("opened_on") or given.get("issued_on") or (days or ["2026-12-01"])[-1]
        settings.CONFIG = replace(settings.CONFIG, rehearsal_day=dt.date.fromisoformat(today))
        client = clients[WHOSE.get(step, Role.PLANNER)]
        address = f"/procedure/{plan.pk}/step/{step}/"
        form = client.get(address)
        assert form.status_code == 200
        assert f'name="seen" value="{seen}"' in form.content.decode()
        answer = client.post(address, given)
        assert answer.status_code == 302, (step, re.findall(r"<li>.*", answer.content.decode()))
        seen = bureau.journal().notes(plan.subject)[-1].seq
    plan.refresh_from_db()
    assert plan.stage == Stage.TO_AMEND


def test_a_refusal_is_told_on_the_form_and_keeps_what_was_filled_in(plan, signed_in):
    answer = signed_in(Role.PLANNER).post(
        f"/procedure/{plan.pk}/step/open_consultation/", data("open_consultation", through=5)
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "不少于 30 天" in page
    assert "规划征求意见" in page
    assert bureau.journal().notes(plan.subject) == []


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("step", ["open_consultation", "fair_review", "issue"])
def test_a_step_opens_for_its_office_alone(plan, signed_in, role, step):
    answer = signed_in(role).get(f"/procedure/{plan.pk}/step/{step}/")
    allowed = role is WHOSE.get(step, Role.PLANNER)
    assert answer.status_code == (200 if allowed else 403)
    posted = signed_in(role).post(f"/procedure/{plan.pk}/step/{step}/", data(step))
    # drafting: only the consultation can be opened, and its first day has passed
    assert posted.status_code == (422 if allowed else 403)


def test_there_is_no_form_for_what_the_system_does(plan, signed_in):
    for step in ("supersede", "begin_amendment", "paint"):
        assert signed_in(Role.LEADER).get(f"/procedure/{plan.pk}/step/{step}/").status_code == 404
    assert signed_in(Role.PLANNER).get(f"/procedure/{plan.pk + 99}/").status_code == 404


# ---- papers


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
    from dingdian.web.procedure.papers import kind_of

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


# ---- comments


def comment(n, **more):
    return {
        "public_id": f"00000000-0000-4000-8000-{n:012d}", "kind": "expert", "name": "张三丰",
        "contact": "13812345678", "text": f"=1+{n} 建议",
        "received_at": "2026-02-10T09:00:00+08:00", **more,
    }  # fmt: skip


@pytest.mark.clause("DX-16")
def test_comments_are_received_once_each(plan, user, walk):
    from dingdian.web.procedure.receiving import receive

    walk("close_consultation")
    public_id = plan.consultations.get().public_id
    assert receive(public_id, [comment(1), comment(2)]) == 2
    assert receive(public_id, [comment(2), comment(3), comment(3)]) == 1
    assert receive(plan.pk, [comment(3)]) == 0
    assert plan.consultations.get().comments.count() == 3
    assert kinds(receive, "nothing", [comment(4)]) == ["consultation_unknown"]


@pytest.mark.parametrize("sign", ["\uffff", "\ufffe", "\x0b"])
def test_signs_that_no_document_holds_stop_at_the_door(plan, walk, signed_in, sign):
    from dingdian.reports.adoption import Adoption, AdoptionRow, adoption_docx
    from dingdian.web.procedure.forms import AnswerForm
    from dingdian.web.procedure.receiving import receive
    from dingdian.web.public.forms import CommentForm

    given = {"kind": "expert", "text": f"建议{sign}多设网点", "once": str(uuid.uuid4())}
    assert "text" in CommentForm(given).errors
    assert "name" in CommentForm({**given, "name": f"张{sign}三"}).errors
    assert "answer" in AnswerForm({"outcome": "adopted", "answer": f"好{sign}的"}).errors
    walk("close_consultation")
    receive(plan.pk, [comment(1, text=given["text"])])
    assert plan.consultations.get().comments.get().text == "建议多设网点"
    counts = dict.fromkeys(("received", "adopted", "partly", "not_adopted", "open"), 1)
    row = AdoptionRow("专家", given["text"], "采纳", f"好{sign}")
    assert adoption_docx(Adoption(f"题{sign}", "", [row], counts), "zh")


@pytest.mark.clause("DX-16")
def test_comments_of_a_consultation_begun_anew_are_answered_before_the_issue(
    plan, user, walk, folder, signed_in
):
    from dingdian.web.procedure.dossiers import tally_of_plan
    from dingdian.web.procedure.receiving import receive

    walk("close_consultation")
    old = plan.consultations.get()
    receive(old.public_id, [comment(1)])
    add_version(plan, folder)
    day = BEGUN + dt.timedelta(5)
    take(plan, user, "change_version", BEGUN, version="2", substantial="yes", day=day)
    assert tally_of_plan(plan).open == 1
    first = old.comments.get()
    page = signed_in(Role.PLANNER).get(f"/procedure/{plan.pk}/comments/{first.pk}/")
    assert 'name="outcome"' in page.content.decode()
    again = BEGUN + dt.timedelta(10)
    take(plan, user, "open_consultation", again, version="2")
    live = plan.consultations.exclude(pk=old.pk).get()
    assert receive(old.public_id, [comment(2)]) == 1
    assert (old.comments.count(), live.comments.count()) == (0, 2)
    take(plan, user, "close_consultation", again)
    assert kinds(take, plan, user, "answer_comments", again) == ["comments_unanswered"]
    page = signed_in(Role.PLANNER).get(f"/procedure/{plan.pk}/comments/{first.pk}/")
    assert 'name="outcome"' in page.content.decode()


@pytest.mark.clause("DX-38")
def test_no_plan_is_superseded_without_a_review_that_asks_for_it(plan, user, walk, folder):
    fresh = make_plan(folder, title="另一份", amends=plan)
    walk("begin_amendment")
    for step in WAY[:6]:
        take(fresh, user, step, BEGUN)
    assert kinds(take, fresh, user, "issue", BEGUN) == ["amended_by_another"]
    plan.refresh_from_db()
    fresh.refresh_from_db()
    assert (plan.stage, fresh.stage) == (Stage.TO_AMEND, Stage.DELIBERATED)


def test_papers_of_reviews_stay_with_those_who_act(plan, user, walk, signed_in):
    from dingdian.web.procedure.papers import keep

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


@pytest.mark.clause("DX-34")
@pytest.mark.parametrize("reviewed", [False, True])
def test_a_work_plan_may_be_reviewed_and_need_not(plan, user, signed_in, reviewed):
    from dingdian.web.procedure.waiting import tasks

    work = plan
    work.kind = "work_plan"
    work.save()
    take(work, user, "take_submissions", BEGUN, version="1", missing="试", day=BEGUN)
    assert tasks(user(Role.LEGAL)) == []
    for step in ("fair_review", "legal_review") if reviewed else ():
        assert signed_in(Role.LEGAL).get(f"/procedure/{work.pk}/step/{step}/").status_code == 200
        take(work, user, step, BEGUN)
    for step in ("deliberate", "issue"):
        take(work, user, step, BEGUN)
    assert work.stage == Stage.ISSUED
    page = signed_in(Role.PLANNER).get(f"/procedure/{work.pk}/").content.decode()
    assert ("公平竞争审查" in page) is reviewed


@pytest.mark.clause("DX-16")
def test_a_plan_waits_for_every_answer(plan, user, walk, signed_in):
    from dingdian.web.procedure.receiving import receive
    from dingdian.web.procedure.waiting import tasks

    walk("close_consultation")
    receive(plan.pk, [comment(1), comment(2)])
    take(plan, user, "close_consultation", BEGUN)
    assert kinds(take, plan, user, "answer_comments", BEGUN) == ["comments_unanswered"]
    assert any("答复 2 条意见" in title for title, *_ in tasks(user(Role.PLANNER)))
    client = signed_in(Role.PLANNER)
    for each in plan.consultations.get().comments.all():
        answer = client.post(
            f"/procedure/{plan.pk}/comments/{each.pk}/", {"outcome": "partly", "answer": "部分吸收"}
        )
        assert answer.status_code == 302
    done = take(plan, user, "answer_comments", BEGUN)
    assert (done.note.facts["received"], done.note.facts["partly"]) == ("2", "2")
    assert client.post(
        f"/procedure/{plan.pk}/comments/{each.pk}/", {"outcome": "adopted", "answer": "改"}
    ).status_code == 403  # fmt: skip


@pytest.mark.clause("DX-16")
def test_one_that_comes_late_still_stops_the_issue(plan, user, walk, signed_in):
    from dingdian.web.procedure.receiving import receive

    walk("issue")
    receive(plan.pk, [comment(1)])
    assert kinds(take, plan, user, "issue", BEGUN) == ["comments_unanswered"]
    found = plan.consultations.get().comments.get()
    signed_in(Role.PLANNER).post(
        f"/procedure/{plan.pk}/comments/{found.pk}/", {"outcome": "not_adopted", "answer": "已有"}
    )
    take(plan, user, "issue", BEGUN)


def test_persons_are_masked_and_their_contact_is_blanked(plan, walk, signed_in):
    from dingdian.web.persons import blank_old
    from dingdian.web.procedure.receiving import receive

    walk("close_consultation")
    receive(plan.pk, [comment(1)])
    found = plan.consultations.get().comments.get()
    for role in (Role.PLANNER, Role.CLERK, Role.COUNTY, Role.LEGAL):
        pages = ("",) if role is Role.PLANNER else ("", f"{found.pk}/")
        for page in pages:
            text = signed_in(role).get(f"/procedure/{plan.pk}/comments/{page}").content.decode()
            assert "张**" in text
            assert "张三丰" not in text
            assert "13812345678" not in text
    assert bureau.journal().notes(f"comment:{found.pk}") == []
    page = signed_in(Role.PLANNER).get(f"/procedure/{plan.pk}/comments/{found.pk}/")
    assert "张三丰" in page.content.decode()
    assert "13812345678" in page.content.decode()
    (look,) = bureau.journal().notes(f"comment:{found.pk}")
    assert (look.act, look.by) == ("comment.look", "planner")
    now = found.received_at
    assert blank_old(now + dt.timedelta(729), 730).get("comment_contacts") == 0
    assert blank_old(now + dt.timedelta(731), 730).get("comment_contacts") == 1
    found.refresh_from_db()
    assert (found.contact, found.name) == ("", "")


def test_a_clerk_enters_letters_and_nobody_else_beside_the_planner(plan, walk, signed_in, settings):
    from dataclasses import replace

    walk("close_consultation")
    settings.CONFIG = replace(settings.CONFIG, rehearsal_day=BEGUN + dt.timedelta(10))
    given = {
        "kind": "insured",
        "name": "李四",
        "contact": "",
        "text": "来信",
        "received_on": "2026-02-05",
    }
    address = f"/procedure/{plan.pk}/comments/enter/"
    for role in Role:
        answer = signed_in(role).post(address, given)
        assert answer.status_code == (302 if role in (Role.CLERK, Role.PLANNER) else 403), role
    early = {**given, "received_on": "2026-01-31"}
    assert signed_in(Role.CLERK).post(address, early).status_code == 200
    found = plan.consultations.get().comments.all()
    assert {each.entered_by for each in found} == {"clerk", "planner"}


@pytest.mark.clause("DX-16")
def test_the_table_of_adoption_names_nobody_and_runs_nothing(plan, walk, signed_in):
    import docx
    import openpyxl

    from dingdian.web.procedure.receiving import receive

    walk("close_consultation")
    receive(plan.pk, [comment(1), comment(2, text="a\x0bb 建议", kind="institution")])
    client = signed_in(Role.LEADER)
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(f"/procedure/{plan.pk}/adoption.xlsx").content)
    )
    cells = [cell for row in book.active.iter_rows(min_row=5) for cell in row]
    assert [each.value for each in cells if each.column == 3][:1] == ["=1+1 建议"]
    assert {each.data_type for each in cells} <= {"s", "n"}
    paper = docx.Document(io.BytesIO(client.get(f"/procedure/{plan.pk}/adoption.docx").content))
    text = "".join(cell.text for row in paper.tables[0].rows for cell in row.cells)
    assert "医药机构" in text
    assert "张三丰" not in text + "".join(str(each.value) for each in cells)


@pytest.mark.parametrize("n", [1, 30, 300])
def test_the_list_asks_as_much_whatever_its_length(
    plan, walk, signed_in, n, django_assert_max_num_queries
):
    from dingdian.web.procedure.receiving import receive

    walk("close_consultation")
    receive(plan.pk, [comment(each) for each in range(n)])
    client = signed_in(Role.PLANNER)
    client.get(f"/procedure/{plan.pk}/comments/")
    with django_assert_max_num_queries(13):
        answer = client.get(f"/procedure/{plan.pk}/comments/?kind=expert&outcome=open")
    assert answer.content.decode().count("建议") == min(n, 50)


# ---- tasks and outcomes


def test_tasks_go_to_whom_they_are_for_with_their_day(plan, user, walk, settings):
    from dataclasses import replace

    from dingdian.web.procedure.waiting import tasks

    def waiting(role):
        return [(title.partition(" · ")[2], due) for title, _, due in tasks(user(role))]

    assert waiting(Role.PLANNER) == [("公开征求意见", None)]
    assert waiting(Role.LEADER) == waiting(Role.COUNTY) == []
    walk("fair_review")
    assert waiting(Role.LEGAL) == [("公平竞争审查", None)]
    assert waiting(Role.PLANNER) == []
    for step in ("fair_review", "legal_review", "deliberate", "issue"):
        take(plan, user, step, BEGUN)
    issued = BEGUN + dt.timedelta(35)
    assert waiting(Role.PLANNER) == [("备案", issued + dt.timedelta(15))]
    take(plan, user, "file", BEGUN)
    settings.CONFIG = replace(settings.CONFIG, rehearsal_day=dt.date(2028, 3, 8))
    assert waiting(Role.PLANNER) == []
    settings.CONFIG = replace(settings.CONFIG, rehearsal_day=dt.date(2028, 3, 9))
    assert waiting(Role.PLANNER) == [("开展评估", dt.date(2028, 3, 9))]


@pytest.mark.parametrize("n", [1, 10])
def test_tasks_of_many_plans_ask_as_much(plan, user, folder, n, django_assert_max_num_queries):
    from dingdian.web.procedure.waiting import tasks

    for _ in range(n - 1):
        make_plan(folder)
    planner = user(Role.PLANNER)
    with django_assert_max_num_queries(16 if n > 1 else 7):
        assert len(tasks(planner)) == n


@pytest.mark.clause("DX-38")
def test_an_issued_plan_is_held_against_what_came_since(plan, user, walk, signed_in, folder):
    from dingdian.web.procedure.outcome_views import tables

    walk("open_review")
    fresh = add_version(plan, folder, made=clock.today())
    found = tables(plan.issued_version, fresh, (BEGUN, BEGUN + dt.timedelta(300)))
    record = plan.issued_version.record()
    assert len(found["places"]) == len(record.quotas)
    given = [each for each in found["places"] if each["target"] is not None]
    assert given
    assert all(each["difference"] == each["actual"] - each["target"] for each in given)
    beds = next(each for each in found["measures"] if each["target"] == Fraction(677, 100))
    assert beds["then"] == beds["now"]
    assert beds["difference"] == beds["now"] - beds["target"]
    page = signed_in(Role.LEADER).get(f"/procedure/{plan.pk}/outcomes/?now={fresh.pk}")
    assert page.status_code == 200


@pytest.mark.clause("DX-34")
def test_a_work_plan_takes_up_what_the_counties_ask_for(plan, user, folder):
    from dingdian.web.ledger.models import Region
    from dingdian.web.plans.models import Submission, SubmissionState

    Region.objects.all().delete()
    for n, code in enumerate(("232761", "232762")):
        Region.objects.create(code=code, name=code, level="county", district=code, position=n)
    work = make_plan(folder, kind="work_plan", title="2026年度工作计划")
    assert kinds(take, work, user, "open_consultation", BEGUN) == ["step_not_possible"]
    submission = {"year": 2026, "resource": "pharmacies", "asked": 1, "at": clock.now()}
    handed = SubmissionState.SUBMITTED
    Submission.objects.create(region="232761", state=handed, **submission)
    assert kinds(take, work, user, "take_submissions", BEGUN) == ["submissions_missing"]
    Submission.objects.create(region="232762", state=handed, **submission)
    for step in ("take_submissions", "deliberate", "issue", "file"):
        take(work, user, step, BEGUN)
    assert work.stage == Stage.FILED
