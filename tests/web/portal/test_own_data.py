"""What an institution sees of itself, and asks for while its agreement holds."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dingdian.web.cases.models import Proposal
from dingdian.web.ledger.models import Institution
from dingdian.web.rights import Held, Right, Role, clash, districts, holders
from tests.web.conftest import DISTRICT, ELSEWHERE, holding
from tests.web.portal.conftest import entries, send

#: What an institution reports: its address is another.
CHANGED = {"changed": ["address"], "approved_on": "2026-03-02", "address": "新址1号"}


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


@pytest.fixture
def reported(established):
    """The address of a case of whose address the institution reported a change."""
    case = f"/my/cases/{Institution.objects.get(code=holding()).case}"
    assert send(established, case, "change_information", **CHANGED).status_code == 302
    return case


@pytest.mark.clause("O2-40")
def test_a_reported_change_is_in_the_ledger_once_the_agency_has_checked_it(
    established, reported, signed_in, user
):
    assert entries(reported)[-1].move != "change_information"
    assert "经办机构核对中" in established.get(reported).content.decode()
    again = send(established, reported, "change_information", **CHANGED)
    assert again.status_code == 422
    made = Proposal.objects.get()
    at = f"/cases/proposals/{made.pk}"
    assert user(Role.CLERK).inbox.get().address == at
    clerk = signed_in(Role.CLERK)
    assert "/cases/proposals" in clerk.get("/tasks").content.decode()
    assert "新址1号" in clerk.get(at).content.decode()
    assert signed_in(Role.LEADER).post(f"{at}/decide", {"decision": "confirm"}).status_code == 403
    assert clerk.post(f"{at}/decide", {"decision": "confirm"}).status_code == 302
    found = entries(reported)[-1]
    assert (found.move, found.role) == ("change_information", "institution")
    assert (found.by, found.facts["address"]) == ("institution+clerk", "新址1号")
    assert user(Role.INSTITUTION).inbox.first().address == reported
    assert "经办机构核对中" not in established.get(reported).content.decode()


@pytest.mark.clause("O2-40")
def test_a_reported_change_is_sent_back_with_the_reason(established, reported, signed_in):
    before = entries(reported)
    at = f"/cases/proposals/{Proposal.objects.get().pk}/decide"
    given = {"decision": "send_back", "why": "请附批准文件"}
    assert signed_in(Role.CLERK).post(at, given).status_code == 302
    assert entries(reported) == before
    page = established.get(reported).content.decode()
    assert "请附批准文件" in page
    lacks = send(established, reported, "change_information", changed=["address"])
    assert lacks.status_code == 422


def test_a_change_is_checked_after_other_moves_of_the_case_too(established, reported, signed_in):
    assert send(established, reported, "request_renewal").status_code == 302
    at = f"/cases/proposals/{Proposal.objects.get().pk}/decide"
    assert signed_in(Role.CLERK).post(at, {"decision": "confirm"}).status_code == 302
    assert entries(reported)[-1].facts["address"] == "新址1号"


def test_who_leads_the_case_is_told_of_what_is_handed_in(established, user):
    case = Institution.objects.get(code=holding()).case
    assert send(established, f"/my/cases/{case}", "request_renewal").status_code == 302
    told = user(Role.CLERK).inbox.get()
    assert (told.kind, told.address) == ("handed_in", f"/cases/of/{case}")
    assert not user(Role.INSTITUTION).inbox.exists()


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
