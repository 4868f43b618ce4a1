"""What an institution sees of itself, and asks for while its agreement holds."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dingdian.web.ledger.models import Institution
from dingdian.web.rights import Held, Right, Role, clash, districts, holders
from tests.web.conftest import DISTRICT, ELSEWHERE, holding
from tests.web.portal.conftest import entries, send


def test_the_first_page_is_ones_own_data_with_the_days_left(established):
    row = Institution.objects.get(code=holding())
    page = established.get("/my/").content.decode()
    assert row.name in page
    assert f"/my/cases/{row.case}" in page
    assert "剩余天数" in page or "天" in page
    other = Institution.objects.get(code=holding(ELSEWHERE))
    assert other.name not in page
    assert established.get("/")["Location"] == "/my/"
    assert "按名称或代码查找" not in page


def test_who_has_an_agreement_does_not_apply_beside_it(established):
    answer = established.get("/my/apply", follow=True)
    assert answer.redirect_chain == [("/my/", 302)]
    assert "已有" in answer.content.decode()


@pytest.mark.clause("O2-41")
def test_renewal_is_asked_for_in_ones_own_name(established):
    case = f"/my/cases/{Institution.objects.get(code=holding()).case}"
    assert "申请续签" in established.get(case).content.decode()
    assert send(established, case, "request_renewal", reason="请求续签").status_code == 302
    found = entries(case)[-1]
    assert (found.move, found.role, found.by) == ("request_renewal", "institution", "institution")


@pytest.mark.clause("O2-40")
def test_a_change_of_information_is_reported(established):
    row = Institution.objects.get(code=holding())
    case = f"/my/cases/{row.case}"
    given = {"changed": ["address"], "approved_on": "2026-03-02", "address": "新址1号"}
    assert send(established, case, "change_information", **given).status_code == 302
    assert entries(case)[-1].facts["address"] == "新址1号"
    lacks = send(established, case, "change_information", changed=["address"])
    assert lacks.status_code == 422


def test_who_saw_an_older_state_is_told_so(established):
    case = f"/my/cases/{Institution.objects.get(code=holding()).case}"
    seen = entries(case)[-1].seq
    assert send(established, case, "request_renewal").status_code == 302
    stale = send(established, case, "request_renewal", seen=seen)
    assert stale.status_code == 422
    assert "已有新的登记" in stale.content.decode()


def test_several_institutions_of_one_user_stand_beside_each_other(user, established):
    from dingdian.web.accounts.models import Grant

    second = holding(ELSEWHERE)
    own = {"user": user(Role.INSTITUTION), "role": "institution", "granted_by": "test"}
    Grant.objects.create(holder=second, **own)
    page = established.get("/my/").content.decode()
    for code in (holding(), second):
        assert Institution.objects.get(code=code).name in page


def test_queries_of_the_first_page_are_few(established):
    with CaptureQueriesContext(connection) as found:
        established.get("/my/")
    assert len(found) <= 36, len(found)


def test_the_right_is_of_a_holder_and_of_no_district():
    held = [Held(Role.INSTITUTION, holder="P1"), Held(Role.INSTITUTION, holder="P2")]
    assert holders(held, Right.OWN_CASES) == {"P1", "P2"}
    for right in Right:
        if right is not Right.SIGNED_IN:
            assert districts(held, right) == frozenset(), right
    assert districts([Held(Role.CLERK, DISTRICT)], Right.IN_OFFICE) is None
    assert districts([], Right.IN_OFFICE) is None
    for role in Role:
        assert clash([Role.INSTITUTION, role]) is (role is not Role.INSTITUTION)
