"""Tokens of programs: allowed by the security administrator, collected and seen by their user."""

import datetime as dt

import pytest

from dingdian.web import bureau, clock
from dingdian.web.accounts import deeds
from dingdian.web.accounts.models import Token
from dingdian.web.rights import Role
from tests.web.signing import acts, shown


@pytest.fixture
def allowed(signed_in, user):
    """A token that the planner may collect."""
    where = f"/account/users/{user(Role.PLANNER).pk}/tokens"
    given = {"name": "数据仓库", "through": deeds.longest().isoformat()}
    signed_in(Role.SECURITY_ADMIN).post(where, given)
    return Token.objects.get()


def test_a_token_is_seen_by_its_user_alone_and_kept_as_its_digest(allowed, signed_in):
    admin = signed_in(Role.SECURITY_ADMIN)
    page = f"/account/users/{allowed.user_id}"
    assert allowed.digest is None
    assert "dd_" not in admin.get(page).content.decode()
    answer = signed_in(Role.PLANNER).post(f"/account/me/tokens/{allowed.pk}")
    assert "no-store" in answer["Cache-Control"]
    text = shown(answer)
    allowed.refresh_from_db()
    assert allowed.digest == Token.digest_of(text)
    assert text not in admin.get(page).content.decode()
    assert not any(text in each.body for each in bureau.journal().stored())
    admin.post(f"{page}/tokens/{allowed.pk}/withdraw")
    assert not Token.objects.exists()
    told = [each for each in acts("planner") if each.startswith("token")]
    assert told == ["token.issue", "token.collect", "token.withdraw"]


def test_a_token_is_collected_once(allowed, signed_in):
    client = signed_in(Role.PLANNER)
    shown(client.post(f"/account/me/tokens/{allowed.pk}"))
    kept = Token.objects.get().digest
    assert client.post(f"/account/me/tokens/{allowed.pk}").status_code == 422
    assert Token.objects.get().digest == kept


def test_another_cannot_collect_it(allowed, signed_in):
    for role in (Role.SECURITY_ADMIN, Role.CLERK):
        assert signed_in(role).post(f"/account/me/tokens/{allowed.pk}").status_code == 404
    assert Token.objects.get().digest is None


@pytest.mark.parametrize(("days", "status"), [(7, 200), (8, 422)])
def test_a_token_waits_seven_days(allowed, signed_in, days, status):
    Token.objects.update(created_at=allowed.created_at - dt.timedelta(days=days))
    client = signed_in(Role.PLANNER)
    assert ("领取</button>" in client.get("/account/me").content.decode()) is (status == 200)
    assert client.post(f"/account/me/tokens/{allowed.pk}").status_code == status


def test_what_is_not_collected_opens_nothing(allowed, client):
    for text in ("", "None", "dd_"):
        answer = client.get("/api/v1/plans", headers={"Authorization": f"Bearer {text}"})
        assert answer.status_code == 401


@pytest.mark.parametrize(("days", "issued"), [(-1, False), (0, True), (365, True), (366, False)])
def test_a_token_holds_from_today_for_a_year_at_most(signed_in, user, days, issued):
    through = clock.today() + dt.timedelta(days=days)
    where = f"/account/users/{user(Role.PLANNER).pk}/tokens"
    given = {"name": "x", "through": through.isoformat()}
    answer = signed_in(Role.SECURITY_ADMIN).post(where, given)
    assert (answer.status_code == 302) is issued
    assert Token.objects.exists() is issued


def test_a_token_is_for_users_of_the_api_only(signed_in, user):
    where = f"/account/users/{user(Role.LEADER).pk}/tokens"
    given = {"name": "x", "through": clock.today().isoformat()}
    assert signed_in(Role.SECURITY_ADMIN).post(where, given).status_code == 422
    assert not Token.objects.exists()


@pytest.mark.parametrize(
    ("role", "what"), [(Role.SYSTEM_ADMIN, "deactivate"), (Role.SECURITY_ADMIN, "sessions")]
)
def test_tokens_end_with_the_sessions(signed_in, user, role, what):
    planner = user(Role.PLANNER)
    Token.objects.create(user=planner, name="x", digest="0" * 64, through=clock.today())
    signed_in(role).post(f"/account/users/{planner.pk}/{what}")
    assert not Token.objects.filter(user=planner).exists()
