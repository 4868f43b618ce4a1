"""A complaint from the public site: to whoever supervises its district, and the answer back."""

import uuid

import pytest

from dingdian.core.supervision.complaints import Status
from dingdian.web.complaints import handling
from dingdian.web.complaints.models import Complaint
from dingdian.web.public.models import PublicInstitution, Said
from dingdian.web.rights import Role
from tests.web.conftest import DISTRICT, ELSEWHERE

pytestmark = pytest.mark.django_db


def complaining(**other):
    given = {
        "institution": "路口药店", "code": "", "district": DISTRICT, "happened": "上周",
        "text": "拒绝刷卡。", "name": "李四", "contact": "13800000001",
        "once": uuid.uuid4(), "website": "",
    }  # fmt: skip
    return given | other


@pytest.fixture
def send(both, published, visitor):
    def sent(**other):
        answer = visitor.post("/complain", complaining(**other))
        assert answer.status_code == 302, answer.content.decode()
        number = visitor.get(answer["Location"]).context["number"]
        both.take_in(both.export())
        return number, Complaint.objects.latest("pk")

    both.install(both.edition())
    return sent


def test_its_answer_is_found_by_the_receipt(both, send, visitor, user, signed_in):
    number, made = send()
    assert (made.receipt, made.district, made.source) == (number, DISTRICT, "site")
    assert signed_in(Role.SUPERVISOR).get(f"/complaints/{made.pk}").status_code == 200
    supervisor = user(Role.SUPERVISOR)
    handling.step(supervisor, made, Status.ACCEPTED)
    both.install(both.edition())
    page = visitor.post("/receipt", {"number": number}).content.decode()
    assert "已受理" in page
    made.refresh_from_db()
    handling.step(supervisor, made, Status.INVESTIGATED, outcome="founded", finding="内部记录")
    made.refresh_from_db()
    handling.step(supervisor, made, Status.ANSWERED, answer="已约谈该店。")
    both.install(both.edition())
    page = visitor.post("/receipt", {"number": number}).content.decode()
    assert "已约谈该店。" in page
    assert "内部记录" not in page
    assert (Said.objects.get().content, Said.objects.get().private) == ({}, {})


def test_the_district_is_that_of_the_code(both, send):
    code = PublicInstitution.objects.filter(district=ELSEWHERE).first().code
    _, made = send(code=code, district=DISTRICT)
    assert (made.institution, made.district) == (code, ELSEWHERE)


def test_the_page_of_an_institution_fills_the_form(both, send, visitor):
    found = PublicInstitution.objects.filter(district=DISTRICT).first()
    page = visitor.get(f"/complain?code={found.code}").content.decode()
    assert found.name in page
    assert visitor.get("/complain?code=nothing").status_code == 200


@pytest.mark.parametrize(
    "other",
    [{"text": "x" * 4001}, {"text": ""}, {"code": "H0"}, {"district": "999999"}, {"website": "a"}],
)
def test_odd_input_is_refused_with_the_reason(both, send, visitor, other):
    answer = visitor.post("/complain", complaining(**other))
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert not Said.objects.exists()


@pytest.mark.parametrize("role", [Role.PLANNER, Role.CLERK, Role.COUNTY, Role.LEADER])
def test_nobody_else_sees_complaints(send, signed_in, role):
    _, made = send()
    assert signed_in(role).get(f"/complaints/{made.pk}").status_code == 403
