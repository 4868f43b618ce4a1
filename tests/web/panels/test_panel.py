"""A panel led by a clerk: drawn once, somebody keeps away, sheets from paper, the result.

令2 art. 9 (O2-09), 令3 art. 8 (O3-08).
"""

import datetime as dt
import hashlib

import pytest
from django.db import connection

from dingdian.core.panel.retracing import differences
from dingdian.core.panel.state import subject_of
from dingdian.storage.db.models import Note
from dingdian.web import bureau
from dingdian.web.panels.models import Expert, Panel, Person, Relation
from dingdian.web.rights import Role
from tests.web import panelling
from tests.web.conftest import DISTRICT, ELSEWHERE
from tests.web.panelling import DRAW, SEED, drawn, enter_all, link, make_experts, sheet, state_of
from tests.web.rounds.conftest import a_clerk


def test_a_case_in_evaluation_without_a_panel_is_offered_and_drawn(clerk, case):
    make_experts()
    page = clerk.get("/panels/").content.decode()
    assert f"/panels/of/{case}/draw" in page
    assert "张三" not in clerk.get(f"/panels/of/{case}/draw").content.decode()
    panel = drawn(clerk, case)
    assert (panel.key, panel.stage, panel.district) == (case, "scoring", DISTRICT)
    assert panel.seats.count() == 5
    assert {e.expert.field for e in panel.seats.all()} == set(panelling.FIELDS)
    assert f"/panels/of/{case}/draw" not in clerk.get("/panels/").content.decode()


def test_the_lot_is_told_with_the_place_of_everybody_and_what_bars_them(clerk, case):
    uscc = "91232700MA00000001"
    make_experts(3, MED_0={"employer": uscc}, FIN_0={"employer": None}, INF_0={"name": "张三"})
    panel = drawn(clerk, case)
    page = clerk.get(f"/panels/{panel.pk}").content.decode()
    assert {"MED-0", "FIN-0", "INF-0"}.isdisjoint(state_of(panel).members)
    assert "工作单位不明" in page
    assert f"在申请机构任职、执业或领取报酬：{uscc}" in page
    assert "同名" in page
    for each in state_of(panel).lots:
        number = hashlib.sha256(f"{SEED}\n{case}\n{each.expert}".encode()).hexdigest()
        assert number in page


def test_names_of_people_stay_out_of_the_journal(clerk, panel):
    assert Person.objects.filter(case=panel.case).values_list("name", flat=True)[0] == "张三"
    text = "".join(Note.objects.filter(subject=f"panel:{panel.key}").values_list("body", flat=True))
    assert SEED in text
    assert "张三" not in text
    assert "专家MED" not in text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"seed": ""}, "id_seed_error"),
        ({"source": ""}, "id_source_error"),
        ({"published_on": ""}, "id_published_on_error"),
        ({"published_on": "2099-01-01"}, "晚于抽取日期"),
        ({"legal_person_name": ""}, "id_legal_person_name_error"),
        ({"head_number": "123"}, "id_head_name_error"),
    ],
)
def test_a_draw_that_lacks_something_is_refused_and_nothing_is_kept(clerk, case, changed, said):
    make_experts()
    answer = clerk.post(f"/panels/of/{case}/draw", DRAW | changed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Panel.objects.exists()
    assert not Person.objects.exists()


def test_too_few_experts_of_a_field_are_told(clerk, case):
    make_experts(1)
    answer = clerk.post(f"/panels/of/{case}/draw", DRAW)
    assert answer.status_code == 422
    assert "全部专业：需要 5 人，可以抽取的只有 4 人" in answer.content.decode()


def test_a_case_is_drawn_once(clerk, panel):
    again = clerk.post(f"/panels/of/{panel.case}/draw", DRAW | {"seed": "another"})
    assert again["Location"] == f"/panels/{panel.pk}"
    assert state_of(panel).seed == SEED
    assert Note.objects.filter(act="panel.draw").count() == 1


def test_a_case_that_is_not_in_evaluation_is_not_drawn_for(clerk):
    from dingdian.web.ledger.models import Institution

    make_experts()
    other = Institution.objects.filter(district=DISTRICT).exclude(case="").first().case
    assert clerk.get(f"/panels/of/{other}/draw").status_code == 404
    assert clerk.post(f"/panels/of/{other}/draw", DRAW).status_code == 404


def test_who_keeps_away_is_followed_by_the_next_of_the_lot(clerk, panel):
    before = state_of(panel)
    away = before.members[0]
    field = before.seats[0].field
    given = {"expert": away, "ground": "interest", "reason": "曾为其顾问", "seen": before.last}
    answer = clerk.post(f"/panels/{panel.pk}/recuse", given | {"keep": "on"})
    assert answer.status_code == 302
    after = state_of(panel)
    assert away not in after.members
    seat = after.seats[-1]
    assert (seat.instead_of, seat.field) == (away, field)
    page = clerk.get(f"/panels/{panel.pk}").content.decode()
    assert "曾为其顾问" in page
    assert panel.seats.get(expert__code=away).recused_on is not None
    kept = Relation.objects.get()
    assert (kept.expert.code, kept.ground) == (away, "interest")
    assert kept.institution == "91232700MA00000001"


def test_a_free_seat_waits_for_the_register_and_holds_up_the_conclusion(clerk, case, user):
    make_experts()
    panel = drawn(clerk, case)
    for _ in range(2):
        state = state_of(panel)
        away = next(e.expert for e in state.seats if not e.recused and e.field == "finance")
        given = {"expert": away, "ground": "other_doubt", "reason": "出国", "seen": state.last}
        assert clerk.post(f"/panels/{panel.pk}/recuse", given).status_code == 302
        if Panel.objects.get().stage == "short":
            break
    assert Panel.objects.get().stage == "short"
    assert user(Role.CLERK).inbox.filter(kind="panel_short").count() == 1
    seen = {"seen": state_of(panel).last}
    page = clerk.post(f"/panels/{panel.pk}/redraw", seen, follow=True).content.decode()
    assert "可以抽取的只有 0 人" in page
    said = {"name": "新人", "field": "finance", "employer": "", "since": "2026-01-01"}
    Expert.objects.create(code="NEW-1", **said)
    assert clerk.post(f"/panels/{panel.pk}/redraw", seen).status_code == 302
    assert "NEW-1" in state_of(panel).members
    assert "抽取之后入库" in clerk.get(f"/panels/{panel.pk}").content.decode()


def conclude(client, panel, **other):
    from dingdian.web.panels.advancing import moment

    said = {"seen": state_of(panel).last, "concluded_on": moment().date().isoformat()}
    return client.post(f"/panels/{panel.pk}/conclude", said | other)


def test_sheets_are_hidden_until_the_result_and_shown_with_it(clerk, panel, user):
    members = state_of(panel).members
    first = f"/panels/{panel.pk}/sheet/{members[0]}"
    answer = clerk.post(first, sheet(panel, code=members[0], opinion="设备齐全"))
    assert answer.status_code == 302
    page = clerk.get(f"/panels/{panel.pk}").content.decode()
    assert "设备齐全" not in page
    refused = conclude(clerk, panel)
    assert refused.status_code == 422
    assert "还没有填评分表" in refused.content.decode()
    enter_all(clerk, panel, but=members[:1], share=0.5)
    assert user(Role.CLERK).inbox.filter(kind="panel_scored").count() == 1
    assert conclude(clerk, panel).status_code == 302
    page = clerk.get(f"/panels/{panel.pk}").content.decode()
    assert "设备齐全" in page
    state = state_of(panel)
    assert state.result.merit == 60  # (100 + 4 × 50) / 5
    assert '<b class="big">60</b>' in page
    for address in ("recuse", "conclude", f"sheet/{members[0]}"):
        assert clerk.get(f"/panels/{panel.pk}/{address}").status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"item-supply": "31"}, "高于满分"),
        ({"item-supply": "many"}, "不是数"),
        ({"item-supply": "-1"}, "不是数"),
        ({"item-drug_labels": "no"}, "写明不合格的事实和理由"),
        ({"evaluated_on": "2020-01-01"}, "不在抽取之日"),
        ({"item-drug_labels": "maybe"}, "id_item-drug_labels_error"),
    ],
)
def test_a_sheet_that_is_wrong_is_refused_beside_its_item(clerk, panel, changed, said):
    code = state_of(panel).members[0]
    answer = clerk.post(f"/panels/{panel.pk}/sheet/{code}", sheet(panel, code=code) | changed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert state_of(panel).sheets == {}


def test_the_office_enters_no_sheet_of_an_expert_with_a_user(clerk, panel):
    code = link(panel)
    assert clerk.get(f"/panels/{panel.pk}/sheet/{code}").status_code == 404
    given = sheet(panel, code=code)
    assert clerk.post(f"/panels/{panel.pk}/sheet/{code}", given).status_code == 404
    assert clerk.get(f"/panels/{panel.pk}/sheet/nobody").status_code == 404


def test_who_saw_an_older_state_is_told_so(clerk, panel):
    seen = state_of(panel).last
    enter_all(clerk, panel)
    answer = conclude(clerk, panel, seen=seen)
    assert answer.status_code == 422
    assert "打开页面之后" in answer.content.decode()


def test_draw_and_result_are_made_again_from_the_notes(clerk, panel):
    enter_all(clerk, panel)
    conclude(clerk, panel)
    assert list(differences(bureau.journal().notes(subject_of(panel.key)))) == []
    page = clerk.get(f"/panels/{panel.pk}/retrace").content.decode()
    assert "抽取的专家相同" in page
    assert "sha256sum" in page


def test_a_case_that_leaves_its_evaluation_closes_the_panel_and_returning_opens_it(
    clerk, panel, user
):
    code = link(panel)
    case, said = panel.case, {"held_on": "2026-03-10", "reason": "不办了", "seen": ""}
    assert clerk.post(f"/cases/of/{case}/withdraw/record", said).status_code == 302
    panel.refresh_from_db()
    assert (panel.stage, panel.concluded_on) == ("closed", None)
    for role in (Role.CLERK, Role.EVALUATOR):
        (told,) = user(role).inbox.filter(kind="panel_closed")
        assert told.facts == {"name": panel.name, "move": "withdraw"}
    entry = list(bureau.desk().ledger.entries(case))[-1]
    note = bureau.journal().notes(subject_of(panel.key))[-1]
    assert (note.act, note.facts) == ("panel.close", {"move": "withdraw", "entry": str(entry.seq)})
    assert "撤回" in clerk.get(f"/panels/{panel.pk}").content.decode()
    assert clerk.get(f"/panels/{panel.pk}/conclude").status_code == 404
    assert code in state_of(panel).members
    assert list(differences(bureau.journal().notes(subject_of(panel.key)))) == []
    said = {"held_on": "2026-03-10", "reason": "误登", "entry": entry.seq, "seen": ""}
    asked = clerk.post(f"/cases/of/{case}/annul/record", said)
    second = a_clerk("second", DISTRICT)
    assert second.post(f"{asked['Location']}/decide", {"decision": "confirm"}).status_code == 302
    panel.refresh_from_db()
    assert panel.stage == "scoring"
    assert user(Role.CLERK).inbox.filter(kind="panel_reopened").count() == 1
    enter_all(clerk, panel, but=[code])


def test_experts_who_left_and_people_of_old_draws_are_blanked_and_the_lot_holds(clerk, panel):
    from dingdian.web import clock, persons

    enter_all(clerk, panel)
    now = clock.now()
    last = now.date() - dt.timedelta(31)
    Expert.objects.filter(code="MED-0").update(through=last, id_number="210102")
    Panel.objects.update(drawn_on=last)
    assert persons.blank_old(now, 30)["panel_people"] == 0  # the panel works still
    conclude(clerk, panel)
    Panel.objects.update(drawn_on=last)
    made = persons.blank_old(now, 30)
    assert (made["panel_experts"], made["panel_people"]) == (1, 1)
    gone = Expert.objects.get(code="MED-0")
    assert (gone.name, gone.id_number, gone.employer) == ("", "", None)
    assert Expert.objects.exclude(name="").count() == 7
    assert not Person.objects.exists()
    page = clerk.get(f"/panels/{panel.pk}/retrace").content.decode()
    assert "抽取的专家相同" in page
    assert clerk.get(f"/panels/{panel.pk}").status_code == 200
    assert clerk.get("/panels/experts").status_code == 200
    assert persons.blank_old(now, 30)["panel_experts"] == 0


def test_a_note_that_was_tampered_with_is_told(clerk, panel):
    row = Note.objects.get(act="panel.draw")
    members = ";".join(state_of(panel).members)
    other = ";".join([*state_of(panel).members[1:], state_of(panel).lots[-1].expert])
    with connection.cursor() as cursor:
        said = [row.body.replace(members, other), row.seq]
        cursor.execute("UPDATE ledger_note SET body = %s WHERE seq = %s", said)
    page = clerk.get(f"/panels/{panel.pk}/retrace").content.decode()
    assert "与按种子重算的不同" in page


def test_the_supervisor_sees_and_changes_nothing(signed_in, panel):
    supervisor = signed_in(Role.SUPERVISOR)
    assert supervisor.get(f"/panels/{panel.pk}").status_code == 200
    assert supervisor.get(f"/panels/{panel.pk}/retrace").status_code == 200
    for address in ("recuse", "conclude", "redraw"):
        assert supervisor.post(f"/panels/{panel.pk}/{address}").status_code == 403


def test_another_district_is_not_found(clerk):
    make_experts()
    case = panelling.evaluating(district=ELSEWHERE)
    assert clerk.post(f"/panels/of/{case}/draw", DRAW).status_code == 404
    assert case not in clerk.get("/panels/").content.decode()
