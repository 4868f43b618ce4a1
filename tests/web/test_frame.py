"""What every page has: sign-in before it, rights, its language, its words on what went wrong."""

import pytest
from django.test import Client

from dingdian.web.rights import Held, Right, Role, clash, districts


def test_a_visitor_is_asked_to_sign_in_and_comes_back(db):
    answer = Client().get("/jobs/?page=2")
    assert answer.status_code == 302
    assert answer["Location"] == "/account/sign-in?next=/jobs/%3Fpage%3D2"


def test_a_role_without_the_right_is_told_so(signed_in):
    answer = signed_in(Role.EVALUATOR).get("/jobs/")
    assert answer.status_code == 403
    assert "您的角色不能打开" in answer.content.decode()


def test_pages_are_chinese_and_english_by_the_switch(signed_in):
    client = signed_in(Role.PLANNER)
    assert '<html lang="zh-CN">' in client.get("/").content.decode()
    client.post("/language", {"language": "en", "next": "/"})
    assert '<html lang="en">' in client.get("/").content.decode()


def test_a_page_forbids_every_script_and_style_that_is_not_its_own(signed_in):
    policy = signed_in(Role.PLANNER).get("/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_no_browser_keeps_a_page_of_somebody_signed_in(signed_in):
    assert signed_in(Role.PLANNER).get("/")["Cache-Control"] == "private, no-store"


def test_who_must_change_a_password_goes_nowhere_else(signed_in, user):
    someone = user(Role.PLANNER)
    someone.must_change = True
    someone.save()
    assert signed_in(Role.PLANNER).get("/jobs/")["Location"] == "/account/password"


@pytest.mark.parametrize("admin", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_an_administrator_sees_none_of_the_business(admin):
    business = {Right.SEE_LEDGER, Right.SEE_PLANS, Right.IMPORT, Right.SEE_SHELF}
    assert not any(districts([Held(admin)], right) is None for right in business)
    assert clash([admin, Role.PLANNER])


@pytest.mark.parametrize("address", ["/institutions/?q=%00", "/search?q=a%00b", "/jobs/%00"])
def test_a_sign_that_no_database_keeps_is_refused(signed_in, address):
    answer = signed_in(Role.PLANNER).get(address)
    assert answer.status_code == 400
    assert "请求无法识别" in answer.content.decode()
