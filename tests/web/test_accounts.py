"""Users and their administrators: who may do what to whom, and what the journal says of it."""

import dataclasses
import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dingdian.web import bureau, clock
from dingdian.web.accounts import deeds
from dingdian.web.accounts.models import Grant, Token, User
from dingdian.web.rights import Right, Role
from tests.web.conftest import DISTRICT

PASSWORD = "Correct-horse-7"  # noqa: S105 -- of the tests


def _acts(username):
    return [note.act for note in bureau.journal().notes(f"user:{username}")]


@pytest.fixture
def someone(db):
    return User.objects.create(
        username="li.na", name="李娜", password=PASSWORD, office="待遇科", must_change=False
    )


def _shown(answer):
    return re.search(r'<code class="secret">([^<]+)</code>', answer.content.decode()).group(1)


def _enter(username, password, client=None):
    client = client or Client()
    return client, client.post("/account/sign-in", {"username": username, "password": password})


# -- signing in -------------------------------------------------------------------------


def test_the_form_of_sign_in_names_its_fields_and_lets_browsers_fill_them(db):
    said = Client().get("/account/sign-in").content.decode()
    assert "登录名" in said
    assert 'autocomplete="username"' in said
    assert 'autocomplete="current-password"' in said


def test_signing_in_and_out_is_written_down_with_the_address(someone):
    client, _ = _enter("li.na", PASSWORD)
    client.post("/account/sign-out")
    assert _acts("li.na")[-2:] == ["user.sign_in", "user.sign_out"]
    assert bureau.journal().notes("user:li.na")[-1].facts["address"] == "127.0.0.1"


def test_a_failed_sign_in_is_written_down_with_the_name_and_never_the_password(someone):
    _enter("li.na", "Wrong-horse-8")
    last = bureau.journal().notes("user:li.na")[-1]
    assert (last.act, last.facts["tried"], last.by) == ("user.sign_in_failed", "li.na", "")
    assert not any("Wrong-horse-8" in each.body for each in bureau.journal().stored())


def test_four_wrong_passwords_do_not_lock(someone):
    for _ in range(4):
        assert _enter("li.na", "wrong")[1].status_code == 200
    assert _enter("li.na", PASSWORD)[1].status_code == 302


def test_five_wrong_passwords_lock_and_the_page_says_so(someone):
    answers = [_enter("li.na", "wrong")[1] for _ in range(5)]
    assert [each.status_code for each in answers] == [200, 200, 200, 200, 429]
    assert "账号已锁定" in answers[-1].content.decode()
    assert _enter("li.na", PASSWORD)[1].status_code == 429
    assert _acts("li.na")[-1] == "user.locked"


def test_tries_on_a_locked_name_do_not_fill_the_journal(someone):
    for _ in range(8):
        _enter("li.na", "wrong")
    assert _acts("li.na").count("user.sign_in_failed") == 5
    assert _acts("li.na").count("user.locked") == 1


def test_the_security_administrator_unlocks(someone, signed_in):
    for _ in range(5):
        _enter("li.na", "wrong")
    client = signed_in(Role.SECURITY_ADMIN)
    assert "已锁定" in client.get(f"/account/users/{someone.pk}").content.decode()
    client.post(f"/account/users/{someone.pk}/unlock")
    assert _acts("li.na")[-1] == "user.unlock"
    assert _enter("li.na", PASSWORD)[1].status_code == 302


def test_who_has_no_role_yet_still_changes_the_password_and_signs_out(someone):
    User.objects.filter(pk=someone.pk).update(must_change=True)
    client, _ = _enter("li.na", PASSWORD)
    assert client.get("/account/me")["Location"] == "/account/password"
    words = {"old_password": PASSWORD, "new_password1": "Other-horse-9"}
    client.post("/account/password", {**words, "new_password2": "Other-horse-9"})
    assert client.get("/account/me").status_code == 200
    assert client.post("/account/sign-out").status_code == 302


@pytest.mark.parametrize(
    ("password", "taken"),
    [
        ("Abcdefgh12", True),  # ten signs, three kinds
        ("Abcdefg12", False),  # nine signs
        ("abcdefghi12", False),  # two kinds
        ("1234567890", False),
    ],
)
def test_the_rules_of_passwords(someone, password, taken):
    client, _ = _enter("li.na", PASSWORD)
    words = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    answer = client.post("/account/password", words)
    assert (answer.status_code == 302) is taken
    someone.refresh_from_db()
    assert someone.check_password(password) is taken


# -- the system administrator -----------------------------------------------------------


def test_a_new_user_gets_a_password_for_once(signed_in):
    client = signed_in(Role.SYSTEM_ADMIN)
    facts = {"username": "wang.wu", "name": "王五", "office": "监管科"}
    answer = client.post("/account/users/new", facts)
    assert "no-store" in answer["Cache-Control"]
    theirs, _ = _enter("wang.wu", _shown(answer))
    assert theirs.get("/")["Location"] == "/account/password"
    assert _acts("wang.wu")[0] == "user.create"
    body = [each.body for each in bureau.journal().stored() if "user.create" in each.body][-1]
    assert _shown(answer) not in body


@pytest.mark.parametrize("username", ["li.na", "L", "9li", "li na", "li/na", "<b>x</b>"])
def test_a_name_of_sign_in_that_is_taken_or_odd_is_refused(someone, signed_in, username):
    before = User.objects.count()
    facts = {"username": username, "name": "某人"}
    answer = signed_in(Role.SYSTEM_ADMIN).post("/account/users/new", facts)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode() or "error" in answer.content.decode()
    assert User.objects.count() == before


def test_who_is_taken_out_of_use_is_out_at_once_and_may_come_back(someone, signed_in):
    theirs, _ = _enter("li.na", PASSWORD)
    assert theirs.get("/account/me").status_code == 200
    client = signed_in(Role.SYSTEM_ADMIN)
    client.post(f"/account/users/{someone.pk}/deactivate")
    assert theirs.get("/account/me")["Location"].startswith("/account/sign-in")
    assert _enter("li.na", PASSWORD)[1].status_code == 200
    client.post(f"/account/users/{someone.pk}/reactivate")
    assert _enter("li.na", PASSWORD)[1].status_code == 302
    assert theirs.get("/account/me").status_code == 302  # the session of before stays ended
    assert {"user.deactivate", "user.reactivate"} <= set(_acts("li.na"))


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
    assert _acts("li.na")[-2:] == ["role.grant", "role.withdraw"]
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
    theirs, _ = _enter("li.na", PASSWORD)
    one_hand = signed_in(Role.SECURITY_ADMIN).post(f"/account/users/{someone.pk}/password")
    assert one_hand.status_code == 403  # who resets the factor gives no password
    answer = signed_in(Role.SYSTEM_ADMIN).post(f"/account/users/{someone.pk}/password")
    assert theirs.get("/account/me").status_code == 302
    assert _enter("li.na", PASSWORD)[1].status_code == 200
    again, entered = _enter("li.na", _shown(answer))
    assert entered.status_code == 302
    assert again.get("/")["Location"] == "/account/password"
    assert "user.password_reset" in _acts("li.na")


def test_all_sessions_of_a_user_end(someone, signed_in):
    first, second = _enter("li.na", PASSWORD)[0], _enter("li.na", PASSWORD)[0]
    signed_in(Role.SECURITY_ADMIN).post(f"/account/users/{someone.pk}/sessions")
    assert first.get("/account/me").status_code == 302
    assert second.get("/account/me").status_code == 302
    assert _enter("li.na", PASSWORD)[0].get("/account/me").status_code == 200


def test_a_token_is_shown_once_and_kept_as_its_digest(signed_in, user):
    planner = user(Role.PLANNER)
    client = signed_in(Role.SECURITY_ADMIN)
    given = {"name": "数据仓库", "through": deeds.longest().isoformat()}
    text = _shown(client.post(f"/account/users/{planner.pk}/tokens", given))
    kept = Token.objects.get(user=planner)
    assert kept.digest == Token.digest_of(text)
    assert text not in client.get(f"/account/users/{planner.pk}").content.decode()
    assert not any(text in each.body for each in bureau.journal().stored())
    client.post(f"/account/users/{planner.pk}/tokens/{kept.pk}/withdraw")
    assert not Token.objects.filter(user=planner).exists()
    assert _acts("planner")[-2:] == ["token.issue", "token.withdraw"]


@pytest.mark.parametrize(("days", "issued"), [(-1, False), (0, True), (365, True), (366, False)])
def test_a_token_holds_from_today_for_a_year_at_most(signed_in, user, days, issued):
    through = clock.today() + dt.timedelta(days=days)
    where = f"/account/users/{user(Role.PLANNER).pk}/tokens"
    given = {"name": "x", "through": through.isoformat()}
    answer = signed_in(Role.SECURITY_ADMIN).post(where, given)
    assert (answer.status_code == 200) is issued
    assert Token.objects.exists() is issued


def test_a_token_is_for_users_of_the_api_only(signed_in, user):
    where = f"/account/users/{user(Role.LEADER).pk}/tokens"
    given = {"name": "x", "through": clock.today().isoformat()}
    assert signed_in(Role.SECURITY_ADMIN).post(where, given).status_code == 422
    assert not Token.objects.exists()


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


@pytest.mark.parametrize(("minutes", "locked"), [(29, True), (31, False)])
def test_the_lock_holds_half_an_hour_from_the_fifth_wrong_password(someone, minutes, locked):
    from axes.models import AccessAttempt

    for _ in range(6):
        _enter("li.na", "wrong")
    for each in AccessAttempt.objects.all():
        each.attempt_time -= dt.timedelta(minutes=minutes)
        each.save()
    assert (_enter("li.na", PASSWORD)[1].status_code == 429) is locked


@pytest.mark.parametrize(("proxies", "status"), [(("127.0.0.1",), 302), ((), 429)])
def test_a_lock_behind_a_proxy_is_of_the_visitor(someone, settings, proxies, status):
    settings.CONFIG = dataclasses.replace(settings.CONFIG, proxies=proxies)
    for _ in range(5):
        _enter("li.na", "wrong", Client(headers={"X-Forwarded-For": "10.1.1.1"}))
    other = Client(headers={"X-Forwarded-For": "10.1.1.2"})
    assert _enter("li.na", PASSWORD, other)[1].status_code == status
    told = {each.facts["address"] for each in bureau.journal().notes("user:li.na")}
    assert told == ({"10.1.1.1", "10.1.1.2"} if proxies else {"127.0.0.1"})


@pytest.mark.parametrize(
    ("role", "what"), [(Role.SYSTEM_ADMIN, "deactivate"), (Role.SECURITY_ADMIN, "sessions")]
)
def test_tokens_end_with_the_sessions(signed_in, user, role, what):
    planner = user(Role.PLANNER)
    Token.objects.create(user=planner, name="x", digest="0" * 64, through=clock.today())
    signed_in(role).post(f"/account/users/{planner.pk}/{what}")
    assert not Token.objects.filter(user=planner).exists()
