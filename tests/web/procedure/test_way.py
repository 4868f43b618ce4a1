"""The way of a plan: steps in their order, and what waits for whom."""

import datetime as dt

import pytest

from dingdian.core.dossier.stages import Stage
from dingdian.core.journal import journal_mark
from dingdian.core.lifecycle import chain
from dingdian.web import bureau, clock
from dingdian.web.rights import Role
from tests.dossiers import WAY
from tests.web.procedures import BEGUN, add_version, kinds, make_plan, take


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
