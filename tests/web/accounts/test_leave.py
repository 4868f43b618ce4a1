"""Delegation during leave: a deputy has one's roles for some days, and no eyes become two."""

import datetime as dt

import pytest
from django.test import Client

from dingdian.core.errors import RequestError
from dingdian.web import bureau, clock
from dingdian.web.accounts.lists import holders
from dingdian.web.accounts.second import check_second, may_second
from dingdian.web.rights import Right, Role
from dingdian.web.rounds import entering
from dingdian.web.rounds.models import Round, State
from tests.web.conftest import DISTRICT

DAYS = {"since": "2026-03-02", "through": "2026-03-06"}


@pytest.fixture
def on(settings):
    """Makes it a day."""
    from dataclasses import replace

    def day(text):
        settings.CONFIG = replace(settings.CONFIG, rehearsal_day=dt.date.fromisoformat(text))

    day("2026-03-01")
    return day


@pytest.fixture
def away(signed_in, user, on):
    """The clerk is away from 2 to 6 March 2026; the planner stands in."""
    given = DAYS | {"deputy": user(Role.PLANNER).pk}
    answer = signed_in(Role.CLERK).post("/account/leave", given)
    assert answer.status_code == 302, answer.content.decode()


@pytest.mark.parametrize(
    ("day", "may"),
    [("2026-03-01", False), ("2026-03-02", True), ("2026-03-06", True), ("2026-03-07", False)],
)
def test_the_deputy_has_the_roles_on_these_days_only_and_in_the_district(away, on, user, day, may):
    on(day)
    planner = user(Role.PLANNER)
    assert planner.may(Right.MOVE_CASES, DISTRICT) is may
    assert not planner.may(Right.MOVE_CASES, "232762")
    assert planner.may(Right.RUN_PLAN)


def test_it_ends_early_and_with_the_account(away, on, user, signed_in):
    on("2026-03-03")
    leave = user(Role.CLERK).leaves.get()
    assert signed_in(Role.PLANNER).post(f"/account/leave/{leave.pk}/end").status_code == 404
    assert signed_in(Role.CLERK).post(f"/account/leave/{leave.pk}/end").status_code == 302
    assert not user(Role.PLANNER).may(Right.MOVE_CASES)
    acts = [(n.act, n.by) for n in bureau.journal().notes("user:clerk") if "leave" in n.act]
    assert acts == [("leave.begin", "clerk"), ("leave.end", "clerk")]


def test_roles_of_somebody_who_left_are_nobodys(away, on, user):
    on("2026-03-03")
    clerk = user(Role.CLERK)
    clerk.is_active = False
    clerk.save()
    assert not user(Role.PLANNER).may(Right.MOVE_CASES)


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_administrators_have_no_deputies_and_are_none(signed_in, user, on, role):
    given = DAYS | {"deputy": user(Role.PLANNER).pk}
    assert signed_in(role).post("/account/leave", given).status_code == 422
    given["deputy"] = user(role).pk
    assert signed_in(Role.CLERK).post("/account/leave", given).status_code == 422


@pytest.mark.parametrize(
    "odd",
    [
        {"through": "2026-03-01"}, {"since": "2026-02-01", "through": "2026-02-02"},
        {"through": "2026-06-02"}, {"deputy": "999999"}, {"since": "x"}, {"deputy": ""},
    ],
)  # fmt: skip
def test_odd_days_and_deputies_are_refused(signed_in, user, on, odd):
    given = DAYS | {"deputy": user(Role.PLANNER).pk} | odd
    assert signed_in(Role.CLERK).post("/account/leave", given).status_code == 422
    assert not user(Role.CLERK).leaves.exists()


def test_two_leaves_of_the_same_days_are_one_too_many(away, signed_in, user):
    given = {"since": "2026-03-06", "through": "2026-03-09", "deputy": user(Role.LEADER).pk}
    assert signed_in(Role.CLERK).post("/account/leave", given).status_code == 422
    given["since"] = "2026-03-07"
    assert signed_in(Role.CLERK).post("/account/leave", given).status_code == 302


def test_a_deputy_does_not_hand_on_what_is_not_theirs(away, on, user, signed_in):
    on("2026-03-03")
    given = DAYS | {"deputy": user(Role.LEADER).pk}
    assert signed_in(Role.PLANNER).post("/account/leave", given).status_code == 302
    assert not user(Role.LEADER).may(Right.MOVE_CASES)
    assert user(Role.LEADER).may(Right.RUN_PLAN)


def test_a_list_of_users_shows_the_roles_that_were_granted(away, on):
    on("2026-03-03")
    client = Client()
    from dingdian.web.accounts.models import User

    client.force_login(
        User.objects.get(username=Role.SECURITY_ADMIN),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    assert clock.today() == dt.date(2026, 3, 3)
    planner = User.objects.get(username=Role.PLANNER)
    assert "、" not in planner.roles_shown


def test_an_institution_stands_in_for_nobody_and_sees_no_names_of_the_office(signed_in, user):
    given = DAYS | {"deputy": user(Role.INSTITUTION).pk}
    assert signed_in(Role.CLERK).post("/account/leave", given).status_code == 422
    assert signed_in(Role.INSTITUTION).get("/account/leave").status_code == 403
    assert "/account/leave" not in signed_in(Role.INSTITUTION).get("/account/me").content.decode()


@pytest.mark.parametrize(("day", "told"), [("2026-03-01", False), ("2026-03-02", True)])
def test_who_is_told_of_a_matter_includes_the_deputies_of_the_day(away, on, user, day, told):
    on(day)
    found = set(holders(Right.MOVE_CASES, DISTRICT))
    assert user(Role.CLERK) in found
    assert (user(Role.PLANNER) in found) is told
    assert user(Role.PLANNER) not in holders(Right.MOVE_CASES, "232762")


def test_a_right_counts_in_the_district_of_its_own_role_only(user):
    clerk, elsewhere = user(Role.CLERK), "232762"
    clerk.grants.create(role=Role.COUNTY, region=elsewhere, granted_by="test")
    assert clerk not in holders(Right.MOVE_CASES, elsewhere)


def test_nobody_confirms_by_the_right_of_whoever_asked(away, on, user):
    on("2026-03-03")
    right = Right.MOVE_CASES
    planner = user(Role.PLANNER)
    with pytest.raises(RequestError) as refused:
        check_second(planner, Role.CLERK, right, [DISTRICT])
    assert [each.kind for each in refused.value.faults] == ["proposal_borrowed"]
    check_second(planner, "somebody", right, [DISTRICT])  # for another, the borrowed right serves
    planner.grants.create(role=Role.CLERK, region=DISTRICT, granted_by="test")
    check_second(user(Role.PLANNER), Role.CLERK, right, [DISTRICT])  # so does one's own
    with pytest.raises(RequestError):
        check_second(planner, Role.PLANNER, right, [DISTRICT])


def test_what_would_be_refused_is_not_offered(on, user, signed_in):
    on("2026-03-01")
    given = DAYS | {"deputy": user(Role.PLANNER).pk}
    assert signed_in(Role.LEADER).post("/account/leave", given).status_code == 302
    on("2026-03-03")
    planner = user(Role.PLANNER)
    for asked_by, offered in ((Role.LEADER, False), (Role.PLANNER, False), ("somebody", True)):
        right = Right.CONFIRM_CASES
        assert may_second(planner, asked_by, right, [DISTRICT]) is offered
        row = Round(state=State.ASKED, asked_by=asked_by, districts=[DISTRICT])
        assert entering.may_confirm(planner, row) is offered
    assert not may_second(planner, "somebody", Right.MANAGE_PANELS, [DISTRICT])


def test_the_journal_says_for_whom_a_deputy_acted(away, on, user):
    on("2026-03-03")
    for name in (Role.PLANNER, Role.LEADER):
        bureau.note(user(name), "case:X", "case.note")
    found = [dict(each.facts) for each in bureau.journal().notes("case:X")]
    assert found == [{"stands_in_for": "clerk"}, {}]
