"""The pages of a dossier, and the forms of its steps."""

import datetime as dt
import re

import pytest

from dingdian.core.dossier.stages import Stage
from dingdian.web import bureau
from dingdian.web.rights import Role
from tests.dossiers import WAY
from tests.web.procedures import BEGUN, WHOSE, data, make_plan, take


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


def test_who_decides_is_told_of_marks_and_of_a_plan_issued_before(plan, walk, signed_in, folder):
    walk("issue")
    address = f"/procedure/{plan.pk}/step/issue/"
    client = signed_in(Role.LEADER)
    before = client.get(address).content.decode()
    assert "不得作为决定的依据" not in before
    assert "已印发" not in before
    plan.versions.update(marks=["simulation"])
    other = make_plan(folder, title="另一份规划")
    other.issued_version = other.versions.get()
    other.save()
    after = client.get(address).content.decode()
    assert "测算" in after
    assert "不得作为决定的依据" in after
    assert "同类同年度的规划已印发：另一份规划" in after


def test_a_consultation_shows_something_to_comment_on(plan, signed_in):
    client = signed_in(Role.PLANNER)
    address = f"/procedure/{plan.pk}/step/open_consultation/"
    assert "规划文本（公文）（docx），第 1 版" in client.get(address).content.decode()
    answer = client.post(address, data("open_consultation") | {"documents": []})
    assert answer.status_code == 422
    assert "请选择公开征求意见的文稿" in answer.content.decode()
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


@pytest.mark.parametrize(
    ("step", "words"), [("open_consultation", "不少于30日"), ("file", "15日内")]
)
def test_a_step_says_its_limit_and_the_reading_that_it_comes_from(
    plan, signed_in, walk, step, words
):
    walk(step)
    page = signed_in(Role.PLANNER).get(f"/procedure/{plan.pk}/step/{step}/").content.decode()
    assert words in page
    assert "/policy/readings/" in page


def test_where_the_shelf_sets_no_limit_the_step_says_so(plan):
    from types import SimpleNamespace

    from dingdian.web.procedure.describing import limit

    nothing = SimpleNamespace(readings={})
    assert limit("file", nothing)[1] == ""
    assert "未设" in limit("file", nothing)[0]
    assert limit("issue", nothing) == ("", "")


def test_the_drafts_that_the_public_reads_are_linked(plan, user, signed_in):
    take(plan, user, "open_consultation", BEGUN, documents=("papers/resource_plan.docx",))
    page = signed_in(Role.PLANNER).get(f"/procedure/{plan.pk}/").content.decode()
    done = page.partition("办理记录")[2]
    address = re.search(r'<a href="([^"]+)">papers/resource_plan.docx</a>', done).group(1)
    assert signed_in(Role.PLANNER).get(address).getvalue().startswith(b"PK draft")


def rows_of(page):
    """The rows of the way: status and name of each step."""
    return re.findall(r'<tr class="(\w+)">.*?<th scope="row">([^<]+)', page, re.DOTALL)


def test_a_work_plan_without_a_consultation_says_that_none_was_required(
    folder, plan, user, signed_in
):
    work = make_plan(folder, kind="work_plan", title="2026年度工作计划")
    where = f"/procedure/{work.pk}/"
    take(work, user, "take_submissions", BEGUN, missing="尚未申报")
    page = signed_in(Role.PLANNER).get(where).content.decode()
    assert {name.strip(): status for status, name in rows_of(page)}["公开征求意见"] == "next"
    take(work, user, "deliberate", BEGUN)
    page = signed_in(Role.PLANNER).get(where).content.decode()
    after = {name.strip(): status for status, name in rows_of(page)}
    assert [after[name] for name in ("公开征求意见", "结束征求意见", "意见处理完毕")] == [
        "left"
    ] * 3
    assert (after["集体审议"], after["印发"], after["备案"]) == ("done", "next", "later")
    assert "不要求" in page
