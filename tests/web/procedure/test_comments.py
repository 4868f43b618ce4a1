"""Comments: taken in, answered, masked, listed."""

import datetime as dt
import io
import uuid

import pytest

from dingdian.web import bureau
from dingdian.web.rights import Role
from tests.web.procedures import BEGUN, add_version, comment, kinds, take


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
    with django_assert_max_num_queries(15):
        answer = client.get(f"/procedure/{plan.pk}/comments/?kind=expert&outcome=open")
    assert answer.content.decode().count("建议") == min(n, 50)
