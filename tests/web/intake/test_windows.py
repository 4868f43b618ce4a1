"""Windows for applications: set by two people, kept by the portal, told to the public."""

import datetime as dt
from dataclasses import replace

import pytest

from dingdian.core.errors import RequestError
from dingdian.web import bureau, clock
from dingdian.web.accounts.models import User
from dingdian.web.inbox.models import Message
from dingdian.web.intake import reading, setting
from dingdian.web.intake.models import Window
from dingdian.web.rights import Role
from tests.web.conftest import DISTRICT, ELSEWHERE
from tests.web.portal.conftest import APPLICANT, application
from tests.web.rounds.conftest import a_clerk


def day(n):
    return clock.today() + dt.timedelta(n)


def given(opens, closes, **other):
    said = {"opens": day(opens).isoformat(), "closes": day(closes).isoformat(), "kinds": []}
    return said | {"services": [], "district": DISTRICT, "basis": "医保通告1号"} | other


@pytest.fixture
def clerk(signed_in):
    return signed_in(Role.CLERK)


@pytest.fixture
def second(db):
    return a_clerk("second", DISTRICT)


def asked(client, *days, to="/windows/new", **other):
    answer = client.post(to, given(*days, **other))
    assert answer.status_code == 302, answer.content.decode()
    return Window.objects.latest("pk")


def confirmed(client, window):
    answer = client.post(f"/windows/{window.pk}/decide", {"decision": "confirm"})
    window.refresh_from_db()
    return answer


def kept(clerk, second, *days, **other):
    window = asked(clerk, *days, **other)
    assert confirmed(second, window).status_code == 302
    return window


def test_one_asks_for_it_and_another_confirms_it(clerk, second, signed_in):
    window = asked(clerk, 0, 30, kinds=["retail_pharmacy"])
    assert window.state == "asked"
    assert reading.published(clock.today()) == []
    assert Message.objects.filter(kind="intake_asked", user__username="second").exists()
    assert "复核 1 个申请窗口" in second.get("/tasks").content.decode()
    assert confirmed(clerk, window).status_code == 422
    assert confirmed(signed_in(Role.PLANNER), window).status_code == 403
    assert confirmed(a_clerk("far", ELSEWHERE), window).status_code == 404
    assert confirmed(second, window).status_code == 302
    assert (window.state, window.by, window.decided_by) == ("set", "clerk", "second")
    assert confirmed(second, window).status_code == 422
    acts = [each.act for each in bureau.journal().notes(f"intake:{window.pk}")]
    assert acts == ["intake.ask", "intake.set"]
    assert "受理中" in signed_in(Role.COUNTY).get("/windows/").content.decode()


def test_it_is_sent_back_or_withdrawn_and_without_four_eyes_holds_at_once(clerk, second, settings):
    window = asked(clerk, 0, 30)
    address = f"/windows/{window.pk}/decide"
    assert second.post(address, {"decision": "send_back"}).status_code == 422
    assert second.post(address, {"decision": "withdraw"}).status_code == 422
    assert second.post(address, {"decision": "send_back", "why": "缺通告"}).status_code == 302
    assert "缺通告" in clerk.get(f"/windows/{window.pk}").content.decode()
    other = asked(clerk, 0, 30)
    assert clerk.post(f"/windows/{other.pk}/decide", {"decision": "withdraw"}).status_code == 302
    assert {*Window.objects.values_list("state", flat=True)} == {"returned", "withdrawn"}
    settings.CONFIG = replace(settings.CONFIG, four_eyes=False)
    assert asked(clerk, 0, 30).state == "set"


@pytest.mark.parametrize("days", [(3, 2), (-1, 5), (-3, -1)])
def test_days_that_cannot_be_are_refused(clerk, days):
    assert clerk.post("/windows/new", given(*days)).status_code == 422
    assert clerk.post("/windows/new", given(0, 1, district=ELSEWHERE)).status_code == 422
    assert not Window.objects.exists()


def test_one_that_runs_is_closed_early_by_a_change_that_another_confirms(clerk, second):
    window = kept(clerk, second, 0, 30)
    change = f"/windows/{window.pk}/change"
    assert clerk.post(change, given(1, 30)).status_code == 422  # its first day has come
    closing = asked(clerk, 0, 0, to=change, basis="名额已满")
    assert clerk.post(change, given(0, 5)).status_code == 422  # one change at a time
    window.refresh_from_db()
    assert window.state == "set"
    confirmed(second, closing)
    window.refresh_from_db()
    assert (window.state, closing.state) == ("replaced", "set")
    assert [each["closes"] for each in reading.published(day(0))] == [day(0).isoformat()]
    assert clerk.post(change, given(0, 9)).status_code == 422


@pytest.mark.clause("O2-07", "O3-06")
def test_an_institution_is_refused_outside_and_told_of_the_next_window(
    clerk, second, signed_in, user
):
    user(Role.INSTITUTION).grants.update(holder=APPLICANT)
    own = signed_in(Role.INSTITUTION)
    refused = {"kind": "retail_pharmacy"}
    assert own.get("/my/apply", refused).status_code == 200  # none was set: on every day
    kept(clerk, second, 10, 20, kinds=["retail_pharmacy"], basis="下一批")
    assert own.get("/my/apply", refused).status_code == 302
    said = own.get("/my/").content.decode()
    assert f"下一个窗口自{day(10).isoformat()}起" in said
    assert "下一批" in said
    answer = own.post("/my/apply?kind=retail_pharmacy", application())
    assert answer.status_code == 422
    assert "不在申请窗口内" in answer.content.decode()
    assert own.get("/my/apply", {"kind": "clinic"}).status_code == 200  # not about clinics
    kept(clerk, second, 0, 5, kinds=["retail_pharmacy"], services=["outpatient_pooling"])
    answer = own.post("/my/apply?kind=retail_pharmacy", application())
    assert answer.status_code == 422
    assert "不受理个人账户" in answer.content.decode()
    kept(clerk, second, 0, 5, kinds=["retail_pharmacy"], services=["personal_account"])
    answer = own.post("/my/apply?kind=retail_pharmacy", application())
    assert answer.status_code == 302, answer.content.decode()


def test_one_that_came_on_paper_is_recorded_with_a_hint(clerk, second):
    kept(clerk, second, 10, 20)
    paper = application(uscc=APPLICANT, held_on=clock.today().isoformat())
    answer = clerk.post("/cases/new", paper, follow=True)
    assert answer.status_code == 200
    assert "不在申请窗口内" in answer.content.decode()


def test_of_two_who_decide_at_once_the_second_is_told(clerk, second, user):
    window = asked(clerk, 0, 30)
    stale = Window.objects.get(pk=window.pk)
    confirmed(second, window)
    with pytest.raises(RequestError) as caught:
        setting.send_back(User.objects.get(username="second"), stale, "迟了")
    assert [each.kind for each in caught.value.faults] == ["proposal_decided"]
