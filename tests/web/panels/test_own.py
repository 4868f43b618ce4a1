"""An evaluator's own pages: only the cases drawn for them, their sheet, stepping back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dingdian.web.cases.models import Paper
from dingdian.web.panels.models import Expert, Panel, Relation
from dingdian.web.rights import Role
from tests.web import panelling
from tests.web.cases.conftest import entries, record
from tests.web.panelling import drawn, enter_all, link, make_experts, sheet, state_of
from tests.web.panels.test_panel import conclude
from tests.web.procedures import PDF


@pytest.fixture
def evaluator(signed_in):
    return signed_in(Role.EVALUATOR)


@pytest.fixture
def code(panel):
    """The code under which the evaluator sits in the panel."""
    return link(panel)


def test_who_is_drawn_is_told_and_finds_the_case_with_its_days(clerk, case, evaluator, user):
    make_experts(1, HEA_0={"user": user(Role.EVALUATOR)})
    make_experts(1, prefix="B")
    Expert.objects.filter(code="BHEA-0").delete()  # the only one of the field is always drawn
    assert "目前没有需要您评估的申请" in evaluator.get("/evaluations/").content.decode()
    panel = drawn(clerk, case)
    assert "HEA-0" in state_of(panel).members
    told = user(Role.EVALUATOR).inbox.get()
    assert (told.kind, told.address) == ("panel_drawn", f"/evaluations/{panel.pk}")
    assert "您被抽取为评估专家" in evaluator.get("/inbox/").content.decode()
    page = evaluator.get("/evaluations/").content.decode()
    assert panel.name in page
    assert "2026年6月" in page  # three months after the acceptance in March
    tasks = evaluator.get("/tasks").content.decode()
    assert f"/evaluations/{panel.pk}" in tasks


def test_a_sheet_is_filled_in_bit_by_bit_and_others_do_not_stand_in_the_way(
    clerk, panel, code, evaluator
):
    address = f"/evaluations/{panel.pk}"
    early = sheet(panel, code=code)
    other = next(each for each in state_of(panel).members if each != code)
    clerk.post(f"/panels/{panel.pk}/sheet/{other}", sheet(panel, code=other, opinion="别人的意见"))
    part = early | {"item-supply": "", "item-drug_labels": ""}
    assert evaluator.post(address, part).status_code == 302
    page = evaluator.get(address).content.decode()
    assert "还有 2 项没有填" in page
    assert "别人的意见" not in page
    assert evaluator.post(address, part).status_code == 422  # their own sheet was kept meanwhile
    whole = sheet(panel, code=code, opinion="齐全")
    assert evaluator.post(address, whole).status_code == 302
    assert state_of(panel).sheets[code].total == 100
    assert Panel.objects.get().seats.get(expert__code=code).complete


def test_all_sheets_are_shown_once_the_panel_has_concluded(clerk, panel, code, evaluator):
    address = f"/evaluations/{panel.pk}"
    evaluator.post(address, sheet(panel, code=code))
    for each in state_of(panel).members:
        if each != code:
            given = sheet(panel, code=each, opinion=f"意见{each}")
            clerk.post(f"/panels/{panel.pk}/sheet/{each}", given)
    assert "意见" + state_of(panel).members[-1] not in evaluator.get(address).content.decode()
    assert conclude(clerk, panel).status_code == 302
    page = evaluator.get(address).content.decode()
    others = [each for each in state_of(panel).members if each != code]
    assert all(f"意见{each}" in page for each in others)
    assert not any(each.name in page for each in Expert.objects.filter(code__in=others))
    assert evaluator.post(address, sheet(panel, code=code)).status_code == 404
    assert evaluator.get(f"{address}/step-back").status_code == 404


def test_who_turns_out_to_be_related_is_refused_with_the_reason(panel, code, evaluator):
    Expert.objects.filter(code=code).update(employer=panel.name)
    page = evaluator.get(f"/evaluations/{panel.pk}").content.decode()
    assert f"在申请机构任职、执业或领取报酬：{panel.name}" in page
    assert "item-supply" not in page
    answer = evaluator.post(f"/evaluations/{panel.pk}", sheet(panel, code=code))
    assert answer.status_code == 422
    assert "不能评分" in answer.content.decode()
    assert state_of(panel).sheets == {}


def test_stepping_back_hands_the_seat_on_and_closes_the_case(panel, code, evaluator, user):
    address = f"/evaluations/{panel.pk}"
    given = {"seen": state_of(panel).last, "ground": "relative", "reason": ""}
    assert evaluator.post(f"{address}/step-back", given).status_code == 422
    given["reason"] = "负责人是本人表弟"
    assert evaluator.post(f"{address}/step-back", given).status_code == 302
    state = state_of(panel)
    assert code not in state.members
    assert len(state.members) == 5
    assert state.seats[-1].instead_of == code
    relation = Relation.objects.get()
    assert (relation.expert.code, relation.ground, relation.panel) == (code, "relative", panel.key)
    assert evaluator.get(address).status_code == 404
    assert panel.name not in evaluator.get("/evaluations/").content.decode()
    assert user(Role.CLERK).inbox.filter(kind="panel_left").count() == 1


def test_another_evaluator_finds_neither_case_nor_papers(clerk, panel, code, evaluator):
    address = f"/cases/of/{panel.case}"
    held = {"missing": "平面图", "held_on": "2026-03-03"}
    paper = SimpleUploadedFile("补充通知.pdf", PDF)
    assert record(clerk, address, "await_papers", papers=[paper], **held).status_code == 302
    kept = Paper.objects.get()
    mine = f"/evaluations/{panel.pk}"
    assert f"{mine}/paper/{kept.pk}" in evaluator.get(mine).content.decode()
    answer = evaluator.get(f"{mine}/paper/{kept.pk}")
    assert answer["Content-Disposition"].startswith("attachment")
    list(answer.streaming_content)
    other = Client()
    backend = "django.contrib.auth.backends.ModelBackend"
    other.force_login(panelling.another_evaluator(), backend=backend)
    for each in (mine, f"{mine}/paper/{kept.pk}", f"{mine}/step-back"):
        assert other.get(each).status_code == 404
        assert evaluator.get(each.replace(mine, f"/evaluations/{panel.pk + 1}")).status_code == 404
    assert evaluator.get(address).status_code == 403
    assert evaluator.get(f"/cases/paper/{kept.pk}").status_code == 403


def test_a_deputy_of_an_evaluator_does_not_score(panel, code, user):
    from dingdian.web import clock
    from dingdian.web.accounts.models import Leave

    deputy = panelling.another_evaluator("deputy")
    day = clock.today()
    away = user(Role.EVALUATOR)
    Leave.objects.create(user=away, deputy=deputy, since=day, through=day)
    client = Client()
    client.force_login(deputy, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/evaluations/{panel.pk}").status_code == 404


# -- the evaluation of the case ---------------------------------------------------------------


def test_the_result_stands_in_the_form_of_the_evaluation_and_is_cited(clerk, panel):
    address = f"/cases/of/{panel.case}"
    early = record(clerk, address, "pass_evaluation", held_on="2026-11-30")
    assert early.status_code == 422
    assert "评估小组还没有作出结论" in early.content.decode()
    enter_all(clerk, panel)
    conclude(clerk, panel)
    line = f"（panel:{panel.key}）"
    page = clerk.get(f"{address}/pass_evaluation/record").content.decode()
    assert "经评估专家评估，结论为合格；定性项目均合格；定量得分100分（合格线60分）。" in page
    assert line in page
    other = record(clerk, address, "fail_evaluation", held_on=state_of(panel).concluded_on)
    assert other.status_code == 422
    assert "评估小组的结论是“合格”" in other.content.decode()
    held = state_of(panel).concluded_on.isoformat()
    done = record(clerk, address, "pass_evaluation", held_on=held, documents="")
    assert done.status_code == 302, done.content.decode()
    (cited,) = entries(address)[-1].documents
    assert cited.endswith(line)
    assert f"日志第{state_of(panel).last}号" in cited
    page = clerk.get(address).content.decode()
    assert f"/panels/{panel.pk}" in page
    assert line in page


def test_a_second_evaluation_is_drawn_anew(clerk, panel):
    address = f"/cases/of/{panel.case}"
    enter_all(clerk, panel, share=0.5)
    conclude(clerk, panel)
    held = state_of(panel).concluded_on
    assert state_of(panel).result.shortfall == 10
    page = clerk.get(f"{address}/fail_evaluation/record").content.decode()
    assert "结论为不合格" in page
    assert record(clerk, address, "fail_evaluation", held_on=held.isoformat()).status_code == 302
    from dingdian.web.cases.finding import find
    from dingdian.web.panels.applicants import subject_of

    assert subject_of(find(panel.case)).key == panel.key
    assert clerk.get(f"/panels/of/{panel.case}/draw")["Location"] == f"/panels/{panel.pk}"


@pytest.mark.parametrize("whole", ["yes", "no"])
def test_several_at_once_do_not_get_past_a_panel(clerk, panel, whole):
    other = panelling.evaluating(name="另一药房", uscc="91232700MA00000002", number=2)
    cases = [panel.case, other]
    held = state_of(panel).seats[0].drawn_on.isoformat()
    said = {"held_on": held, "reason": "", "whole": whole, "case": cases}
    answer = clerk.post("/cases/together/record", said | {"move": "pass_evaluation"})
    assert "评估小组还没有作出结论" in answer.content.decode()
    moves = [entries(f"/cases/of/{each}")[-1].move for each in cases]
    assert moves == ["accept", "accept" if whole == "yes" else "pass_evaluation"]
    enter_all(clerk, panel)
    conclude(clerk, panel)
    said["case"] = [panel.case]
    clerk.post("/cases/together/record", said | {"move": "pass_evaluation"})
    (cited,) = entries(f"/cases/of/{panel.case}")[-1].documents
    assert f"panel:{panel.key}" in cited
