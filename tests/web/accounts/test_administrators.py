"""Users and their administrators: who may do what to whom, and what the journal says of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dingdian.web import bureau, clock
from dingdian.web.accounts.models import Grant, User
from dingdian.web.rights import Right, Role
from tests.web.conftest import DISTRICT, ELSEWHERE, holding
from tests.web.signing import PASSWORD, acts, enter, shown

# -- the system administrator -----------------------------------------------------------


def test_a_new_user_gets_a_password_for_once(signed_in):
    client = signed_in(Role.SYSTEM_ADMIN)
    facts = {"username": "wang.wu", "name": "王五", "office": "监管科"}
    answer = client.post("/account/users/new", facts)
    assert "no-store" in answer["Cache-Control"]
    theirs, _ = enter("wang.wu", shown(answer))
    assert theirs.get("/")["Location"] == "/account/password"
    assert acts("wang.wu")[0] == "user.create"
    body = [each.body for each in bureau.journal().stored() if "user.create" in each.body][-1]
    assert shown(answer) not in body


@pytest.mark.parametrize("username", ["li.na", "L", "9li", "li na", "li/na", "<b>x</b>"])
def test_a_name_of_sign_in_that_is_taken_or_odd_is_refused(someone, signed_in, username):
    before = User.objects.count()
    facts = {"username": username, "name": "某人"}
    answer = signed_in(Role.SYSTEM_ADMIN).post("/account/users/new", facts)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode() or "error" in answer.content.decode()
    assert User.objects.count() == before


def test_who_is_taken_out_of_use_is_out_at_once_and_may_come_back(someone, signed_in):
    theirs, _ = enter("li.na", PASSWORD)
    assert theirs.get("/account/me").status_code == 200
    client = signed_in(Role.SYSTEM_ADMIN)
    client.post(f"/account/users/{someone.pk}/deactivate")
    assert theirs.get("/account/me")["Location"].startswith("/account/sign-in")
    assert enter("li.na", PASSWORD)[1].status_code == 200
    client.post(f"/account/users/{someone.pk}/reactivate")
    assert enter("li.na", PASSWORD)[1].status_code == 302
    assert theirs.get("/account/me").status_code == 302  # the session of before stays ended
    assert {"user.deactivate", "user.reactivate"} <= set(acts("li.na"))


def test_name_and_office_are_kept_with_what_stood_before(someone, signed_in):
    client = signed_in(Role.SYSTEM_ADMIN)
    client.post(f"/account/users/{someone.pk}/edit", {"name": "李娜娜", "office": "待遇科"})
    last = bureau.journal().notes("user:li.na")[-1]
    assert last.facts == {"name": "李娜 → 李娜娜"}


def test_the_system_administrator_gives_no_roles(someone, signed_in):
    client = signed_in(Role.SYSTEM_ADMIN)
    where = f"/account/users/{someone.pk}"
    for what in ("grant", "second-factor", "unlock", "sessions", "tokens"):
        answer = client.post(f"{where}/{what}", {"role": "planner"})
        assert answer.status_code == 403, what
    assert not Grant.objects.filter(user=someone).exists()


def test_the_security_administrator_makes_no_users(someone, signed_in):
    client = signed_in(Role.SECURITY_ADMIN)
    assert client.get("/account/users/new").status_code == 403
    assert client.post(f"/account/users/{someone.pk}/deactivate").status_code == 403


@pytest.mark.parametrize(
    "role", [r for r in Role if r not in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)]
)
def test_others_see_no_users(signed_in, role):
    assert signed_in(role).get("/account/users").status_code == 403


def test_nobody_takes_themselves_out_of_use(signed_in, user):
    own = user(Role.SYSTEM_ADMIN)
    answer = signed_in(Role.SYSTEM_ADMIN).post(f"/account/users/{own.pk}/deactivate")
    assert answer.status_code == 422
    assert "自己的账号" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_the_last_administrator_of_a_kind_stays_and_the_last_but_one_may_go(
    signed_in, user, someone, role
):
    client = signed_in(Role.SYSTEM_ADMIN)
    only = user(role)
    assert client.post(f"/account/users/{only.pk}/deactivate").status_code == 422
    Grant.objects.create(user=someone, role=role, granted_by="test")
    assert client.post(f"/account/users/{only.pk}/deactivate").status_code == 302
    assert client.post(f"/account/users/{someone.pk}/deactivate").status_code == 422


# -- the security administrator ---------------------------------------------------------


def _grant(client, user, role, region=""):
    return client.post(f"/account/users/{user.pk}/grant", {"role": role, "region": region})


def test_a_role_is_given_and_taken_back_and_both_are_written_down(someone, signed_in):
    client = signed_in(Role.SECURITY_ADMIN)
    assert _grant(client, someone, Role.CLERK, DISTRICT).status_code == 302
    given = Grant.objects.get(user=someone)
    assert (given.role, given.region, given.granted_by) == ("clerk", DISTRICT, "security_admin")
    assert someone.may(Right.SEE_PERSONS, DISTRICT)
    client.post(f"/account/users/{someone.pk}/withdraw/{given.pk}")
    assert not Grant.objects.filter(user=someone).exists()
    assert acts("li.na")[-2:] == ["role.grant", "role.withdraw"]
    assert bureau.journal().notes("user:li.na")[-1].region == DISTRICT


@pytest.mark.parametrize(
    ("role", "region"),
    [
        (Role.CLERK, ""),  # needs a district
        (Role.PLANNER, DISTRICT),  # holds in the whole place
        (Role.CLERK, "999999"),  # no district of this place
        ("emperor", ""),
    ],
)
def test_a_role_with_the_wrong_district_is_refused(someone, signed_in, role, region):
    answer = _grant(signed_in(Role.SECURITY_ADMIN), someone, role, region)
    assert answer.status_code == 422
    assert not Grant.objects.filter(user=someone).exists()


@pytest.mark.parametrize(
    ("role", "holder", "told"),
    [
        (Role.INSTITUTION, "", "写明是哪一家机构"),
        (Role.PLANNER, "91350100M000100Y43", "不属于某一家机构"),
        (Role.INSTITUTION, "P99999999999", "不是台账里的机构代码"),
        (Role.INSTITUTION, "91350100M000100Y4", "不是台账里的机构代码"),  # a sign too few
        (Role.INSTITUTION, "91350100M000100Y43", ""),
        (Role.INSTITUTION, "known", ""),
    ],
)
def test_an_institutions_role_names_whose_it_is(someone, signed_in, role, holder, told):
    holder = holding() if holder == "known" else holder
    client = signed_in(Role.SECURITY_ADMIN)
    given = {"role": role, "region": "", "holder": holder}
    answer = client.post(f"/account/users/{someone.pk}/grant", given)
    assert answer.status_code == (422 if told else 302)
    assert told in answer.content.decode()
    assert Grant.objects.filter(user=someone, holder=holder).exists() is not bool(told)
    if not told:
        page = client.get(f"/account/users/{someone.pk}").content.decode()
        assert holder in page
        assert bureau.journal().notes("user:li.na")[-1].facts["holder"] == holder


def test_an_institution_is_nobody_of_the_office(someone, signed_in):
    client = signed_in(Role.SECURITY_ADMIN)
    where = f"/account/users/{someone.pk}/grant"
    given = {"role": "institution", "region": "", "holder": holding()}
    assert client.post(where, given).status_code == 302
    assert _grant(client, someone, Role.PLANNER).status_code == 422
    assert client.post(where, given).status_code == 422  # twice
    assert client.post(where, given | {"holder": holding(ELSEWHERE)}).status_code == 302
    assert Grant.objects.filter(user=someone).count() == 2


def test_a_role_is_not_given_twice(someone, signed_in):
    client = signed_in(Role.SECURITY_ADMIN)
    _grant(client, someone, Role.PLANNER)
    answer = _grant(client, someone, Role.PLANNER)
    assert answer.status_code == 422
    assert "已有这个角色" in answer.content.decode()


@pytest.mark.parametrize(
    ("first", "second", "given"),
    [
        (Role.PLANNER, Role.LEADER, True),
        (Role.PLANNER, Role.AUDIT_ADMIN, False),
        (Role.AUDIT_ADMIN, Role.SYSTEM_ADMIN, False),
        (Role.SECURITY_ADMIN, Role.EVALUATOR, False),
    ],
)
def test_an_administrator_is_that_administrator_only(someone, signed_in, first, second, given):
    client = signed_in(Role.SECURITY_ADMIN)
    _grant(client, someone, first)
    assert (_grant(client, someone, second).status_code == 302) is given
    assert Grant.objects.filter(user=someone).count() == (2 if given else 1)


def test_nobody_acts_on_their_own_roles_password_factor_or_tokens(signed_in, user):
    own, client = user(Role.SECURITY_ADMIN), signed_in(Role.SECURITY_ADMIN)
    mine = Grant.objects.get(user=own)
    where = f"/account/users/{own.pk}"
    through = {"name": "x", "through": clock.today().isoformat()}
    for what, given in (
        ("grant", {"role": "planner"}),
        (f"withdraw/{mine.pk}", {}),
        ("second-factor", {}),
        ("unlock", {}),
        ("tokens", through),
    ):
        assert client.post(f"{where}/{what}", given).status_code == 422, what
    assert Grant.objects.get(user=own) == mine
    admin = user(Role.SYSTEM_ADMIN)
    answer = signed_in(Role.SYSTEM_ADMIN).post(f"/account/users/{admin.pk}/password")
    assert answer.status_code == 422


def test_a_grant_is_taken_back_under_its_own_user_only(someone, signed_in, user):
    other = Grant.objects.get(user=user(Role.PLANNER))
    client = signed_in(Role.SECURITY_ADMIN)
    answer = client.post(f"/account/users/{someone.pk}/withdraw/{other.pk}")
    assert answer.status_code == 404
    assert Grant.objects.filter(pk=other.pk).exists()


def test_the_role_of_the_last_administrator_is_not_taken_back(signed_in, user):
    given = Grant.objects.get(user=user(Role.AUDIT_ADMIN))
    client = signed_in(Role.SECURITY_ADMIN)
    answer = client.post(f"/account/users/{given.user_id}/withdraw/{given.pk}")
    assert answer.status_code == 422
    assert "最后一名" in answer.content.decode()


def test_a_reset_password_works_once_and_ends_the_sessions(someone, signed_in):
    theirs, _ = enter("li.na", PASSWORD)
    one_hand = signed_in(Role.SECURITY_ADMIN).post(f"/account/users/{someone.pk}/password")
    assert one_hand.status_code == 403  # who resets the factor gives no password
    answer = signed_in(Role.SYSTEM_ADMIN).post(f"/account/users/{someone.pk}/password")
    assert theirs.get("/account/me").status_code == 302
    assert enter("li.na", PASSWORD)[1].status_code == 200
    again, entered = enter("li.na", shown(answer))
    assert entered.status_code == 302
    assert again.get("/")["Location"] == "/account/password"
    assert "user.password_reset" in acts("li.na")


def test_all_sessions_of_a_user_end(someone, signed_in):
    first, second = enter("li.na", PASSWORD)[0], enter("li.na", PASSWORD)[0]
    signed_in(Role.SECURITY_ADMIN).post(f"/account/users/{someone.pk}/sessions")
    assert first.get("/account/me").status_code == 302
    assert second.get("/account/me").status_code == 302
    assert enter("li.na", PASSWORD)[0].get("/account/me").status_code == 200


# -- lists and one's own page -----------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("?q=娜", True),
        ("?q=LI.N", True),
        ("?q=待遇", True),
        ("?q=nobody", False),
        ("?state=inactive", False),
        ("?role=none", True),
        ("?role=planner", False),
        ("?role=nonsense", True),
    ],
)
def test_the_list_is_searched_and_filtered_from_the_address(someone, signed_in, query, there):
    said = signed_in(Role.SYSTEM_ADMIN).get(f"/account/users{query}").content.decode()
    assert (">li.na<" in said) is there


@pytest.mark.parametrize("rows", [1, 30, 300])
def test_the_list_asks_the_same_number_of_questions(signed_in, rows):
    counts = []
    client = signed_in(Role.SYSTEM_ADMIN)
    client.get("/account/users")
    for n in (0, rows):
        made = User.objects.bulk_create(
            [User(username=f"u{i:03}", name="某人", office="x") for i in range(n)]
        )
        Grant.objects.bulk_create(
            [Grant(user=u, role="clerk", region=DISTRICT, granted_by="t") for u in made]
        )
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get("/account/users").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_my_page_shows_my_roles_with_their_districts(signed_in):
    said = signed_in(Role.CLERK, "en").get("/account/me").content.decode()
    assert "Clerk" in said
    assert DISTRICT not in said  # its name stands there instead
    assert "the whole place" not in said


def test_scripts_in_names_are_shown_as_text(signed_in):
    User.objects.create(username="evil", name="<script>alert(1)</script>")
    said = signed_in(Role.SYSTEM_ADMIN).get("/account/users").content.decode()
    assert "<script>alert" not in said
    assert "&lt;script&gt;alert" in said
