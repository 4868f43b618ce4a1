"""An institution appeals against a decision on screen; the office answers, by no set day."""

from dingdian.web.ledger import refreshing
from dingdian.web.ledger.models import Institution
from dingdian.web.rights import Role
from tests.web.conftest import holding
from tests.web.portal.conftest import decide, entries, send


def _assessed(signed_in):
    case = f"/my/cases/{Institution.objects.get(code=holding()).case}"
    decide(signed_in(Role.CLERK), case, "assess", outcome="2025 58 不合格")
    return case, entries(case)[-1].seq


def test_an_appeal_is_sent_waits_for_the_bureau_and_is_answered(established, signed_in):
    case, score = _assessed(signed_in)
    form = established.get(f"{case}/appeal/record").content.decode()
    assert f'value="{score}"' in form
    assert "年度考核" in form
    assert 'name="reason"' not in form  # the demand says why
    given = {"against": score, "demand": "第3项计分有误，请求复核"}
    assert send(established, case, "appeal", **given).status_code == 302
    found = entries(case)[-1]
    assert (found.move, found.role, found.facts["against"]) == ("appeal", "institution", str(score))
    refreshing.refresh()
    supervisor = signed_in(Role.SUPERVISOR)
    assert "答复申诉" in supervisor.get("/tasks").content.decode()
    assert "/appeal/record" not in established.get(case).content.decode()
    decide(signed_in(Role.LEADER), case, "answer_appeal", outcome="复核维持原计分")
    page = established.get(case).content.decode()
    assert "复核维持原计分" in page
    assert "/appeal/record" in page
    refreshing.refresh()
    assert "答复申诉" not in supervisor.get("/tasks").content.decode()


def test_what_is_no_decision_of_the_office_is_not_offered_and_refused(established, signed_in):
    case, _ = _assessed(signed_in)
    send(established, case, "request_renewal")
    own = entries(case)[-1].seq
    form = established.get(f"{case}/appeal/record").content.decode()
    assert f'value="{own}"' not in form.partition('id="id_against"')[2].partition("</select>")[0]
    assert send(established, case, "appeal", against=own, demand="x").status_code == 422
    assert send(established, case, "appeal", against="", demand="x").status_code == 422


def test_without_a_decision_there_is_nothing_to_appeal_against(established, signed_in):
    case = f"/my/cases/{Institution.objects.get(code=holding()).case}"
    assert "/appeal/record" not in established.get(case).content.decode()
    _assessed(signed_in)
    assert "/appeal/record" in established.get(case).content.decode()


def test_the_office_is_offered_an_answer_only_to_an_appeal(established, signed_in):
    case, score = _assessed(signed_in)
    staff = case.replace("/my/cases/", "/cases/of/")
    leader = signed_in(Role.LEADER)
    assert "/answer_appeal/record" not in leader.get(staff).content.decode()
    send(established, case, "appeal", against=score, demand="请求复核")
    assert "/answer_appeal/record" in leader.get(staff).content.decode()
